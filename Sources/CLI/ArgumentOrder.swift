/// Arranges arguments so that the parser takes them as CLI.md promises.
enum ArgumentOrder {
  /// Flags of every subcommand, and whether a value follows them.
  private static let everywhere = [
    "--db": true, "--business": true, "--format": true, "--no-colour": false, "--no-color": false,
  ]

  /// Puts flags that may stand before the subcommand behind everything, where the subcommand finds
  /// them, and a space before whatever starts with `-` and a digit, so that it isn't taken for a
  /// flag: amounts and days are read past spaces.
  static func arranged(_ arguments: [String]) -> [String] {
    let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
    var kept: [String] = []
    var moved: [String] = []
    var rest = arguments[..<end]
    while let argument = rest.popFirst() {
      guard let takesValue = everywhere[name(of: argument)] else {
        kept.append(guarded(argument))
        continue
      }
      moved.append(argument)
      if takesValue, !argument.contains("="), let value = rest.popFirst() {
        moved.append(guarded(value))
      }
    }
    return kept + moved + arguments[end...]
  }

  private static func name(of argument: String) -> String {
    String(argument.prefix { $0 != "=" })
  }

  private static func guarded(_ argument: String) -> String {
    let digit = argument.dropFirst().first
    guard argument.hasPrefix("-"), let digit, digit.isASCII, digit.isNumber else { return argument }
    return " " + argument
  }
}
