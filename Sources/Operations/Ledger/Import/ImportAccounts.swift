import Domain
import Store

/// The accounts of a journal in the chart of the business: those that it has, and those that the
/// import makes.
///
/// An account is found by its path and, where groups of one name stand in several classes, by its
/// class: `Household:Bank` may be an asset and `Household:Food` an expense, below a `Household` each.
struct ImportAccounts {
  private(set) var made: [String] = []
  private(set) var opened: [String] = []
  private var ids: [String: ID<Account>] = [:]
  private var nodes: [Node: ChartOfAccounts.Row] = [:]
  private var numbers: ImportNumbers
  private let positions: [String: SourcePosition]

  private struct Node: Hashable {
    let path: String
    let accountClass: AccountType.Class
  }

  /// Finds or makes every account that `entries` post to or the journal declares.
  init(
    _ journal: ForeignJournal, entries: [ForeignEntry], mapped: [String: AccountType],
    untyped: AccountType?, in change: Change, by standing: Standing
  ) throws {
    let chart = try ChartOfAccounts().run(in: change.snapshot)
    numbers = ImportNumbers(taken: chart.map(\.number))
    positions = Self.positions(journal, entries)
    var existing: [String: ChartOfAccounts.Row] = [:]
    for row in chart {
      nodes[Node(path: row.path, accountClass: row.type.accountClass)] = row
      if existing[row.path].map({ $0.isHeader || !$0.isActive }) ?? true {
        existing[row.path] = row
      }
    }
    let used = Set(entries.lazy.flatMap(\.postings).map(\.account))
    let groups = Set(used.flatMap(\.foreignAncestors))
    let declared = journal.accounts.filter { existing[$0.path] == nil }
    let posted = used.union(declared.map(\.path).filter { !groups.contains($0) })
    let types = try Self.types(
      of: posted.filter { existing[$0] == nil }, declared: declared, existing, mapped, untyped)
    for path in posted.sorted() {
      if let row = existing[path] {
        if used.contains(path) { ids[path] = try openForLines(row, in: change, by: standing) }
      } else if let type = types.types[path] {
        let plan = Plan(posted: posted, types: types.types, change: change, standing: standing)
        let category: AccountCategory = types.cash.contains(path) ? .cash : .usual(for: type)
        ids[path] = try make(path, type, category, plan).id
      }
    }
  }

  /// Every account that an entry posts to has one.
  func id(of path: String) -> ID<Account> {
    guard let id = ids[path] else {
      preconditionFailure("every account of the entries was found or made")
    }
    return id
  }

