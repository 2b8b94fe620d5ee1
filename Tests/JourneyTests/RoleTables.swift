import Domain
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels

/// What each role finds on each screen, typed by hand from RULES §4.9: the tests of roles compare
/// it with what the screens offer and with what the core allows.
enum RoleTable {
  /// With a row for what screens do to rows.
  static func books() async throws -> TestBooks {
    let books = try await TestBooks.make()
    let entry = try await books.post(100)
    let receipt = NewAttachment("receipt.txt", Array("Paid".utf8))
    _ = try await books.workspace.perform(
      AttachFile(receipt, to: .entry(entry)), as: books.owner)
    _ = try await books.bankStatement(of: books.account("1120"), [BankText(-100, "Rent")])
    _ = try await books.workspace.perform(
      StartReconciliation(books.account("1120"), .balance(.zero, on: TestBooks.today)),
      as: books.owner)
    _ = try await books.workspace.perform(StartAccessReview("2026"), as: books.owner)
    _ = try await books.workspace.perform(
      CreatePermissionTemplate(TemplateContent("Clerk", items: [.init(.allow, "journal.read")])),
      as: books.owner)
    _ = try await books.workspace.perform(
      TakeSnapshot(.year(to: TestBooks.today)), as: books.owner)
    return books
  }

  static let screens: [(name: String, keys: [Stroke])] = [
    ("home", ["1"]), ("journal", ["2"]), ("recurring entries", ["2", "c"]),
    ("allocations", ["2", "A"]),
    ("entry", ["2", .enter]),
    ("files", ["2", .enter, "v"]), ("file", ["2", .enter, "v", .enter]), ("accounts", ["3"]),
    ("rates", ["3", "x"]), ("revaluation", ["3", "x", "u"]),
    ("reconciliations", ["3", .home, "j", "j", "j", "t"]),
    ("reconciliation", ["3", .home, "j", "j", "j", "t", .enter]),
    ("bank statements", ["3", .home, "j", "j", "j", "t", "f"]),
    ("bank statement", ["3", .home, "j", "j", "j", "t", "f", .enter]),
    ("open items", ["3", "/", "1210", .enter, "i"]),
    ("register", ["4", .enter]), ("trial balance", ["4"]), ("roll-forward", ["4", "f"]),
    ("general ledger", ["4", "L"]), ("worksheet", ["4", "W"]), ("snapshots", ["4", "S"]),
    ("snapshot", ["4", "S", .enter]), ("ledger check", ["4", "V"]),
    ("statement", ["4", "t"]), ("income by department", ["4", "t", "v"]),
    ("consolidation", ["4", "m"]),
    ("audit", ["6"]), ("entry records", ["2", .enter, "o"]),
    ("record", ["6", .enter]), ("journal tests", ["6", "t"]),
    ("test findings", ["6", "t", .enter]), ("periods", ["7"]), ("checks", ["7", .enter]),
    ("exceptions", ["7", "x"]), ("people", ["8"]), ("rights", ["8", .enter]),
    ("explanation", ["8", .enter, .enter]), ("another role", ["8", .enter, "=", .enter]),
    ("matrix", ["8", "m"]), ("who may", ["8", "m", "W"]),
    ("departments", ["8", "d"]), ("posts", ["8", "d", "p"]),
    ("budgets", ["8", "d", "u"]), ("lent rights", ["8", "t"]),
    ("access lists", ["8", "A"]),
    ("requests", ["8", "o"]), ("reviews", ["8", "c"]), ("review", ["8", "c", .enter]),
    ("sessions", ["8", "i"]), ("keys", ["8", "I"]), ("templates", ["8", "T"]),
    ("template", ["8", "T", .enter]), ("groups", ["8", "M"]), ("conflicts", ["8", "S"]),
    ("emergencies", ["8", "X"]),
    ("grants", ["8", "P"]), ("businesses", ["b"]),
    ("business", ["B"]), ("notices", ["U"]), ("settings", [","]),
    ("your account", ["0"]),
  ]

