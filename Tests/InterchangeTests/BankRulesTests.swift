import Domain
import Interchange
import Testing

/// hledger's CSV rules, as far as they are taken here; the rest is refused with its place.
struct BankRulesTests {
  private static func read(_ csv: String, _ rules: String) throws -> ForeignStatement {
    try BankFile.read(
      path: "bank.csv", rules: "rules",
      files: .inMemory(["bank.csv": Array(csv.utf8), "rules": Array(rules.utf8)]))
  }

  /// What rules make of lines whose fields are a day, a text, an amount and a name.
  private static func accounts(_ lines: [String], _ rules: String) throws -> [String] {
    let csv = lines.map { "2026-01-02,\($0)\n" }.joined()
    return try read(csv, "fields date, description, amount, who\n" + rules).lines
      .map(\.counterAccount)
  }

  private static func error(_ rules: String) -> String {
    do {
      let taken = try read("2026-01-02,x,1\n", rules).lines
      return "taken: \(taken)"
    } catch let error as ImportError {
      return error.text
    } catch {
      return "\(error)"
    }
  }

  @Test func `the last rule that holds counts, conditions before the rest`() throws {
    let rules = """
      account2 other
      if coffee
       account2 food

      if
      ^2026-01-02,Tea
      BIG
       account2 drinks
      account2 unknown
      """
    #expect(
      try Self.accounts(["Coffee,-1,x", "Tea,-1,x", "Big Coffee,-1,x", "Rent,-1,x"], rules)
        == ["food", "drinks", "drinks", "unknown"])
  }

  @Test func `a pattern may be of one field, of what it must not be, and of several at once`()
    throws
  {
    let rules = """
      if %who ^acme$
       account2 acme
      if %amount -
      & ! %who acme
       account2 spent
      if %3 ^1$
      && %description tea|coffee
       account2 earned
      """
    #expect(
      try Self.accounts(
        ["acme,1,ACME", "acme,1,x", "Rent,-1,x", "Rent,-1,Acme", "Tea,1,x", "Milk,1,x"], rules)
        == ["acme", "", "spent", "acme", "earned", ""])
  }

  @Test func `records are left out before the lines, and by conditions among them`() throws {
    let rules = """
      skip 2
      fields date, description, amount
      if ^Balance
       skip
      if PAGE
       skip 2
      if ^Total
       end
      """
    let csv = """
      Account,1

      Date,Text,Amount
      2026-01-02,a,1
      Balance,9
      2026-01-02,b,2
      PAGE 2,
      Date,Text,Amount
      2026-01-02,c,3
      Total,6
      2026-01-02,d,4
      """
    #expect(try Self.read(csv, rules).lines.map(\.description) == ["a", "b", "c"])
  }

  @Test func `values are put together from fields by name, by number, and words`() throws {
    let rules = """
      # Names may be used above the line that has them.
      description: %KIND of %4, 5% off
      fields date, "kind", , who
      amount %3 CHF
      """
    let line = try #require(try Self.read("2026-01-02,Rent,-1.50,Anna", rules).lines.first)
    #expect(line.description == "Rent of Anna, 5% off")
    #expect(line.currency == "CHF" && line.amount == Quantity(-150, decimals: 2))
  }

  @Test func `hledger's numbered names of the bank's own posting are the same`() throws {
    let rules = "fields date, amount1-out, amount1-in, balance1\ncurrency1 £"
    let line = try #require(try Self.read("2026-01-02,2.00,,98.00", rules).lines.first)
    #expect(line.amount == Quantity(-2) && line.balance == Quantity(98) && line.currency == "£")
  }

  @Test func `what has no bearing is said, and passed over`() throws {
    let rules = "fields date, amount\nstatus *\nencoding UTF-8"
    let read = try Self.read("2026-01-02,1", rules)
    #expect(read.warnings.map(\.text) == ["rules:2:1: “status” has no effect here"])
  }

  @Test(arguments: [
    ("fields date, amount\nfoo bar", "rules:2:1: “foo” is no rule; comments begin with #"),
    ("fields date, amount\n@x", "rules:2:1: “@x” is no rule; comments begin with #"),
    (
      "fields date, amount\n account2 x",
      "rules:2:2: an indented line belongs to the condition above it, and there is none; "
        + "remove the indent"
    ),
    (
      "fields date, amount\ndescription a %nme",
      "rules:2:15: no field is called “%nme”; name it in fields, or write its number as %1"
    ),
    (
      "fields date, amount\nif %nme x\n account2 y",
      "rules:2:4: no field is called “%nme”; name it in fields, or write its number as %1"
    ),
    (
      "fields date, amount\nif x\n\naccount2 y",
      "rules:2:1: nothing follows from this condition; indent what does below it"
    ),
    ("fields date, amount\nif\n account2 y", "rules:2:1: a pattern is missing here"),
    ("fields date, amount\nif %amount\n account2 y", "rules:2:11: a pattern is missing here"),
    (
      "fields date, amount\nif (x\n account2 y",
      "rules:2:4: “(x” is not a regular expression; check its brackets"
    ),
    (
      "fields date, amount\nif (x)\n account2 \\1",
      "rules:3:11: what a pattern matched can't be put into a value; write the words"
    ),
    ("fields date, amount\nskip x", "rules:2:6: “x” is not a number from 0 to 100000"),
    ("fields date, amount\nminor-units 10", "rules:2:13: “10” is not a number from 0 to 9"),
    (
      "fields date, amount\nseparator ab",
      "rules:2:11: “ab” separates nothing; write one sign, such as ; or TAB"
    ),
    (
      "fields date, amount\ndate-format %d.%m",
      "rules:2:13: “%d.%m” names no whole day; write it as %d.%m.%Y or %Y-%m-%d"
    ),
    (
      "fields date, amount\ndate-format %j %Y %m %d",
      "rules:2:13: “%j %Y %m %d” names no whole day; write it as %d.%m.%Y or %Y-%m-%d"
    ),
    ("fields date, amount\ndecimal-mark ;", "rules:2:14: the decimal mark is . or ,"),
    (
      "fields date, amount\nencoding iso-8859-1",
      "rules:2:10: “iso-8859-1” is not taken; save the bank's file as UTF-8 and write encoding "
        + "utf-8"
    ),
    (
      "fields date",
      "rules: no rule says where the amount stands; name a field amount, or "
        + "amount-in and amount-out"
    ),
    ("fields amount", "rules: no rule says where the day stands; name a field date"),
  ])
  func `what is wrong with rules is pointed at`(rules: String, expected: String) {
    #expect(Self.error(rules) == expected)
  }

  @Test(arguments: [
    ("fields date, amount\ninclude other.rules", "rules:2:1: “include” is not taken"),
    ("fields date, amount\nif,account2\nx,y", "rules:2:1: “if,” is not taken"),
    ("fields date, amount, amount2", "rules:1:21: “amount2” is not taken"),
    ("fields date, amount\naccount3 x", "rules:2:1: “account3” is not taken"),
    ("fields date, amount\nif x\n amount2-in 5", "rules:3:2: “amount2-in” is not taken"),
    ("fields date, amount\ntimezone CET", "rules:2:1: “timezone” is not taken"),
  ])
  func `hledger's rules for other things than a line of a statement are refused`(
    rules: String, expected: String
  ) {
    let error = Self.error(rules)
    #expect(error.hasPrefix(expected), "\(error)")
  }

  @Test func `no more patterns are tried than a limit says`() {
    let patterns = Array(repeating: "x", count: BankLimits.conditions + 1)
    let rules = "fields date, amount\nif\n" + patterns.joined(separator: "\n") + "\n account2 y"
    #expect(Self.error(rules) == "rules:2003:1: there are more than 2000 patterns")
  }
}
