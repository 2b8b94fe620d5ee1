import Domain

/// Reads a journal and all that it includes, line by line, into entries that remain to be balanced.
///
/// What a directive changes holds until the end of its file, for the files included below it too;
/// only what is known of commodities outlives the file, as in hledger.
struct JournalReader {
  /// What directives have set.
  struct Context {
    var year: Int?
    var defaultCommodity: DefaultCommodity?
    var decimalMark: UInt8?
    /// Of `apply account`, outermost first.
    var parents: [String] = []
    /// Oldest first; the newest is applied first.
    var aliases: [(old: String, new: String)] = []
  }

  struct DefaultCommodity {
    var symbol: String
    var mark: UInt8
  }

  let files: JournalFiles
  var context: Context
  var commodities = CommodityReadings()
  var accounts: [ForeignAccount] = []
  var prices: [ForeignPrice] = []
  var entries: [RawEntry] = []
  var warnings: [ForeignWarning] = []
  /// The files that are being read, the first one first.
  var openFiles: [String] = []
  var filesRead = 0
  var bytesRead = 0
  /// Account names as written to what parents and aliases make of them; emptied when these change.
  var resolvedNames: [String: String] = [:]

  init(files: JournalFiles, defaultYear: Int?) {
    self.files = files
    context = Context(year: defaultYear)
  }

  /// Reads one file to its end. `folder` is where an included file must stand.
  mutating func readFile(_ path: String, within folder: String? = nil) throws(ImportError) {
    let bytes = try contents(of: path, within: folder)
    openFiles.append(path)
    var lines = try JournalLines(bytes, file: path)
    while var line = try lines.next() { try readItem(&line, &lines) }
    openFiles.removeLast()
  }

  private mutating func contents(
    of path: String, within folder: String?
  ) throws(ImportError) -> [UInt8] {
    let bytes: [UInt8]
    do {
      bytes = try files.contents(path, folder)
    } catch {
      throw ImportError(file: path, fault: .unreadable(error))
    }
    filesRead += 1
    bytesRead += bytes.count
    guard filesRead <= JournalLimits.files else {
      throw ImportError(file: path, fault: .file(.files(most: JournalLimits.files)))
    }
    guard bytesRead <= JournalLimits.totalBytes else {
      throw ImportError(file: path, fault: .file(.bytes(most: JournalLimits.totalBytes)))
    }
    return bytes
  }

  private mutating func readItem(
    _ line: inout LineCursor, _ lines: inout JournalLines
  ) throws(ImportError) {
    let isIndented = line.skipSpaces()
    switch line.byte {
    case 0: return
    case UInt8(ascii: ";"), UInt8(ascii: "#"), UInt8(ascii: "*"): return
    case UInt8(ascii: "%") where !isIndented, UInt8(ascii: "|") where !isIndented: return
    case _ where isIndented: throw line.error(.indentedOutsideEntry)
    case 0x30...0x39: try readEntry(&line, &lines)
    case UInt8(ascii: "="): try readRule(.automaticRule, &line, &lines)
    case UInt8(ascii: "~"): try readRule(.periodicRule, &line, &lines)
    default: try readDirective(&line, &lines)
    }
  }

  /// Keeps a rule from the books, but reads it: what isn't a rule either is refused.
  private mutating func readRule(
    _ fact: ForeignWarning.Fact, _ line: inout LineCursor, _ lines: inout JournalLines
  ) throws(ImportError) {
    warnings.append(ForeignWarning(position: line.position, fact: fact))
    while var next = try lines.nextIndented() {
      guard next.byte != UInt8(ascii: ";") else { continue }
      _ = try readPosting(&next, &lines, year: context.year ?? 2000, use: .ignored)
    }
  }
}
