import Domain
import Operations
import Store
import TestSupport
import Testing

/// What programs do by keys, and how keys end.
@Suite struct APIKeyTests {
  private func make(
    _ books: TestBooks, _ scope: [String] = ["journal.*"], by role: Role = .director,
    change: (inout NewAPIKey) -> Void = { _ in }
  ) async throws -> (id: ID<APIKey>, key: String) {
    var content = NewAPIKey("Till", for: scope)
    change(&content)
    return try await books.workspace.createKey(content, as: books.principal(role))
  }

  private func open(_ key: String, _ books: TestBooks) async throws -> Principal {
    try await books.workspace.open(key: key, from: TestBooks.origin)
  }

  @Test func `a key is told once, and only its hash is kept`() async throws {
    let books = try await TestBooks.make()
    let (id, key) = try await make(books)
    #expect(key.wholeMatch(of: /cf_[0-9a-f]{8}_[0-9a-f]{64}/) != nil)
    let row = try #require(
      try await books.workspace.fetch(APIKeys(), as: books.owner).first { $0.id == id })
    #expect(key.hasPrefix(row.prefix))
    #expect(
      [row.status, row.creator, row.scope] == ["active", "Dora Director", #"["journal.*"]"#])
    let secret = key.split(separator: "_")[2]
    let trail = try await books.trail(50)
    #expect(trail[0].operation == "apikey.create")
    #expect(!trail.contains { "\($0)".contains(secret) })
    #expect(!"\(row)".contains(secret))
    let kept = try await books.store.snapshot(of: books.business, as: .system) {
      try $0.one(
        String.self,
        "SELECT json_group_array(key_hash) FROM api_keys WHERE business_id = :business")
    }
    #expect(!kept.contains(secret))
  }

