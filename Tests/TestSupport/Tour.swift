import Domain
import Operations
import Store
package import ViewModels
package import Widgets

/// Every screen and everything that lies over one, for tests of what holds everywhere.
@MainActor
package enum Tour {
  /// Books with something on every screen, whose texts are `text`.
  package static func books(_ text: String = "Rent of the loft") async throws -> TestBooks {
    try await copy(of: [text]) { try await fill(try await TestBooks.withThreshold(), with: text) }
  }

  /// The same where the business and its owner are called so too.
  package static func books(in writing: Writing) async throws -> TestBooks {
    let name = writing.text.cut(to: 100)
    return try await copy(of: [name, writing.text]) {
      let books = try await TestBooks.withThreshold(ownerName: name) { $0.name = name }
      return try await fill(books, with: writing.text)
    }
  }

  private static var made: [[String]: Task<TestBooks, any Error>] = [:]

  /// Those of `texts`, which are made once.
  private static func copy(
    of texts: [String], _ make: @escaping @MainActor () async throws -> TestBooks
  ) async throws -> TestBooks {
    let task = made[texts] ?? Task { try await make() }
    made[texts] = task
    // What chance gave the originals, such as their tokens, isn't given again.
    return try await task.value.copy(seed: 2)
  }

  private static func fill(_ books: TestBooks, with text: String) async throws -> TestBooks {
    let name = text.unseen == nil ? text : harmless
    let account = AccountContent(
      number: "1160", name: name.cut(to: 100), parent: books.account("1100"), type: .asset)
    let number = try await books.workspace.perform(CreateAccount(account), as: books.owner)
    try await goAbroad(in: books)
    for (minorUnits, ending) in [(1_200, EntryEnding.post), (2_500, .keepDraft), (9_900, .submit)] {
      var content = books.entry(Int64(minorUnits), text)
      (content.reference, content.notes, content.payee) = (
        text.cut(to: 60), text, text.cut(to: 60)
      )
      content.lines[1].account = number
      content.lines[0].description = text
      try await books.workspace.perform(CreateEntry(content, then: ending), as: books.employee)
    }
    try await prove(books, with: text, called: name)
    let sales = try await books.workspace.perform(
      CreateDepartment(DepartmentContent(code: "200", name: name.cut(to: 100))), as: books.owner)
    try await books.workspace.perform(
      Appoint(
        books.employee.user,
        to: DepartmentPost(.head, [.viewReports], limit: Money(minorUnits: 30_000)), in: sales),
      as: books.owner)
    try await plan(books, for: [sales, books.department], called: name)
    try await books.workspace.perform(
      AddToList(
        NewListRow(
          .user(books.manager.user), .write, of: Thing(.department, sales.value), reason: name)),
      as: books.owner)
    try await books.workspace.perform(
      GrantPermission(
        NewGrant(.allow, "audit.*", to: books.director.user, reason: name)), as: books.owner)
    try await administer(books, called: name)
    _ = try await books.workspace.perform(
      TakeSnapshot(.year(to: TestBooks.today)), as: books.owner)
    try await closeOctober(in: books, called: name)
    try await books.workspace.perform(
      Delegate(
        NewDelegation(
          from: books.owner.user, to: books.director.user,
          until: books.clock.now.adding(seconds: 86_400), reason: name)), as: books.owner)
    // An emergency of the director's, and another that waits.
    let emergency = RequestConfirmation(.breakGlass(minutes: 15), reason: "Payroll: " + name)
    _ = try await books.workspace.perform(emergency, as: books.director)
    for request in try await books.workspace.fetch(Confirmations(), as: books.owner) {
      try await books.workspace.perform(Confirm(request.id), as: books.owner)
    }
    _ = try await books.workspace.perform(emergency, as: books.director)
    _ = try await books.workspace.perform(
      StartAccessReview(name.cut(to: 100)), as: books.owner)
    _ = try await books.workspace.createKey(
      NewAPIKey(name.cut(to: 50), for: ["journal.read", "account.*"]), as: books.owner)
    try await books.workspace.perform(
      RejectEntry(try await books.entries()[0].id, reason: "Receipt? " + name), as: books.manager)
    try reconcile(number, in: books, text)
    try await repeatRent(in: books, called: name)
    try await spreadRent(in: books, called: name)
    if name != text { try plant(text, in: books) }
    return books
  }

  /// A file on the draft, and on what is posted one that is in sight and one that isn't.
  private static func prove(
    _ books: TestBooks, with text: String, called name: String
  ) async throws {
    let entries = try await books.entries()
    func attach(_ ending: String, to entry: ID<Entry>, as who: Principal) async throws {
      let file = NewAttachment(
        name.cut(to: 60).replacing("/", with: "-") + ending, Array((text + ending).utf8),
        description: name.cut(to: 100))
      let id = try await books.workspace.perform(AttachFile(file, to: .entry(entry)), as: who)
      guard ending == ".md" else { return }
      try await books.workspace.perform(
        HideAttachment(id, of: .entry(entry), reason: "Wrong: " + name), as: books.owner)
    }
    for entry in entries where entry.creator == "Emma Employee" {
      switch entry.status {
      case .draft: try await attach(".txt", to: entry.id, as: books.employee)
      case .posted:
        for ending in [".csv", ".md"] { try await attach(ending, to: entry.id, as: books.owner) }
      default: break
      }
    }
  }

  /// What the bank of an account says: something that is booked, something that isn't, and something
  /// that never will be.
  private static func reconcile(
    _ account: ID<Account>, in books: TestBooks, _ text: String
  ) throws {
    let bytes = hexadecimal(text.cut(to: 200).utf8)
    let owner = books.owner.user.value
    func line(_ number: Int, _ amount: Int, _ status: String) -> String {
      """
      INSERT INTO bank_statement_lines (business_id, statement_id, account_id, line_number,
        booked_on, amount, text, counterparty, reference, status)
      VALUES (1, 1, \(account.value), \(number), '2026-11-23', \(amount), CAST(x'\(bytes)' AS TEXT),
        CAST(x'\(bytes)' AS TEXT), CAST(x'\(bytes)' AS TEXT), '\(status)');

      """
    }
    try books.store.script(
      """
      UPDATE temp.scope SET business_id = 1;
      INSERT INTO bank_statements (id, business_id, account_id, currency, from_date, to_date,
        opening_balance, closing_balance, imported_by, imported_at)
      VALUES (1, 1, \(account.value), 'USD', '2026-11-01', '2026-11-23', 0, 3725, \(owner), 1);
      INSERT INTO reconciliations (business_id, account_id, statement_id, as_of_date,
        statement_balance, prepared_by, prepared_at)
      VALUES (1, \(account.value), 1, '2026-11-23', 3725, \(owner), 1);

      """ + line(1, -1_200, "unmatched") + line(2, 5_000, "unmatched") + line(3, -75, "ignored"))
  }

  /// Something of the employee's that comes again, whose first day is in a month that is closed.
  private static func repeatRent(in books: TestBooks, called name: String) async throws {
    guard let draft = try await books.entries().first(where: { $0.status == .draft }) else {
      return
    }
    let template = try await books.workspace.perform(
      SaveTemplate(name.cut(to: 100), of: draft.id), as: books.employee)
    let rule = try RecurrenceRule(.monthly, from: TestBooks.today.adding(months: -1).lastOfMonth)
    _ = try await books.workspace.perform(
      CreateSchedule(ScheduleContent(template, rule, then: .submit)), as: books.employee)
  }

  /// How what rent took is spread.
  private static func spreadRent(in books: TestBooks, called name: String) async throws {
    let rent = books.account("6200")
    _ = try await books.workspace.perform(
      AddAllocation(
        name.cut(to: 100),
        Allocation(
          of: [rent], to: [Allocation.Target(nil, books.department)],
          by: .shares([1_000_000]))), as: books.owner)
  }

  /// Something in another currency, and what it is worth.
  private static func goAbroad(in books: TestBooks) async throws {
    let bought = LineContent(
      account: books.account("1140"), currency: "EUR", amount: Money(minorUnits: 1_000),
      base: Money(minorUnits: 1_080))
    _ = try await books.workspace.perform(
      CreateEntry(
        EntryContent(
          date: TestBooks.today, description: "Euros",
          lines: [bought, books.line("1120", -1_080)]), then: .post), as: books.owner)
    for (rate, who) in [(1_095, books.director), (1_101, books.employee)] {
      let quote = RateQuote(
        from: "EUR", to: "USD", day: TestBooks.today,
        rate: ExchangeRate(mantissa: Int64(rate), scale: 3))
      _ = try await books.workspace.perform(SetRate(RateContent(quote)), as: who)
    }
  }

  private static let harmless = "Rent of the loft"

  /// Puts what nobody may be called any more where an older program or another one left it.
  private static func plant(_ text: String, in books: TestBooks) throws {
    let bytes = text.utf8.map { hexadecimal($0) }.joined()
    func planting(_ table: String, _ column: String, _ limit: Int = 500) -> String {
      """
      UPDATE \(table) SET \(column) = substr(
        replace(\(column), '\(harmless)', CAST(x'\(bytes)' AS TEXT)), 1, \(limit))
        WHERE business_id = 1;
      """
    }
    let fixed = [
      "user_permissions_fixed", "access_control_lists_fixed", "approval_delegations_fixed",
      "access_reviews_fixed", "confirmations_update", "group_members_update", "broken_glass_fixed",
      "duty_waivers_fixed", "notifications_fixed", "period_exceptions_fixed",
      "attachments_update", "attachments_hide",
    ]
    try books.store.script(
      "UPDATE temp.scope SET business_id = 1;"
        + fixed.map { "DROP TRIGGER \($0);" }.joined()
        + planting("accounts", "name", 100) + planting("departments", "name", 100)
        + planting("allocation_rules", "name", 100)
        + planting("api_keys", "name", 50) + planting("access_reviews", "title", 100)
        + planting("user_permissions", "reason") + planting("access_control_lists", "reason")
        + planting("approval_delegations", "reason") + planting("confirmations", "reason")
        + planting("permission_templates", "name", 100)
        + planting("permission_templates", "description")
        + planting("template_assignments", "reason") + planting("group_members", "group_name", 64)
        + planting("budgets", "note") + planting("broken_glass", "reason")
        + planting("duty_waivers", "reason") + planting("period_exceptions", "reason")
        + planting("attachments", "file_name", 255) + planting("attachments", "description")
        + planting("attachments", "hidden_reason")
          // As JSON has it, which a notice is.
          + """
          UPDATE notifications SET notice = replace(
            notice, '\(harmless)', trim(json_quote(CAST(x'\(bytes)' AS TEXT)), '"'))
            WHERE business_id = 1;
          """)
  }

  /// Closes a month in which somebody may post all the same.
  private static func closeOctober(in books: TestBooks, called name: String) async throws {
    try await books.openPeriods()
    let periods = try await books.workspace.fetch(Periods(), as: books.owner)
    for period in periods where period.kind == .normal && period.end < TestBooks.today {
      try await books.workspace.perform(
        ClosePeriod(period.id, name: period.label), as: books.director)
    }
    guard let october = periods.first(where: { $0.name == "2026-10" }) else { return }
    _ = try await books.workspace.perform(
      GrantPeriodException(
        to: books.employee.user, in: october.id, name: october.label,
        until: books.clock.now.adding(seconds: 86_400), reason: "Late: " + name),
      as: books.owner)
  }

  /// What each of `departments` may spend and shall earn, which the director says.
  private static func plan(
    _ books: TestBooks, for departments: [ID<Department>], called name: String
  ) async throws {
    let periods = try await books.workspace.fetch(Periods(), as: books.director)
    guard let period = periods.first(where: { $0.name == "2026-11" })?.id else { return }
    for department in departments {
      for (number, amount) in [("6200", 250_000), ("4100", 1_000_000)] as [(String, Int64)] {
        _ = try await books.workspace.perform(
          SetBudget(
            BudgetContent(
              account: books.account(number), department: department, period: period,
              amount: Money(minorUnits: amount), note: name)), as: books.director)
      }
    }
  }

  /// A set of rights that somebody has, a group, a waiver and an emergency.
  private static func administer(_ books: TestBooks, called name: String) async throws {
    let tomorrow = books.clock.now.adding(seconds: 86_400)
    let template = try await books.workspace.perform(
      CreatePermissionTemplate(
        TemplateContent(
          name.cut(to: 100), description: name,
          items: [
            TemplateContent.Item(.allow, "journal.read", limit: Money(minorUnits: 50_000)),
            TemplateContent.Item(.allow, "report.*"), TemplateContent.Item(.deny, "import.run"),
          ])), as: books.owner)
    for party in [AssignTemplate.Party.user(books.viewer.user), .role(.viewer)] {
      try await books.workspace.perform(
        AssignTemplate(template, to: party, until: tomorrow, reason: name), as: books.owner)
    }
    try await books.workspace.perform(
      AddToGroup(books.employee.user, to: name.cut(to: 64)), as: books.owner)
    try await books.workspace.perform(
      WaiveConflict(
        .importRun, .reconApprove, of: books.manager.user, until: tomorrow, reason: name),
      as: books.owner)
  }

  /// Keys to the account that a bank says something of, and further.
  package static func toReconciled(_ further: Stroke...) -> [Stroke] {
    ["3", .home, "j", "j", "j", "j", "j", "j", "j", "t"] + further
  }

  package static let places: [(name: String, keys: [Stroke])] = [
    ("home", ["1"]), ("audit", ["6"]), ("record", ["6", "j", "j", "j", .enter]),
    ("changes", ["6", "/", "journal.create", .enter, .enter, .tab]),
    ("journal tests", ["6", "t"]), ("test findings", ["6", "t", .enter]), ("journal", ["2"]),
    ("entry", ["2", "j", .enter]),
    ("files", ["2", "/", "no:d-3", .enter, .enter, "v"]),
    ("file", ["2", "/", "no:d-3", .enter, .enter, "v", .enter]),
    ("file to attach", ["2", "/", "no:d-3", .enter, .enter, "v", "n"]),
    ("hidden file", ["2", "/", "amount:12 by:emma", .enter, .enter, "v", "j"]),
    ("help", ["2", "?"]),
    ("dialog", ["2", .function(3)]), ("reason", ["2", "G", "R", "a reason"]),
    ("new entry", ["2", "n"]), ("days to choose", ["2", "n", .function(4)]),
    ("palette", ["2", ":", "rent"]), ("messages", ["2", .alt("m")]),
    ("filtered", ["2", "/", "loft"]), ("accounts to choose", ["2", "n", .enter, .enter, "1"]),
    ("line to describe", ["2", "n", .enter, "Rent", .enter, .alt(".")]),
    (
      "entry with a fault",
      ["2", "n", .enter, "Rent", .enter, "620", .enter, "12x", .function(10)]
    ),
    ("recurring entries", ["2", "c"]), ("new schedule", ["2", "c", "n"]),
    ("schedule to change", ["2", "c", "e"]), ("amounts of a template", ["2", "c", "a"]),
    ("allocations", ["2", "A"]),
    ("new allocation", ["2", "A", "n"]), ("period to spread", ["2", "A", .enter]),
    ("entry that spreads", ["2", "A", .enter, .enter]),
    ("draft", ["2", "j", "e"]), ("accounts", ["3"]), ("account", ["3", "j", "n"]),
    ("account to edit", ["3", "j", "j", "j", "e"]), ("heading to move to", ["3", "j", "m"]),
    ("account to merge into", ["3", "j", "j", "M"]),
    ("accounts to merge", ["3", "j", "j", "M", .enter]),
    ("accounts to import", ["3", "I", .function(9)]), ("opening balances", ["3", "O"]),
    ("rates", ["3", "x"]), ("new rate", ["3", "x", "n"]),
    ("new currency", ["3", "x", "c"]), ("revaluation", ["3", "x", "u"]),
    ("reconciliations", toReconciled()), ("reconciliation", toReconciled(.enter)),
    ("another balance", toReconciled("e")), ("statement to import", toReconciled("i")),
    ("bank statements", toReconciled("f")), ("bank statement", toReconciled("f", .enter)),
    ("open items", ["3", "/", "1210", .enter, "i"]),
    ("register", ["4", .enter]), ("trial balance", ["4"]), ("balance sheet", ["4", "t"]),
    ("consolidation", ["4", "m"]),
    ("compared balance", ["4", "c"]), ("unposted balances", ["4", "u"]),
    ("currency to show", ["4", "X"]), ("rate to show by", ["4", "X", "EUR", .enter]),
    ("translated balance", ["4", "X", "EUR", .enter, .ctrl("u"), "1.25", .enter]),
    ("known balances", ["4", "i"]), ("roll-forward", ["4", "f"]), ("worksheet", ["4", "W"]),
    ("general ledger", ["4", "L", " "]), ("income by department", ["4", "t", "v"]),
    ("snapshots", ["4", "S"]), ("snapshot", ["4", "S", .enter]),
    ("ledger check", ["4", "V"]),
    ("income statement", ["4", "t", "t", "c"]),
    ("income against budget", ["4", "t", "t", "p", "c", "c"]), ("cash flow", ["4", "t", "t", "t"]),
    ("periods", ["7"]), ("checks", ["7", .enter]),
    ("new year", ["7", "n"]), ("exceptions", ["7", "x"]), ("new exception", ["7", "x", "n"]),
    ("businesses", ["b"]),
    ("new business", ["b", "n"]),
    ("business", ["B"]), ("business settings", ["B", "e"]),
    ("notices", ["U"]), ("locked", ["2", .alt("p")]),
    ("settings", ["2", ","]), ("setting to choose", ["2", ",", .down, .enter]),
    ("number to set", ["2", ",", .end, .enter]), ("people", ["8"]), ("rights", ["8", "j", .enter]),
    ("explanation", ["8", "j", .enter, "G", "k", .enter]),
    ("role to try", ["8", "j", .enter, "="]),
    ("another role", ["8", "j", .enter, "=", "Viewer", .enter]),
    ("moments to compare", ["8", "j", .enter, "c"]),
    ("two moments", ["8", "j", .enter, "c", "2026-11-01", .function(10)]),
    ("other moment", ["8", "j", .enter, "G", "k", .enter, "t"]),
    ("matrix", ["8", "m", .right]), ("who may", ["8", "m", "W"]),
    ("departments", ["8", "d"]), ("new department", ["8", "d", "n"]),
    ("posts", ["8", "d", "p"]), ("new post", ["8", "d", "p", "n"]),
    ("budgets", ["8", "d", "u"]), ("new budget", ["8", "d", "u", "n"]),
    ("budgets of the whole business", ["8", "d", "t"]),
    ("budget to edit", ["8", "d", "u", "e"]),
    ("lent rights", ["8", "t"]), ("access lists", ["8", "A"]), ("grants", ["8", "j", "P"]),
    ("requests", ["8", "o"]), ("reviews", ["8", "c"]), ("review", ["8", "c", .enter]),
    ("sessions", ["8", "i"]), ("keys", ["8", "I"]), ("new key", ["8", "I", "n"]),
    ("templates", ["8", "T"]), ("new template", ["8", "T", "n"]),
    ("template to edit", ["8", "T", "e"]), ("template", ["8", "T", .enter]),
    ("template to give", ["8", "T", .enter, "n"]), ("groups", ["8", "M"]),
    ("conflicts", ["8", "S"]), ("emergencies", ["8", "X"]), ("emergency", ["8", "X", "n"]),
    ("new grant", ["8", "j", "P", "n", .tab, "journal"]), ("invite", ["8", "n"]),
    ("role to choose", ["8", "j", "e"]), ("why", ["2", "j", "w"]),
    ("your account", ["2", "0"]),
    ("password to change", ["2", "0", "p"]), ("second factor", ["2", "0", "s"]),
  ]

  /// Before anybody is signed in.
  package static let outside: [(name: String, keys: [Stroke])] = [
    ("sign in", []), ("code to use", [.function(6)]),
    ("invitation", [.function(6), .enter]), ("code for a password", [.function(6), .down, .enter]),
  ]

  /// Shows `visit` each place, or `only` those of some names, as the owner sees it.
  package static func all(
    _ size: Size, in books: TestBooks? = nil, settings: Settings = Settings(),
    only names: Set<String>? = nil,
    _ visit: (String, Driver) async throws -> Void
  ) async throws {
    let toured: TestBooks
    if let books { toured = books } else { toured = try await Self.books() }
    for (name, keys) in outside where names?.contains(name) ?? true {
      let driver = await Driver(toured.workspace, size: size, settings: settings)
      for key in keys { await driver.press(key) }
      try await visit(name, driver)
    }
    for (name, keys) in places where names?.contains(name) ?? true {
      let driver = await Driver(
        .owner, in: toured, size: size, settings: settings, pressing: keys)
      try await visit(name, driver)
    }
  }

  /// Shows `visit` each place at each of `sizes`, as whoever resizes their terminal there sees it.
  package static func all(
    at sizes: [Size], in books: TestBooks? = nil, settings: Settings = Settings(),
    _ visit: (String, Driver) async throws -> Void
  ) async throws {
    try await all(sizes[0], in: books, settings: settings) { name, driver in
      for size in sizes {
        driver.resize(columns: size.columns, rows: size.rows)
        await driver.settle()
        try await visit("\(name) at \(size.columns) × \(size.rows)", driver)
      }
    }
  }
}

