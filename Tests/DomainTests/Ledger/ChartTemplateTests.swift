import Domain
import Testing

/// A whole chart in the name of each of its tests would fill the log.
extension ChartTemplate: CustomTestStringConvertible {
  public var testDescription: String { name }
}

@Suite struct ChartTemplateTests {
  @Test func `charts are found by their name`() {
    #expect(ChartTemplate.all.map(\.name) == ChartTemplate.names)
    #expect(ChartTemplate.named("trading")?.name == "trading")
    #expect(ChartTemplate.named("Trading") == nil)
    #expect(ChartTemplate.named("trading-fr") == nil)
  }

  @Test func `there are charts for six kinds of business in three countries, and two for any`() {
    let kinds = [
      "services", "trading", "manufacturing", "construction", "hospitality", "nonprofit",
    ]
    let national = kinds.flatMap { kind in ["us", "uk", "de"].map { "\(kind)-\($0)" } }
    #expect(ChartTemplate.names == ["services", "trading"] + national)
    let countries = Dictionary(grouping: ChartTemplate.all, by: \.country).mapValues(\.count)
    #expect(countries == [nil: 2, "US": 6, "GB": 6, "DE": 6])
    #expect(Set(ChartTemplate.all.map(\.title)).count == 6)
  }

  /// What books that were begun with them rest on.
  @Test(arguments: [
    ("services", 89, "6120 Social security", "6100", AccountCategory.salaries),
    ("services", 89, "1260 Recoverable sales tax", "1200", .otherAssets),
    ("services", 89, "3200 Partners' drawings", "3000", .ownersEquity),
    ("trading", 90, "1240 Recoverable sales tax", "1200", .otherAssets),
    ("trading", 90, "2170 Due to group companies", "2100", .intercompany),
    ("trading", 90, "3150 Own shares", "3000", .treasuryStock),
    ("trading", 90, "7600 Income tax", "7000", .taxExpense),
  ])
  func `the charts of no country keep their accounts`(
    name: String, count: Int, label: String, parent: String, category: AccountCategory
  ) throws {
    let chart = try #require(ChartTemplate.named(name))
    #expect(chart.accounts.count == count)
    let account = chart.accounts.first { "\($0.number) \($0.name)" == label }
    #expect(account?.parent == parent)
    #expect(account?.category == category)
  }

  @Test(arguments: [
    ("services-us", "2224 401(k) contributions owed", AccountCategory.accrued),
    ("trading-us", "2210 Sales tax collected", .taxesPayable),
    ("trading-us", "1300 Inventory", .otherAssets),
    ("hospitality-us", "2212 Lodging tax collected", .taxesPayable),
    ("nonprofit-us", "3110 Net assets, donor-restricted", .ownersEquity),
    ("services-uk", "1280 VAT on purchases", .otherAssets),
    ("manufacturing-uk", "2210 VAT on sales", .taxesPayable),
    ("construction-uk", "2224 CIS deductions owed", .taxesPayable),
    ("nonprofit-uk", "3120 Restricted funds", .ownersEquity),
    ("services-de", "2100 Stammkapital", .commonStock),
    ("trading-de", "1280 Vorsteuer 19 %", .otherAssets),
    ("trading-de", "3210 Umsatzsteuer 19 %", .taxesPayable),
    ("manufacturing-de", "7602 Gewerbesteuer", .taxExpense),
    ("hospitality-de", "3214 Beherbergungssteuer", .taxesPayable),
    ("nonprofit-de", "2120 Zweckgebundene Rücklagen", .ownersEquity),
    // What all have is numbered and named by the country too.
    ("trading-de", "0130 Fuhrpark", .fixedAssets),
    ("trading-de", "2300 Gewinnvortrag", .retainedEarnings),
    ("trading-de", "3110 Verbindlichkeiten aus Lieferungen und Leistungen", .accountsPayable),
  ])
  func `a country's charts have its taxes, its law of companies and its words`(
    name: String, label: String, category: AccountCategory
  ) throws {
    let chart = try #require(ChartTemplate.named(name))
    let account = chart.accounts.first { "\($0.number) \($0.name)" == label }
    #expect(account?.category == category)
  }

  @Test func `no account of a German chart is called as one of another`() throws {
    let english = Set(
      ChartTemplate.all.filter { $0.country != "DE" }.flatMap(\.accounts).map(\.name))
    for chart in ChartTemplate.all where chart.country == "DE" {
      // The same in both languages.
      let names = Set(chart.accounts.map(\.name)).subtracting(["Marketing"])
      #expect(names.isDisjoint(with: english), "\(chart.name): \(names.intersection(english))")
    }
  }

