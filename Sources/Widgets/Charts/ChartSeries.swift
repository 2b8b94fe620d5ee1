/// A number that a chart draws, and how it is written. Charts know no units: cents, grams and people
/// are the same to them.
public struct ChartValue: Hashable, Sendable, ExpressibleByIntegerLiteral {
  /// How long or how high it is drawn; only compared with the chart's other numbers.
  public let number: Int64
  /// How it is written, one line.
  public let text: String

  /// Without a text, the number is written as it is.
  public init(_ number: Int64, text: String? = nil) {
    self.number = number
    self.text = text ?? "\(number)"
  }

  /// A number that is written as it is.
  public init(integerLiteral number: Int64) {
    self.init(number)
  }
}

/// One value for each of a chart's categories, and what they are together called.
public struct ChartSeries: Hashable, Sendable {
  /// Charts that compare show so many; more could not be told apart without colour.
  public static let limit = 2

  /// Written in the legend, one line.
  public let title: String
  /// One for each category, in their order; missing ones at the end are not drawn.
  public let values: [ChartValue]

  /// A series of values under one title.
  public init(_ title: String, values: [ChartValue]) {
    self.title = title
    self.values = values
  }
}

/// How a chart's series are told apart: each by a role, and by a shape for those who see no colour.
enum SeriesMark: Int, CaseIterable {
  case first
  case second

  /// What fills bars and columns.
  var block: String {
    switch self {
    case .first: "█"
    case .second: "▒"
    }
  }

  /// What stands at the points of a line.
  var point: String {
    switch self {
    case .first: "●"
    case .second: "◆"
    }
  }

  func role(of number: Int64) -> Role {
    if number < 0 { return .negative }
    switch self {
    case .first: return .series
    case .second: return .secondSeries
    }
  }
}
