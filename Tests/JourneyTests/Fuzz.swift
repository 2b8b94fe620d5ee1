import Domain
import Foundation
import Keys
import Operations
import Phrases
import Store
import TestSupport
import Testing
import ViewModels
import Widgets

/// Whatever is pressed, pasted and resized, wherever: it doesn't fail, and the books stay right.
@Suite struct Fuzz {
  /// `FUZZ_KEYS=10000 swift test --filter Fuzz` is the long run.
  nonisolated static let keysEach =
    ProcessInfo.processInfo.environment["FUZZ_KEYS"].flatMap { Int($0) } ?? 500

  private static let places: [[Stroke]] = [
    ["4"], ["4", .enter], ["4", "t"], ["4", "t", "t"], ["4", "f"], ["4", "m"],
    ["4", "L"], ["4", "t", "v"], ["7"],
    ["7", .enter],
    ["2", "f", "f"], ["2", "f", "f", .enter], ["2"], ["2", .enter], ["2", .enter, "o"], ["2", "n"],
    ["2", "n", .enter, "Rent", .enter], ["2", "j", "e"],
    ["2", "n", .enter, "Rent", .enter, "620", .enter, "12", .enter],
    ["2", "n", .enter, "Euros", .enter, "1140", .enter, "12 EUR"],
    ["3"], ["3", "n"], ["3", .end, "e"], ["6"], ["6", .enter],
    ["6", "/", "journal.create result:ok", .enter, .enter],
    ["6", "/", "journal.reject result:ok", .enter, .enter], ["b"], ["B"], ["B", "e"], ["U"],
    ["U", "/", "t"],
    [.alt("m")], ["1"], [","], [",", .down, .enter, .down, .enter], ["0"], ["0", "p"], ["0", "s"],
  ]

  /// Lists and forms that are like each other, on which fewer keys do.
  private static let lists: [[Stroke]] = [
    ["2", "/", "no:d-3", .enter, .enter, "v"], ["2", "/", "no:d-3", .enter, .enter, "v", "/", "r"],
    ["2", "/", "no:d-3", .enter, .enter, "v", .enter],
    ["2", "/", "amount:12 by:emma", .enter, .enter, "v"],
    ["8"], ["8", "j", .enter], ["8", .end, .up, .up, .up, .enter],
    ["8", .end, .up, .up, .up, .enter, "/", "e"],
    ["8", "j", .enter, "G", "k", .enter], ["8", "m", "W"], ["8", "m", "W", "/", "o"],
    ["8", "/", "Emma", .enter, .enter, "G", "k", .enter, "W"],
    ["8", "/", "Emma", .enter, .enter, "G", "k", .enter, "W", "/", "o"],
    ["8", "/", "Vera", .enter], ["8", "/", "Vera", .enter, "P", "/", "a"],
    ["8", "m", .right, .right, .right],
    ["8", "j", .enter, "=", .enter],
    ["8", "j", .enter, "c"], ["8", "m"], ["8", "n"], ["8", "j", "P"],
    ["8", "/", "Emma", .enter, "P"],
    ["8", "j", "P", "n"], ["8", "j", "P", "/", "a"], ["8", "/", "Emma", .enter, "P", "/", "a"],
    ["8", "d"],
    ["8", "d", "/", "2"],
    ["8", "d", "n"], ["8", "d", "p"], ["8", "d", "j", "p"], ["8", "d", "u"],
    ["8", "d", "u", "/", "d"], ["8", "d", "t"],
    ["8", "d", "j", "u"], ["8", "t"], ["8", "t", "n"], ["8", "A"], ["8", "A", "n"],
    ["2", "j", "w"], ["2", "c"], ["2", "c", "j"], ["2", "c", "/", "r"], ["2", "c", "n"],
    ["2", "c", "e"], ["2", "A"], ["2", "A", "/", "r"], ["2", "A", "n"],
    ["8", "o"], ["8", "o", .end], ["8", "o", .end, "k"], ["8", "o", .end, "k", "k"], ["8", "c"],
    ["8", "c", "/", "o"],
    ["8", "c", .enter],
    ["8", "c", .enter, "/", "o"],
    ["8", "c", .end, "k", .enter], ["8", "i"], ["8", "i", "/", "o"], ["8", "I"],
    ["8", "I", "/", "o"], ["8", "T"], ["8", "T", "/", "r"], ["8", "T", "e"],
    ["8", "T", .enter], ["8", "T", .enter, "/", "v"], ["8", "T", .enter, "n"],
    ["8", "M"], ["8", "M", "/", "e"], ["8", "S"], ["8", "S", .end],
    ["8", "S", .end, "k"],
    ["8", "S", "/", "o"],
    ["8", "X"], ["8", "X", "/", "o"], ["8", "X", "n"], ["7", "/", "2"], ["7", .home],
    ["7", .end, "k", "k"], ["7", "["], ["7", .enter, "/", "e"],
    ["7", .enter, "/", "suspense", .enter], ["7", "n"],
    ["7", "x"],
    ["7", "x", "/", "o"], ["7", "x", "n"], ["3", "j", "j"], ["3", "x"],
    ["3", "x", "/", "e"], ["3", "x", "n"], ["3", "x", "c"],
    ["3", "x", "u", "]"], ["3", "x", "u", "]", "/", "f"],
    ["3", "/", "1210", .enter], ["3", "/", "1210", .enter, "i"],
    ["3", "/", "1210", .enter, "i", "/", "o"], ["4", .enter, .enter], ["4", "t", "t", "t"],
    ["4", "t", "t", "c", "c"], ["4", "L", " ", "j", "j"], ["4", "L", "/", "1"],
    ["4", "t", "v", "/", "1"],
    ["4", "c", "c"], ["4", "W"], ["4", "W", "/", "1"], ["4", "f", "/", "1"], ["4", "S"],
    ["4", "S", "/", "2"], ["4", "S", .enter], ["4", "S", .enter, "/", "1"],
    ["4", "V"], ["4", "V", "/", "1"],
    ["3", .home, "j", "j", "j", "j", "t"], ["3", .home, "j", "j", "j", "j", "t", "n"],
    ["3", .home, "j", "j", "t", .enter], ["3", "I"], ["3", "O"], Tour.toReconciled("i"),
    Tour.toReconciled(), Tour.toReconciled("/", "2"),
    Tour.toReconciled(.enter), Tour.toReconciled(.enter, "j"), Tour.toReconciled(.enter, "j", "j"),
    Tour.toReconciled(.enter, .end), Tour.toReconciled(.enter, .space, .space),
    Tour.toReconciled(.enter, "/", "2"), Tour.toReconciled("f"),
    Tour.toReconciled("f", "/", "2"), Tour.toReconciled("f", .enter),
    Tour.toReconciled("f", .enter, "/", "1"),
    ["8", "/", "Emma", .enter, .enter, "c", "2026-11-01", .function(10)],
    ["6", "t"], ["6", "t", "/", "o"], ["6", "t", .enter], ["6", "t", .enter, "/", "g"],
  ]

