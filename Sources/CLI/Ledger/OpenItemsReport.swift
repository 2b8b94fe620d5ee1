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
      the items aren't what the account holds.
      """)

  @Argument(help: "The account, by number, path or name.")
  var account: String

  @Option(help: "The last day that counts; today if left out.")
  var asOf: String?

  @Option(help: "As the books stood then: at the end of a day, or at 2026-07-05T17:00:00Z.")
  var knownAt: String?

  @Option(help: "item, or party: what each owes or is owed, by how long.")
  var by = OpenItemRows.item

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: ReportOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let day = try asOf.map(seat.day) ?? seat.today
    let moment = try knownAt.map(seat.moment)
    let account = try await seat.account(account)
    let (found, footing) = try await seat.report(
      OpenItems(account.id, asOf: day, knownAt: moment))
    let table =
      switch by {
      case .item: found.itemTable(exponent: seat.place.exponent)
      case .party: try found.partyTable(exponent: seat.place.exponent)
      }
    let unnamed =
      found.unnamed == 0
      ? [] : ["\(found.unnamed) lines name no party; they stand there without a party."]
    try Output(to: surroundings, output).report(
      Report(
        title: "Open items",
        heading: "Open items of \(found.label), \(seat.place.businessName), as of \(day.text)"
          + (moment.map { ", known at \($0.text)" } ?? ""),
        notices: unnamed, sheet: table, annex: found.proofTable(exponent: seat.place.exponent),
        table: table, json: found.json(table, exponent: seat.place.exponent), footing: footing))
    guard found.isProved else { throw Failure.findings(count: found.proofs.count { !$0.holds }) }
  }
}

extension OpenItems.Value {
  /// Of the base currency are `exponent` digits after the mark, here as below.
  fileprivate func itemTable(exponent: Int) -> Table {
    Table(
      [
        "party", "reference", "first_date", "age_days", "age", "currency", "invoiced", "settled",
        "open", "base_invoiced", "base_settled", "base_open",
      ],
      items.map { item -> [Table.Cell] in
        let age = item.age(on: asOf)
        return [
          .text(item.party.named(item.isRevaluation)), .text(item.reference),
          .text(item.first.text), .count(age), .text(AgeBand(days: age).rawValue),
          .text(item.currency), .amount(item.invoiced.amount, exponent: item.exponent),
          .amount(item.settled.amount, exponent: item.exponent),
          .amount(item.remaining.amount, exponent: item.exponent),
          .amount(item.invoiced.base, exponent: exponent),
          .amount(item.settled.base, exponent: exponent),
          .amount(item.remaining.base, exponent: exponent),
        ]
      })
  }

  fileprivate func partyTable(exponent: Int) throws -> Table {
    Table(
      ["party", "currency", "items", "open", "base_open"] + AgeBand.allCases.map(\.column),
      try items.byParty(on: asOf).map { party -> [Table.Cell] in
        let bands: [Table.Cell] = AgeBand.allCases.map {
          .amount(party.bands[$0] ?? .zero, exponent: exponent)
        }
        return [
          .text(party.party.named(party.isRevaluation)), .text(party.currency),
          .count(party.items), .amount(party.remaining.amount, exponent: party.exponent),
          .amount(party.remaining.base, exponent: exponent),
        ] + bands
      })
  }

  /// The items beside the account.
  fileprivate func proofTable(exponent: Int) -> Table {
    Table(
      ["currency", "items", "ledger", "base_items", "base_ledger", "proved"],
      proofs.map { proof -> [Table.Cell] in
        [
          .text(proof.currency), .amount(proof.items.amount, exponent: proof.exponent),
          .amount(proof.ledger.amount, exponent: proof.exponent),
          .amount(proof.items.base, exponent: exponent),
          .amount(proof.ledger.base, exponent: exponent), .flag(proof.holds),
        ]
      })
  }

  fileprivate func json(_ table: Table, exponent: Int) -> JSON {
    [
      "account": .string(label), "as_of": .string(asOf.text), "known_at": .text(knownAt?.text),
      "items": .array(table.json), "proof": .array(proofTable(exponent: exponent).json),
      "unnamed_lines": .integer(Int64(unnamed)), "proved": .bool(isProved),
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
