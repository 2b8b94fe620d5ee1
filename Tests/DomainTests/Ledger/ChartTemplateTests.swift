import Domain
import Testing

/// A whole chart in the name of each of its tests would fill the log.
extension ChartTemplate: CustomTestStringConvertible {
  public var testDescription: String { name }
}

@Suite struct ChartTemplateTests {
  @Test func `charts are found by their name`() {
    #expect(ChartTemplate.all.map(\.name) == ["services", "trading"])
    #expect(ChartTemplate.named("trading")?.name == "trading")
    #expect(ChartTemplate.named("Trading") == nil)
  }

  @Test(arguments: ChartTemplate.all)
  func `a chart has sixty to ninety accounts with numbers and names of their own`(
    _ chart: ChartTemplate
  ) {
    #expect((60...90).contains(chart.accounts.count))
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
      if account.category == .dividends {
        #expect(account.type == .contraEquity || account.closes, "\(account.number) (R5)")
      }
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
      let isReceivableOrPayable =
        account.type == .asset && account.category == .accountsReceivable
        || account.category == .accountsPayable
      #expect(!account.isControl, "\(account.number): nothing but entries posts to it")
      let isMoney =
        [.cash, .bank, .accountsPayable].contains(account.category) || isReceivableOrPayable
      #expect(!isMoney || account.revalues, "\(account.number) (R31)")
      let holdsNoMoney: [AccountCategory] = [.inventory, .fixedAssets, .prepaid, .unearnedRevenue]
      #expect(!(holdsNoMoney.contains(account.category) && account.revalues), "\(account.number)")
      let isPaidOut = account.type == .contraEquity && account.category != .treasuryStock
      #expect(account.closes == isPaidOut, "\(account.number)")
    }
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