extension String {
  /// As many code points as the books have room for.
  fileprivate func cut(to limit: Int) -> String {
    String(String.UnicodeScalarView(unicodeScalars.prefix(limit)))
  }
}

/// What people call things in the writing that they use, each with all that makes its cells hard to
/// count: several times over, so that it is cut off in many places.
package enum Writing: String, CaseIterable, Sendable {
  case latin
  case wide
  case rightToLeft
  case marks
  case emoji

  package var text: String { Array(repeating: phrase, count: 4).joined(separator: " ") }

  private var phrase: String {
    switch self {
    case .latin: "Łódź Straße façade, Ærø ﬁne 1½"
    case .wide: "東京の家賃　十一月分 서울 임대료 ＷＩＤＥ ﾊﾝｶｸ 𠮷野家"
    case .rightToLeft: "إيجار المكتب ١٢٬٣٤٥٫٦٧ لشهر ١١ עברית שָׁלוֹם"
    case .marks:
      "Z\u{337}\u{31b}\u{333}\u{353}\u{321}\u{316}a\u{301}\u{302}\u{323} Ti\u{1ebf}ng Vi\u{1ec7}t"
        + " हिन्दी क्षि ไทยกำลัง \u{301}alone"
    case .emoji: "👨‍👩‍👧‍👦 rent 👩🏽‍💻👍🏿 🇨🇭🇯🇵 1️⃣#️⃣ ❤️ ⚠ 🏴󠁧󠁢󠁳󠁣󠁴󠁿 🇨"
    }
  }
}
