import ArgumentParser
import Domain
import Interchange
import Operations

/// What the rows of a list of open items are.
enum OpenItemRows: String, ExpressibleByArgument, CaseIterable, Sendable {
  case item
  case party
}

struct ReportOpenItems: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "open-items",
    abstract: "What is open on an account of receivables or payables, by party and document.",
    discussion: """
      Example: coreflow report open-items 1210 --as-of 2026-06-30 --by party
      An item is what the lines of one party, one reference and one currency come to. Exits 4 where
      the items aren't what the account holds. With --in the amounts that the books have in the base
      currency are translated, each at one rate.
      """)

  @Argument(help: "The account, by number, path or name.")
  var account: String

  @Option(help: "The last day that counts; today if left out.")
  var asOf: String?

  @Option(help: "As the books stood then: at the end of a day, or at 2026-07-05T17:00:00Z.")
  var knownAt: String?

  @Option(help: "item, or party: what each owes or is owed, by how long.")
  var by = OpenItemRows.item

  @OptionGroup var translation: TranslationOptions
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: ReportOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let day = try asOf.map(seat.day) ?? seat.today
    let moment = try knownAt.map(seat.moment)
    let account = try await seat.account(account)
    let (found, footing) = try await seat.report(
      OpenItems(account.id, asOf: day, knownAt: moment))
    let translation = try await translation.translation(on: day, at: seat)
    func worth(_ money: Money) throws -> Table.Cell {
      try translation.amount(money, exponent: seat.place.exponent)
    }
    let table =
      switch by {
      case .item: try found.itemTable(worth)
      case .party: try found.partyTable(worth)
      }
    let proof = try found.proofTable(worth)
    let unnamed =
      found.unnamed == 0
      ? [] : ["\(found.unnamed) lines name no party; they stand there without a party."]
    try Output(to: surroundings, output).report(
      Report(
        title: "Open items",
        heading: "Open items of \(found.label), \(seat.place.businessName), as of \(day.text)"
          + (moment.map { ", known at \($0.text)" } ?? "") + translation.label,
        notices: unnamed, sheet: table, annex: proof, table: table,
        json: .object(found.fields(table, proof) + translation.json), footing: footing))
    guard found.isProved else { throw Failure.findings(count: found.proofs.count { !$0.holds }) }
  }
}

extension OpenItems.Value {
  /// `worth` shows what is in the base currency, here as below.
  fileprivate func itemTable(_ worth: (Money) throws -> Table.Cell) throws -> Table {
    Table(
      [
        "party", "reference", "first_date", "age_days", "age", "currency", "invoiced", "settled",
        "open", "base_invoiced", "base_settled", "base_open",
      ],
      try items.map { item -> [Table.Cell] in
        let age = item.age(on: asOf)
        return [
          .text(item.party.named(item.isRevaluation)), .text(item.reference),
          .text(item.first.text), .count(age), .text(AgeBand(days: age).rawValue),
          .text(item.currency), .amount(item.invoiced.amount, exponent: item.exponent),
          .amount(item.settled.amount, exponent: item.exponent),
          .amount(item.remaining.amount, exponent: item.exponent),
          try worth(item.invoiced.base), try worth(item.settled.base),
          try worth(item.remaining.base),
        ]
      })
  }

  fileprivate func partyTable(_ worth: (Money) throws -> Table.Cell) throws -> Table {
    Table(
      ["party", "currency", "items", "open", "base_open"] + AgeBand.allCases.map(\.column),
      try items.byParty(on: asOf).map { party -> [Table.Cell] in
        let bands = try AgeBand.allCases.map { try worth(party.bands[$0] ?? .zero) }
        return try [
          .text(party.party.named(party.isRevaluation)), .text(party.currency),
          .count(party.items), .amount(party.remaining.amount, exponent: party.exponent),
          worth(party.remaining.base),
        ] + bands
      })
  }

  /// The items beside the account.
  fileprivate func proofTable(_ worth: (Money) throws -> Table.Cell) throws -> Table {
    Table(
      ["currency", "items", "ledger", "base_items", "base_ledger", "proved"],
      try proofs.map { proof -> [Table.Cell] in
        try [
          .text(proof.currency), .amount(proof.items.amount, exponent: proof.exponent),
          .amount(proof.ledger.amount, exponent: proof.exponent),
          worth(proof.items.base), worth(proof.ledger.base), .flag(proof.holds),
        ]
      })
  }

  fileprivate func fields(_ table: Table, _ proof: Table) -> [JSON.Field] {
    [
      JSON.Field("account", .string(label)), JSON.Field("as_of", .string(asOf.text)),
      JSON.Field("known_at", .text(knownAt?.text)), JSON.Field("items", .array(table.json)),
      JSON.Field("proof", .array(proof.json)),
      JSON.Field("unnamed_lines", .integer(Int64(unnamed))), JSON.Field("proved", .bool(isProved)),
    ]
  }
}

extension String {
  /// Of a party, what it is called in a list.
  fileprivate func named(_ isRevaluation: Bool) -> String {
    isRevaluation ? "revaluation" : isEmpty ? "without a party" : self
  }
}

extension AgeBand {
  /// In the base currency, as scripts know it: `days_0_30`.
  fileprivate var column: String {
    "days_" + rawValue.replacing("-", with: "_").replacing(" ", with: "_")
  }
}
