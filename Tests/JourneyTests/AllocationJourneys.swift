import Domain
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels

/// Accounts that are spread, from the journal on. It is the 23rd of November 2026.
@Suite struct AllocationJourneys {
  private func books() async throws -> TestBooks {
    let books = try await TestBooks.make()
    _ = try await books.workspace.perform(
      CreateDepartment(DepartmentContent(code: "SAL", name: "SAL")), as: books.owner)
    try await books.post(100_00)
    return books
  }

  private func write(_ driver: Driver, to targets: String) async {
    await driver.press("n", "Rent", .tab, "6200", .tab, .tab, .tab, "\(targets)")
    await driver.press(.function(10))
  }

  @Test func `a rule is made, and what it would spread is seen before it is kept`() async throws {
    let driver = await Driver(.owner, in: try await books())
    await driver.press("A")
    #expect(driver.path == ["Journal", "Allocations"])
    #expect(driver.shows("Nothing is spread by a rule yet. n keeps how an account is spread."))
    await write(driver, to: "SAL=60, @6100=40")
    #expect(driver.message == "ok The allocation Rent is kept.", "\(driver.screen)")
    #expect(driver.rows.map { $0[0] } == ["Rent"])
    #expect(driver.rows[0].contains("SAL=60, @6100=40"), "\(driver.rows)")
    await driver.press(.enter)
    #expect(driver.shows("Spread Rent of which period?"), "\(driver.screen)")
    await driver.press(.enter)
    let question = try #require(driver.question)
    let lines = question.split(separator: "\n")
    #expect(lines.count == 3, "\(question)")
    #expect(lines[0].hasPrefix("-100.00  6200 "), "\(question)")
    #expect(lines[1].hasPrefix("60.00  6200 ") && lines[1].contains("  SAL  60 %"), "\(question)")
    #expect(lines[2].hasPrefix("40.00  6100 "), "\(question)")
    await driver.press("y")
    #expect(driver.message == "ok D-2 is kept as a draft.", "\(driver.screen)")
    await driver.press(.enter, .enter)
    #expect(driver.message.contains("It is spread by D-2 already"), "\(driver.message)")
    #expect(driver.question == nil)
  }

  @Test func `a rule of several accounts is made, and spreads each by itself`() async throws {
    let books = try await books()
    try await books.post(50_01, debit: "6100")
    let driver = await Driver(.owner, in: books)
    await driver.press("A", "n", "Office", .tab, ",", .tab, .tab, .tab, "SAL=60, @6400=40")
    await driver.press(.function(10))
    #expect(
      driver.form?.fields[1].fault?.english == "Name an account that is to be spread.",
      "\(driver.screen)")
    await driver.press(.ctrl("u"), "6200, 61000", .function(10))
    #expect(driver.form?.fields[1].fault?.english.contains("61000") == true, "\(driver.screen)")
    await driver.press(.backspace, .function(10))
    #expect(driver.message == "ok The allocation Office is kept.", "\(driver.screen)")
    #expect(driver.rows[0].contains("6200 Rent, 6100 Wages"), "\(driver.rows)")
    await driver.press(.enter, .enter)
    let lines = try #require(driver.question).split(separator: "\n")
    // 30.006 and 20.004 of 50.01.
    for (line, start) in zip(
      lines,
      [
        "-100.00  6200 ", "60.00  6200 ", "40.00  6400 ", "-50.01  6100 ", "30.01  6100 ",
        "20.00  6400 ",
      ])
    {
      #expect(line.hasPrefix(start), "\(line)")
    }
    #expect(lines.count == 6, "\(lines)")
  }

  @Test func `what won't do is said beside its field, and nothing typed is lost`() async throws {
    let driver = await Driver(.owner, in: try await books())
    await driver.press("A")
    await write(driver, to: "SAL=60")
    #expect(
      driver.form?.fields[4].fault?.english == "The shares come to 60 %. Let them come to 100.",
      "\(driver.screen)")
    await driver.press(.ctrl("u"), "SAL=many", .function(10))
    #expect(
      driver.form?.fields[4].fault?.english
        == "many is no percentage of four decimals or fewer.", "\(driver.screen)")
    // Whoever names a target means it to take something.
    await driver.press(.ctrl("u"), "SAL, @6100=100", .function(10))
    #expect(
      driver.form?.fields[4].fault?.english
        == "Say of each target how many percent it takes: SAL=60.", "\(driver.screen)")
    await driver.press(.ctrl("u"), .function(10))
    #expect(
      driver.form?.fields[4].fault?.english == "To which departments? Write SAL=60, OPS=40.",
      "\(driver.screen)")
    #expect(driver.form?.fields[0].text == "Rent")
  }

  @Test func `a rule is ended, and the list is empty again`() async throws {
    let books = try await books()
    let target = Allocation.Target(nil, books.department)
    _ = try await books.workspace.perform(
      AddAllocation(
        "Rent",
        Allocation(
          of: [books.account("6200")], to: [target],
          by: .balance(of: books.account("4100")))), as: books.director)
    let driver = await Driver(.director, in: books)
    await driver.press("A")
    #expect(driver.rows[0].contains { $0.hasPrefix("4100 ") }, "\(driver.rows)")
    await driver.press("D", "y")
    #expect(driver.message == "ok The allocation Rent has ended.")
    #expect(driver.rows == [])
  }

  @Test func `whoever doesn't read the reports of the whole business is told why there are none`()
    async throws
  {
    let driver = await Driver(.manager, in: try await books())
    await driver.press("A")
    #expect(driver.path == ["Journal"])
    #expect(
      driver.message
        == "! Allocations are for whoever reads the reports of the whole business.",
      "\(driver.message)")
  }
}
