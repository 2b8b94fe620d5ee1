extension ChartKind {
  /// What every business has, with all that no books can do without but what is due between
  /// companies of a group.
  static let everyChart = """
    1000  Assets                          asset             heading
      1100  Cash and banks                asset             heading
        1120  Current account             asset             bank                    revalue
        1130  Payroll account             asset             bank                    revalue
      1200  Receivables                   asset             heading
        1210  Trade receivables           asset             accounts_receivable     revalue
        1220  Allowance for bad debts     contra_asset      accounts_receivable
      1500  Fixed assets                  asset             heading
      1900  Suspense                      asset             suspense                system
    2000  Liabilities                     liability         heading
      2100  Payables                      liability         heading
        2110  Trade payables              liability         accounts_payable        revalue
        2130  Accrued costs               liability         accrued                 revalue
        2140  Wages owed                  liability         accrued                 revalue
      2200  Taxes                         liability         heading
      2300  Loans                         liability         heading
    3000  Equity                          equity            heading
      3300  Retained earnings             equity            retained_earnings       system
      3400  Opening balances              equity            opening_balance_equity  system
      3500  Translation adjustment        equity            translation_adjustment  system
    4000  Income                          revenue           heading
      4700  Interest received             revenue           interest_income
      4800  Other income                  revenue           other_income
    6000  Running costs                   expense           heading
      6700  Depreciation                  expense           depreciation
      6800  Bad debts                     expense           other_expense
    7000  Finance and tax                 expense           heading
      7100  Bank charges                  expense           other_expense
      7200  Interest paid                 expense           interest_expense
      7300  Realised exchange result      expense           fx_gain_loss            system
      7400  Unrealised exchange result    expense           fx_unrealised           system
      7500  Rounding                      expense           rounding                system
    """

  /// What everybody has who keeps rooms, vehicles and people in them: all but `services`.
  static let premisesPart = """
    1000
      1100
        1140  Foreign currency account    asset             bank                    revalue
      1200
        1250  Due from group companies    asset             intercompany            system revalue
      1400  Prepaid costs                 asset             heading
        1410  Prepaid rent                asset             prepaid
        1420  Prepaid insurance           asset             prepaid
      1500
        1530  Vehicles                    asset             fixed_assets
        1535  Depreciation of vehicles    contra_asset      accumulated_depreciation
    2100
      2170  Due to group companies        liability         intercompany            system revalue
    2300
      2310  Overdraft                     liability         current_liabilities     revalue
      2320  Bank loan                     liability         long_term_liabilities   revalue
      2325  Unamortised loan costs        contra_liability  debt_discount
    6000
      6100  Wages                         expense           salaries
      6200  Rent                          expense           rent
      6250  Electricity and heating       expense           utilities
      6400  Advertising                   expense           other_expense
      6500  Repairs and cleaning          expense           other_expense
      6550  Insurance                     expense           other_expense
      6600  Office and telephone          expense           other_expense
      6650  Legal and accounting fees     expense           other_expense
    """

  static let neutralTaxes = """
    2200
      2210  Sales tax owed                liability         taxes_payable
      2220  Payroll tax owed              liability         taxes_payable
      2230  Income tax owed               liability         taxes_payable
    7000
      7600  Income tax                    expense           tax_expense
    """
}
