package import Domain
package import Operations
package import Store
import Synchronization

/// A business with people in every role, signed in, on a clock that stands still: what tests of
/// commands, queries and screens start from.
///
/// The books are those of the trading chart in US dollars; they start on 23 November 2026 with that
/// month open. The manager and the employee are of the department `Accounting`.
package struct TestBooks: Sendable {
  package let workspace: Workspace
  package let clock: TestClock
  package let business: ID<Business>
  package let department: ID<Department>
  /// Everybody who is signed in to the business, by role.
  package let people: [Role: Principal]
  /// Posting accounts and headings by number.
  package let accounts: [String: ID<Account>]

  package static let password = "correct horse battery"
  package static let start = Timestamp(milliseconds: 1_795_428_000_000)
  /// When the demonstration of `demonstration(at:)` is usually made.
  package static let demonstrationDay = Timestamp(milliseconds: 1_795_532_400_000)
  package static let today = Day(sinceEpoch: 20_780)

  package var store: Store { workspace.store }
  package var owner: Principal { principal(.owner) }
  package var director: Principal { principal(.director) }
  package var manager: Principal { principal(.manager) }
  package var employee: Principal { principal(.employee) }
  package var viewer: Principal { principal(.viewer) }

  package func principal(_ role: Role) -> Principal {
    guard let principal = people[role] else { preconditionFailure("every role has a person") }
    return principal
  }

  /// A database at `path`, or in memory; `bands` say from which amounts on whose approval is needed.
  package static func make(
    at path: String? = nil, bands: [ApprovalPolicy.Band] = [],
    ownerName: String = "Olive Owner", plan: (inout BusinessPlan) -> Void = { _ in },
    seed: UInt64 = 1
  ) async throws -> TestBooks {
    var business = BusinessPlan(
      name: "Harbour Chandlery", slug: "harbour", baseCurrency: "USD",
      chart: ChartTemplate.named("trading"), bands: bands)
    plan(&business)
    let order = Order(plan: business, ownerName: ownerName, seed: seed)
    // What chance gave the originals, such as their tokens, isn't given again.
    guard let path else { return try await shelf.books(order).copy(seed: ~seed) }
    return try await make(order, at: path)
  }

  /// What tells books from others that are made.
  fileprivate struct Order: Hashable {
    let plan: BusinessPlan
    let ownerName: String
    let seed: UInt64
  }

  private static let shelf = Shelf()

  fileprivate static func make(_ order: Order, at path: String? = nil) async throws -> TestBooks {
    let clock = TestClock(start)
    let workspace = Workspace(
      store: try store(at: path, clock), chance: SeededChance.bytes(seed: order.seed),
      passwords: cheapPasswords,
      sealing: sealing)
    return try await make(
      order.plan, in: workspace, clock, ownerName: order.ownerName, people: "")
  }

  /// The same books with a clock of their own, in which nothing has happened yet. Making them anew
  /// takes ten times as long.
  package func copy(seed: UInt64) throws -> TestBooks {
    let clock = TestClock(Self.start)
    var store = try store.copyInMemory(clock: { clock.now })
    store.stopwatch = self.store.stopwatch
    return TestBooks(
      workspace: Workspace(
        store: store, chance: SeededChance.bytes(seed: seed), passwords: Self.cheapPasswords,
        sealing: Self.sealing),
      clock: clock, business: business, department: department, people: people, accounts: accounts)
  }

  /// The same books with somebody signed in anew, as after their session has ended.
  package func signedInAnew(_ role: Role) async throws -> TestBooks {
    let lobby = try await workspace.signIn(
      email: "\(role.rawValue)@books.example", password: Self.password, from: Self.origin)
    var people = people
    people[role] = try await workspace.enter(business, as: lobby)
    return TestBooks(
      workspace: workspace, clock: clock, business: business, department: department,
      people: people, accounts: accounts)
  }

  /// What somebody must approve: from 50.00 on.
  package static func withThreshold(
    ownerName: String = "Olive Owner", plan: (inout BusinessPlan) -> Void = { _ in }
  ) async throws -> TestBooks {
    let band = ApprovalPolicy.Band(minimum: Money(minorUnits: 5_000), role: .manager)
    return try await make(bands: [band], ownerName: ownerName, plan: plan)
  }

  /// Somebody else of the business, signed in.
  package func person(_ name: String, _ role: Role) async throws -> Principal {
    try await person(name, role, in: department)
  }

  package func person(
    _ name: String, _ role: Role, in department: ID<Department>?
  ) async throws -> Principal {
    let email = "\(name.prefix { $0 != " " }.lowercased())@books.example"
    let invitation = try await workspace.invite(
      email: email, name: name, role: role, department: department, as: owner)
    try await workspace.accept(
      invitation: invitation.code, name: name, password: TestBooks.password)
    let lobby = try await workspace.signIn(
      email: email, password: TestBooks.password, from: TestBooks.origin)
    return try await workspace.enter(business, as: lobby)
  }

  /// Another business in the same database, with people of its own.
  package func neighbour() async throws -> TestBooks {
    let plan = BusinessPlan(
      name: "Alpenrad", slug: "alpenrad", baseCurrency: "EUR",
      chart: ChartTemplate.named("services"))
    return try await Self.make(
      plan, in: workspace, clock, ownerName: "Olive Owner", people: "alpenrad-")
  }

  /// A database with its schema and nothing else, on a clock that stands still.
  package static func emptyWorkspace(at now: Timestamp, seed: UInt64 = 1) throws -> Workspace {
    var store = try emptyStore(at: now, clock: { now })
    let moment = ContinuousClock.now
    store.stopwatch = { moment }
    return Workspace(
      store: store, chance: SeededChance.bytes(seed: seed), passwords: cheapPasswords,
      sealing: sealing)
  }

  /// The books that `coreflow demo` shows, as they are made at `now` from the usual seed.
  package static func demonstration(at now: Timestamp) async throws -> Workspace {
    let store = try await shelf.demonstration(at: now).store.copyInMemory(clock: { now })
    return Workspace(
      store: store, chance: SeededChance.bytes(seed: .max), passwords: cheapPasswords,
      sealing: sealing)
  }

  /// The owner of a new business that has US dollars, or another base currency, and no accounts.
  package static func owner(
    of name: String, in workspace: Workspace, base: String = "USD"
  ) async throws -> Principal {
    // The end of a file's name is what tells it from others.
    let slug = BusinessPlan.slug(from: String(name.suffix(60)))
    let email = "owner@\(slug).example"
    let business = try await workspace.initialise(
      BusinessPlan(
        name: name, slug: slug, baseCurrency: base, chart: nil),
      ownerEmail: email, ownerName: "Olive Owner", password: password)
    let lobby = try await workspace.signIn(email: email, password: password, from: origin)
    return try await workspace.enter(business, as: lobby)
  }

  /// Enough to test with, and nothing like enough for anything else.
  package static let cheapPasswords = Passwords.Parameters(
    rounds: 2, blockSize: 1, parallelism: 1)

  /// A key that every test has.
  package static let sealing = Sealing(
    key: { Array(repeating: 7, count: 32) }, makeKey: { Array(repeating: 7, count: 32) })

  package static let origin = Origin(terminal: "tty1", host: "test", program: "tests")

  /// Nothing takes any time in it.
  private static func store(at path: String?, _ clock: TestClock) throws -> Store {
    var store = try opened(at: path, clock)
    let moment = ContinuousClock.now
    store.stopwatch = { moment }
    return store
  }

  /// Those that have been made, by the time at which their schema was.
  private static let emptyStores = Mutex<[Timestamp: Store]>([:])

  private static func emptyStore(
    at now: Timestamp, clock: @escaping @Sendable () -> Timestamp
  ) throws -> Store {
    let original = try emptyStores.withLock { stores in
      if let store = stores[now] { return store }
      let store = try Store.inMemory(clock: { now })
      stores[now] = store
      return store
    }
    return try original.copyInMemory(clock: clock)
  }

  private static func opened(at path: String?, _ clock: TestClock) throws -> Store {
    guard let path else { return try emptyStore(at: clock.now, clock: { clock.now }) }
    let migrator = try Migrator(path: path)
    try migrator.run(at: clock.now)
    try migrator.close()
    return try Store.open(at: path, clock: { clock.now })
  }

  private static func make(
    _ plan: BusinessPlan, in workspace: Workspace, _ clock: TestClock, ownerName: String,
    people prefix: String
  ) async throws -> TestBooks {
    func email(_ role: Role) -> String { "\(prefix)\(role.rawValue)@books.example" }
    let business = try await workspace.initialise(
      plan, ownerEmail: email(.owner), ownerName: ownerName, password: password)
    func signIn(_ role: Role) async throws -> Principal {
      let lobby = try await workspace.signIn(
        email: email(role), password: password, from: origin)
      return try await workspace.enter(business, as: lobby)
    }
    let owner = try await signIn(.owner)
    var people = [Role.owner: owner]
    let department = try await accounting(of: business, in: workspace)
    for (role, name) in names {
      let isPlaced = role == .manager || role == .employee
      let invitation = try await workspace.invite(
        email: email(role), name: name, role: role, department: isPlaced ? department : nil,
        as: owner)
      try await workspace.accept(invitation: invitation.code, name: name, password: password)
      people[role] = try await signIn(role)
    }
    let chart = try await workspace.fetch(ChartOfAccounts(), as: owner)
    return TestBooks(
      workspace: workspace, clock: clock, business: business, department: department,
      people: people,
      accounts: Dictionary(uniqueKeysWithValues: chart.map { ($0.number, $0.id) }))
  }

  private static let names: [(Role, String)] = [
    (.director, "Dora Director"), (.manager, "Max Manager"), (.employee, "Emma Employee"),
    (.viewer, "Vera Viewer"),
  ]

  /// Not by `CreateDepartment`, which would be on record.
  private static func accounting(
    of business: ID<Business>, in workspace: Workspace
  ) async throws -> ID<Department> {
    try await workspace.store.change(in: business, as: .system) { change in
      try change.insert(
        Department.self,
        """
        INSERT INTO departments (business_id, code, name, type, created_at)
        VALUES (:business, 'ACC', 'Accounting', 'accounting', :now)
        """, ["now": change.now])
    }
  }
}

