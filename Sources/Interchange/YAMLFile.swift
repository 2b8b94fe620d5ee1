import Domain
import Yams

/// Files of YAML that people write: what is asked of them before anything is made of what they say.
enum YAMLFile {
  /// How deep lists and names may stand in each other.
  static let mostLevels = 32

  /// The text of a file.
  static func text(path: String, files: JournalFiles) throws(YAMLFileFault) -> String {
    let bytes: [UInt8]
    do { bytes = try files.contents(path, nil) } catch {
      throw YAMLFileFault(path: path, line: nil, reason: error.text)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw YAMLFileFault(path: path, line: nil, reason: "this isn't UTF-8 text")
    }
    return text
  }

  /// The one document in `text`; nil where it says nothing. Faults call it `path`.
  ///
  /// Anchors, aliases and tags are refused: with them a short file can mean an endless document.
  static func document(
    in text: String, path: String, mostBytes: Int
  ) throws(YAMLFileFault) -> Node? {
    guard text.utf8.count <= mostBytes else {
      throw YAMLFileFault(
        path: path, line: nil, reason: FileFault.tooLarge(mostBytes: mostBytes).text)
    }
    let stand = try StandIns(for: text, path: path)
    let root: Node?
    let second: Node?
    do {
      let parser = try Parser(yaml: stand.text, encoding: .utf8)
      root = try parser.nextRoot()
      second = try parser.nextRoot()
    } catch {
      throw YAMLFileFault(path: path, notYAML: error, in: text)
    }
    if let second {
      throw YAMLFileFault(
        path: path, line: second.mark?.line,
        reason: "another document begins here; keep one, and no --- before others")
    }
    return try root.map { node throws(YAMLFileFault) in try stand.withdrawn(from: node, 1) }
  }
}

/// Characters that nobody writes, in place of those that begin anchors, aliases and tags: so the
/// parser finds none, and what would have been one is a text that begins with a stand-in.
///
/// Yams resolves aliases while it parses, and would be busy for ever before it gave us any.
private struct StandIns {
  private static let ofMarks: [Unicode.Scalar: Unicode.Scalar] = [
    "&": "\u{F0026}", "*": "\u{F002A}", "!": "\u{F0021}",
  ]
  private static let marks = Dictionary(uniqueKeysWithValues: ofMarks.map { ($1, $0) })

  let text: String
  private let path: String

  init(for text: String, path: String) throws(YAMLFileFault) {
    self.path = path
    var scalars = text.unicodeScalars
    if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
    if let place = scalars.firstIndex(where: { Self.marks[$0] != nil }) {
      throw YAMLFileFault(
        path: path, line: text.line(of: place), reason: "a character here can't be read")
    }
    self.text = Self.replaced(scalars, by: Self.ofMarks)
  }

  private static func replaced(
    _ scalars: String.UnicodeScalarView, by others: [Unicode.Scalar: Unicode.Scalar]
  ) -> String {
    String(String.UnicodeScalarView(scalars.map { others[$0] ?? $0 }))
  }

  /// The same node with all characters that were written; `level` is how deep it stands, from 1.
  func withdrawn(from node: Node, _ level: Int) throws(YAMLFileFault) -> Node {
    guard level <= YAMLFile.mostLevels else {
      throw fault(node, YAMLFileFault.tooDeep)
    }
    switch node {
    case .scalar(let scalar):
      let scalars = scalar.string.unicodeScalars
      guard scalar.style != .plain || scalars.first.flatMap({ Self.marks[$0] }) == nil else {
        throw fault(node, YAMLFileFault.anchor)
      }
      return .scalar(
        .init(Self.replaced(scalars, by: Self.marks), scalar.tag, scalar.style, scalar.mark))
    case .sequence(let sequence):
      var items: [Node] = []
      for item in sequence { items.append(try withdrawn(from: item, level + 1)) }
      return .sequence(.init(items, sequence.tag, sequence.style, sequence.mark))
    case .mapping(let mapping):
      var pairs: [(Node, Node)] = []
      for (key, value) in mapping {
        pairs.append((try withdrawn(from: key, level + 1), try withdrawn(from: value, level + 1)))
      }
      return .mapping(.init(pairs, mapping.tag, mapping.style, mapping.mark))
    case .alias:
      throw fault(node, YAMLFileFault.anchor)
    }
  }

  private func fault(_ node: Node, _ reason: String) -> YAMLFileFault {
    YAMLFileFault(path: path, line: node.mark?.line, reason: reason)
  }
}

/// What is wrong with a file of YAML, and in which line.
package struct YAMLFileFault: Error, Hashable, Sendable {
  package let path: String
  /// From 1; nil where the fault is the file's as a whole.
  package let line: Int?
  package let reason: String

  /// What the file says in `reason` may hold characters that act on the screen.
  init(path: String, line: Int?, reason: String) {
    self.path = path
    self.line = line
    let scalars = reason.unicodeScalars.map { String($0).unseen == nil ? $0 : "\u{FFFD}" }
    self.reason = String(String.UnicodeScalarView(scalars))
  }

  static let anchor =
    "anchors (&), aliases (*) and tags (!) are not taken; a text that begins with one of these "
    + "stands in quotes"

  static let tooDeep = "lists and names stand more than \(YAMLFile.mostLevels) levels deep"

  /// `error` is what reading `text` threw, with stand-ins in it.
  fileprivate init(path: String, notYAML error: any Error, in text: String) {
    let (line, problem): (Int?, String) =
      switch error as? YamlError {
      case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
        .composer(_, let problem, let mark, _):
        (mark.line, problem)
      case .duplicatedKeysInMapping(let keys, let context):
        (context.mark.line, "\(keys.joined(separator: ", ")) is there twice")
      case .reader(let problem, let offset, let value, _):
        (
          text.line(of: text.utf8.index(text.startIndex, offsetBy: offset ?? 0)),
          value > 0 ? "\(problem), as U+\(String(value, radix: 16, uppercase: true)) is" : problem
        )
      default: (nil, "\(error)")
      }
    let hint =
      problem.hasPrefix("Maximum nesting level")
      ? Self.tooDeep : line.flatMap { Self.hint(text, before: $0) }
    self.init(path: path, line: line, reason: hint ?? "this is not YAML: \(problem)")
  }

  /// What people do that YAML doesn't explain, where it is near the line in which it stops.
  private static func hint(_ text: String, before line: Int) -> String? {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let near = lines.prefix(line).suffix(2)
    if near.last?.prefix(while: \.isWhitespace).contains("\t") == true {
      return "a tab stands before this line; indent with spaces"
    }
    return near.contains { $0.contains(/(^|[\s\[{,:-])[&*!][\w<]/) } ? anchor : nil
  }

  /// One line: where, and what is wrong.
  package var words: String {
    "\(path)\(line.map { ":\($0)" } ?? ""): \(reason)."
  }
}

extension String {
  /// From 1.
  fileprivate func line(of place: Index) -> Int {
    self[..<place].count { $0.isNewline } + 1
  }
}
