/// Finds the type of every account of another program's journal.
///
/// For each account the nearest word counts, from its own name up to its root's: what the person
/// importing says, then the journal's `type:` tag. Then the English names of roots speak. A group
/// that nobody types takes the type that all below it share. What is still unknown takes
/// `untyped`, and without that all of it comes out as one error.
package struct ForeignAccountTypes: Hashable, Sendable {
  /// For every account used or declared, and every group above one whose accounts agree.
  package let types: [String: AccountType]
  /// Accounts that hold money at hand, by tag or by name.
  package let cash: Set<String>

  /// Types `paths`, and the groups above them. `mapped` has types that a person gave by account
  /// name; they win over the journal's own. `untyped` is what accounts of unknown type become; nil
  /// refuses them.
  package init(
    _ paths: some Sequence<String>, declared: [ForeignAccount] = [],
    mapped: [String: AccountType] = [:], untyped: AccountType? = nil
  ) throws(UntypedAccounts) {
    let tags = Dictionary(declared.map { ($0.path, $0.type) }, uniquingKeysWith: { $1 ?? $0 })
      .compactMapValues(\.self)
    let given = Set(paths).union(declared.map(\.path))
    let all = given.union(given.flatMap(\.foreignAncestors))
    var types: [String: AccountType] = [:]
    for path in all {
      types[path] = Self.stated(path, tags: tags, mapped: mapped) ?? Self.named(path)
    }
    Self.typeGroups(all.subtracting(given), of: given, in: &types)
    // A group of several classes has no type, and needs none unless it is posted to.
    let unknown = given.filter { types[$0] == nil }
    if let untyped {
      for path in all where types[path] == nil { types[path] = untyped }
    } else if !unknown.isEmpty {
      throw UntypedAccounts(accounts: unknown.sorted())
    }
    self.types = types
    cash = Set(all.filter { Self.isCash($0, tags: tags) && types[$0] == .asset })
  }

  private static func stated(
    _ path: String, tags: [String: ForeignAccountType], mapped: [String: AccountType]
  ) -> AccountType? {
    for name in [path] + path.foreignAncestors {
      if let type = mapped[name] ?? tags[name]?.accountType { return type }
    }
    return nil
  }

  /// The names that journals in English give to their roots, in any case.
  private static func named(_ path: String) -> AccountType? {
    switch path.prefix(while: { $0 != ":" }).lowercased() {
    case "asset", "assets": .asset
    case "liability", "liabilities", "debt", "debts": .liability
    case "equity": .equity
    case "income", "incomes", "revenue", "revenues": .revenue
    case "expense", "expenses": .expense
    default: nil
    }
  }

  private static func typeGroups(
    _ groups: Set<String>, of given: Set<String>, in types: inout [String: AccountType]
  ) {
    var below: [String: Set<AccountType?>] = [:]
    for path in given {
      for group in path.foreignAncestors where types[group] == nil {
        below[group, default: []].insert(types[path])
      }
    }
    for group in groups where types[group] == nil {
      if let shared = below[group], shared.count == 1 {
        types[group] = shared.first.flatMap(\.self)
      }
    }
  }

  private static func isCash(_ path: String, tags: [String: ForeignAccountType]) -> Bool {
    for name in [path] + path.foreignAncestors {
      if let tag = tags[name] { return tag == .cash }
    }
    let parts = path.lowercased().split(separator: ":")
    let words: Set<Substring> = [
      "cash", "bank", "banks", "check", "checking", "cheque", "chequing", "saving", "savings",
    ]
    return ["asset", "assets"].contains(parts.first)
      && parts.dropFirst().contains { word in
        words.contains(word)
      }
  }
}

/// Accounts that nobody gave a type: neither the journal nor the person importing it.
package struct UntypedAccounts: Error, Hashable, Sendable {
  /// Every such account, sorted.
  package let accounts: [String]

  package init(accounts: [String]) { self.accounts = accounts }

  /// The shortest list of names that types all of them: their roots, sorted.
  package var roots: [String] {
    Set(accounts.map { String($0.prefix { $0 != ":" }) }).sorted()
  }
}

extension String {
  /// The groups above an account, nearest first: `a:b:c` stands in `a:b` and `a`.
  package var foreignAncestors: [String] {
    var names: [String] = []
    var rest = self[...]
    while let colon = rest.lastIndex(of: ":") {
      rest = rest[..<colon]
      if !rest.isEmpty { names.append(String(rest)) }
    }
    return names
  }
}
