/// A country that there are charts for: its taxes, its law of companies, what it calls the rest and
/// how it numbers that.
enum ChartCountry: String, Sendable, CaseIterable {
  // As charts are named by it.
  case us
  case uk
  case de

  /// ISO 3166.
  var code: String {
    switch self {
    case .us: "US"
    case .uk: "GB"
    case .de: "DE"
    }
  }

  /// What only charts of this country have, in its own numbers and words.
  func parts(of kind: ChartKind) -> [String] {
    switch self {
    case .us: UnitedStates.parts(of: kind)
    case .uk: UnitedKingdom.parts(of: kind)
    case .de: Germany.parts(of: kind)
    }
  }

  /// The number here of what is numbered so in every country's parts.
  func number(of number: String) -> String {
    switch self {
    case .us, .uk: number
    case .de: Germany.number(of: number)
    }
  }

  /// What is called so in every country's parts.
  func name(of name: String) -> String {
    switch self {
    case .us: UnitedStates.names[name] ?? name
    case .uk: name
    case .de: Germany.name(of: name)
    }
  }
}

/// What things are called in another place, a line for each: two names with two spaces or more
/// between them.
struct ChartNames {
  private let names: [String: String]

  init(_ lines: String) {
    names = Dictionary(
      uniqueKeysWithValues: lines.split(separator: "\n").map { line in
        let pair = line.split(separator: "  ").map { $0.drop { $0 == " " } }.filter { !$0.isEmpty }
        precondition(pair.count == 2, "names are written by us and read by a test: \(line)")
        return (String(pair[0]), String(pair[1]))
      })
  }

  subscript(name: String) -> String? { names[name] }
}
