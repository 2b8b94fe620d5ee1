import Domain
package import Keys
import Operations
package import Phrases

/// Where an entry is written.
package final class EntryFormScreen: Screen {
  package static let keymap: [Binding] =
    [
      .entryCommit, .entryKeep, .entryNext, .entryDifference, .entryRepeatAbove, .entryDebit,
      .entryCredit, .entryList, .entryTemplate, .entryMore, .entryRemoveLine, .entryType,
      .entryReverse, .entryCurrency, .entrySettle, .entryUndo, .entryRedo,
    ] + Binding.fields

  let desk: Desk
  let opening: Opening
  var form: EntryForm?
  private var history = EntryFormHistory()
  /// What it took to find the suggestions.
  private var milliseconds: Int64 = 0
  /// Where open items were asked for already.
  var placesAsked: Set<ItemPlace> = []
  /// Why there is no form.
  private(set) var fault: Phrase?
  /// While it is, committing again would write the entry twice.
  private var isCommitting = false
  /// Why the entry is corrected, as it was said last.
  private var reason = ""

  /// What the form begins with.
  enum Opening {
    case nothing
    case repeating(EntryContent)
    /// On its own day, of one line, against the account that is called so, if any is.
    case writing(EntryContent, against: String)
    /// A whole entry, of its own day.
    case proposed(EntryContent)
    case draft(Draft)
    /// What a posted entry should have been.
    case correction(of: EntryHead, EntryContent)
  }

  /// A draft as it was when the form opened.
  struct Draft {
    let head: EntryHead
    let content: EntryContent
    let version: Int
  }

  init(at desk: Desk, _ opening: Opening = .nothing) {
    self.desk = desk
    self.opening = opening
  }

  private var editing: Draft? { if case .draft(let draft) = opening { draft } else { nil } }
  private var corrected: EntryHead? {
    if case .correction(let head, _) = opening { head } else { nil }
  }

  package var isRevisited: Bool { false }
  package var title: Phrase {
    var name: Phrase = editing.map { Phrase(verbatim: $0.head.name) } ?? "New entry"
    if let corrected { name = Phrase(verbatim: corrected.name) }
    if let form, form.currency.code != form.base.code {
      name = .joined([name, Phrase(verbatim: form.currency.code)], separator: ", ")
    }
    guard let form, form.type != .standard else { return name }
    guard let day = form.reversal else { return "\(name), \(form.typeText)" }
    return "\(name), \(form.typeText), taken back on \(day.text)"
  }
  package var section: Section? { .journal }
  package var takesText: Bool { true }

  package var unsaved: Phrase? {
    guard form?.isChanged == true else { return nil }
    return corrected == nil
      ? "What you typed is not in the books yet. Stay, and F2 keeps it as a draft."
      : "What you typed is not in the books yet. Stay, and F10 corrects the entry."
  }

  package func load() -> [Effect] {
    guard form == nil else { return [] }
    return [
      desk.fetch(
        EntryFormFacts(), holding: .keys,
        failed: { [weak self] error in
          self?.fault = self?.desk.navigator.absence(because: error)
        },
        then: { [weak self] facts in
          self?.open(with: facts)
          return (self?.readItems() ?? []) + (self?.offerKept() ?? [])
        })
    ]
  }

  private func open(with facts: EntryFormFacts.Value) {
    let date = desk.lastEntryDay ?? facts.today
    form =
      switch opening {
      case .nothing:
        EntryForm(facts: facts, date: date)
      case .repeating(let content):
        EntryForm(facts: facts, date: date, repeating: content)
      case .writing(let content, let name):
        EntryForm(
          facts: facts, date: content.date,
          repeating: content.against(name, in: facts.accounts))
      case .draft(let draft):
        EntryForm(facts: facts, draft: draft.content)
      case .proposed(let content), .correction(_, let content):
        EntryForm(facts: facts, draft: content)
      }
  }

  package func type(_ key: Key) -> Bool {
    let before = form
    guard form?.type(key) == true else { return false }
    history.note(before, isTyping: key.text != nil)
    return true
  }

  package func typed() -> [Effect] {
    keep()
    return suggest() + readItems()
  }

  /// Looks for earlier entries that begin like the text, while nothing waits for it.
  private func suggest() -> [Effect] {
    guard let form, form.focus == .description, editing == nil, corrected == nil
    else { return [] }
    let text = form.description.text
    guard text.count >= Self.leastToSuggest else {
      self.form?.offered = []
      return []
    }
    return [
      desk.fetch(EntrySuggestions(text)) { [weak self] found in
        guard let self, self.form?.description.text == text,
          self.form?.focus == .description
        else { return [] }
        self.form?.offered = found.suggestions
        self.milliseconds = found.milliseconds
        return []
      }
    ]
  }

  private static let leastToSuggest = 2

  package func paste(_ text: String) -> Int {
    history.note(form, isTyping: false)
    return form?.paste(text) ?? 0
  }

  package func point(at target: Target) -> [Effect] {
    switch target {
    case .field(let index):
      let fields: [EntryForm.Focus] = [.date, .reference, .description]
      if fields.indices.contains(index) { form?.go(to: fields[index]) }
    case .cell(let place):
      if let column = EntryForm.Column(rawValue: place.column) {
        form?.go(to: .line(place.line, column))
      }
    case .choice(let index): return changeByWorth { $0.take(choice: index) }
    default: break
    }
    return []
  }

  /// Changes the form in a way that can be undone.
  func change(_ body: (inout EntryForm) -> Void) {
    guard var form else { return }
    history.note(form, isTyping: false)
    body(&form)
    self.form = form
    keep()
  }

  package var actions: [Action] {
    let needs = form?.approvers ?? []
    return [
      Action(
        .entryCommit, title: needs.isEmpty ? "post" : "send",
        summary: needs.isEmpty ? "Post the entry" : "Send the entry for approval"
      ) { [weak self] in self?.commit(.finish) ?? [] },
      Action(
        .entryKeep,
        unavailable: corrected == nil ? nil : "A correction is booked or sent as a whole."
      ) { [weak self] in self?.commit(.keepDraft) ?? [] },
      Action(.entryNext) { [weak self] in self?.commit(.finish, thenAnother: true) ?? [] },
    ] + lineActions
      + fieldActions { [weak self] step in self?.take(step) ?? [] }
  }

  private var lineActions: [Action] {
    let notInAmount: Phrase? = form?.isInAmount == true ? nil : "It works in an amount."
    // What begins like a currency goes on like one.
    let notASide: Phrase? = form?.isInCode == true ? "Finish the currency first." : notInAmount
    let notInLine: Phrase? = form?.focus.place == nil ? "It works in a line." : nil
    func changing(
      _ binding: Binding, _ unavailable: Phrase?, _ body: @escaping (inout EntryForm) -> Void
    ) -> Action {
      Action(binding, unavailable: unavailable) { [weak self] in
        self?.change(body)
        return self?.readItems() ?? []
      }
    }
    return [
      Action(.entryDifference, unavailable: notInAmount) { [weak self] in
        self?.changeByWorth { $0.fillDifference() } ?? []
      },
      changing(
        .entryRepeatAbove, form?.canRepeatAbove == true ? nil : "It works in an empty cell."
      ) { $0.repeatAbove() },
      changing(.entryDebit, notASide) { $0.changeSide(to: .debit) },
      changing(.entryCredit, notASide) { $0.changeSide(to: .credit) },
      Action(
        .entryList, unavailable: form?.canList == true ? nil : "It works in a date or an account."
      ) { [weak self] in self?.listChoices() ?? [] },
      Action(.entryTemplate) { [weak self] in self?.listTemplates() ?? [] },
      Action(.entryMore) { [weak self] in self?.askForMore() ?? [] },
      changing(.entryRemoveLine, notInLine) { $0.removeLine() },
      changing(.entryType, ownType) { $0.changeType() },
      changing(
        .entryReverse,
        form?.type == .adjusting ? nil : "It is for adjusting entries. Change the type first."
      ) { $0.reversesItself.toggle() },
      Action(.entryCurrency) { [weak self] in self?.chooseCurrency() ?? [] },
      Action(
        .entrySettle,
        unavailable: form?.canSettle == true ? nil : "It works in an amount like 100 USD."
      ) { [weak self] in self?.settleAtBook() ?? [] },
      Action(.entryUndo, unavailable: history.canUndo ? nil : "Nothing to undo.") { [weak self] in
        self?.restore { $0.undo($1) } ?? []
      },
      Action(.entryRedo, unavailable: history.canRedo ? nil : "Nothing to redo.") { [weak self] in
        self?.restore { $0.redo($1) } ?? []
      },
    ]
  }

  /// Why the type stays.
  private var ownType: Phrase? {
    if corrected != nil { return "A correction stays one." }
    return form?.hasOwnType == true ? "The system wrote it, as what it is." : nil
  }

  /// What is used most comes first.
  private func chooseCurrency() -> [Effect] {
    guard let form else { return [] }
    let held = Set(form.facts.valuation.positions.map(\.currency)).union([form.base.code])
    let currencies = form.facts.valuation.currencies
    let ordered =
      currencies.filter { held.contains($0.code) } + currencies.filter { !held.contains($0.code) }
    return desk.navigator.choose(
      Chooser(
        title: "What are plain amounts in?",
        entries: ordered.map { currency in
          Chooser.Entry(
            Phrase(verbatim: currency.code), note: Phrase(verbatim: currency.name)
          ) { [weak self] in
            self?.change { $0.take(currency) }
            return []
          }
        }))
  }

  private func listTemplates() -> [Effect] {
    [
      desk.fetch(EntryTemplates(), holding: .keys) { [weak self] templates in
        guard let self else { return [] }
        guard !templates.isEmpty else { return self.desk.tellOfNoTemplate() }
        return self.desk.navigator.choose(
          Chooser(
            title: "Fill in a template, or remove one",
            entries: templates.map { template in
              Chooser.Entry(
                Phrase(verbatim: template.name),
                note: Phrase(verbatim: template.content.description)
              ) { [weak self] in
                self?.change { $0.add(template.content) }
                return []
              }
            } + templates.map(self.removal)))
      }
    ]
  }

  private func removal(of template: EntryTemplates.Template) -> Chooser.Entry {
    Chooser.Entry("Remove \(template.name)") { [desk] in
      desk.navigator.ask(
        Dialog(
          title: "Remove the template \(template.name)?",
          body: "Nobody here can fill it in any more; entries made of it stay.", confirm: "Remove"
        ) { _ in
          [
            desk.perform(RemoveTemplate(template.id), "Removing") {
              desk.navigator.tell(.done, "The template \(template.name) is gone.")
              return []
            }
          ]
        })
    }
  }

  /// Accounts in an account, a month of days in the date.
  private func listChoices() -> [Effect] {
    guard let form, form.focus == .date else {
      change { $0.openList() }
      return []
    }
    return desk.navigator.choose(
      DayPicker(
        day: form.day ?? form.facts.today, today: form.facts.today,
        closed: { day in
          !form.facts.periods.contains {
            $0.start <= day && day <= $0.end && $0.status == .open
          }
        },
        chosen: { [weak self] day in
          self?.change { $0.choose(day) }
          return []
        }))
  }

  private func restore(
    _ step: (inout EntryFormHistory, EntryForm) -> EntryForm?
  ) -> [Effect] {
    guard let now = form, var other = step(&history, now) else { return [] }
    other.takeItems(of: now)
    form = other
    keep()
    return []
  }

  private func commit(
    _ ending: EntryEnding, thenAnother: Bool = false, isConfirmed: Bool = false
  ) -> [Effect] {
    guard var form, !isCommitting else { return [] }
    guard corrected == nil || form.isChanged else {
      desk.navigator.tell(.notice, "It says what is booked already. Change what is wrong.")
      return []
    }
    if let place = form.awaitedPlaces.first {
      return [
        read(place) { [weak self] in
          self?.commit(ending, thenAnother: thenAnother, isConfirmed: isConfirmed) ?? []
        }
      ]
    }
    if ending != .keepDraft { form.takeBalance() }
    let content = form.content()
    self.form = form
    guard let (content, origins) = content else { return [] }
    let worth = form.sums.worth
    let total = worth ?? .zero
    if ending == .finish, !isConfirmed, desk.mustType(total) {
      let posts = form.approvers(of: worth).isEmpty
      return desk.confirm(
        posts ? "Post \(desk.text(total))?" : "Send \(desk.text(total))?",
        body: Phrase(verbatim: content.description), verb: posts ? "Post" : "Send",
        amount: total
      ) { [weak self] in
        self?.commit(ending, thenAnother: thenAnother, isConfirmed: true) ?? []
      }
    }
    if let corrected { return correct(corrected, by: content, origins, thenAnother) }
    isCommitting = true
    let failed: (any Error) -> Void = { [weak self] error in
      self?.isCommitting = false
      self?.point(at: error, origins)
      self?.offerOpenDay(after: error)
    }
    let done: (EnteredEntry) -> [Effect] = { [weak self] entered in
      self?.finish(entered, entered.words, day: content.date, thenAnother: thenAnother) ?? []
    }
    guard let editing else {
      return [
        desk.perform(
          CreateEntry(content, then: ending, with: assistance), "Saving", failed: failed,
          then: done)
      ]
    }
    let edit = EditEntry(
      editing.head.id, content: content, version: editing.version, then: ending)
    return [desk.perform(edit, "Saving", failed: failed, then: done)]
  }

  /// Takes the entry back and books what was typed in its place, for a reason. What doesn't
  /// balance is said before anybody is asked for one.
  private func correct(
    _ head: EntryHead, by content: EntryContent, _ origins: [Int], _ thenAnother: Bool
  ) -> [Effect] {
    if let fault = try? content.imbalance(baseCurrency: desk.place.baseCurrency) {
      let refusal = Refusal.faults([fault])
      point(at: refusal, origins)
      desk.navigator.tell(.error, UserMessage(refusal).phrase)
      return []
    }
    return desk.askWhy(
      title: "Correct \(head.name)?",
      body: """
        It is taken back, and what you typed is booked in its place as of \(content.date.text); \
        both stay in the books.
        """,
      confirm: "Correct", reason, least: CorrectEntry.leastReason
    ) { [weak self] reason in
      guard let self, !self.isCommitting else { return [] }
      (self.isCommitting, self.reason) = (true, reason)
      return [
        self.desk.perform(
          CorrectEntry(head.id, by: content, reason: reason), "Saving",
          failed: { [weak self] error in
            self?.isCommitting = false
            self?.point(at: error, origins)
          },
          then: { [weak self] outcome in
            self?.finish(
              outcome.correction, outcome.words(of: head.name), day: content.date,
              thenAnother: thenAnother) ?? []
          })
      ]
    }
  }

  private var assistance: Assistance? {
    form?.tookOffer == true
      ? Assistance(model: EntrySuggestions.model, milliseconds: milliseconds) : nil
  }

  private func finish(
    _ entered: EnteredEntry, _ said: Phrase, day: Day, thenAnother: Bool
  ) -> [Effect] {
    desk.lastEntryDay = day
    form?.markSaved()
    forget()
    let navigator = desk.navigator
    (navigator.stack.dropLast().last as? JournalScreen)?.list.newcomer = entered.entry
    if entered.state == .unproved { return showUnproved(entered, said) }
    let effects =
      navigator.close(self) + (thenAnother ? navigator.show(EntryFormScreen(at: desk)) : [])
    navigator.tell(said, entered.overBudget)
    return effects
  }

  /// The draft comes up, where its file is attached, unless its person has gone on.
  private func showUnproved(_ entered: EnteredEntry, _ said: Phrase) -> [Effect] {
    let navigator = desk.navigator
    let wasOnTop = navigator.top === self
    var effects = navigator.close(self)
    if wasOnTop, (navigator.top as? EntryScreen)?.entry != entered.entry {
      effects += navigator.show(EntryScreen(entered.entry, at: desk))
    }
    navigator.tell(
      .notice, .joined([said, "\(navigator.key(of: .files)) on it attaches one."]))
    return effects
  }

  /// Says beside each field what was refused and puts the cursor on the first; every character
  /// stays.
  private func point(at error: any Error, _ origins: [Int]) {
    guard case Refusal.faults(let faults)? = error as? Refusal else { return }
    guard var form else { return }
    form.clearFaults()
    for fault in faults.reversed() {
      // One line never balances.
      if case .unbalanced = fault, faults.contains(.fewerThanTwoLines) { continue }
      // Of what is right but for that a draft is kept.
      if case .evidenceNeeded = fault, faults.count > 1 { continue }
      form[place(of: fault, in: form, origins)].fault = UserMessage.words(fault)
    }
    form.goToFault()
    self.form = form
  }

  private func place(
    of fault: EntryFault, in form: EntryForm, _ origins: [Int]
  ) -> EntryForm.Focus {
    switch fault {
    // Of the line that takes what rounding leaves.
    case .line(let index, _) where !origins.indices.contains(index):
      .line(origins.last ?? 0, .account)
    case .tooLong(.reference, _): .reference
    case .tooLong: .description
    case .line(let index, .noAmount): .line(origins[index], .debit)
    case .line(let index, .memoTooLong): .line(origins[index], .memo)
    case .line(let index, _): .line(origins[index], .account)
    case .noDescription, .typeNotAllowed, .reversalMistyped, .evidenceNeeded: .description
    case .noPeriod, .periodNotOpen, .reversesItself: .date
    case .fewerThanTwoLines: .line(form.lines.firstIndex(where: \.isBlank) ?? 0, .account)
    case .unbalanced: .line(origins.last ?? 0, form.side(of: origins.last ?? 0))
    }
  }
}
