extension ChartTemplate {
  /// Sells time: partners' capital, fees by kind, unbilled work, no stock.
  package static let services = ChartTemplate(
    name: "services", title: "Consultancies, agencies and other services",
    chart: servicesChart)

  private static let servicesChart = """
    1000  Assets                          asset             heading
      1100  Cash and banks                asset             heading
        1110  Petty cash                  asset             cash                    revalue
        1120  Current account             asset             bank                    revalue
        1130  Payroll account             asset             bank                    revalue
        1140  Savings account             asset             bank                    revalue
        1150  Foreign currency account    asset             bank                    revalue
      1200  Receivables                   asset             heading
        1210  Trade receivables           asset             accounts_receivable     revalue
        1220  Allowance for bad debts     contra_asset      accounts_receivable
        1230  Unbilled work               asset             other_assets
        1240  Advances to employees       asset             other_assets            revalue
        1250  Deposits paid               asset             other_assets            revalue
        1260  Recoverable sales tax       asset             other_assets
        1270  Due from group companies    asset             intercompany            system revalue
      1300  Prepaid costs                 asset             heading
        1310  Prepaid rent                asset             prepaid
        1320  Prepaid insurance           asset             prepaid
        1330  Prepaid subscriptions       asset             prepaid
      1500  Fixed assets                  asset             heading
        1510  Furniture                   asset             fixed_assets
        1515  Depreciation of furniture   contra_asset      accumulated_depreciation
        1520  Computers                   asset             fixed_assets
        1525  Depreciation of computers   contra_asset      accumulated_depreciation
        1530  Software licences           asset             intangibles
        1535  Amortisation of licences    contra_asset      accumulated_depreciation
      1900  Suspense                      asset             suspense                system
    2000  Liabilities                     liability         heading
      2100  Payables                      liability         heading
        2110  Trade payables              liability         accounts_payable                revalue
        2120  Credit cards                liability         current_liabilities     revalue
        2130  Accrued costs               liability         accrued                 revalue
        2140  Wages owed                  liability         accrued                 revalue
        2150  Retainers not yet earned    liability         unearned_revenue
        2160  Due to group companies      liability         intercompany            system revalue
      2200  Taxes                         liability         heading
        2210  Sales tax owed              liability         taxes_payable
        2220  Payroll tax owed            liability         taxes_payable
        2230  Income tax owed             liability         taxes_payable
      2300  Loans                         liability         heading
        2310  Bank loan                   liability         long_term_liabilities   revalue
        2315  Unamortised loan costs      contra_liability  debt_discount
        2320  Notes payable               liability         notes_payable           revalue
    3000  Equity                          equity            heading
      3100  Partners' capital             equity            owners_equity
      3200  Partners' drawings            contra_equity     owners_equity           closes
      3300  Retained earnings             equity            retained_earnings       system
      3400  Opening balances              equity            opening_balance_equity  system
      3500  Translation adjustment        equity            translation_adjustment  system
    4000  Income                          revenue           heading
      4100  Consulting fees               revenue           service_income
      4200  Project fees                  revenue           service_income
      4300  Retainers                     revenue           service_income
      4400  Training fees                 revenue           service_income
      4500  Costs charged on              revenue           service_income
      4600  Discounts given               contra_revenue    sales_returns
      4700  Interest received             revenue           interest_income
      4800  Other income                  revenue           other_income
    5000  Costs of projects               expense           heading
      5100  Subcontractors                expense           cost_of_goods_sold
      5200  Project travel                expense           cost_of_goods_sold
      5300  Project licences              expense           cost_of_goods_sold
      5400  Rebates received              contra_expense    cost_of_goods_sold
    6000  Running costs                   expense           heading
      6100  People                        expense           heading
        6110  Salaries                    expense           salaries
        6120  Social security             expense           salaries
        6130  Training and recruiting     expense           salaries
      6200  Premises                      expense           heading
        6210  Rent                        expense           rent
        6220  Electricity and heating     expense           utilities
        6230  Cleaning and repairs        expense           other_expense
        6240  Insurance                   expense           other_expense
      6300  Office                        expense           heading
        6310  Office supplies             expense           other_expense
        6320  Telephone and internet      expense           utilities
        6330  Software subscriptions      expense           other_expense
      6400  Marketing                     expense           other_expense
      6500  Travel and entertainment      expense           other_expense
      6600  Legal and accounting fees     expense           other_expense
      6700  Depreciation                  expense           depreciation
      6800  Bad debts                     expense           other_expense
    7000  Finance and tax                 expense           heading
      7100  Bank charges                  expense           other_expense
      7200  Interest paid                 expense           interest_expense
      7300  Realised exchange result      expense           fx_gain_loss            system
      7400  Unrealised exchange result    expense           fx_unrealised           system
      7500  Rounding                      expense           rounding                system
      7600  Income tax                    expense           tax_expense
    """
}