  @Test func `a key does what both it and its maker may, in both their names`() async throws {
    let books = try await TestBooks.make()
    let till = try await open(try await make(books).key, books)
    _ = try await books.workspace.perform(CreateEntry(books.entry(100)), as: till)
    let record = try #require(try await books.trail(1).first)
    #expect(record.actor == "Dora Director by key Till")
    #expect(record.origin.hasPrefix("key cf_"))
    #expect(record.outcome == .success)
    let (session, calls, actor) = try #require(
      try await books.store.snapshot(of: books.business, as: .system) {
        try $0.row(
          { (session: Int64?, calls: Int64, actor: ID<User>) in (session, calls, actor) },
          """
          SELECT session_id, api_calls, actor_id FROM audit_logs WHERE business_id = :business
          ORDER BY sequence DESC LIMIT 1
          """)
      })
    #expect(session == nil && calls == 1 && actor == books.director.user)
    let account = CreateAccount(AccountContent(number: "1198", name: "Till", type: .asset))
    await #expect(throws: Refusal.notPermitted(.accountCreate, .outOfKeysScope)) {
      try await books.workspace.perform(account, as: till)
    }
    #expect(try await books.trail(1).first?.errorCode == "key-scope")
    await #expect(throws: Refusal.notPermitted(.reportRead, .outOfKeysScope)) {
      try await books.workspace.fetch(TrialBalanceReport(asOf: .last), as: till)
    }
    let look = try #require(try await books.trail(1).first)
    #expect(
      [look.actor, look.errorCode ?? ""] == ["Dora Director by key Till", "key-scope"])
    #expect(try await books.workspace.fetch(VerifyAudit(), as: books.owner).findings.isEmpty)
  }

  @Test func `what a key isn't for isn't seen through what it is for`() async throws {
    let books = try await TestBooks.make()
    try await books.post(1_000)
    let report = try await open(try await make(books, ["report.read"]).key, books)
    let both = try await open(
      try await make(books, ["report.read", "journal.read", "account.read"]).key, books)
    func total(_ principal: Principal) async throws -> Int64 {
      try await books.workspace.fetch(TrialBalanceReport(asOf: .last), as: principal).lines
        .map { abs($0.balance.minorUnits) }.reduce(0, +)
    }
    #expect(try await total(report) == 0)
    #expect(try await total(both) == 2_000)
  }

  @Test func `only people approve, lend and look at what is their own`() async throws {
    let books = try await TestBooks.withThreshold()
    let pending = try await books.workspace.perform(
      CreateEntry(books.entry(9_000), then: .submit), as: books.employee
    ).entry
    let key = try await open(try await make(books, ["*"], by: .owner).key, books)
    await #expect(throws: Refusal.notPermitted(.journalApprove, .peopleOnly)) {
      try await books.workspace.perform(ApproveEntry(pending), as: key)
    }
    #expect(try await books.trail(1).first?.errorCode == "people-only")
    let loan = NewDelegation(
      from: books.owner.user, to: books.viewer.user, until: books.clock.now.adding(seconds: 60),
      reason: "A way around")
    await #expect(throws: Refusal.notPermitted(.delegationCreate, .peopleOnly)) {
      try await books.workspace.perform(Delegate(loan), as: key)
    }
    await #expect(throws: Refusal.notPermitted(.apikeyCreate, .peopleOnly)) {
      try await books.workspace.createKey(NewAPIKey("Child", for: ["*"]), as: key)
    }
    await #expect(throws: Refusal.key(.forPeople)) {
      try await books.workspace.fetch(Delegations(), as: key)
    }
    await #expect(throws: Refusal.key(.forPeople)) {
      try await books.workspace.perform(SignOut(), as: key)
    }
    let place = try await books.workspace.fetch(WhereIAm(), as: key)
    #expect(place.permissions.contains(.journalPost))
    #expect(!place.permissions.contains(.journalApprove))
  }

  @Test func `a key has the rights that its maker has now`() async throws {
    let books = try await TestBooks.make()
    let till = try await open(try await make(books).key, books)
    let director = try #require(
      try await books.workspace.fetch(Members(), as: books.owner).first {
        $0.user == books.director.user
      }?.id)
    _ = try await books.workspace.fetch(JournalPage(limit: 1), as: till)
    try await books.workspace.perform(AssignRole(.viewer, to: director), as: books.owner)
    _ = try await books.workspace.fetch(JournalPage(limit: 1), as: till)
    await #expect(throws: Refusal.notPermitted(.journalCreate, .noGrant(.viewer))) {
      try await books.workspace.perform(CreateEntry(books.entry(1)), as: till)
    }
  }

  @Test func `a key is made of what its maker holds, and makes sense`() async throws {
    let books = try await TestBooks.make()
    await #expect(throws: Refusal.notPermitted(.apikeyCreate, .noGrant(.manager))) {
      try await make(books, by: .manager)
    }
    for (scope, problem) in [
      (["audit.reveal"], AccessProblem.notHeld(.auditReveal)),
      (["journal.read", "nothing.here"], .unknownPermission("nothing.here")),
      ([], .keyWithoutScope),
    ] {
      await #expect(throws: Refusal.access(problem)) { try await make(books, scope) }
    }
    await #expect(throws: Refusal.notPermitted(.journalApprove, .peopleOnly)) {
      try await make(books, ["journal.approve"])
    }
    await #expect(throws: Refusal.access(.keyRate(most: 1_000_000))) {
      try await make(books) { $0.callsPerHour = 0 }
    }
    await #expect(throws: Refusal.access(.endsBeforeItBegins)) {
      try await make(books) { $0.end = books.clock.now }
    }
    await #expect(throws: Refusal.nameLength(kind: .apiKey, most: 100)) {
      try await books.workspace.createKey(NewAPIKey("", for: ["journal.read"]), as: books.owner)
    }
  }

  /// How a key ends, what is said then, and what the list calls it.
  private static let endings: [(String, KeyProblem, String)] = [
    ("revoked", .revoked, "revoked"), ("expired", .expired, "expired"),
    ("its maker is suspended", .creatorGone, "ended"),
  ]

  @Test(arguments: endings)
  func `a key that has ended opens nothing and does nothing, and that is on record`(
    _ ending: String, _ problem: KeyProblem, _ status: String
  ) async throws {
    let books = try await TestBooks.make()
    let (id, key) = try await make(books) { $0.end = books.clock.now.adding(seconds: 600) }
    let till = try await open(key, books)
    switch problem {
    case .revoked:
      try await books.workspace.perform(RevokeAPIKey(id, reason: "Replaced"), as: books.owner)
      #expect(try await books.trail(1).first?.reason == "Replaced")
    case .expired: books.clock.advance(seconds: 600)
    default: try await books.setMembership(of: .director, to: "suspended")
    }
    await #expect(throws: Refusal.key(problem)) { try await open(key, books) }
    var record = try #require(try await books.trail(1).first)
    #expect(
      [record.operation, record.actor, record.errorCode ?? "", record.resourceName] == [
        "apikey.use", "Dora Director by key Till", problem.auditCode, "Till",
      ], "\(ending)")
    await #expect(throws: Refusal.key(problem)) {
      try await books.workspace.perform(CreateEntry(books.entry(1)), as: till)
    }
    record = try #require(try await books.trail(1).first)
    #expect(record.operation == "journal.create" && record.errorCode == problem.auditCode)
    await #expect(throws: Refusal.key(problem)) {
      try await books.workspace.fetch(JournalPage(limit: 1), as: till)
    }
    let rows = try await books.workspace.fetch(APIKeys(), as: books.owner)
    #expect(rows.map(\.status) == [status])
    #expect(try await books.entries().isEmpty)
  }

  @Test func `so many calls an hour, then none until it is over`() async throws {
    let books = try await TestBooks.make()
    let (_, key) = try await make(books) { $0.callsPerHour = 2 }
    books.clock.advance(seconds: 600)
    for _ in 0..<2 { _ = try await open(key, books) }
    let before = try await books.trail(50).count
    for _ in 0..<9 {
      await #expect(throws: Refusal.key(.rate(calls: 2, seconds: 3_000))) {
        try await open(key, books)
      }
    }
    let trail = try await books.trail(50)
    #expect(trail.count == before + 1, "whoever keeps trying leaves one record a minute")
    #expect(
      [trail[0].operation, trail[0].errorCode ?? "", trail[0].actor] == [
        "apikey.use", "rate-limit", "Dora Director by key Till",
      ])
    books.clock.advance(seconds: 2_999)
    await #expect(throws: Refusal.key(.rate(calls: 2, seconds: 1))) { try await open(key, books) }
    books.clock.advance(seconds: 1)
    _ = try await open(key, books)
    let row = try #require(try await books.workspace.fetch(APIKeys(), as: books.owner).first)
    #expect(row.calls == 3)
    #expect(row.lastCall == books.clock.now)
  }

  @Test func `all keys of a business together make no more than its subscription has`()
    async throws
  {
    let books = try await TestBooks.make { $0.tier = .trial }
    let (first, second) = (try await make(books).key, try await make(books, by: .owner).key)
    for _ in 0..<50 {
      _ = try await open(first, books)
      _ = try await open(second, books)
    }
    for key in [first, second] {
      await #expect(throws: Refusal.key(.tierRate(tier: "trial", calls: 100, seconds: 3_600))) {
        try await open(key, books)
      }
    }
    books.clock.advance(seconds: 3_600)
    _ = try await open(first, books)
  }

  @Test func `a key of one business opens no other`() async throws {
    let books = try await TestBooks.make()
    let neighbour = try await books.neighbour()
    let (_, key) = try await make(books)
    let own = try await open(key, books)
    #expect(own.business == books.business)
    let foreign = Principal(
      user: neighbour.owner.user, business: neighbour.business, key: key, origin: TestBooks.origin)
    await #expect(throws: Refusal.key(.unknown)) {
      try await books.workspace.fetch(JournalPage(limit: 1), as: foreign)
    }
    await #expect(throws: Refusal.key(.unknown)) {
      try await books.workspace.perform(CreateEntry(books.entry(1)), as: foreign)
    }
    let records = try await neighbour.trail(2)
    #expect(records.map(\.errorCode) == ["key-unknown", "key-unknown"])
    #expect(records.map(\.outcome) == [.failure, .failure])
    #expect(!"\(records)".contains("Till"), "nor does it say whose it is")
  }

  @Test func `a key that is made up is on record without what was given`() async throws {
    let books = try await TestBooks.make()
    let (_, key) = try await make(books)
    let forged = key.dropLast(4) + "0000"
    for text in [String(forged), "hunter2hunter2", ""] {
      await #expect(throws: Refusal.key(.unknown)) { try await open(text, books) }
    }
    let records = try await books.store.snapshot(of: Business.instance, as: .system) {
      try $0.rows(
        { (actor: String, code: String, all: String) in [actor, code, all] },
        """
        SELECT actor_name, error_code, json_array(resource_name, origin, error_message, decision)
        FROM audit_logs WHERE business_id = :business AND operation = 'apikey.use'
        ORDER BY sequence
        """)
    }
    #expect(records.map { $0[1] } == ["key-unknown", "key-unknown"])
    #expect(records[0][0] == "an unknown key \(key.prefix(11))")
    #expect(!"\(records)".contains("hunter2"))
    #expect(!"\(records)".contains(forged.suffix(20)))
  }
}

extension KeyProblem {
  fileprivate var auditCode: String { Refusal.key(self).code }
}