  /// The lists that an employee finds and report.export lets people take along.
  nonisolated static let lists = [
    "journal", "recurring entries", "files", "accounts", "register", "trial balance",
    "roll-forward",
    "worksheet", "ledger check", "people", "departments", "posts", "budgets", "lent rights",
    "requests", "sessions",
    "notices",
    "periods", "checks", "exceptions", "rates", "reconciliations", "reconciliation",
    "bank statements", "bank statement", "open items",
  ]

  /// What the palette names on every screen besides the screen's own and the tabs, for every role.
  nonisolated static let everywhere = [
    "Keys of this screen", "Why something can't be done here", "Back to the screen before",
    "Leave CoreFlow", "What was said so far", "Settings, as config.yaml has them",
    "Your password, second factor, sign-ins", "Lock the screen", "Mouse on or off",
    "Draw the screen anew", "Back to the shell; fg comes back", "Work in another business",
    "Read the books again", "What it is, how it works, what is paid", "What you were told",
    "What was shown before", "What was shown after", "Choose a theme",
  ]

  static func tabs(of role: Role) -> [Section] {
    switch role {
    case .owner, .director, .manager, .employee, .viewer:
      [.home, .journal, .accounts, .trialBalance, .audit, .periods, .people]
    }
  }

  static func actions(of role: Role, on screen: String) -> [String] {
    switch screen {
    case "home", "journal", "recurring entries", "allocations", "entry", "files", "file":
      journaling(role, on: screen)
    case "accounts":
      ["account.open", "account.fold", "account.deeper", "account.shallower", "account.items"]
        + keepingTheChart(role) + ["account.reconcile", "account.rates"]
        + list(role).filter { $0 != "list.mark" }
    case "rates": quoting(role) + list(role)
    case "revaluation":
      role == .employee || role == .viewer
        ? actions(of: role, on: "rates")
        : [
          "revaluation.post", "revaluation.earlier", "revaluation.later", "revaluation.open",
        ] + list(role)
    case "reconciliations", "reconciliation", "bank statements":
      reconciling(role, on: screen) + list(role)
    case "bank statement": list(role)
    case "open items": ["item.open", "balance.translate"] + list(role).filter { $0 != "list.mark" }
    case "register": ["register.open", "balance.translate"] + list(role)
    case "ledger check": ["balance.open", "balance.verify"] + list(role)
    case "trial balance", "roll-forward", "worksheet", "snapshots", "snapshot", "consolidation",
      "general ledger", "income by department":
      balancing(role, on: screen)
    case "statement":
      role == .employee || role == .manager
        ? actions(of: role, on: "trial balance")
        : statement + list(role).filter { $0 != "list.mark" }
    case "audit", "entry records":
      ["audit.open", "audit.verify"] + (audits(role) ? ["audit.tests"] : [])
        + list(role).filter { role != .manager || !$0.hasSuffix("export") }
    case "record": ["record.part"]
    case "journal tests":
      audits(role) ? ["tests.open", "tests.days"] + list(role) : actions(of: role, on: "audit")
    case "test findings":
      audits(role) ? ["tests.entry"] + list(role) : actions(of: role, on: "record")
    case "periods":
      ["period.checks", "period.earlier", "period.later", "period.entries"] + closing(role)
        + years(role) + ["period.exceptions"] + list(role)
    case "checks":
      ["finding.open"] + (inCharge(role) ? ["check.accept"] : []) + ["files"] + closing(role)
        + list(role).filter { $0 != "list.mark" }
    case "exceptions":
      (inCharge(role) ? ["exception.new", "exception.end"] : []) + list(role)
    case "businesses":
      ["business.enter"] + (role == .owner ? ["business.create"] : [])
        + ["session.close", "business.usual"]
    case "business":
      (inCharge(role) ? ["business.edit"] : []) + (role == .owner ? ["business.archive"] : [])
    case "notices": ["notice.open", "notice.read", "notice.read.all"] + list(role)
    case "settings": ["settings.change", "settings.reset"]
    case "your account":
      [
        "own.password", "own.factor", "own.codes", "own.codes.copy", "own.session.end",
        "own.sessions.end",
      ]
    default: administering(role, on: screen)
    }
  }