/// Books that have been made, for others to be copied from.
private actor Shelf {
  private var made: [TestBooks.Order: Task<TestBooks, any Error>] = [:]

  private var demonstrations: [Timestamp: Task<Workspace, any Error>] = [:]

  func demonstration(at now: Timestamp) async throws -> Workspace {
    let task =
      demonstrations[now]
      ?? Task {
        let workspace = try TestBooks.emptyWorkspace(at: now)
        try await workspace.makeDemonstration()
        return workspace
      }
    demonstrations[now] = task
    return try await task.value
  }

  func books(_ order: TestBooks.Order) async throws -> TestBooks {
    let task = made[order] ?? Task { try await TestBooks.make(order) }
    made[order] = task
    return try await task.value
  }
}

extension TestBooks {
  package func account(_ number: String) -> ID<Account> {
    guard let account = accounts[number] else {
      preconditionFailure("the chart has no account \(number)")
    }
    return account
  }

  /// Changes how the business works, as the owner or `who`.
  package func changeSettings(
    as who: Principal? = nil, _ adjust: (inout BusinessSettings) -> Void
  ) async throws {
    let detail = try await workspace.fetch(BusinessDetail(), as: owner)
    var settings = detail.settings
    adjust(&settings)
    try await workspace.perform(
      UpdateBusiness(business, settings: settings, version: detail.version), as: who ?? owner)
  }

