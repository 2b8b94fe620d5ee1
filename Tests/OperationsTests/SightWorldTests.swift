import Domain
import Store
import TestSupport
import Testing

@testable import Operations

/// What a list shows by SQL, and what is decided of each row by the rules, for many people's rights.
@Suite struct SightWorldTests {
  /// What there is in the books that rights can be about.
  private struct Things {
    let people: [ID<User>]
    let departments: [ID<Department>]
    let accounts: [ID<Account>]
    let entries: [Resource]
    /// What each posted one adds to the debits, in minor units.
    let posted: [Int64: Int64]
    let chart: [Resource]
  }

  @Test func `ten thousand people's rights show by SQL what they decide one by one`() async throws {
    let books = try await TestBooks.make()
    let sales = try await books.department("SAL", under: nil)
    let below = try await books.department("EXP", under: sales)
    let departments = [books.department, sales, below]
    var chance = SeededChance(seed: 11)
    let made = try await SightTests.entries(in: books, departments, count: 12, using: &chance).map(
      \.id)
    let accounts = SightTests.numbers.map { books.account($0) }
    let seeded = chance
    let counts = try await books.store.snapshot(of: books.business, as: .system) { snapshot in
      var chance = seeded
      let things = Things(
        people: [books.employee, books.manager, books.owner].map(\.user), departments: departments,
        accounts: accounts, entries: try made.map(snapshot.resource(of:)),
        posted: Dictionary(
          uniqueKeysWithValues: try snapshot.rows(
            { (id: Int64, total: Int64) in (id, total) },
            """
            SELECT id, total FROM journal_entries
            WHERE business_id = :business AND status = 'posted'
            """)),
        chart: try accounts.map(snapshot.resource(of:)))
      var (shown, hidden) = (0, 0)
      for world in 0..<10_000 {
        let found = try Self.compare(things, in: snapshot, world, using: &chance)
        (shown, hidden) = (shown + found.shown, hidden + found.hidden)
      }
      return (shown: shown, hidden: hidden)
    }
    #expect(counts.shown > 40_000 && counts.hidden > 40_000, "\(counts)")
  }

