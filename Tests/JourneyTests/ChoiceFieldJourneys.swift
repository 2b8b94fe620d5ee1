import Domain
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels
import Widgets

/// Fields in which something is chosen: nothing is taken that nobody lit.
@Suite struct ChoiceFieldJourneys {
  /// In the form of a department that Emma leads, in the field that says who does.
  private func head() async throws -> (TestBooks, Driver) {
    let books = try await TestBooks.make()
    try await books.workspace.perform(
      UpdateDepartment(
        books.department,
        content: DepartmentContent(
          code: "ACC", name: "Accounting", head: books.employee.user)), as: books.owner)
    let driver = await Driver(
      .owner, in: books, size: Size(columns: 120, rows: 40), startsAt: "8")
    await driver.press("d", "e", .tab, .tab, .tab, .tab)
    #expect(driver.field?.text == "Emma Employee")
    return (books, driver)
  }

  @Test func `a choice that is cleared stays cleared`() async throws {
    let (books, driver) = try await head()
    await driver.press(.ctrl("u"))
    #expect(driver.form?.choices?.choices.count == 5)
    #expect(driver.form?.choices?.highlighted == nil)
    await driver.press(.enter)
    #expect(driver.form?.focus == 5)
    #expect(driver.form?.fields[4].text == "")
    await driver.press(.function(10))
    let row = try await books.workspace.fetch(Departments(), as: books.owner).first
    #expect(row?.headUser == nil)
  }

  @Test func `Down lights what is offered, also where nothing is typed`() async throws {
    let (_, driver) = try await head()
    await driver.press(.ctrl("u"), .down, .down, .enter)
    #expect(driver.form?.fields[4].text == "Dora Director")
  }

  @Test func `moving in an empty field chooses nothing`() async throws {
    let (_, driver) = try await head()
    await driver.press(.escape, "n", .tab, .tab, .tab, .tab, .home, .right, .tab)
    #expect(driver.form?.focus == 5)
    #expect(driver.form?.fields[4].text == "")
  }

  @Test func `clicking another field takes what is lit here and nothing there`() async throws {
    let driver = await Driver(.owner, in: try await TestBooks.make(), startsAt: "8")
    await driver.press("n", .tab, .tab, "man")
    driver.send(.click(.field(3)))
    await driver.press(.enter)
    #expect(driver.form?.fields.map(\.text) == ["", "", "manager", ""])
  }

  @Test func `what was lit in one field is not taken in the one that won't do`() async throws {
    let driver = await Driver(.owner, in: try await TestBooks.make(), startsAt: "8")
    await driver.press("P", "n", .tab, .tab, .tab, "A", .function(10))
    #expect(driver.form?.focus == 1 && driver.form?.fields[1].fault != nil)
    await driver.press(.enter)
    #expect(driver.form?.fields[1].text == "")
  }
}
