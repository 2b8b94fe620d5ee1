package import Domain
import Yams

/// The file in which whoever consolidates keeps what a group is (RULES §3.12): YAML, whose numbers
/// are read as they are written and never pass through floating point.
package enum GroupFile {
  /// No group needs more.
  package static let mostBytes = 1 << 20

  /// The businesses of the demonstration as one, with everything that such a file can say.
  package static let sample = """
    name: Harbour and workshop
    currency: USD
    parent: harbour
    translation: 3500             # takes what translating leaves
    tolerance: 1.00
    rounding: half_away           # or half_even
    members:
      alpenrad:
        ownership: 80             # in per cent
        rates:                    # without them those that harbour keeps
          opening: 1.10           # of cash before the days
          closing: 1.09
          average: 1.08
          historical: 1.07        # of equity; else closing
          equity: {3100: 1.06}    # of some of its accounts
        accounts:                 # all others keep their number
          1250: 1230
          1260: 1240
          1320: 1420
          1510: 1520
          1515: 1525
          4110: 4150
          4210: 4200
          5150: 5100
          6110: 6100
          6120: 6150
          6130: 6600
          6210: 6200
          6220: 6250
          6240: 6550
          6310: 6600
          6320: 6600
          6330: 6600
    accounts:                     # what harbour's chart lacks
      4150: {name: Repairs, type: revenue}
    intercompany:                 # receivable, loan, revenue, dividend, investment
      - kind: receivable
        here: {harbour: [1250]}
        there: {alpenrad: [2160]}
    adjustments:
      - text: Parts that are still in the workshop
        lines: {1310: 1250.00, 5100: -1250.00}

    """

  /// Throws `GroupFileFault`.
  package static func read(
    path: String, files: JournalFiles = .onDisk(mostBytes: GroupFile.mostBytes)
  ) throws(GroupFileFault) -> ConsolidationGroup {
    let bytes: [UInt8]
    do { bytes = try files.contents(path, nil) } catch {
      throw GroupFileFault(path: path, line: nil, reason: error.text)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw GroupFileFault(path: path, line: nil, reason: "this isn't UTF-8 text")
    }
    return try read(text: text, path: path)
  }

  /// The same of a text that is at hand; faults call it `path`.
  package static func read(
    text: String, path: String = "group.yaml"
  ) throws(GroupFileFault) -> ConsolidationGroup {
    let root: Node?
    do { root = try Yams.compose(yaml: text) } catch {
      throw GroupFileFault(path: path, notYAML: error, text)
    }
    guard let root else {
      throw GroupFileFault(path: path, line: 1, reason: "here should be name, currency, parent")
    }
    return try GroupReader(path: path).group(root)
  }
}

/// What is wrong with a group's file, and in which line.
package struct GroupFileFault: Error, Hashable, Sendable {
  package let path: String
  /// From 1; nil where the fault is the file's as a whole.
  package let line: Int?
  package let reason: String

  init(path: String, line: Int?, reason: String) {
    self.path = path
    self.line = line
    self.reason = reason
  }

  /// `error` is what reading `text` threw.
  fileprivate init(path: String, notYAML error: any Error, _ text: String) {
    let (line, problem): (Int?, String) =
      switch error as? YamlError {
      case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
        .composer(_, let problem, let mark, _):
        (mark.line, problem)
      case .duplicatedKeysInMapping(let keys, let context):
        (context.mark.line, "\(keys.joined(separator: ", ")) is there twice")
      case .reader(let problem, let offset, _, _):
        (text.prefix(offset ?? 0).count { $0.isNewline } + 1, problem)
      default: (nil, "\(error)")
      }
    self.init(path: path, line: line, reason: "this is not YAML: \(problem)")
  }

  /// One line: where, and what is wrong.
  package var words: String {
    "\(path)\(line.map { ":\($0)" } ?? ""): \(reason)."
  }
}
