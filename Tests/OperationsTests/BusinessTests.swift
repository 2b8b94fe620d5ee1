import Domain
import Operations
import TestSupport
import Testing

/// Making businesses.
@Suite struct BusinessTests {
  @Test func `an owner makes another business, and nobody else does`() async throws {
    let books = try await TestBooks.make()
    let plan = BusinessPlan(name: "Second & Sons", baseCurrency: "EUR", chart: nil)
    await #expect(throws: Refusal.notPermitted(.businessCreate, .noGrant(.director))) {
      try await books.workspace.perform(CreateBusiness(plan), as: books.director)
    }
    let business = try await books.workspace.perform(CreateBusiness(plan), as: books.owner)
    let lobby = try await books.workspace.signIn(
      email: "owner@books.example", password: TestBooks.password, from: TestBooks.origin)
    let mine = try await books.workspace.fetch(MyBusinesses(), as: lobby)
    #expect(mine.map(\.slug) == ["harbour", "second-sons"])
    let inside = try await books.workspace.enter(business, as: lobby)
    let place = try await books.workspace.fetch(WhereIAm(), as: inside)
    #expect(place.baseCurrency == "EUR")
    #expect(place.openPeriod == "2026-11")
    await #expect(throws: Refusal.taken(kind: .business, name: "second-sons")) {
      try await books.workspace.perform(CreateBusiness(plan), as: books.owner)
    }
  }

  /// On 23 November at 12:00 UTC it is the 24th in Auckland.
  @Test func `a day begins where the business is`() async throws {
    let books = try await TestBooks.make()
    books.clock.advance(seconds: 2 * 3_600)
    let posted = try await books.post(100)
    try await books.changeSettings { $0.timeZone = "Pacific/Auckland" }
    let facts = try await books.workspace.fetch(EntryFormFacts(), as: books.employee)
    #expect(facts.today.text == "2026-11-24")
    let reversal = try await books.workspace.perform(
      ReverseEntry(posted, reason: "booked twice"), as: books.owner)
    guard case .posted(let mirror, _) = reversal else {
      Issue.record("\(reversal)")
      return
    }
    let detail = try await books.workspace.fetch(EntryDetail(mirror), as: books.owner)
    #expect(detail.head.date.text == "2026-11-24")
    try await books.changeSettings { $0.timeZone = "America/Los_Angeles" }
    let later = try await books.workspace.fetch(EntryFormFacts(), as: books.employee)
    #expect(later.today.text == "2026-11-23")
  }

  /// Made on 23 November 2026.
  @Test func `its first year is of any start and shape, and holds the day on which it is made`()
    async throws
  {
    let books = try await TestBooks.make()
    func make(
      _ name: String, _ shape: FiscalYearShape = .months, from: String? = nil, to: String? = nil
    ) async throws -> [Periods.Row] {
      let business = try await books.workspace.perform(
        CreateBusiness(
          BusinessPlan(
            name: name, baseCurrency: "EUR", firstMonth: 4, shape: shape,
            firstDay: from.flatMap { Day($0) }, lastDay: to.flatMap { Day($0) }, chart: nil)),
        as: books.owner)
      let lobby = try await books.workspace.signIn(
        email: "owner@books.example", password: TestBooks.password, from: TestBooks.origin)
      let inside = try await books.workspace.enter(business, as: lobby)
      return try await books.workspace.fetch(Periods(), as: inside)
    }
    let short = try await make("Short", from: "2026-10-20", to: "2027-03-31")
    #expect(
      short.filter { $0.kind == .normal }.map(\.start.text).prefix(2)
        == ["2026-10-20", "2026-11-01"])
    #expect(short.filter { $0.status == .open }.map(\.start.text) == ["2026-11-01"])
    // 1 April and 34 weeks of 7 days is 25 November.
    let weeks = try await make("Weeks", .weeks445)
    #expect(weeks.filter { $0.status == .open }.map(\.start.text) == ["2026-10-28"])
    let plain = try await make("Plain")
    #expect(plain.first { $0.kind == .normal }?.start.text == "2026-04-01")
    await #expect(
      throws: Refusal.year(
        .notNow(try #require(Day("2026-12-01")), try #require(Day("2027-11-30"))))
    ) { _ = try await make("Later", from: "2026-12-01") }
    await #expect(throws: Refusal.year(.fault(.notWholeWeeks))) {
      _ = try await make("Odd", .weeks445, to: "2027-03-31")
    }
  }

  /// 0.50 EUR at 1.05 are 0.525 USD.
  @Test(arguments: [(.halfAwayFromZero, 53), (.halfEven, 52)] as [(Rounding, Int64)])
  func `half a minor unit goes where the business was made to round it`(
    _ rounding: Rounding, _ expected: Int64
  ) async throws {
    let books = try await TestBooks.make { $0.rounding = rounding }
    let euros = LineContent(
      account: books.account("1140"), currency: "EUR", amount: Money(minorUnits: 50),
      base: Money(minorUnits: 40))
    _ = try await books.workspace.perform(
      CreateEntry(
        EntryContent(
          date: TestBooks.today, description: "Abroad", lines: [euros, books.line("1120", -40)]),
        then: .post), as: books.owner)
    let end = TestBooks.today.lastOfMonth
    let quote = RateQuote(
      from: "EUR", to: "USD", day: end, rate: ExchangeRate(mantissa: 105, scale: 2))
    _ = try await books.workspace.perform(SetRate(RateContent(quote)), as: books.owner)
    let rows = try await books.workspace.fetch(Revaluations(on: end), as: books.owner)
    #expect(rows.map(\.revaluation.target.minorUnits) == [expected])
    let detail = try await books.workspace.fetch(BusinessDetail(), as: books.viewer)
    #expect(detail.rounding == rounding)
    #expect(
      try await books.workspace.fetch(WhereIAm(), as: books.viewer).rounding == rounding)
  }

  @Test func `a business needs a currency that there is`() async throws {
    let books = try await TestBooks.make()
    await #expect(throws: Refusal.account(.unknownCurrency("ZZZ"))) {
      try await books.workspace.perform(
        CreateBusiness(BusinessPlan(name: "Third", baseCurrency: "ZZZ", chart: nil)),
        as: books.owner)
    }
  }

  @Test(arguments: ["Acme", "acme europe", "-acme", "büro", String(repeating: "a", count: 64), ""])
  func `a slug is short, and of small letters, digits and hyphens`(_ slug: String) async throws {
    let books = try await TestBooks.make()
    await #expect(throws: Refusal.business(.slug(slug))) {
      try await books.workspace.perform(
        CreateBusiness(BusinessPlan(name: "Acme", slug: slug, baseCurrency: "EUR", chart: nil)),
        as: books.owner)
    }
  }

  @Test func `the longest name makes a slug that will do`() async throws {
    let books = try await TestBooks.make()
    let name = String(repeating: "a", count: BusinessSettings.nameMostCharacters)
    try await books.workspace.perform(
      CreateBusiness(BusinessPlan(name: name, baseCurrency: "EUR", chart: nil)), as: books.owner)
  }

  @Test func `what a business is and how it works is changed, and the change is on record`()
    async throws
  {
    let books = try await TestBooks.make()
    let before = try await books.workspace.fetch(BusinessDetail(), as: books.viewer)
    try await books.changeSettings(as: books.director) {
      $0.texts[.city] = "Bregenz"
      $0.timeZone = "Europe/Vienna"
      $0.postsOnApproval = false
    }
    var expected = before.settings
    expected.texts[.city] = "Bregenz"
    expected.timeZone = "Europe/Vienna"
    expected.postsOnApproval = false
    let after = try await books.workspace.fetch(BusinessDetail(), as: books.viewer)
    #expect(after.settings == expected)
    #expect(after.version == before.version + 1)
    let record = try #require(try await books.trail(1).first)
    #expect(record.operation == "business.update")
    #expect(
      record.newValues
        == #"{"city":"Bregenz","posts_on_approval":0,"timezone":"Europe/Vienna"}"#)
    await #expect(throws: Refusal.changedMeanwhile) {
      try await books.workspace.perform(
        UpdateBusiness(books.business, settings: expected, version: before.version),
        as: books.owner)
    }
    await #expect(throws: Refusal.notPermitted(.businessSettingsEdit, .noGrant(.manager))) {
      try await books.changeSettings(as: books.manager) { $0.name = "Ours" }
    }
  }

  @Test func `settings that make no sense are refused`() async throws {
    let books = try await TestBooks.make()
    let tries: [(Refusal, (inout BusinessSettings) -> Void)] = [
      (.business(.unknownTimeZone("Mars/Base")), { $0.timeZone = "Mars/Base" }),
      (.business(.country("at")), { $0.texts[.country] = "at" }),
      (.business(.idleLock), { $0.idleLockMinutes = 1_441 }),
      (.business(.openPeriods), { $0.openPeriodsMost = 0 }),
      (.business(.evidence), { $0.evidenceFrom = Money(minorUnits: -1) }),
      (.business(.rateAge), { $0.rateAgeDays = 367 }),
      (.business(.rateAge), { $0.rateAgeDays = -1 }),
      (.business(.retention), { $0.retentionYears = 9 }),
      (.business(.textTooLong(.phone)), { $0.texts[.phone] = String(repeating: "1", count: 41) }),
      (.invalidEmail("nobody"), { $0.texts[.email] = "nobody" }),
      (.nameLength(kind: .business, most: 200), { $0.name = " " }),
    ]
    for (refusal, adjust) in tries {
      await #expect(throws: refusal) { try await books.changeSettings(adjust) }
    }
  }

  @Test func `records are kept no shorter than was said`() async throws {
    let books = try await TestBooks.make()
    try await books.changeSettings { $0.retentionYears = 20 }
    await #expect(throws: Refusal.business(.shorterRetention)) {
      try await books.changeSettings { $0.retentionYears = 19 }
    }
  }

  @Test func `a business in which nothing was posted is taken away with its keys and sessions`()
    async throws
  {
    let books = try await TestBooks.make()
    let lobby = try await books.workspace.signIn(
      email: "owner@books.example", password: TestBooks.password, from: TestBooks.origin)
    let business = try await books.workspace.perform(
      CreateBusiness(BusinessPlan(name: "Pier", baseCurrency: "USD", chart: nil)), as: books.owner)
    let inside = try await books.workspace.enter(business, as: lobby)
    let key = try await books.workspace.createKey(
      NewAPIKey("Till", for: ["journal.read"]), as: inside)
    let invitation = try await books.workspace.invite(
      email: "new@books.example", name: "Nils", role: .viewer, as: inside)
    try await books.workspace.perform(RemoveBusiness(business), as: inside)
    await #expect(throws: Refusal.sessionEnded) {
      try await books.workspace.fetch(WhereIAm(), as: inside)
    }
    await #expect(throws: Refusal.notAMember) {
      try await books.workspace.enter(business, as: lobby)
    }
    await #expect(throws: Refusal.self) {
      let till = try await books.workspace.open(key: key.key, from: TestBooks.origin)
      _ = try await books.workspace.fetch(JournalPage(), as: till)
    }
    #expect(try await books.workspace.invited(by: invitation.code) == nil)
    await #expect(throws: Refusal.noSuch(.business(business))) {
      let director = try await books.workspace.signIn(
        email: "director@books.example", password: TestBooks.password, from: TestBooks.origin)
      try await books.workspace.restore(business, as: director)
    }
    // Somebody else has its short name by now.
    _ = try await books.workspace.perform(
      CreateBusiness(BusinessPlan(name: "Pier", baseCurrency: "USD", chart: nil)), as: books.owner)
    await #expect(throws: Refusal.taken(kind: .business, name: "pier")) {
      try await books.workspace.restore(business, as: lobby)
    }
    try await books.workspace.restore(business, slug: "old-pier", as: lobby)
    let again = try await books.workspace.enter(business, as: lobby)
    #expect(try await books.workspace.fetch(WhereIAm(), as: again).slug == "old-pier")
    let log = try await books.workspace.fetch(AuditPage(limit: 20), as: again)
    #expect(log.contains { $0.operation == "business.restore" && $0.outcome == .success })
    #expect(log.filter { $0.operation == "business.restore" }.count == 3)
  }

  @Test func `a business with posted entries is kept, and only an owner takes one away`()
    async throws
  {
    let books = try await TestBooks.make()
    await #expect(throws: Refusal.notPermitted(.businessCreate, .noGrant(.director))) {
      try await books.workspace.perform(RemoveBusiness(books.business), as: books.director)
    }
    await #expect(throws: Refusal.business(.onlyOneOwned)) {
      try await books.workspace.perform(RemoveBusiness(books.business), as: books.owner)
    }
    _ = try await books.workspace.perform(
      CreateBusiness(BusinessPlan(name: "Pier", baseCurrency: "USD", chart: nil)), as: books.owner)
    try await books.workspace.perform(
      GrantPermission(
        NewGrant(
          .allow, "business.create", to: books.director.user, reason: "Trusted")),
      as: books.owner)
    let key = try await books.workspace.createKey(
      NewAPIKey("Robot", for: ["business.create"]), as: books.owner)
    let robot = try await books.workspace.open(key: key.key, from: TestBooks.origin)
    for who in [books.director, robot] {
      await #expect(throws: Refusal.business(.notByItsOnlyOwner)) {
        try await books.workspace.perform(RemoveBusiness(books.business), as: who)
      }
    }
    _ = try await books.workspace.perform(
      CreateEntry(books.entry(100), then: .post), as: books.owner)
    await #expect(throws: Refusal.business(.everPosted)) {
      try await books.workspace.perform(RemoveBusiness(books.business), as: books.owner)
    }
  }

  @Test func `only an owner lets people approve what they made`() async throws {
    let books = try await TestBooks.make()
    await #expect(throws: Refusal.business(.selfApprovalByOwners)) {
      try await books.changeSettings(as: books.director) { $0.allowsSelfApproval = true }
    }
    try await books.changeSettings { $0.allowsSelfApproval = true }
    // What is so already isn't decided again.
    try await books.changeSettings(as: books.director) { $0.idleLockMinutes = 5 }
    try await books.changeSettings(as: books.director) { $0.allowsSelfApproval = false }
  }

  @Test(arguments: [
    ("Harbour & Sons", "harbour-sons"), ("  3 Ämter ", "3-mter"), ("Ü", "business"),
  ])
  func `a name becomes a slug`(_ name: String, _ slug: String) {
    #expect(BusinessPlan.slug(from: name) == slug)
  }
}
