import Domain
import Foundation
import Interchange
import Keys
import Operations
import Phrases

extension Binding {
  static let exportList = Binding(
    "list.export", ["E"], "export", "Write what is shown to a CSV file", ExportList.permission)
}

/// More rows than anybody reads in a spreadsheet; other programs take the whole journal.
private let mostExportedRows = 100_000

extension ListScreen {
  static var exportBinding: Binding { .exportList }

  func record(_ list: ExportedList) -> any Command<[String]> { ExportList(list) }

  var exportAction: Action {
    Action(Self.exportBinding, unavailable: list.unavailable) { [weak self] in
      guard let self else { return [] }
      return self.askForNewFile(
        self.list.view.marks.isEmpty ? "Export what is shown?" : "Export what is marked?",
        "\(Self.listName)-\(self.navigator.desk?.today.text ?? "").csv", confirm: "Export"
      ) { [weak self] in self?.export(to: $1) ?? [] }
    }
  }

  /// Asks what a new file is to be called, again where there is one already, and goes on with
  /// what was typed and the path that it means.
  func askForNewFile(
    _ title: Phrase, _ name: String, confirm: Phrase, fault: Phrase? = nil,
    then: @escaping (_ name: String, _ path: String) -> [Effect]
  ) -> [Effect] {
    navigator.ask(
      Dialog(
        title: title,
        body: "A new file that only you may read. It is recorded in the audit log.",
        confirm: confirm, field: FieldState("File", name, fault: fault)
      ) { [weak self] typed in
        guard let self else { return [] }
        let path = NewFile.path(typed, in: self.navigator.settings.workingFolder)
        guard FileManager.default.fileExists(atPath: path) else { return then(typed, path) }
        return self.askForNewFile(
          title, typed, confirm: confirm, fault: NewFile.Fault.exists(path: path).phrase,
          then: then)
      })
  }

  private func export(to path: String) -> [Effect] {
    // Read anew: not all that is seen may leave the books, and a mark stays on its row when that is
    // beyond what the list keeps.
    readForExport(limit: mostExportedRows + 1) { [weak self] in
      guard let self else { return [] }
      return self.write(self.list.arranged($0), to: path)
    }
  }

  private func write(_ shown: [Row], to path: String) -> [Effect] {
    guard shown.count <= mostExportedRows else {
      navigator.tell(
        .error,
        """
        More than \(mostExportedRows.grouped) rows: filter them, or let coreflow export journal \
        write them all.
        """)
      return []
    }
    let marks = list.view.marks
    let rows = marks.isEmpty ? shown : shown.filter { marks.contains($0.identity) }
    guard !rows.isEmpty else {
      navigator.tell(
        .notice,
        shown.isEmpty
          ? "You may export none of this." : "Nothing of what is marked is shown now.")
      return []
    }
    guard let desk = navigator.desk else { return [] }
    // In English, whoever exports it: other programs read it.
    let columns = list.shownColumns.filter(\.isNamed)
    let titles = columns.map { CommaSeparated.text($0.title.english) }
    let lines = [titles] + rows.map { row in columns.map { $0.cell(row) } }
    let export = ExportedList(title.english, rows: rows.count, to: path)
    return [
      navigator.attempt("Exporting") {
        [workspace = navigator.workspace, command = record(export)] in
        let remarks = try await workspace.perform(command, as: desk.principal)
        let last = remarks.map { [CommaSeparated.text($0)] }
        try NewFile.write(CommaSeparated.lines(lines + last), to: path)
      } then: { [weak self] in
        self?.navigator.tell(.done, "\(rows.count.grouped) rows are in \(path).")
        return []
      }
    ]
  }
}
