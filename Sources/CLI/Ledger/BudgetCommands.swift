import ArgumentParser
import Domain
import Operations

struct BudgetGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "budget", abstract: "What accounts are planned to take, and what is used of it.",
    subcommands: [BudgetList.self, BudgetSet.self, BudgetApprove.self])
}

extension BudgetEdition: ExpressibleByArgument {}

/// Which budget is meant.
struct BudgetOptions: ParsableArguments {
  @Option(help: "For which period: 2026-12.")
  var period: String

  @Option(help: "For which department: a code or a name; the whole business if left out.")
  var department: String?

  @Option(help: "Of which plan: \(BudgetEdition.allCases.map(\.rawValue).joined(separator: ", ")).")
  var edition = BudgetEdition.original
}

struct BudgetList: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the budgets and how much of each is used.",
    discussion: """
      Example: coreflow budget list --department SAL --period 2026-12
      Used is what is posted in the department and in those below it; committed is the same of \
      what waits for approval or for posting.
      """)

  @Option(help: "Those of one department: a code or a name.")
  var department: String?

  @Flag(help: "Those of the whole business alone.")
  var whole = false

  @Option(help: "Those of one period: 2026-12.")
  var period: String?

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard !whole || department == nil else {
      throw ValidationError("--whole and --department: choose one")
    }
  }

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let period = try await period.asyncMap { try await seat.period($0).id }
    let department = try await department.asyncMap { try await seat.department($0).id }
    let budgets = try await seat.fetch(
      whole
        ? Budgets(ofWholeBusinessIn: period) : Budgets(department: department, period: period))
    try Output(to: surroundings, output).list(
      Table(
        [
          "period", "account", "name", "department", "edition", "budget", "used", "committed",
          "left", "status",
          "set_by", "approved_by", "note",
        ],
        budgets.map {
          [
            .text($0.periodName), .text($0.number), .text($0.name), .optional($0.code),
            .text($0.edition.rawValue), seat.amount($0.amount), seat.amount($0.used),
            seat.amount($0.committed), seat.amount($0.left), .text($0.status.rawValue),
            .text($0.setter),
            .optional($0.approver), .text($0.note),
          ]
        }))
  }
}

struct BudgetSet: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Plan what an account takes, until somebody approves it.",
    discussion: """
      Example: coreflow budget set 6210 1200 --period 2026-12 --department SAL
      The amount is positive, for what is spent and for what is earned.
      """)

  @Argument(help: "The account: a number, a path or a name.")
  var account: String

  @Argument(help: "How much, in the base currency.")
  var amount: String

  @OptionGroup var which: BudgetOptions

  @Option(help: "Why, or how it was reckoned; what was said before stays if left out.")
  var note: String?

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let cell = try await seat.cell(of: account, which)
    let row = try await seat.fetch(Budgets(period: cell.period.id)).first(where: cell.isFor)
    _ = try await seat.perform(
      SetBudget(
        BudgetContent(
          account: cell.account.id, department: cell.department?.id, period: cell.period.id,
          edition: which.edition, amount: try seat.money(amount), note: note ?? row?.note ?? ""),
        changing: row))
    try Output(to: surroundings, output).say("The budget of \(cell.words) is set.")
  }
}

struct BudgetApprove: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "approve", abstract: "Approve a budget that somebody else set.",
    discussion: """
      Example: coreflow budget approve 6210 --period 2026-12 --department SAL
      It stays as it is then; what changes is set in another edition.
      """)

  @Argument(help: "The account: a number, a path or a name.")
  var account: String

  @OptionGroup var which: BudgetOptions
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let cell = try await seat.cell(of: account, which)
    guard let row = try await seat.fetch(Budgets(period: cell.period.id)).first(where: cell.isFor)
    else { throw Refusal.noSuchNamed(kind: .budget, name: cell.words) }
    try await seat.perform(ApproveBudget(row.id, version: row.version))
    try Output(to: surroundings, output).say("The budget of \(cell.words) is approved.")
  }
}

/// What a budget is told from the others by.
private struct BudgetCell {
  let account: ChartOfAccounts.Row
  let department: Departments.Row?
  let period: Periods.Row
  let edition: BudgetEdition

  func isFor(_ row: Budgets.Row) -> Bool {
    row.account == account.id && row.department == department?.id && row.period == period.id
      && row.edition == edition
  }

  /// `6210 SAL 2026-12 original`.
  var words: String {
    [account.number, department?.code, period.name, edition.rawValue].compactMap(\.self)
      .joined(separator: " ")
  }
}

extension Seat {
  fileprivate func cell(of account: String, _ which: BudgetOptions) async throws -> BudgetCell {
    BudgetCell(
      account: try await self.account(account),
      department: try await which.department.asyncMap(department),
      period: try await period(which.period), edition: which.edition)
  }
}
