import Domain
import Store

/// What names an account besides the lines of entries: this, those and the accounts below it are all
/// that removing and merging it have to know of.
struct AccountTies {
  /// Those that weren't taken away.
  let templates: Int
  let budgets: Int
  /// Whether a bank's statement or a reconciliation is of it.
  let isReconciled: Bool
  /// What the first rule is called that spreads it, spreads to it or spreads by it; nil where none
  /// that goes on does.
  let allocation: String?

  var isEmpty: Bool { templates == 0 && budgets == 0 && !isReconciled && allocation == nil }

  /// Every column that has a key to accounts.
  static let columns: Set<String> = [
    "entry_template_lines.account_id", "entry_template_lines.share_account_id",
    "budgets.account_id", "bank_statements.account_id", "reconciliations.account_id",
    "allocation_sources.account_id", "allocation_rules.basis_account_id",
    "allocation_targets.account_id",
    "journal_lines.account_id", "accounts.parent_id",
    // These name none that a line that was posted, or a bank's statement, doesn't name.
    "general_ledger.account_id", "trial_balance_lines.account_id", "allocated_entries.account_id",
    "bank_statement_lines.account_id",
  ]
}

extension Reading {
  /// As far as the reader sees it.
  func ties(of account: ID<Account>) throws -> AccountTies {
    let found = try row(
      AccountTies.init,
      """
      SELECT
        (SELECT count(DISTINCT t.id) FROM entry_templates t
          JOIN entry_template_lines l ON l.business_id = :business AND l.template_id = t.id
          WHERE t.business_id = :business AND t.deleted_at IS NULL
            AND :account IN (l.account_id, l.share_account_id)),
        (SELECT count(*) FROM budgets WHERE business_id = :business AND account_id = :account),
        EXISTS (SELECT 1 FROM bank_statements
          WHERE business_id = :business AND account_id = :account)
        OR EXISTS (SELECT 1 FROM reconciliations
          WHERE business_id = :business AND account_id = :account),
        (SELECT r.name FROM allocation_rules r
          JOIN allocation_sources s ON s.business_id = :business AND s.rule_id = r.id
          JOIN allocation_targets t ON t.business_id = :business AND t.rule_id = r.id
          WHERE r.business_id = :business AND r.ended_at IS NULL
            AND :account IN (s.account_id, r.basis_account_id, t.account_id)
          ORDER BY lower(r.name), r.id LIMIT 1)
      """, ["account": account])
    guard let found else { throw StoreError.noRow }
    return found
  }
}