  /// Draws one person's rights and some lists, and holds what is shown to what is decided.
  private static func compare(
    _ things: Things, in snapshot: Snapshot, _ world: Int, using chance: inout SeededChance
  ) throws -> (shown: Int, hidden: Int) {
    let rights = rights(things, using: &chance)
    let lists = lists(of: things, using: &chance)
    let moment = Circumstances(
      snapshot.now, origins: chance.draws ? ["tty1"] : [], hasSecondFactor: chance.draws)
    let asked: Permission = chance.draws ? .journalRead : .reportExport
    let sight = rights.sight(by: asked, lists: lists, in: moment)
    let view = snapshot.read(
      by: Actor(user: rights.person.id, name: rights.person.name),
      through: sight.isEverything ? nil : Narrowing(tables: sight.tables, reach: sight.json))
    func may(_ permission: Permission, _ resource: Resource) -> Bool {
      var resource = resource
      resource.protections = lists.filter { !$0.covers.isDisjoint(with: resource.parts) }
      return rights.decide(permission, on: resource, in: moment).isAllowed
    }
    // What is exported must be read too. Where each has conditions of its own, nothing is shown that
    // isn't decided, and perhaps less: there is no one list of both.
    let entries = things.entries.filter {
      may(.journalRead, $0) && (asked == .journalRead || may(.reportExport, $0))
    }
    let read = try view.rows(
      { (id: Int64) in id }, "SELECT id FROM journal_entries WHERE business_id = :business")
    #expect(Set(read) == Set(entries.compactMap(\.thing?.id)), "world \(world): \(rights) \(lists)")
    let chart = things.chart.filter { may(.accountRead, $0) }
    let listed = try view.rows(
      { (id: Int64) in id }, "SELECT id FROM accounts WHERE business_id = :business")
    #expect(
      Set(listed).intersection(things.accounts.map(\.value)) == Set(chart.compactMap(\.thing?.id)),
      "world \(world): \(rights) \(lists)")
    let debits = try view.one(
      Int64.self,
      "SELECT coalesce(sum(base_debit), 0) FROM general_ledger WHERE business_id = :business")
    #expect(debits == read.compactMap { things.posted[$0] }.reduce(0, +), "world \(world)")
    let all = things.entries.count + things.chart.count
    return (entries.count + chart.count, all - entries.count - chart.count)
  }

  // MARK: Chance

  private static func rights(_ things: Things, using chance: inout SeededChance) -> Rights {
    let departments = chance.some(of: things.departments)
    let person = Person(
      id: chance.one(of: things.people), name: "Ada", role: chance.one(of: Role.allCases),
      departments: departments, memberOf: chance.some(of: things.departments),
      groups: chance.draws ? ["clerks"] : [], limit: nil)
    let sources: [Grant.Source] = [
      .person(id: 1), .template(id: 2, name: "Clerk"),
      .department(things.departments[0], name: "Accounting", post: "head"),
    ]
    let patterns = [
      "journal.read", "journal.*", "report.export", "report.*", "account.read", "account.*", "*",
    ]
    let now = TestBooks.start
    var rights = Rights(
      person, state: chance.draws ? .active : .suspended,
      grants: (0..<Int.random(in: 0...3, using: &chance)).compactMap { _ in
        PermissionPattern(chance.one(of: patterns)).map {
          Grant(
            chance.draws ? .allow : .deny, $0, from: chance.one(of: sources),
            conditions: conditions(things, using: &chance),
            window: Window(
              from: chance.rarely ? now.adding(seconds: 1) : nil,
              until: chance.rarely ? now : nil))
        }
      })
    if chance.rarely { rights.key = PermissionPattern(chance.one(of: patterns)).map { [$0] } }
    return rights
  }

  private static func conditions(
    _ things: Things, using chance: inout SeededChance
  ) -> Conditions {
    var conditions = Conditions()
    for _ in 0..<Int.random(in: 0...2, using: &chance) {
      let amount = Money(minorUnits: Int64.random(in: 1...10, using: &chance) * 100)
      switch Int.random(in: 0..<14, using: &chance) {
      case 0: conditions.amountAtLeast = amount
      case 1: conditions.amountAtMost = amount
      case 2: conditions.departments = chance.some(of: things.departments)
      case 3: conditions.accounts = chance.some(of: things.accounts)
      case 4: conditions.accountClasses = chance.some(of: [.asset, .expense, .revenue])
      case 5: conditions.entryTypes = chance.some(of: [.standard, .adjusting])
      case 6: conditions.sources = chance.some(of: [.manual, .payment])
      case 7: conditions.periods = chance.some(of: [.open, .adjusting])
      case 8: conditions.thing = chance.one(of: things.entries + things.chart).thing
      case 9: conditions.ownOnly = true
      case 10: conditions.ownCounts = true
      case 11: conditions.weekdays = chance.some(of: [1, 2])
      case 12: conditions.origins = ["tty1"]
      default: conditions.secondFactor = true
      }
    }
    return conditions
  }

  private static func lists(of things: Things, using chance: inout SeededChance) -> [Protection] {
    guard chance.draws else { return [] }
    let departments = things.departments.map { Thing(.department, $0.value) }
    let all =
      things.entries.compactMap(\.thing) + things.chart.compactMap(\.thing) + departments
    let parties: [Protection.Party] = [
      .user(things.people[0]), .user(things.people[1]), .role(.manager), .role(.owner),
      .department(things.departments[1]), .group("clerks"),
    ]
    let listed = Set((0..<Int.random(in: 1...3, using: &chance)).map { _ in chance.one(of: all) })
    return listed.sorted { ($0.kind.rawValue, $0.id) < ($1.kind.rawValue, $1.id) }.map { thing in
      let rows = (0..<Int.random(in: 1...2, using: &chance)).map {
        Protection.Row(
          id: Int64($0), party: chance.one(of: parties),
          level: chance.one(of: AccessLevel.allCases), mayExport: chance.draws,
          window: Window(from: nil, until: chance.rarely ? TestBooks.start : nil))
      }
      // A list counts for what stands below it and has none.
      let below = thing == departments[1] && !listed.contains(departments[2])
      return Protection(thing, rows: rows, covers: below ? [thing, departments[2]] : [thing])
    }
  }
}

extension SeededChance {
  fileprivate var draws: Bool {
    mutating get { Bool.random(using: &self) }
  }
  fileprivate var rarely: Bool {
    mutating get { Int.random(in: 0..<5, using: &self) == 0 }
  }
  fileprivate mutating func one<Element>(of all: [Element]) -> Element {
    all[Int.random(in: 0..<all.count, using: &self)]
  }
  fileprivate mutating func some<Element: Hashable>(of all: [Element]) -> Set<Element> {
    Set(all.filter { _ in draws })
  }
}
