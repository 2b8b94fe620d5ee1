extension ChartKind {
  /// Lives on gifts, grants and members: what is meant for a purpose is kept apart.
  static let nonprofitPart = """
    1000
      1100
        1110  Petty cash                  asset             cash                    revalue
        1150  Savings account             asset             bank                    revalue
        1160  Account for tied gifts      asset             bank                    revalue
      1200
        1230  Grants promised to us       asset             accounts_receivable     revalue
        1260  Membership fees due         asset             accounts_receivable     revalue
      1300  Stock                         asset             heading
        1310  Goods to sell               asset             inventory
        1320  Goods to give away          asset             inventory
      1500
        1510  Land and buildings          asset             fixed_assets
        1515  Depreciation of buildings   contra_asset      accumulated_depreciation
        1520  Furniture and equipment     asset             fixed_assets
        1525  Depreciation of equipment   contra_asset      accumulated_depreciation
      1600  Investments of endowments     asset             investments
    2100
      2120  Grants promised by us         liability         accrued                 revalue
      2150  Membership fees in advance    liability         unearned_revenue
      2160  Grants in advance             liability         unearned_revenue
    4000
      4100  Donations                     revenue           other_income
      4150  Gifts in kind                 revenue           other_income
      4200  Membership fees               revenue           service_income
      4300  Public grants                 revenue           other_income
      4350  Grants of foundations         revenue           other_income
      4400  Fundraising events            revenue           service_income
      4450  Sales of goods                revenue           sales_income
      4500  Course and entrance fees      revenue           service_income
      4600  Donations returned            contra_revenue    sales_returns
    5000  Costs of programmes             expense           heading
      5100  Programme wages               expense           salaries
      5150  Grants given                  expense           other_expense
      5200  Programme materials           expense           other_expense
      5250  Programme travel              expense           other_expense
      5300  Cost of goods sold            expense           cost_of_goods_sold
      5350  Goods given away              expense           other_expense
      5400  Fundraising costs             expense           other_expense
      5450  Grants given that came back   contra_expense    purchase_returns
    6000
      6300  Volunteers' expenses          expense           other_expense
      6350  Board and general meetings    expense           other_expense
      6450  Fees to umbrella bodies       expense           other_expense
    """
}
