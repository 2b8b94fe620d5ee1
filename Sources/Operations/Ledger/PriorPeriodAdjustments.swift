import Domain
import Store

extension Reading {
  /// What corrections of entries of earlier fiscal years took straight to retained earnings in some
  /// days, both inclusive, in the base currency and credit-positive (RULES §3.8). What takes such a
  /// correction back counts against it. Throws where it is larger than books can hold.
  func priorPeriodAdjustments(
    from: Day, through: Day, _ scope: LedgerScope
  ) throws -> Money {
    try rows(
      { (amount: Money) in amount },
      """
      WITH RECURSIVE within (id) AS (
        SELECT id FROM departments WHERE business_id = :business AND id = :department
        UNION
        SELECT d.id FROM within
        JOIN departments d ON d.business_id = :business AND d.parent_id = within.id)
      SELECT l.base_credit - l.base_debit
      FROM accounts a
      CROSS JOIN journal_lines l ON l.business_id = :business AND l.account_id = a.id
        AND l.entry_date BETWEEN :from AND :through
      CROSS JOIN journal_entries e ON e.business_id = :business AND e.id = l.entry_id
      CROSS JOIN journal_entries c ON c.business_id = :business
        AND c.id = coalesce(e.reverses_entry_id, e.id)
      CROSS JOIN journal_entries o ON o.business_id = :business AND o.id = c.corrects_entry_id
      WHERE a.business_id = :business AND a.deleted_at IS NULL
        AND a.category = 'retained_earnings' AND e.status IN ('posted', 'reversed')
        AND (:known IS NULL OR e.posted_at <= :known)
        AND (:department IS NULL OR l.department_id IN within)
        AND c.type = 'correction' AND o.fiscal_year < c.fiscal_year
      """,
      [
        "from": from, "through": through, "known": scope.knownAt,
        "department": scope.department,
      ]
    ).total()
  }
}
