import Testing

extension EndToEnd {
  /// Through every screen and everything that lies over one, and back.
  @Suite struct WalkTests {
    /// Somewhere that keys lead to from where one is: by tmux's names of keys, and what it shows.
    private struct Stop {
      let keys: [String]
      let shows: [String]

      init(_ keys: String..., shows: String...) {
        self.keys = keys
        self.shows = shows
      }
    }

    /// Each way begins at a section and is gone back along by Esc, a stop at a time.
    private static let ways: [[Stop]] = [
      [Stop("1", shows: "[1 Home]", "To do", "Cash", "Last activity", "Enter open")],
      [
        Stop("2", shows: "[2 Journal]", "GJ-20", "n new"),
        Stop("G", "Enter", shows: "Journal > ", "Lines", "History", "Enter account"),
        Stop("Enter", shows: "Journal > ", "Balan", "Enter entry"),
        Stop("Enter", shows: "Lines", "History", "Esc back"),
      ],
      [Stop("2", shows: "[2 Journal]"), Stop(":", shows: "Find: a command", "Esc closes")],
      [Stop("2", shows: "[2 Journal]"), Stop("F1", shows: "Keys: type to find", "Esc closes")],
      [Stop("2", shows: "[2 Journal]"), Stop("s", shows: "Sort by", "Esc closes")],
      [Stop("2", shows: "[2 Journal]"), Stop("C", shows: "Columns: Enter", "Esc closes")],
      [Stop("2", shows: "[2 Journal]"), Stop("y", shows: "Copy which cell?", "Esc closes")],
      [Stop("2", shows: "[2 Journal]"), Stop("E", shows: "Export what is shown?", "[ Cancel")],
      [Stop("2", shows: "[2 Journal]"), Stop("F3", shows: "Leave CoreFlow?", "[ Stay")],
      [
        Stop("2", shows: "[2 Journal]", "all, "),
        Stop("T", shows: "Make a template of", "[ Cancel"),
      ],
      [Stop("2", shows: "[2 Journal]"), Stop("M-m", shows: "Journal > Messages")],
      [Stop("2", shows: "[2 Journal]"), Stop("b", shows: "Choose a business", "Alpenrad")],
      [
        Stop("2", shows: "[2 Journal]"), Stop("n", shows: "New entry", "Date [", "F4 choices"),
        Stop("F4", shows: "Choose a day", "Mo", "Esc closes"),
      ],
      [
        Stop("3", shows: "[3 Accounts]", "Chart of accounts", "Enter register"),
        Stop("n", shows: "Accounts > ", "Number", "Name", "F10"),
      ],
      [
        Stop("3", shows: "[3 Accounts]"), Stop("e", shows: "Accounts > ", "Number", "F10"),
      ],
      [
        Stop("3", shows: "[3 Accounts]"),
        Stop("Down", "Down", "Down", "Enter", shows: "Accounts > 11", "Balan", "Enter entry"),
      ],
      [
        Stop("4", shows: "[4 Trial balance]", "Total", "Enter register"),
        Stop("Enter", shows: "Trial balance > ", "Balan", "Enter entry"),
        Stop("Enter", shows: "Lines", "History", "Esc back"),
      ],
      [
        Stop("6", shows: "[6 Audit]", "Audit log", "Enter details"),
        Stop("Enter", shows: "Audit log > #", "Record ", "Esc back"),
      ],
    ]

    @Test(arguments: ["coreflow", "NO_COLOR=1 coreflow"])
    func `keys lead through every screen and Esc back up, without a colour where none is wanted`(
      command: String
    ) async throws {
      try await Office.withDemonstration { office in
        try await Terminal.open(in: office) { terminal in
          func look(for texts: [String]) async throws {
            let screen = try await terminal.wait(for: texts.joined(separator: ", ")) { screen in
              texts.allSatisfy { screen.contains($0) }
            }
            expectLegible(screen)
            if command.contains("NO_COLOR") { try await expectMono(terminal) }
          }
          try await terminal.open(as: "owner", by: command)
          for way in Self.ways {
            for stop in way {
              for key in stop.keys { try await terminal.press(key) }
              try await look(for: stop.shows)
            }
            for (left, stop) in zip(way.reversed(), way.dropLast().reversed()) {
              try await terminal.press("Escape")
              // Esc and a key at once would be another key.
              try await terminal.wait(for: "\(left.shows) to go") { screen in
                !left.shows.allSatisfy { screen.contains($0) }
              }
              try await look(for: stop.shows)
            }
          }
          try await chooseAnAccount(terminal, look)
          try await seeChanges(terminal, look)
          try await export(terminal, look, in: office)
          try await terminal.press("b")
          try await look(for: ["Choose a business", "o sign out"])
          try await terminal.press("o")
          try await look(for: ["E-mail", "Password", "F10 sign in"])
          try await terminal.press("F3")
          try await terminal.wait(for: Terminal.prompt)
        }
      }
    }

