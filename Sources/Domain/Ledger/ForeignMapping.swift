/// What a person says on import: `--map 'Name=type'` for accounts, `--map '$=USD'` for commodities.
package struct ForeignMapping: Hashable, Sendable {
  package private(set) var accountTypes: [String: AccountType] = [:]
  /// Currency code by the commodity's symbol as the journal writes it.
  package private(set) var currencies: [String: String] = [:]

  /// The value decides what a pair is about: a word for a type of account, or three capital
  /// letters for a currency.
  package init(_ pairs: [String]) throws(ForeignMappingFault) {
    for pair in pairs {
      guard let equals = pair.lastIndex(of: "=") else { throw .noEqualsSign(pair) }
      let (name, value) = (String(pair[..<equals]), String(pair[pair.index(after: equals)...]))
      guard !name.isEmpty else { throw .noName(pair) }
      if let type = AccountType(foreignWord: value) {
        accountTypes[name] = type
      } else if value.utf8.count == 3, value.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) {
        currencies[name] = value
      } else {
        throw .neitherTypeNorCurrency(value)
      }
    }
  }
}

/// Why a `--map` isn't understood.
package enum ForeignMappingFault: Error, Hashable, Sendable {
  case noEqualsSign(String)
  case noName(String)
  case neitherTypeNorCurrency(String)
}

extension AccountType {
  /// Reads a type as `--map` and `--untyped` take it: `asset`, `assets`, `contra asset`, `A`.
  package init?(foreignWord word: String) {
    let name = word.lowercased().replacing("-", with: "_").replacing(" ", with: "_")
    let plurals = [
      "assets": "asset", "liabilities": "liability", "income": "revenue", "revenues": "revenue",
      "expenses": "expense",
    ]
    if let type = AccountType(rawValue: plurals[name] ?? name) {
      self = type
    } else if let type = ForeignAccountType(tag: word) {
      self = type.accountType
    } else {
      return nil
    }
  }
}
