import ArgumentParser
import Domain
import Operations

/// What a person says of an entry on the command line.
struct EntryOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Pairs of an account and an amount: above zero is a debit, below it a credit; '100 USD' is "
        + "valued at the rate of its day. The last amount may be left out.",
      valueName: "account amount"))
  var lines: [String] = []

  @Option(help: "Its day: 2026-01-31, today, +3, a day of the month.")
  var date: String?

  @Option(help: "Its type: \(EntryType.handWords).")
  var type: String?

  @Option(help: "What an adjusting entry is for: \(AdjustmentKind.words); '' takes it off.")
  var kind: String?

  @Option(
    help:
      "The day on which an adjusting entry is taken back; 'next': the next period's first; 'never'."
  )
  var reverseOn: String?

  @Option(name: [.short, .long], help: "What it is for.")
  var description: String?

  @Option(help: "A number of somebody else's, such as an invoice's.")
  var reference: String?

  @Option(help: "Who is paid or pays.")
  var payee: String?

  @Option(help: "Anything else worth keeping.")
  var notes: String?

  @Option(
    help: ArgumentHelp(
      "The department of its lines: a code or a name; '' takes it off. Where an account needs one "
        + "and none is named, it is yours."))
  var department: String?

  @Option(help: "The project that its lines belong to.")
  var project: String?

  @Option(help: "Whom its lines are with: a customer, a supplier.")
  var counterparty: String?

  @Option(
    help: "A word that its lines are found by: rent, or trip:Kiel. May be given several times.",
    transform: EntryTag.init(word:))
  var tag: [EntryTag] = []

  var isEmpty: Bool {
    lines.isEmpty && tag.isEmpty
      && [
        date, type, kind, reverseOn, description, reference, payee, notes, department, project,
        counterparty,
      ].allSatisfy { $0 == nil }
  }

  /// Puts what was said into `content`, and leaves the rest of it.
  func apply(to content: inout EntryContent, at desk: EntryDesk) async throws {
    if let date { content.date = try desk.seat.day(date) }
    if let type { content.type = try EntryType(byHand: type) }
    if let kind { content.adjustment = try AdjustmentKind.named(kind.trimmed, of: content.type) }
    if let description { content.description = description.trimmed }
    if let reference { content.reference = reference.trimmed }
    if let payee { content.payee = payee.trimmed }
    if let notes { content.notes = notes.trimmed }
    if let reverseOn { content.reversesOn = try desk.reversal(reverseOn, of: content) }
    if !lines.isEmpty {
      let item = ItemName(
        party: counterparty ?? "", orOfEntry: content.payee, orOfEntry: content.reference)
      content.lines = try await desk.lines(lines, of: item, on: content.date)
    }
    for index in content.lines.indices {
      if let department { content.lines[index].department = try desk.department(department) }
      if let project { content.lines[index].project = project.trimmed }
      if let counterparty { content.lines[index].counterparty = counterparty.trimmed }
      if !tag.isEmpty { content.lines[index].retag(tag) }
    }
  }
}

