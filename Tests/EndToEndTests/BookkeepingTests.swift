import Testing

extension EndToEnd {
  /// The main job, all the way down.
  @Suite struct BookkeepingTests {
    @Test func `an employee's large entry is posted by a manager's approval, a small one alone`()
      async throws
    {
      try await Office.withDemonstration { office in
        try await office.signIn("owner")
        let before = try await office.trialBalance()

        try await Terminal.open(in: office) { terminal in
          try await sendLargeEntry(at: terminal)
        }
        #expect(try await office.trialBalance() == before)

        try await Terminal.open(in: office) { terminal in
          try await approve(at: terminal)
        }
        var expected = before
        expected["6600", default: 0] += 120_000
        expected["6500", default: 0] += 36_550
        expected["1120", default: 0] -= 156_550
        #expect(try await office.trialBalance() == expected)

        try await Terminal.open(in: office) { terminal in
          try await postSmallEntry(at: terminal)
          expected["6600", default: 0] += 99_999
          expected["1120", default: 0] -= 99_999
          #expect(try await office.trialBalance() == expected)
          try await expectTotals(of: expected, at: terminal)
          try await terminal.leave()
        }
        try await office.expectSoundBooks()
      }
    }

    /// Three lines; the account by a part of its name, the last amount by the key that fills it in.
    private func sendLargeEntry(at terminal: Terminal) async throws {
      try await beginEntry("Shelves, fitted", at: terminal)
      try await take("offi", "6600 Office and telephone", at: terminal)
      try await terminal.type("1200")
      try await terminal.press("Enter")
      try await take("repairs", "6500 Repairs and cleaning", at: terminal)
      // The form offers the other side, which would balance; this one is a debit too.
      try await terminal.press("d")
      try await terminal.type("120*3+5.50")
      try await terminal.press("Enter")
      try await terminal.wait(for: "365.50", "Difference 1,565.50 too much DEBIT")
      try await take("current", "1120 Current account", at: terminal)
      try await terminal.press("=")
      try await terminal.wait(for: "balanced, with both totals in full") { screen in
        screen.contains("BALANCED") && screen.contains("Will go to a manager")
          && screen.contains(/Total +1,565\.50 +1,565\.50/)
      }
      try await terminal.press("F10")
      // What is said goes by itself after some seconds; what is done stays.
      try await terminal.wait(for: "the entry, waiting for a manager") { screen in
        screen.contains(/> D-\d+ .*Shelves, fitted .*1,565\.50 +pending approval/)
      }
      try await terminal.leave()
    }

    private func approve(at terminal: Terminal) async throws {
      try await terminal.open(as: "manager")
      try await terminal.wait(for: "the entry, under the cursor") { screen in
        screen.contains(/\n> D-\d+ .*Shelves, fitted/)
      }
      try await terminal.press("a")
      try await terminal.wait(for: "Approve D-", "1,565.50?")
      try await terminal.press("y")
      try await terminal.wait(for: "the entry, posted") { screen in
        screen.contains(/GJ-\d+-\d+ .*Shelves, fitted .*1,565\.50 +posted/)
      }
      try await terminal.leave()
    }

    /// A cent below the threshold.
    private func postSmallEntry(at terminal: Terminal) async throws {
      try await beginEntry("Chairs", at: terminal)
      try await take("offi", "6600 Office and telephone", at: terminal)
      try await terminal.type("999.99")
      try await terminal.press("Enter")
      try await take("1120", "1120 Current account", at: terminal)
      try await terminal.press("=")
      let screen = try await terminal.wait(for: "BALANCED", "F10 post")
      #expect(!screen.contains("approval"))
      try await terminal.press("F10")
      try await terminal.wait(for: "the small entry, posted") { screen in
        screen.contains(/GJ-\d+-\d+ .*Chairs .*999\.99 +posted/)
      }
    }

    private func beginEntry(_ text: String, at terminal: Terminal) async throws {
      try await terminal.open(as: "employee")
      try await terminal.press("n")
      try await terminal.wait(for: "New entry", "Text [", "Date [")
      try await terminal.press("Enter")
      try await terminal.type(text)
      try await terminal.press("Enter")
    }

    /// Types a part of an account's name into an empty line and takes what is offered.
    private func take(_ part: String, _ account: String, at terminal: Terminal) async throws {
      try await terminal.type(part)
      try await terminal.wait(for: ">\(account)")
      try await terminal.press("Enter")
      try await terminal.wait(for: "> \(account)")
    }

    private func expectTotals(of balances: [String: Int], at terminal: Terminal) async throws {
      try await terminal.press("4")
      let sum = balances.values.filter { $0 > 0 }.reduce(0, +)
      let digits = String(sum)
      try await terminal.wait(for: "both totals \(digits)") { screen in
        guard let totals = screen.firstMatch(of: /Total +([\d,.]+) +([\d,.]+)/)?.output else {
          return false
        }
        return [totals.1, totals.2].allSatisfy { $0.filter(\.isNumber) == digits }
      }
    }

    @Test func `a viewer has no entry form, no key for one, and no command`() async throws {
      try await Office.withDemonstration { office in
        try await Terminal.open(in: office) { terminal in
          try await terminal.open(as: "viewer")
          #expect(try await !terminal.screen().contains(" new"))
          try await terminal.press("F1")
          try await terminal.wait(for: "Keys: type to find")
          try await terminal.type("entry")
          let help = try await terminal.wait(for: "Look at the entry")
          #expect(!help.contains("Write a new entry"))
          try await terminal.press("Escape")
          try await terminal.wait(for: "the list again") { !$0.contains("Keys: type to find") }
          try await terminal.press("n", "F6", "3")
          // In a form, the 3 would be text.
          try await terminal.wait(for: "[3 Accounts]", "Assets")
          try await terminal.leave()
        }
        try await office.signIn("viewer")
        let refused = try await office.run(
          "--business", Office.business, "journal", "add", "-d", "Chairs", "6600", "10", "1120",
          as: "viewer")
        #expect(refused.status == 3)
        #expect(refused.errors.contains("journal.create"))
        #expect(refused.output.isEmpty)
      }
    }

    @Test
    func `from nothing, the demonstration makes its books and opens where people can sign in`()
      async throws
    {
      try await Office.empty { office in
        // The second terminal finds them made.
        for (columns, rows) in [(80, 24), (200, 50)] {
          try await Terminal.open(in: office, columns: columns, rows: rows) { terminal in
            try await terminal.enter("clear; env -u COREFLOW_DB coreflow demo")
            try await terminal.wait(for: "owner@demo.example", "viewer@demo.example", "E-mail")
            try await terminal.press("F3")
            try await terminal.wait(for: Terminal.prompt)
          }
        }
        #expect(try office.files(in: "share/coreflow").contains("demo.sqlite3"))
        #expect(try office.mode(of: "share/coreflow/demo.sqlite3") == 0o600)
      }
    }
  }
}