  /// With something of everything that somebody can act on.
  private static func books() async throws -> TestBooks {
    let books = try await Tour.books()
    for amount in [6_000, 7_000, 8_000, 9_000, 10_000] {
      try await books.workspace.perform(
        CreateEntry(books.entry(Int64(amount)), then: .submit), as: books.employee)
    }
    try await books.workspace.perform(
      Delegate(
        NewDelegation(
          from: books.manager.user, to: books.director.user,
          until: books.clock.now.adding(seconds: 86_400), reason: "Away")), as: books.manager)
    // One request to confirm and another to decline.
    let colleague = try await books.person("Dan Director", .director)
    _ = try await books.workspace.perform(
      RequestConfirmation(.breakGlass(minutes: 5), reason: "For the test"), as: colleague)
    let second = try await books.person("Otto Owner", .owner)
    _ = try await books.workspace.perform(
      RequestConfirmation(.breakGlass(minutes: 5), reason: "For the test"), as: second)
    _ = try await books.person("Lena Locked", .employee)
    try await books.workspace.perform(
      WaiveConflict(
        .apikeyCreate, .journalApprove, of: second.user,
        until: books.clock.now.adding(seconds: 86_400), reason: "For the test"), as: books.owner)
    try books.store.script(
      """
      UPDATE users SET locked_until = 9e15, totp_secret = 'sealed', totp_enabled_at = 1
      WHERE display_name LIKE 'Otto%' OR display_name LIKE 'Lena%'
      """)
    try await open(books)
    // Everybody was told something.
    try books.store.script(
      """
      UPDATE temp.scope SET business_id = \(books.business.value);
      INSERT INTO notifications (business_id, user_id, notice, created_at)
      SELECT business_id, user_id,
        '{"periodReopened":{"by":"Otto Owner","name":"2026-01","reason":"Late"}}', 1
      FROM business_memberships WHERE business_id = \(books.business.value);
      """)
    for act in [JointAct.archiveBusiness(business: books.business), .breakGlass(minutes: 5)] {
      _ = try await books.workspace.perform(
        RequestConfirmation(act, reason: "For the test"), as: books.owner)
    }
    let review = try await books.workspace.perform(StartAccessReview("Done"), as: books.owner)
    let lines = try await books.workspace.fetch(AccessReviewDetail(review), as: books.owner).lines
    for line in lines {
      try await books.workspace.perform(
        DecideReviewLine(.keep, line: line.number, of: review),
        as: line.person == "Olive Owner" ? books.director : books.owner)
    }
    return books
  }

