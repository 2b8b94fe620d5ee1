import Domain
import Keys
import Operations
import Phrases

/// A report that its reader can have in another currency, every figure at one rate; it is never
/// stored (RULES R33).
protocol Translatable: ListScreen {
  var desk: Desk { get }
  /// Whose closing rate is suggested.
  var day: Day { get }
  /// What its reader chose; nil is the currency of the books.
  var translation: ConvenienceTranslation? { get set }
  /// What its amounts are in before that.
  var base: Currency { get }
  /// How they are rounded.
  var rounding: Rounding { get }
  /// Why nothing is translated now; nil where it can be.
  var untranslatable: Phrase? { get }
  /// With amounts as they are translated now.
  var columns: [ListColumn<Row>] { get }
}

extension Translatable {
  var base: Currency { desk.base }
  var rounding: Rounding { desk.place.rounding }
  var untranslatable: Phrase? { nil }

  /// What its amounts are shown by.
  var shownBy: ConvenienceTranslation? {
    untranslatable == nil && translation?.base == base ? translation : nil
  }

  var caveats: [Phrase] { shownBy.label }

  var translate: Action {
    Action(.translate, unavailable: untranslatable) { [weak self] in
      guard let self else { return [] }
      let (base, rounding) = (self.base, self.rounding)
      return [
        self.desk.chooseRate(in: base, now: self.translation, on: self.day) { [weak self] chosen in
          guard let self else { return [] }
          self.translation = chosen.map {
            ConvenienceTranslation(from: base, to: $0.currency, at: $0.rate, rounding)
          }
          self.list.recast(self.columns)
          return []
        }
      ]
    }
  }
}

extension Translatable where Self: BalanceChoosing {
  var untranslatable: Phrase? {
    choice.isInBase ? nil : "Only amounts in the base currency are translated."
  }

  /// What the amounts are in, and by what.
  var shownWords: [Phrase] {
    [shownBy.map { Phrase(verbatim: $0.currency.code) } ?? currencyWords] + shownBy.label
  }
}

nonisolated extension ConvenienceTranslation? {
  /// What a title says of it.
  var label: [Phrase] {
    guard let translation = self else { return [] }
    let (code, base) = (translation.currency.code, translation.base.code)
    return ["convenience translation, 1 \(code) = \(translation.rate.text) \(base)"]
  }

  /// An amount of the books, as it is shown; nil where it is larger than an amount can be.
  func shown(_ money: Money) -> Money? {
    guard let translation = self else { return money }
    return try? translation.amount(money)
  }
}

/// In which currency, and at which rate.
private typealias StatedRate = (currency: Currency, rate: ExchangeRate)

extension Desk {
  /// The currency of the books.
  var base: Currency { Currency(code: place.baseCurrency, exponent: place.exponent) }

  /// An amount in the base currency, or in one of `exponent` decimals, as people read it translated;
  /// left out where it is larger than an amount can be.
  func text(
    _ money: Money, by translation: ConvenienceTranslation?, exponent: Int? = nil
  ) -> String {
    guard let shown = translation.shown(money) else { return "" }
    return navigator.settings.amounts.text(
      shown, exponent: translation?.currency.exponent ?? exponent ?? place.exponent)
  }

  /// Asks in which currency a report is shown that is in `base`, and at which rate; nil is as it is.
  /// It is shown by `now`.
  fileprivate func chooseRate(
    in base: Currency, now: ConvenienceTranslation?, on day: Day,
    then: @escaping (StatedRate?) -> [Effect]
  ) -> Effect {
    fetch(Currencies(), holding: .keys) { [self] currencies in
      let own = Chooser.Entry(
        "in \(base.code), untranslated", note: now == nil ? "now" : .empty
      ) { then(nil) }
      let others = currencies.filter { $0.code != base.code }.map { currency in
        Chooser.Entry(Phrase(verbatim: currency.code), note: Phrase(verbatim: currency.name)) {
          self.suggestRate(of: currency, in: base, now: now, on: day, then: then)
        }
      }
      return navigator.choose(Chooser(title: "In which currency?", entries: [own] + others))
    }
  }

  /// Looks up the closing rate, if one is kept, and asks.
  private func suggestRate(
    of currency: Currency, in base: Currency, now: ConvenienceTranslation?, on day: Day,
    then: @escaping (StatedRate?) -> [Effect]
  ) -> [Effect] {
    let query = RateOfDay(of: currency.code, in: base.code, on: day, .closing)
    return [
      navigator.attempt("Loading", holding: .keys) {
        [workspace, principal] () async throws -> ExchangeRate? in
        do {
          return try await workspace.fetch(query, as: principal).rate
        } catch Refusal.rate(.missing) { return nil }
      } then: { [self] found in
        let stated = now?.currency == currency ? now?.rate : nil
        return askForRate(of: currency, in: base, stated ?? found, then: then)
      }
    ]
  }

  private func askForRate(
    of currency: Currency, in base: Currency, _ suggested: ExchangeRate?,
    then: @escaping (StatedRate?) -> [Effect]
  ) -> [Effect] {
    func isEmpty(_ typed: String) -> Bool { typed.allSatisfy(\.isWhitespace) }
    return navigator.ask(
      Dialog(
        title: "At which rate?",
        body: """
          Every figure is translated by itself, sums as sums, and nothing is kept. Without a rate \
          it stays in \(base.code).
          """,
        confirm: "Show",
        field: FieldState("\(base.code) for 1 \(currency.code)", suggested?.text ?? ""),
        fault: { typed in
          isEmpty(typed) || ExchangeRate(written: typed) != nil ? nil : "Write the rate as 0.9217."
        }
      ) { typed in
        // One that follows from others is more than its digits.
        let rate = typed == suggested?.text ? suggested : ExchangeRate(written: typed)
        return then(rate.map { (currency: currency, rate: $0) })
      })
  }
}

extension Binding {
  static let translate = Binding(
    "balance.translate", ["X"], "translate", "In another currency, at one rate",
    TrialBalanceReport.permission)
}
