import Domain
import Interchange
package import Keys
import Operations
package import Phrases

/// Where a file is imported: which one it is, what would come of it, and then that it does.
package final class ImportScreen: Screen {
  package static let keymap: [Binding] =
    [.importPreview, .importRun, .importPageUp, .importPageDown, .fieldList] + Binding.fields

  private let source: any ImportSource
  private let desk: Desk
  private var form: FieldForm
  /// What was found last, and what stood in the fields then.
  private var looked: (texts: [String], found: ImportPreview)?
  private var isWorking = false
  /// How much of what was found is scrolled past.
  private var top = 0

  init(_ source: any ImportSource, at desk: Desk) {
    self.source = source
    self.desk = desk
    form = FieldForm(source.fields(at: desk))
  }

  package var title: Phrase { source.title }
  package var section: Section? { .accounts }
  package var isRevisited: Bool { false }
  package var takesText: Bool { true }
  package var unsaved: Phrase? {
    form.hasChanged ? "What you chose is not imported yet." : nil
  }
  package func load() -> [Effect] { [] }
  package func type(_ key: Key) -> Bool { form.type(key) }
  package func paste(_ text: String) -> Int { form.paste(text) }

  package func dismiss() -> Bool { form.closeList() }

  package func point(at target: Target) -> [Effect] {
    form.point(at: target)
    return []
  }

  package func move(_ movement: Movement) -> [Effect] {
    let page = max(desk.navigator.rows - form.fields.count - 12, 1)
    top = movement.cursor(from: top, count: lineCount, page: page) ?? 0
    return []
  }

  package var actions: [Action] {
    let nothing: Phrase? = preview == nil ? unseen : nil
    return [
      Action(.importPreview.asked(source.permission)) { [weak self] in self?.look() ?? [] },
      Action(.importRun.asked(source.permission), unavailable: impossible) { [weak self] in
        guard let self else { return [] }
        return self.preview?.carryOut?(self) ?? []
      },
      Action(.importPageUp, unavailable: nothing) { [weak self] in self?.move(.pageUp) ?? [] },
      Action(.importPageDown, unavailable: nothing) { [weak self] in
        self?.move(.pageDown) ?? []
      },
    ]
      + fieldActions { [weak self] step in
        guard let self else { return [] }
        return self.form.step(step) ? self.look() : []
      } + [listAction(form) { [weak self] in self?.form.openList() }]
  }

  /// What was found of what stands in the fields now.
  private var preview: ImportPreview? { looked?.texts == form.texts ? looked?.found : nil }

  private var unseen: Phrase {
    "Nothing is read yet. \(desk.navigator.key(of: .importPreview)) shows what would come of it."
  }

  private var impossible: Phrase? {
    guard let preview else { return unseen }
    return preview.carryOut == nil ? preview.head : nil
  }

  // MARK: Looking

  private enum Outcome {
    case found(ImportPreview)
    case fault(FieldFault)
  }

  /// Reads the files and rehearses the import, which changes nothing.
  private func look() -> [Effect] {
    guard !isWorking else { return [] }
    form.closeList()
    form.clearFaults()
    (isWorking, looked, top) = (true, nil, 0)
    let texts = form.texts
    return [
      desk.navigator.attempt("Reading the file", holding: .keys) { [source, desk] in
        try await Self.outcome(of: source, texts.map(\.trimmingSpaces), at: desk)
      } failed: { [weak self] error in
        self?.refuse(error, texts)
      } then: { [weak self] outcome in
        self?.take(outcome, texts)
        return []
      }
    ]
  }

  /// What is wrong with a file is no failure: it was looked for.
  private static func outcome(
    of source: any ImportSource, _ texts: [String], at desk: Desk
  ) async throws -> Outcome {
    do {
      return .found(try await source.preview(texts, at: desk))
    } catch let fault as FieldFault {
      return .fault(fault)
    } catch let faults as SheetFaults {
      return .found(.refused(faults.faults.map { Phrase(verbatim: $0.words) }))
    } catch let error as ImportError {
      guard case .unreadable(let fault) = error.fault,
        let field = texts.firstIndex(of: error.file)
      else { return .found(.refused([Phrase(verbatim: error.text)])) }
      return .fault(
        FieldFault(field, PickedFile.Fault(path: error.file, fault: fault).phrase))
    }
  }

  private func take(_ outcome: Outcome, _ texts: [String]) {
    isWorking = false
    switch outcome {
    case .fault(let fault):
      form.fault(fault.field, fault.words)
      _ = form.goToFault()
    case .found(let found):
      looked = (texts, found)
      let key = desk.navigator.key(of: .importRun)
      if found.carryOut == nil {
        desk.navigator.tell(found.isRefused ? .error : .notice, found.head)
      } else {
        desk.navigator.tell(.notice, "Nothing is imported yet. \(key) does that.")
      }
    }
  }

  /// Everything that was typed is still there.
  private func refuse(_ error: any Error, _ texts: [String]) {
    isWorking = false
    guard let refusal = error as? Refusal else { return }
    looked = (texts, .refused(refusal.each))
  }

  /// Imports what was looked at, closes the form and says what came of it.
  func perform<C: Command>(
    _ command: C, then said: @escaping (C.Output) -> Phrase,
    next: @escaping (C.Output) -> [Effect] = { _ in [] }
  ) -> [Effect] {
    guard !isWorking else { return [] }
    isWorking = true
    let texts = form.texts
    return [
      desk.perform(
        command, "Importing", failed: { [weak self] in self?.refuse($0, texts) },
        then: { [self, desk] output in
          let effects = desk.navigator.close(self)
          desk.navigator.tell(.done, said(output))
          return effects + next(output)
        })
    ]
  }

  // MARK: What was found

  /// Of the longest of what is scrolled. Only drawing knows how words wrap.
  private var lineCount: Int {
    let room = max(desk.navigator.columns - 4, 1)
    let words = preview?.remarks.reduce(0) { $0 + 1 + $1.english.count / room } ?? 0
    return max(words, preview?.table?.rows.count ?? 0)
  }

  package var panels: [Panel] {
    var panel = form.panel(title)
    guard let preview else {
      panel.remarks = [Message(.notice, source.advice)]
      return [.form(panel)]
    }
    var panels = [Panel.form(panel)]
    if preview.table == nil || !preview.remarks.isEmpty {
      let words = Phrase.joined(preview.remarks, separator: "\n")
      panels.append(.text(TextPanel(title: preview.head, text: words, top: top)))
    }
    if var table = preview.table {
      let (rows, passed) = (table.rows, min(top, max(table.rows.count - 1, 0)))
      table.rows = TableRows(count: rows.count - passed) { rows[$0 + passed] }
      table.title = panels.count == 1 ? preview.head : "What would be made"
      table.position = "\(passed + 1) of \(rows.count)"
      panels.append(.table(table))
    }
    return panels
  }
}

