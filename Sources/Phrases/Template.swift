/// A text with places for arguments: `{}` takes the next of them, `{2}` the second, so that a
/// translation may have them in another order.
package struct Template {
  private enum Part {
    case text(Substring)
    /// From 0.
    case argument(Int)
  }

  private var parts: [Part] = []

  package init(_ text: String) {
    var rest = text[...]
    var next = 0
    // Bytes are found at once, characters only one after the other.
    while let start = rest.utf8.firstIndex(of: UInt8(ascii: "{")),
      let end = rest.utf8[start...].firstIndex(of: UInt8(ascii: "}"))
    {
      let inside = rest[rest.index(after: start)..<end]
      let number = inside.isEmpty ? next : (Int(inside) ?? 0) - 1
      parts += [.text(rest[..<start]), .argument(number)]
      next += 1
      rest = rest[rest.index(after: end)...]
    }
    parts.append(.text(rest))
  }

  /// Which arguments it takes, from 0, each as often as it does.
  package var places: [Int] {
    parts.compactMap { if case .argument(let index) = $0 { index } else { nil } }
  }

  func filled(with arguments: [String]) -> String {
    parts.map { part in
      switch part {
      case .text(let text): String(text)
      case .argument(let index): arguments.indices.contains(index) ? arguments[index] : ""
      }
    }.joined()
  }
}
