/// What a cell means. Themes say how each looks; nothing else knows a colour.
public enum Role: String, CaseIterable, Hashable, Sendable {
  case text
  case muted
  case header
  case title
  case heading
  case tab
  case activeTab = "tab.active"
  case cursorRow = "cursor.row"
  case marked
  case label
  case field
  case focusedField = "field.focus"
  case invalidField = "field.error"
  case debit = "amount.debit"
  case credit = "amount.credit"
  case negative
  case ghost
  case error
  case warning
  case ok
  case info
  case border
  case dialog
  case selection
  case footerKey = "footer.key"
  case footerText = "footer.text"
  case series
  case secondSeries = "series.second"
  case added = "diff.added"
  case removed = "diff.removed"
  /// For cameras: dark on light, whatever the rest is.
  case code
}

/// How a cell stands out without colour.
public struct Attributes: OptionSet, Hashable, Sendable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  public static let bold = Attributes(rawValue: 1)
  public static let dim = Attributes(rawValue: 2)
  public static let underline = Attributes(rawValue: 4)
  public static let reverse = Attributes(rawValue: 8)

  /// Their names in theme files.
  public static let names: [(name: String, attribute: Attributes)] = [
    ("bold", .bold), ("dim", .dim), ("underline", .underline), ("reverse", .reverse),
  ]
}