/// What would come of an import, or why nothing can.
struct ImportPreview {
  let head: Phrase
  /// What is wrong or worth a look, each with its place in the file.
  var remarks: [Phrase] = []
  /// What would be made, a row for each; nil for nothing.
  var table: TablePanel?
  /// Does it; nil where nothing is to be done.
  var carryOut: ((ImportScreen) -> [Effect])?
  /// Whether that is because something is wrong.
  var isRefused = false

  static func refused(_ faults: [Phrase]) -> ImportPreview {
    ImportPreview(
      head: "Nothing can be imported as it is.", remarks: faults, isRefused: true)
  }
}

extension TablePanel {
  /// What would be made; nil for no rows.
  static func made(_ columns: [TableColumn], _ rows: [[Phrase]]) -> TablePanel? {
    rows.isEmpty
      ? nil
      : TablePanel(
        title: .empty, columns: columns, rows: rows.map { TableRow($0) }, cursor: nil,
        emptyText: .empty)
  }
}

/// Something that is imported: what is asked of it, and what its files would bring.
protocol ImportSource {
  var title: Phrase { get }
  /// What a file must be like.
  var advice: Phrase { get }
  /// Of the command.
  var permission: Permission? { get }
  func fields(at desk: Desk) -> [FormField]
  /// What would come of what stands in the fields, `texts`, without the spaces around it. Throws
  /// `FieldFault`, `ImportError`, `SheetFaults` or `Refusal`.
  func preview(_ texts: [String], at desk: Desk) async throws -> ImportPreview
}

extension ImportSource {
  /// A field for a file's path, whose names are offered.
  func path(_ label: Phrase, _ place: Int, at desk: Desk) -> FormField {
    let folder = desk.navigator.settings.workingFolder
    return FormField(label: label) { PickedFile.names(for: $0[place], in: folder) }
  }
}

/// Why what stands in a field won't do.
nonisolated struct FieldFault: Error {
  let field: Int
  let words: Phrase

  init(_ field: Int, _ words: Phrase) {
    self.field = field
    self.words = words
  }

  /// What `text` means, or nil for nothing. The reason why it means nothing is the field's.
  static func reading<Value>(
    _ field: Int, of texts: [String], _ read: (String) throws -> Value
  ) throws -> Value? {
    guard !texts[field].isEmpty else { return nil }
    do { return try read(texts[field]) } catch {
      throw FieldFault(field, UserMessage(error).phrase)
    }
  }
}

extension Refusal {
  /// Its faults one by one.
  fileprivate var each: [Phrase] {
    guard case .faults(let faults) = self else { return [UserMessage(self).phrase] }
    return faults.map { UserMessage(Refusal.faults([$0])).phrase }
  }
}

extension Binding {
  static let importPreview = Binding(
    "import.preview", [.function(9), .alt("s")], "preview", "Read the file, and change nothing")
  static let importRun = Binding(
    "import.run", [.function(10), .alt("f")], "import", "Import what was looked at")
  static let importPageUp = Binding(
    "import.pageup", [.pageUp], "page up", "Back in what would be made")
  static let importPageDown = Binding(
    "import.pagedown", [.pageDown], "page down", "On in what would be made")
}
