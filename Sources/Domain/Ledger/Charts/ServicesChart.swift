extension ChartKind {
  /// Sells time: fees by kind, unbilled work, no stock.
  static let servicesPart = """
    1000
      1100
        1110  Petty cash                  asset             cash                    revalue
        1140  Savings account             asset             bank                    revalue
        1150  Foreign currency account    asset             bank                    revalue
      1200
        1230  Unbilled work               asset             other_assets
        1240  Advances to employees       asset             other_assets            revalue
        1250  Deposits paid               asset             other_assets            revalue
        1270  Due from group companies    asset             intercompany            system revalue
      1300  Prepaid costs                 asset             heading
        1310  Prepaid rent                asset             prepaid
        1320  Prepaid insurance           asset             prepaid
        1330  Prepaid subscriptions       asset             prepaid
      1500
        1510  Furniture                   asset             fixed_assets
        1515  Depreciation of furniture   contra_asset      accumulated_depreciation
        1520  Computers                   asset             fixed_assets
        1525  Depreciation of computers   contra_asset      accumulated_depreciation
        1530  Software licences           asset             intangibles
        1535  Amortisation of licences    contra_asset      accumulated_depreciation
    2100
      2120  Credit cards                  liability         current_liabilities     revalue
      2150  Retainers not yet earned      liability         unearned_revenue
      2160  Due to group companies        liability         intercompany            system revalue
    2300
      2310  Bank loan                     liability         long_term_liabilities   revalue
      2315  Unamortised loan costs        contra_liability  debt_discount
      2320  Notes payable                 liability         notes_payable           revalue
    4000
      4100  Consulting fees               revenue           service_income
      4200  Project fees                  revenue           service_income
      4300  Retainers                     revenue           service_income
      4400  Training fees                 revenue           service_income
      4500  Costs charged on              revenue           service_income
      4600  Discounts given               contra_revenue    sales_returns
    5000  Costs of projects               expense           heading
      5100  Subcontractors                expense           cost_of_goods_sold
      5200  Project travel                expense           cost_of_goods_sold
      5300  Project licences              expense           cost_of_goods_sold
      5400  Rebates received              contra_expense    cost_of_goods_sold
    6000
      6100  People                        expense           heading
        6110  Salaries                    expense           salaries
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
    """

  /// Partners' capital, and one account for each tax.
  static let neutralServices = """
    1200
      1260  Recoverable sales tax         asset             other_assets
    3000
      3100  Partners' capital             equity            owners_equity
      3200  Partners' drawings            contra_equity     owners_equity           closes
    6100
      6120  Social security               expense           salaries
    """
}
