/// Germany: Vorsteuer and Umsatzsteuer, Sozialversicherung, Gewerbesteuer, the GmbH.
///
/// In the order of a German balance sheet: fixed assets from 0, what turns over from 1, capital
/// from 2, debts from 3. The numbers are ours, like the classes of charts that German books often
/// have, and taken from none of those.
enum Germany {
  static func parts(of kind: ChartKind) -> [String] {
    switch kind {
    case .services, .trading, .manufacturing: [taxes, company]
    case .construction: [taxes, company, site]
    case .hospitality: [taxes, company, guests]
    case .nonprofit: [taxes, association]
    }
  }

  static func number(of number: String) -> String {
    switch number.prefix(2) {
    case "10": "00\(number.dropFirst(2))"
    case "15": "01\(number.dropFirst(2))"
    case "16": "02\(number.dropFirst(2))"
    case "20"..."29": "3\(number.dropFirst())"
    case "30"..."39": "2\(number.dropFirst())"
    default: number
    }
  }

  static func name(of name: String) -> String {
    guard let german = names[name] else {
      preconditionFailure("a test puts every account into German: \(name)")
    }
    return german
  }

  private static let taxes = """
    1200
      1280  Vorsteuer 19 %                asset             other_assets
      1281  Vorsteuer 7 %                 asset             other_assets
      1282  Vorsteuer aus EU-Erwerb       asset             other_assets
      1283  Vorsteuer nach § 13b UStG     asset             other_assets
      1284  Einfuhrumsatzsteuer           asset             other_assets
      1285  Umsatzsteuer-Vorauszahlungen  asset             other_assets
      1286  Steuererstattungen            asset             other_assets
    3200
      3210  Umsatzsteuer 19 %             liability         taxes_payable
      3211  Umsatzsteuer 7 %              liability         taxes_payable
      3212  Umsatzsteuer aus EU-Erwerb    liability         taxes_payable
      3213  Umsatzsteuer nach § 13b UStG  liability         taxes_payable
      3220  Lohn- und Kirchensteuer       liability         taxes_payable
      3221  Sozialversicherung            liability         accrued
      3222  Berufsgenossenschaft          liability         accrued
      3230  Körperschaftsteuerschuld      liability         taxes_payable
      3231  Gewerbesteuerschuld           liability         taxes_payable
    3000
      3400  Rückstellungen                liability         heading
        3410  Steuerrückstellungen        liability         taxes_payable
        3420  Pensionsrückstellungen      liability         long_term_liabilities
        3430  Urlaubsrückstellungen       liability         accrued
        3440  Rückstellungen für Abschluss und Prüfung  liability  accrued
    4000
      4900  Steuerfreie EU-Lieferungen    revenue           sales_income
      4910  Steuerfreie Ausfuhren         revenue           sales_income
      4920  Erlöse nach § 13b UStG        revenue           sales_income
    6000
      6150  Soziale Abgaben               expense           heading
        6151  Arbeitgeberanteil zur Sozialversicherung  expense  salaries
        6152  Beiträge zur Berufsgenossenschaft  expense    salaries
        6153  Betriebliche Altersversorgung  expense        salaries
        6154  Pauschale Lohnsteuer        expense           salaries
      6900  Grundsteuer                   expense           other_expense
      6910  Kammerbeiträge                expense           other_expense
      6920  Bewirtung, nicht abziehbar    expense           other_expense
      6930  Kraftfahrzeugsteuer           expense           other_expense
    7000
      7600  Körperschaftsteuer            expense           tax_expense
      7601  Solidaritätszuschlag          expense           tax_expense
      7602  Gewerbesteuer                 expense           tax_expense
    """

  private static let company = """
    2000
      2100  Stammkapital                  equity            common_stock
      2110  Kapitalrücklage               equity            common_stock
      2120  Gewinnrücklagen               equity            owners_equity
      2150  Eigene Anteile                contra_equity     treasury_stock
      2200  Ausschüttungen                contra_equity     dividends               closes
    """

  private static let association = """
    2000
      2100  Vereinskapital                equity            owners_equity
      2110  Freie Rücklagen               equity            owners_equity
      2120  Zweckgebundene Rücklagen      equity            owners_equity
      2200  Entnahmen aus Rücklagen       contra_equity     owners_equity           closes
    """

  private static let site = """
    3200
      3223  SOKA-BAU                      liability         accrued
      3224  Bauabzugsteuer                liability         taxes_payable
    6150
      6155  Beiträge zur SOKA-BAU         expense           salaries
    """

  private static let guests = """
    3200
      3214  Beherbergungssteuer           liability         taxes_payable
      3215  Kurtaxe                       liability         taxes_payable
    """
}
