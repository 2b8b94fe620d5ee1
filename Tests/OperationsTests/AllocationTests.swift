import Domain
import Operations
import TestSupport
import Testing

/// Entries that spread what accounts took in a period (RULES R35).
@Suite struct AllocationTests {
  private func content(
    _ basis: Allocation.Basis, of sources: [String] = ["6200"],
    from department: ID<Department>? = nil, to targets: [Allocation.Target],
    as who: Principal? = nil, in books: TestBooks
  ) async throws -> EntryContent {
    let allocation = Allocation(
      of: sources.map(books.account), in: department, to: targets, by: basis)
    return try await books.workspace.fetch(
      AllocationEntry(allocation, in: november(in: books)), as: who ?? books.owner)
  }

  private func november(in books: TestBooks) async throws -> ID<Period> {
    try #require(
      try await books.workspace.fetch(Periods(), as: books.owner).first { $0.name == "2026-11" }
    ).id
  }

  private func rent(_ department: ID<Department>?, in books: TestBooks) -> Allocation.Target {
    Allocation.Target(books.account("6200"), department)
  }

  private func post(
    _ minorUnits: Int64, on number: String = "6200", in department: ID<Department>?,
    _ books: TestBooks
  ) async throws {
    var content = books.entry(minorUnits, debit: number)
    content.lines[0].department = department
    try await books.workspace.perform(CreateEntry(content, then: .post), as: books.owner)
  }

  @Test func `what is of no department is spread by fixed shares, as an adjusting draft`()
    async throws
  {
    let books = try await TestBooks.make()
    let sales = try await books.department("SAL", under: nil)
    try await post(100_00, in: nil, books)
    try await post(40_00, in: sales, books)
    // Neither another account's, nor a draft.
    try await post(9_00, on: "6100", in: nil, books)
    try await books.workspace.perform(CreateEntry(books.entry(5_00)), as: books.owner)
    let targets = [rent(sales, in: books), rent(books.department, in: books)]
    let entry = try await content(.shares([333_333, 666_667]), to: targets, in: books)
    // 33.3333 and 66.6667.
    #expect(entry.lines.map(\.amount.minorUnits) == [-100_00, 33_33, 66_67])
    #expect(entry.lines.map(\.department) == [nil, sales, books.department])
    #expect(entry.lines.map(\.description) == ["", "33.3333 %", "66.6667 %"])
    #expect(Set(entry.lines.map(\.account)) == [books.account("6200")])
    #expect(entry.type == .adjusting && entry.date == Day("2026-11-30"))
    #expect(entry.description.hasPrefix("Allocation of 6200 "))
    #expect(entry.description.hasSuffix(", 2026-11, by fixed shares"))
    let allocation = Allocation(
      of: [books.account("6200")], to: targets, by: .shares([333_333, 666_667]))
    let kept = try await books.workspace.perform(
      Allocate(allocation, in: november(in: books)), as: books.owner)
    #expect(kept.state == .draft)
    let draft = try await books.workspace.fetch(EntryToEdit(kept.entry), as: books.owner)
    #expect(draft.content.lines.map(\.amount) == entry.lines.map(\.amount))
    #expect(draft.content.description == entry.description && draft.content.type == .adjusting)
    #expect(try await books.balances()["6200"] == 140_00)
    // The same isn't spread again; what is of a department that takes a part is another matter.
    await #expect(throws: Refusal.allocation(.waits(kept.name))) {
      _ = try await content(.shares([1_000_000]), to: [rent(sales, in: books)], in: books)
    }
    let other = try await content(
      .shares([1_000_000]), from: sales, to: [rent(books.department, in: books)], in: books)
    #expect(other.lines.map(\.amount.minorUnits) == [-40_00, 40_00])
    // Once it is posted, nothing is left, and the account holds what it held.
    try await books.workspace.perform(PostEntry(kept.entry), as: books.owner)
    #expect(try await books.balances()["6200"] == 140_00)
    let label = try #require(
      try await books.workspace.fetch(ChartOfAccounts(), as: books.owner).first {
        $0.number == "6200"
      })
    let nothing = AllocationProblem.nothing(
      account: "\(label.number) \(label.name)", period: "2026-11")
    await #expect(throws: Refusal.allocation(nothing)) {
      _ = try await content(.shares([1_000_000]), to: [rent(sales, in: books)], in: books)
    }
  }

  @Test func `by headcount the active members of each department count`() async throws {
    let books = try await TestBooks.make()
    let sales = try await books.department("SAL", under: nil)
    _ = try await books.person("Sam Seller", .employee, in: sales)
    try await post(100_00, in: nil, books)
    // Two of three, 66.666…, and one, 33.333….
    let entry = try await content(
      .headcount, to: [rent(books.department, in: books), rent(sales, in: books)], in: books)
    #expect(entry.lines.map(\.amount.minorUnits) == [-100_00, 66_67, 33_33])
    #expect(entry.lines.map(\.description) == ["", "2 of 3", "1 of 3"])
    let empty = try await books.department("EXP", under: nil)
    await #expect(throws: Refusal.allocation(.noBasis)) {
      _ = try await content(.headcount, to: [rent(empty, in: books)], in: books)
    }
    await #expect(throws: Refusal.allocation(.departmentNeeded)) {
      _ = try await content(.headcount, to: [rent(nil, in: books)], in: books)
    }
  }

  @Test func `by a balance what another account took in each department counts`() async throws {
    let books = try await TestBooks.make()
    let sales = try await books.department("SAL", under: nil)
    try await post(100_01, in: books.department, books)
    for (department, amount) in [(sales, 30_00), (books.department, 10_00)]
      as [(ID<Department>, Int64)]
    {
      var sale = books.entry(amount, debit: "1120", credit: "4100")
      sale.lines[1].department = department
      try await books.workspace.perform(CreateEntry(sale, then: .post), as: books.owner)
    }
    let targets = [
      Allocation.Target(books.account("6100"), sales), rent(books.department, in: books),
    ]
    let entry = try await content(
      .balance(of: books.account("4100")), from: books.department, to: targets, in: books)
    // Three quarters, 75.0075, and one, 25.0025.
    #expect(entry.lines.map(\.amount.minorUnits) == [-100_01, 75_01, 25_00])
    #expect(entry.lines.map(\.department) == [books.department, sales, books.department])
    #expect(entry.lines[1].account == books.account("6100"))
    #expect(entry.lines.map(\.description) == ["", "30.00 of 40.00", "10.00 of 40.00"])
    // What it held in a department is below zero on its side.
    try await post(40_00, on: "4100", in: books.department, books)
    await #expect(throws: Refusal.allocation(.noBasis)) {
      _ = try await content(
        .balance(of: books.account("4100")), from: books.department, to: targets, in: books)
    }
  }

  @Test func `each of several accounts is spread by itself, in one entry`() async throws {
    let books = try await TestBooks.make()
    let sales = try await books.department("SAL", under: nil)
    let stores = try await books.department("STO", under: nil)
    try await post(100_00, on: "6100", in: nil, books)
    try await post(50_01, in: nil, books)
    let targets = [sales, stores, books.department].map { Allocation.Target(nil, $0) }
    let entry = try await content(
      .shares([333_334, 333_333, 333_333]), of: ["6100", "6200", "6400"], to: targets, in: books)
    // Thirds: of 100.00 a cent is left, 50.01 comes out even. Nothing was posted on 6400.
    #expect(
      entry.lines.map(\.amount.minorUnits)
        == [-100_00, 33_34, 33_33, 33_33, -50_01, 16_67, 16_67, 16_67])
    #expect(
      entry.lines.map(\.account)
        == Array(repeating: books.account("6100"), count: 4)
        + Array(repeating: books.account("6200"), count: 4))
    #expect(
      entry.lines.map(\.department)
        == [nil, sales, stores, books.department, nil, sales, stores, books.department])
    #expect(entry.description == "Allocation of 6100, 6200, 2026-11, by fixed shares")
  }

  @Test func `what goes to another account moves there, and the entry sums to nothing`()
    async throws
  {
    let books = try await TestBooks.make()
    try await post(100_00, on: "6100", in: nil, books)
    try await post(50_01, in: nil, books)
    let targets = [
      Allocation.Target(books.account("6400"), books.department),
      Allocation.Target(nil, books.department),
    ]
    let entry = try await content(
      .shares([250_000, 750_000]), of: ["6200", "6100"], to: targets, in: books)
    // 12.5025 and 37.5075.
    #expect(
      entry.lines.map(\.amount.minorUnits) == [-50_01, 12_50, 37_51, -100_00, 25_00, 75_00])
    #expect(
      entry.lines.map(\.account)
        == ["6200", "6400", "6200", "6100", "6400", "6100"].map(books.account))
  }

  @Test func `where none of several accounts holds anything, nothing is spread`() async throws {
    let books = try await TestBooks.make()
    let nothing = AllocationProblem.nothing(account: "6100, 6200", period: "2026-11")
    await #expect(throws: Refusal.allocation(nothing)) {
      _ = try await content(
        .shares([1_000_000]), of: ["6100", "6200"],
        to: [Allocation.Target(nil, books.department)], in: books)
    }
  }

  @Test func `an account that took nothing yet is spread once it does`() async throws {
    let books = try await TestBooks.make()
    try await post(100_00, on: "6100", in: nil, books)
    let targets = [Allocation.Target(nil, books.department)]
    let both = Allocation(
      of: [books.account("6100"), books.account("6200")], to: targets, by: .shares([1_000_000]))
    let draft = try await books.workspace.perform(
      Allocate(both, in: november(in: books)), as: books.owner)
    try await post(50_01, in: nil, books)
    // The draft doesn't take it, but it does take the wages.
    let rent = try await content(.shares([1_000_000]), to: targets, in: books)
    #expect(rent.lines.map(\.amount.minorUnits) == [-50_01, 50_01])
    await #expect(throws: Refusal.allocation(.waits(draft.name))) {
      _ = try await content(
        .shares([1_000_000]), of: ["6200", "6100"], to: targets, in: books)
    }
    try await books.workspace.perform(PostEntry(draft.entry), as: books.owner)
    let rest = try await books.workspace.perform(
      Allocate(both, in: november(in: books)), as: books.owner)
    let found = try await books.workspace.fetch(EntryToEdit(rest.entry), as: books.owner)
    #expect(found.content.lines.map(\.amount.minorUnits) == [-50_01, 50_01])
  }

  @Test func `what left a part where it was is taken back before it is spread again`()
    async throws
  {
    let books = try await TestBooks.make()
    try await post(100_00, in: nil, books)
    let targets = [Allocation.Target(nil, books.department), Allocation.Target(nil)]
    let basis = Allocation.Basis.shares([600_000, 400_000])
    let draft = try await books.workspace.perform(
      Allocate(
        Allocation(of: [books.account("6200")], to: targets, by: basis), in: november(in: books)),
      as: books.owner)
    let posted = try await books.workspace.perform(PostEntry(draft.entry), as: books.owner)
    await #expect(throws: Refusal.allocation(.leftPart(posted.number))) {
      _ = try await content(basis, to: targets, in: books)
    }
    try await books.workspace.perform(
      ReverseEntry(draft.entry, on: TestBooks.today.lastOfMonth, reason: "More came."),
      as: books.owner)
    let again = try await content(basis, to: targets, in: books)
    #expect(again.lines.map(\.amount.minorUnits) == [-100_00, 60_00, 40_00])
  }

  @Test func `what is held at the end of two months isn't spread of both`() async throws {
    let books = try await TestBooks.make()
    try await post(100_00, on: "1900", in: nil, books)
    let december = try #require(
      try await books.workspace.fetch(Periods(), as: books.owner).first { $0.name == "2026-12" }
    ).id
    let targets = [Allocation.Target(nil, books.department)]
    let draft = try await books.workspace.perform(
      Allocate(
        Allocation(of: [books.account("1900")], to: targets, by: .shares([1_000_000])),
        in: december), as: books.owner)
    await #expect(throws: Refusal.allocation(.waits(draft.name))) {
      _ = try await content(.shares([1_000_000]), of: ["1900"], to: targets, in: books)
    }
    try await books.workspace.perform(
      OpenPeriod(december, name: "2026-12"), as: books.director)
    let posted = try await books.workspace.perform(PostEntry(draft.entry), as: books.owner)
    await #expect(throws: Refusal.allocation(.spreadElsewhere(posted.number))) {
      _ = try await content(.shares([1_000_000]), of: ["1900"], to: targets, in: books)
    }
  }

  @Test func `shares come to the whole, and no target is named twice`() async throws {
    let books = try await TestBooks.make()
    try await post(100_00, in: nil, books)
    let place = rent(books.department, in: books)
    await #expect(throws: Refusal.allocation(.shares(900_000))) {
      _ = try await content(.shares([900_000]), to: [place], in: books)
    }
    await #expect(throws: Refusal.allocation(.repeated)) {
      _ = try await content(.shares([500_000, 500_000]), to: [place, place], in: books)
    }
  }

  @Test func `whoever doesn't read the whole books learns nothing by it`() async throws {
    let books = try await TestBooks.make()
    try await post(100_00, in: nil, books)
    for (who, denial) in [
      (books.manager, Denial.otherDepartment),
      (books.employee, Denial.reserved(.trialBalanceAndOwn)),
    ] {
      await #expect(throws: Refusal.notPermitted(.reportRead, denial)) {
        _ = try await content(
          .shares([1_000_000]), to: [rent(books.department, in: books)], as: who, in: books)
      }
    }
  }
}
