/// How much of a journal is too much. Real books stay far below; what exceeds these was made to
/// exhaust memory or time.
package enum JournalLimits {
  package static let fileBytes = 64 << 20
  /// Of all files together, those included several times counted each time.
  package static let totalBytes = 256 << 20
  package static let files = 2000
  package static let includeDepth = 32
  package static let lineBytes = 100_000
  package static let accountDepth = 64
  package static let accountBytes = 1000
  package static let commodityBytes = 200
  /// As many digits as 128 bits surely hold.
  package static let amountDigits = 36
  package static let amountDecimals = 18
  package static let aliases = 1000
  package static let entries = 2_000_000
}
