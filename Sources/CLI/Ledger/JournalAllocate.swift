import ArgumentParser
import Domain
import Operations

struct JournalAllocate: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "allocate", abstract: "Spread what an account took in a period over departments.",
    discussion: """
      Example: coreflow journal allocate 6210 --to SAL=60 --to OPS=40 --period 2026-11
      Without --from-department, what is of no department is spread. A target is a department, \
      another account there, as OPS@6220, or an account alone, as @6220. By headcount, the \
      active members of each department itself count; by a balance, what that account took in the \
      period there or, of the balance sheet, holds at its end. It is kept as a draft, an adjusting \
      entry of the period's last day.
      """)

  enum Basis: String, ExpressibleByArgument, CaseIterable {
    case headcount
  }

  @Argument(help: "The account: a number, a path or a name.")
  var account: String

  @Option(help: "Whose lines of it: a code or a name; those of no department if left out.")
  var fromDepartment: String?

  @Option(help: "Who takes a part, and how many percent: SAL=60; by anything else, SAL. Repeat it.")
  var to: [String]

  @Option(help: "headcount: by how many work in each department.")
  var by: Basis?

  @Option(help: "By what this account took in each department, or holds.")
  var byBalance: String?

  @Option(help: "Of which period: 2026-11.")
  var period: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard by == nil || byBalance == nil else {
      throw ValidationError("Take either --by headcount or --by-balance")
    }
    let isFixed = by == nil && byBalance == nil
    guard try parts().allSatisfy({ ($0.share != nil) == isFixed }) else {
      throw ValidationError(
        isFixed ? "Say how many percent each takes: --to SAL=60" : "Leave the percents out")
    }
  }

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let source = Allocation.Place(
      try await seat.account(account).id,
      try await fromDepartment.asyncMap { try await seat.department($0).id })
    var targets: [Allocation.Place] = []
    for part in try parts() {
      targets.append(
        Allocation.Place(
          try await part.account.asyncMap { try await seat.account($0).id } ?? source.account,
          try await part.department.asyncMap { try await seat.department($0).id }))
    }
    let content = try await seat.fetch(
      AllocationEntry(
        Allocation(of: source, to: targets, by: try await basis(at: seat)),
        in: seat.period(period).id))
    let entered = try await seat.perform(CreateEntry(content))
    try EntryAnswer(entered, of: content, baseCurrency: seat.place.baseCurrency)
      .show(Output(to: surroundings, output))
  }

  private func basis(at seat: Seat) async throws -> Allocation.Basis {
    if let byBalance { return .balance(of: try await seat.account(byBalance).id) }
    return try by == nil ? .shares(parts().compactMap(\.share)) : .headcount
  }

  private typealias Part = (department: String?, account: String?, share: Int64?)

  /// `SAL=60`, `OPS@6220=40`, `@6220` in their parts; a share is in millionths.
  private func parts() throws -> [Part] {
    try to.map { text in
      let halves = text.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
      let names = halves[0].split(separator: "@", omittingEmptySubsequences: false)
        .map { String($0).trimmed }
      guard halves.count <= 2, names.count <= 2, names.contains(where: { !$0.isEmpty }) else {
        throw ValidationError("\(text) is no target; write it as SAL=60 or OPS@6220=40")
      }
      var share: Int64?
      if halves.count == 2 {
        // Whatever is wrong with it, it is no percentage.
        guard let percent = Quantity(halves[1].trimmed), percent > .zero,
          let exact = try? percent.money(exponent: 4)
        else {
          throw ValidationError("\(halves[1]) is no percentage of four decimals or fewer")
        }
        share = exact.minorUnits
      }
      let account = names.count == 2 ? names[1] : ""
      return (
        department: names[0].isEmpty ? nil : names[0],
        account: account.isEmpty ? nil : account, share: share
      )
    }
  }
}
