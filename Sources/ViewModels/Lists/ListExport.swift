import Domain
import Foundation
import Interchange
import Keys
import Operations
import Phrases

extension Binding {
  static let exportList = Binding(
    "list.export", ["E"], "export", "Write what is shown to a file", ExportList.permission)
}

/// More rows than anybody reads in a spreadsheet; other programs take the whole journal.
private let mostExportedRows = 100_000

extension ListScreen {
  static var exportBinding: Binding { .exportList }

  func record(_ list: ExportedList) -> any Command<[String]> { ExportList(list) }

  static var isReport: Bool { false }
  var caveats: [Phrase] { [] }
  func level(of row: Row) -> Int { 0 }

  var exportAction: Action {
    Action(Self.exportBinding, unavailable: list.unavailable) { [weak self] in
      guard let self else { return [] }
      return Self.isReport ? self.chooseForm() : self.askToExport(as: nil)
    }
  }

  private func chooseForm() -> [Effect] {
    func entry(_ form: PrintForm?, _ name: String, _ note: Phrase) -> Chooser.Entry {
      Chooser.Entry(Phrase(verbatim: name), note: note) { [weak self] in
        self?.askToExport(as: form) ?? []
      }
    }
    return navigator.choose(
      Chooser(
        title: "Export as",
        entries: [entry(nil, "csv", "for spreadsheets")]
          + PrintForm.allCases.map { entry($0, $0.rawValue, $0.note) }))
  }

  /// Nil is CSV.
  private func askToExport(as form: PrintForm?) -> [Effect] {
    let day = navigator.desk?.today.text ?? ""
    return askForNewFile(
      list.view.marks.isEmpty ? "Export what is shown?" : "Export what is marked?",
      "\(Self.listName)-\(day).\(form?.ending ?? "csv")", confirm: "Export"
    ) { [weak self] in self?.export(to: $1, as: form) ?? [] }
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

  private func export(to path: String, as form: PrintForm?) -> [Effect] {
    // Read anew: not all that is seen may leave the books, and a mark stays on its row when that is
    // beyond what the list keeps.
    readForExport(limit: mostExportedRows + 1) { [weak self] rows, footing in
      guard let self else { return [] }
      return self.write(self.list.arranged(rows), as: form, to: path, footing?.lines ?? [])
    }
  }

  /// `footing` is what holds the file to the books, below what it must say of itself.
  private func write(
    _ shown: [Row], as form: PrintForm?, to path: String, _ footing: [String]
  ) -> [Effect] {
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
    let content: @Sendable ([String]) throws -> String =
      if let form { printed(rows, as: form, at: desk) } else { csv(rows) }
    let export = ExportedList(title.english, rows: rows.count, to: path)
    // What is printed has them in its heading.
    let footing = (form == nil ? caveats.map(\.english) : []) + footing
    return [
      navigator.attempt("Exporting") {
        [workspace = navigator.workspace, command = record(export)] in
        let remarks = try await workspace.perform(command, as: desk.principal)
        try NewFile.write(content(remarks + footing), to: path)
      } then: { [weak self] in
        self?.navigator.tell(.done, "\(rows.count.grouped) rows are in \(path).")
        return []
      }
    ]
  }

  /// What is in the file, with what it must say of itself. In English, whoever exports it: other
  /// programs read it.
  private func csv(_ rows: [Row]) -> @Sendable (_ remarks: [String]) throws -> String {
    let columns = list.shownColumns.filter(\.isNamed)
    let titles = columns.map { CommaSeparated.text($0.title.english) }
    let lines = [titles] + rows.map { row in columns.map { $0.cell(row) } }
    // RFC 4180 has as many fields on each line, and what holds to it reads no file that hasn't.
    let rest = columns.dropFirst().map { _ in "" }
    return { remarks in
      CommaSeparated.lines(lines + remarks.map { [CommaSeparated.text($0)] + rest })
    }
  }

  /// The same as the command line prints a report: amounts as they are shown, sums below them.
  private func printed(
    _ rows: [Row], as form: PrintForm, at desk: Desk
  ) -> @Sendable (_ remarks: [String]) throws -> String {
    let columns = list.shownColumns
    let named = columns.indices.filter { columns[$0].isNamed }
    func cell(_ column: Int, _ words: Phrase, level: Int = 0) -> Printout.Cell {
      let indent = column == named.first ? String(repeating: "  ", count: level) : ""
      return Printout.Cell(
        indent + words.english, isNumber: columns[column].column.kind == .amount)
    }
    var printed = rows.map { row in
      Printout.Row(named.map { cell($0, columns[$0].text(row), level: level(of: row)) })
    }
    var (title, scope) = (title.english, "")
    if case .table(let panel)? = panels.first {
      (title, scope) = (panel.title.english, panel.scope.english)
      if let shown = panel.totals, let totals = totals(of: rows, besides: shown) {
        printed.append(Printout.Row(named.map { cell($0, totals[$0]) }, isTotal: true))
      }
    }
    let (titles, lines) = (named.map { columns[$0].title.english }, printed)
    let heading = "\(title) of \(desk.place.businessName)" + (scope.isEmpty ? "" : ", \(scope)")
    return { [title] remarks in
      var text = ""
      try Printout(title: title, heading: heading, notes: remarks, titles: titles) { body in
        for line in lines { try body(line) }
      }.write(as: form) { text += $0 }
      return text
    }
  }

  /// Called as those that are `shown`, unless only some rows are marked.
  private func totals(of rows: [Row], besides shown: [Phrase]) -> [Phrase]? {
    let part: Phrase = "Total of what is shown"
    let isAll = list.view.marks.isEmpty && !shown.contains(part)
    return list.totals(isAll ? "Total" : part) { try rows.map($0).total() }
  }
}

extension Desk {
  /// Reads what `query` shows as far as its reader may take it out, and how far the books had come,
  /// both in one snapshot (RULES §3.11).
  func export<Q: Query>(
    _ query: Q, then: @escaping (Q.Output, Footing?) -> [Effect]
  ) -> Effect {
    fetch(Footed(Exported(query)), holding: .keys) { then($0.output, $0.footing) }
  }
}

extension PrintForm {
  fileprivate var note: Phrase {
    switch self {
    case .text: "in aligned columns"
    case .html: "one page for a browser"
    case .paged: "for a printer, 80 columns wide"
    }
  }

  fileprivate var ending: String {
    switch self {
    case .text, .paged: "txt"
    case .html: "html"
    }
  }
}
