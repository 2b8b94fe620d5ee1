import Domain
import Store

/// Writes the sums of the general ledger anew from the lines that they are the sums of (RULES §3.16).
///
/// Nothing else is repaired: of entries, lines and the log no check knows what they were. Where those
/// aren't what was recorded the sums stay too, as they may be the last that tells of it.
struct RepairLedger: Command {
  static let permission: Permission? = .migrationRun
  static let operation = "ledger.repair"
  static let event = AuditEvent.update
  /// What finds wrong sums by itself.
  private static let checksOfSums: Set = [
    Examination.ledgerCheck, "the ledger sums to zero", "closed years earn nothing more",
    "control accounts are their open items",
  ]

  var subject: Subject { Subject(.report, name: "general ledger") }

  /// Throws `checkFailed` where a critical check finds something that isn't a sum.
  func run(in change: Change) throws -> RepairedLedger {
    let cells = try change.ledgerCells().filter { $0.expected != $0.found }
    guard !cells.isEmpty else { return RepairedLedger(cells: cells) }
    let broken = try Examination().run(in: change.snapshot).first { check in
      !check.findings.isEmpty && check.meaning?.severity == .critical
        && !Self.checksOfSums.contains(check.name)
    }
    if let broken { throw Refusal.checkFailed(broken.name) }
    try change.rebuilding("general_ledger") {
      try change.execute("DELETE FROM general_ledger WHERE business_id = :business")
      try change.execute(
        """
        INSERT INTO general_ledger (
          business_id, account_id, period_id, currency, debit, credit, base_debit, base_credit,
          line_count)
        SELECT :business, l.account_id, e.period_id, l.currency, sum(l.debit), sum(l.credit),
          sum(l.base_debit), sum(l.base_credit), count(*)
        FROM journal_entries e
        CROSS JOIN journal_lines l ON l.business_id = :business AND l.entry_id = e.id
        WHERE e.business_id = :business AND e.status IN ('posted', 'reversed')
        GROUP BY l.account_id, e.period_id, l.currency
        """)
    }
    return RepairedLedger(cells: cells)
  }
}

/// What the sums were that aren't any more, and what they are.
struct RepairedLedger: Sendable, CarriesFields {
  let cells: [VerifyLedger.Finding]

  var fields: [JSON.Field] {
    [
      JSON.Field(
        "sums",
        .array(
          cells.map { cell in
            .sorted([
              JSON.Field("account", .string(cell.number)),
              JSON.Field("period", .string("\(cell.period) \(cell.year)")),
              JSON.Field("currency", .string(cell.currency)),
              JSON.Field("was", cell.found.json), JSON.Field("is", cell.expected.json),
            ])
          }))
    ]
  }
}

extension VerifyLedger.Sums {
  /// In minor units.
  fileprivate var json: JSON {
    .sorted([
      JSON.Field("debit", .integer(debit.minorUnits)),
      JSON.Field("credit", .integer(credit.minorUnits)),
      JSON.Field("base_debit", .integer(baseDebit.minorUnits)),
      JSON.Field("base_credit", .integer(baseCredit.minorUnits)),
      JSON.Field("lines", .integer(Int64(lines))),
    ])
  }
}
