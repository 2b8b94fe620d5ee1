import Domain
import Foundation
import Operations
import TestSupport
import Testing

/// Nobody sees or touches anything of a business that they aren't in.
@Suite struct TenantIsolationTests {
  /// Every command that names something by id, tried on what belongs to the neighbour.
  private static let commands: [(String, @Sendable (TestBooks, Foreign) async throws -> Void)] = [
    (
      "CreateEntry",
      { books, foreign in
        var content = books.entry(100)
        content.lines[0].account = foreign.account
        try await books.workspace.perform(CreateEntry(content), as: books.owner)
      }
    ),
    (
      "EditEntry",
      { books, foreign in
        try await books.workspace.perform(
          EditEntry(foreign.draft, content: books.entry(100), version: 1), as: books.owner)
      }
    ),
    (
      "DiscardEntry",
      { try await $0.workspace.perform(DiscardEntry($1.draft), as: $0.owner) }
    ),
    ("SubmitEntry", { _ = try await $0.workspace.perform(SubmitEntry($1.draft), as: $0.owner) }),
    (
      "ApproveEntry",
      { _ = try await $0.workspace.perform(ApproveEntry($1.pending), as: $0.director) }
    ),
    (
      "RejectEntry",
      {
        try await $0.workspace.perform(
          RejectEntry($1.pending, reason: "Not ours."), as: $0.director)
      }
    ),
    (
      "SaveTemplate",
      { _ = try await $0.workspace.perform(SaveTemplate("Rent", of: $1.posted), as: $0.owner) }
    ),
    (
      "RemoveTemplate",
      { try await $0.workspace.perform(RemoveTemplate($1.template), as: $0.owner) }
    ),
    (
      "OpenPeriod",
      { try await $0.workspace.perform(OpenPeriod($1.period, name: "2026-12"), as: $0.owner) }
    ),
    ("PostEntry", { _ = try await $0.workspace.perform(PostEntry($1.draft), as: $0.owner) }),
    (
      "ReverseEntry",
      {
        _ = try await $0.workspace.perform(
          ReverseEntry($1.posted, reason: "Not ours."), as: $0.owner)
      }
    ),
    (
      "CreateAccount",
      { books, foreign in
        _ = try await books.workspace.perform(
          CreateAccount(
            AccountContent(number: "1119", name: "Till", parent: foreign.heading, type: .asset)),
          as: books.owner)
      }
    ),
    (
      "UpdateAccount",
      { books, foreign in
        try await books.workspace.perform(
          UpdateAccount(
            foreign.account, content: AccountContent(number: "1", name: "Ours", type: .asset),
            version: 1), as: books.owner)
      }
    ),
    (
      "ArchiveAccount",
      { try await $0.workspace.perform(ArchiveAccount($1.account), as: $0.owner) }
    ),
    (
      "GrantPermission",
      { books, foreign in
        _ = try await books.workspace.perform(
          GrantPermission(NewGrant(.deny, "*", to: foreign.person, reason: "Not ours.")),
          as: books.owner)
      }
    ),
    (
      "GrantPermission",
      { books, foreign in
        var grant = NewGrant(.allow, "journal.post", to: books.viewer.user, reason: "Not ours.")
        grant.conditions = "{\"accounts\":[\(foreign.account.value)]}"
        _ = try await books.workspace.perform(GrantPermission(grant), as: books.owner)
      }
    ),
    (
      "RevokeGrant",
      { try await $0.workspace.perform(RevokeGrant($1.grant, reason: "Not ours."), as: $0.owner) }
    ),
    (
      "AddToList",
      { books, foreign in
        let row = NewListRow(
          .role(.owner), .admin, of: Thing(.account, foreign.account.value), reason: "Not ours.")
        _ = try await books.workspace.perform(AddToList(row), as: books.owner)
      }
    ),
    (
      "RemoveFromList",
      { try await $0.workspace.perform(RemoveFromList($1.row, reason: "Not ours."), as: $0.owner) }
    ),
    (
      "AssignRole",
      { try await $0.workspace.perform(AssignRole(.owner, to: $1.member), as: $0.owner) }
    ),
    (
      "SuspendMember",
      {
        try await $0.workspace.perform(
          SuspendMember($1.member, reason: "Not ours."), as: $0.owner)
      }
    ),
    (
      "ReinstateMember",
      { try await $0.workspace.perform(ReinstateMember($1.member), as: $0.owner) }
    ),
    (
      "RemoveMember",
      { try await $0.workspace.perform(RemoveMember($1.member, reason: "Not ours."), as: $0.owner) }
    ),
    (
      "LimitMember",
      { try await $0.workspace.perform(LimitMember($1.member, to: nil), as: $0.owner) }
    ),
    (
      "PlaceMember",
      { try await $0.workspace.perform(PlaceMember($1.member, in: nil), as: $0.owner) }
    ),
    (
      "Delegate",
      { books, foreign in
        let lent = NewDelegation(
          from: books.owner.user, to: foreign.person, until: books.clock.now.adding(seconds: 60),
          reason: "Not ours.")
        _ = try await books.workspace.perform(Delegate(lent), as: books.owner)
      }
    ),
    (
      "CreateDepartment",
      { books, foreign in
        let content = DepartmentContent(code: "EXP", name: "Export", parent: foreign.department)
        _ = try await books.workspace.perform(CreateDepartment(content), as: books.owner)
      }
    ),
    (
      "UpdateDepartment",
      { books, foreign in
        let content = DepartmentContent(code: "EXP", name: "Export")
        try await books.workspace.perform(
          UpdateDepartment(foreign.department, content: content), as: books.owner)
      }
    ),
    (
      "RemoveDepartment",
      { try await $0.workspace.perform(RemoveDepartment($1.department), as: $0.owner) }
    ),
    (
      "EndDelegation",
      { try await $0.workspace.perform(EndDelegation($1.delegation), as: $0.owner) }
    ),
    ("UnlockMember", { try await $0.workspace.perform(UnlockMember($1.member), as: $0.owner) }),
    (
      "RevokeSession",
      {
        try await $0.workspace.perform(
          RevokeSession($1.session, reason: "Not ours."), as: $0.owner)
      }
    ),
    (
      "EndSignIns",
      { _ = try await $0.workspace.perform(EndSignIns(.one($1.session)), as: $0.owner) }
    ),
    (
      "RevokeAPIKey",
      { try await $0.workspace.perform(RevokeAPIKey($1.key, reason: "Not ours."), as: $0.owner) }
    ),
    (
      "InviteUser",
      { books, foreign in
        _ = try await books.workspace.invite(
          email: "new@books.example", name: "Nell", role: .viewer, department: foreign.department,
          as: books.owner)
      }
    ),
  ]

