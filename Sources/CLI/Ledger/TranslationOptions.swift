import ArgumentParser
import Domain
import Operations

/// In which currency besides that of the books a report is shown.
struct TranslationOptions: ParsableArguments {
  @Option(name: .customLong("in"), help: "In this currency, every amount at one rate: EUR.")
  var currency: String?

  @Option(
    help: "Units of the base currency for one of --in: 1.08; the closing rate if left out.")
  var rate: String?

  static let baseOnly = ValidationError(
    "Only amounts in the base currency are translated: leave --in or --currency out")

  func validate() throws {
    guard rate == nil || currency != nil else {
      throw ValidationError("A rate is for --in: say in which currency, as in --in EUR")
    }
  }

  /// Nil where the report stays in its own currency, which is that of the books unless it is of a
  /// `group`. Without a rate, the closing rate of `day` is looked up (R29).
  func translation(
    on day: Day, of group: ConsolidationGroup? = nil, at seat: Seat
  ) async throws -> ConvenienceTranslation? {
    guard let code = currency?.trimmed else { return nil }
    let (base, other) = (group?.currency ?? seat.baseCurrency, try await seat.currency(code))
    let rounding = group?.rounding ?? seat.place.rounding
    guard other.code != base.code else {
      let whose = group == nil ? "books are" : "group is"
      throw ValidationError("The \(whose) in \(base.code): leave --in out")
    }
    guard let rate else {
      let query = RateOfDay(of: other.code, in: base.code, on: day, .closing)
      do {
        return ConvenienceTranslation(
          from: base, to: other, at: try await seat.fetch(query).rate, rounding)
      } catch let refusal as Refusal {
        guard case .rate(.missing) = refusal else { throw refusal }
        throw Failure.noRateToShow(refusal)
      }
    }
    guard let stated = ExchangeRate(written: rate.trimmed) else {
      throw ValidationError("\(rate) is not a rate; write it as 1.08")
    }
    return ConvenienceTranslation(from: base, to: other, at: stated, rounding)
  }
}

/// Whether a report of lines has all of them, or those in one currency as they were written.
struct OneCurrencyOptions: ParsableArguments {
  @Option(
    help:
      "Only lines in this currency, in its own amounts: EUR; all, in that of the books, without.")
  var currency: String?

  func only(at seat: Seat) async throws -> Currency? {
    try await currency.asyncMap { try await seat.currency($0.trimmed) }
  }

  /// What lines were written in isn't the books' own.
  func require(without translation: TranslationOptions) throws {
    guard currency == nil || translation.currency == nil else {
      throw TranslationOptions.baseOnly
    }
  }
}

extension Seat {
  /// Of the world, or a unit of the business's own.
  fileprivate func currency(_ code: String) async throws -> Currency {
    if let currency = Currency.iso(code.uppercased()) { return currency }
    let kept = try await fetch(Currencies())
    guard
      let own = kept.first(where: { $0.code == code })
        ?? kept.first(where: { $0.code == code.uppercased() })
    else { throw ValidationError("There is no currency \(code)") }
    return own
  }
}

extension ConvenienceTranslation? {
  /// What a heading ends with.
  var label: String {
    map {
      ", convenience translation at \($0.rate.text) \($0.base.code) per \($0.currency.code)"
    } ?? ""
  }

  /// What a document has besides; nothing where nothing is translated.
  var json: [JSON.Field] {
    map {
      [
        JSON.Field(
          "convenience_translation",
          [
            "currency": .string($0.currency.code), "base_currency": .string($0.base.code),
            "rate": .decimal($0.rate.text),
          ])
      ]
    } ?? []
  }

  /// What amounts of the books, which are in `code`, are shown in.
  func code(_ code: String) -> String { self?.currency.code ?? code }

  /// An amount of the books, in a currency of `exponent` decimals, as it is shown.
  func amount(_ money: Money, exponent: Int) throws -> Table.Cell {
    .amount(try shown(money), exponent: self?.currency.exponent ?? exponent)
  }

  /// The same in a column that is left empty for people where it is zero.
  func side(_ money: Money, exponent: Int) throws -> Table.Cell {
    .side(try shown(money), exponent: self?.currency.exponent ?? exponent)
  }

  private func shown(_ money: Money) throws -> Money { try map { try $0.amount(money) } ?? money }
}
