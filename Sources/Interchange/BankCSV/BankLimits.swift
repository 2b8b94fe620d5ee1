/// How much of a bank's file or of its rules is too much. A year of a business stays far below.
package enum BankLimits {
  package static let fileBytes = 16 << 20
  package static let records = 100_000
  package static let fields = 500
  package static let fieldBytes = 100_000
  /// Conditions are tried on every record.
  package static let conditions = 2000
  package static let patternBytes = 1000
  package static let minorDigits = 9
}
