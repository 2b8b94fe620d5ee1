package import Domain

/// What an import did, for the person who ran it and for the audit log.
package struct ImportReport: Hashable, Sendable {
  /// Entries that are new in the books.
  package var entries = 0
  /// Whether they wait as drafts instead of being posted.
  package var areDrafts = false
  /// Entries that an earlier import brought in already.
  package var known = 0
  /// Paths of the accounts that were made.
  package var accounts: [String] = []
  /// Headings that take lines now, as the file posts to them.
  package var opened: [String] = []
  package var currencies: [CurrencyUse] = []
  /// Fiscal years that were made.
  package var years: [Int] = []
  /// Periods that were closed, and posted into by an exception.
  package var exceptions: [String] = []
  /// Prices that became exchange rates.
  package var rates = 0
  /// Σ debits of the new entries by currency, in the order of `currencies`.
  package var totals: [Total] = []
  /// Lines of amount zero, left out.
  package var zeroLines = 0
  /// Entries that had nothing but such lines, or none.
  package var emptyEntries = 0
  /// Lines in a foreign currency that no rate has valued.
  package var unvalued = 0
  package var warnings: [Warning] = []

  package init() {}

  /// Whether the books are as they were.
  package var changedNothing: Bool {
    entries == 0 && accounts.isEmpty && rates == 0 && opened.isEmpty
      && currencies.allSatisfy { !$0.isNew }
  }

  /// What a commodity of the file is in these books.
  package struct CurrencyUse: Hashable, Sendable {
    /// As the file writes it; empty for numbers that stand alone.
    package let commodity: String
    package let code: String
    package let decimals: Int
    package let isNew: Bool
  }

  package struct Total: Hashable, Sendable {
    package let currency: String
    package let decimals: Int
    package let debit: Money
  }

  /// What the importer should look at, though all was booked. Warnings about how the file was read
  /// come with the journal.
  package struct Warning: Hashable, Sendable {
    package let position: SourcePosition
    package let fact: Fact

    package enum Fact: Hashable, Sendable {
      /// A line that has a day of its own is booked on its entry's.
      case lineOnOtherDay(Day)
      /// A price of zero or less, or of a thing in itself, is no rate.
      case priceLeftOut
      /// A rate of that day was there already and stays.
      case rateKept
    }
  }
}

extension ImportReport.Warning {
  /// `books.journal:12:7: …`
  package var words: String { "\(position.text): \(fact.words)" }
}

extension ImportReport.Warning.Fact {
  fileprivate var words: String {
    switch self {
    case .lineOnOtherDay(let day):
      "The line's own day \(day.text) is noted; it is booked on the day of its entry."
    case .priceLeftOut: "This price is no rate between two currencies and is left out."
    case .rateKept: "There is a rate of that day already; it stays as it is."
    }
  }
}

extension ImportReport: CarriesFields {
  var fields: [JSON.Field] {
    [
      JSON.Field("entries", .integer(Int64(entries))),
      JSON.Field("drafts", .bool(areDrafts)),
      JSON.Field("known", .integer(Int64(known))),
      JSON.Field("accounts", .integer(Int64(accounts.count))),
      JSON.Field("currencies", .array(currencies.filter(\.isNew).map { .string($0.code) })),
      JSON.Field("years", .array(years.map { .integer(Int64($0)) })),
      JSON.Field("exceptions", .array(exceptions.map(JSON.string))),
      JSON.Field("rates", .integer(Int64(rates))),
      JSON.Field("zero_lines", .integer(Int64(zeroLines))),
      JSON.Field("unvalued", .integer(Int64(unvalued))),
    ]
  }
}
