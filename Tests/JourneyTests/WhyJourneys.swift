import Domain
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels
import Widgets

/// `w`: why a key isn't there.
@Suite struct WhyJourneys {
  @Test(arguments: Domain.Role.allCases)
  func `every key that is missing on a screen is explained with a no and a reason`(
    _ role: Domain.Role
  ) async throws {
    let books = try await RoleTable.books()
    let driver = await Driver(role, in: books)
    var seen: Set<String> = []
    for (name, keys) in RoleTable.screens {
      for key in keys { await driver.press(key) }
      if let top = driver.navigator.top, seen.insert("\(type(of: top))").inserted {
        let offered = Set((driver.navigator.actions + driver.navigator.globalActions).map(\.id))
        let missing = (type(of: top).keymap + Section.allCases.map(\.binding)).filter {
          !offered.contains($0.id) && !Binding.filtering.map(\.id).contains($0.id)
        }
        for binding in missing { await expectNo(to: binding, name, driver) }
      }
      while driver.path.count > 1 { await driver.press(.escape) }
    }
  }

  private func expectNo(
    to binding: ViewModels.Binding, _ screen: String, _ driver: Driver
  ) async {
    await driver.press("w")
    guard case .chooser(let chooser)? = driver.navigator.overlay,
      let index = chooser.matches.firstIndex(where: {
        $0.title == binding.summary && !$0.isAvailable
      })
    else {
      Issue.record("\(binding.id) on \(screen) isn't listed")
      await driver.press(.escape)
      return
    }
    for _ in 0..<index { await driver.press(.down) }
    await driver.press(.enter)
    if case .text(let text)? = driver.navigator.top?.panels.first,
      driver.navigator.top is ExplanationScreen
    {
      #expect(text.title == "No", "\(binding.id) on \(screen)")
      #expect(text.text.english.contains(" may not "), "\(binding.id) on \(screen)")
      await driver.press(.escape)
    } else {
      #expect(driver.message.hasPrefix("! "), "\(binding.id) on \(screen): \(driver.message)")
    }
  }

  @Test(arguments: [Domain.Role.manager, .employee])
  func `who reads a part of the log reads that reviews and emergencies take all of it`(
    _ role: Domain.Role
  ) async throws {
    let driver = await Driver(role, in: try await TestBooks.make(), startsAt: "8")
    await driver.press("w", "Reviews of", .enter)
    #expect(
      driver.message == "! Reviews are for whoever reads the audit log of the whole business.")
    #expect(driver.path == ["People"])
    await driver.press("w", "When limits", .enter)
    #expect(driver.message.hasPrefix("! Emergencies are for whoever may lift limits"))
    let german = await Driver(
      role, in: try await TestBooks.make(), settings: try German.settings(), startsAt: "8")
    await german.press("w", "Prüfungen", .enter)
    #expect(german.message.contains("das Protokoll der ganzen"), "\(german.screen)")
  }

  @Test func `a key that isn't there for somebody says so when it is pressed`() async throws {
    let books = try await TestBooks.make()
    try await books.draft(by: .owner)
    let employee = await Driver(.employee, in: books)
    await employee.press("a")
    #expect(
      employee.message.hasPrefix("! Ask Max Manager, Dora Director. Your role"),
      "\(employee.screen)")
    let manager = await Driver(.manager, in: books, startsAt: "8")
    await manager.press("c")
    #expect(manager.message.contains("Reviews are for whoever reads"), "\(manager.screen)")
    #expect(manager.path == ["People"])
  }

  @Test func `what a screen leaves out is explained too, and the matrix says of how many`()
    async throws
  {
    let books = try await TestBooks.make()
    let employee = await Driver(.employee, in: books, startsAt: "1")
    await employee.press("w", "Wait for my", .enter)
    #expect(employee.shows("may not approve entries"), "\(employee.screen)")
    let manager = await Driver(
      .manager, in: books, size: Size(columns: 120, rows: 40), startsAt: "8")
    await manager.press("m")
    #expect(manager.shows("1 of 2, 3 more not for you to hear about"), "\(manager.screen)")
  }

  @Test func `where only another owner could, and there is none, nobody is named`() async throws {
    let books = try await TestBooks.make()
    let driver = await Driver(
      .director, in: books, size: Size(columns: 120, rows: 30), startsAt: "8")
    await driver.press("/", "Olive", .enter, "x")
    #expect(
      driver.message.hasPrefix(
        "! Nobody else may at present. You hold user.suspend, but never for an owner: another"),
      "\(driver.message)")
    await driver.press("w", "Keep them out", .enter)
    #expect(driver.shows("Director holds user.suspend: never an owner"), "\(driver.screen)")
    #expect(driver.shows("nobody else may at present"), "\(driver.screen)")
  }

  @Test func `of people and departments it says about the one under the cursor`() async throws {
    let driver = await Driver(.director, in: try await TestBooks.make(), startsAt: "8")
    await driver.press("/", "Olive", .enter, "w", "suspend", .enter)
    #expect(driver.shows("may not suspend Olive Owner: their role"), "\(driver.screen)")
    await driver.press(.escape, "/", .ctrl("u"), "Dora", .enter, "w", "Keep them out", .enter)
    #expect(driver.shows("may not suspend Dora Director: nobody"), "\(driver.screen)")
    let manager = await Driver(.manager, in: try await TestBooks.make(), startsAt: "8")
    await manager.press("d", "w", "Change the department", .enter)
    #expect(manager.shows("may not change Accounting: the role"), "\(manager.screen)")
  }

  @Test func `where text is typed, keys that wait for its end aren't called forbidden`()
    async throws
  {
    let driver = await Driver(.owner, in: try await TestBooks.make(), startsAt: "8")
    await driver.press("/", .alt("c"), "People against", .enter)
    #expect(driver.path == ["People"])
    #expect(driver.message == "! Not while text is typed here.", "\(driver.screen)")
  }
}
