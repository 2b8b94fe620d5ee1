package import Domain

/// What an import of a chart did, for the person who ran it and for the audit log.
package struct ChartImportReport: Hashable, Sendable {
  /// Paths in the file of the accounts that were made.
  package var accounts: [String] = []
  /// Accounts that were there already and stay as they are.
  package var known = 0
  /// New accounts that the file gives no number, and that got one.
  package var numbered = 0
  /// New accounts whose type the person said.
  package var said = 0
  package var leftOut: [LeftOut] = []

  package init() {}

  /// Whether the books are as they were.
  package var changedNothing: Bool { accounts.isEmpty }

  /// An account of the file that isn't in the books.
  package struct LeftOut: Hashable, Sendable {
    package let path: String
    package let position: SourcePosition
    package let reason: Reason
  }

  package enum Reason: Hashable, Sendable {
    /// What it stands below in the file is of another class (RULES R7).
    case belowOtherClass(AccountType.Class)
    case belowLeftOut
    /// An account of another class has its number.
    case numberTaken(by: String)
    case tooDeep(most: Int)
    case nameTooLong(most: Int)
    case numberTooLong(most: Int)
  }
}

extension ChartImportReport.LeftOut {
  /// `chart.json:12:7: …`
  package var words: String {
    let shown = path.count > 60 ? "\(path.prefix(60))…" : path
    return "\(position.text): \(shown) is left out: \(reason.words)"
  }
}

extension ChartImportReport.Reason {
  fileprivate var words: String {
    switch self {
    case .belowOtherClass(let accountClass):
      "what it stands below is of the class \(accountClass.rawValue), and it isn't."
    case .belowLeftOut: "what it stands below is left out."
    case .numberTaken(let label): "\(label) has its number and is of another class."
    case .tooDeep(let most): "it would be more than \(most) levels deep."
    case .nameTooLong(let most): "its name is longer than \(most) characters."
    case .numberTooLong(let most): "its number is longer than \(most) characters."
    }
  }
}

extension ChartImportReport: CarriesFields {
  var fields: [JSON.Field] {
    [
      JSON.Field("accounts", .integer(Int64(accounts.count))),
      JSON.Field("known", .integer(Int64(known))),
      JSON.Field("numbered", .integer(Int64(numbered))),
      JSON.Field("said", .integer(Int64(said))),
      JSON.Field("left_out", .integer(Int64(leftOut.count))),
    ]
  }
}
