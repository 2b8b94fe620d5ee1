import Domain
import Store

extension Reading {
  /// What corrections of entries of earlier fiscal years, and corrections of those, took straight to
  /// retained earnings in some days, both inclusive, in the base currency and credit-positive (RULES
  /// §3.8). What takes such a correction back counts against it, as does what stood there of an
  /// entry that was replaced. Throws where it is larger than books can hold.
  func priorPeriodAdjustments(
    from: Day, through: Day, _ scope: LedgerScope
  ) throws -> Money {
    try rows(
      { (amount: Money) in amount },
      """
      WITH within (id) AS (SELECT value FROM json_each(:within))
      SELECT l.base_credit - l.base_debit
      FROM accounts a
      CROSS JOIN journal_lines l ON l.business_id = :business AND l.account_id = a.id
        AND l.entry_date BETWEEN :from AND :through
      CROSS JOIN journal_entries e ON e.business_id = :business AND e.id = l.entry_id
      WHERE a.business_id = :business AND a.deleted_at IS NULL AND lower(a.number) >= ''
        AND a.category = 'retained_earnings' AND e.status IN ('posted', 'reversed')
        AND (:known IS NULL OR e.posted_at <= :known)
        AND (:within IS NULL OR l.department_id IN within)
        AND EXISTS (
          WITH RECURSIVE corrected (id, year) AS (
            SELECT c.corrects_entry_id, min(c.fiscal_year, e.fiscal_year) FROM journal_entries c
            WHERE c.business_id = :business AND (c.id = coalesce(e.reverses_entry_id, e.id)
                OR c.corrects_entry_id = e.reverses_entry_id)
              AND c.type = 'correction' AND c.status IN ('posted', 'reversed')
              AND (:known IS NULL OR c.posted_at <= :known)
            UNION
            SELECT (
              SELECT o.corrects_entry_id FROM journal_entries o
              WHERE o.business_id = :business AND o.id = r.id), r.year
            FROM corrected r WHERE r.id IS NOT NULL)
          SELECT 1 FROM corrected r
          WHERE r.year > (
            SELECT o.fiscal_year FROM journal_entries o
            WHERE o.business_id = :business AND o.id = r.id))
      """,
      [
        "from": from, "through": through, "known": scope.knownAt,
        "within": try departments(of: scope, through: through),
      ]
    ).total()
  }

  /// Whether an entry is a correction, or one of a correction, that takes something straight to
  /// retained earnings for an entry of an earlier fiscal year, posted or not yet.
  func isPriorPeriodAdjustment(_ entry: ID<Entry>) throws -> Bool {
    try one(
      Bool.self,
      """
      WITH RECURSIVE corrected (id) AS (
        SELECT corrects_entry_id FROM journal_entries
        WHERE business_id = :business AND id = :entry AND type = 'correction'
        UNION
        SELECT (
          SELECT o.corrects_entry_id FROM journal_entries o
          WHERE o.business_id = :business AND o.id = r.id)
        FROM corrected r WHERE r.id IS NOT NULL)
      SELECT EXISTS (
        SELECT 1 FROM journal_entries e
        WHERE e.business_id = :business AND e.id = :entry
          AND EXISTS (
            SELECT 1 FROM journal_lines l
            JOIN accounts a ON a.business_id = :business AND a.id = l.account_id
            WHERE l.business_id = :business AND l.entry_id = e.id
              AND a.category = 'retained_earnings')
          AND coalesce(e.fiscal_year, (
            SELECT y.year FROM fiscal_years y
            WHERE y.business_id = :business
              AND e.entry_date BETWEEN y.start_date AND y.end_date)) > (
            SELECT min(o.fiscal_year) FROM journal_entries o
            WHERE o.business_id = :business AND o.id IN (SELECT id FROM corrected)))
      """, ["entry": entry])
  }
}
