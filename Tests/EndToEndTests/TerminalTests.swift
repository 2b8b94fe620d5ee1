import Foundation
import Testing

extension EndToEnd {
  /// What terminals and the people at them do to a program.
  @Suite struct TerminalTests {
    @Test(arguments: [SIGTERM, SIGHUP, SIGINT])
    func `a signal that ends the program gives the terminal back as it was`(
      _ signal: Int32
    )
      async throws
    {
      try await Office.withDemonstration { office in
        try await Terminal.open(in: office) { terminal in
          try await terminal.enter("clear; stty -g > before; coreflow; echo 'it ''ended'")
          try await terminal.wait(for: "E-mail")
          #expect(try await terminal.fact("alternate_on") == "1")
          #expect(kill(try await terminal.program(), signal) == 0)
          try await terminal.wait(for: "it ended", Terminal.prompt)
          try await expectSane(terminal, in: office)
        }
        try await office.expectSoundBooks()
      }
    }

    @Test(arguments: [SIGSEGV, SIGABRT, SIGILL, SIGTRAP, SIGBUS, SIGFPE])
    func `a crash gives the terminal back as it was and says where its report is`(
      _ signal: Int32
    ) async throws {
      try await Office.withDemonstration { office in
        try await Terminal.open(in: office) { terminal in
          try await terminal.enter("clear; stty -g > before; coreflow; echo status $?")
          try await terminal.wait(for: "E-mail")
          #expect(try await terminal.fact("alternate_on") == "1")
          #expect(kill(try await terminal.program(), signal) == 0)
          let screen = try await terminal.wait(for: "status \(128 + signal)", Terminal.prompt)
          // The line is longer than the screen is wide, so words end anywhere.
          let text = screen.filter { !$0.isWhitespace }
          #expect(text.contains("coreflow:stoppedby"))
          #expect(text.contains("Whatwassavediskept;startitagaintogoon.Thereport:"))
          #expect(!text.contains("Backtrac") && !text.contains("at0x"), "\(screen)")
          let reports = try office.files(in: "owner/coreflow").filter { $0.hasPrefix("crash-") }
          let report = try #require(reports.first)
          #expect(reports.count == 1)
          #expect(text.contains("Thereport:\(office.folder)/owner/coreflow/\(report)"))
          #expect(try office.mode(of: "owner/coreflow/" + report) == 0o600)
          #expect(try office.mode(of: "owner/coreflow") == 0o700)
          try await expectSane(terminal, in: office)
        }
        try await office.expectSoundBooks()
      }
    }

    @Test func `it speaks the system's language, or the one that is asked for`() async throws {
      try await Office.withDemonstration { office in
        try await Terminal.open(in: office) { terminal in
          try await terminal.enter("clear; LC_ALL=de_DE.UTF-8 coreflow")
          try await terminal.wait(for: "Passwort", "F10 anmelden")
          try await terminal.press("C-c")
          try await terminal.enter("clear; LC_ALL=de_DE.UTF-8 coreflow ui --language en")
          try await terminal.wait(for: "Password", "F10 sign in")
        }
      }
    }

    private func expectSane(_ terminal: Terminal, in office: Office) async throws {
      #expect(try await terminal.fact("alternate_on") == "0")
      #expect(try await terminal.fact("cursor_flag") == "1")
      #expect(try await terminal.fact("mouse_any_flag") == "0")
      try await terminal.enter("clear; stty -g | diff - before && echo 'the ''same'")
      try await terminal.wait(for: "the same")
    }

    @Test func `a password is typed without being shown, and the terminal is as before`()
      async throws
    {
      try await Office.withDemonstration { office in
        try await Terminal.open(in: office) { terminal in
          try await terminal.enter(
            "clear; stty -g > before; coreflow login owner@demo.example; echo status $?")
          try await terminal.wait(for: "Password of owner@demo.example:")
          try await terminal.type("not this one")
          try await terminal.press("C-u")
          try await terminal.type(Office.password + "x")
          try await terminal.press("BSpace")
          #expect(try await !terminal.screen().contains("this one"))
          try await terminal.press("Enter")
          let screen = try await terminal.wait(for: "Signed in as owner@demo.example.", "status 0")
          #expect(!screen.contains(Office.password) && !screen.contains("this one"))
          try await expectSane(terminal, in: office)
        }
      }
    }