  /// Every query, asked for the neighbour's things where it names any; what comes out as text.
  private static let queries: [(String, @Sendable (TestBooks, Foreign) async throws -> String)] = [
    ("AccessGrid", { books, _ in try await text(AccessGrid(), books) }),
    ("AccessLists", { books, _ in try await text(AccessLists(), books) }),
    ("Departments", { books, _ in try await text(Departments(), books) }),
    (
      "ExplainAccess",
      {
        try await text(ExplainAccess(.journalPost, of: $0.owner.user, on: .entry($1.posted)), $0)
      }
    ),
    ("Delegations", { books, _ in try await text(Delegations(), books) }),
    ("GrantsOf", { try await text(GrantsOf($1.person), $0) }),
    ("SimulateRole", { try await text(SimulateRole(.owner, for: $1.person), $0) }),
    ("WhatCan", { try await text(WhatCan($1.person), $0) }),
    ("WhoCan", { try await text(WhoCan(.journalPost, on: $1.posted), $0) }),
    ("AuditHead", { books, _ in try await text(AuditHead(), books) }),
    ("AuditPage", { books, _ in try await text(AuditPage(limit: .max), books) }),
    ("CashPosition", { books, _ in try await text(CashPosition(on: .last), books) }),
    ("ChartOfAccounts", { books, _ in try await text(ChartOfAccounts(), books) }),
    ("Currencies", { books, _ in try await text(Currencies(), books) }),
    ("EntryDetail", { try await text(EntryDetail($1.posted), $0) }),
    ("EntryFormFacts", { books, _ in try await text(EntryFormFacts(), books) }),
    ("EntryNamed", { books, _ in try await text(EntryNamed("GJ-2026-000001"), books) }),
    ("EntrySuggestions", { books, _ in try await text(EntrySuggestions("a"), books) }),
    ("EntryTemplates", { books, _ in try await text(EntryTemplates(), books) }),
    ("EntryToEdit", { try await text(EntryToEdit($1.draft), $0) }),
    ("Examination", { books, _ in try await text(Examination(), books) }),
    ("JournalPage", { books, _ in try await text(JournalPage(limit: .max), books) }),
    ("LedgerDifference", { books, _ in try await text(LedgerDifference(), books) }),
    ("Members", { books, _ in try await text(Members(), books) }),
    ("MonthlyFigures", { books, _ in try await text(MonthlyFigures(to: TestBooks.today), books) }),
    ("MyBusinesses", { books, _ in try await text(MyBusinesses(), books) }),
    ("OverduePeriods", { books, _ in try await text(OverduePeriods(), books) }),
    ("APIKeys", { books, _ in try await text(APIKeys(), books) }),
    ("OwnSessions", { books, _ in try await text(OwnSessions(), books) }),
    ("Sessions", { books, _ in try await text(Sessions(), books) }),
    ("Periods", { books, _ in try await text(Periods(), books) }),
    ("RegisterPage", { try await text(RegisterPage($1.account), $0) }),
    ("RegisterSize", { try await text(RegisterSize($1.account), $0) }),
    ("JournalSize", { principal, _ in try await text(JournalSize(.all), principal) }),
    (
      "TrialBalanceReport",
      { books, _ in try await text(TrialBalanceReport(asOf: .last), books) }
    ),
    ("UnvaluedLines", { books, _ in try await text(UnvaluedLines(), books) }),
    ("VerifyAudit", { books, _ in try await text(VerifyAudit(), books) }),
    ("WorkToDo", { books, _ in try await text(WorkToDo(), books) }),
    ("WhereIAm", { books, _ in try await text(WhereIAm(), books) }),
  ]

