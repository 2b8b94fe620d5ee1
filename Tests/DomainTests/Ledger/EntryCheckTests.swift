import Domain
import Testing

@Suite struct EntryCheckTests {
  @Test func `an entry in order has no fault`() throws {
    #expect(try faults(of: entry()) == [])
  }

  @Test(arguments: ["", "   ", "\t\n"])
  func `an entry says what it is for (V8)`(_ description: String) throws {
    var entry = entry()
    entry.description = description
    #expect(try faults(of: entry) == [.noDescription])
  }

  @Test func `an entry has two lines or more (V1)`() throws {
    var entry = entry()
    entry.lines = []
    #expect(try faults(of: entry) == [.fewerThanTwoLines])
    entry.lines = [line(1, 0, base: 0)]
    #expect(try faults(of: entry) == [.line(0, .noAmount), .fewerThanTwoLines])
  }

  @Test func `a line has an amount (V2)`() throws {
    var entry = entry()
    entry.lines.append(line(1, 0))
    #expect(try faults(of: entry) == [.line(2, .noAmount)])
  }

  @Test func `only a revaluation changes the base amount alone (V2)`() throws {
    var entry = entry()
    entry.lines = [line(1, 0, base: 500, "EUR"), line(2, 0, base: -500, "EUR")]
    #expect(try faults(of: entry) == [.line(0, .noAmount), .line(1, .noAmount)])
    entry.source = .system
    #expect(try faults(of: entry) == [])
  }

