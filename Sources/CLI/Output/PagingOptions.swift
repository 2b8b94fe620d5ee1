import ArgumentParser

/// How much of a long list is shown, and from where.
struct PagingOptions: ParsableArguments {
  static let mostRows = 10_000

  @Option(help: "How many rows at the most.")
  var limit = 100

  @Option(
    help: ArgumentHelp("Begin after this, the \"next\" of the page before.", valueName: "cursor"))
  var after: String?

  func validate() throws {
    guard (1...Self.mostRows).contains(limit) else {
      throw ValidationError("--limit is a number from 1 to \(Self.mostRows)")
    }
  }

  static var cursorFault: ValidationError {
    ValidationError("--after takes the \"next\" of the page before")
  }

  /// The rows to show of one more than `limit`, and the last of them where more follow.
  func page<Row>(of found: [Row]) -> (rows: [Row], last: Row?) {
    let rows = Array(found.prefix(limit))
    return (rows, found.count > limit ? rows.last : nil)
  }
}
