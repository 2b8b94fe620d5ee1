import ArgumentParser
import Domain
import Operations

/// How accounts are spread, as people say it on the command line.
struct AllocationOptions: ParsableArguments {
  enum Basis: String, ExpressibleByArgument, CaseIterable {
    case headcount
  }

  @Option(help: "An account that is spread: a number, a path or a name. Repeat it.")
  var from: [String]

  @Option(help: "Whose lines of them: a code or a name; those of no department if left out.")
  var fromDepartment: String?

  @Option(help: "Who takes a part, and how many percent: SAL=60; by anything else, SAL. Repeat it.")
  var to: [String]

  @Option(help: "headcount: by how many work in each department.")
  var by: Basis?

  @Option(help: "By what this account took in each department, or holds.")
  var byBalance: String?

  func validate() throws {
    guard by == nil || byBalance == nil else {
      throw ValidationError("Take either --by headcount or --by-balance")
    }
    let isFixed = kind == .shares
    guard try parts().allSatisfy({ ($0.share != nil) == isFixed }) else {
      throw ValidationError(
        isFixed ? "Say how many percent each takes: --to SAL=60" : "Leave the percents out")
    }
  }

  func allocation(at seat: Seat) async throws -> Allocation {
    let chart = try await seat.fetch(ChartOfAccounts())
    let departments = try await seat.fetch(Departments())
    return try Allocation(
      of: from.map { try chart.named($0.trimmed).id },
      in: fromDepartment.map { try departments.called($0.trimmed).id }, to: parts(),
      by: byBalance.map { try chart.named($0.trimmed).id }, kind, in: chart, departments)
  }

  private var kind: Allocation.Basis.Kind {
    byBalance != nil ? .balance : by == nil ? .shares : .headcount
  }

  private func parts() throws -> [AllocationPart] {
    do { return try to.map { try AllocationPart($0) } } catch let refusal as Refusal {
      throw ValidationError(UserMessage(refusal).text)
    }
  }
}

struct JournalAllocate: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "allocate", abstract: "Spread what accounts took in a period over departments.",
    discussion: """
      Example: coreflow journal allocate --from 6210 --from 6220 --to SAL=60 --to OPS=40 \\
        --period 2026-11
      Without --from-department, what is of no department is spread. Each account is spread by \
      itself, and one that took nothing is left out. A target is a department, another account \
      there, as OPS@6220, an account alone, as @6220, or the same account of no department, as @. \
      What goes to a department stays on its account, so that each sums to nothing; what goes to \
      another account moves there, and the entry sums to nothing. By headcount, the \
      active members of each department itself count; by a balance, what that account took in the \
      period there or, of the balance sheet, holds at its end. It is kept as a draft, an adjusting \
      entry of the period's last day. What is spread so every month is kept as a rule: \
      coreflow journal allocation add.
      """)

  @OptionGroup var allocation: AllocationOptions

  @Option(help: "Of which period: 2026-11.")
  var period: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let allocation = try await allocation.allocation(at: seat)
    try EntryAnswer(try await seat.perform(Allocate(allocation, in: seat.period(period).id)))
      .show(Output(to: surroundings, output))
  }
}
