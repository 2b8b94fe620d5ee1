import Testing

extension EndToEnd {
  /// Two people at their terminals bring periods and years to their end, and back.
  @Suite struct PeriodEndTests {
    @Test func `a year is opened, a month of it closed and locked, and the year closed again`()
      async throws
    {
      try await Office.withDemonstration { office in
        for person in ["owner", "director", "manager"] { try await office.signIn(person) }
        let before = try await office.trialBalance()
        try await inviteSecondOwner(of: office)
        let year = try await lastClosedYear(of: office)
        // The year opens again by two owners.
        try await ask(at: office, as: "owner", year: year, "u", "Audit adjustments")
        try await confirm(at: office, as: "otto", "reopen the year \(year)")
        #expect(try await office.trialBalance() != before)
        // Its last month by a director and an owner; the director closes it.
        try await ask(at: office, as: "director", year: year, row: "\(year)-12", "R", "Late bill")
        try await confirm(at: office, as: "owner", "reopen period \(year)-12")
        try await close(at: office, as: "director", "\(year)-12", of: year)
        // Two owners lock it.
        try await ask(at: office, as: "owner", year: year, row: "\(year)-12", "L", "Filed")
        try await confirm(at: office, as: "otto", "lock period \(year)-12 for ever")
        // The director asks for the year's end.
        try await ask(at: office, as: "director", year: year, "e", "Audited")
        try await confirm(at: office, as: "otto", "close the year \(year)")
        #expect(try await office.trialBalance() == before)
        try await expectRefused(at: office, year: year)
        try await office.expectSoundBooks()
      }
    }

    private func inviteSecondOwner(of office: Office) async throws {
      let invited = try await office.run(
        "--business", Office.business, "user", "invite", "otto@demo.example", "--name",
        "Otto Second", "--role", "owner")
      let code = try #require(
        invited.output.firstMatch(of: /user accept (\S+)/)?.output.1, "\(invited)")
      let accepted = try await office.run(
        "user", "accept", String(code), "--password-stdin", as: "otto",
        input: Office.password)
      #expect(accepted.status == 0, "\(accepted)")
      try await office.signIn("otto")
    }

    private func lastClosedYear(of office: Office) async throws -> String {
      let periods = try await office.run(
        "--business", Office.business, "period", "list", "--format", "csv")
      let closings = periods.lines.filter { $0.contains(",closing,") && $0.hasSuffix(",closed") }
      return String(try #require(closings.last).prefix(4))
    }

    /// Goes to the year's periods, to a row of them, and asks by `key` for what takes two.
    private func ask(
      at office: Office, as person: String, year: String, row: String? = nil, _ key: String,
      _ reason: String
    ) async throws {
      try await Terminal.open(in: office, as: person, columns: 120, rows: 40) { terminal in
        try await terminal.open(as: person)
        try await openPeriods(of: year, at: terminal)
        if let row { try await go(to: row, at: terminal) }
        try await terminal.press(key)
        if key == "e" {
          try await terminal.wait(for: "close the year \(year) by department")
          try await terminal.press("Enter")
        }
        try await terminal.wait(for: "Ask for it:", "Reason")
        try await terminal.type(reason)
        try await terminal.press("Enter")
        try await terminal.wait(for: "it can be confirmed by")
        try await terminal.leave()
      }
    }

    private func openPeriods(of year: String, at terminal: Terminal) async throws {
      try await terminal.press("7")
      try await terminal.wait(for: "[7 Periods]", "fiscal year")
      try await terminal.press("[")
      try await terminal.wait(for: "fiscal year \(year)")
    }

    private func go(to row: String, at terminal: Terminal) async throws {
      try await terminal.press("g")
      try await terminal.wait(
        for: "the cursor on \(row)", { $0.contains("> \(row) ") },
        again: { try await terminal.press("j") })
    }

    private func confirm(
      at office: Office, as person: String, _ what: String
    ) async throws {
      try await Terminal.open(in: office, as: person, columns: 120, rows: 40) { terminal in
        try await terminal.open(as: person)
        try await terminal.press("8")
        try await terminal.wait(for: "[8 People]", "Olivia Hartmann")
        try await terminal.press("o")
        try await terminal.wait(for: "Requests", "requested")
        try await terminal.press("a")
        try await terminal.wait(for: "Confirm what", "It is done at once")
        try await terminal.press("y")
        try await terminal.wait(for: "\(what): confirmed, and done.")
        try await terminal.leave()
      }
    }

    private func close(
      at office: Office, as person: String, _ period: String, of year: String
    ) async throws {
      try await Terminal.open(in: office, as: person, columns: 120, rows: 40) { terminal in
        try await terminal.open(as: person)
        try await openPeriods(of: year, at: terminal)
        try await go(to: period, at: terminal)
        try await terminal.press("Enter")
        try await terminal.wait(for: "What must be so", "Nothing is left in suspense")
        try await terminal.press("c")
        try await terminal.wait(for: "Close period \(period)?")
        try await terminal.press("y")
        try await terminal.wait(for: "Period \(period) is closed.")
        try await terminal.leave()
      }
    }

    /// Others find no such keys, hear why, and are refused by the core too.
    private func expectRefused(at office: Office, year: String) async throws {
      try await Terminal.open(in: office, as: "manager") { terminal in
        try await terminal.open(as: "manager")
        try await openPeriods(of: year, at: terminal)
        try await terminal.press("c", "e", "u", "R", "L")
        try await terminal.press("w")
        try await terminal.type("year")
        let screen = try await terminal.wait(for: "Close the year, with a second person")
        #expect(!screen.contains("Ask for it:"))
        try await terminal.press("Escape")
        try await terminal.leave()
      }
      for command in [["close", "\(year)-12"], ["year-end", year, "--reason", "Please"]] {
        let refused = try await office.start(
          ["--business", Office.business, "period"] + command, as: "manager"
        ).answer()
        #expect(refused.status == 3, "\(refused)")
        #expect(refused.errors.contains("Manager"), "\(refused)")
      }
      let own = try await office.run(
        "--business", Office.business, "period", "reopen-year", year, "--reason", "Please",
        as: "director")
      #expect(own.status == 3 && own.errors.contains("year.reopen"), "\(own)")
    }
  }
}