  /// What those who are neither owners nor barred by a list may act on too.
  private static func open(_ books: TestBooks) async throws {
    try await books.workspace.perform(
      GrantPermission(NewGrant(.allow, "cost.read", to: books.employee.user, reason: "Test")),
      as: books.owner)
    try await books.workspace.perform(
      Appoint(books.viewer.user, to: DepartmentPost(.senior), in: books.department),
      as: books.owner)
    try await books.workspace.perform(
      Appoint(
        books.employee.user, to: DepartmentPost(.lead, limit: Money(minorUnits: 50_000)),
        in: books.department), as: books.owner)
    try await comeAgain(in: books)
    _ = try await books.workspace.perform(AddFiscalYear(), as: books.owner)
    try await books.post(1_00, debit: "1900", credit: "1120")
    // Of theirs whom everybody sees.
    try await books.workspace.perform(
      CreateEntry(books.entry(2_00, debit: "1210", credit: "4100"), then: .post),
      as: books.employee)
    // One that can be closed, and one that can be opened again.
    try books.store.script(
      """
      UPDATE temp.scope SET business_id = \(books.business.value);
      INSERT INTO reconciliations (business_id, account_id, as_of_date, statement_balance,
        book_balance, outstanding, status, prepared_by, prepared_at, approved_by, closed_at)
      VALUES
        (1, \(books.account("1110").value), '2026-11-20', 0, NULL, NULL, 'open',
          \(books.owner.user.value), 1, NULL, NULL),
        (1, \(books.account("1130").value), '2026-11-20', 0, 0, 0, 'closed',
          \(books.owner.user.value), 1, \(books.director.user.value), 1);
      """)
    // A year that was closed before.
    try books.store.script(
      """
      UPDATE temp.scope SET business_id = \(books.business.value);
      INSERT INTO fiscal_years (business_id, year, start_date, end_date, status, closed_at)
      VALUES (\(books.business.value), 2025, '2025-01-01', '2025-12-31', 'closed', 1);
      INSERT INTO accounting_periods (business_id, fiscal_year, number, kind, name, start_date,
        end_date, status, closed_at)
      VALUES
        (\(books.business.value), 2025, 1, 'normal', '2025', '2025-01-01', '2025-12-31', 'closed', 1),
        (\(books.business.value), 2025, 14, 'closing', 'Closing', '2025-12-31', '2025-12-31',
          'closed', 1);
      """)
    for amount: Int64 in [6_100, 7_100, 8_100] {
      try await books.workspace.perform(
        CreateEntry(books.entry(amount), then: .submit), as: books.manager)
    }
  }

  /// Something of everybody's who may have it written again and again, today too.
  private static func comeAgain(in books: TestBooks) async throws {
    for role in [Domain.Role.manager, .employee] {
      let draft = try await books.draft(by: role)
      let template = try await books.workspace.perform(
        SaveTemplate("Rent of \(role)", of: draft), as: books.principal(role))
      let rule = try RecurrenceRule(.weekly, from: TestBooks.today)
      _ = try await books.workspace.perform(
        CreateSchedule(ScheduleContent(template, rule, then: .draft)), as: books.principal(role))
    }
  }

