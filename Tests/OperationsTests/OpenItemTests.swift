import Domain
import Operations
import Store
import TestSupport
import Testing

/// What is owed, out of the lines of accounts that are kept by party (R9).
@Suite struct OpenItemTests {
  private static let today = TestBooks.today

  /// Posts as the employee, whose entries a manager of their department sees.
  @discardableResult
  private func post(
    _ books: TestBooks, _ minorUnits: Int64, debit: String, credit: String, party: String = "",
    reference: String = "", daysAgo: Int = 0
  ) async throws -> ID<Entry> {
    var content = books.entry(
      minorUnits, debit: debit, credit: credit, on: Self.today.adding(days: -daysAgo))
    (content.payee, content.reference) = (party, reference)
    return try await books.workspace.perform(
      CreateEntry(content, then: .post), as: books.employee
    ).entry
  }

  private func items(
    _ books: TestBooks, of number: String = "1210", on day: Day = today,
    knownAt: Timestamp? = nil, as who: Principal? = nil
  ) async throws -> OpenItems.Value {
    try await books.workspace.fetch(
      OpenItems(books.account(number), asOf: day, knownAt: knownAt), as: who ?? books.owner)
  }

  private func amount(_ minorUnits: Int64) -> ItemAmount {
    ItemAmount(amount: Money(minorUnits: minorUnits), base: Money(minorUnits: minorUnits))
  }

  @Test func `an item is what one party's lines of one reference come to`() async throws {
    let books = try await TestBooks.make()
    try await post(
      books, 100_00, debit: "1210", credit: "4100", party: "Acme", reference: "I-1", daysAgo: 21)
    try await post(
      books, 30_00, debit: "1210", credit: "4100", party: "Bolt", reference: "I-2", daysAgo: 3)
    try await post(
      books, 60_00, debit: "1120", credit: "1210", party: "Acme", reference: "I-1", daysAgo: 13)
    let found = try await items(books)
    #expect(found.label == "1210 Trade receivables")
    #expect(found.items.map(\.party) == ["Acme", "Bolt"])
    let acme = found.items[0]
    #expect(acme.reference == "I-1" && acme.lines == 2 && acme.age(on: Self.today) == 21)
    #expect(acme.invoiced == amount(100_00) && acme.settled == amount(60_00))
    #expect(acme.remaining == amount(40_00))
    #expect(found.unnamed == 0)
    #expect(found.proofs.map(\.items) == [amount(70_00)])
    #expect(found.proofs.map(\.ledger) == [amount(70_00)])
    let earlier = try await items(books, on: Self.today.adding(days: -20))
    #expect(earlier.items.map(\.remaining) == [amount(100_00)])
    #expect(earlier.isProved)
  }

  @Test func `what is paid in full is open no more`() async throws {
    let books = try await TestBooks.make()
    for (debit, credit) in [("1210", "4100"), ("1120", "1210")] {
      try await post(
        books, 50_00, debit: debit, credit: credit, party: "Acme", reference: "I-1")
    }
    let found = try await items(books)
    #expect(found.items == [] && found.isProved)
  }

  @Test func `what names no document is as old as the first that is open since it was settled`()
    async throws
  {
    let books = try await TestBooks.make()
    for party in ["Acme", "Bolt"] {
      try await post(
        books, 100_00, debit: "1210", credit: "4100", party: party, daysAgo: 21)
      try await post(
        books, 40_00, debit: "1210", credit: "4100", party: party, daysAgo: 4)
    }
    try await post(books, 100_00, debit: "1120", credit: "1210", party: "Acme", daysAgo: 15)
    try await post(books, 99_00, debit: "1120", credit: "1210", party: "Bolt", daysAgo: 15)
    let found = try await items(books).items
    #expect(found.map(\.party) == ["Acme", "Bolt"])
    #expect(found.map(\.lines) == [3, 3])
    #expect(found.map(\.remaining) == [amount(40_00), amount(41_00)])
    // Nothing was left of the first of Acme's, and 1.00 of the first of Bolt's.
    #expect(found.map { $0.age(on: Self.today) } == [4, 21])
  }

  @Test func `what is owed to somebody stands above zero`() async throws {
    let books = try await TestBooks.make()
    try await post(books, 12_00, debit: "6200", credit: "2110", party: "Landlord")
    let found = try await items(books, of: "2110")
    #expect(found.items.map(\.remaining) == [amount(12_00)])
    #expect(found.proofs.map(\.ledger) == [amount(12_00)])
  }

