import Domain
import Interchange
import Testing

/// Banks' files as people get them, and rules as people write them.
struct BankFileTests {
  private static let usual = """
    skip 1
    fields date, description, amount, balance
    """

  private static func read(
    _ csv: String, _ rules: String = usual, path: String = "bank.csv"
  ) throws -> ForeignStatement {
    try BankFile.read(
      path: path, rules: "rules",
      files: .inMemory([path: Array(csv.utf8), "rules": Array(rules.utf8)]))
  }

  /// `2026-01-02 -4.50 Coffee`
  private static func lines(_ statement: ForeignStatement) -> [String] {
    statement.lines.map { "\($0.booked.text) \($0.amount.text) \($0.description)" }
  }

  private static func amounts(_ csv: String, _ rules: String) throws -> [String] {
    try read(csv, rules).lines.map { $0.amount.reduced().text }
  }

  private static func error(_ csv: String, _ rules: String = usual) -> String {
    do {
      let taken = try lines(read(csv, rules))
      return "taken: \(taken)"
    } catch let error as ImportError {
      return error.text
    } catch {
      return "\(error)"
    }
  }

  // MARK: Files

  @Test func `quotes, line ends within them, CR LF and a byte order mark are read`() throws {
    let csv =
      "\u{FEFF}Date,Text,Amount,Balance\r\n"
      + "2026-01-02,\"Coffee, \"\"large\"\"\r\nVienna\",-4.50,95.50\r\n\r\n"
      + "2026-01-03, \"Tea\" ,-3.00,92.50"
    let statement = try Self.read(csv)
    #expect(
      Self.lines(statement) == [
        "2026-01-02 -4.50 Coffee, \"large\" Vienna", "2026-01-03 -3.00 Tea",
      ])
    #expect(statement.lines.map { $0.balance?.text } == ["95.50", "92.50"])
    #expect(statement.lines.map(\.position.line) == [2, 5])
    #expect(statement.bytes.count == csv.utf8.count)
  }

  @Test(arguments: [
    ("bank.csv", ";", "separator ;\n"), ("bank.csv", "\t", "separator TAB\n"),
    ("bank.tsv", "\t", ""), ("bank.ssv", ";", ""), ("bank.csv", "|", "separator: |\n"),
  ])
  func `values are separated by what the rules or the name of the file say`(
    path: String, sign: String, rule: String
  ) throws {
    let csv = ["2026-01-02", "Tea, green", "-3.00"].joined(separator: sign)
    let read = try Self.read(csv, rule + "fields date, description, amount", path: path)
    #expect(Self.lines(read) == ["2026-01-02 -3.00 Tea, green"])
  }

  @Test(arguments: [
    ("x\n2026-01-02,\"Tea,1,2", "bank.csv:2:12: the quote that begins here has no end; add \""),
    (
      "x\n2026-01-02,\"Tea\" x,1,2",
      "bank.csv:2:18: text follows a closing quote; write quotes within a value twice"
    ),
    (
      "x\nnothing",
      "bank.csv:2:1: there is one value here only; say what separates them, as separator ; in the "
        + "rules, or leave such lines out by skip"
    ),
    (
      "x\n02.01.2026,Tea,1,2",
      "bank.csv:2:1: “02.01.2026” is not a day written as 2024-01-31; say how days are written by "
        + "date-format in the rules"
    ),
    (
      "x\n,Tea,1,2",
      "bank.csv:2:1: there is no day here; leave such lines out by if and skip in the rules"
    ),
    (
      "x\n2026-01-02,Tea,,2",
      "bank.csv:2:1: there is no amount here; leave such lines out by if and skip in the rules"
    ),
    (
      "x\n2026-01-02,Tea,one,2",
      "bank.csv:2:16: “one” is not an amount; check which field it is in the rules"
    ),
    (
      "x\n2026-01-02,Tea,\"1,234\",2",
      "bank.csv:2:16: “1,234” can mean thousands or decimals; say which by decimal-mark . or "
        + "decimal-mark , in the rules"
    ),
    (
      "x\n2026-01-02,T\u{7}ea,1,2",
      "bank.csv:2:13: the control character U+0007 doesn't belong in text; remove it"
    ),
  ])
  func `what is wrong with a file is pointed at`(csv: String, expected: String) {
    #expect(Self.error(csv) == expected)
  }

  @Test func `a file in Latin-1 is refused with its line`() {
    let bytes = Array("x\n2026-01-02,".utf8) + [0xDC] + Array("berweisung,1,2\n".utf8)
    #expect(throws: ImportError(file: "bank.csv", line: 2, column: 1, fault: .notUTF8)) {
      try BankFile.read(
        path: "bank.csv", rules: "rules",
        files: .inMemory(["bank.csv": bytes, "rules": Array(Self.usual.utf8)]))
    }
  }

  @Test func `too many values are refused before they take memory`() {
    let csv = "x\n" + Array(repeating: "1", count: BankLimits.fields + 1).joined(separator: ",")
    #expect(Self.error(csv) == "bank.csv:2:1: there are more than 500 values here")
  }

  @Test func `a file that isn't there is said to be missing`() {
    #expect(throws: ImportError(file: "none.csv", fault: .unreadable(.notFound))) {
      try BankFile.read(
        path: "none.csv", rules: "rules", files: .inMemory(["rules": Array(Self.usual.utf8)]))
    }
    #expect(throws: ImportError(file: "none", fault: .unreadable(.notFound))) {
      try BankFile.read(path: "bank.csv", rules: "none", files: .inMemory(["bank.csv": []]))
    }
  }

  // MARK: Amounts

  @Test(arguments: [
    ("1.234,56", "1234.56"), ("-1.234,56", "-1234.56"), ("(12,00)", "-12"), ("12,00-", "-12"),
    ("+12", "12"), ("- 12", "-12"), ("−12", "-12"), ("€ 12,50", "12.5"), ("12,50 EUR", "12.5"),
    ("-€12", "-12"), ("1'234,50", "1234.5"), ("1 234,50", "1234.5"), ("1.234", "1234"),
    ("0,005", "0.005"), ("(-12)", "12"),
  ])
  func `an amount is read however banks write it`(written: String, expected: String) throws {
    let rules = "separator ;\ndecimal-mark ,\nfields date, amount"
    #expect(try Self.amounts("2026-01-02;\(written)", rules) == [expected])
  }

  @Test(arguments: ["1.23,4.5", "12.50", "1,234.56", "12,,5", "1-2", "", "EUR"])
  func `what isn't an amount with a decimal comma is refused`(written: String) {
    let rules = "separator ;\ndecimal-mark ,\nfields date, amount, x"
    #expect(Self.error("2026-01-02;\(written);", rules).hasPrefix("bank.csv:1:"))
  }

  @Test func `the decimal mark is that of the other amounts where the rules don't say`() throws {
    let rules = "separator ;\nfields date, amount"
    #expect(
      try Self.amounts("2026-01-02;1.234\n2026-01-02;0,50", rules) == ["1234", "0.5"])
    #expect(
      try Self.amounts("2026-01-02;1.234\n2026-01-02;1,234.50", rules) == ["1.234", "1234.5"])
    #expect(
      Self.error("2026-01-02;1.50\n2026-01-02;1,50", rules).hasPrefix("bank.csv:2:12: “1,50” can"))
  }

  @Test func `columns of what came in and of what went out are one amount`() throws {
    let rules = "fields date, amount-out, amount-in"
    let csv = "2026-01-02,4.50,\n2026-01-03,,10.00\n2026-01-04,0.00,3.00\n2026-01-05,2.00,0.00"
    #expect(try Self.amounts(csv, rules) == ["-4.5", "10", "3", "-2"])
    #expect(
      Self.error("2026-01-02,1.00,2.00", rules)
        == "bank.csv:1:1: there are several amounts here; a line has one")
    #expect(Self.error("2026-01-02,,", rules).contains("there is no amount here"))
  }

  @Test func `whole numbers of minor units have as many decimals as the rules say`() throws {
    let rules = "fields date, amount\nminor-units 2"
    #expect(try Self.amounts("2026-01-02,-123456", rules) == ["-1234.56"])
    #expect(
      try Self.amounts("2026-01-02,5", rules.replacing("2", with: "0")) == ["5"])
  }

  @Test func `a currency of its own goes before that of the rules`() throws {
    let csv = "2026-01-02,1.00\n2026-01-03,1.00 CHF"
    let read = try Self.read(csv, "fields date, amount\ncurrency EUR")
    #expect(read.lines.map(\.currency) == ["EUR", "CHF"])
  }

  // MARK: Days

  @Test(arguments: [
    ("%d.%m.%Y", "2.1.2026"), ("%d.%m.%Y", "02.01.2026"), ("%m/%d/%y", "01/02/26"),
    ("%d %b %Y", "02 Jan 2026"), ("%d-%B-%Y", "2-january-2026"), ("%Y%m%d", "20260102"),
    ("%Y%m%d%H%M%S[0:%Z]", "20260102120000[0:GMT]"), ("%-d/%-m/%Y", "2/1/2026"),
    ("%F %T", "2026-01-02 23:59:59"), ("%a, %d %b %Y", "Fri, 02 Jan 2026"),
  ])
  func `days are read as the rules say`(format: String, written: String) throws {
    let rules = "separator ;\ndate-format \(format)\nfields date, amount"
    #expect(try Self.read("\(written);1", rules).lines.map(\.booked.text) == ["2026-01-02"])
  }

  @Test(arguments: ["31.02.2026", "02.01.26", "02.01.2026x", "2026-01-02", "02.13.2026"])
  func `what isn't a day so written is refused`(written: String) {
    let rules = "separator ;\ndate-format %d.%m.%Y\nfields date, amount"
    #expect(
      Self.error("\(written);1", rules)
        == "bank.csv:1:1: “\(written)” is not a day written as %d.%m.%Y; correct date-format in "
        + "the rules")
  }

  @Test func `the oldest line comes first, whichever way the bank lists them`() throws {
    let rules = "fields date, description, amount"
    let down = "2026-01-03,c,1\n2026-01-02,b,1\n2026-01-02,a,1"
    #expect(try Self.read(down, rules).lines.map(\.description) == ["a", "b", "c"])
    let day = "2026-01-02,b,1\n2026-01-02,a,1"
    #expect(try Self.read(day, rules).lines.map(\.description) == ["b", "a"])
    #expect(
      try Self.read(day, rules + "\nnewest-first").lines.map(\.description) == ["a", "b"])
  }

  @Test func `the day of value, texts and names of accounts are kept`() throws {
    let rules = """
      fields date, date2, description, comment, code, counterparty, reference, bank-id, amount
      account1 assets:bank
      account2 expenses:%description
      """
    let csv = "2026-01-02,2026-01-04, Fee ,monthly,FEE,Bank AG,R1,42,-1"
    let line = try #require(try Self.read(csv, rules).lines.first)
    #expect(line.valued?.text == "2026-01-04")
    #expect(line.text == "Fee monthly")
    #expect(
      [line.code, line.counterparty, line.reference, line.bankID] == [
        "FEE", "Bank AG", "R1", "42",
      ])
    #expect([line.account, line.counterAccount] == ["assets:bank", "expenses:Fee"])
  }
}
