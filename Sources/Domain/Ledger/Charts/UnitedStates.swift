/// The United States: sales tax of states, payroll taxes, 401(k), corporations.
enum UnitedStates {
  static func parts(of kind: ChartKind) -> [String] {
    switch kind {
    case .services, .trading, .manufacturing: [taxes, corporation]
    case .construction: [taxes, corporation, site]
    case .hospitality: [taxes, corporation, lodging]
    case .nonprofit: [taxes, netAssets]
    }
  }

  /// Where Americans say it otherwise.
  static let names = ChartNames(
    """
    Current account               Checking account
    Trade receivables             Accounts receivable
    Trade payables                Accounts payable
    Fixed assets                  Property and equipment
    Stock                         Inventory
    Tills                         Cash registers
    Amortisation of licences      Amortization of licenses
    Amortisation of patents       Amortization of patents
    Patents and licences          Patents and licenses
    Software licences             Software licenses
    Project licences              Project licenses
    Music and television licences  Music and television licenses
    Unamortised loan costs        Unamortized loan costs
    Realised exchange result      Realized exchange result
    Unrealised exchange result    Unrealized exchange result
    Tools and moulds              Tools and molds
    Hire purchase of machines     Equipment loans
    Hire of machines              Equipment rental
    Hire of own machines          Rental of own equipment
    Variations and extra work     Change orders
    Costs of programmes           Program costs
    Programme wages               Program wages
    Programme materials           Program materials
    Programme travel              Program travel
    Change in stock of products   Change in inventory of products
    Overheads put into stock      Overhead put into inventory
    """)

  private static let taxes = """
    1200
      1280  Income tax refunds due        asset             other_assets
    2200
      2210  Sales tax collected           liability         taxes_payable
      2211  Use tax owed                  liability         taxes_payable
      2220  Federal income tax withheld   liability         taxes_payable
      2221  State income tax withheld     liability         taxes_payable
      2222  FICA owed                     liability         taxes_payable
      2223  Unemployment tax owed         liability         taxes_payable
      2224  401(k) contributions owed     liability         accrued
      2225  Health premiums withheld      liability         accrued
      2230  Federal income tax owed       liability         taxes_payable
      2231  State income tax owed         liability         taxes_payable
    4000
      4900  Sales exempt from sales tax   revenue           sales_income
    6000
      6150  Payroll taxes and benefits    expense           heading
        6151  Employer's FICA             expense           salaries
        6152  Unemployment tax            expense           salaries
        6153  401(k) match                expense           salaries
        6154  Health insurance of staff   expense           salaries
        6155  Workers' compensation       expense           salaries
      6900  Property tax                  expense           other_expense
      6910  Franchise tax and licenses    expense           other_expense
      6920  Meals, half deductible        expense           other_expense
    7000
      7600  Federal income tax            expense           tax_expense
      7601  State income tax              expense           tax_expense
    """

  private static let corporation = """
    3000
      3100  Common stock                  equity            common_stock
      3110  Additional paid-in capital    equity            common_stock
      3150  Treasury stock                contra_equity     treasury_stock
      3200  Dividends                     contra_equity     dividends               closes
    """

  private static let netAssets = """
    3000
      3100  Net assets, unrestricted      equity            owners_equity
      3110  Net assets, donor-restricted  equity            owners_equity
      3200  Released from restriction     contra_equity     owners_equity           closes
    """

  private static let site = """
    2200
      2226  Union dues and benefits owed  liability         accrued
    """

  private static let lodging = """
    2200
      2212  Lodging tax collected         liability         taxes_payable
    """
}