  @Test func `a line's own party and reference go before the entry's`() async throws {
    let books = try await TestBooks.make()
    var content = books.entry(30, debit: "1210", credit: "4100")
    (content.payee, content.reference) = ("Acme", "I-1")
    content.lines[0].counterparty = "Bolt"
    content.lines[0].reference = "I-9"
    try await books.workspace.perform(CreateEntry(content, then: .post), as: books.owner)
    let found = try await items(books)
    #expect(found.items.map(\.party) == ["Bolt"])
    #expect(found.items.map(\.reference) == ["I-9"])
  }

  /// An entry of trade payables and another account, in dollars worth so many rupees.
  private func book(
    _ books: TestBooks, _ dollars: Int64, worth rupees: Int64, against number: String,
    party: String, reference: String
  ) async throws {
    let lines = [("2110", dollars, rupees), (number, -dollars, -rupees)].map {
      LineContent(
        account: books.account($0), currency: "USD", amount: Money(minorUnits: $1),
        base: Money(minorUnits: $2))
    }
    var content = EntryContent(date: Self.today, description: "Dollars", lines: lines)
    (content.payee, content.reference) = (party, reference)
    try await books.workspace.perform(CreateEntry(content, then: .post), as: books.owner)
  }

  @Test func `what is settled of a document takes what it came in at, whatever else is owed`()
    async throws
  {
    let books = try await TestBooks.make { $0.baseCurrency = "INR" }
    try await book(
      books, -388_00, worth: -36_623_32, against: "6200", party: "Acme", reference: "A-7")
    try await book(
      books, -1_000_00, worth: -90_000_00, against: "6200", party: "Bolt", reference: "B-1")
    func relief(_ minorUnits: Int64, of name: ItemName) async throws -> Int64 {
      var valuation = try await books.workspace.fetch(
        EntryFormFacts(), as: books.owner
      ).valuation
      #expect(valuation.items.isEmpty, "a form doesn't wait for them")
      let place = ItemPlace(account: books.account("2110"), currency: "USD")
      valuation.items[place] = try await books.workspace.fetch(
        SettledItems(at: place), as: books.owner)
      let written = WrittenAmount(
        Money(minorUnits: minorUnits), in: try #require(valuation.currency("USD")), worth: .book)
      return try valuation.line(
        written, on: books.account("2110"), of: name, day: Self.today
      ).base.minorUnits
    }
    let (acme, bolt) = (
      ItemName(party: "Acme", reference: "A-7"), ItemName(party: "Bolt", reference: "B-1")
    )
    // RULES R32: at 94.125 it is paid with 36,520.50, which gains 102.82.
    #expect(try await relief(388_00, of: acme) == 36_623_32)
    #expect(try await relief(388_00, of: bolt) == 34_920_00)
    // Without a document, 126,623.32 × 388 / 1,388.
    #expect(try await relief(388_00, of: ItemName()) == 35_396_14)
    // 36,623.32 × 100 / 388; what is left of it is 288 worth 27,184.32, which the last takes whole.
    try await book(
      books, 100_00, worth: 9_439_00, against: "1140", party: "Acme", reference: "A-7")
    #expect(try await relief(288_00, of: acme) == 27_184_32)
    // 27,184.32 × 1.01 / 288 = 95.333…
    #expect(try await relief(1_01, of: acme) == 95_33)
    await #expect(throws: ValuationError.self) { try await relief(288_01, of: acme) }
  }

  @Test func `what may be settled is what is open there, under a name, in that currency`()
    async throws
  {
    let books = try await TestBooks.make { $0.baseCurrency = "INR" }
    try await book(
      books, -40_00, worth: -3_600_00, against: "6200", party: "Acme", reference: "A-7")
    try await book(books, -20_00, worth: -1_800_00, against: "6200", party: "Bolt", reference: "")
    try await book(books, 20_00, worth: 1_900_00, against: "1140", party: "Bolt", reference: "")
    try await book(books, -10_00, worth: -900_00, against: "6200", party: "", reference: "")
    func settled(
      _ number: String, _ currency: String, as who: Principal
    ) async throws -> [ItemName: ForeignPosition] {
      try await books.workspace.fetch(
        SettledItems(at: ItemPlace(account: books.account(number), currency: currency)), as: who)
    }
    let found = try await settled("2110", "USD", as: books.manager)
    #expect(found.keys.map(\.self) == [ItemName(party: "Acme", reference: "A-7")])
    #expect(found.values.map(\.amount.minorUnits) == [-40_00])
    #expect(found.values.map(\.base.minorUnits) == [-3_600_00])
    #expect(try await settled("2110", "EUR", as: books.manager).isEmpty)
    let refusal = Refusal.account(.notKeptByParty("1140 Foreign currency account"))
    await #expect(throws: refusal) { try await settled("1140", "USD", as: books.manager) }
    // Whoever doesn't see all of a balance settles no share of it.
    let entry = try #require(try await books.entries().last)
    var denial = NewGrant(.deny, "journal.read", to: books.manager.user, reason: "Private")
    denial.thing = Thing(.entry, entry.id.value)
    try await books.workspace.perform(GrantPermission(denial), as: books.owner)
    #expect(try await settled("2110", "USD", as: books.manager).isEmpty)
  }

  @Test func `a reversal takes the item back`() async throws {
    let books = try await TestBooks.make()
    let invoice = try await post(
      books, 40, debit: "1210", credit: "4100", party: "Acme", reference: "I-1")
    try await books.workspace.perform(
      ReverseEntry(invoice, reason: "Sent twice."), as: books.owner)
    #expect(try await items(books).items == [])
  }

  @Test func `lines that name nobody are counted, and still add up`() async throws {
    let books = try await TestBooks.make()
    try await post(books, 5_00, debit: "1210", credit: "4100")
    let found = try await items(books)
    #expect(found.unnamed == 1 && found.isProved)
    #expect(found.items.map(\.lacksParty) == [true])
  }

  @Test func `currencies are items of their own, and a revaluation is nobody's`() async throws {
    let books = try await TestBooks.make()
    func foreign(_ amount: Int64, _ base: Int64) -> LineContent {
      LineContent(
        account: books.account("1210"), currency: "EUR", amount: Money(minorUnits: amount),
        base: Money(minorUnits: base))
    }
    let invoice = EntryContent(
      date: Self.today, reference: "I-1", description: "Sails", payee: "Acme",
      lines: [foreign(100_00, 110_00), books.line("4100", -110_00)])
    try await books.workspace.perform(CreateEntry(invoice, then: .post), as: books.owner)
    let quote = RateQuote(
      from: "EUR", to: "USD", day: Self.today, rate: ExchangeRate(mantissa: 12, scale: 1))
    _ = try await books.workspace.perform(SetRate(RateContent(quote)), as: books.director)
    let november = Self.today.lastOfMonth
    let rows = try await books.workspace.fetch(Revaluations(on: november), as: books.owner)
    _ = try await books.workspace.perform(
      Revalue(on: november, seen: rows), as: books.owner)
    let found = try await items(books, on: november)
    // 100.00 EUR at 1.20 are 120.00: ten more than the invoice was worth.
    #expect(found.items.map(\.isRevaluation) == [false, true])
    #expect(
      found.items.map(\.remaining.base) == [
        Money(minorUnits: 110_00), Money(minorUnits: 10_00),
      ])
    #expect(found.items.map(\.remaining.amount.minorUnits) == [100_00, 0])
    #expect(found.unnamed == 0 && found.isProved)
    #expect(found.proofs.map(\.ledger.base) == [Money(minorUnits: 120_00)])
  }

