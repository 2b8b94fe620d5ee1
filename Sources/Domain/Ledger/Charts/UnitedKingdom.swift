/// The United Kingdom: VAT in and out, PAYE and National Insurance, pensions, limited companies.
enum UnitedKingdom {
  static func parts(of kind: ChartKind) -> [String] {
    switch kind {
    case .services, .trading, .manufacturing, .hospitality: [taxes, company]
    case .construction: [taxes, company, industryScheme]
    case .nonprofit: [taxes, funds, giftAid]
    }
  }

  private static let taxes = """
    1200
      1280  VAT on purchases              asset             other_assets
      1281  VAT on imports, postponed     asset             other_assets
      1285  Corporation tax refunds due   asset             other_assets
    2200
      2210  VAT on sales                  liability         taxes_payable
      2211  VAT on imports, accounted     liability         taxes_payable
      2212  VAT settled with HMRC         liability         taxes_payable
      2220  PAYE owed                     liability         taxes_payable
      2221  National Insurance owed       liability         taxes_payable
      2222  Pension contributions owed    liability         accrued
      2223  Student loans deducted        liability         accrued
      2230  Corporation tax owed          liability         taxes_payable
    4000
      4900  Zero-rated sales              revenue           sales_income
      4910  Exempt sales                  revenue           sales_income
    6000
      6150  Social security and pensions  expense           heading
        6151  Employer's National Insurance  expense        salaries
        6152  Employer's pension costs    expense           salaries
        6153  Apprenticeship levy         expense           salaries
        6154  Statutory sick pay          expense           salaries
      6900  Business rates                expense           other_expense
      6910  Entertaining, not deductible  expense           other_expense
      6920  VAT not recoverable           expense           other_expense
    7000
      7600  Corporation tax               expense           tax_expense
      7601  Deferred tax                  expense           tax_expense
    """

  private static let company = """
    3000
      3100  Ordinary share capital        equity            common_stock
      3110  Share premium                 equity            common_stock
      3150  Own shares                    contra_equity     treasury_stock
      3200  Dividends                     contra_equity     dividends               closes
    """

  private static let funds = """
    3000
      3100  Unrestricted funds            equity            owners_equity
      3110  Designated funds              equity            owners_equity
      3120  Restricted funds              equity            owners_equity
      3130  Endowment funds               equity            owners_equity
      3200  Transfers between funds       contra_equity     owners_equity           closes
    """

  /// The Construction Industry Scheme: tax kept back from subcontractors, and from us.
  private static let industryScheme = """
    1200
      1286  CIS deductions suffered       asset             other_assets
    2200
      2224  CIS deductions owed           liability         taxes_payable
    """

  private static let giftAid = """
    1200
      1286  Gift Aid due                  asset             other_assets
    """
}
