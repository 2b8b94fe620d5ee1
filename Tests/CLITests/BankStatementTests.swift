import Domain
import Testing

@testable import CLI

@Suite struct BankStatementTests {
  private let rules = """
    skip 1
    fields date, description, amount, balance
    account2 6210
    """

  private let november = """
    Date,Text,Amount,Balance
    2026-11-02,Coffee,-4.50,995.50
    2026-11-02,Coffee,-4.50,991.00
    2026-11-05,=Rent,-800.00,191.00
    """

  /// Types an import of `csv` into the current account.
  private func take(
    _ csv: String, _ options: [String] = [], in shell: Shell, as role: Role = .owner
  ) async -> Answer {
    let name = "\(csv.count).csv"
    let (file, rules) = (shell.file(name, csv.utf8), shell.file("bank.rules", rules.utf8))
    return await shell.run(
      ["import", "csv", file, "--rules", rules, "--account", "1120"] + options, as: role)
  }

  @Test func `a statement comes in once, is listed with its lines, and goes again`() async throws {
    let shell = try await Shell.withBooks()
    let tried = await take(november, ["--dry-run"], in: shell)
    #expect(
      tried.output == """
        Would import 3 lines into 1120.
          2026-11-02 to 2026-11-05: from 1,000.00 to 191.00 USD, lines: 3

        """, "\(tried.errors)")
    #expect(await shell.type("reconcile statements --format csv").lines.count == 1)
    let first = await take(november, in: shell, as: .employee)
    #expect(first.output.hasPrefix("Imported 3 lines into 1120.\n"), "\(first.errors)")
    #expect(
      await take(november, in: shell)
        == Answer(
          status: 0, output: "Nothing changed: all 3 lines were imported before.\n", errors: ""))
    let listed = await shell.type("reconcile statements 1120 --format csv").lines
    #expect(
      listed[0]
        == "id,account,from,to,opening,closing,currency,gap,lines,unmatched,closed,file,"
        + "imported_by,imported_at")
    #expect(
      listed[1].hasPrefix(
        "1,1120,2026-11-02,2026-11-05,1000.00,191.00,USD,,3,3,false,\(november.count).csv,"))
    let lines = await shell.type("reconcile lines 1 --format csv").lines
    #expect(
      lines[0]
        == "id,line,booked,valued,amount,balance,currency,text,counterparty,reference,bank_id,"
        + "occurrence,status,suggestion")
    #expect(lines[2] == "2,2,2026-11-02,,-4.50,991.00,USD,Coffee,,,,2,unmatched,6210")
    #expect(lines[3] == "3,3,2026-11-05,,-800.00,191.00,USD,\"'=Rent\",,,,1,unmatched,6210")
    #expect(
      await shell.type("reconcile remove 1")
        == Answer(status: 0, output: "Statement 1 is gone.\n", errors: ""))
    let gone = await shell.type("reconcile lines 1")
    #expect(gone.status == 1)
    #expect(gone.errors == "There is no such bank statement in this business.\n")
  }

  @Test func `an import tells scripts what it did as JSON, and people what to look at`()
    async throws
  {
    let shell = try await Shell.withBooks()
    _ = await take(november, in: shell)
    let later = "Date,Text,Amount,Balance\n2026-11-05,=Rent,-800.00,191.00\n2026-11-20,Sale,1,0"
    let broken = await take(later, in: shell)
    #expect(broken.status == 1)
    #expect(
      broken.errors.contains(
        ".csv:3:1: By here the lines come to 192.00 USD, but the bank says 0.00 USD."))
    let gap = "Date,Text,Amount,Balance\n2026-11-20,Sale,1.00,200.00"
    let told = await take(gap, ["--format", "json"], in: shell)
    let warning =
      "The statement to 2026-11-05 ends with 191.00 USD, but that from 2026-11-20 begins with "
      + "199.00 USD. Import what is between."
    #expect(told.errors == warning + "\n")
    #expect(
      told.output
        == "{\"dry_run\":false,\"lines\":1,\"known\":0,\"zero_lines\":0,\"statements\":[{\"id\":"
        + "\"2\",\"account\":\"1120\",\"from\":\"2026-11-20\",\"to\":\"2026-11-20\",\"opening\":"
        + "199.00,\"closing\":200.00,\"currency\":\"USD\",\"lines\":1}],\"warnings\":[\""
        + "\(warning)\"]}\n")
  }

  @Test func `balances that the file doesn't have are said, and days too`() async throws {
    let shell = try await Shell.withBooks()
    let bare = "Date,Text,Amount,Balance\n2026-11-02,Coffee,-4.50,"
    let unsaid = await take(bare, in: shell)
    #expect(unsaid.status == 1)
    #expect(unsaid.errors.hasPrefix("Nothing says what was in the account."))
    let wrong = await take(bare, ["--opening", "-10", "--closing", "-14"], in: shell)
    #expect(
      wrong.errors
        == "From -10.00 USD the lines come to -14.50 USD, not to -14.00 USD. A line is missing, or "
        + "there twice.\n")
    let said = await take(
      bare, ["--opening", "-10", "--from", "2026-11-01", "--to", "2026-11-30"], in: shell)
    #expect(
      said.output.contains("2026-11-01 to 2026-11-30: from -10.00 to -14.50 USD, lines: 1"),
      "\(said.errors)")
  }

  @Test func `what is wrong with a file or its rules is pointed at in one line`() async throws {
    let shell = try await Shell.withBooks()
    let bad = await take("x\n2026-11-02,Coffee,four,5\n", in: shell)
    #expect(bad.status == 1)
    #expect(
      bad.errors.hasSuffix(":2:19: “four” is not an amount; check which field it is in the rules\n")
    )
    let file = shell.file("a.csv", november.utf8)
    let rules = shell.file("bad.rules", "fields date, amount\ninclude x\n".utf8)
    let refused = await shell.run(["import", "csv", file, "--rules", rules, "--account", "1120"])
    #expect(refused.errors.hasPrefix("\(rules):2:1: “include” is not taken"))
    let none = await shell.run(["import", "csv", file, "--account", "1120"])
    #expect(none.status == 2)
  }

  @Test func `a viewer imports no statement, and reads them`() async throws {
    let shell = try await Shell.withBooks()
    let refused = await take(november, in: shell, as: .viewer)
    #expect(refused.status == 3)
    #expect(refused.errors == "Your role (Viewer) does not hold recon.prepare.\n")
    _ = await take(november, in: shell)
    let listed = await shell.run(["reconcile", "statements"], as: .viewer)
    #expect(listed.status == 0 && listed.lines.count == 2)
  }
}