  @Test func `debits equal credits in the base currency (V3)`() throws {
    var entry = entry()
    entry.lines = [line(1, 1000, base: 1100, "EUR"), line(2, -1100)]
    #expect(try faults(of: entry) == [])
    entry.lines[1].base = Money(minorUnits: -1099)
    #expect(
      try faults(of: entry) == [.unbalanced(difference: Money(minorUnits: 1), currency: "USD")])
  }

  @Test func `an entry of one currency balances in it as well (V4)`() throws {
    var entry = entry()
    entry.lines = [line(1, 1000, base: 1100, "EUR"), line(2, -999, base: -1100, "EUR")]
    #expect(
      try faults(of: entry) == [.unbalanced(difference: Money(minorUnits: 1), currency: "EUR")])
    entry.lines = [line(1, 1000, base: 1100, "EUR"), line(2, -1000, base: -1099, "EUR")]
    #expect(
      try faults(of: entry) == [.unbalanced(difference: Money(minorUnits: 1), currency: "USD")])
  }

  @Test(
    arguments: [
      (9, LineFault.unknownAccount), (3, .heading("3 Heading")), (4, .archived("4 Archived")),
      (5, .partyNeeded("5 Receivables")), (6, .wrongCurrency(account: "6 Euro", holds: "EUR")),
      (7, .departmentNeeded("7 Travel")),
    ] as [(Int64, LineFault)])
  func `a line's account takes it (V5, V6)`(_ account: Int64, _ fault: LineFault) throws {
    var entry = entry()
    entry.lines[1].account = ID(account)
    #expect(try faults(of: entry) == [.line(1, fault)])
  }

  @Test func `what the account wants can be given`() throws {
    var entry = entry()
    entry.lines = [line(7, 500), line(5, -500)]
    entry.lines[0].department = ID(1)
    entry.lines[1].counterparty = "Acme"
    entry.notes = "No invoice came."
    #expect(try faults(of: entry) == [])
    entry.lines = [line(6, 500, "EUR"), line(1, -500, "EUR")]
    #expect(try faults(of: entry) == [])
  }

  /// 5.00, of which 5.00 is enough to need a file.
  @Test(
    arguments: [
      (.standard, .manual, true), (.standard, .bill, true), (.correction, .manual, true),
      (.standard, .imported, false), (.standard, .system, false), (.adjusting, .manual, false),
      (.recurring, .system, false),
    ] as [(EntryType, EntrySource, Bool)])
  func `what people enter needs a file from the amount on that is asked for (V9)`(
    _ type: EntryType, _ source: EntrySource, _ isNeeded: Bool
  ) throws {
    var entry = entry()
    (entry.type, entry.source) = (type, source)
    func found(from minorUnits: Int64?, hasEvidence: Bool = false) throws -> [EntryFault] {
      try entry.faults(
        by: EntryFacts(
          accounts: Self.accounts, baseCurrency: "USD", evidenceFrom: minorUnits.map(Money.init),
          hasEvidence: hasEvidence))
    }
    let fault = EntryFault.evidenceNeeded(from: Money(minorUnits: 500), currency: "USD")
    #expect(try found(from: 500) == (isNeeded ? [fault] : []))
    #expect(try found(from: 501) == [])
    #expect(try found(from: nil) == [])
    #expect(try found(from: 500, hasEvidence: true) == [])
  }

  @Test func `what is written by hand to a control account says why (R9)`() throws {
    var entry = entry()
    entry.lines[1] = line(5, -500)
    entry.payee = "Acme"
    let fault = EntryFault.line(1, .reasonNeeded("5 Receivables"))
    #expect(try faults(of: entry) == [fault])
    entry.notes = " \n"
    #expect(try faults(of: entry) == [fault])
    for source in [EntrySource.invoice, .imported] {
      entry.source = source
      #expect(try faults(of: entry) == [])
    }
    (entry.type, entry.source) = (.opening, .manual)
    #expect(try faults(of: entry) == [])
    (entry.type, entry.source) = (.recurring, .system)
    #expect(try faults(of: entry) == [fault])
    entry.notes = "No invoice comes."
    #expect(try faults(of: entry) == [])
  }

  @Test func `a control account's line is somebody's, its own or the entry's (R9)`() throws {
    var entry = entry()
    entry.lines[1] = line(5, -500)
    let fault = EntryFault.line(1, .partyNeeded("5 Receivables"))
    for source in [EntrySource.manual, .invoice, .imported] {
      entry.source = source
      #expect(try faults(of: entry) == [fault])
    }
    entry.payee = "  "
    #expect(try faults(of: entry) == [fault])
    entry.payee = "Acme"
    #expect(try faults(of: entry) == [])
    #expect(entry.lines[1].party(in: entry) == "Acme")
    entry.lines[1].counterparty = " Bolt "
    #expect(entry.lines[1].party(in: entry) == "Bolt")
  }

  @Test func `what takes a line back, and a revaluation, need nobody's name (R9)`() throws {
    var entry = entry()
    entry.lines[1] = line(5, -500)
    (entry.type, entry.source) = (.reversing, .system)
    let facts = EntryFacts(accounts: Self.accounts, baseCurrency: "USD", reverses: ID(1))
    #expect(try entry.faults(by: facts) == [])
    (entry.type, entry.lines) = (.adjusting, [line(5, 0, base: 7, "EUR"), line(1, -7)])
    #expect(try faults(of: entry) == [])
  }

  @Test func `what comes again is by hand, though the system writes it`() {
    #expect(EntryType.recurring.isByHand(from: .system))
    #expect(EntryType.standard.isByHand(from: .manual))
    #expect(!EntryType.adjusting.isByHand(from: .system))
    #expect(!EntryType.standard.isByHand(from: .invoice))
  }

  @Test func `a department is known, and in use on the day (V6)`() throws {
    var entry = entry()
    entry.lines[0].department = ID(2)
    #expect(try faults(of: entry) == [])
    entry.date = Day.first.adding(days: 1)
    #expect(try faults(of: entry) == [.line(0, .departmentNotInUse("OLD Old"))])
    // A year closes after the departments that ended in it.
    (entry.type, entry.source) = (.closing, .system)
    #expect(try faults(of: entry) == [])
    (entry.type, entry.source) = (.standard, .manual)
    entry.lines[0].department = ID(3)
    #expect(try faults(of: entry) == [.line(0, .unknownDepartment)])
  }

  @Test func `what was booked for a department is taken back after it closed or is gone (R37)`()
    throws
  {
    var entry = entry()
    (entry.type, entry.source) = (.reversing, .system)
    entry.date = Day.first.adding(days: 1)
    let facts = EntryFacts(accounts: Self.accounts, baseCurrency: "USD", reverses: ID(1))
    entry.lines[0].department = ID(2)
    entry.lines[1].department = ID(3)
    #expect(try entry.faults(by: facts) == [])
  }

  @Test func `only the system writes closing, reversing and recurring entries (V8)`() throws {
    var entry = entry()
    for type in [EntryType.closing, .recurring] {
      entry.type = type
      for source in EntrySource.allCases where source != .system {
        entry.source = source
        #expect(try faults(of: entry) == [.typeNotAllowed(type, from: source)])
      }
      entry.source = .system
      #expect(try faults(of: entry) == [])
    }
    entry.type = .opening
    entry.source = .invoice
    #expect(try faults(of: entry) == [.typeNotAllowed(.opening, from: .invoice)])
    entry.type = .adjusting
    #expect(try faults(of: entry) == [.typeNotAllowed(.adjusting, from: .invoice)])
    entry.source = .depreciation
    #expect(try faults(of: entry) == [])
  }

  @Test func `what comes again is held to the rules of what people write`() throws {
    var entry = entry()
    (entry.type, entry.source) = (.recurring, .system)
    entry.lines[1].account = ID(5)
    #expect(try faults(of: entry) == [.line(1, .partyNeeded("5 Receivables"))])
    entry.lines = [line(1, 0, base: 500, "EUR"), line(2, 0, base: -500, "EUR")]
    #expect(try faults(of: entry) == [.line(0, .noAmount), .line(1, .noAmount)])
  }

  @Test func `what reverses is a reversal, and nothing else is (V8)`() throws {
    var entry = entry()
    entry.type = .reversing
    entry.source = .system
    #expect(try faults(of: entry) == [.reversalMistyped])
    let facts = EntryFacts(accounts: Self.accounts, baseCurrency: "USD", reverses: ID(1))
    #expect(try entry.faults(by: facts) == [])
    // A closing is taken back by one that counts as it does.
    entry.type = .closing
    #expect(try entry.faults(by: facts) == [])
    #expect(try faults(of: entry) == [])
    entry.type = .adjusting
    #expect(try entry.faults(by: facts) == [.reversalMistyped])
  }

  @Test func `everything wrong is told at once, in the order of the form`() throws {
    var entry = entry()
    entry.description = ""
    entry.lines = [line(9, 500), line(3, -400)]
    #expect(
      try faults(of: entry) == [
        .noDescription, .line(0, .unknownAccount), .line(1, .heading("3 Heading")),
        .unbalanced(difference: Money(minorUnits: 100), currency: "USD"),
      ])
  }

  @Test func `a sum beyond 2⁶³ is refused, not wrapped into balance`() {
    var entry = entry()
    entry.lines = [line(1, .max), line(1, .max), line(2, 2)]
    #expect(throws: AmountError.tooLarge) { try faults(of: entry) }
  }

  @Test func `the total is what stands on the debit side`() throws {
    var entry = entry()
    entry.lines = [line(1, 300), line(1, 200), line(2, -500)]
    #expect(try entry.total() == Money(minorUnits: 500))
    #expect(try entry.reversed().total() == Money(minorUnits: 500))
    #expect(try entry.reversed().lines.map(\.amount.minorUnits) == [-300, -200, 500])
    #expect(try entry.reversed().reversed() == entry)
  }

  private func entry() -> EntryContent {
    EntryContent(
      date: .first, description: "Stamps", lines: [line(1, 500), line(2, -500)])
  }

  private func line(
    _ account: Int64, _ amount: Int64, base: Int64? = nil, _ currency: String = "USD"
  )
    -> LineContent
  {
    LineContent(
      account: ID(account), currency: currency, amount: Money(minorUnits: amount),
      base: base.map(Money.init))
  }

  private func faults(of entry: EntryContent) throws(AmountError) -> [EntryFault] {
    try entry.faults(
      by: EntryFacts(
        accounts: Self.accounts, departments: Self.departments, baseCurrency: "USD"))
  }

  private static let departments = [
    ID<Department>(1): DepartmentFacts(label: "SHP Shop", inactiveFrom: nil),
    ID(2): DepartmentFacts(label: "OLD Old", inactiveFrom: Day.first.adding(days: 1)),
  ]

  private static let accounts: [ID<Account>: AccountFacts] = [
    ID(1): facts("1 Bank"), ID(2): facts("2 Postage"), ID(3): facts("3 Heading", isHeader: true),
    ID(4): facts("4 Archived", isActive: false), ID(5): facts("5 Receivables", isControl: true),
    ID(6): facts("6 Euro", currency: "EUR"), ID(7): facts("7 Travel", requiresDepartment: true),
  ]

  private static func facts(
    _ label: String, isActive: Bool = true, isHeader: Bool = false, isControl: Bool = false,
    currency: String? = nil, requiresDepartment: Bool = false
  ) -> AccountFacts {
    AccountFacts(
      label: label, isActive: isActive, isHeader: isHeader, isControl: isControl,
      currency: currency, requiresDepartment: requiresDepartment)
  }
}
