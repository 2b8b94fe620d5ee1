import Foundation
import Testing

extension EndToEnd {
  /// A person's own theme and settings, as files beside a running program.
  @Suite struct ThemeTests {
    private func write(_ text: String, to name: String, in office: Office) throws {
      let folder = office.folder + "/.config/coreflow"
      try FileManager.default.createDirectory(
        atPath: folder + "/themes", withIntermediateDirectories: true)
      try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
    }

    @Test func `a theme that is edited shows while the program runs, and its faults are told`()
      async throws
    {
      try await Office.withDemonstration { office in
        try write("theme: mine # of my own\n", to: "config.yaml", in: office)
        try write("name: mine\ninherits: paper\n", to: "themes/mine.yaml", in: office)
        try await Terminal.open(in: office, columns: 120) { terminal in
          try await terminal.enter("clear; coreflow")
          try await terminal.wait(for: "E-mail")
          try write("name: mine\ninherits: papyrus\n", to: "themes/mine.yaml", in: office)
          try await terminal.wait(for: "themes/mine.yaml:2: There is no theme \"papyrus\".")
          try write("name: mine\ninherits: night\n", to: "themes/mine.yaml", in: office)
          try await terminal.wait(for: "The theme mine was read again.")
        }
      }
    }

    @Test func `a setting that is changed on the screen is in the file, beside what was there`()
      async throws
    {
      try await Office.withDemonstration { office in
        try write("theme: night # dark\n", to: "config.yaml", in: office)
        try await Terminal.open(in: office, columns: 120) { terminal in
          try await terminal.open(as: "owner")
          try await terminal.type(",")
          try await terminal.wait(for: "Settings", "line 1")
          try await terminal.press("End", "Enter")
          try await terminal.wait(for: "escape_milliseconds [25")
          try await terminal.press("C-u")
          try await terminal.type("60")
          try await terminal.press("Enter")
          try await terminal.wait(for: "Wait after Esc: 60.")
          try await terminal.leave()
        }
        let path = office.folder + "/.config/coreflow/config.yaml"
        #expect(
          try String(contentsOfFile: path, encoding: .utf8)
            == "theme: night # dark\nescape_milliseconds: 60\n")
      }
    }

    @Test func `a theme is checked from the command line`() async throws {
      try await Office.empty { office in
        try write("name: mine\ninherits: paper\n", to: "themes/mine.yaml", in: office)
        let file = ".config/coreflow/themes/mine.yaml"
        let sound = try await office.run("theme", "check", file)
        #expect(sound.status == 0, "\(sound.errors)")
        #expect(sound.lines.first?.split(separator: " ") == ["role", "true", "256", "16", "8"])
        try write(
          "name: mine\ninherits: paper\npalette: { gray: [\"#cccccc\", 252, white] }\n",
          to: "themes/mine.yaml", in: office)
        let faint = try await office.run("theme", "check", file)
        #expect(faint.status == 4)
        #expect(faint.output.contains("true: muted is too faint to read."))
        try write("name: mine\ninherits: nothing\n", to: "themes/mine.yaml", in: office)
        let faulty = try await office.run("theme", "check", file)
        #expect(faulty.status == 1)
        #expect(faulty.errors.contains("mine.yaml:2: There is no theme \"nothing\"."))
      }
    }
  }
}
