extension ChartKind {
  /// Makes what it sells: three stages of stock, what production costs, warranties.
  static let manufacturingPart = """
    1000
      1100
        1110  Petty cash                  asset             cash                    revalue
      1200
        1230  Deposits with suppliers     asset             other_assets
      1300  Stock                         asset             heading
        1310  Raw materials               asset             inventory
        1320  Auxiliary materials         asset             inventory
        1330  Work in progress            asset             inventory
        1340  Finished goods              asset             inventory
        1350  Goods for resale            asset             inventory
        1360  Materials at subcontractors  asset            inventory
      1500
        1510  Land and buildings          asset             fixed_assets
        1515  Depreciation of buildings   contra_asset      accumulated_depreciation
        1520  Machines and plant          asset             fixed_assets
        1525  Depreciation of machines    contra_asset      accumulated_depreciation
        1540  Tools and moulds            asset             fixed_assets
        1545  Depreciation of tools       contra_asset      accumulated_depreciation
        1550  Patents and licences        asset             intangibles
        1555  Amortisation of patents     contra_asset      accumulated_depreciation
        1560  Plant being built           asset             fixed_assets
    2100
      2120  Goods not invoiced yet        liability         accrued                 revalue
      2150  Warranty claims expected      liability         accrued
      2160  Deposits from customers       liability         unearned_revenue
    2300
      2330  Hire purchase of machines     liability         long_term_liabilities   revalue
    4000
      4100  Sales of own products         revenue           sales_income
      4200  Sales of goods bought in      revenue           sales_income
      4300  Contract manufacturing        revenue           service_income
      4350  Spare parts and repairs       revenue           service_income
      4400  Sales returned                contra_revenue    sales_returns
      4500  Discounts given               contra_revenue    sales_returns
      4600  Delivery charged              revenue           service_income
    5000  Costs of production             expense           heading
      5100  Materials used                expense           cost_of_goods_sold
      5150  Production wages              expense           cost_of_goods_sold
      5200  Work done by others           expense           cost_of_goods_sold
      5250  Energy for production         expense           cost_of_goods_sold
      5300  Freight and duty              expense           cost_of_goods_sold
      5350  Scrap and rework              expense           cost_of_goods_sold
      5400  Change in stock of products   expense           cost_of_goods_sold
      5450  Overheads put into stock      contra_expense    cost_of_goods_sold
      5500  Purchases returned            contra_expense    purchase_returns
      5550  Discounts received            contra_expense    cost_of_goods_sold
    6000
      6300  Delivery and vehicles         expense           other_expense
      6450  Research and development      expense           other_expense
      6750  Warranty costs                expense           other_expense
    """
}
