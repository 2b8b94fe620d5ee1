import ViewModels
import Yams

/// The text of config.yaml, of which single lines change while all others stay as they are.
struct ConfigurationText {
  /// By their characters, as YAML counts columns, line ends left out.
  private let lines: [[Unicode.Scalar]]
  private let root: Node.Mapping?

  init(_ text: String) {
    lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map(Array.init)
    // What is no YAML is refused where the outcome is read.
    root = (try? Yams.compose(yaml: text))?.mapping
  }

  /// With a value for `name`, or without one; nil where that isn't the change of one line.
  func with(_ name: String, _ value: Setting.Value?) -> String? {
    var changed = lines
    guard let (key, old) = root?.first(where: { $0.key.string == name }) else {
      guard let value else { return text(changed) }
      if changed.last?.isEmpty == true { changed.removeLast() }
      return text(changed + [Array("\(name): \(Self.written(value))".unicodeScalars), []])
    }
    guard let start = key.mark, let place = old.mark, place.line == start.line,
      let scalar = old.scalar, lines.indices.contains(start.line - 1)
    else { return nil }
    let line = lines[start.line - 1]
    guard let value else {
      changed.remove(at: start.line - 1)
      return text(changed)
    }
    let before = Array(line.prefix(place.column - 1))
    let after = Self.rest(of: line.dropFirst(place.column - 1), behind: scalar.style)
    changed[start.line - 1] = before + Array(Self.written(value).unicodeScalars) + after
    return text(changed)
  }

  private func text(_ lines: [[Unicode.Scalar]]) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: lines.joined(separator: ["\n"]))
    return String(view)
  }

  /// What follows the value: a remark, or only the line's end.
  private static func rest(
    of line: ArraySlice<Unicode.Scalar>, behind style: Node.Scalar.Style
  ) -> ArraySlice<Unicode.Scalar> {
    switch style {
    case .singleQuoted, .doubleQuoted:
      guard let quote = line.first,
        let end = line.dropFirst().firstIndex(of: quote)
      else { return [] }
      return line[(end + 1)...]
    case .any, .plain, .literal, .folded:
      let isBlank: (Unicode.Scalar) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" }
      let remark = line.indices.first {
        line[$0] == "#" && $0 > line.startIndex && isBlank(line[$0 - 1])
      }
      var end = remark ?? line.endIndex
      while end > line.startIndex, isBlank(line[end - 1]) { end -= 1 }
      return line[end...]
    }
  }

  /// In quotes unless it is a word that YAML takes for nothing else.
  private static func written(_ value: Setting.Value) -> String {
    guard case .text(let text) = value else { return value.text }
    let isWord = text.wholeMatch(of: /[a-z][a-z-]*/) != nil
    let isAnother = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"].contains(text)
    return isWord && !isAnother ? text : "'\(text.replacing("'", with: "''"))'"
  }
}
