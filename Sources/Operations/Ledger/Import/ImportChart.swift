package import Domain
package import Store

/// Takes over another program's chart of accounts: whole, or not at all.
///
/// An account that is there already stays as it is: one of the same number, or one of the same name
/// in the same place. So the same file changes nothing a second time. Whoever imports needs the
/// right to make accounts too; each gets a record of its own, as if a person had made it.
package struct ImportChart: Command {
  package static let permission: Permission? = .importRun
  package static let operation = "import.accounts"
  package static let event = AuditEvent.imported
  let chart: ForeignChart
  let file: String
  let mapped: [String: AccountType]
  let untyped: AccountType?

  /// `file` is what the audit log calls it; `mapped` is what the person says of accounts, by their
  /// paths, and of the file's words for types; `untyped` is what accounts of unknown type become,
  /// where nil refuses them.
  package init(
    _ chart: ForeignChart, file: String, mapped: [String: AccountType] = [:],
    untyped: AccountType? = nil
  ) {
    self.chart = chart
    self.file = file
    self.mapped = mapped
    self.untyped = untyped
  }

  package var subject: Subject { Subject(.chartFile, name: file) }

  package func run(in change: Change) throws -> ChartImportReport {
    let kinds = try kinds()
    let standing = try change.ownStanding()
    var books = ChartPlaces(
      try ChartOfAccounts().run(in: change.snapshot), numbers: chart.accounts.map(\.number))
    var report = ChartImportReport()
    var places: [ChartPlaces.Place?] = []
    for ((account, path), kind) in zip(zip(chart.accounts, chart.paths), kinds) {
      switch books.fate(of: account, kind, below: account.parent.map { places[$0] }) {
      case .there(let place):
        report.known += 1
        places.append(place)
      case .new(let content):
        let id = try make(content, of: account, in: change, by: standing)
        places.append(books.add(content, id, below: account.parent.flatMap { places[$0] }))
        report.accounts.append(path)
        report.numbered += account.number.isEmpty ? 1 : 0
        report.said += kind.isSaid ? 1 : 0
      case .leftOut(let reason):
        report.leftOut.append(
          ChartImportReport.LeftOut(path: path, position: account.position, reason: reason))
        places.append(nil)
      }
    }
    return report
  }

  private func kinds() throws -> [ForeignAccountKind] {
    do {
      return try chart.kinds(mapped: mapped, untyped: untyped)
    } catch {
      throw Refusal.importing(ImportProblem(nil, unknownTypes(of: error.accounts)))
    }
  }

  /// Names the accounts with the file's words for their types, and what to say to type them all.
  private func unknownTypes(of paths: [String]) -> ImportProblem.Fact {
    let words = Dictionary(
      zip(chart.paths, chart.accounts.map(\.word)), uniquingKeysWith: { first, _ in first })
    let accounts = paths.map { path in
      words[path].map { $0.isEmpty ? path : "\(path) (\($0))" } ?? path
    }
    let names = paths.map { path in
      words[path].flatMap { $0.isEmpty ? nil : $0 } ?? String(path.prefix { $0 != ":" })
    }
    return .untyped(accounts: accounts, roots: Set(names).sorted())
  }

  private func make(
    _ content: AccountContent, of account: ForeignChartAccount, in change: Change,
    by standing: Standing
  ) throws -> ID<Account> {
    let most = AccountContent.mostDescriptionCharacters
    guard account.description.unicodeScalars.count <= most else {
      throw Refusal.importing(
        ImportProblem(account.position, .textTooLong(.description, most: most)))
    }
    do {
      var content = content
      // GnuCash says the name again where nobody said anything.
      if account.description != account.name { content.description = account.description }
      return try change.perform(CreateAccount(content, source: .imported), by: standing)
    } catch let refusal as Refusal {
      if case .notPermitted = refusal { throw refusal }
      throw Refusal.importing(ImportProblem(account.position, .refused(refusal)))
    }
  }
}

/// The chart of the business as an import finds it and adds to it.
private struct ChartPlaces {
  struct Place {
    let id: ID<Account>
    let number: String
    let name: String
    let path: String
    /// 0 for a root.
    let level: Int
    let accountClass: AccountType.Class
  }

  enum Fate {
    case there(Place)
    case new(AccountContent)
    case leftOut(ChartImportReport.Reason)
  }

  private struct Node: Hashable {
    let path: String
    let accountClass: AccountType.Class
  }

  private var byNumber: [String: Place] = [:]
  private var byPath: [Node: Place] = [:]
  private var numbers: ImportNumbers

  /// `numbers` are those that the file gives, so that none of them is given to another account.
  init(_ chart: [ChartOfAccounts.Row], numbers: [String]) {
    self.numbers = ImportNumbers(taken: chart.map(\.number) + numbers)
    for row in chart {
      keep(
        Place(
          id: row.id, number: row.number, name: row.name, path: row.path, level: row.level,
          accountClass: row.type.accountClass))
    }
  }

  /// What becomes of an account. `parent` is nil for a root, else the place in the books of what it
  /// stands under, which has none where it was left out.
  mutating func fate(
    of account: ForeignChartAccount, _ kind: ForeignAccountKind, below parent: Place??
  ) -> Fate {
    let accountClass = kind.type.accountClass
    if let place = byNumber[account.number.lowercased()] {
      return place.accountClass == accountClass
        ? .there(place) : .leftOut(.numberTaken(by: "\(place.number) \(place.name)"))
    }
    if case .some(.none) = parent { return .leftOut(.belowLeftOut) }
    let above = parent ?? nil
    if let place = byPath[
      Node(path: path(of: account.name, below: above), accountClass: accountClass)]
    {
      return .there(place)
    }
    if let above, above.accountClass != accountClass {
      return .leftOut(.belowOtherClass(above.accountClass))
    }
    guard (above?.level ?? -1) + 1 < AccountContent.mostLevels else {
      return .leftOut(.tooDeep(most: AccountContent.mostLevels))
    }
    guard account.name.unicodeScalars.count <= AccountContent.mostNameCharacters else {
      return .leftOut(.nameTooLong(most: AccountContent.mostNameCharacters))
    }
    let number =
      account.number.isEmpty
      ? numbers.next(below: above?.number, in: accountClass) : account.number
    guard number.count <= AccountContent.mostNumberCharacters else {
      return .leftOut(.numberTooLong(most: AccountContent.mostNumberCharacters))
    }
    return .new(
      AccountContent(
        number: number, name: account.name, parent: above?.id, type: kind.type,
        category: kind.category, isHeader: account.isHeading,
        revalues: !account.isHeading && !kind.type.isContra && kind.category.isMonetary))
  }

  mutating func add(_ content: AccountContent, _ id: ID<Account>, below above: Place?) -> Place {
    let place = Place(
      id: id, number: content.number, name: content.name,
      path: path(of: content.name, below: above), level: above.map { $0.level + 1 } ?? 0,
      accountClass: content.type.accountClass)
    keep(place)
    return place
  }

  private mutating func keep(_ place: Place) {
    byNumber[place.number.lowercased()] = place
    byPath[Node(path: place.path, accountClass: place.accountClass)] = place
  }

  private func path(of name: String, below above: Place?) -> String {
    above.map { "\($0.path):\(name)" } ?? name
  }
}
