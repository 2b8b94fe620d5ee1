import Domain
import Keys
import Operations
import TestSupport
import Testing
import ViewModels
import Widgets

/// Exchange rates, entries in other currencies and what their balances are worth, on the screen.
@Suite struct CurrencyJourneys {
  private func books(rate: String? = "1.08") async throws -> TestBooks {
    let books = try await TestBooks.make()
    if let rate { try await keep(rate, in: books) }
    return books
  }

  private func keep(
    _ rate: String, on day: Day = TestBooks.today, in books: TestBooks, as who: Principal? = nil
  ) async throws {
    let quote = RateQuote(
      from: "EUR", to: "USD", day: day, rate: try #require(ExchangeRate(written: rate)))
    _ = try await books.workspace.perform(
      SetRate(RateContent(quote)), as: who ?? books.director)
  }

  private func lines(_ name: String, in books: TestBooks) async throws -> [EntryDetail.Line] {
    let entry = try #require(try await books.entries().first { $0.name == name })
    return try await books.workspace.fetch(EntryDetail(entry.id), as: books.owner).lines
  }

  private func driver(_ role: Domain.Role, in books: TestBooks) async -> Driver {
    await Driver(role, in: books, size: Size(columns: 100, rows: 30))
  }

  @Test func `an amount with a code is valued beside it, and posted with its rate`() async throws {
    let books = try await books()
    let driver = await driver(.manager, in: books)
    await driver.press("2", "n", .enter, "Euros", .enter, "1140", .enter, "1000 EUR", .enter)
    #expect(driver.field?.text == "", "\(driver.screen)")
    #expect(driver.shows("1,000.00 EUR") && driver.shows("In USD"), "\(driver.screen)")
    #expect(driver.form?.grid?.lines[0].last?.text == "1,080.00")
    await driver.press("1120", .enter)
    #expect(driver.field?.ghost == "1,000.00 EUR", "\(driver.screen)")
    // What the bank took is in its own currency.
    await driver.press("1080", .enter, .function(10))
    #expect(driver.message == "ok GJ-2026-000001 is posted.", "\(driver.screen)")
    let lines = try await lines("GJ-2026-000001", in: books)
    #expect(lines.map(\.currency) == ["EUR", "USD"])
    #expect(lines.map(\.amount.minorUnits) == [100_000, -108_000])
    #expect(lines.map(\.base.minorUnits) == [108_000, -108_000])
  }

  @Test func `an entry shows the rate that a line rests on, where there is room`() async throws {
    let books = try await books()
    let driver = await Driver(.manager, in: books, size: Size(columns: 200, rows: 50))
    await driver.press("2", "n", .enter, "Euros", .enter, "1140", .enter, "1000 EUR", .enter)
    await driver.press("1120", .enter, "1080", .function(10))
    #expect(driver.message == "ok GJ-2026-000001 is posted.", "\(driver.screen)")
    await driver.press(.enter)
    #expect(driver.shows("1.08, 2026-11-23, manual"), "\(driver.screen)")
  }

  @Test func `an entry of one currency adds up in it, and rounding goes to its largest line`()
    async throws
  {
    let books = try await books(rate: "1.08555")
    let driver = await driver(.manager, in: books)
    await driver.press("2", "n", .alt("y"), "EUR", .enter)
    await driver.press(.enter, "Costs", .enter, "6200", .enter, "3.33", .enter)
    await driver.press("6400", .enter, "3.33", .alt("<"), .enter)
    await driver.press("6250", .enter, "3.34", .alt("<"), .enter)
    await driver.press("2110", .enter)
    #expect(driver.field?.ghost == "10.00 EUR", "\(driver.screen)")
    await driver.press(.enter, .function(10))
    #expect(driver.message == "ok GJ-2026-000001 is posted.", "\(driver.screen)")
    let lines = try await lines("GJ-2026-000001", in: books)
    #expect(lines.map(\.amount.minorUnits) == [333, 333, 334, -1_000])
    // RULES §3.9's example, on the other side.
    #expect(lines.map(\.base.minorUnits) == [361, 361, 363, -1_085])
  }

  @Test func `without a rate the field says so, and takes one that is written`() async throws {
    let books = try await books(rate: nil)
    let driver = await driver(.manager, in: books)
    await driver.press("2", "n", .enter, "Euros", .enter, "1140", .enter, "100 EUR", .enter)
    #expect(
      driver.shows("No rate of EUR in USD for 2026-11-23: write 100 EUR @ 0.92."),
      "\(driver.screen)")
    // It holds nobody: the date may be what is wrong. Nor is anything kept that isn't known.
    #expect(driver.form?.grid?.focus?.line == 1, "\(driver.screen)")
    await driver.press(.function(2))
    #expect(driver.path.last == "New entry", "\(driver.screen)")
    await driver.press(.end, " @ 1.1", .enter, "1120", .enter, "110", .function(10))
    #expect(driver.message == "ok GJ-2026-000001 is posted.", "\(driver.screen)")
    #expect(
      try await lines("GJ-2026-000001", in: books).map(\.base.minorUnits) == [11_000, -11_000])
  }

  @Test func `a fault for want of a rate goes with the day that has one`() async throws {
    let books = try await books()
    let driver = await driver(.manager, in: books)
    await driver.press("2", "n", "2026-11-30", .enter, "Euros", .enter, "1140", .enter)
    await driver.press("100 EUR", .enter)
    #expect(!driver.shows("No rate of EUR"), "seven days are within the week: \(driver.screen)")
    await driver.press(.up, .up, .up, "2026-12-01", .enter)
    #expect(driver.shows("No rate of EUR in USD for 2026-12-01:"), "\(driver.screen)")
    #expect(driver.form?.grid?.lines[0].last?.text == "?")
    await driver.press(.up, "2026-11-24", .enter)
    #expect(!driver.shows("No rate of EUR"), "\(driver.screen)")
    #expect(driver.form?.grid?.lines[0].last?.text == "108.00")
  }

  @Test func `a letter that ends a code is typed, and one after a number moves the amount`()
    async throws
  {
    let books = try await books()
    let driver = await driver(.manager, in: books)
    await driver.press("2", "n", .enter, "Dollars", .enter, "1140", .enter, "7 usd", .enter)
    #expect(driver.form?.grid?.lines[0][1].text == "7.00", "\(driver.screen)")
    await driver.press("1120", .enter, "7c")
    #expect(driver.form?.grid?.lines[1][2].text == "7.00", "\(driver.screen)")
    await driver.press(.enter, "6400", .enter, "7 chf", .enter)
    let cells = driver.form?.grid?.lines[2][1...2].map(\.text) ?? []
    #expect(cells.joined() == "7.00 CHF", "\(driver.screen)")
  }

  @Test func `a balance is settled at what the account holds it at, and the rest is realised`()
    async throws
  {
    let books = try await books()
    let driver = await driver(.manager, in: books)
    await driver.press("2", "n", .enter, "Bill", .enter, "6400", .enter, "388 EUR", .enter)
    await driver.press("2110", .enter, .enter, .function(10))
    #expect(driver.message == "ok GJ-2026-000001 is posted.", "\(driver.screen)")
    await driver.press("n", .enter, "Paid", .enter, "2110", .enter, "100 EUR")
    await driver.press(.alt("v"))
    #expect(driver.form?.grid?.lines[0].last?.text == "108.00", "\(driver.screen)")
    await driver.press(.enter, "1120", .enter, "111")
    #expect(driver.shows("7300 Realised exchange result"), "\(driver.screen)")
    await driver.press(.function(10))
    #expect(driver.message == "ok GJ-2026-000002 is posted.", "\(driver.screen)")
    let lines = try await lines("GJ-2026-000002", in: books)
    #expect(lines.map(\.base.minorUnits) == [10_800, -11_100, 300])
  }

  @Test func `a document is settled at what it came in at, and another's rate is nothing to it`()
    async throws
  {
    let books = try await books()
    let driver = await driver(.manager, in: books)
    for (reference, amount) in [("I-1", "388 EUR"), ("I-2", "100 EUR @ 1.2")] {
      await driver.press("2", "n", .tab, "\(reference)", .tab, "Bill", .enter, "6400", .enter)
      await driver.press("\(amount)", .enter, "2110", .enter, .enter, .function(10))
    }
    #expect(driver.message == "ok GJ-2026-000002 is posted.", "\(driver.screen)")
    // 388 at 1.08 and 100 at 1.2 are 539.04, 110.46 for each hundred of the account.
    await driver.press("n", .tab, "I-1", .tab, "Paid", .enter, "2110", .enter)
    await driver.press("100 EUR", .alt("v"))
    #expect(driver.form?.grid?.lines[0].last?.text == "108.00", "\(driver.screen)")
  }

  @Test func `a document that is settled by what is typed is as well, however that is ended`()
    async throws
  {
    let books = try await books()
    let driver = await driver(.manager, in: books)
    for (reference, amount) in [("I-1", "388 EUR"), ("I-2", "100 EUR @ 1.2")] {
      await driver.press("2", "n", .tab, "\(reference)", .tab, "Bill", .enter, "6400", .enter)
      await driver.press("\(amount)", .enter, "2110", .enter, .enter, .function(10))
    }
    await driver.press("n", .tab, "I-1", .tab, "Paid", .enter, "2110", .enter)
    await driver.press("100 EUR @ book", .enter)
    // Undone and done again it is worth the same.
    for _ in 0..<2 {
      #expect(driver.form?.grid?.lines[0].last?.text == "108.00", "\(driver.screen)")
      await driver.press(.ctrl("z"), .ctrl("y"))
    }
    await driver.press("1120", .enter, "108", .function(10))
    #expect(driver.message == "ok GJ-2026-000003 is posted.", "\(driver.screen)")
    #expect(
      try await lines("GJ-2026-000003", in: books).map(\.base.minorUnits) == [10_800, -10_800])
    // The account of the line was never left: of the document 288 at 1.08 are 311.04.
    await driver.press("n", .tab, "I-1", .tab, "Paid", .enter, "1120", .enter, "311.04", .alt(">"))
    await driver.press(.enter, "6400", .enter, "288 EUR @ book", .backTab, "2110", .function(10))
    #expect(driver.message == "ok GJ-2026-000004 is posted.", "\(driver.screen)")
    #expect(
      try await lines("GJ-2026-000004", in: books).map(\.base.minorUnits) == [-31_104, 31_104])
  }

  @Test func `what is paid from an account of the same currency leaves its difference of exchange`()
    async throws
  {
    let books = try await books()
    let driver = await driver(.manager, in: books)
    for (debit, credit) in [("6400", "2110"), ("1140", "4100")] {
      await driver.press("2", "n", .enter, "Euros", .enter, "\(debit)", .enter)
      await driver.press("388 EUR", .enter, "\(credit)", .enter, .enter, .function(10))
    }
    try await keep("1.1", in: books)
    await driver.press("n", .enter, "Paid", .enter, "2110", .enter, "388 EUR", .alt("v"))
    await driver.press(.enter, "1140", .enter)
    #expect(driver.field?.ghost == "388.00 EUR", "\(driver.screen)")
    await driver.press(.enter, .enter)
    #expect(driver.shows("Difference 7.76 too much CREDIT"), "\(driver.screen)")
    await driver.press(.function(10))
    #expect(driver.message == "ok GJ-2026-000003 is posted.", "\(driver.screen)")
    #expect(
      try await lines("GJ-2026-000003", in: books).map(\.base.minorUnits)
        == [41_904, -42_680, 776])
  }

  @Test func `an agreed rate holds for the line that balances, and in a draft`() async throws {
    let books = try await books()
    let driver = await driver(.manager, in: books)
    await driver.press("2", "n", .enter, "Agreed", .enter, "6400", .enter, "100 EUR @ 1.1")
    await driver.press(.enter, "2110", .enter)
    #expect(driver.field?.ghost == "100.00 EUR @@ 110.00", "\(driver.screen)")
    await driver.press(.enter, .function(2))
    await driver.press("e", .tab, .tab, .tab, "6500", .enter)
    await driver.press(.function(10))
    #expect(driver.message == "ok GJ-2026-000001 is posted.", "\(driver.screen)")
    #expect(
      try await lines("GJ-2026-000001", in: books).map(\.base.minorUnits) == [11_000, -11_000])
  }

  /// 9,000,000,000,000 / 26300 = 342,205,323.193…, and 326.00 by twelve digits of the inverse.
  @Test
  func `a draft keeps what the inverse of a rate made of it when that isn't the day's any more`()
    async throws
  {
    let books = try await TestBooks.make()
    func keep(_ rate: Int64) async throws {
      let quote = RateQuote(
        from: "USD", to: "VND", day: TestBooks.today, rate: ExchangeRate(mantissa: rate, scale: 0))
      _ = try await books.workspace.perform(SetRate(RateContent(quote)), as: books.director)
    }
    try await keep(26_300)
    let driver = await driver(.owner, in: books)
    await driver.press("2", "n", .enter, "Dong", .enter, "1140", .enter, "9000000000000 VND")
    await driver.press(.enter)
    #expect(driver.form?.grid?.lines[0].last?.text == "342,205,323.19", "\(driver.screen)")
    await driver.press("4100", .enter, "342205323.19", .enter, .function(2))
    try await keep(26_400)
    await driver.press("e")
    #expect(driver.form?.grid?.lines[0].last?.text == "342,205,323.19", "\(driver.screen)")
  }

  @Test func `amounts that stand there keep their currency when another is chosen`() async throws {
    let books = try await books()
    try await books.post(5_00)
    let driver = await driver(.manager, in: books)
    await driver.press("2", "d", .alt("y"), "EUR", .enter)
    #expect(driver.form?.grid?.lines[0][1].text == "5.00 USD", "\(driver.screen)")
  }

  @Test func `rates are kept, confirmed and removed`() async throws {
    let books = try await books(rate: nil)
    let employee = await driver(.employee, in: books)
    await employee.press("3", "x")
    #expect(employee.shows("No rate is kept. n keeps one."), "\(employee.screen)")
    await employee.press("n", .tab, "eur", .enter, "1,09", .function(10))
    #expect(employee.message == "ok The rate waits until somebody confirms it.")
    #expect(
      employee.rows.map { Array($0.prefix(6)) } == [
        ["2026-11-23", "EUR", "1.09", "USD", "spot", "draft"]
      ], "\(employee.screen)")
    let director = await driver(.director, in: books)
    await director.press("3", "x", "a")
    #expect(director.rows.first?[5] == "confirmed", "\(director.screen)")
    await director.press("a")
    #expect(director.message == "! The rate counts already.")
    await director.press("n", .tab, "EUR", .enter, "9", .function(10))
    #expect(
      director.message == "ERROR A rate of that day is kept: 1.09. Edit that one to change it.")
    await director.press(.escape, "y")
    // The cursor goes to what was kept, which comes first or not.
    await director.press("n", "2026-11-20", .enter, "EUR", .enter, "1.05", .function(10))
    #expect(director.table?.cursor == 1, "\(director.screen)")
    await director.press("D", "y", .home)
    await director.press("D", "y")
    #expect(director.rows.isEmpty)
  }

  @Test func `a rate that lines rest on isn't removed but replaced, and stays theirs`()
    async throws
  {
    let books = try await books()
    let form = await driver(.manager, in: books)
    await form.press("2", "n", .enter, "Bill", .enter, "6400", .enter, "388 EUR", .enter)
    await form.press("2110", .enter, .enter, .function(10))
    let director = await driver(.director, in: books)
    await director.press("3", "x", "D")
    #expect(
      director.message.hasPrefix("! Lines of entries rest on that rate."), "\(director.screen)")
    #expect(director.rows.map { $0[2] } == ["1.08"])
    try await keep("1.2", in: books)
    let later = await driver(.director, in: books)
    await later.press("3", "x")
    #expect(later.rows.map { $0[2] } == ["1.2"], "\(later.screen)")
    await later.press("D", "y")
    #expect(later.rows.isEmpty, "\(later.screen)")
    let lines = try await lines("GJ-2026-000001", in: books)
    #expect(lines.allSatisfy { $0.rate?.text == "1.08" && $0.rateID != nil })
  }

  @Test func `a draft whose rate was replaced rests on it still when something else is edited`()
    async throws
  {
    let books = try await books()
    let driver = await driver(.manager, in: books)
    await driver.press("2", "n", .enter, "Euros", .enter, "1140", .enter, "1000 EUR", .enter)
    await driver.press("1120", .enter, "1080", .enter, .function(2))
    let before = try await lines("D-1", in: books)
    #expect(before.first?.rateID != nil, "\(driver.screen)")
    try await keep("1.2", in: books)
    await driver.press("e", .enter, "abroad", .function(2))
    #expect(try await books.entries().first?.description != "Euros", "\(driver.screen)")
    #expect(try await lines("D-1", in: books) == before)
  }

  @Test func `a unit of the business's own is added, and amounts can be in it`() async throws {
    let books = try await books(rate: nil)
    let driver = await driver(.director, in: books)
    await driver.press("3", "x", "c", "eur", .tab, "Gold", .tab, "x", .tab, "oz", .function(10))
    #expect(driver.shows("A currency has 0 to 9 decimals."), "\(driver.screen)")
    await driver.press(.ctrl("u"), "4", .function(10))
    #expect(driver.shows("The currency EUR exists already."), "\(driver.screen)")
    await driver.press(.ctrl("u"), "xau", .function(10))
    #expect(driver.message == "ok Amounts can be in XAU, with 4 decimals.", "\(driver.screen)")
    await driver.press("2", "n", .enter, "Gold", .enter, "1140", .enter, "1.5 xau @ 4000", .enter)
    #expect(driver.form?.grid?.lines[0].last?.text == "6,000.00", "\(driver.screen)")
  }

  @Test func `a check leads to the revaluation, which is booked and taken back`() async throws {
    let books = try await books()
    let form = await driver(.manager, in: books)
    await form.press("2", "n", .enter, "Bill", .enter, "6400", .enter, "388 EUR", .enter)
    await form.press("2110", .enter, .enter, .function(10))
    try await keep("1.1", on: TestBooks.today.lastOfMonth, in: books)
    let driver = await driver(.director, in: books)
    await driver.press("7", .enter, .end, "k", "k", "k", "k")
    #expect(driver.shows("2110 Trade payables: 7.76 USD lost"), "\(driver.screen)")
    await driver.press(.enter)
    #expect(driver.path.last == "Revaluation", "\(driver.screen)")
    #expect(
      driver.rows == [
        [
          "2110 Trade payables", "-388.00 EUR", "-7.76", "-419.04", "-426.80", "1.1",
          "2026-11-30", "unrealised",
        ]
      ], "\(driver.screen)")
    await driver.press("p", "y")
    #expect(driver.message == "ok AJ-2026-000001 is posted.", "\(driver.screen)")
    await driver.press("p")
    #expect(driver.message.hasPrefix("! Every foreign balance is worth"), "\(driver.message)")
    let waiting = try #require(try await books.entries().first { $0.type == .reversing })
    #expect(waiting.status == .approved && waiting.date.text == "2026-12-01")
  }

  @Test func `an adjusting entry is asked what it is for, and another isn't`() async throws {
    let books = try await TestBooks.make()
    let driver = await driver(.manager, in: books)
    await driver.press("2", "n", .alt("."))
    #expect(driver.path.last == "Entry" && !driver.shows("Kind"), "\(driver.screen)")
    await driver.press(.escape)
    while driver.path.last != "New entry, adjusting" { await driver.press(.ctrl("t")) }
    await driver.press(.alt("."), .tab, .tab, "blue", .enter)
    #expect(driver.shows("There is no such kind of adjusting entry."), "\(driver.screen)")
    await driver.press(.backspace, .backspace, .backspace, .backspace, "accr", .enter)
    #expect(driver.path.last == "New entry, adjusting, accrual", "\(driver.screen)")
    await driver.press(.enter, "Accrued", .enter, "6200", .enter, "50", .enter, "2130", .enter)
    await driver.press(.enter, .function(10), .enter)
    #expect(driver.path.last == "AJ-2026-000001", "\(driver.screen)")
    #expect(driver.shows("Kind") && driver.shows("accrual"), "\(driver.screen)")
  }

  @Test func `an adjusting entry is taken back by a key, and says on which day`() async throws {
    let books = try await TestBooks.make()
    let driver = await driver(.manager, in: books)
    await driver.press("2", "n", .alt("s"))
    #expect(driver.message.hasPrefix("! It is for adjusting entries."), "\(driver.message)")
    while driver.path.last != "New entry, adjusting" { await driver.press(.ctrl("t")) }
    await driver.press(.alt("s"))
    #expect(driver.path.last == "New entry, adjusting, taken back on 2026-12-01")
    await driver.press(.enter, "Accrued", .enter, "6200", .enter, "50", .enter, "2130", .enter)
    await driver.press(.enter, .function(10))
    #expect(driver.message == "ok AJ-2026-000001 is posted.", "\(driver.screen)")
    #expect(
      try await books.entries().map(\.status).sorted(by: { $0.rawValue < $1.rawValue })
        == [.approved, .posted])
  }
}