  @Test(arguments: Domain.Role.allCases)
  func `random keys harm nothing, whoever presses them, and try everything they may`(
    _ role: Domain.Role
  ) async throws {
    let original = try await Self.books()
    let permitted = try await original.workspace.fetch(WhereIAm(), as: original.principal(role))
      .permissions
    let settings = try Self.settings()
    defer { try? FileManager.default.removeItem(atPath: settings.workingFolder) }
    var chance = SeededChance(seed: 7)
    var offered: [String: Set<String>] = [:]
    var done: [String: Set<String>] = [:]
    let all = Self.places + Self.lists
    var seen = Array(repeating: Set<String>(), count: all.count)
    // What was offered just before the end of a round is tried in another, where it was seen.
    for (index, place) in (all + all + all).enumerated()
    where index < all.count
      || seen[index % all.count].contains(where: {
        offered[$0]?.isSubset(of: done[$0] ?? []) == false
      })
    {
      // Whatever random keys took away elsewhere is there.
      let books = try original.copy(seed: UInt64(index))
      var driver = await Driver(role, in: books, settings: settings, pressing: place)
      for count in 0..<(index < Self.places.count ? Self.keysEach : Self.keysEach * 3 / 10) {
        if count > 0, count.isMultiple(of: 100) || driver.navigator.hasEnded {
          driver = await Driver(role, in: books, settings: settings, pressing: place)
        }
        if let top = driver.navigator.top { seen[index % all.count].insert("\(type(of: top))") }
        let open = note(driver, in: &offered)
        // Chance alone finds few of the actions: what was never tried comes first.
        if await !tryNewAction(among: open, of: driver, &chance, &done) {
          await act(on: driver, &chance)
        }
        if count.isMultiple(of: 20) {
          let columns = driver.size.columns
          #expect(driver.lines.allSatisfy { TextWidth.columns(of: $0) <= columns })
        }
      }
      try await leave(driver)
      try await judge(books, after: place)
    }
    for (screen, actions) in offered {
      #expect(actions.subtracting(done[screen] ?? []) == [], "\(role) \(screen)")
    }
    #expect(try role != .owner || unreached(offered) == [])
    let open = Keymap.places.filter { $0.name != "Sign in" && $0.name != "Locked" }
    let bound = open.flatMap(\.bindings).filter {
      $0.permission.map(permitted.contains) ?? true
    }
    let everything = done.values.reduce(into: Set<String>()) { $0.formUnion($1) }
    let missing = bound.map(\.id).filter { id in
      !everything.contains(id) && !Self.closed(to: role).contains { id.hasPrefix($0) }
    }
    #expect(missing == [], "what \(role) may do and nothing tried")
  }

  /// What is exported goes to a folder of its own.
  private static func settings() throws -> Settings {
    var settings = Settings()
    settings.workingFolder =
      FileManager.default.temporaryDirectory.appending(path: "fuzz-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(
      atPath: settings.workingFolder, withIntermediateDirectories: true)
    return settings
  }

