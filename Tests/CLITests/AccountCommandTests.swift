import Domain
import Testing

@testable import CLI

/// Changing, moving and merging accounts, and what stands out among them (CLI.md).
struct AccountCommandTests {
  private func path(of number: String, in shell: Shell) async -> String? {
    await shell.type("account list --format csv").lines
      .map { $0.split(separator: ",").map(String.init) }.first { $0[0] == number }?[2]
  }

  @Test func `what is said of an account is changed, and what is left out stays`() async throws {
    let shell = try await Shell.withBooks()
    let made = await shell.run([
      "account", "create", "1160", "Dollar account", "--type", "asset", "--category", "bank",
      "--parent", "1100", "--currency", "USD", "--revalue", "--requires-department",
      "--bank-name", "First Harbour", "--bank-number", "4711",
    ])
    #expect(made.status == 0, "\(made.errors)")
    let changed = await shell.run([
      "account", "update", "1160", "--number", "1165", "--name", "Lease account", "--parent",
      "1000", "--cash-flow", "investing", "--no-requires-department", "--description", "Cars",
    ])
    #expect(changed.output == "Changed the account 1165 Lease account.\n", "\(changed.errors)")
    #expect(await path(of: "1165", in: shell) == "Assets:Lease account")
    let listed = await shell.type("account list --format csv").lines
    #expect(
      listed.contains(
        "1165,Lease account,Assets:Lease account,asset,bank,debit,USD,true,active,"))
    let cleared = await shell.type("account update 1165 --currency - --parent - --bank-name -")
    #expect(cleared.status == 0, "\(cleared.errors)")
    #expect(
      await shell.type("account list --format csv").lines.contains(
        "1165,Lease account,Lease account,asset,bank,debit,,true,active,"))
  }

  @Test(arguments: [
    ("--closes", "Assets and liabilities aren't closed at the end of a year."),
    ("--parent 2000", "An account stands below one of its own class; that one is of liability."),
    ("--category rent", "Category rent doesn't fit type asset."),
    ("--heading --currency USD", "Currency: not for a heading, which takes no lines."),
    ("--category cash --bank-code X", "Bank code: only for an account of category bank."),
    ("--currency ZZZ", "This business has no currency ZZZ."),
  ])
  func `what an account can't be is refused in words`(
    _ options: String, _ words: String
  )
    async throws
  {
    let shell = try await Shell.withBooks()
    _ = await shell.type("account create 1160 Box --type asset --parent 1100")
    let refused = await shell.type("account update 1160 \(options)")
    #expect(refused.status == 1)
    #expect(refused.errors == words + "\n")
  }

  @Test func `a class of cash flow that isn't any is a wrong command line`() async throws {
    let shell = try await Shell.withBooks()
    let wrong = await shell.type("account update 1120 --cash-flow lending")
    #expect(wrong.status == 2)
    #expect(wrong.errors.contains("not lending"), "\(wrong.errors)")
  }

  @Test func `an account of which nothing is said isn't changed`() async throws {
    let shell = try await Shell.withBooks()
    let answer = await shell.type("account update 1120")
    #expect(answer.status == 2)
    #expect(answer.errors.contains("nothing to change: say what"), "\(answer.errors)")
  }

  @Test
  func `what is posted keeps the type of its account, and whoever only reads changes nothing`()
    async throws
  {
    let shell = try await Shell.withBooks()
    _ = await shell.type("journal add 6210 5 1120 -d Office --post")
    let fixed = await shell.type(
      "account update 6210 --type contra_expense --category cost_of_goods_sold")
    #expect(
      fixed.errors
        == "Type, currency and heading are fixed once something is posted to the account.\n")
    let denied = await shell.type("account update 6210 --name Office", as: .employee)
    #expect(denied.status == 3)
    #expect(denied.errors.contains("account.edit"))
  }

  @Test func `an account goes into another with its drafts`() async throws {
    let shell = try await Shell.withBooks()
    _ = await shell.type("account create 1160 Box --type asset --parent 1100 --category cash")
    _ = await shell.type("account create 1165 Safe --type asset --parent 1100 --category cash")
    _ = await shell.type("journal add 6210 5 1160 -d Office")
    let merged = await shell.type("account merge 1160 --into 1165")
    #expect(
      merged.output
        == "Merged 1160 Box into 1165 Safe: drafts 1, templates 0, budgets 0.\n",
      "\(merged.errors)")
    #expect(await shell.type("journal show D-1 --format json").output.contains("Safe"))
    #expect(await path(of: "1160", in: shell) == nil)
    _ = await shell.type("journal post D-1")
    let posted = await shell.type("account merge 1165 --into 1160")
    #expect(posted.errors == "There is no account 1160 in this business.\n")
    _ = await shell.type("account restore 1160")
    #expect(
      await shell.type("account merge 1165 --into 1160").errors
        == "Something was posted to the account, and stays there. Archive it instead.\n")
  }

  @Test func `accounts stay two where a template would take a share that its owner may not see`()
    async throws
  {
    let shell = try await Shell.withBooks()
    _ = await shell.type("account create 1160 Box --type asset --parent 1100 --category cash")
    _ = await shell.type("account create 1165 Safe --type asset --parent 1100 --category cash")
    _ = await shell.type("journal add 6210 5 1120 -d Office", as: .employee)
    _ = await shell.type("journal template create D-1 Rent", as: .employee)
    let shared = await shell.type(
      "journal template amount Rent 1 --share 50 --of 1160", as: .employee)
    #expect(shared.status == 0, "\(shared.errors)")
    let denied = await shell.type(
      "access deny employee@books.example journal.read --account 1165 --reason Confidential")
    #expect(denied.status == 0, "\(denied.errors)")
    let merged = await shell.type("account merge 1160 --into 1165")
    #expect(
      merged.errors == """
        Rent takes a share of it for Employee, who may not see the other. Let them, or have them \
        take that share away first.

        """)
    #expect(await path(of: "1160", in: shell) != nil)
  }

  @Test func `a balance on the other side than usual is flagged for people, not for scripts`()
    async throws
  {
    let shell = try await Shell.withBooks()
    _ = await shell.type("journal add 6210 150 1120 -d Rent --post")
    let tree = await shell.type("account tree").lines
    #expect(tree.contains { $0.contains("1120 Current account") && $0.hasSuffix("-150.00  !") })
    #expect(tree.contains { $0.contains("6210 Rent") && $0.hasSuffix("150.00") })
    let trial = await shell.type("report trial-balance").lines
    #expect(trial.contains { $0.hasPrefix("1120") && $0.hasSuffix("150.00  !") })
    #expect(trial.last?.hasPrefix("Total") == true && trial.last?.hasSuffix("150.00") == true)
    for command in ["account tree --format csv", "report trial-balance --format csv"] {
      #expect(await !shell.type(command).output.contains("!"))
    }
  }
}
