import Domain
import Keys
import Operations
import Phrases

/// What is asked of a schedule: a new one of a template, or when one comes that is there.
struct ScheduleForm {
  /// None where the template is given.
  private let templates: [EntryTemplates.Template]
  private let row: Schedules.Row?

  init(of templates: [EntryTemplates.Template]) {
    self.templates = templates
    row = nil
  }

  init(changing row: Schedules.Row) {
    templates = []
    self.row = row
  }

  /// The fields that both have.
  private enum Field: Int, CaseIterable {
    case rhythm
    case step
    case anchor
    case start
    case end
    case count
    case action
  }

  /// How many days are shown while somebody types.
  private static let shownDays = 5

  private func place(_ field: Field) -> Int { field.rawValue + (row == nil ? 1 : 0) }

  func screen(at desk: Desk) -> FormScreen {
    let template = FormField(label: "Template") { _ in templates.map(\.name) }
    let preview: ([String]) -> Phrase = { self.preview(of: $0, at: desk) }
    return FormScreen(
      row.map { "Schedule of \($0.name)" } ?? "New schedule",
      (row == nil ? [template] : []) + fields(at: desk), in: .journal,
      row == nil ? CreateSchedule.permission : ChangeSchedule.permission, at: desk,
      preview: preview
    ) { save($0, at: desk) }
  }

  private func fields(at desk: Desk) -> [FormField] {
    let (rhythms, actions) = (Self.rhythms(desk.words), Self.actions(desk.words))
    let rule = row?.content.rule
    let rhythm = rhythms.first { $0.value == rule?.rhythm ?? .monthly }
    let action = actions.first { $0.value == row?.content.action ?? .draft }
    return [
      FormField(label: "Comes", text: rhythm?.text ?? "") { _ in rhythms.map(\.text) },
      FormField(label: "Every", text: String(rule?.step ?? 1)),
      FormField(label: "Day of month", text: rule?.anchor.map { String($0) } ?? ""),
      FormField(label: "From", text: (rule?.start ?? desk.today).text),
      FormField(label: "Until", text: rule?.end?.text ?? ""),
      FormField(label: "Times", text: rule?.count.map { String($0) } ?? ""),
      FormField(label: "Then", text: action?.text ?? "") { _ in actions.map(\.text) },
    ]
  }

  private static func rhythms(
    _ words: ChoiceWords
  ) -> [(text: String, value: RecurrenceRule.Rhythm)] {
    RecurrenceRule.Rhythm.allCases.map {
      (words.text($0.phrase, $0.rawValue.replacing("_", with: "-")), $0)
    }
  }

  private static func actions(_ words: ChoiceWords) -> [(text: String, value: ScheduleAction)] {
    ScheduleAction.allCases.map { (words.text($0.phrase, $0.rawValue), $0) }
  }

  // MARK: Reading

  /// Nothing where a number was left out; throws `fault` for what is none.
  private static func number(
    _ text: String, orElse fault: RecurrenceFault
  ) throws(RecurrenceFault) -> Int? {
    guard !text.isEmpty else { return nil }
    guard let number = Int(text) else { throw fault }
    return number
  }

  private static func day(_ text: String, at desk: Desk) throws(DayInputError) -> Day {
    try DayExpression.parse(text, today: desk.today, reference: desk.today)
  }

  /// The next days that what is typed has, as far as it has any.
  private func preview(of texts: [String], at desk: Desk) -> Phrase {
    func typed(_ field: Field) -> String { texts[place(field)].trimmingSpaces }
    let rhythm = Self.rhythms(desk.words).first { $0.text == typed(.rhythm) }?.value
    // What can't be read says why once the form is sent.
    guard let rhythm, let start = try? Self.day(typed(.start), at: desk),
      let rule = try? RecurrenceRule(
        rhythm, every: Self.number(typed(.step), orElse: .step) ?? 1,
        on: Self.number(typed(.anchor), orElse: .anchor), from: start,
        until: typed(.end).isEmpty ? nil : Self.day(typed(.end), at: desk),
        times: Self.number(typed(.count), orElse: .count))
    else { return .empty }
    let days = rule.days(most: Self.shownDays).map(\.text).joined(separator: ", ")
    return "Comes on: \(days)"
  }

  private func save(_ form: FormScreen, at desk: Desk) -> [Effect] {
    let template =
      row == nil
      ? form.choice(0, templates.map { ($0.name, $0) }, "There is no such template.") : nil
    let rhythm = form.choice(
      place(.rhythm), Self.rhythms(desk.words), "It can't come like that.")
    let action = form.choice(
      place(.action), Self.actions(desk.words), "It can't become that.")
    func number(_ field: Field, _ fault: RecurrenceFault) -> Int? {
      form.reading(place(field)) { try Self.number($0, orElse: fault) } ?? nil
    }
    func day(_ field: Field) -> Day? {
      form.reading(place(field), orElse: "Which day?") { try Self.day($0, at: desk) }
    }
    let (step, anchor, count) = (
      number(.step, .step), number(.anchor, .anchor), number(.count, .count)
    )
    let start = day(.start)
    let end = form.text(place(.end)).isEmpty ? nil : day(.end)
    guard let rhythm, let action, let start else { return [] }
    do throws(RecurrenceFault) {
      let rule = try RecurrenceRule(
        rhythm, every: step ?? 1, on: anchor, from: start, until: end, times: count)
      return send(rule, action, template, form)
    } catch {
      form.fault(place(field(of: error)), UserMessage(error).phrase)
      return []
    }
  }

  private func field(of fault: RecurrenceFault) -> Field {
    switch fault {
    case .step: .step
    case .anchor: .anchor
    case .count: .count
    case .noDay: .end
    }
  }

  private func send(
    _ rule: RecurrenceRule, _ action: ScheduleAction, _ template: EntryTemplates.Template?,
    _ form: FormScreen
  ) -> [Effect] {
    let place: (Refusal) -> Int? = { refusal in
      switch refusal {
      case .recurrence(.fault(let fault)): self.place(field(of: fault))
      case .recurrence(.tooFarBack): self.place(.start)
      default: nil
      }
    }
    func said(_ name: String, _ outcome: RunOutcome) -> Phrase {
      .joined(["The schedule of \(name) is kept.", outcome.phrase])
    }
    if let row {
      return form.perform(
        ChangeSchedule(row.id, to: rule, then: action, version: row.version), place: place
      ) { said(row.name, $0) }
    }
    guard let template else { return [] }
    return form.perform(
      CreateSchedule(ScheduleContent(template.id, rule, then: action)), place: place
    ) { said(template.name, $0.outcome) }
  }
}
