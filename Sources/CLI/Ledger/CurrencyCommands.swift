import ArgumentParser
import Domain
import Operations

struct CurrencyList: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "currencies", abstract: "List what amounts can be in.",
    discussion: "Example: coreflow fx currencies --own")

  @Flag(help: "Only the business's own.")
  var own = false

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let currencies = try await seat.fetch(Currencies()).filter { !own || $0.isOwn }
    try Output(to: surroundings, output).list(
      Table(
        ["code", "decimals", "symbol", "name", "own"],
        currencies.map {
          [.text($0.code), .count($0.exponent), .text($0.symbol), .text($0.name), .flag($0.isOwn)]
        }))
  }
}

struct CurrencyAdd: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "currency", abstract: "Add a unit of the business's own, such as gold or points.",
    discussion: """
      Example: coreflow fx currency XAU --decimals 4 --name "Gold, troy ounces"
      Those of ISO 4217 are there already. The decimals can't be changed afterwards.
      """)

  @Argument(help: "Its code, in letters: XAU.")
  var code: String

  @Option(help: "How many decimals its amounts have, 0 to \(Currency.mostDecimals).")
  var decimals: Int

  @Option(help: "A sign that amounts in it may be written with instead of the code.")
  var symbol = ""

  @Option(help: "What people call it.")
  var name: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let added = try await seat.perform(
      AddCurrency(
        Currency(
          code: code.uppercased(), exponent: decimals, symbol: symbol.trimmed, name: name.trimmed)))
    try Output(to: surroundings, output).say(
      "Amounts can be in \(added.code), with \(added.exponent) decimals.")
  }
}

extension Currency {
  fileprivate var isOwn: Bool { Currency.iso(code) == nil }
}
