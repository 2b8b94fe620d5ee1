import Configuration
import Domain
import Foundation
import Keys
import Testing
import ViewModels

/// A file as a person wrote it, read and changed by the program.
@Suite struct ConfigurationFileTests {
  @Test func `without a file every setting is the program's own`() throws {
    try Folder.withConfiguration(nil) { file, _ in
      let settings = try file.read()
      for setting in Setting.all { #expect(setting.value(settings) == setting.value(Settings())) }
      #expect(settings.origins.isEmpty)
    }
  }

  @Test func `every setting is read, and where it stands`() throws {
    let text = """
      # mine
      theme: night
      mouse: yes
      decimal: comma
      grouping: space
      negative: trailing
      confirm_above: 10000
      escape_milliseconds: 100
      keys:
        journal.new: [N, F6]
      """
    try Folder.withConfiguration(text) { file, _ in
      let settings = try file.read()
      #expect(settings.theme == "night")
      #expect(settings.hasMouse)
      #expect(
        settings.amounts == AmountFormat(decimalMark: .comma, grouping: .space, negative: .trailing)
      )
      #expect(settings.confirmAbove == 10_000)
      #expect(settings.escapeMilliseconds == 100)
      #expect(settings.keys.own == ["journal.new": ["N", .function(6)]])
      #expect(settings.origins["theme"] == "line 2")
      #expect(settings.origins["keys"] == "line 9")
      #expect(settings.origins["preset"] == nil)
    }
  }

  @Test func `a fault is refused with its line and what should stand there`() throws {
    let cases = [
      ("theme: nigth", ":1: here should be one of default, paper, night"),
      ("theme: night\ncolour: red", ":2: colour is not known. Known are theme, preset, keys,"),
      ("\nmouse: perhaps", ":2: here should be true or false."),
      ("confirm_above: 0", ":1: here should be a number from 1 to 1000000000000."),
      ("escape_milliseconds: fast", ":1: here should be a number from 1 to 1000."),
      ("decimal: point\ndecimal: comma", ":1: this is not YAML: decimal is there twice."),
      ("mouse: true\ntheme: ]", ":2: this is not YAML:"),
      ("- theme", ":1: here should be names and values"),
      ("keys: [n]", ":1: here should be names of actions"),
      ("keys:\n  journal.new: Hyper-N", ":2: Hyper-N is no key."),
      ("keys:\n  journal.nwe: N", ":2: there is no action journal.nwe"),
      ("keys:\n  journal.new: d", ":2: d would do two things (Journal): journal.new and"),
    ]
    for (text, ending) in cases {
      try Folder.withConfiguration(text) { file, _ in
        let fault = #expect(throws: SettingsFault.self) { try file.read() }
        #expect(fault?.words.contains("config.yaml" + ending) == true, "\(fault?.words ?? "")")
      }
    }
  }

  @Test func `own keys go on top of the preset, wherever either stands`() throws {
    try Folder.withConfiguration("keys:\n  journal.filter: F\npreset: 5250") { file, _ in
      let settings = try file.read()
      #expect(settings.keys == KeySettings(["journal.filter": ["F"]], preset: .ibm5250))
      let preset = try #require(Setting.named("preset"))
      #expect(try settings.file.write(settings, preset, .text("vim")).keys.preset == .vim)
    }
    try Folder.withConfiguration("keys:\n  journal.filter: o\npreset: vim") { file, _ in
      let fault = #expect(throws: SettingsFault.self) { try file.read() }
      #expect(fault?.words.contains(":2: o would do two things (Journal)") == true)
    }
  }

  @Test func `a preset that an own key would clash with is refused, and nothing changes`() throws {
    try Folder.withConfiguration("keys:\n  journal.filter: o\n") { file, _ in
      let (settings, preset) = (try file.read(), try #require(Setting.named("preset")))
      let fault = #expect(throws: SettingsFault.self) {
        try settings.file.write(settings, preset, .text("vim"))
      }
      #expect(fault?.words.contains("o would do two things (Journal)") == true)
      #expect(try file.read().keys.preset == .office)
    }
  }

  // MARK: Changing

  private func change(
    _ text: String?, _ name: String, to value: Setting.Value?
  ) throws -> String {
    try Folder.withConfiguration(text) { file, folder in
      let settings = try file.read()
      let setting = try #require(Setting.named(name))
      let changed = try settings.file.write(settings, setting, value)
      #expect(setting.value(changed) == value ?? setting.value(Settings()))
      #expect(setting.value(try file.read()) == setting.value(changed))
      return try String(contentsOfFile: folder + "/config.yaml", encoding: .utf8)
    }
  }