extension EntryTag {
  /// Throws for what is no tag.
  init(word: String) throws {
    guard let tag = EntryTag(typed: word) else {
      throw ValidationError(
        EntryTag.saysField(typed: word)
          ? "\(word) is no tag: it says what has a field of its own."
          : "\(word) is no tag; write it as rent or trip:Kiel.")
    }
    self = tag
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

extension AdjustmentKind {
  /// As they are listed to people.
  static var words: String { allCases.map(\.rawValue).joined(separator: ", ") }

  /// Nil where nothing is named. Throws for one that there isn't, and of another type.
  static func named(_ text: String, of type: EntryType) throws -> AdjustmentKind? {
    guard !text.isEmpty else { return nil }
    guard type == .adjusting else {
      throw ValidationError("Only an adjusting entry is of a kind. Add --type adjusting.")
    }
    guard let kind = Self(rawValue: text) else {
      throw ValidationError("Adjusting entries are of kind \(words), not \(text).")
    }
    return kind
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
  private let facts: EntryFormFacts.Value
  let seat: Seat

  init(_ seat: Seat) async throws {
    facts = try await seat.fetch(EntryFormFacts())
    self.seat = seat
  }

  var base: Currency { facts.valuation.base }

  func account(_ name: String) throws -> ChartOfAccounts.Row {
    try facts.accounts.named(name.trimmed)
  }

  /// Empty for one that isn't there.
  func number(of account: ID<Account>) -> String {
    facts.accounts.first { $0.id == account }?.number ?? ""
  }

  /// Nil where nothing is named.
  func department(_ name: String) throws -> ID<Department>? {
    try name.trimmed.isEmpty ? nil : facts.departments.called(name.trimmed).id
  }

  /// Lines that name no department are of their account's or, where that needs one, of that of whoever
  /// writes.
  func placed(_ content: EntryContent) -> [LineContent] {
    content.lines.map { line in
      var line = line
      line.department = facts.department(
        line.department, on: facts.accounts.first { $0.id == line.account }, content.date)
      return line
    }
  }

  func currency(_ code: String) throws -> Currency { try facts.currency(code) }

  /// Lines from `ACCOUNT AMOUNT …`, as an entry form reads them; a last account without an amount takes
  /// what balances the entry. What is settled is settled of `item`, where it is open.
  func lines(
    _ words: [String], of item: ItemName, on day: Day
  ) async throws -> [LineContent] {
    let pairs = stride(from: 0, to: words.count, by: 2).map {
      (account: words[$0], amount: $0 + 1 < words.count ? words[$0 + 1] : nil)
    }
    var lines: [LineContent] = []
    var worths: [WrittenAmount.Worth] = []
    for (name, amount) in pairs {
      let account = try account(name)
      let written =
        if let amount {
          try WrittenAmount.parse(
            amount, of: facts.valuation.currencies,
            usual: account.currency.flatMap(facts.valuation.currency) ?? base, base: base)
        } else {
          try facts.valuation.balancing(lines, worths, on: account.currency)
            ?? WrittenAmount(.zero, in: base)
        }
      let valuation = try await valuation(of: written, on: account, of: item)
      lines.append(try valuation.line(written, on: account.id, of: item, day: day))
      worths.append(written.worth)
    }
    return try absorbingRounding(lines)
  }

  /// With what is open of documents where one may be settled.
  private func valuation(
    of written: WrittenAmount, on account: ChartOfAccounts.Row, of item: ItemName
  ) async throws -> Valuation {
    var valuation = facts.valuation
    guard written.worth == .book, item != ItemName(), account.isKeptByParty else {
      return valuation
    }
    let place = ItemPlace(account: account.id, currency: written.currency.code)
    valuation.items[place] = try await seat.fetch(SettledItems(at: place))
    return valuation
  }

  func line(
    _ written: WrittenAmount, on account: ChartOfAccounts.Row, _ day: Day
  ) throws -> LineContent {
    try facts.valuation.line(written, on: account.id, day: day)
  }

  /// The lines of a template, which says in what currency but not at what rate.
  func valued(_ content: EntryContent) throws -> [LineContent] {
    try absorbingRounding(
      content.lines.map { line in
        let written = WrittenAmount(line.amount, in: try currency(line.currency))
        let valued = try facts.valuation.line(written, on: line.account, day: content.date)
        var line = line
        (line.base, line.rate, line.rateDay) = (valued.base, valued.rate, valued.rateDay)
        line.rateOrigin = valued.rateOrigin
        return line
      })
  }

  /// The day that `text` says `content` is taken back on.
  func reversal(_ text: String, of content: EntryContent) throws -> Day? {
    switch text {
    case "never": nil
    case "next": facts.reversalDay(for: content.date)
    default: try seat.day(text)
    }
  }
}
