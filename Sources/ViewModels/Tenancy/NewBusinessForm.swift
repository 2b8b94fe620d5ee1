import Domain
import Operations
import Phrases

/// What is asked of a business before it is made.
enum NewBusinessForm {
  private static let name = 0
  private static let currency = 1
  private static let chart = 2
  private static let firstMonth = 3
  private static let shape = 4
  private static let firstDay = 5
  private static let lastDay = 6
  private static let slug = 7
  private static let rounding = 8

  /// `made` goes on with the new business.
  static func screen(at desk: Desk, made: @escaping (ID<Business>) -> Void) -> FormScreen {
    let none = desk.words.text("none", "none")
    let months = Phrase.months.map { $0.text(in: desk.words.language) }
    let shapes = FiscalYearShape.choices(in: desk.words)
    let roundings = Rounding.choices(in: desk.words)
    let charts = ChartTemplate.names.map { ($0, String?.some($0)) } + [(none, nil)]
    let fields = [
      FormField(label: "Name"),
      FormField(label: "Currency", text: desk.place.baseCurrency) { _ in
        Currency.iso.map(\.code)
      },
      FormField(label: "Chart", text: charts[0].0) { _ in charts.map(\.0) },
      FormField(label: "Fiscal years begin in", text: months[0]) { _ in months },
      FormField(label: "Shape", text: shapes[0].text) { _ in shapes.map(\.text) },
      FormField(label: "First day, if other"),
      FormField(label: "Last day, if other"),
      FormField(label: "Slug, if not its name"),
      FormField(label: "Half a minor unit", text: roundings[0].text, hint: "It stays so.") { _ in
        roundings.map(\.text)
      },
    ]
    return FormScreen("New business", fields, in: nil, CreateBusiness.permission, at: desk) {
      form in
      guard
        let chart = form.choice(chart, charts, "There is no such chart."),
        let month = form.choice(
          firstMonth, months.enumerated().map { ($1, $0 + 1) }, "There is no such month."),
        let shape = form.choice(shape, shapes, "There is no such shape."),
        let rounding = form.choice(rounding, roundings, "There is no such rounding."),
        let first = day(firstDay, of: form, at: desk), let last = day(lastDay, of: form, at: desk)
      else { return [] }
      let slug = form.text(slug)
      let plan = BusinessPlan(
        name: form.text(name), slug: slug.isEmpty ? nil : slug,
        baseCurrency: form.text(currency).uppercased(), firstMonth: month,
        shape: shape, firstDay: first, lastDay: last, chart: chart.flatMap(ChartTemplate.named),
        rounding: rounding)
      return form.perform(CreateBusiness(plan), place: place) { business in
        made(business)
        return "\(plan.name) is made, with you as its owner. Enter works in it."
      }
    }
  }

  /// The day that was typed, or none where nothing was; nil where what was typed is no day.
  private static func day(_ index: Int, of form: FormScreen, at desk: Desk) -> Day?? {
    guard !form.text(index).isEmpty else { return .some(nil) }
    return form.reading(index) {
      try DayExpression.parse($0, today: desk.today, reference: desk.today)
    }.map(Optional.some)
  }

  private static func place(_ refusal: Refusal) -> Int? {
    switch refusal {
    case .nameLength, .unseenCharacter: name
    case .account(.unknownCurrency): currency
    case .taken, .business(.slug): slug
    case .year(.notNow): firstDay
    case .year: lastDay
    default: nil
    }
  }
}

extension Rounding {
  /// In the person's words, the usual one first.
  fileprivate static func choices(in words: ChoiceWords) -> [(text: String, value: Rounding)] {
    allCases.map { (text: $0.phrase.text(in: words.language), value: $0) }
  }

  /// What becomes of half a minor unit.
  var phrase: Phrase {
    switch self {
    case .halfAwayFromZero: "rounded away from zero"
    case .halfEven: "rounded to the even one"
    }
  }
}
