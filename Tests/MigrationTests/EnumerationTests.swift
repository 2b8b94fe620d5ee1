import Domain
import Testing

/// The values that a column may have, as far as SPEC.md's data model lists them: neither the schema
/// nor the program can lose or invent one of these without this list being changed too.
struct Enumeration: Sendable, CustomTestStringConvertible {
  let table: String
  let column: String
  let values: [String]

  init(_ table: String, _ column: String, _ values: String) {
    self.table = table
    self.column = column
    self.values = values.split { $0.isWhitespace }.map(String.init)
  }

  var testDescription: String { "\(table).\(column)" }

  static let all = tenants + access + ledger + trail

  static let roles = "owner director manager employee viewer"

  private static let tenants = [
    Enumeration("businesses", "size", "micro small medium large enterprise"),
    Enumeration("businesses", "subscription_tier", "trial starter professional enterprise"),
    Enumeration("businesses", "subscription_status", "active suspended cancelled expired"),
    Enumeration("businesses", "budget_check", "none warn block"),
    Enumeration("businesses", "status", "active inactive suspended deleted"),
    Enumeration("business_memberships", "role", roles),
    Enumeration("business_memberships", "status", "active inactive suspended pending"),
    Enumeration("api_keys", "status", "active inactive expired revoked"),
  ]

  private static let access = [
    Enumeration(
      "departments", "type",
      """
      executive finance accounting hr operations sales marketing procurement it legal compliance
      customer_service warehouse production quality research other
      """),
    Enumeration(
      "department_roles", "role", "head manager supervisor lead senior member junior intern"),
    Enumeration("permission_templates", "type", "role department custom"),
    Enumeration("template_assignments", "role", roles),
    Enumeration("user_permissions", "effect", "allow deny"),
    Enumeration("user_permissions", "origin", "role department template custom"),
    Enumeration("user_permissions", "status", "active revoked expired"),
    Enumeration("role_hierarchies", "parent_role", roles),
    Enumeration("role_hierarchies", "child_role", roles),
    Enumeration("access_control_lists", "principal_type", "user department role group"),
    Enumeration("access_control_lists", "role", roles),
    Enumeration("access_control_lists", "level", "none read write delete admin"),
    Enumeration(
      "access_review_lines", "kind",
      "role approver limit grant template delegation post group list key"),
    Enumeration("access_review_lines", "decision", "keep revoke"),
  ]

  private static let entryTypes =
    "standard adjusting closing reversing recurring opening correction"

  private static let ledger = [
    Enumeration(
      "accounts", "type",
      """
      asset contra_asset liability contra_liability equity contra_equity revenue contra_revenue
      expense contra_expense
      """),
    Enumeration("accounts", "category", specifiedCategories + " " + addedCategories),
    Enumeration("accounts", "cash_flow_class", "cash operating investing financing noncash"),
    Enumeration("accounts", "status", "active inactive closed deleted"),
    Enumeration("entry_templates", "status", "active inactive deleted"),
    Enumeration("entry_template_lines", "amount_rule", "fixed share last"),
    Enumeration(
      "recurring_schedules", "rule",
      "weekly monthly monthly_last_day monthly_last_business_day quarterly yearly"),
    Enumeration("allocation_rules", "basis", "shares headcount balance"),
    Enumeration("recurring_schedules", "action", "draft submit post"),
    Enumeration("recurring_schedules", "status", "active paused ended"),
    Enumeration("recurring_occurrences", "status", "made flagged skipped"),
    Enumeration("journal_entries", "type", entryTypes),
    Enumeration(
      "journal_entries", "adjustment_kind", "accrual deferral depreciation estimate revaluation"),
    Enumeration("entry_templates", "type", entryTypes),
    Enumeration(
      "journal_entries", "source",
      "manual invoice bill payment receipt payroll inventory depreciation import system"),
    Enumeration(
      "journal_entries", "status", "draft pending_approval approved posted reversed voided"),
    Enumeration("exchange_rates", "kind", "spot average closing budget"),
    Enumeration("exchange_rates", "status", "draft confirmed"),
    Enumeration("exchange_rates", "source", "manual import derived"),
    Enumeration("journal_lines", "rate_source", "manual import derived"),
    Enumeration("bank_statement_lines", "status", "unmatched matched ignored"),
    Enumeration("accounting_periods", "kind", "opening normal adjusting closing"),
    Enumeration("accounting_periods", "status", "future open closed locked"),
    Enumeration(
      "period_waivers", "period_check",
      "suspense opening control valued revalued reconciled intercompany"),
    Enumeration("reconciliations", "status", "open closed"),
    Enumeration("journal_lines", "reconciliation_status", "uncleared cleared reconciled"),
  ]