    @Test func `Ctrl-Z gives the shell back, and fg the screen with what was typed`() async throws {
      try await Office.withDemonstration { office in
        try await Terminal.open(in: office) { terminal in
          try await terminal.enter("clear; coreflow")
          try await terminal.wait(for: "E-mail")
          try await terminal.type("half-typed")
          try await terminal.wait(for: "half-typed")
          try await terminal.press("C-z")
          try await terminal.wait(for: "Stopped", Terminal.prompt)
          #expect(try await terminal.fact("alternate_on") == "0")
          try await terminal.enter("fg")
          try await terminal.wait(for: "E-mail", "half-typed")
          try await terminal.press("F3")
          try await terminal.wait(for: Terminal.prompt)
        }
      }
    }

    @Test func `a terminal of 10 by 4 says what it needs and keeps what was typed`() async throws {
      try await Office.withDemonstration { office in
        try await Terminal.open(in: office) { terminal in
          try await terminal.enter("clear; coreflow")
          try await terminal.wait(for: "E-mail")
          try await terminal.type("half")
          try await terminal.wait(for: "[half")
          try await terminal.resize(columns: 10, rows: 4)
          try await terminal.wait(for: "60 by 16")
          try await terminal.type("-typed")
          try await terminal.resize(columns: 200, rows: 50)
          try await terminal.wait(for: "E-mail", "[half_")
        }
      }
    }

    @Test func `a paste of 100 kB leaves the program alive and its work unharmed`() async throws {
      try await Office.withDemonstration { office in
        try await Terminal.open(in: office) { terminal in
          try await openForm(at: terminal)
          try await terminal.paste(
            (0..<100_000).map { UInt8(ascii: "a") + UInt8($0 % 26) })
          try await terminal.wait(for: "abcdefghijklm")
          try await terminal.press("C-u")
          try await terminal.type("after it")
          try await terminal.wait(for: "after it")
        }
        try await office.expectSoundBooks()
      }
    }

    @Test func `escape sequences in a paste reach no terminal`() async throws {
      try await Office.withDemonstration { office in
        try await Terminal.open(in: office) { terminal in
          try await openForm(at: terminal)
          let title = try await terminal.fact("pane_title")
          try await terminal.paste(
            Array("x\u{1B}[31;5my\u{1B}]0;taken\u{7}z\u{1B}[2Jw\u{9B}35mv\u{8}\u{0}end".utf8))
          try await terminal.wait(for: "end")
          let screen = try await terminal.colouredScreen()
          #expect(!screen.contains("\u{1B}[31"))
          #expect(!screen.contains("\u{1B}[5m"))
          #expect(try await terminal.fact("pane_title") == title)
          try await terminal.wait(for: "New entry", "Date [", "Total")
        }
      }
    }

    /// The form of a new entry with the cursor in its text.
    private func openForm(at terminal: Terminal) async throws {
      try await terminal.open(as: "employee")
      try await terminal.press("n")
      try await terminal.wait(for: "New entry", "Date [")
      try await terminal.press("Enter")
    }

    @Test(arguments: [
      ("NO_COLOR=1 coreflow", false), ("coreflow ui --no-colour", false), ("coreflow", true),
    ])
    func `colours show only where they are wanted`(command: String, areWanted: Bool) async throws {
      try await Office.withDemonstration { office in
        try await Terminal.open(in: office) { terminal in
          try await terminal.enter("clear; \(command)")
          try await terminal.wait(for: "E-mail", "viewer@demo.example")
          // What is wrong is red in the default theme, which leaves the rest as the terminal has it.
          try await terminal.press("F10")
          try await terminal.wait(for: "ERROR")
          let screen = try await terminal.colouredScreen()
          let colour = /\u{1B}\[(?:[0-9;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[;m]/
          #expect(screen.contains(colour) == areWanted)
        }
      }
    }

    @Test func `without a terminal the demonstration prints a trial balance`() async throws {
      try await Office.withDemonstration { office in
        let answer = try await office.run("demo", "--db", office.books)
        #expect(answer.status == 0)
        let total = try #require(
          answer.lines.last?.wholeMatch(of: /Total +([\d,]+\.\d\d) +([\d,]+\.\d\d)/)?.output)
        #expect(total.1 == total.2)
        #expect(total.1 != "0.00")
      }
    }
  }
}
