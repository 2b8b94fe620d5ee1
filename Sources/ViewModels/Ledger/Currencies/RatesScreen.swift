import Domain
import Keys
import Operations
package import Phrases

/// The exchange rates that amounts are valued with.
package final class RatesScreen: WholeListScreen {
  package static let keymap: [Binding] =
    [.rateNew, .rateEdit, .rateConfirm, .rateRemove, .currencyNew, .revaluation] + Binding.lists
  static let listName = "rates"
  /// Older ones are listed by the command line.
  private static let days = 400

  private let desk: Desk
  var list = RowList<Rates.Row>([
    ListColumn("day", "Date", .fixed(10)) { $0.quote.day.text },
    ListColumn("currency", "One", .fixed(8)) { $0.quote.from },
    ListColumn("rate", "is worth", .fixed(16)) { $0.quote.rate.text },
    ListColumn("in", "In", .fixed(8)) { $0.quote.to },
    ListColumn("kind", "Kind", .fixed(10), words: { $0.kind.phrase }),
    ListColumn("state", "State", .fixed(10), words: { $0.status.phrase }),
    ListColumn("source", "From", .fixed(10), priority: 2, words: { Phrase(word: $0.source) }),
    ListColumn("setter", "Set by", .text(atLeast: 10), priority: 1) { $0.setter },
  ])

  init(at desk: Desk) {
    self.desk = desk
    recall()
  }

  package var title: Phrase { "Exchange rates" }
  package var section: Section? { .accounts }
  var navigator: Navigator { desk.navigator }

  private var oldest: Day { desk.today.adding(days: -Self.days) }

  package func load() -> [Effect] { readWhole(Rates(oldest ... .last), at: desk) }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return [
      Action(.rateNew) { [weak self] in
        guard let self else { return [] }
        return self.navigator.show(RateForm().screen(at: self.desk))
      },
      Action(.rateEdit, unavailable: list.unavailable) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.navigator.show(RateForm(row).screen(at: self.desk))
      },
      Action(
        .rateConfirm,
        unavailable: list.unavailable
          ?? (list.selected?.status == .confirmed
            ? UserMessage(Refusal.rate(.confirmed)).phrase : nil)
      ) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.desk.carryOut(
          ConfirmRate(row.id, seen: row.quote.rate), "The rate of \(row.label) counts from now on.")
      },
      Action(
        .rateRemove,
        unavailable: list.unavailable
          ?? (list.selected?.isUsed == true ? UserMessage(Refusal.rate(.used)).phrase : nil)
      ) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.navigator.ask(
          Dialog(
            title: "Remove the rate of \(row.label)?",
            body: "Nothing is valued with it any more.", confirm: "Remove"
          ) { _ in
            self.desk.carryOut(RemoveRate(row.id), "The rate of \(row.label) is gone.")
          })
      },
      Action(.currencyNew) { [weak self] in
        guard let self else { return [] }
        return self.navigator.show(CurrencyForm.screen(at: self.desk))
      },
      Action(.revaluation) { [weak self] in
        guard let self else { return [] }
        return self.desk.showRevaluation()
      },
    ] + listActions
  }

  package var panels: [Panel] {
    [
      .table(
        list.panel(
          "Exchange rates", note: "since \(oldest.text)",
          empty: desk.absence("No rate is kept.", .rateNew) { "\($0) keeps one." }
        ) { $0.status == .draft ? .warning : .plain })
    ]
  }
}

/// What is asked of a rate.
private struct RateForm {
  let row: Rates.Row?

  init(_ row: Rates.Row? = nil) { self.row = row }

