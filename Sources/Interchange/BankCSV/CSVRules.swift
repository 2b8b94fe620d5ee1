import Domain

/// How a bank's file is read: hledger's CSV rules, as far as they bear on statements.
struct CSVRules {
  /// Records before the first line of the statement.
  var skip = 0
  /// Nil where the name of the file says.
  var separator: UInt8?
  var datePattern: DatePattern?
  /// Nil where the numbers must tell.
  var decimalMark: UInt8?
  var isNewestFirst = false
  /// Where amounts are whole numbers of minor units: how many of their digits are decimals. Payment
  /// providers keep other decimals than ISO 4217 for some currencies (RULES R26).
  var minorDigits = 0
  /// In the order of the file, in which the last that holds counts.
  var assignments: [Assignment] = []
  var conditions: [Condition] = []
  /// Of lines of the rules that have no bearing here.
  var warnings: [ForeignWarning] = []

  /// What a value of a statement's line is made of.
  struct Assignment {
    let target: Target
    let parts: [Part]
  }

  enum Part: Hashable {
    case text(String)
    /// A value of the record, from 0.
    case field(Int)
  }

  /// What rules say of a line. Those after `account2` are names of our own: to hledger they are
  /// names of fields like any others.
  enum Target: String {
    case date
    case date2
    case description
    case comment
    case code
    case amount
    case amountIn = "amount-in"
    case amountOut = "amount-out"
    case currency
    case balance
    case account1
    case account2
    case counterparty
    case reference
    case bankID = "bank-id"

    /// hledger numbers what belongs to the bank's own posting.
    init?(named name: String) {
      let numbered: [String: Target] = [
        "amount1": .amount, "amount1-in": .amountIn, "amount1-out": .amountOut,
        "currency1": .currency, "balance1": .balance,
      ]
      guard let target = Target(rawValue: name) ?? numbered[name] else { return nil }
      self = target
    }
  }

  /// `if`: what holds for the records that it matches.
  struct Condition {
    /// One of these must hold, each of which is several that all must.
    var alternatives: [[Matcher]] = []
    var assignments: [Assignment] = []
    /// How many records are left out, this one first; nil where none is.
    var skip: Int?

    func matches(_ record: CSVRecord) -> Bool {
      alternatives.contains { $0.allSatisfy { $0.matches(record) } }
    }
  }

  struct Matcher {
    /// Nil is the whole record.
    let field: Int?
    let pattern: Regex<AnyRegexOutput>
    let isNegated: Bool

    func matches(_ record: CSVRecord) -> Bool {
      let text = field.map { record.text(at: $0) } ?? record.joined
      return (text.firstMatch(of: pattern) != nil) != isNegated
    }
  }
}

extension CSVRules {
  /// How many records from this one on are left out; nil where it counts.
  func skipped(from record: CSVRecord) -> Int? {
    conditions.last { $0.skip != nil && $0.matches(record) }?.skip
  }

  /// What is said of a record, by what it is said of.
  func values(of record: CSVRecord) -> [Target: Value] {
    let matching = conditions.filter { $0.matches(record) }
    var values: [Target: Value] = [:]
    for assignment in assignments + matching.flatMap(\.assignments) {
      values[assignment.target] = assignment.value(of: record)
    }
    return values
  }

  /// A text, trimmed, and where the first of it stands.
  struct Value {
    let text: String
    let position: SourcePosition
  }
}

extension CSVRules.Assignment {
  fileprivate func value(of record: CSVRecord) -> CSVRules.Value {
    var text = ""
    var position: SourcePosition?
    for part in parts {
      switch part {
      case .text(let literal): text += literal
      case .field(let index):
        let value = record.text(at: index)
        text += value
        if position == nil, !value.isEmpty { position = record.fields[index].position }
      }
    }
    return CSVRules.Value(text: text.trimmingSpaces, position: position ?? record.position)
  }
}
