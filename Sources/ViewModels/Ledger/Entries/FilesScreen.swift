import Domain
import Foundation
import Interchange
import Keys
import Operations
package import Phrases

/// The files that prove an entry or a period.
package final class FilesScreen: WholeListScreen {
  package static let keymap: [Binding] =
    [.fileOpen, .fileAdd, .fileSave, .fileHide, .fileRemove] + Binding.lists
  static let listName = "files"

  private let thing: Evidenced
  private let desk: Desk
  /// As it was when it was last read; nil before.
  private var known: Attachments.Value?
  var list = RowList<AttachedFile>([
    ListColumn("file", "File", .text(atLeast: 20)) { $0.name },
    ListColumn("size", "Bytes", .amount, number: { Int64($0.size) }) { $0.size.grouped },
    ListColumn("state", "State", .fixed(13), words: { $0.state }),
    ListColumn("by", "By", .text(atLeast: 10), priority: 1) { $0.by },
    ListColumn("when", "When", .fixed(16), priority: 2) { $0.at.minute },
    ListColumn("about", "What it is", .text(atLeast: 10), priority: 3) { $0.description },
    ListColumn("line", "Line", .fixed(5), priority: 3) { $0.line.map { "\($0)" } ?? "" },
    ListColumn("reason", "Why hidden", .text(atLeast: 10), priority: 4) {
      $0.hiding?.reason ?? ""
    },
    ListColumn("hash", "SHA-256", .fixed(64), priority: 5) { $0.sha256 },
  ])

  init(of thing: Evidenced, at desk: Desk) {
    self.thing = thing
    self.desk = desk
    recall()
  }

  package var title: Phrase { "Files" }
  package var section: Section? {
    switch thing {
    case .entry: .journal
    case .period: .periods
    }
  }
  var navigator: Navigator { desk.navigator }

  package func load() -> [Effect] {
    [
      read(Attachments(of: thing), at: desk) { [weak self] value in
        self?.known = value
        self?.list.take(value.files)
        return []
      }
    ]
  }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return [
      Action(.fileOpen, unavailable: list.unavailable) { [weak self] in self?.open() ?? [] },
      Action(.fileAdd, unavailable: frozen) { [weak self] in
        guard let self else { return [] }
        return self.navigator.show(FileForm(to: self.thing).screen(in: self.section, at: self.desk))
      },
      Action(.fileSave, unavailable: list.unavailable) { [weak self] in
        guard let self, let file = self.list.selected else { return [] }
        return self.askWhere(file, file.name)
      },
      Action(.fileHide, unavailable: list.unavailable ?? unhidable) { [weak self] in
        self?.hide() ?? []
      },
      Action(.fileRemove, unavailable: list.unavailable ?? kept) { [weak self] in
        self?.remove() ?? []
      },
    ] + listActions
  }

  // MARK: What can't be done

  private func words(_ problem: AttachmentProblem) -> Phrase {
    UserMessage(Refusal.attachment(problem)).phrase
  }

  private var frozen: Phrase? {
    guard let status = known?.status, status.isBeingApproved || status == .voided else {
      return nil
    }
    return words(.frozen(status))
  }

  private var unhidable: Phrase? {
    if list.selected?.hiding != nil { return words(.hidden) }
    return known?.status?.isBeingApproved == true ? frozen : nil
  }

  private var kept: Phrase? {
    if list.selected?.hiding != nil { return words(.hidden) }
    return known?.isFresh == true ? nil : words(.kept)
  }

  // MARK: What can

  private func open() -> [Effect] {
    guard let file = list.selected else { return [] }
    return [
      desk.fetch(AttachmentContent(file.id, of: thing), holding: .keys) { [weak self] content in
        guard let self else { return [] }
        guard let text = FileScreen.text(content.bytes) else {
          let key = self.navigator.key(of: .fileSave)
          self.navigator.tell(.notice, "\(file.name) is no text. \(key) saves a copy.")
          return []
        }
        return self.navigator.show(
          FileScreen(file.name, text, in: self.section, of: self.navigator))
      }
    ]
  }

  private func askWhere(_ file: AttachedFile, _ name: String, fault: Phrase? = nil) -> [Effect] {
    askForNewFile("Save a copy of \(file.name)?", name, confirm: "Save", fault: fault) {
      [weak self] in self?.save(file, $0, to: $1) ?? []
    }
  }

  private func save(_ file: AttachedFile, _ name: String, to path: String) -> [Effect] {
    let command = SaveAttachment(file.id, of: thing)
    return [
      navigator.attempt("Saving", holding: .keys) { [desk] in
        let content = try await desk.workspace.perform(command, as: desk.principal)
        try NewFile.write(content.bytes, to: path)
      } failed: { [weak self] error in
        guard let fault = error as? NewFile.Fault else { return }
        _ = self?.askWhere(file, name, fault: fault.phrase)
      } then: { [desk] in
        desk.noteActivity(of: SaveAttachment.self)
        desk.navigator.tell(.done, "\(file.name) is in \(path).")
        return []
      }
    ]
  }

  private func hide() -> [Effect] {
    guard let file = list.selected else { return [] }
    return desk.askWhy(
      title: "Hide \(file.name)?",
      body: "It stays in the books, for whoever may read the audit log, and that is for good.",
      confirm: "Hide", least: HideAttachment.leastReason
    ) { [desk, thing] in
      desk.carryOut(
        HideAttachment(file.id, of: thing, reason: $0), "\(file.name) is hidden.")
    }
  }

  private func remove() -> [Effect] {
    guard let file = list.selected else { return [] }
    return navigator.ask(
      Dialog(
        title: "Take \(file.name) off?",
        body: "Nothing of it stays but its name in the audit log.", confirm: "Take it off"
      ) { [desk, thing] _ in
        desk.carryOut(RemoveAttachment(file.id, from: thing), "\(file.name) is taken off.")
      })
  }

  package var panels: [Panel] {
    [
      .table(
        list.panel(
          "Files", note: thing.name,
          empty: desk.absence("No files yet.", .fileAdd) { "\($0) attaches the first." }
        ) { $0.hiding == nil ? .plain : .muted })
    ]
  }
}

