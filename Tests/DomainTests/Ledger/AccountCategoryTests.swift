import Domain
import Testing

@Suite struct AccountCategoryTests {
  /// SPEC's thirty-two and those that RULES D23 adds, each with the types R5 lets it have.
  @Test(arguments: [
    ("asset", "cash bank inventory prepaid fixed_assets intangibles investments other_assets"),
    ("asset contra_asset", "accounts_receivable suspense"),
    ("contra_asset", "accumulated_depreciation"),
    (
      "liability",
      "accounts_payable accrued unearned_revenue notes_payable current_liabilities "
        + "long_term_liabilities taxes_payable"
    ),
    ("contra_liability", "debt_discount"),
    ("asset liability", "intercompany"),
    ("equity contra_equity", "owners_equity dividends"),
    (
      "equity",
      "retained_earnings common_stock opening_balance_equity income_summary "
        + "translation_adjustment"
    ),
    ("contra_equity", "treasury_stock"),
    ("revenue", "sales_income service_income interest_income other_income"),
    ("contra_revenue", "sales_returns"),
    ("expense contra_expense", "cost_of_goods_sold"),
    ("contra_expense", "purchase_returns"),
    (
      "expense",
      "salaries rent utilities depreciation interest_expense tax_expense other_expense"
    ),
    ("revenue expense", "fx_gain_loss fx_unrealised rounding"),
  ])
  func `a category agrees with these types and no others`(
    _ types: String, _ categories: String
  )
    throws
  {
    for name in categories.split(separator: " ") {
      let category = try #require(AccountCategory(rawValue: String(name)))
      #expect(category.types.map(\.rawValue).joined(separator: " ") == types, "\(name)")
    }
  }

  @Test func `there are forty-five categories, and every one is in the table above`() {
    #expect(AccountCategory.allCases.count == 45)
  }

  @Test(arguments: AccountType.allCases)
  func `every type has a usual category that it may have`(_ type: AccountType) {
    #expect(AccountCategory.usual(for: type).types.contains(type))
  }
}
