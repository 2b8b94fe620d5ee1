import Domain
import Store

/// Books one entry of a file, in the way that a person's is booked: one record of the audit log
/// says that it was created and, where it is posted, proves its content.
struct ImportEntry: Command {
  static let permission: Permission? = .importRun
  static let operation = "import.entry"
  static let event = AuditEvent.imported
  let content: EntryContent
  /// What a later import recognises the entry by.
  let key: String
  let ending: Ending

  enum Ending: Hashable {
    case draft
    /// Posted without approval, as an import of `file`.
    case post(file: String)
  }

  struct Imported: Hashable, Sendable, CarriesContentHash {
    let entry: ID<Entry>
    let contentHash: String?
  }

  private static let mostExemptionCharacters = 200

  var subject: Subject { .entry(nil) }
  func subject(after imported: Imported) -> Subject { .entry(imported.entry) }

  func run(in change: Change) throws -> Imported {
    let entry = try CreateEntry(content, key: key).run(in: change).entry
    guard case .post(let file) = ending else {
      return Imported(entry: entry, contentHash: nil)
    }
    let exemption = String("import of \(file)".prefix(Self.mostExemptionCharacters))
    let posted = try PostEntry(entry, exemption: exemption).run(in: change)
    return Imported(entry: entry, contentHash: posted.contentHash)
  }
}

/// Keeps the prices of a file as exchange rates.
struct StoreRates: Command {
  static let permission: Permission? = .rateEdit
  static let operation = "import.rates"
  static let event = AuditEvent.imported
  let rates: [RateQuote]
  let file: String

  var subject: Subject { Subject(.journalFile, name: file) }

  func run(in change: Change) throws {
    for quote in rates { try change.insert(quote, .spot, source: .imported, .confirmed) }
  }
}