  /// What is found at home and around entries.
  private static func journaling(_ role: Role, on screen: String) -> [String] {
    switch screen {
    case "home":
      ["home.open", "home.next", "home.before", "home.earlier", "home.later"] + writing(role)
    case "journal":
      ["journal.open"] + writing(role) + ["journal.filter"]
        + (role == .viewer ? [] : ["journal.schedules"]) + deciding(role)
        + (role == .manager || role == .employee ? [] : ["journal.allocations"]) + list(role)
    case "recurring entries":
      role == .viewer
        ? actions(of: role, on: "journal")
        : [
          "schedule.open", "schedule.new", "schedule.edit", "schedule.amounts",
          "schedule.pause", "occurrence.make", "occurrence.skip", "schedule.run",
          "schedule.end",
        ] + list(role)
    // Of what is spread nothing may be hidden, so for whoever reads the reports of all of it.
    case "allocations":
      role == .manager || role == .employee
        ? actions(of: role, on: "journal")
        : (inCharge(role) ? ["allocation.run", "allocation.new", "allocation.end"] : [])
          + list(role)
    case "entry":
      ["entry.account"] + deciding(role) + (role == .viewer ? [] : ["journal.correct"])
        + ["files", "entry.audit", "entry.history.up", "entry.history.down"]
    case "files":
      ["file.open"] + (role == .viewer ? [] : ["file.add"]) + ["file.save"]
        + (inCharge(role) ? ["file.hide"] : []) + (role == .viewer ? [] : ["file.remove"])
        + list(role)
    default: []
    }
  }

  /// What is found below the list of people.
  private static func administering(_ role: Role, on screen: String) -> [String] {
    switch screen {
    case "people": ["people.rights"] + keepingPeople(role) + list(role)
    case "matrix":
      role == .employee
        ? actions(of: role, on: "people")
        : ["matrix.why", "matrix.who", "matrix.before", "matrix.next"]
    case "who may":
      role == .employee ? actions(of: role, on: "people") : ["who.why"] + list(role)
    case "explanation": explaining(role)
    case "departments": keepingDepartments(role) + list(role)
    case "posts": appointing(role) + list(role)
    case "budgets": planning(role) + list(role)
    case "lent rights": lending(role) + list(role)
    case "access lists":
      inCharge(role)
        ? ["access.add", "access.remove"] + list(role) : actions(of: role, on: "people")
    case "requests":
      ["request.confirm", "request.decline", "request.new", "request.withdraw", "request.show"]
        + list(role)
    // Of the whole business, so for whoever reads all of its log.
    case "reviews", "review":
      role == .manager || role == .employee
        ? actions(of: role, on: screen == "reviews" ? "people" : "rights")
        : (screen == "reviews"
          ? ["review.open"] + (inCharge(role) ? ["review.start"] : [])
          : inCharge(role) ? ["review.keep", "review.revoke", "review.sign"] : []) + list(role)
    case "sessions": ["session.end"] + list(role)
    case "keys":
      inCharge(role)
        ? ["apikey.new", "apikey.revoke"] + list(role) : actions(of: role, on: "people")
    case "templates":
      inCharge(role)
        ? ["template.open", "template.new", "template.edit"] + list(role)
        : actions(of: role, on: "people")
    case "template":
      inCharge(role)
        ? ["template.give", "template.end"] + list(role) : actions(of: role, on: "rights")
    case "groups":
      inCharge(role) ? ["group.add", "group.remove"] + list(role) : actions(of: role, on: "people")
    case "conflicts":
      role == .employee
        ? actions(of: role, on: "people")
        : (inCharge(role) ? ["conflict.waive", "conflict.end"] : []) + list(role)
    case "emergencies": emergencies(role)
    // The first of the people is the owner, who is of no department: no manager and no employee
    // hears of their rights, and only whoever is in charge of their grants.
    case "rights":
      role == .manager || role == .employee
        ? actions(of: role, on: "people")
        : ["rights.why", "rights.simulate", "rights.compare"] + list(role)
    case "another role":
      role == .manager || role == .employee ? actions(of: role, on: "people") : list(role)
    case "grants":
      inCharge(role)
        ? ["grant.new", "grant.revoke"] + list(role) : actions(of: role, on: "people")
    default: []
    }
  }