  private static func positions(
    _ journal: ForeignJournal, _ entries: [ForeignEntry]
  ) -> [String: SourcePosition] {
    let pairs =
      journal.accounts.map { ($0.path, $0.position) }
      + entries.flatMap(\.postings).map { ($0.account, $0.position) }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  private static func types(
    of paths: Set<String>, declared: [ForeignAccount],
    _ existing: [String: ChartOfAccounts.Row], _ mapped: [String: AccountType],
    _ untyped: AccountType?
  ) throws -> ForeignAccountTypes {
    // An account that is there has its type already, and those below it take it.
    let known = mapped.merging(existing.mapValues(\.type)) { _, held in held }
    do {
      return try ForeignAccountTypes(
        paths, declared: declared, mapped: known, untyped: untyped)
    } catch {
      throw Refusal.importing(
        ImportProblem(nil, .untyped(accounts: error.accounts, roots: error.roots)))
    }
  }

  /// A heading that the file posts to takes lines from now on, unless the books need it as it is.
  private mutating func openForLines(
    _ row: ChartOfAccounts.Row, in change: Change, by standing: Standing
  ) throws -> ID<Account> {
    guard row.isHeader else { return row.id }
    guard !row.isSystem else { throw problem(row.path, .systemHeading(row.path)) }
    var content = try change.content(of: row.id).content
    content.isHeader = false
    try change.perform(
      UpdateAccount(row.id, content: content, version: row.version), by: standing)
    opened.append(row.path)
    return row.id
  }

  /// What accounts are made of and in whose name.
  private struct Plan {
    /// Everything that takes lines.
    let posted: Set<String>
    let types: [String: AccountType]
    let change: Change
    let standing: Standing
  }

  /// Makes the account at `path` and every group above it that is missing.
  private mutating func make(
    _ path: String, _ type: AccountType, _ category: AccountCategory, _ plan: Plan
  ) throws -> ChartOfAccounts.Row {
    let node = Node(path: path, accountClass: type.accountClass)
    if let row = nodes[node] { return row }
    let names = path.split(separator: ":", omittingEmptySubsequences: false)
    guard names.count <= AccountContent.mostLevels else {
      throw problem(path, .accountTooDeep(path, most: AccountContent.mostLevels))
    }
    let most = AccountContent.mostNameCharacters
    guard let name = names.last.map(String.init), !name.trimmingSpaces.isEmpty,
      name.unicodeScalars.count <= most
    else { throw problem(path, .accountName(path, most: most)) }
    let parent = try group(above: names, type.accountClass, plan)
    let content = AccountContent(
      number: numbers.next(below: parent?.number, in: type.accountClass), name: name,
      parent: parent?.id, type: type, category: category,
      isHeader: !plan.posted.contains(path) || plan.types[path] != type,
      revalues: category == .cash)
    let id = try located(path) {
      try plan.change.perform(CreateAccount(content, source: .imported), by: plan.standing)
    }
    let row = ChartOfAccounts.Row(made: id, content, path: path)
    made.append(path)
    nodes[node] = row
    return row
  }

  private mutating func group(
    above names: [Substring], _ accountClass: AccountType.Class, _ plan: Plan
  ) throws -> ChartOfAccounts.Row? {
    guard names.count > 1 else { return nil }
    let path = names.dropLast().joined(separator: ":")
    let own = plan.types[path].flatMap { $0.accountClass == accountClass ? $0 : nil }
    let type = own ?? accountClass.plainType
    return try make(path, type, .usual(for: type), plan)
  }

  private func located<Output>(_ path: String, _ body: () throws -> Output) throws -> Output {
    do { return try body() } catch let refusal as Refusal {
      if case .notPermitted = refusal { throw refusal }
      throw problem(path, .refused(refusal))
    }
  }

  private func problem(_ path: String, _ fact: ImportProblem.Fact) -> Refusal {
    let position =
      positions[path]
      ?? positions.filter { $0.key.hasPrefix(path + ":") }.min { $0.key < $1.key }?.value
    return .importing(ImportProblem(position, fact))
  }
}

extension ChartOfAccounts.Row {
  fileprivate init(made id: ID<Account>, _ content: AccountContent, path: String) {
    self.init(
      id: id, number: content.number, name: content.name, parent: content.parent,
      level: path.foreignAncestors.count, path: path, type: content.type,
      category: content.category, isHeader: content.isHeader, isControl: false, isSystem: false,
      closes: false, revalues: content.revalues, requiresDepartment: false,
      usualDepartment: nil, usualDepartmentCode: nil, currency: nil, status: "active",
      balance: .zero, uses: 0, version: 1)
  }
}

extension AccountType.Class {
  fileprivate var plainType: AccountType {
    switch self {
    case .asset: .asset
    case .liability: .liability
    case .equity: .equity
    case .revenue: .revenue
    case .expense: .expense
    }
  }
}

/// Numbers for accounts that a file names but doesn't number: `1000` to `5000` for the roots of the
/// classes or the next that is free, and `1000.01` for what stands below.
struct ImportNumbers {
  private var taken: Set<String>
  private var last: [String: Int] = [:]

  init(taken: [String]) { self.taken = Set(taken.map { $0.lowercased() }) }

  mutating func next(below parent: String?, in accountClass: AccountType.Class) -> String {
    let stem = parent.map { "\($0)." } ?? ""
    let key = parent ?? accountClass.rawValue
    var count = last[key] ?? 0
    var number: String
    repeat {
      count += 1
      number =
        parent == nil ? accountClass.rootNumber(count) : stem + padded(count, to: 2)
    } while taken.contains(number.lowercased())
    last[key] = count
    taken.insert(number.lowercased())
    return number
  }
}

extension AccountType.Class {
  /// The class's thousand, then its hundreds, then what lies between.
  fileprivate func rootNumber(_ count: Int) -> String {
    let digit =
      switch self {
      case .asset: 1
      case .liability: 2
      case .equity: 3
      case .revenue: 4
      case .expense: 5
      }
    return switch count {
    case 1: "\(digit)000"
    case 2...10: "\(digit)\(count - 1)00"
    default: "\(digit)\(padded(count - 10, to: 3))"
    }
  }
}
