/// What is sent to a terminal, taken apart into characters and control sequences.
enum TerminalOutput {
  enum Piece: Hashable {
    case character(Unicode.Scalar)
    case sequence(Sequence)
  }

  struct Sequence: Hashable {
    /// What kind it is: a control character, `ESC M`, `[H`, `[?25h`.
    let shape: String
    let parameters: [Int]
  }

  static func pieces(of output: String) -> [Piece] {
    var pieces: [Piece] = []
    var rest = Substring(output).unicodeScalars
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\u{1b}": pieces.append(.sequence(escape(&rest)))
      // What fills the time that paper terminals needed.
      case "\u{0}": break
      case _ where scalar.value < 0x20 || 0x7f..<0xa0 ~= scalar.value:
        pieces.append(.sequence(Sequence(shape: String(scalar), parameters: [])))
      default: pieces.append(.character(scalar))
      }
    }
    return pieces
  }

  private static func escape(_ rest: inout Substring.UnicodeScalarView) -> Sequence {
    guard let first = rest.popFirst() else { return Sequence(shape: "ESC", parameters: []) }
    guard first == "[" else {
      // Which character set, or how much at once, says one more.
      let isLong = ["(", ")", "#", "%"].contains(first)
      let last = isLong ? rest.popFirst().map(String.init) ?? "" : ""
      return Sequence(shape: "ESC \(first)\(last)", parameters: [])
    }
    var body = ""
    while let scalar = rest.popFirst() {
      guard 0x40...0x7e ~= scalar.value else {
        body.unicodeScalars.append(scalar)
        continue
      }
      // A private mode is one by its number.
      let isPrivate = body.contains { "?>!=<$ ".contains($0) }
      let parameters = body.split(separator: ";", omittingEmptySubsequences: false)
        .map { Int($0) ?? 0 }
      return Sequence(
        shape: "[" + (isPrivate ? body : "") + String(scalar),
        parameters: body.isEmpty ? [] : parameters)
    }
    return Sequence(shape: "[" + body, parameters: [])
  }

  /// A capability as terminfo has it, with nothing left of what computes its parameters, and
  /// without its delays.
  static func withoutParameters(_ capability: String) -> String {
    capability
      .replacing(/\$<[^>]*>/, with: "")
      .replacing(/%(?:\{[0-9]+\}|'.'|p[1-9]|[Pg][a-zA-Z]|:?[-+# 0]*[0-9.]*[doxXs]|.)/, with: "")
  }
}
