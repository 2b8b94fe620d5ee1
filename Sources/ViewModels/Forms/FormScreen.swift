import Domain
package import Keys
import Operations
package import Phrases

/// A few fields and what is done with them.
package final class FormScreen: Screen {
  package static let keymap: [Binding] = [.formSave, .fieldList] + Binding.fields

  package let title: Phrase
  package let section: Section?
  private let desk: Desk
  private let permission: Permission?
  private let save: (FormScreen) -> [Effect]
  /// What follows from the texts of the fields while they are typed.
  private let preview: ([String]) -> Phrase
  private var form: FieldForm
  private var isSaving = false

  /// `permission` is what saving takes.
  init(
    _ title: Phrase, _ fields: [FormField], in section: Section?, _ permission: Permission?,
    at desk: Desk, preview: @escaping ([String]) -> Phrase = { _ in .empty },
    save: @escaping (FormScreen) -> [Effect]
  ) {
    self.title = title
    self.section = section
    self.desk = desk
    self.permission = permission
    self.preview = preview
    self.save = save
    form = FieldForm(fields)
  }

  package var isRevisited: Bool { false }
  package var takesText: Bool { true }
  package var unsaved: Phrase? { form.hasChanged ? .unsavedFields : nil }
  package func load() -> [Effect] { [] }
  package func type(_ key: Key) -> Bool { form.type(key) }
  package func paste(_ text: String) -> Int { form.paste(text) }

  package func dismiss() -> Bool { form.closeList() }

  package func point(at target: Target) -> [Effect] {
    form.point(at: target)
    return []
  }

  package var actions: [Action] {
    [Action(.formSave.asked(permission)) { [weak self] in self?.send() ?? [] }]
      + fieldActions { [weak self] step in
        guard let self else { return [] }
        return self.form.step(step) ? self.send() : []
      } + [listAction(form) { [weak self] in self?.form.openList() }]
  }

  private func send() -> [Effect] {
    guard !isSaving else { return [] }
    form.closeList()
    form.clearFaults()
    let effects = save(self)
    guard form.goToFault() else { return effects }
    isSaving = false
    return []
  }

  package var panels: [Panel] {
    var panel = form.panel(title)
    let remark = preview(form.texts)
    if !remark.isEmpty { panel.remarks = [Message(.notice, remark)] }
    return [.form(panel)]
  }

  // MARK: For whoever saves

  /// What stands in a field, without what surrounds it.
  func text(_ index: Int) -> String { form.texts[index].trimmingSpaces }

  /// The words that stand in a field, between spaces and commas.
  func words(_ index: Int) -> [String] {
    text(index).split { $0 == " " || $0 == "," }.map(String.init)
  }

  /// What each part of the field's text means, where commas stand between them; the reason why one
  /// means nothing is said beside it.
  func parts<Value>(_ index: Int, _ read: (String) throws -> Value) -> [Value] {
    reading(index) { text in
      try text.split(separator: ",").map { try read(String($0).trimmingSpaces) }
    } ?? []
  }

  /// The same as a password has it.
  func secret(_ index: Int) -> String { form.texts[index] }

  /// Says beside a field why it won't do; then nothing is done.
  func fault(_ index: Int, _ words: Phrase) { form.fault(index, words) }

  /// What the field's text means, or nil, and the reason is said beside it: `missing` where nothing
  /// stands there.
  func reading<Value>(
    _ index: Int, orElse missing: Phrase? = nil, _ read: (String) throws -> Value
  ) -> Value? {
    if let missing, text(index).isEmpty {
      fault(index, missing)
      return nil
    }
    do { return try read(text(index)) } catch {
      fault(index, UserMessage(error).phrase)
      return nil
    }
  }

  /// A moment, or nil where nothing was typed, and `missing` is said. A day alone, which may be typed
  /// as any other, is all of it.
  func moment(
    _ index: Int, starts: Bool = false, orElse missing: Phrase? = nil
  ) -> Timestamp? {
    let typed = text(index)
    guard !typed.isEmpty else {
      if let missing { fault(index, missing) }
      return nil
    }
    let (today, now) = (desk.workspace.today, desk.workspace.now)
    let moment = desk.moment(typed, starts: starts)
    if moment == nil {
      fault(index, "\(typed) is no moment; write it as +7, \(today.text) or \(now.typed).")
    }
    return moment
  }

  /// An amount in the base currency, or nil where nothing was typed.
  func amount(_ index: Int) -> Money? {
    text(index).isEmpty
      ? nil
      : reading(index) { [desk] in
        try AmountExpression.parse($0, exponent: desk.place.exponent)
      }
  }

  /// What a grant depends on besides departments and accounts.
  func conditions(_ index: Int) -> Conditions {
    reading(index) { [desk] text in
      var conditions = Conditions()
      try conditions.add(text, exponent: desk.place.exponent)
      return conditions
    } ?? Conditions()
  }

  /// A reason, which must be given in `least` characters or more.
  func reason(_ index: Int, least: Int) -> String {
    if let short = Dialog.shortReason(text(index), least: least) { fault(index, short) }
    return text(index)
  }

  /// Which of `choices` stands in the field; `missing` is said where none does.
  func choice<Value>(
    _ index: Int, _ choices: [(text: String, value: Value)], _ missing: Phrase
  )
    -> Value?
  {
    let found = choices.first { $0.text == text(index) }
    if found == nil { fault(index, missing) }
    return found?.value
  }

  /// Yes or no; nil, and that is said beside the field, where neither stands there.
  func answer(_ index: Int) -> Bool? {
    choice(index, [(desk.words.yes, true), (desk.words.no, false)], "yes or no?")
  }

  /// Does it, closes the form and says what came of it. A refusal is told with everything that was
  /// typed still there, beside the field that `place` says it is about.
  func perform<C: Command>(
    _ command: C, place: @escaping (Refusal) -> Int? = { _ in nil },
    then said: @escaping (C.Output) -> Phrase
  ) -> [Effect] {
    run("Saving") {
      try await $0.workspace.perform(command, as: $0.principal)
    } place: {
      place($0)
    } then: { desk, output in
      desk.noteActivity(of: C.self)
      desk.navigator.tell(.done, said(output))
      return []
    }
  }

  /// The same where more is done than one command, or more comes of it than words.
  func run<Output>(
    _ title: Phrase, _ work: @escaping (Desk) async throws -> Output,
    place: @escaping (Refusal) -> Int?, then: @escaping (Desk, Output) -> [Effect]
  ) -> [Effect] {
    isSaving = true
    return [
      desk.navigator.attempt(title, holding: .keys) { [desk] in
        try await work(desk)
      } failed: { [weak self] error in
        guard let self else { return }
        self.isSaving = false
        guard let refusal = error as? Refusal, let index = place(refusal) else { return }
        self.fault(index, UserMessage(refusal).phrase)
        _ = self.form.goToFault()
      } then: { [self, desk] output in
        let effects = desk.navigator.close(self)
        return effects + then(desk, output)
      }
    ]
  }
}

extension Timestamp {
  /// As somebody types it: `2026-11-23T14:00`.
  var typed: String { "\(day.text)T\(clock.prefix(5))" }
}

extension Phrase {
  static let unsavedFields: Phrase = "What you typed is not saved yet. F10 saves it."
}

extension Binding {
  static let formSave = Binding("form.save", [.function(10), .alt("f")], "save", "Save the form")
}
