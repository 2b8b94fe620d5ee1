package import Domain
import Phrases
package import Store

/// The named checks of one business (RULES §3.16): each is a question whose answer should be
/// nothing.
package struct Examination: Query {
  package static let permission: Permission? = .auditVerify

  /// The files that needn't be read again.
  let intact: Set<IntactFile>

  package init() { intact = [] }

  init(besides intact: Set<IntactFile>) { self.intact = intact }

  package struct Check: Hashable, Sendable {
    package let name: String
    /// What was found; empty is well.
    package let findings: [String]
    /// What people should know although it is no fault.
    package let notices: [String]

    package init(_ name: String, findings: [String], notices: [String] = []) {
      self.name = name
      self.findings = findings
      self.notices = notices
    }
  }

  package func run(in snapshot: Snapshot) throws -> [Check] {
    var checks = try Self.answers(to: Self.questions, in: snapshot)
    checks += try [
      Check("posted entries balance", findings: snapshot.unbalanced().map(\.phrase.english)),
      Check("numbers have no gaps", findings: snapshot.gaps().map(\.phrase.english)),
    ]
    checks.append(
      Check(
        Self.ledgerCheck,
        findings: try VerifyLedger().run(in: snapshot).findings.map {
          "account \($0.number) in \($0.period) of \($0.year)"
        }))
    checks.append(Check(Self.filesCheck, findings: try snapshot.changedFiles(besides: intact)))
    let unvalued = try UnvaluedLines().run(in: snapshot)
    checks.append(
      Check(
        "foreign amounts are valued", findings: [],
        notices: unvalued == 0 ? [] : ["\(unvalued) lines wait for a rate"]))
    checks.append(try Self.auditChain(in: snapshot))
    checks += try Self.answers(to: Self.entryQuestions + Self.bookQuestions, in: snapshot)
    checks += try Self.proofs(in: snapshot)
    return checks
  }

  private static func answers(
    to questions: [(String, StaticString)], in snapshot: Snapshot
  ) throws -> [Check] {
    try questions.map { name, sql in
      Check(name, findings: try snapshot.rows({ (finding: String) in finding }, sql))
    }
  }

  package static let ledgerCheck = "general ledger equals lines"
  static let filesCheck = "attached files are what was attached"

  /// The chain alone: all that the instance itself has. A clock that went back proves no damage.
  static func auditChain(in snapshot: Snapshot) throws -> Check {
    let audit = try VerifyAudit().run(in: snapshot)
    func text(_ finding: VerifyAudit.Finding) -> String {
      "record \(finding.sequence): \(finding.kind.rawValue)"
    }
    return Check(
      "audit chain", findings: audit.findings.filter { $0.kind != .clockWentBack }.map(text),
      notices: audit.findings.filter { $0.kind == .clockWentBack }.map(text))
  }

  private static let questions: [(String, StaticString)] = [
    (
      "the ledger sums to zero",
      """
      SELECT 'it is out by ' || sum(base_debit - base_credit) FROM general_ledger
      WHERE business_id = :business HAVING sum(base_debit - base_credit) <> 0
      """
    ),
    // Equity that closes counts with the years before, once a closing took it: before it closed, it
    // kept what it held.
    (
      "closed years earn nothing more",
      """
      SELECT y.year || ': ' || a.number || ' holds ' || sum(g.base_debit - g.base_credit)
      FROM fiscal_years y
      JOIN accounting_periods p ON p.business_id = :business AND p.end_date <= y.end_date
      JOIN general_ledger g ON g.business_id = :business AND g.period_id = p.id
      CROSS JOIN accounts a ON a.business_id = :business AND a.id = g.account_id
      WHERE y.business_id = :business AND y.status = 'closed'
        AND (p.fiscal_year = y.year
            AND a.type IN ('revenue', 'contra_revenue', 'expense', 'contra_expense')
          OR a.closes = 1 AND a.type IN ('equity', 'contra_equity') AND EXISTS (
            SELECT 1 FROM accounting_periods c
            JOIN general_ledger k ON k.business_id = :business AND k.account_id = a.id
              AND k.period_id = c.id AND k.currency = g.currency
            WHERE c.business_id = :business AND c.fiscal_year = y.year AND c.kind = 'closing'
              AND k.base_debit <> k.base_credit))
      GROUP BY y.year, a.id, g.currency
      HAVING sum(g.base_debit) <> sum(g.base_credit) OR sum(g.debit) <> sum(g.credit)
      """
    ),
    (
      "posted dates lie in their periods",
      """
      SELECT e.number || ' of ' || e.entry_date || ' is in ' || p.name
      FROM journal_entries e
      JOIN accounting_periods p ON p.business_id = :business AND p.id = e.period_id
      WHERE e.business_id = :business AND e.status IN ('posted', 'reversed')
        AND e.entry_date NOT BETWEEN p.start_date AND p.end_date
      """
    ),
    (
      "reversals mirror their originals",
      """
      SELECT r.number || ' reverses an entry that is ' || o.status
      FROM journal_entries r
      JOIN journal_entries o ON o.business_id = :business AND o.id = r.reverses_entry_id
      WHERE r.business_id = :business AND r.status = 'posted' AND o.status <> 'reversed'
      UNION ALL
      SELECT r.number || ' doesn''t take back ' || a.number || ' of ' || o.number || ', in '
        || l.currency || coalesce(' of ' || d.code, '')
      FROM journal_entries r
      JOIN journal_entries o ON o.business_id = :business AND o.id = r.reverses_entry_id
      CROSS JOIN journal_lines l ON l.business_id = :business AND l.entry_id IN (r.id, o.id)
      CROSS JOIN accounts a ON a.business_id = :business AND a.id = l.account_id
      LEFT JOIN departments d ON d.business_id = :business AND d.id = l.department_id
      WHERE r.business_id = :business AND r.status = 'posted'
      GROUP BY r.id, l.account_id, l.currency, l.department_id
      HAVING sum(l.debit) <> sum(l.credit) OR sum(l.base_debit) <> sum(l.base_credit)
      """
    ),
    (
      "every file is attached to something",
      """
      SELECT coalesce(min(a.file_name), c.sha256) || ' is attached to nothing'
      FROM attachment_contents c
      LEFT JOIN attachments a ON a.business_id = :business AND a.sha256 = c.sha256
      LEFT JOIN workflow_attachments w
        ON w.business_id = :business AND w.attachment_id = a.id
      WHERE c.business_id = :business
      GROUP BY c.sha256
      HAVING count(a.entry_id) + count(a.line_id) + count(a.period_id) + count(w.instance_id) = 0
      """
    ),
    (
      "an owner is active",
      """
      SELECT 'nobody owns it' FROM businesses WHERE id = :business AND NOT EXISTS (
        SELECT 1 FROM business_memberships m JOIN users u ON u.id = m.user_id
        WHERE m.business_id = :business AND m.role = 'owner' AND m.status = 'active'
          AND u.status = 'active')
      """
    ),
  ]
}