/// What is asked of a file that is to be attached.
private struct FileForm {
  let thing: Evidenced

  init(to thing: Evidenced) { self.thing = thing }

  func screen(in section: Section?, at desk: Desk) -> FormScreen {
    let folder = desk.navigator.settings.workingFolder
    return FormScreen(
      "Attach a file",
      [
        FormField(label: "File") { PickedFile.names(for: $0[0], in: folder) },
        FormField(label: "What it is"),
      ] + lineField, in: section, AttachFile.permission, at: desk
    ) { form in
      guard !form.text(0).isEmpty else {
        form.fault(0, "Which file?")
        return []
      }
      var line: Int?
      if case .entry = thing, !form.text(2).isEmpty {
        line = Int(form.text(2))
        guard line != nil else {
          form.fault(2, "Which line? Its number, or nothing for the whole entry.")
          return []
        }
      }
      let path = NewFile.path(form.text(0), in: folder)
      let name = (path as NSString).lastPathComponent
      let bytes: [UInt8]
      do throws(PickedFile.Fault) {
        bytes = try PickedFile.contents(of: path, mostBytes: Evidence.mostBytes)
      } catch {
        form.fault(0, error.phrase)
        return []
      }
      return form.perform(
        AttachFile(NewAttachment(name, bytes, description: form.text(1)), to: thing, line: line),
        place: { Self.field(of: $0) }
      ) { _ in "\(name) is attached." }
    }
  }

  /// Only an entry has lines.
  private var lineField: [FormField] {
    guard case .entry = thing else { return [] }
    return [FormField(label: "Line", hint: "its number; empty for the whole entry")]
  }

  /// The field that a refusal is about.
  private static func field(of refusal: Refusal) -> Int? {
    guard case .attachment(let problem) = refusal else { return nil }
    return switch problem {
    case .descriptionTooLong: 1
    case .noLine: 2
    case .empty, .tooLarge, .name, .attachedAlready, .frozen, .kept, .hidden: 0
    }
  }
}

nonisolated extension AttachedFile: Listed {
  var identity: ID<Attachment> { id }
}

extension AttachedFile {
  fileprivate var state: Phrase {
    hiding != nil ? "hidden" : isAfterPosting ? "after posting" : .empty
  }
}

extension Evidenced {
  /// Beside the title; an entry's screen before this one is called so.
  fileprivate var name: Phrase {
    switch self {
    case .entry: .empty
    case .period(_, let name): Phrase(verbatim: name)
    }
  }
}

extension Binding {
  /// Where there is something that files prove.
  static let files = Binding(
    "files", ["v"], "files", "Files that prove it", Attachments.permission)
  static let fileOpen = Binding(
    "file.open", [.enter, .right, "l"], "open", "Read the file, where it is text",
    AttachmentContent.permission)
  static let fileAdd = Binding(
    "file.add", ["n", .function(6)], "attach", "Attach a file", AttachFile.permission)
  static let fileSave = Binding(
    "file.save", ["c"], "save a copy", "Save a copy of the file", SaveAttachment.permission)
  static let fileHide = Binding(
    "file.hide", ["x"], "hide", "Hide the file, with a reason", HideAttachment.permission)
  static let fileRemove = Binding(
    "file.remove", ["D"], "detach", "Take it off a draft never submitted",
    RemoveAttachment.permission)
}