    private func chooseAnAccount(
      _ terminal: Terminal, _ look: ([String]) async throws -> Void
    ) async throws {
      try await terminal.press("2", "n")
      try await look(["New entry", "Date ["])
      try await terminal.press("Enter")
      try await terminal.type("Ropes")
      try await terminal.press("Enter")
      try await terminal.type("curr")
      try await look([">1120 Current account"])
      try await terminal.press("Escape")
      try await look(["Leave without saving?", "[ Stay"])
      try await terminal.press("y")
      try await look(["[2 Journal]"])
    }

    /// From the audit log to a record that changed something, and to what that was.
    private func seeChanges(
      _ terminal: Terminal, _ look: ([String]) async throws -> Void
    ) async throws {
      try await terminal.press("6")
      try await look(["[6 Audit]"])
      try await terminal.press("/")
      try await terminal.type("journal.create")
      try await terminal.press("Enter")
      try await look(["Filter", "journal.create"])
      try await terminal.press("Enter")
      try await look(["Audit log > #", "Tab changes"])
      try await terminal.press("Tab")
      try await look(["What it changed", "description", "Tab facts"])
      try await terminal.press("Escape")
      try await look(["[6 Audit]"])
      try await terminal.press("Escape")
      try await look(["[6 Audit]", "session.open"])
    }

    private func export(
      _ terminal: Terminal, _ look: ([String]) async throws -> Void, in office: Office
    ) async throws {
      try await terminal.press("4")
      try await look(["[4 Trial balance]", "Total"])
      try await terminal.press("E")
      try await look(["Export as", "csv", "paged"])
      try await terminal.press("Enter")
      try await look(["Export what is shown?", "trial-balance-"])
      try await terminal.press("Enter")
      try await look(["ok ", "rows are in "])
      #expect(try office.files(in: ".").contains { $0.hasPrefix("trial-balance-") })
    }

    /// Nothing that only a mistake shows, no line beyond the window, and somebody's name at the top.
    private func expectLegible(_ screen: String) {
      let lines = screen.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.allSatisfy { $0.count <= 80 }, "\(screen)")
      #expect(!screen.unicodeScalars.contains { $0 == "\u{FFFD}" || 0x2400...0x2421 ~= $0.value })
      let isCovered = screen.contains("Esc closes")
      #expect(isCovered || screen.contains("Owner") || screen.contains("CoreFlow"), "\(screen)")
    }

