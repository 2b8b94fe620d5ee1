extension ChartKind {
  /// Houses and feeds guests: tills, food and drink in store, bookings paid ahead, tips.
  static let hospitalityPart = """
    1000
      1100
        1110  Tills                       asset             cash                    revalue
        1150  Card payments on their way  asset             bank                    revalue
      1200
        1230  Deposits with suppliers     asset             other_assets
        1260  Guests in the house         asset             accounts_receivable     revalue
      1300  Stock                         asset             heading
        1310  Food in store               asset             inventory
        1320  Drinks in store             asset             inventory
        1330  Supplies for guests         asset             inventory
      1500
        1510  Land and buildings          asset             fixed_assets
        1515  Depreciation of buildings   contra_asset      accumulated_depreciation
        1520  Kitchen equipment           asset             fixed_assets
        1525  Depreciation of kitchens    contra_asset      accumulated_depreciation
        1540  Furniture for guests        asset             fixed_assets
        1545  Depreciation of furniture   contra_asset      accumulated_depreciation
        1550  Linen and tableware         asset             fixed_assets
        1555  Depreciation of linen       contra_asset      accumulated_depreciation
    2100
      2120  Goods not invoiced yet        liability         accrued                 revalue
      2150  Gift vouchers                 liability         unearned_revenue
      2160  Deposits for bookings         liability         unearned_revenue
      2180  Tips owed to staff            liability         accrued                 revalue
    4000
      4100  Rooms                         revenue           service_income
      4200  Food sold                     revenue           sales_income
      4300  Drinks sold                   revenue           sales_income
      4350  Breakfast                     revenue           sales_income
      4400  Events and catering           revenue           service_income
      4450  Other services to guests      revenue           service_income
      4500  Discounts given               contra_revenue    sales_returns
      4550  Refunds to guests             contra_revenue    sales_returns
    5000  Costs of guests                 expense           heading
      5100  Food used                     expense           cost_of_goods_sold
      5150  Drinks used                   expense           cost_of_goods_sold
      5200  Kitchen and service wages     expense           cost_of_goods_sold
      5250  Laundry                       expense           cost_of_goods_sold
      5300  Booking commissions           expense           cost_of_goods_sold
      5350  Supplies used by guests       expense           cost_of_goods_sold
      5400  Breakage and waste            expense           cost_of_goods_sold
      5450  Meals of staff                contra_expense    cost_of_goods_sold
      5500  Purchases returned            contra_expense    purchase_returns
      5550  Discounts received            contra_expense    cost_of_goods_sold
    6000
      6160  Meals and uniforms of staff   expense           salaries
      6300  Music and television licences  expense          other_expense
      6450  Card and payment fees         expense           other_expense
    """
}