  @Test(arguments: ChartTemplate.all)
  func `a chart has eighty to a hundred and forty accounts, each of its own number and name`(
    _ chart: ChartTemplate
  ) {
    #expect((80...140).contains(chart.accounts.count))
    let numbers = chart.accounts.map(\.number)
    #expect(Set(numbers).count == numbers.count)
    #expect(numbers == numbers.sorted())
    #expect(numbers.allSatisfy { $0.count == 4 && Int($0) != nil })
    #expect(Set(chart.accounts.map(\.name)).count == numbers.count)
    #expect(
      chart.accounts.allSatisfy { $0.name == $0.name.split(separator: " ").joined(separator: " ") })
  }

  @Test(arguments: ChartTemplate.all)
  func `every category agrees with its type`(_ chart: ChartTemplate) {
    for account in chart.accounts {
      #expect(account.category.types.contains(account.type), "\(account.number) (R5)")
      if account.category == .dividends { #expect(account.closes, "\(account.number)") }
    }
  }

  @Test(arguments: ChartTemplate.all)
  func `a heading carries nothing that only lines have, and something stands under it`(
    _ chart: ChartTemplate
  ) {
    for heading in chart.accounts where heading.isHeader {
      let flags = [heading.isControl, heading.closes, heading.revalues, heading.isSystem]
      #expect(!flags.contains(true), "\(heading.number) (R6)")
      #expect(chart.accounts.contains { $0.parent == heading.number }, "\(heading.number)")
    }
  }

  @Test(arguments: ChartTemplate.all)
  func `every account stands under a heading of its class that comes before it`(
    _ chart: ChartTemplate
  ) throws {
    var above: [String: (account: ChartAccount, level: Int)] = [:]
    for account in chart.accounts {
      var level = 1
      if let number = account.parent {
        let parent = try #require(above[number], "\(account.number) (R7)")
        #expect(parent.account.isHeader, "\(account.number)")
        #expect(parent.account.type.accountClass == account.type.accountClass, "\(account.number)")
        level = parent.level + 1
      } else {
        #expect(account.isHeader && !account.type.isContra, "\(account.number)")
      }
      #expect(level <= 8)
      above[account.number] = (account, level)
    }
    #expect(Set(chart.accounts.map(\.type.accountClass)) == Set(AccountType.Class.allCases))
  }

  /// RULES R10.
  @Test(arguments: ChartTemplate.all)
  func `the accounts that no books can do without are there, once each`(_ chart: ChartTemplate) {
    let system = chart.accounts.filter(\.isSystem)
    let expected: [AccountCategory] = [
      .retainedEarnings, .openingBalanceEquity, .rounding, .fxGainLoss, .fxUnrealised, .suspense,
      .translationAdjustment, .intercompany, .intercompany,
    ]
    #expect(system.map(\.category.rawValue).sorted() == expected.map(\.rawValue).sorted())
    let between = system.filter { $0.category == .intercompany }.map(\.type)
    #expect(Set(between) == [.asset, .liability])
  }

  @Test(arguments: ChartTemplate.all)
  func `drawings and monetary items are marked, and nothing waits for a subledger`(
    _ chart: ChartTemplate
  ) {
    for account in chart.accounts where !account.isHeader {
      #expect(!account.isControl, "\(account.number): nothing but entries posts to it")
      let isMoney = account.category.isMonetary && !account.type.isContra
      #expect(!isMoney || account.revalues, "\(account.number) (R31)")
      let holdsNoMoney: [AccountCategory] = [.inventory, .fixedAssets, .prepaid, .unearnedRevenue]
      #expect(!(holdsNoMoney.contains(account.category) && account.revalues), "\(account.number)")
      let isPaidOut = account.type == .contraEquity && account.category != .treasuryStock
      #expect(account.closes == isPaidOut, "\(account.number)")
    }
  }

  @Test(arguments: ChartTemplate.all)
  func `there is money at hand and at a bank`(_ chart: ChartTemplate) {
    let money = chart.accounts.filter { !$0.isHeader }.map(\.category)
    #expect(money.contains(.cash) && money.contains(.bank))
  }

  @Test(arguments: ChartTemplate.all)
  func `both sides of a class are used: there are contra accounts of every kind the trade needs`(
    _ chart: ChartTemplate
  ) {
    let contra = Set(chart.accounts.map(\.type).filter(\.isContra))
    #expect(
      contra == [.contraAsset, .contraLiability, .contraEquity, .contraRevenue, .contraExpense])
  }
}
