extension ChartKind {
  /// Works on site under contracts: retentions on both sides, work not billed and billed ahead.
  static let constructionPart = """
    1000
      1100
        1110  Petty cash                  asset             cash                    revalue
      1200
        1230  Deposits with suppliers     asset             other_assets
        1260  Retentions by customers     asset             accounts_receivable     revalue
        1270  Contract work not billed    asset             other_assets
      1300  Stock                         asset             heading
        1310  Building materials          asset             inventory
        1320  Buildings for sale          asset             inventory
        1330  Land to build on            asset             inventory
      1500
        1510  Land and buildings          asset             fixed_assets
        1515  Depreciation of buildings   contra_asset      accumulated_depreciation
        1520  Building machines           asset             fixed_assets
        1525  Depreciation of machines    contra_asset      accumulated_depreciation
        1540  Scaffolding and tools       asset             fixed_assets
        1545  Depreciation of tools       contra_asset      accumulated_depreciation
      1600  Shares in joint ventures      asset             investments
    2100
      2120  Subcontractors not invoiced   liability         accrued                 revalue
      2150  Billed ahead of work          liability         unearned_revenue
      2160  Deposits from customers       liability         unearned_revenue
      2180  Retentions of subcontractors  liability         accounts_payable        revalue
      2190  Defects to make good          liability         accrued
    2300
      2330  Hire purchase of machines     liability         long_term_liabilities   revalue
    4000
      4100  Contract income               revenue           service_income
      4200  Variations and extra work     revenue           service_income
      4300  Maintenance and small jobs    revenue           service_income
      4350  Hire of own machines          revenue           service_income
      4400  Sales of buildings            revenue           sales_income
      4500  Discounts given               contra_revenue    sales_returns
      4550  Deductions for defects        contra_revenue    sales_returns
    5000  Costs of contracts              expense           heading
      5100  Materials used                expense           cost_of_goods_sold
      5150  Site wages                    expense           cost_of_goods_sold
      5200  Subcontractors                expense           cost_of_goods_sold
      5250  Hire of machines              expense           cost_of_goods_sold
      5300  Site set-up and disposal      expense           cost_of_goods_sold
      5350  Fuel for machines             expense           cost_of_goods_sold
      5400  Permits and surveys           expense           cost_of_goods_sold
      5450  Making good of defects        expense           cost_of_goods_sold
      5500  Purchases returned            contra_expense    purchase_returns
      5550  Discounts received            contra_expense    cost_of_goods_sold
    6000
      6300  Vehicles and travel to site   expense           other_expense
      6450  Tenders and estimates         expense           other_expense
      6750  Bonds and guarantees          expense           other_expense
    """
}