  /// The thirty-two.
  static let specifiedCategories = """
    cash bank accounts_receivable inventory prepaid fixed_assets accumulated_depreciation
    intangibles investments
    accounts_payable accrued unearned_revenue notes_payable current_liabilities
    long_term_liabilities taxes_payable
    owners_equity retained_earnings common_stock dividends
    sales_income service_income interest_income other_income
    cost_of_goods_sold salaries rent utilities depreciation interest_expense tax_expense
    other_expense
    """

  /// What RULES D23 and the two stages of §3.6 miss among them.
  static let addedCategories = """
    sales_returns purchase_returns treasury_stock fx_gain_loss fx_unrealised suspense rounding
    intercompany translation_adjustment opening_balance_equity income_summary other_assets
    debt_discount
    """

  private static let trail = [
    Enumeration(
      "audit_logs", "event_type",
      """
      create update delete view export import approve reject cancel void reverse login logout
      password_change permission_change workflow_start workflow_complete workflow_fail api_call
      system_event error
      """),
    Enumeration("audit_logs", "status", "success failure partial warning"),
    Enumeration(
      "workflow_definitions", "type",
      """
      approval review document onboarding procurement expense leave invoice payment custom
      """),
    Enumeration("workflow_definitions", "status", "draft active inactive archived"),
    Enumeration("workflow_instances", "priority", "low normal high urgent critical"),
    Enumeration(
      "workflow_instances", "status",
      "draft active paused waiting completed cancelled failed expired"),
    Enumeration(
      "workflow_steps", "type",
      // The join is RULES §5.1's.
      "start task approval review notification condition parallel wait system end join"),
    Enumeration(
      "workflow_steps", "status",
      "pending active completed skipped failed cancelled timeout"),
    Enumeration("workflow_steps", "assigned_role", roles),
    Enumeration(
      "workflow_transitions", "trigger",
      "user_action auto_complete timeout condition_met system_event api_call"),
    Enumeration(
      "system_events", "category", "security performance error warning info debug"),
    Enumeration("system_events", "severity", "critical high medium low info"),
  ]
}

struct EnumerationTests {
  @Test(arguments: Enumeration.all)
  func `a column takes what the specification lists, and nothing else`(
    enumeration: Enumeration
  ) throws {
    let taken = try values(of: enumeration.column, in: enumeration.table)
    #expect(Set(taken) == Set(enumeration.values))
    #expect(Set(enumeration.values).count == enumeration.values.count)
  }

