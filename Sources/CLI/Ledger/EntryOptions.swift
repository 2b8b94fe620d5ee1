import ArgumentParser
import Domain
import Operations

/// What a person says of an entry on the command line.
struct EntryOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Pairs of an account and an amount: above zero is a debit, below it a credit. The last amount "
        + "may be left out.", valueName: "account amount"))
  var lines: [String] = []

  @Option(help: "Its day: 2026-01-31, today, +3, a day of the month. Today if left out.")
  var date: String?

  @Option(help: "Its type: \(EntryType.handWords). Standard if left out.")
  var type: String?

  @Option(name: [.short, .long], help: "What it is for.")
  var description: String?

  @Option(help: "A number of somebody else's, such as an invoice's.")
  var reference: String?

  @Option(help: "Who is paid or pays.")
  var payee: String?

  @Option(help: "Anything else worth keeping.")
  var notes: String?

  var isEmpty: Bool {
    lines.isEmpty && [date, type, description, reference, payee, notes].allSatisfy { $0 == nil }
  }

  /// Puts what was said into `content`, and leaves the rest of it.
  func apply(to content: inout EntryContent, at desk: EntryDesk) throws {
    if let date { content.date = try desk.seat.day(date) }
    if let type { content.type = try EntryType(byHand: type) }
    if let description { content.description = description.trimmed }
    if let reference { content.reference = reference.trimmed }
    if let payee { content.payee = payee.trimmed }
    if let notes { content.notes = notes.trimmed }
    if !lines.isEmpty { content.lines = try desk.lines(lines) }
  }
}

extension EntryType {
  /// The types that people write, as they are listed to them.
  static var handWords: String { byHand.map(\.rawValue).joined(separator: ", ") }

  /// Throws for one that people don't write.
  init(byHand text: String) throws {
    guard let type = Self.byHand.first(where: { $0.rawValue == text }) else {
      throw ValidationError("Entries that people write are of type \(Self.handWords), not \(text).")
    }
    self = type
  }
}

/// What becomes of an entry that was written down.
struct EndingOptions: ParsableArguments {
  @Flag(help: "Post it.")
  var post = false

  @Flag(help: "Submit it for approval.")
  var submit = false

  func validate() throws {
    guard !(post && submit) else { throw ValidationError("--post and --submit: choose one") }
  }

  var ending: EntryEnding { post ? .post : submit ? .submit : .keepDraft }
}

/// Turns what people write of entries into content: it knows the accounts, the currencies and the
/// day.
struct EntryDesk {
  let accounts: [ChartOfAccounts.Row]
  let currencies: [Currency]
  let base: Currency
  let seat: Seat

  init(_ seat: Seat) async throws {
    accounts = try await seat.fetch(ChartOfAccounts())
    currencies = try await seat.fetch(Currencies())
    base = Currency(code: seat.place.baseCurrency, exponent: seat.place.exponent)
    self.seat = seat
  }

  func account(_ name: String) throws -> ChartOfAccounts.Row { try accounts.named(name.trimmed) }

  func currency(_ code: String) throws -> Currency {
    guard let currency = currencies.first(where: { $0.code == code }) else {
      throw Refusal.account(.unknownCurrency(code))
    }
    return currency
  }

  /// Lines in the base currency from `ACCOUNT AMOUNT …`; a last account without an amount takes
  /// what balances the entry.
  func lines(_ words: [String]) throws -> [LineContent] {
    let pairs = stride(from: 0, to: words.count, by: 2).map {
      (account: words[$0], amount: $0 + 1 < words.count ? words[$0 + 1] : nil)
    }
    var lines: [LineContent] = []
    for (name, amount) in pairs {
      let money =
        if let amount {
          try AmountExpression.parse(amount, exponent: base.exponent)
        } else {
          try lines.map(\.amount).total().negated()
        }
      lines.append(
        LineContent(account: try account(name).id, currency: base.code, amount: money))
    }
    return lines
  }
}