  /// Commands that name nothing by id, so that there is nothing of a neighbour's to name.
  private static let withoutIds: Set<String> = [
    "SignOut", "ImportJournal", "ExportJournal", "ExportList", "ExportAuditList", "CloseYear",
    "OpenFiscalYear", "CreateAPIKey",
  ]

  @Test(arguments: commands.map(\.0))
  func `a command on a neighbour's thing finds nothing and changes nothing`(
    _ name: String
  ) async throws {
    let (books, neighbour, foreign) = try await Self.twoBusinesses()
    let before = try await Self.everything(of: neighbour)
    let command = try #require(Self.commands.first { $0.0 == name }).1
    await #expect(throws: Refusal.self) { try await command(books, foreign) }
    #expect(try await Self.everything(of: neighbour) == before)
    let record = try #require(try await books.trail(1).first)
    #expect(record.outcome == .failure)
    #expect(!"\(record)".contains(Foreign.canary))
  }

  @Test(arguments: queries.map(\.0))
  func `a query shows nothing of a neighbour`(_ name: String) async throws {
    let (books, _, foreign) = try await Self.twoBusinesses()
    let query = try #require(Self.queries.first { $0.0 == name }).1
    do {
      #expect(try await !query(books, foreign).contains(Foreign.canary))
    } catch is Refusal {
      // There is no such thing in this business: as good as nothing.
    }
  }

