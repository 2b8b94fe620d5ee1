import Keys
package import Phrases

/// What was said and done since the program started, the newest first: of everything that changed
/// the books the operation, and the permission that it took.
package final class MessagesScreen: Screen {
  package static let keymap: [Binding] = []

  private unowned let navigator: Navigator
  private var cursor: Int? = 0

  init(in navigator: Navigator) { self.navigator = navigator }

  package var title: Phrase { "Messages" }
  package func load() -> [Effect] { [] }
  package var actions: [Action] { [] }

  package func move(_ movement: Movement) -> [Effect] {
    cursor = movement.cursor(
      from: cursor, count: navigator.said.count, page: navigator.pageRows)
    return []
  }

  package func point(at target: Target) -> [Effect] {
    if case .row(_, let index) = target, navigator.said.indices.contains(index) { cursor = index }
    return []
  }

  package var panels: [Panel] {
    let rows = navigator.said.reversed().map { message in
      TableRow(
        [Phrase(verbatim: message.time), message.severity.word, message.text],
        shape: message.severity.shape)
    }
    return [
      .table(
        TablePanel(
          title: "Messages",
          columns: [
            TableColumn("UTC", .fixed(8), priority: 1), TableColumn("", .fixed(6)),
            TableColumn("What was said and done", .text(atLeast: 20)),
          ],
          rows: rows, cursor: rows.isEmpty ? nil : min(cursor ?? 0, rows.count - 1),
          emptyText: "Nothing was said yet."))
    ]
  }
}

extension Message.Severity {
  package var word: Phrase {
    switch self {
    case .done: "ok"
    case .notice: "note"
    case .error: "ERROR"
    case .activity: "did"
    }
  }

  var shape: TableRow.Shape {
    switch self {
    case .done, .notice: .plain
    case .error: .warning
    case .activity: .muted
    }
  }
}
