extension ChartTemplate {
  /// Buys, stores and sells goods: share capital, stock, freight, returns on both sides.
  package static let trading = ChartTemplate(
    name: "trading", title: "Shops, wholesalers and other traders in goods",
    chart: tradingChart)

  private static let tradingChart = """
    1000  Assets                          asset             heading
      1100  Cash and banks                asset             heading
        1110  Tills                       asset             cash                    revalue
        1120  Current account             asset             bank                    revalue
        1130  Payroll account             asset             bank                    revalue
        1140  Foreign currency account    asset             bank                    revalue
        1150  Card payments on their way  asset             bank                    revalue
      1200  Receivables                   asset             heading
        1210  Trade receivables           asset             accounts_receivable     revalue
        1220  Allowance for bad debts     contra_asset      accounts_receivable
        1230  Deposits with suppliers     asset             other_assets
        1240  Recoverable sales tax       asset             other_assets
        1250  Due from group companies    asset             intercompany            system revalue
      1300  Stock                         asset             heading
        1310  Goods in the warehouse      asset             inventory
        1320  Goods in the shop           asset             inventory
        1330  Goods on their way          asset             inventory
      1400  Prepaid costs                 asset             heading
        1410  Prepaid rent                asset             prepaid
        1420  Prepaid insurance           asset             prepaid
      1500  Fixed assets                  asset             heading
        1510  Land and buildings          asset             fixed_assets
        1515  Depreciation of buildings   contra_asset      accumulated_depreciation
        1520  Shop fittings               asset             fixed_assets
        1525  Depreciation of fittings    contra_asset      accumulated_depreciation
        1530  Vehicles                    asset             fixed_assets
        1535  Depreciation of vehicles    contra_asset      accumulated_depreciation
      1600  Shares in other companies     asset             investments
      1900  Suspense                      asset             suspense                system
    2000  Liabilities                     liability         heading
      2100  Payables                      liability         heading
        2110  Trade payables              liability         accounts_payable                revalue
        2120  Goods not invoiced yet      liability         accrued                 revalue
        2130  Accrued costs               liability         accrued                 revalue
        2140  Wages owed                  liability         accrued                 revalue
        2150  Gift vouchers               liability         unearned_revenue
        2160  Deposits from customers     liability         unearned_revenue
        2170  Due to group companies      liability         intercompany            system revalue
      2200  Taxes                         liability         heading
        2210  Sales tax owed              liability         taxes_payable
        2220  Payroll tax owed            liability         taxes_payable
        2230  Income tax owed             liability         taxes_payable
      2300  Loans                         liability         heading
        2310  Overdraft                   liability         current_liabilities     revalue
        2320  Bank loan                   liability         long_term_liabilities   revalue
        2325  Unamortised loan costs      contra_liability  debt_discount
    3000  Equity                          equity            heading
      3100  Share capital                 equity            common_stock
      3150  Own shares                    contra_equity     treasury_stock
      3200  Dividends                     contra_equity     dividends               closes
      3300  Retained earnings             equity            retained_earnings       system
      3400  Opening balances              equity            opening_balance_equity  system
      3500  Translation adjustment        equity            translation_adjustment  system
    4000  Income                          revenue           heading
      4100  Sales in the shop             revenue           sales_income
      4200  Sales to businesses           revenue           sales_income
      4300  Sales on the web              revenue           sales_income
      4400  Sales returned                contra_revenue    sales_returns
      4500  Discounts given               contra_revenue    sales_returns
      4600  Delivery charged              revenue           service_income
      4700  Interest received             revenue           interest_income
      4800  Other income                  revenue           other_income
    5000  Costs of goods                  expense           heading
      5100  Cost of goods sold            expense           cost_of_goods_sold
      5200  Freight and duty              expense           cost_of_goods_sold
      5300  Shrinkage and write-offs      expense           cost_of_goods_sold
      5400  Purchases returned            contra_expense    purchase_returns
      5500  Discounts received            contra_expense    cost_of_goods_sold
    6000  Running costs                   expense           heading
      6100  Wages                         expense           salaries
      6150  Social security               expense           salaries
      6200  Rent                          expense           rent
      6250  Electricity and heating       expense           utilities
      6300  Delivery and vehicles         expense           other_expense
      6350  Packaging used                expense           other_expense
      6400  Advertising                   expense           other_expense
      6450  Card and payment fees         expense           other_expense
      6500  Repairs and cleaning          expense           other_expense
      6550  Insurance                     expense           other_expense
      6600  Office and telephone          expense           other_expense
      6650  Legal and accounting fees     expense           other_expense
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
