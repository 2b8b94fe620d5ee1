import Domain

/// Puts a chart together as its accounts are read, and refuses what no chart has.
struct ChartBuilder {
  private(set) var chart = ForeignChart()
  private var depths: [Int] = []
  private var places: Set<Place> = []
  private var numbers: Set<String> = []

  private struct Place: Hashable {
    let parent: Int?
    let name: String
  }

  /// Gives the place of the account in the chart.
  @discardableResult
  mutating func add(_ written: ForeignChartAccount) throws(ImportError) -> Int {
    var account = written
    account.name = account.name.trimmingSpaces
    account.number = account.number.trimmingSpaces
    account.description = account.description.trimmingSpaces
    let depth = account.parent.map { depths[$0] + 1 } ?? 1
    if let fault = fault(of: account, depth: depth) {
      throw ImportError(fault, at: account.position)
    }
    guard places.insert(Place(parent: account.parent, name: account.name)).inserted else {
      throw ImportError(.chart(.accountTwice(account.name)), at: account.position)
    }
    guard account.number.isEmpty || numbers.insert(account.number.lowercased()).inserted else {
      throw ImportError(.chart(.numberTwice(account.number)), at: account.position)
    }
    depths.append(depth)
    chart.accounts.append(account)
    return depths.count - 1
  }

  private func fault(of account: ForeignChartAccount, depth: Int) -> ImportFault? {
    let line = [account.name, account.number, account.word, account.commodity].joined()
    let control =
      line.unicodeScalars.first(where: \.isControl)
      ?? account.description.unicodeScalars.first { $0.isControl && $0 != "\n" && $0 != "\t" }
    if let control { return .controlCharacter(control) }
    if account.name.isEmpty { return .account(.empty) }
    guard account.name.utf8.count <= JournalLimits.accountBytes else {
      return .account(.tooLong(mostBytes: JournalLimits.accountBytes))
    }
    guard depth <= JournalLimits.accountDepth else {
      return .account(.tooDeep(most: JournalLimits.accountDepth))
    }
    return depths.count < ChartLimits.accounts
      ? nil : .chart(.tooManyAccounts(most: ChartLimits.accounts))
  }
}

extension Unicode.Scalar {
  /// What terminals obey instead of showing it.
  var isControl: Bool { properties.generalCategory == .control }
}

extension ImportError {
  init(_ fault: ImportFault, at position: SourcePosition) {
    self.init(file: position.file, line: position.line, column: position.column, fault: fault)
  }
}