  nonisolated static let statement = [
    "statement.open", "statement.fold", "statement.other", "statement.earlier",
    "statement.later", "balance.known", "statement.compare", "statement.edition",
    "statement.basis", "statement.span", "statement.method", "statement.department",
    "statement.deeper", "statement.shallower", "statement.departments", "balance.ledger",
    "balance.translate",
  ]

  nonisolated static let looking = [
    "list.filter", "list.sort", "list.columns", "list.mark", "list.mark.all", "list.copy.cell",
    "list.copy.row", "list.copy.table",
  ]

  /// Looking at a list in one's own way needs no permission but the list's; taking it along does.
  static func list(_ role: Role) -> [String] {
    looking + (role == .employee ? [] : ["list.export"])
  }

  private static func writing(_ role: Role) -> [String] {
    switch role {
    case .owner, .director, .manager, .employee: ["journal.new"]
    case .viewer: []
    }
  }

  private static func deciding(_ role: Role) -> [String] {
    switch role {
    case .owner, .director, .manager:
      [
        "journal.edit", "journal.submit", "journal.post", "journal.approve", "journal.reject",
        "journal.withdraw", "journal.duplicate", "journal.reverse", "journal.discard",
        "journal.void", "journal.template",
      ]
    case .employee:
      [
        "journal.edit", "journal.submit", "journal.post", "journal.withdraw", "journal.duplicate",
        "journal.reverse", "journal.discard", "journal.void", "journal.template",
      ]
    case .viewer: []
    }
  }

  private static func inCharge(_ role: Role) -> Bool { role == .owner || role == .director }

  /// Whoever takes out the whole audit log puts the journal to tests.
  private static func audits(_ role: Role) -> Bool { inCharge(role) || role == .viewer }

  private static func keepingPeople(_ role: Role) -> [String] {
    switch role {
    case .owner, .director:
      [
        "member.invite", "member.role", "member.limit", "member.approves", "member.place",
        "member.superior", "member.title", "member.grants", "member.suspend", "member.unlock",
        "member.reset",
        "member.factor", "member.remove", "people.matrix", "people.departments",
        "people.delegations", "people.lists", "people.requests", "people.reviews",
        "people.sessions", "people.keys", "people.templates", "people.groups",
        "people.conflicts", "people.emergencies",
      ]
    case .manager:
      [
        "member.invite", "member.place", "member.superior", "member.title", "member.grants",
        "people.matrix",
        "people.departments", "people.delegations", "people.requests", "people.sessions",
        "people.conflicts",
      ]
    case .employee:
      [
        "member.grants", "people.departments", "people.delegations", "people.requests",
        "people.sessions",
      ]
    case .viewer:
      [
        "member.grants", "people.matrix", "people.departments", "people.delegations",
        "people.requests", "people.reviews", "people.sessions", "people.conflicts",
        "people.emergencies",
      ]
    }
  }

  /// The first of the people is the owner, about whom no manager may be told why.
  private static func explaining(_ role: Role) -> [String] {
    switch role {
    case .owner, .director, .viewer: ["explanation.who", "explanation.moment"]
    case .manager: actions(of: role, on: "rights")
    case .employee: actions(of: role, on: "people")
    }
  }

  private static func keepingDepartments(_ role: Role) -> [String] {
    (inCharge(role)
      ? ["department.new", "department.edit", "department.merge", "department.remove"] : [])
      + ["department.posts", "department.budgets", "department.whole"]
  }

  private static func appointing(_ role: Role) -> [String] {
    switch role {
    case .owner, .director, .manager: ["post.new", "post.end"]
    case .employee, .viewer: []
    }
  }

  private static func planning(_ role: Role) -> [String] {
    switch role {
    case .owner, .director, .manager: ["budget.new", "budget.edit", "budget.approve"]
    case .employee, .viewer: []
    }
  }

  private static func lending(_ role: Role) -> [String] {
    switch role {
    case .owner, .director, .manager: ["delegation.new", "delegation.end"]
    case .employee, .viewer: []
    }
  }

  /// A director lifts limits with an owner, who alone looks at it afterwards; whoever reads the whole
  /// log reads of it.
  private static func emergencies(_ role: Role) -> [String] {
    switch role {
    case .owner: ["emergency.begin", "emergency.end", "emergency.review"] + list(role)
    case .director: ["emergency.begin", "emergency.end"] + list(role)
    case .manager, .employee: actions(of: role, on: "people")
    case .viewer: list(role)
    }
  }