  private func judge(_ books: TestBooks, after place: [Stroke]) async throws {
    // One of the keys may have ended the owner's session.
    let isIn = (try? await books.workspace.fetch(WhereIAm(), as: books.owner)) != nil
    let books = isIn ? books : try await books.signedInAnew(.owner)
    let faults = try await books.faults()
    #expect(faults == [])
    #expect(try await books.balances().values.reduce(0, +) == 0)
    let refusals = try await books.trail(100_000).filter { $0.errorCode == "no-grant" }
    #expect(
      refusals.map { "\($0.operation) of \($0.resourceName) by \($0.actor)" } == [],
      "only what is offered reaches the store, from \(place)")
  }

  /// How the names of actions begin that nothing leads `role` to: chance finds no code of a second
  /// factor, no file of a group and none to import, whoever writes nothing sees no form, whoever
  /// asks for nothing has no request and no emergency, and whoever doesn't read the whole log no
  /// review.
  private static func closed(to role: Domain.Role) -> [String] {
    let periods = ["period.reopen", "period.lock", "year."]
    let closed: [String] =
      switch role {
      case .owner: []
      // What a director could confirm an owner does alone.
      case .director:
        [
          "request.confirm", "request.decline", "business.archive", "emergency.end", "period.lock",
          "year.reopen",
        ]
      case .manager:
        [
          "request.", "people.reviews", "review.", "people.emergencies", "emergency.",
          "business.archive", "balance.snapshots", "snapshot.", "balance.ledger", "ledger.",
          "statement.department", "departments.",
          "journal.allocations", "allocation.",
        ] + periods
      case .employee:
        [
          "request.", "people.reviews", "review.", "people.emergencies", "emergency.", "form.",
          "field.list", "bank.",
          "business.archive", "finding.", "revaluation.", "balance.snapshots", "snapshot.",
          "balance.ledger", "ledger.", "statement.department", "departments.",
          "journal.allocations", "allocation.",
        ] + periods
      case .viewer:
        [
          "request.", "entry.", "field.", "form.", "emergency.", "business.archive", "finding.",
          "revaluation.", "import.",
        ] + periods
      }
    return closed + ["own.codes", "consolidation.pair", "import.run", "import.page"]
  }

  /// What could be done just now, by the screen that offers it; it is given too.
  private func note(_ driver: Driver, in offered: inout [String: Set<String>]) -> [Action] {
    guard driver.navigator.overlay == nil, let top = driver.navigator.top else { return [] }
    let open = driver.navigator.actions.filter { $0.unavailable == nil }
    offered["\(type(of: top))", default: []].formUnion(open.map(\.id))
    return open
  }

  /// The screens that no place leads to.
  private func unreached(_ offered: [String: Set<String>]) throws -> Set<String> {
    try ScreenLists.classes().subtracting(offered.keys).subtracting(["SignInScreen", "LockScreen"])
  }

  /// Wherever random keys have led, a few more lead out.
  private func leave(_ driver: Driver) async throws {
    driver.resize(columns: 80, rows: 24)
    for _ in 0..<20 where !driver.navigator.hasEnded {
      await driver.press(.escape)
      if driver.navigator.overlay != nil { await driver.press(.backTab, .enter) }
    }
    #expect(driver.navigator.hasEnded || driver.navigator.stack.count == 1)
  }

  private func act(on driver: Driver, _ chance: inout SeededChance) async {
    // What nobody sees does nothing, so it is larger again soon.
    if driver.navigator.isTooSmall {
      await driver.press(Stroke(key(&chance)))
      driver.resize(columns: 80, rows: 24)
      return
    }
    switch Int.random(in: 0..<40, using: &chance) {
    case 0:
      driver.resize(
        columns: .random(in: 0...140, using: &chance), rows: .random(in: 0...50, using: &chance))
    case 1: await driver.paste(Self.pastes.randomElement(using: &chance) ?? "")
    case 2: driver.send(.booksChanged)
    case 3:
      // Faster than the books are read. What was asked before they said who may is the core's to
      // refuse.
      for _ in 0..<5 { driver.send(.key(key(&chance))) }
      await driver.settle()
      if driver.navigator.overlay != nil { await driver.press(.escape) }
    default: await driver.press(Stroke(key(&chance)))
    }
  }

  /// One of the `open` actions that were never tried, by one of its keys.
  private func tryNewAction(
    among open: [Action], of driver: Driver, _ chance: inout SeededChance,
    _ done: inout [String: Set<String>]
  ) async -> Bool {
    guard !driver.navigator.isTooSmall, let top = driver.navigator.top else { return false }
    let screen = "\(type(of: top))"
    // A filter is kept one time and cleared another.
    let isFiltered = done[screen]?.isSuperset(of: Binding.filtering.map(\.id)) ?? false
    let new = open.filter {
      done[screen]?.contains($0.id) != true || $0.id == "list.filter" && !isFiltered
    }
    // What takes a row away comes after what only looks at it.
    let looking = new.filter { $0.id.hasPrefix("list.") }
    guard let action = (looking.isEmpty ? new : looking).randomElement(using: &chance) else {
      return false
    }
    let keys = action.keys.filter {
      !top.takesText || $0.text == nil || action.binding.worksInText
    }
    guard let key = keys.randomElement(using: &chance) else { return false }
    done[screen, default: []].insert(action.id)
    await driver.press(Stroke(key))
    return true
  }

  private static let pastes = [
    "1,234.50", "\u{1b}[2J\u{202e}x", "a\tb\nc", "6200", String(repeating: "9", count: 5_000), "漢字",
  ]

  private static let keys: [Key] =
    "abcdefghijklmnopqrstuvwxyzADEGQRV0123456789+-*/().,%=<>\"[]? ?#é漢".map(Key.character)
    + (1...12).map(Key.function)
    // Not Alt-P: behind the lock only a password leads on, and wrong ones lock its person out.
    + "dfhnqrbguvwc12346".flatMap { [Key.ctrl($0), Key.alt($0)] }
    + [
      Key.enter, .enter, .enter, .tab, .backTab, .escape, .backspace, .delete, .insert, .up, .down,
      .left, .right, .home, .end, .pageUp, .pageDown, Key.down.with(.alt), Key.left.with(.shift),
    ]

  private func key(_ chance: inout SeededChance) -> Key {
    Self.keys.randomElement(using: &chance) ?? .enter
  }
}