  @Test func `every command and every query is tried`() throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources/Operations")
    let files = try #require(
      FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    var missing: [String] = []
    let tried = Set(Self.commands.map(\.0) + Self.queries.map(\.0)).union(Self.withoutIds)
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: /package struct (\w+): (?:Command|Query)\b/)
      where !tried.contains(String(match.1)) { missing.append(String(match.1)) }
    }
    #expect(missing.isEmpty)
  }

  /// What belongs to the neighbour.
  struct Foreign: Sendable {
    /// In every text of the neighbour's.
    static let canary = "ZZCANARY"
    let account: ID<Account>
    let heading: ID<Account>
    let department: ID<Department>
    let draft: ID<Entry>
    let pending: ID<Entry>
    let posted: ID<Entry>
    let period: ID<Period>
    let template: ID<EntryTemplate>
    let person: ID<User>
    let member: ID<Membership>
    let grant: ID<Grant>
    let row: ID<Protection>
    let delegation: ID<Delegation>
    let session: ID<Session>
    let key: ID<APIKey>
  }

  private static func twoBusinesses() async throws -> (TestBooks, TestBooks, Foreign) {
    let books = try await TestBooks.make()
    let neighbour = try await books.neighbour()
    let account = try await neighbour.workspace.perform(
      CreateAccount(
        AccountContent(number: "1199", name: "\(Foreign.canary) till", type: .asset)),
      as: neighbour.owner)
    var content = EntryContent(
      date: TestBooks.today, description: Foreign.canary,
      lines: [
        LineContent(account: account, currency: "EUR", amount: Money(minorUnits: 100)),
        LineContent(
          account: neighbour.account("3100"), currency: "EUR", amount: Money(minorUnits: -100)),
      ])
    content.notes = Foreign.canary
    func enter(_ ending: EntryEnding, _ by: Principal) async throws -> ID<Entry> {
      try await neighbour.workspace.perform(CreateEntry(content, then: ending), as: by).entry
    }
    let periods = try await neighbour.workspace.fetch(Periods(), as: neighbour.owner)
    let december = try #require(periods.first { $0.name == "2026-12" }).id
    let posted = try await enter(.post, neighbour.owner)
    let member = try #require(
      try await neighbour.workspace.fetch(Members(), as: neighbour.owner).first {
        $0.user == neighbour.employee.user
      })
    return (
      books, neighbour,
      Foreign(
        account: account, heading: neighbour.account("1000"), department: neighbour.department,
        draft: try await enter(.keepDraft, neighbour.employee),
        pending: try await enter(.submit, neighbour.employee),
        posted: posted, period: december,
        template: try await neighbour.workspace.perform(
          SaveTemplate(Foreign.canary, of: posted), as: neighbour.owner),
        person: neighbour.employee.user, member: member.id,
        grant: try await neighbour.workspace.perform(
          GrantPermission(
            NewGrant(.deny, "journal.void", to: neighbour.viewer.user, reason: Foreign.canary)),
          as: neighbour.owner),
        row: try await neighbour.workspace.perform(
          AddToList(
            NewListRow(
              .role(.owner), .admin, of: Thing(.account, account.value), reason: Foreign.canary)),
          as: neighbour.owner),
        delegation: try await neighbour.workspace.perform(
          Delegate(
            NewDelegation(
              from: neighbour.owner.user, to: neighbour.viewer.user,
              until: neighbour.clock.now.adding(seconds: 60), reason: Foreign.canary)),
          as: neighbour.owner),
        session: try #require(
          try await neighbour.workspace.fetch(Sessions(), as: neighbour.owner).last
        ).id,
        key: try await neighbour.workspace.createKey(
          NewAPIKey(Foreign.canary, for: ["journal.read"]), as: neighbour.owner
        ).id)
    )
  }

  private static func text<Q: Query>(_ query: Q, _ books: TestBooks) async throws -> String {
    "\(try await books.workspace.fetch(query, as: books.owner))"
  }

  private static func everything(of books: TestBooks) async throws -> [String] {
    [
      try await text(JournalPage(limit: .max), books), try await text(ChartOfAccounts(), books),
      try await text(AuditPage(limit: .max), books), try await text(Members(), books),
      try await text(Periods(), books), try await text(Sessions(), books),
      try await text(APIKeys(), books),
    ]
  }
}