  @Test func `the items are those that were known at a moment`() async throws {
    let books = try await TestBooks.make()
    try await post(books, 10, debit: "1210", credit: "4100", party: "Acme")
    let then = books.clock.now
    books.clock.advance(seconds: 60)
    try await post(books, 20, debit: "1210", credit: "4100", party: "Bolt", daysAgo: 1)
    #expect(try await items(books, knownAt: then).items.map(\.party) == ["Acme"])
    #expect(try await items(books).items.map(\.party) == ["Acme", "Bolt"])
  }

  @Test func `the lines of an item are those that it is made of`() async throws {
    let books = try await TestBooks.make()
    let invoice = try await post(
      books, 100, debit: "1210", credit: "4100", party: "Acme", reference: "I-1", daysAgo: 2)
    let payment = try await post(
      books, 60, debit: "1120", credit: "1210", party: "Acme", reference: "I-1")
    try await post(books, 7, debit: "1210", credit: "4100", party: "Acme", reference: "I-2")
    let item = try #require(try await items(books).items.first { $0.reference == "I-1" })
    let lines = try await books.workspace.fetch(
      OpenItemLines(of: item, on: books.account("1210"), asOf: Self.today), as: books.owner)
    #expect(lines.map(\.entry) == [invoice, payment])
    #expect(lines.map(\.amount.amount.minorUnits) == [100, -60])
  }