    /// Bold, dim, underlined and reversed are all that mono has, in the terminal's own colours.
    private func expectMono(_ terminal: Terminal) async throws {
      let screen = try await terminal.colouredScreen()
      let codes = screen.matches(of: /\u{1B}\[([0-9;]*)m/).flatMap { $0.1.split(separator: ";") }
      #expect(codes.contains("7"))
      #expect(Set(codes).subtracting(["0", "1", "2", "4", "7", "39", "49"]) == [], "\(screen)")
    }

    @Test func `a mouse alone reaches every screen and leaves`() async throws {
      try await Office.withDemonstration { office in
        try await Terminal.open(in: office) { terminal in
          try await terminal.open(
            as: "owner",
            after: {
              try await terminal.press("F11")
              try await terminal.wait(for: "The mouse works here now.")
            })
          try await clickThroughLedger(terminal)
          try await clickThroughForm(terminal)
          try await clickThroughAudit(terminal)
          try await clickThroughPalette(terminal)
        }
      }
    }

    private func clickThroughLedger(_ terminal: Terminal) async throws {
      try await terminal.click("1 Home")
      try await terminal.wait(for: "[1 Home]", "To do")
      try await terminal.click("4 Trial balance")
      try await terminal.wait(for: "[4 Trial balance]", "Total")
      try await terminal.open(byClicking: "1120")
      try await terminal.wait(for: "Trial balance > 1120", "Enter entry")
      try await terminal.click("Enter entry")
      try await terminal.wait(for: "Lines", "History")
      try await terminal.open(byClicking: "1120 Current account")
      try await terminal.wait(for: "Enter entry", "Balance")
      try await terminal.click("Trial balance >")
      try await terminal.wait(for: "[4 Trial balance]")
      try await terminal.click("2 Journal")
      try await terminal.wait(for: "[2 Journal]")
      try await terminal.click("Amount")
      try await terminal.wait(for: "the smallest amounts first") { $0.contains(/Amount ?[↑▴▲^]/) }
      try await terminal.click("3 Accounts")
      try await terminal.wait(for: "[3 Accounts]")
      try await terminal.open(byClicking: "1100 Cash and banks")
      try await terminal.wait(for: "its accounts folded away") { !$0.contains("1120 Current") }
      try await terminal.wheel(.down, to: "3000")
      try await terminal.wheel(.up, to: "1000 Assets")
    }

    private func clickThroughForm(_ terminal: Terminal) async throws {
      try await terminal.click("2 Journal")
      // What is offered moves once there are rows.
      try await terminal.wait(for: "[2 Journal]", "Enter open")
      try await terminal.click("n new")
      try await terminal.wait(for: "New entry", "Date [")
      try await terminal.click("F4 choices")
      try await terminal.wait(for: "Choose a day", "November 2026")
      try await terminal.wheel(.up, to: "October 2026")
      try await terminal.wheel(.down, to: "November 2026")
      try await terminal.click(" 12 ")
      try await terminal.wait(for: "Date [2026-11-12")
      // A day that is chosen leads on to the next field.
      try await terminal.click("2026-11-12")
      try await terminal.click("F4 choices")
      try await terminal.wait(for: "Choose a day")
      try await terminal.click("Esc closes")
      try await terminal.wait(for: "the form again") { !$0.contains("Choose a day") }
      try await terminal.click("Esc back")
      try await terminal.wait(for: "Leave without saving?")
      try await terminal.click("[ Leave")
      try await terminal.wait(for: "[2 Journal]")
    }

    private func clickThroughAudit(_ terminal: Terminal) async throws {
      try await terminal.click("6 Audit")
      try await terminal.wait(for: "[6 Audit]", "Audit log")
      try await terminal.open(byClicking: "journal.create")
      try await terminal.wait(for: "Audit log > #")
      try await terminal.click("Tab changes")
      try await terminal.wait(for: "What it changed")
      try await terminal.click("Esc back")
      try await terminal.wait(for: "[6 Audit]")
      try await terminal.click("F1 help")
      try await terminal.wait(for: "Keys: type to find")
      try await terminal.wheel(.down, to: "Draw the screen anew")
      try await terminal.click("Esc closes")
      try await terminal.wait(for: "[6 Audit]")
    }

    /// What has no place of its own on the screen is in the palette.
    private func clickThroughPalette(_ terminal: Terminal) async throws {
      try await choose("What was said so far", at: terminal)
      try await terminal.wait(for: "Audit log > Messages", "The mouse works here now.")
      try await terminal.click("Esc back")
      try await terminal.wait(for: "[6 Audit]")
      try await choose("Choose a theme", at: terminal)
      try await terminal.wait(for: "Theme: shown while you look", "contrast")
      try await terminal.click("contrast")
      try await choose("Work in another business", at: terminal)
      try await terminal.wait(for: "Choose a business")
      try await terminal.open(byClicking: "Alpenrad")
      try await terminal.wait(for: "Alpenrad Werkstatt |", "[1 Home]")
      try await terminal.click("2 Journal")
      // Rows bring keys, and the ones after them further on.
      try await terminal.wait(for: "[2 Journal]", "Enter open")
      try await choose("Write what is shown to a file", at: terminal)
      try await terminal.wait(for: "Export what is shown?")
      try await terminal.click("[ Cancel")
      try await choose("Leave CoreFlow", at: terminal)
      try await terminal.wait(for: "Leave CoreFlow?")
      try await terminal.click("[ Leave")
      try await terminal.wait(for: Terminal.prompt)
    }

    private func choose(_ entry: String, at terminal: Terminal) async throws {
      try await terminal.click(": find")
      try await terminal.wait(for: "Find: a command")
      try await terminal.wheel(.down, to: entry)
      try await terminal.click(entry)
    }
  }
}
