import Domain
import Operations
import Phrases

/// What is asked of a business before it is made.
enum NewBusinessForm {
  private static let name = 0
  private static let currency = 1
  private static let chart = 2
  private static let firstMonth = 3
  private static let slug = 4

  /// `made` goes on with the new business.
  static func screen(at desk: Desk, made: @escaping (ID<Business>) -> Void) -> FormScreen {
    let none = desk.words.text("none", "none")
    let months = Phrase.months.map { $0.text(in: desk.words.language) }
    let charts = ChartTemplate.names.map { ($0, String?.some($0)) } + [(none, nil)]
    let fields = [
      FormField(label: "Name"),
      FormField(label: "Currency", text: desk.place.baseCurrency) { _ in
        Currency.iso.map(\.code)
      },
      FormField(label: "Chart", text: charts[0].0) { _ in charts.map(\.0) },
      FormField(label: "Fiscal years begin in", text: months[0]) { _ in months },
      FormField(label: "Slug, if not its name"),
    ]
    return FormScreen("New business", fields, in: nil, CreateBusiness.permission, at: desk) {
      form in
      guard
        let chart = form.choice(chart, charts, "There is no such chart."),
        let month = form.choice(
          firstMonth, months.enumerated().map { ($1, $0 + 1) }, "There is no such month.")
      else { return [] }
      let slug = form.text(slug)
      let plan = BusinessPlan(
        name: form.text(name), slug: slug.isEmpty ? nil : slug,
        baseCurrency: form.text(currency).uppercased(), firstMonth: month,
        chart: chart.flatMap(ChartTemplate.named))
      return form.perform(CreateBusiness(plan), place: place) { business in
        made(business)
        return "\(plan.name) is made, with you as its owner. Enter works in it."
      }
    }
  }

  private static func place(_ refusal: Refusal) -> Int? {
    switch refusal {
    case .nameLength, .unseenCharacter: name
    case .account(.unknownCurrency): currency
    case .taken, .business(.slug): slug
    default: nil
    }
  }
}