  private static func closing(_ role: Role) -> [String] {
    switch role {
    case .owner: ["period.open", "period.close", "period.reopen", "period.lock"]
    case .director: ["period.open", "period.close", "period.reopen"]
    case .manager, .employee, .viewer: []
    }
  }

  private static func years(_ role: Role) -> [String] {
    switch role {
    case .owner: ["year.new", "year.close", "year.reopen"]
    case .director: ["year.new", "year.close"]
    case .manager, .employee, .viewer: []
    }
  }

  private static func quoting(_ role: Role) -> [String] {
    let rates = ["rate.new", "rate.edit", "rate.confirm", "rate.remove", "currency.new"]
    return switch role {
    case .owner, .director: rates + ["rate.revalue"]
    case .manager: ["rate.revalue"]
    case .employee: rates
    case .viewer: []
    }
  }

  private static func keepingTheChart(_ role: Role) -> [String] {
    switch role {
    case .owner, .director:
      [
        "account.new", "account.edit", "account.move", "account.merge", "account.archive",
        "account.import", "account.opening",
      ]
    case .manager, .employee: ["account.opening"]
    case .viewer: []
    }
  }
}

@Suite struct RoleTables {
  @Test(arguments: Role.allCases)
  func `a role has its tabs and on each screen its keys, columns and commands, and no others`(
    _ role: Role
  ) async throws {
    let books = try await RoleTable.books()
    let driver = await Driver(role, in: books)
    #expect(driver.navigator.sections == RoleTable.tabs(of: role))
    var seen: [String: String] = [:]
    for (name, keys) in RoleTable.screens {
      for key in keys { await driver.press(key) }
      #expect(driver.actionIDs == RoleTable.actions(of: role, on: name), "\(role) \(name)")
      await driver.expectColumnsAndCommands(of: name, for: role, seen: &seen)
      while driver.path.count > 1 { await driver.press(.escape) }
    }
  }

  @Test func `a viewer has no entry form and no key for one`() async throws {
    let books = try await TestBooks.make()
    try await books.draft(by: .employee)
    let driver = await Driver(.viewer, in: books)
    #expect(driver.lines[0].contains("READ ONLY"))
    for key in [Stroke("n"), .function(6), "e", "d", "p", "S", "D", .function(10), .function(2)] {
      await driver.press(key)
      #expect(driver.path == ["Journal"])
      #expect(driver.navigator.overlay == nil)
    }
    #expect(try await books.entries().map(\.status) == [.draft])
    #expect(driver.lines.last?.contains(" new") == false)
    await driver.press("?")
    #expect(!driver.shows("Write a new entry"))
  }

  @Test func `only those who hold it see READ ONLY left out`() async throws {
    let books = try await TestBooks.make()
    for role in Role.allCases {
      let driver = await Driver(role, in: books)
      #expect(driver.lines[0].contains("READ ONLY") == (role == .viewer))
    }
  }
}

extension Driver {
  /// Compares the columns of what is on the screen with the table, and what the palette names with
  /// the screen's actions. `seen` says by which name a kind of screen opened first: where a screen
  /// isn't somebody's, its keys leave the one before.
  func expectColumnsAndCommands(
    of name: String, for role: Role, seen: inout [String: String]
  ) async {
    guard let top = navigator.top else { return }
    let first = seen["\(type(of: top))", default: name]
    seen["\(type(of: top))"] = first
    let columns = table?.columns.map(\.title.english) ?? []
    #expect(columns == RoleTable.columns(of: first, for: role), "\(role) \(first)")
    let expected =
      navigator.actions.map(\.summary.english)
      + navigator.sections.map(\.binding.summary.english) + RoleTable.everywhere
    await press(":")
    guard case .chooser(let palette)? = navigator.overlay else {
      Issue.record("no palette on \(name)")
      return
    }
    let named = palette.matches.filter {
      !["account", "their entries"].contains($0.note.english)
    }
    #expect(named.map(\.title.english).sorted() == expected.sorted(), "\(name)")
    await press(.escape)
  }
}