  @Test func `an account that isn't kept by party has no items`() async throws {
    let books = try await TestBooks.make()
    let refusal = Refusal.account(.notKeptByParty("1120 Current account"))
    await #expect(throws: refusal) { try await items(books, of: "1120") }
  }

  @Test func `whoever may not see an entry sees no item of it, and the others add up`()
    async throws
  {
    let books = try await TestBooks.make()
    let hidden = try await post(books, 90, debit: "1210", credit: "4100", party: "Bolt")
    try await post(books, 10, debit: "1210", credit: "4100", party: "Acme")
    var denial = NewGrant(.deny, "journal.read", to: books.manager.user, reason: "Private")
    denial.thing = Thing(.entry, hidden.value)
    try await books.workspace.perform(GrantPermission(denial), as: books.owner)
    let found = try await items(books, as: books.manager)
    #expect(found.items.map(\.party) == ["Acme"])
    #expect(found.isProved)
  }

  // MARK: Control accounts

  private func control(in books: TestBooks) async throws -> EntryContent {
    let members = try await books.workspace.perform(
      CreateAccount(
        AccountContent(number: "1215", name: "Members", type: .asset, isControl: true)),
      as: books.owner)
    var content = books.entry(100)
    content.lines[0].account = members
    return content
  }

  @Test func `a control account's lines are somebody's, and by hand only some post them`()
    async throws
  {
    let books = try await TestBooks.make()
    var content = try await control(in: books)
    for ending in [EntryEnding.post, .submit] {
      await #expect(throws: Refusal.faults([.line(0, .partyNeeded("1215 Members"))])) {
        try await books.workspace.perform(CreateEntry(content, then: ending), as: books.owner)
      }
    }
    content.lines[0].counterparty = "Ada"
    await #expect(throws: Refusal.faults([.line(0, .reasonNeeded("1215 Members"))])) {
      try await books.workspace.perform(CreateEntry(content, then: .post), as: books.owner)
    }
    content.notes = "The club's list came late."
    let needed = Refusal.needsApproval(by: [.manager], amount: Money(minorUnits: 100))
    for who in [books.employee, books.manager] {
      await #expect(throws: needed) {
        try await books.workspace.perform(CreateEntry(content, then: .post), as: who)
      }
    }
    try await books.workspace.perform(CreateEntry(content, then: .post), as: books.director)
    (content.source, content.notes) = (.invoice, "")
    try await books.workspace.perform(CreateEntry(content, then: .post), as: books.employee)
  }

  @Test func `what is asked for on a control account is posted by whoever may`() async throws {
    let books = try await TestBooks.make()
    var content = try await control(in: books)
    (content.payee, content.notes) = ("Ada", "The club's list came late.")
    let asked = try await books.workspace.perform(
      CreateEntry(content, then: .finish), as: books.employee)
    #expect(asked.state == .submitted(to: [.manager]))
    let denied = Refusal.notPermitted(.accountControlPost, .noGrant(.manager))
    #expect(
      try await books.workspace.perform(ApproveEntry(asked.entry), as: books.manager)
        == .notPosted(denied))
    try await books.workspace.perform(PostEntry(asked.entry), as: books.director)
  }

  @Test func `lines from before an account was kept by party stand against closing`() async throws {
    let books = try await TestBooks.make()
    let old = try await post(books, 100, debit: "1210", credit: "4100")
    try await post(books, 100, debit: "1210", credit: "4100", party: "Acme")
    try books.store.script(
      """
      UPDATE temp.scope SET business_id = \(books.business.value);
      UPDATE accounts SET is_control = 1 WHERE number = '1210'
      """)
    let november = try #require(
      try await books.workspace.fetch(Periods(), as: books.owner).first { $0.name == "2026-11" })
    func found() async throws -> PeriodChecks.Item? {
      try await books.workspace.fetch(PeriodChecks(november.id), as: books.director)
        .items.first { $0.check == .control }
    }
    let item = try #require(try await found())
    #expect(item.findings == [.withoutParty(old, name: "GJ-2026-000001", lines: 1)])
    #expect(!item.passes)
    // It can be taken back all the same, and is then nobody's twice.
    try await books.workspace.perform(
      WaiveCheck(
        .control, of: november.id, seen: item.findings, reason: "From the old books."),
      as: books.director)
    #expect(try await found()?.passes == true)
    try await books.workspace.perform(
      ReverseEntry(old, reason: "Now by party."), as: books.owner)
    #expect(try await found()?.count == 2)
  }
}