  func screen(at desk: Desk) -> FormScreen {
    let kinds = RateKind.allCases.map {
      (text: desk.words.text($0.phrase, $0.rawValue), value: $0)
    }
    let kind = kinds.first { $0.value == row?.kind ?? .spot }?.text ?? ""
    return FormScreen(
      row.map { "Rate of \($0.label)" } ?? "New rate",
      [
        FormField(label: "Date", text: (row?.quote.day ?? desk.today).text),
        FormField(label: "One", text: row?.quote.from ?? ""),
        FormField(label: "is worth", text: row?.quote.rate.text ?? ""),
        FormField(label: "In", text: row?.quote.to ?? desk.place.baseCurrency),
        FormField(label: "Kind", text: kind) { _ in kinds.map(\.text) },
      ], in: .accounts, SetRate.permission, at: desk
    ) { form in
      let day = form.reading(0, orElse: "Of which day?") {
        try DayExpression.parse($0, today: desk.today, reference: desk.today)
      }
      if form.text(1).isEmpty { form.fault(1, "Which currency?") }
      if form.text(3).isEmpty { form.fault(3, "Which currency?") }
      let rate = ExchangeRate(written: form.text(2))
      if rate == nil { form.fault(2, "Write the rate as 0.9217.") }
      let kind = form.choice(4, kinds, "There is no such kind of rate.")
      guard let day, let rate, let kind else { return [] }
      let quote = RateQuote(
        from: form.text(1).uppercased(), to: form.text(3).uppercased(), day: day, rate: rate)
      let isSame =
        row.map {
          $0.kind == kind && $0.quote.day == day && $0.quote.from == quote.from
            && $0.quote.to == quote.to
        } ?? false
      return form.perform(
        SetRate(RateContent(quote, kind), replacing: isSame), place: Self.place(of: quote)
      ) { kept in
        (desk.navigator.top as? RatesScreen)?.list.newcomer = kept.id
        return kept.status == .draft
          ? "The rate waits until somebody confirms it." : "The rate is kept."
      }
    }
  }

  private static func place(of quote: RateQuote) -> (Refusal) -> Int? {
    { refusal in
      switch refusal {
      case .account(.unknownCurrency(quote.from)): 1
      case .account(.unknownCurrency), .rate(.ofItself): 3
      case .rate(.keptTheOtherWay): 1
      case .rate(.kept): 2
      default: nil
      }
    }
  }
}

/// What is asked of a unit of the business's own.
private enum CurrencyForm {
  private static let code = 0
  private static let name = 1
  private static let decimals = 2
  private static let sign = 3

  static func screen(at desk: Desk) -> FormScreen {
    FormScreen(
      "New currency",
      [
        FormField(label: "Code"), FormField(label: "Name"),
        FormField(label: "Decimals", text: "2", hint: "They stay as they are."),
        FormField(label: "Sign, if any"),
      ], in: .accounts, AddCurrency.permission, at: desk
    ) { form in
      guard let exponent = Int(form.text(decimals)) else {
        form.fault(decimals, UserMessage(Refusal.rate(.currency(.decimals))).phrase)
        return []
      }
      let currency = Currency(
        code: form.text(code).uppercased(), exponent: exponent, symbol: form.text(sign),
        name: form.text(name))
      return form.perform(AddCurrency(currency), place: place) {
        "Amounts can be in \($0.code), with \($0.exponent) decimals."
      }
    }
  }

  private static func place(_ refusal: Refusal) -> Int? {
    switch refusal {
    case .rate(.currency(.code)), .taken: code
    case .rate(.currency(.decimals)): decimals
    case .rate(.currency(.symbol)): sign
    case .nameLength, .unseenCharacter: name
    default: nil
    }
  }
}

nonisolated extension Rates.Row: Listed {
  var identity: ID<Rate> { id }
}

extension Binding {
  static let rates = Binding(
    "account.rates", ["x"], "rates", "Exchange rates", Rates.permission)
  static let rateNew = Binding("rate.new", ["n"], "new", "Keep a rate", SetRate.permission)
  static let rateEdit = Binding(
    "rate.edit", ["e", .enter], "edit", "Change the rate of that day", SetRate.permission)
  static let rateConfirm = Binding(
    "rate.confirm", ["a"], "confirm", "Let amounts be valued with it", ConfirmRate.permission)
  static let rateRemove = Binding(
    "rate.remove", ["D"], "remove", "Take the rate away", RemoveRate.permission)
  static let currencyNew = Binding(
    "currency.new", ["c"], "currency", "Add a unit of the business's own", AddCurrency.permission)
  static let revaluation = Binding(
    "rate.revalue", ["u"], "revalue", "What foreign balances gained or lost",
    Revaluations.permission)
}
