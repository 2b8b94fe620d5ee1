import Domain
import Store
import TestSupport
import Testing

@testable import Operations

/// What the named checks find in books that somebody changed with a database tool (RULES §3.16).
@Suite struct ExaminationTests {
  private func findings(_ name: String, in books: TestBooks) async throws -> [String] {
    let checks = try await books.workspace.fetch(Examination(), as: books.viewer)
    return try #require(checks.first { $0.name == name }).findings
  }

  /// Past the triggers of `tables`.
  private func tamper(
    _ sql: String, past tables: Set<String>, in books: TestBooks
  ) async throws {
    try await books.dropTriggers(of: tables)
    try books.store.script("UPDATE temp.scope SET business_id = \(books.business.value); \(sql)")
  }

  /// 100 for rent in the department, taken back.
  private func reversal(in books: TestBooks) async throws -> ID<Entry> {
    var content = books.entry(100)
    content.lines[0].department = books.department
    let entry = try await books.workspace.perform(
      CreateEntry(content, then: .post), as: books.owner
    ).entry
    let outcome = try await books.workspace.perform(
      ReverseEntry(entry, reason: "A mistake."), as: books.owner)
    guard case .posted(let reversal, _) = outcome else {
      Issue.record("\(outcome)")
      return entry
    }
    return reversal
  }

  @Test(
    arguments: [
      ("credit = credit + 1", ["6200, in USD of ACC"]),
      ("base_credit = base_credit + 1", ["6200, in USD of ACC"]),
      ("currency = 'EUR'", ["6200, in EUR of ACC", "6200, in USD of ACC"]),
      ("department_id = NULL", ["6200, in USD", "6200, in USD of ACC"]),
      (
        "account_id = (SELECT id FROM accounts WHERE number = '6250')",
        ["6200, in USD of ACC", "6250, in USD of ACC"]
      ),
    ])
  func `a reversal whose lines aren't those of its original is found`(
    _ change: String, _ expected: [String]
  ) async throws {
    let books = try await TestBooks.make()
    let reversal = try await reversal(in: books)
    let name = "reversals mirror their originals"
    #expect(try await findings(name, in: books) == [])
    try await tamper(
      "UPDATE journal_lines SET \(change) WHERE entry_id = \(reversal.value) AND credit > 0",
      past: ["journal_lines"], in: books)
    let found = try await findings(name, in: books)
    #expect(
      found.sorted()
        == expected.map {
          "RV-2026-000001 doesn't take back "
            + $0.replacing(",", with: " of GJ-2026-000001,", maxReplacements: 1)
        })
  }

  @Test func `an original that is not marked as reversed is found`() async throws {
    let books = try await TestBooks.make()
    _ = try await reversal(in: books)
    try await tamper(
      """
      UPDATE journal_entries SET status = 'posted', reversed_at = NULL, reversed_by_entry_id = NULL
      WHERE number = 'GJ-2026-000001'
      """, past: ["journal_entries"], in: books)
    #expect(
      try await findings("reversals mirror their originals", in: books) == [
        "RV-2026-000001 reverses an entry that is posted"
      ])
  }

  @Test func `a ledger that sums to something is found`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100)
    #expect(try await findings("the ledger sums to zero", in: books) == [])
    try await tamper(
      """
      UPDATE general_ledger SET base_debit = base_debit + 3
      WHERE account_id = \(books.account("6200").value)
      """, past: ["general_ledger"], in: books)
    #expect(try await findings("the ledger sums to zero", in: books) == ["it is out by 3"])
  }

  @Test func `a closed year that earns something is found`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100, debit: "1120", credit: "4100")
    try await books.closeMonths()
    _ = try await books.store.change(in: books.business, as: .system) { change in
      Result { () throws -> CloseYear.Output in try change.perform(CloseYear(year: 2026)) }
    }.get()
    #expect(try await findings("closed years earn nothing more", in: books) == [])
    try await tamper(
      """
      UPDATE general_ledger SET base_credit = base_credit + 7
      WHERE account_id = \(books.account("4100").value) AND period_id = (
        SELECT id FROM accounting_periods WHERE name = '2026-11')
      """, past: ["general_ledger"], in: books)
    #expect(
      try await findings("closed years earn nothing more", in: books) == ["2026: 4100 holds -7"])
  }

  @Test func `a posted entry in a period of other days is found`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100)
    #expect(try await findings("posted dates lie in their periods", in: books) == [])
    try await tamper(
      """
      UPDATE journal_entries
      SET period_id = (SELECT id FROM accounting_periods WHERE name = '2026-12')
      """, past: ["journal_entries"], in: books)
    #expect(
      try await findings("posted dates lie in their periods", in: books) == [
        "GJ-2026-000001 of 2026-11-23 is in 2026-12"
      ])
  }

  /// Export stands below Sales, ever since.
  @Test(
    arguments: [
      (
        "UPDATE departments SET parent_id = NULL WHERE code = 'EXP'",
        "EXP stands below none, and by its days below SAL"
      ),
      (
        "DELETE FROM department_parents", "EXP stands below SAL, and by its days below none"
      ),
      (
        """
        INSERT INTO department_parents (business_id, department_id, parent_id, from_date, until_date)
        SELECT e.business_id, e.id, a.id, '2026-01-01', '2026-01-31'
        FROM departments e JOIN departments a WHERE e.code = 'EXP' AND a.code = 'ACC'
        """, "EXP stands below two on 2026-01-01"
      ),
      (
        """
        INSERT INTO department_parents (business_id, department_id, parent_id, from_date, until_date)
        SELECT s.business_id, s.id, e.id, '2026-01-01', '2026-01-31'
        FROM departments e JOIN departments s WHERE e.code = 'EXP' AND s.code = 'SAL'
        """, "SAL stands below itself on 2026-01-01"
      ),
    ])
  func `a department that stands elsewhere than its days say is found`(
    _ change: String, _ finding: String
  ) async throws {
    let books = try await TestBooks.make()
    let sales = try await books.department("SAL", under: nil)
    _ = try await books.department("EXP", under: sales)
    let name = "departments stand where their days say"
    #expect(try await findings(name, in: books) == [])
    try await tamper(change, past: ["departments", "department_parents"], in: books)
    #expect(try await findings(name, in: books) == [finding])
  }

  @Test func `books that nobody owns are found`() async throws {
    let books = try await TestBooks.make()
    #expect(try await findings("an owner is active", in: books) == [])
    try await tamper(
      "UPDATE business_memberships SET role = 'viewer' WHERE role = 'owner'",
      past: ["business_memberships"], in: books)
    #expect(try await findings("an owner is active", in: books) == ["nobody owns it"])
  }
}
