import Domain
import Interchange
import Phrases

/// A column of a list: what stands in it and what it is sorted by.
struct ListColumn<Row> {
  enum Value: Comparable {
    case number(Int64)
    case text(String)
  }

  /// What stands under a column, in the line of totals.
  enum Total {
    case nothing
    /// What the totals are of.
    case label
    case sum(of: (Row) -> Money, text: (Money) -> String)
  }

  /// What it is told from others of its list by, now and where it was remembered; titles change.
  let id: String
  let column: TableColumn
  let text: (Row) -> Phrase
  /// Words are sorted as they stand there, in the language of whoever reads them.
  let value: (Row, Language) -> Value
  /// As a file for other programs has it.
  let cell: (Row) -> String
  var total: Total
  /// The column whose order its values add up along; in any other they would mislead.
  var runsAlong: String?

  var title: Phrase { column.title }

  /// Whether a reader can call it anything, to sort by it or to hide it.
  var isNamed: Bool { title != .empty }

  /// A column of texts out of the books.
  init(
    _ id: String, _ title: Phrase, _ kind: TableColumn.Kind, priority: Int = 0,
    total: Total = .nothing, number: ((Row) -> Int64)? = nil, text: @escaping (Row) -> String
  ) {
    self.init(
      id, title, kind, priority: priority, total: total, number: number,
      words: { Phrase(verbatim: text($0)) })
  }

  /// A column of the program's words.
  init(
    _ id: String, _ title: Phrase, _ kind: TableColumn.Kind, priority: Int = 0,
    total: Total = .nothing, number: ((Row) -> Int64)? = nil, words: @escaping (Row) -> Phrase
  ) {
    self.id = id
    self.total = total
    column = TableColumn(title, kind, priority: priority)
    text = words
    value =
      number.map { number in { row, _ in .number(number(row)) } }
      ?? { .text(words($0).text(in: $1).lowercased()) }
    cell = { CommaSeparated.text(words($0).english) }
  }

  /// A column of amounts in a currency of `exponent` decimals, which not every row has.
  init(
    _ id: String, _ title: Phrase, exponent: Int, some amount: @escaping (Row) -> Money?,
    text: @escaping (Money) -> String
  ) {
    self.id = id
    total = .nothing
    column = TableColumn(title, .amount)
    self.text = { Phrase(verbatim: amount($0).map(text) ?? "") }
    value = { row, _ in .number(amount(row)?.minorUnits ?? .min) }
    cell = { amount($0).map { Quantity($0, exponent: exponent).text } ?? "" }
  }

  /// A column of amounts that not every row has, each in a currency of so many decimals as `exponent`
  /// says.
  init(
    _ id: String, _ title: Phrase, priority: Int = 0, total: Total = .nothing,
    exponent: @escaping (Row) -> Int, amount: @escaping (Row) -> Money?,
    text: @escaping (Row) -> String
  ) {
    self.id = id
    self.total = total
    column = TableColumn(title, .amount, priority: priority)
    self.text = { Phrase(verbatim: text($0)) }
    value = { row, _ in .number(amount(row)?.minorUnits ?? .min) }
    cell = { row in amount(row).map { Quantity($0, exponent: exponent(row)).text } ?? "" }
  }

  /// A column of amounts in a currency of `exponent` decimals.
  init(
    _ id: String, _ title: Phrase, exponent: Int, priority: Int = 0, total: Total = .nothing,
    amount: @escaping (Row) -> Money, text: @escaping (Row) -> String
  ) {
    self.id = id
    self.total = total
    column = TableColumn(title, .amount, priority: priority)
    self.text = { Phrase(verbatim: text($0)) }
    value = { row, _ in .number(amount(row).minorUnits) }
    cell = { Quantity(amount($0), exponent: exponent).text }
  }
}