  @Test(arguments: [
    ("business_memberships", "role", Role.allCases.map(\.rawValue)),
    ("accounts", "type", AccountType.allCases.map(\.rawValue)),
    ("accounts", "category", AccountCategory.allCases.map(\.rawValue)),
    ("accounts", "cash_flow_class", CashFlowClass.allCases.map(\.rawValue)),
    ("entry_template_lines", "amount_rule", AmountRule.Kind.allCases.map(\.rawValue)),
    ("allocation_rules", "basis", Allocation.Basis.Kind.allCases.map(\.rawValue)),
    ("recurring_schedules", "rule", RecurrenceRule.Rhythm.allCases.map(\.rawValue)),
    ("recurring_schedules", "action", ScheduleAction.allCases.map(\.rawValue)),
    ("recurring_schedules", "status", ScheduleStatus.allCases.map(\.rawValue)),
    ("recurring_occurrences", "status", OccurrenceStatus.allCases.map(\.rawValue)),
    ("journal_entries", "type", EntryType.allCases.map(\.rawValue)),
    ("journal_entries", "adjustment_kind", AdjustmentKind.allCases.map(\.rawValue)),
    ("journal_entries", "source", EntrySource.allCases.map(\.rawValue)),
    ("journal_entries", "status", EntryStatus.allCases.map(\.rawValue)),
    ("exchange_rates", "kind", RateKind.allCases.map(\.rawValue)),
    ("exchange_rates", "status", RateStatus.allCases.map(\.rawValue)),
    ("exchange_rates", "source", RateSource.allCases.map(\.rawValue)),
    ("journal_lines", "rate_source", RateSource.allCases.map(\.rawValue)),
    ("bank_statement_lines", "status", StatementLineStatus.allCases.map(\.rawValue)),
    ("accounting_periods", "kind", PeriodKind.allCases.map(\.rawValue)),
    ("accounting_periods", "status", PeriodStatus.allCases.map(\.rawValue)),
    (
      "period_waivers", "period_check",
      PeriodCheck.allCases.filter(\.isWaivable).map(\.rawValue)
    ),
    ("reconciliations", "status", ReconciliationStatus.allCases.map(\.rawValue)),
    ("journal_lines", "reconciliation_status", Clearance.allCases.map(\.rawValue)),
    ("audit_logs", "event_type", AuditEvent.allCases.map(\.rawValue)),
    ("audit_logs", "status", AuditOutcome.allCases.map(\.rawValue)),
  ])
  func `the program knows the same values`(
    _ table: String, _ column: String, _ known: [String]
  ) throws {
    let listed = try #require(
      Enumeration.all.first { $0.table == table && $0.column == column })
    #expect(Set(known) == Set(listed.values))
  }

  @Test func `there are thirty-two categories, and those that were missing`() {
    #expect(Enumeration.specifiedCategories.split { $0.isWhitespace }.count == 32)
  }

  /// A type may have a category in the schema exactly where it may in the program.
  @Test func `the program and the schema agree on which category a type may have`() throws {
    let books = try Books()
    for (index, category) in AccountCategory.allCases.enumerated() {
      let types = AccountType.allCases.filter { type in
        books.refusal(
          of: """
            INSERT INTO accounts (business_id, number, name, type, category, closes, created_at)
            VALUES (1, '\(index) \(type.rawValue)', 'x', '\(type.rawValue)',
              '\(category.rawValue)', \(category == .dividends ? 1 : 0), 1)
            """) == nil
      }
      #expect(Set(types) == Set(category.types), "\(category)")
    }
  }

  /// Every value that a CHECK of the table compares the column with.
  private func values(of column: String, in table: String) throws -> [String] {
    let sql = try #require(
      Books().rows("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = '\(table)'").first
    )
    let own = try #require(sql.firstRange(of: "\n  \(quoted(column)) TEXT")?.upperBound)
    let rest = sql[own...]
    guard column == "category", table == "accounts" else {
      let list = try #require(rest.firstMatch(of: /\ IN\ \(([^)]*)\)/)?.output.1)
      return literals(in: list)
    }
    return rest.matches(of: /category (?:IN \(([^)]*)\)|= ('\w+')(?:\n|\)))/)
      .flatMap { literals(in: $0.output.1 ?? $0.output.2 ?? "") }
  }

  private func quoted(_ column: String) -> String {
    column == "trigger" ? "\"trigger\"" : column
  }

  private func literals(in list: Substring) -> [String] {
    list.matches(of: /'(\w+)'/).map { String($0.output.1) }
  }
}