  @Test func `a change is of its line only: remarks, order and line ends stay`() throws {
    let text = """
      # How I like it
      negative: minus   # as the bank writes it

      theme:   "night" # dark
      keys:
        # not F6
        journal.new: N
      escape_milliseconds: 25
      """
    let cases: [(String, Setting.Value, String, String)] = [
      ("negative", .text("trailing"), "negative: minus", "negative: trailing"),
      ("theme", .text("paper"), "theme:   \"night\"", "theme:   paper"),
      ("escape_milliseconds", .number(80), "milliseconds: 25", "milliseconds: 80"),
    ]
    for (name, value, old, new) in cases {
      #expect(try change(text, name, to: value) == text.replacing(old, with: new))
    }
    let windows = "mouse: true\r\ndecimal: comma\r\n"
    #expect(
      try change(windows, "mouse", to: .flag(false)) == "mouse: false\r\ndecimal: comma\r\n")
  }

  @Test func `what wasn't there is added at the end, and what is unset goes`() throws {
    #expect(try change(nil, "mouse", to: .flag(true)) == "mouse: true\n")
    #expect(try change("", "mouse", to: .flag(true)) == "mouse: true\n")
    #expect(
      try change("# nothing yet", "confirm_above", to: .number(500))
        == "# nothing yet\nconfirm_above: 500\n")
    #expect(
      try change("theme: night\nmouse: true # here\ndecimal: comma\n", "mouse", to: nil)
        == "theme: night\ndecimal: comma\n")
    #expect(try change("theme: night\n", "mouse", to: nil) == "theme: night\n")
  }

  @Test func `a theme whose name YAML would take for something else is put in quotes`() throws {
    for name in ["no", "12", "my: theme", "it's"] {
      try Folder.withConfiguration(nil, themes: [name]) { file, _ in
        let (settings, setting) = (try file.read(), try #require(Setting.named("theme")))
        #expect(try settings.file.write(settings, setting, .text(name)).theme == name)
        #expect(try file.read().theme == name)
      }
    }
  }

  @Test func `what only its person can change, or is faulty, stays as it was`() throws {
    let cases = [
      ("{ mouse: true, decimal: comma }", "only you can change it. Write there: mouse: false."),
      ("mouse:\n  true\n", "only you can change it. Write there: mouse: false."),
      ("mouse: true\n---\ndecimal: comma\n", "config.yaml"),
      ("mouse: true\ntheme: nigth\n", "config.yaml:2: here should be one of"),
    ]
    for (text, words) in cases {
      try Folder.withConfiguration("mouse: true") { file, folder in
        let (settings, mouse) = (try file.read(), try #require(Setting.named("mouse")))
        // An editor has it open, too.
        try text.write(toFile: folder + "/config.yaml", atomically: true, encoding: .utf8)
        let fault = #expect(throws: SettingsFault.self) {
          try settings.file.write(settings, mouse, .flag(false))
        }
        #expect(fault?.words.contains(words) == true, "\(fault?.words ?? "")")
        #expect(try String(contentsOfFile: folder + "/config.yaml", encoding: .utf8) == text)
      }
    }
  }

  @Test func `the file keeps its mode and a link its place; a new one is for its owner only`()
    throws
  {
    try Folder.withConfiguration(nil) { file, folder in
      let path = folder + "/config.yaml"
      let (settings, mouse) = (try file.read(), try #require(Setting.named("mouse")))
      _ = try settings.file.write(settings, mouse, .flag(true))
      #expect(try Folder.mode(of: path) == 0o600)
      try FileManager.default.moveItem(atPath: path, toPath: folder + "/kept.yaml")
      try FileManager.default.createSymbolicLink(
        atPath: path, withDestinationPath: folder + "/kept.yaml")
      #expect(chmod(folder + "/kept.yaml", 0o640) == 0)
      _ = try settings.file.write(settings, mouse, .flag(false))
      #expect(try Folder.mode(of: folder + "/kept.yaml") == 0o640)
      #expect(
        try FileManager.default.destinationOfSymbolicLink(atPath: path) == folder + "/kept.yaml")
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
          == ["config.yaml", "kept.yaml", "themes"])
    }
  }

  @Test func `where nothing can be written that is said, and the settings stay`() throws {
    try Folder.withConfiguration(nil) { _, folder in
      try "".write(toFile: folder + "/taken", atomically: true, encoding: .utf8)
      let file = ConfigurationFile(in: folder + "/taken/coreflow")
      let (settings, mouse) = (try file.read(), try #require(Setting.named("mouse")))
      let fault = #expect(throws: SettingsFault.self) {
        try settings.file.write(settings, mouse, .flag(true))
      }
      #expect(fault?.words.contains("nothing was saved") == true)
    }
  }
}

/// A person's folder, cleared away afterwards.
private enum Folder {
  static func withConfiguration<Outcome>(
    _ text: String?, themes: [String] = [],
    _ body: (ConfigurationFile, String) throws -> Outcome
  ) throws -> Outcome {
    let folder = FileManager.default.temporaryDirectory.appending(path: "settings-\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(
      atPath: folder + "/themes", withIntermediateDirectories: true)
    try text?.write(toFile: folder + "/config.yaml", atomically: true, encoding: .utf8)
    for name in themes {
      try "name: mine\ninherits: paper\n"
        .write(toFile: "\(folder)/themes/\(name).yaml", atomically: true, encoding: .utf8)
    }
    return try body(ConfigurationFile(in: folder), folder)
  }

  static func mode(of path: String) throws -> Int16? {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return (attributes[.posixPermissions] as? NSNumber)?.int16Value
  }
}
