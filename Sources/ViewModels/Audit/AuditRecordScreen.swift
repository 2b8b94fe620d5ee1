import Domain
import Keys
import Operations
package import Phrases

/// One audit record, whole: who did what, and what it changed.
package final class AuditRecordScreen: Screen {
  package static let keymap: [Binding] = [.recordPart]

  private let record: RecordPanels
  private unowned let navigator: Navigator
  /// The part that is scrolled, and the only one shown where there is room for one.
  private var current = 0
  /// How many lines of each part are scrolled past.
  private var tops = [0, 0]

  init(_ row: AuditPage.Row, in navigator: Navigator) {
    record = RecordPanels(row)
    self.navigator = navigator
  }

  package var title: Phrase { "#\(record.row.sequence)" }
  package var section: Section? { .audit }
  package func load() -> [Effect] { [] }

  package var actions: [Action] {
    [
      Action(
        .recordPart, title: current == 0 ? "changes" : "facts",
        summary: current == 0 ? "What it changed" : "Who did what, and when",
        unavailable: record.changes.isEmpty ? "The record changed no field." : nil
      ) { [weak self] in
        self?.current = self?.current == 0 ? 1 : 0
        return []
      }
    ]
  }

  package func move(_ movement: Movement) -> [Effect] {
    let last = max(lineCount - (navigator.rows - Self.rowsAround), 0)
    tops[current] =
      movement.cursor(from: tops[current], count: last + 1, page: navigator.pageRows) ?? 0
    return []
  }

  /// How many lines the part takes, so that no key goes where nothing more is to see. Only drawing
  /// knows how words wrap; a value that takes several lines is given one to spare.
  private var lineCount: Int {
    let room = max(navigator.showsDetails ? navigator.columns / 2 - 4 : navigator.columns - 4, 1)
    func lines(_ text: String, _ room: Int) -> Int {
      text.count <= room ? 1 : text.count / max(room, 1) + 2
    }
    guard current == 0 else {
      return record.changes.reduce(1) { sum, field in
        sum + 1 + [field.old, field.new].compactMap(\.self).reduce(0) { $0 + lines($1, room) }
      }
    }
    let language = navigator.settings.language
    let facts = record.facts(top: 0)
    let labels = facts.longestLabel.text(in: language).count + 2
    return facts.facts.reduce(0) { $0 + lines($1.value.text(in: language), room - labels) }
  }

  /// Title, path, heading, message and keys.
  private static let rowsAround = 5

  package var panels: [Panel] {
    let facts = Panel.facts(record.facts(top: tops[0]))
    return record.changes.isEmpty
      ? [facts] : [facts, .diff(record.diff(top: tops[1]))]
  }

  package var layout: [[PanelPlace]]? {
    if record.changes.isEmpty { return nil }
    return navigator.showsDetails ? [[PanelPlace(0)], [PanelPlace(1)]] : [[PanelPlace(current)]]
  }
}

extension Binding {
  static let recordPart = Binding(
    "record.part", [.tab, "d"], "changes", "What it changed, and back", AuditPage.permission)
}

/// What is shown of a record, on its own screen and beside the log.
struct RecordPanels {
  let row: AuditPage.Row
  let changes: [DiffPanel.Field]

  init(_ row: AuditPage.Row) {
    self.row = row
    changes = RecordedValues.changes(from: row.oldValues, to: row.newValues)
  }

  /// Beside the log, where a hash is told from others by its start, and few fields are enough to
  /// know whether the record is the one that is looked for.
  var beside: [Panel] {
    let facts = Panel.facts(facts(top: 0) { "\($0.prefix(8))…" })
    guard !changes.isEmpty else { return [facts] }
    var diff = diff(top: 0)
    if changes.count > Self.mostBeside {
      diff.title = "What it changed, the first of \(changes.count) fields"
      diff.fields = Array(changes.prefix(Self.mostBeside))
    }
    return [facts, .diff(diff)]
  }

  private static let mostBeside = 3

  func diff(top: Int) -> DiffPanel {
    DiffPanel(title: "What it changed, amounts in minor units", fields: changes, top: top)
  }

  func facts(top: Int, hash: (String) -> String = { $0 }) -> FactsPanel {
    FactsPanel(
      title: "Record \(row.sequence)", top: top,
      facts: [
        "When": Phrase(verbatim: row.at.text), "Who": Phrase(verbatim: row.actor),
        "From": Phrase(verbatim: row.origin), "What": Phrase(verbatim: row.operation),
        "Kind": Phrase(verbatim: row.event.rawValue),
        "To": "\(row.resourceType) \(row.resourceName)",
        "Cost": """
        \(row.microCredits) µcr, \(row.computeMilliseconds) ms, \(row.rowsReturned) rows read, \
        \(row.rowsWritten) written
        """,
        "Hash": Phrase(verbatim: hash(row.hash)),
        "Hash before": Phrase(verbatim: hash(row.previousHash)),
        // These can be missing or take several lines, so nothing is moved by them.
        "Result": Phrase(verbatim: row.outcome.rawValue),
        "Refused": Phrase(verbatim: row.errorMessage ?? ""),
        "Reason": Phrase(verbatim: row.reason ?? ""), "Decided by": Phrase(verbatim: row.decision),
      ])
  }
}
