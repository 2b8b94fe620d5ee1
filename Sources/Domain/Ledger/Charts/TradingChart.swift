extension ChartKind {
  /// Buys, stores and sells goods: stock, freight, returns on both sides.
  static let tradingPart = """
    1000
      1100
        1110  Tills                       asset             cash                    revalue
        1150  Card payments on their way  asset             bank                    revalue
      1200
        1230  Deposits with suppliers     asset             other_assets
      1300  Stock                         asset             heading
        1310  Goods in the warehouse      asset             inventory
        1320  Goods in the shop           asset             inventory
        1330  Goods on their way          asset             inventory
      1500
        1510  Land and buildings          asset             fixed_assets
        1515  Depreciation of buildings   contra_asset      accumulated_depreciation
        1520  Shop fittings               asset             fixed_assets
        1525  Depreciation of fittings    contra_asset      accumulated_depreciation
      1600  Shares in other companies     asset             investments
    2100
      2120  Goods not invoiced yet        liability         accrued                 revalue
      2150  Gift vouchers                 liability         unearned_revenue
      2160  Deposits from customers       liability         unearned_revenue
    4000
      4100  Sales in the shop             revenue           sales_income
      4200  Sales to businesses           revenue           sales_income
      4300  Sales on the web              revenue           sales_income
      4400  Sales returned                contra_revenue    sales_returns
      4500  Discounts given               contra_revenue    sales_returns
      4600  Delivery charged              revenue           service_income
    5000  Costs of goods                  expense           heading
      5100  Cost of goods sold            expense           cost_of_goods_sold
      5200  Freight and duty              expense           cost_of_goods_sold
      5300  Shrinkage and write-offs      expense           cost_of_goods_sold
      5400  Purchases returned            contra_expense    purchase_returns
      5500  Discounts received            contra_expense    cost_of_goods_sold
    6000
      6300  Delivery and vehicles         expense           other_expense
      6350  Packaging used                expense           other_expense
      6450  Card and payment fees         expense           other_expense
    """

  /// Share capital, and one account for each tax.
  static let neutralTrading = """
    1200
      1240  Recoverable sales tax         asset             other_assets
    3000
      3100  Share capital                 equity            common_stock
      3150  Own shares                    contra_equity     treasury_stock
      3200  Dividends                     contra_equity     dividends               closes
    6000
      6150  Social security               expense           salaries
    """
}
