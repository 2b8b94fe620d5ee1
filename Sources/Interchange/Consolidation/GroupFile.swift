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

  /// Throws `YAMLFileFault`.
  package static func read(
    path: String, files: JournalFiles = .onDisk(mostBytes: GroupFile.mostBytes)
  ) throws(YAMLFileFault) -> ConsolidationGroup {
    try read(text: YAMLFile.text(path: path, files: files), path: path)
  }

  /// The same of a text that is at hand; faults call it `path`.
  package static func read(
    text: String, path: String = "group.yaml"
  ) throws(YAMLFileFault) -> ConsolidationGroup {
    let root = try YAMLFile.document(in: text, path: path, mostBytes: mostBytes)
    guard let root else {
      throw YAMLFileFault(path: path, line: 1, reason: "here should be name, currency, parent")
    }
    return try GroupReader(path: path).group(root)
  }
}
