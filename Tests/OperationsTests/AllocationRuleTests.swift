import Domain
import Operations
import Store
import TestSupport
import Testing

/// Rules by which accounts are spread, and what is told of an entry that spreads (RULES R35).
@Suite struct AllocationRuleTests {
  private func period(_ name: String, in books: TestBooks) async throws -> ID<Period> {
    try #require(
      try await books.workspace.fetch(Periods(), as: books.owner).first { $0.name == name }
    ).id
  }

  /// Rent of no department: sixty to sales, forty on another account to the department there is.
  private func rule(
    _ sales: ID<Department>, by basis: Allocation.Basis = .shares([600_000, 400_000]),
    in books: TestBooks
  ) -> Allocation {
    Allocation(
      of: [books.account("6200")],
      to: [
        Allocation.Target(nil, sales),
        Allocation.Target(books.account("6100"), books.department),
      ], by: basis)
  }

  private func add(
    _ allocation: Allocation, called name: String = "Rent", as who: Principal? = nil,
    in books: TestBooks
  ) async throws -> ID<AllocationRule> {
    try await books.workspace.perform(AddAllocation(name, allocation), as: who ?? books.owner)
  }

  private func run(
    _ rule: ID<AllocationRule>, in books: TestBooks, as who: Principal? = nil
  ) async throws -> EnteredEntry {
    try await books.workspace.perform(
      Allocate(by: rule, in: period("2026-11", in: books)), as: who ?? books.owner)
  }

  @Test func `a rule is kept under its name, and says again what was said`() async throws {
    let books = try await TestBooks.make()
    let sales = try await books.department("SAL", under: nil)
    let kept = rule(sales, in: books)
    _ = try await add(kept, called: "  Rent ", in: books)
    let people = rule(sales, by: .headcount, in: books)
    _ = try await add(people, called: "By people", as: books.director, in: books)
    let turnover = rule(sales, by: .balance(of: books.account("4100")), in: books)
    _ = try await add(turnover, called: "Turnover", in: books)
    let rows = try await books.workspace.fetch(Allocations(), as: books.viewer)
    #expect(rows.map(\.name) == ["By people", "Rent", "Turnover"])
    #expect(rows.map(\.allocation) == [people, kept, turnover])
    #expect(rows.map(\.maker) == ["Dora Director", "Olive Owner", "Olive Owner"])
    let code = try #require(
      try await books.workspace.fetch(Departments(), as: books.owner)
        .first { $0.id == books.department }
    ).code
    #expect(rows[0].targets == ["SAL", "\(code)@6100"])
    #expect(rows[1].targets == ["SAL=60", "\(code)@6100=40"])
    #expect(rows[1].accounts == ["6200 Rent"] && rows[1].department.isEmpty)
    #expect(rows[2].basisAccount?.hasPrefix("4100 ") == true && rows[1].basisAccount == nil)
    let record = try #require(try await books.trail(1).first)
    #expect(record.operation == "journal.allocation.create" && record.resourceName == "Turnover")
    await #expect(throws: Refusal.taken(kind: .allocation, name: "rent")) {
      _ = try await add(kept, called: "rent", in: books)
    }
  }

  @Test func `a rule of several accounts says all of them, in the list and on record`()
    async throws
  {
    let books = try await TestBooks.make()
    let sales = try await books.department("SAL", under: nil)
    let (rent, wages) = (books.account("6200"), books.account("6100"))
    let kept = Allocation(
      of: [rent, wages], in: books.department,
      to: [Allocation.Target(nil, sales), Allocation.Target(nil)], by: .shares([600_000, 400_000]))
    _ = try await add(kept, in: books)
    let row = try #require(try await books.workspace.fetch(Allocations(), as: books.owner).first)
    #expect(row.allocation == kept)
    #expect(row.accounts == ["6200 Rent", "6100 Wages"])
    #expect(row.targets == ["SAL=60", "@=40"])
    let made = try #require(try await books.trail(1).first?.newValues)
    #expect(made.contains(#""accounts":["6200","6100"]"#), "\(made)")
    #expect(made.contains(#"{"account":null,"department":"SAL","share":600000}"#), "\(made)")
  }

  @Test func `an entry of several accounts is of its rule, and all of them wait for it`()
    async throws
  {
    let books = try await TestBooks.make()
    let target = Allocation.Target(nil, books.department)
    let rule = try await add(
      Allocation(
        of: [books.account("6100"), books.account("6200"), books.account("6400")],
        to: [target], by: .shares([1_000_000])), in: books)
    try await books.post(100_00, debit: "6100")
    try await books.post(50_01)
    let draft = try await run(rule, in: books)
    let rows = try await books.store.snapshot(of: books.business, as: .system) {
      try $0.rows(
        { (account: ID<Account>, rule: ID<AllocationRule>?) in (account: account, rule: rule) },
        """
        SELECT account_id, rule_id FROM allocated_entries
        WHERE business_id = :business AND entry_id = :entry ORDER BY id
        """, ["entry": draft.entry])
    }
    // Nothing is taken from 6400.
    #expect(rows.map { $0.account } == ["6100", "6200"].map(books.account))
    #expect(rows.allSatisfy { $0.rule == rule })
    for number in ["6100", "6200"] {
      await #expect(throws: Refusal.allocation(.waits(draft.name))) {
        try await books.workspace.perform(
          Allocate(
            Allocation(of: [books.account(number)], to: [target], by: .shares([1_000_000])),
            in: period("2026-11", in: books)), as: books.owner)
      }
    }
    try await books.workspace.perform(DiscardEntry(draft.entry), as: books.owner)
    let again = try await run(rule, in: books)
    try await books.workspace.perform(PostEntry(again.entry), as: books.owner)
    let balances = try await books.balances()
    #expect(balances["6100"] == 100_00 && balances["6200"] == 50_01)
  }

  @Test func `what a rule spreads is a draft, which is known again whatever becomes of it`()
    async throws
  {
    let books = try await TestBooks.make()
    let sales = try await books.department("SAL", under: nil)
    let rent = try await add(rule(sales, in: books), in: books)
    try await books.post(100_01)
    let draft = try await run(rent, in: books)
    let found = try await books.workspace.fetch(EntryToEdit(draft.entry), as: books.owner)
    // 60.006 and 40.004.
    #expect(found.content.lines.map(\.amount.minorUnits) == [-100_01, 60_01, 40_00])
    #expect(found.content.lines.map(\.department) == [nil, sales, books.department])
    var content = found.content
    content.description = "November's rent"
    content.lines.reverse()
    try await books.workspace.perform(
      EditEntry(draft.entry, content: content, version: found.version), as: books.owner)
    let waits = Refusal.allocation(.waits(draft.name))
    await #expect(throws: waits) { _ = try await run(rent, in: books) }
    // The same, said for once by something else.
    await #expect(throws: waits) {
      try await books.workspace.perform(
        Allocate(rule(sales, by: .headcount, in: books), in: period("2026-11", in: books)),
        as: books.owner)
    }
    try await books.workspace.perform(DiscardEntry(draft.entry), as: books.owner)
    let again = try await run(rent, in: books)
    try await books.workspace.perform(PostEntry(again.entry), as: books.owner)
    #expect(try await books.balances()["6200"] == 60_01)
    #expect(try await books.balances()["6100"] == 40_00)
    let label = try #require(
      try await books.workspace.fetch(Allocations(), as: books.owner).first
    ).accounts[0]
    await #expect(throws: Refusal.allocation(.nothing(account: label, period: "2026-11"))) {
      _ = try await run(rent, in: books)
    }
  }

  @Test func `what was spread by an entry of another month isn't spread again`() async throws {
    let books = try await TestBooks.make()
    let sales = try await books.department("SAL", under: nil)
    let rent = try await add(rule(sales, in: books), in: books)
    try await books.post(100_00)
    let draft = try await run(rent, in: books)
    try await books.workspace.perform(
      OpenPeriod(period("2026-12", in: books), name: "2026-12"), as: books.director)
    let found = try await books.workspace.fetch(EntryToEdit(draft.entry), as: books.owner)
    var content = found.content
    // The first of December.
    content.date = TestBooks.today.adding(days: 8)
    let moved = content
    try await books.workspace.perform(
      EditEntry(draft.entry, content: moved, version: found.version), as: books.owner)
    let posted = try await books.workspace.perform(PostEntry(draft.entry), as: books.owner)
    await #expect(throws: Refusal.allocation(.spreadElsewhere(posted.number))) {
      _ = try await run(rent, in: books)
    }
    // Nor once it is corrected.
    let right = try await books.workspace.fetch(EntryToCorrect(draft.entry), as: books.owner)
    let correction = try await books.workspace.perform(
      CorrectEntry(draft.entry, by: right, reason: "Other words."), as: books.owner
    ).correction
    await #expect(throws: Refusal.allocation(.spreadElsewhere(correction.name))) {
      _ = try await run(rent, in: books)
    }
    // Taken back, it is there to be spread.
    try await books.workspace.perform(
      ReverseEntry(correction.entry, on: moved.date, reason: "Of November."), as: books.owner)
    #expect(try await run(rent, in: books).state == .draft)
  }

  @Test func `nothing is spread by a rule that has ended, and its name is free`() async throws {
    let books = try await TestBooks.make()
    let sales = try await books.department("SAL", under: nil)
    let rent = try await add(rule(sales, in: books), in: books)
    try await books.post(100_00)
    _ = try await run(rent, in: books)
    try await books.workspace.perform(EndAllocation(rent), as: books.director)
    #expect(try await books.workspace.fetch(Allocations(), as: books.owner) == [])
    let gone = Refusal.noSuch(Subject(.allocation, rent.value))
    await #expect(throws: gone) { _ = try await run(rent, in: books) }
    await #expect(throws: gone) {
      try await books.workspace.perform(EndAllocation(rent), as: books.owner)
    }
    _ = try await add(rule(sales, in: books), in: books)
  }

  @Test func `what makes no whole is no rule`() async throws {
    let books = try await TestBooks.make()
    let sales = try await books.department("SAL", under: nil)
    let target = Allocation.Target(nil, sales)
    let named = Allocation.Target(books.account("6200"), sales)
    let none = Allocation.Target(nil)
    let both = [books.account("6100"), books.account("6200")]
    for (sources, targets, basis, problem) in [
      (both, [target], .shares([900_000]), .shares(900_000)),
      (both, [target, none], .shares([1_100_000, -100_000]), .noBasis),
      (both, [target, target], .shares([500_000, 500_000]), .repeated),
      // Of the second account both are the same.
      (both, [target, named], .shares([500_000, 500_000]), .repeated),
      // What wages give rent would be spread with the rent the next time.
      (both, [Allocation.Target(books.account("6200"))], .shares([1_000_000]), .targetSpread),
      (both, [none], .headcount, .departmentNeeded),
      (both, [], .headcount, .departmentNeeded), ([], [target], .headcount, .noSource),
    ] as [([ID<Account>], [Allocation.Target], Allocation.Basis, AllocationProblem)] {
      await #expect(throws: Refusal.allocation(problem)) {
        _ = try await add(Allocation(of: sources, to: targets, by: basis), in: books)
      }
    }
    await #expect(throws: Refusal.nameLength(kind: .allocation, most: 100)) {
      _ = try await add(rule(sales, in: books), called: " ", in: books)
    }
    #expect(try await books.workspace.fetch(Allocations(), as: books.owner) == [])
  }

  @Test func `rules are for whoever reads the reports of the whole business`() async throws {
    let books = try await TestBooks.make()
    let sales = try await books.department("SAL", under: nil)
    let rent = try await add(rule(sales, in: books), in: books)
    try await books.post(100_00)
    for (who, denial) in [
      (books.manager, Denial.otherDepartment),
      (books.employee, Denial.reserved(.trialBalanceAndOwn)),
    ] {
      let refusal = Refusal.notPermitted(.reportRead, denial)
      await #expect(throws: refusal) {
        _ = try await books.workspace.fetch(Allocations(), as: who)
      }
      await #expect(throws: refusal) {
        _ = try await add(rule(sales, in: books), called: "Mine", as: who, in: books)
      }
      await #expect(throws: refusal) { _ = try await run(rent, in: books, as: who) }
    }
    await #expect(throws: Refusal.notPermitted(.journalCreate, .noGrant(.viewer))) {
      _ = try await run(rent, in: books, as: books.viewer)
    }
    await #expect(throws: Refusal.notPermitted(.recurringManage, .noGrant(.viewer))) {
      try await books.workspace.perform(EndAllocation(rent), as: books.viewer)
    }
  }

  @Test func `an account that a rule names is neither removed nor merged until that has ended`()
    async throws
  {
    let books = try await TestBooks.make()
    let (rent, ads) = (books.account("6200"), books.account("6400"))
    let merge = MergeAccounts(ads, into: books.account("6350"))
    for (sources, target) in [([rent], ads), ([rent, ads], nil)] as [([ID<Account>], ID<Account>?)]
    {
      let rule = try await add(
        Allocation(
          of: sources, to: [Allocation.Target(target, books.department)], by: .headcount),
        called: "Ads", in: books)
      await #expect(throws: Refusal.account(.everUsed)) {
        try await books.workspace.perform(RemoveAccount(ads), as: books.owner)
      }
      await #expect(throws: Refusal.account(.merging(.allocated("Ads")))) {
        try await books.workspace.perform(merge, as: books.owner)
      }
      try await books.workspace.perform(EndAllocation(rule), as: books.owner)
    }
    try await books.workspace.perform(merge, as: books.owner)
  }

  @Test(
    arguments: [
      ("SAL=60", AllocationPart.Parts("SAL", nil, 600_000)),
      (" OPS @ 6220 = 33.3333 ", .init("OPS", "6220", 333_333)), ("@6220", .init(nil, "6220", nil)),
      ("SAL", .init("SAL", nil, nil)), ("@=40", .init(nil, nil, 400_000)),
    ] as [(String, AllocationPart.Parts)])
  func `a part is read as people write it`(_ text: String, _ parts: AllocationPart.Parts) throws {
    #expect(try AllocationPart.Parts(AllocationPart(text)) == parts)
  }

  @Test(
    arguments: [
      ("=60", AllocationProblem.noTarget("=60")), ("SAL=many", .noPercentage("many")),
      ("SAL=0", .noPercentage("0")), ("SAL=0.00001", .noPercentage("0.00001")),
      ("A@B@C", .noTarget("A@B@C")), ("A=1=2", .noTarget("A=1=2")), ("", .noTarget("")),
    ] as [(String, AllocationProblem)])
  func `what is no part is said`(_ text: String, _ problem: AllocationProblem) {
    #expect(throws: Refusal.allocation(problem)) { _ = try AllocationPart(text) }
  }
}

extension AllocationPart {
  struct Parts: Hashable, Sendable {
    let department: String?
    let account: String?
    let share: Int64?

    init(_ department: String?, _ account: String?, _ share: Int64?) {
      (self.department, self.account, self.share) = (department, account, share)
    }

    init(_ part: AllocationPart) { self.init(part.department, part.account, part.share) }
  }
}