  /// An entry of two lines in the base currency.
  package func entry(
    _ minorUnits: Int64, debit: String = "6200", credit: String = "1120",
    on date: Day = TestBooks.today, _ description: String = "Rent"
  ) -> EntryContent {
    EntryContent(
      date: date, description: description,
      lines: [line(debit, minorUnits), line(credit, -minorUnits)])
  }

  /// A line in US dollars, debit-positive.
  package func line(_ number: String, _ minorUnits: Int64) -> LineContent {
    LineContent(
      account: account(number), currency: "USD", amount: Money(minorUnits: minorUnits))
  }

  /// Posts such an entry as the owner and gives its id.
  @discardableResult
  package func post(
    _ minorUnits: Int64, debit: String = "6200", credit: String = "1120",
    on date: Day = TestBooks.today
  ) async throws -> ID<Entry> {
    try await workspace.perform(
      CreateEntry(entry(minorUnits, debit: debit, credit: credit, on: date), then: .post),
      as: owner
    ).entry
  }

  package func entries() async throws -> [EntryHead] {
    try await workspace.fetch(JournalPage(limit: 1_000), as: owner)
  }

  /// What each account that moved holds at the end of `day`, by number, in minor units.
  package func balances(on day: Day = .last) async throws -> [String: Int64] {
    let report = try await workspace.fetch(TrialBalanceReport(asOf: day), as: owner)
    return Dictionary(
      uniqueKeysWithValues: report.lines.map { ($0.number, $0.balance.minorUnits) })
  }

  /// The newest records of the audit log, newest first.
  package func trail(_ limit: Int = 20) async throws -> [AuditPage.Row] {
    try await workspace.fetch(AuditPage(limit: limit), as: owner)
  }
}
