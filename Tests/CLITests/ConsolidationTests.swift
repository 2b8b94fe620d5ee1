import Domain
import Testing

@testable import CLI

/// A harbour in US dollars and four fifths of a pier in euros, which it charged 198.00.
struct ConsolidationTests {
  private static let group = """
    name: Harbour group
    currency: USD
    parent: harbour
    translation: 3500
    tolerance: 5
    members:
      pier:
        ownership: 80
        rates: {closing: 1.10, average: 1.08, historical: 1.05}
    intercompany:
      - kind: receivable
        here: {harbour: [1270]}
        there: {pier: [2160]}
      - kind: revenue
        here: {harbour: [4500]}
        there: {pier: [6600]}
    adjustments:
      - text: Audit of the group
        lines: {6600: 50, 1120: -50}

    """

  private func books() async throws -> Shell {
    let shell = try await Shell.withBooks()
    _ = await shell.type("business create Pier --currency EUR")
    for line in [
      "1120 900 3100 --business harbour", "1270 198 4500 --business harbour",
      "1120 500 3100 --business pier", "6600 180 2160 --business pier",
    ] {
      let answer = await shell.type("journal add \(line) -d Books --date 2 --post")
      #expect(answer.status == 0, "\(answer)")
    }
    return shell
  }

  private func report(
    _ options: String = "", _ group: String = group, as role: Role = .owner, in shell: Shell
  ) async -> Answer {
    let path = shell.file("group.yaml", group.utf8)
    return await shell.type("report consolidated \(path) \(options)", as: role)
  }

  @Test func `the trial balance has a column for each member and the sum of them`() async throws {
    let answer = await report("--format csv", in: try await books())
    // The pier at 1.10, 1.08 and 1.05 leaves 21.40. Others own a fifth of 546.40, and of a loss of
    // 194.40: 109.28 less 38.88.
    #expect(
      answer.lines == [
        "number,account,type,harbour,pier,eliminations,adjustments,group",
        "1120,Assets:Cash and banks:Current account,asset,900.00,550.00,0.00,-50.00,1400.00",
        "1270,Assets:Receivables:Due from group companies,asset,198.00,0.00,-198.00,0.00,0.00",
        "2160,Liabilities:Payables:Due to group companies,liability,0.00,-198.00,198.00,0.00,0.00",
        #"3100,"Equity:Partners' capital",equity,-900.00,-525.00,105.00,0.00,-1320.00"#,
        "3500,Equity:Translation adjustment,equity,0.00,-21.40,4.28,0.00,-17.12",
        "4500,Income:Costs charged on,revenue,-198.00,0.00,198.00,0.00,0.00",
        "6600,Running costs:Legal and accounting fees,expense,0.00,194.40,-194.40,50.00,50.00",
        ",Non-controlling interest,equity,0.00,0.00,-70.40,0.00,-70.40",
        ",Non-controlling share of the earnings,contra_equity,0.00,0.00,-38.88,0.00,-38.88",
        #","Tolerated difference: revenue, harbour 4500 and pier 6600",expense,"#
          + "0.00,0.00,-3.60,0.00,-3.60",
      ], "\(answer)")
    #expect(answer.errors.isEmpty)
  }

  @Test func `people read the sums, which are nothing, and what was matched`() async throws {
    let lines = await report(in: try await books()).lines
    #expect(lines.first == "Consolidated trial balance of Harbour group as of 2026-11-23, USD")
    let total = lines.first { $0.hasPrefix("Total") }
    #expect(
      total?.split(separator: " ") == ["Total", "0.00", "0.00", "0.00", "0.00", "0.00"])
    let last = lines.suffix(2).map { $0.split(separator: " ").suffix(4).joined(separator: " ") }
    #expect(last == ["exact 198.00 -198.00 0.00", "tolerance -198.00 194.40 -3.60"])
  }

  /// 194.40 : 1.25 = 155.52, and 3.60 : 1.25 = 2.88.
  @Test func `a group can be read in another currency, at one rate`() async throws {
    let shell = try await books()
    let text = await report("--in EUR --rate 1.25", in: shell).lines
    #expect(
      text.first == "Consolidated trial balance of Harbour group as of 2026-11-23, EUR, "
        + "convenience translation at 1.25 USD per EUR")
    let last = text.suffix(2).map { $0.split(separator: " ").suffix(4).joined(separator: " ") }
    #expect(last == ["exact 158.40 -158.40 0.00", "tolerance -158.40 155.52 -2.88"])
    let csv = await report("--in EUR --rate 1.25 --format csv", in: shell).lines
    #expect(
      csv.contains(
        "1120,Assets:Cash and banks:Current account,asset,720.00,440.00,0.00,-40.00,1120.00"),
      "\(csv)")
    let json = await report("--in EUR --rate 1.25 --format json", in: shell).output
    #expect(json.contains(#""group":"Harbour group","currency":"EUR","#), "\(json)")
    #expect(json.contains(#""currency":"EUR","ownership":80,"closing":1.1,"#), "\(json)")
    #expect(
      json.contains(
        #""convenience_translation":{"currency":"EUR","base_currency":"USD","rate":1.25}"#))
    // -3.60 : 16 = -0.225.
    let even = Self.group.replacing("parent:", with: "rounding: half_even\nparent:")
    for (group, expected) in [(Self.group, "-0.23"), (even, "-0.22")] {
      let rounded = await report("--in EUR --rate 16 --format csv", group, in: shell).lines
      #expect(rounded.last?.hasSuffix(",0.00,0.00,\(expected),0.00,\(expected)") == true)
    }
    let own = await report("--in USD --rate 1", in: shell)
    #expect(own.status == 2 && own.errors.contains("The group is in USD"), "\(own)")
  }

  @Test func `as JSON it says what it was made with`() async throws {
    let output = await report("--format json", in: try await books()).output
    for part in [
      #"{"statement":"trial-balance","group":"Harbour group","currency":"USD","#
        + #""from":"2026-01-01","as_of":"2026-11-23","known_at":null,"members":["#
        + #"{"slug":"harbour","name":"Harbour & Sons","currency":"USD","ownership":100,"#
        + #""closing":null,"average":null,"historical":null,"opening":null},"#
        + #"{"slug":"pier","name":"Pier","currency":"EUR","ownership":80,"#
        + #""closing":1.1,"average":1.08,"historical":1.05,"opening":null}],"lines":["#,
      #"{"number":"1120","account":"Assets:Cash and banks:Current account","type":"asset","#
        + #""members":{"harbour":900.00,"pier":550.00},"eliminations":0.00,"#
        + #""adjustments":-50.00,"group":1400.00}"#,
      #"{"number":null,"account":"Non-controlling interest","type":"equity","#,
      #""eliminations":[{"pair":"receivable, harbour 1270 and pier 2160","match":"exact","#
        + #""here":198.00,"there":-198.00,"difference":0.00},"#,
    ] { #expect(output.contains(part), "\(part) in \(output)") }
  }

  @Test func `the statements have the same columns, and say whose the earnings are`() async throws {
    let shell = try await books()
    let balance = await report("--statement balance-sheet --format csv", in: shell).lines
    #expect(
      balance.first
        == "item,number,account,level,harbour,pier,eliminations,adjustments,group")
    #expect(balance.contains("total_asset,,,0,1098.00,550.00,-198.00,-50.00,1400.00"))
    #expect(
      balance.last == "total_liabilities_and_equity,,,0,1098.00,550.00,-198.00,-50.00,1400.00")
    let income = await report("--statement income-statement --format csv", in: shell).lines
    #expect(
      income.suffix(3) == [
        "net_income,,,0,198.00,-194.40,0.00,-50.00,-46.40",
        "net_income_of_parent,,,1,0.00,0.00,0.00,0.00,-7.52",
        "net_income_of_others,,,1,0.00,0.00,0.00,0.00,-38.88",
      ])
    let earlier = await report(
      "--statement income-statement --from 2026-11-03 --format csv", in: shell
    ).lines
    #expect(earlier.contains("net_income,,,0,0.00,0.00,0.00,-50.00,-50.00"))
    let text = await report("--statement income-statement", in: shell).lines
    #expect(
      text.first
        == "Consolidated income statement of Harbour group from 2026-01-01 to 2026-11-23, USD")
  }

  @Test func `the cash flow has them too, with what exchange rates did to cash`() async throws {
    let shell = try await books()
    let answer = await report("--statement cash-flow --format csv", in: shell)
    let lines = answer.lines
    // The pier's 500.00 came in at 1.05 and are there at 1.10: 25.00. A fifth of them is others'.
    for line in [
      "net_income,,,1,198.00,-194.40,0.00,-50.00,-46.40",
      "total_financing,,,0,900.00,525.00,0.00,0.00,1425.00",
      "exchange_effect,,,0,0.00,25.00,0.00,0.00,25.00",
      "net_change,,,0,900.00,550.00,0.00,-50.00,1400.00",
      "cash_at_end,,,0,900.00,550.00,0.00,-50.00,1400.00",
    ] { #expect(lines.contains(line), "\(line) in \(answer)") }
    #expect(lines.contains { $0.contains("Non-controlling interest") && $0.hasSuffix(",105.00") })
    #expect(!lines.contains { $0.hasPrefix("unexplained") })
    #expect(
      await report("--statement cash-flow", in: shell).lines.first
        == "Consolidated cash flow of Harbour group from 2026-01-01 to 2026-11-23, USD")
  }

  @Test func `a group is shown as all its books stood at a moment`() async throws {
    let shell = try await books()
    let before = await report("--format csv", in: shell)
    let later = Shell.now.adding(seconds: 60)
    let late = await shell.run(
      "journal add 1120 11 3100 --business pier -d Late --date 2 --post".split(separator: " ")
        .map(String.init), at: later)
    #expect(late.status == 0, "\(late)")
    #expect(await report("--format csv --known-at \(Shell.now.text)", in: shell) == before)
    let now = await report("--format csv", in: shell).lines
    // 511.00 at 1.10.
    #expect(now.contains { $0.hasPrefix("1120,") && $0.contains(",900.00,562.10,") }, "\(now)")
    let text = await report("--known-at 2026-11-23", in: shell).lines
    #expect(text.first?.contains(", USD, known at 2026-11-") == true, "\(text)")
    let json = await report("--format json --known-at \(Shell.now.text)", in: shell).output
    #expect(json.contains(#""known_at":"\#(Shell.now.text)","members":["#), "\(json)")
    let unreadable = await report("--known-at soon", in: shell)
    #expect(unreadable.status != 0 && unreadable.output.isEmpty, "\(unreadable)")
  }

  @Test(arguments: ["html", "paged"])
  func `on paper it rests on the books of each member`(_ format: String) async throws {
    let shell = try await books()
    let answer = await report("--format \(format)", in: shell)
    #expect(answer.status == 0 && answer.errors.isEmpty, "\(answer)")
    for text in ["Consolidated trial balance of Harbour group", "1,400.00", "tolerance"] {
      #expect(answer.output.contains(text), "\(text) in \(answer)")
    }
    let heads = answer.output.matches(of: #/of (harbour|pier):\s+([0-9a-f]{64})/#)
    // Of paper every page says it.
    #expect(heads.map(\.output.1).prefix(2) == ["harbour", "pier"], "\(answer)")
    #expect(Set(heads.map(\.output.2)).count == 2)
    #expect(answer.output.contains("Ledger high-water of pier: record "))
  }

  @Test func `a business alone is its own trial balance`() async throws {
    let shell = try await books()
    let group = "name: Alone\ncurrency: USD\nparent: harbour\n"
    let alone = await report("--format csv", group, in: shell).lines.dropFirst()
    let own = await shell.type("report trial-balance --business harbour --format csv").lines
      .dropFirst()
    func sums(_ fields: [Substring]) -> String { "\(fields[0]) \(fields[fields.count - 1])" }
    let held = own.map { line -> String in
      let fields = line.split(separator: ",")
      return "\(fields[0]) \(fields[4] == "0.00" ? "-" + fields[5] : fields[4])"
    }
    #expect(alone.map { sums($0.split(separator: ",")) } == held)
    #expect(held.count == 4)
  }

  @Test func `whoever may not in one of them is told in which, and sees nothing`() async throws {
    let shell = try await books()
    let manager = await report(as: .manager, in: shell)
    #expect(
      manager
        == Answer(
          status: 3, output: "",
          errors: "harbour: Your role (Manager) does not hold consolidation.run.\n"))
    let director = await report(as: .director, in: shell)
    #expect(director.status == 3 && director.output.isEmpty)
    #expect(director.errors.contains("a business pier"), "\(director)")
  }

  @Test func `what is wrong with the file or the group is said, with where`() async throws {
    let shell = try await books()
    let typo = await report("", Self.group.replacing("ownership", with: "owned"), in: shell)
    #expect(typo.status == 1 && typo.output.isEmpty)
    #expect(
      typo.errors
        == "\(shell.folder)/group.yaml:8: owned is not known here. Known are ownership, rates, "
        + "accounts.\n")
    let unmapped = await report(
      "", Self.group.replacing("ownership: 80", with: "accounts: {6600: 9999}"), in: shell)
    #expect(
      unmapped
        == Answer(
          status: 1, output: "",
          errors: "6600 Legal and accounting fees of pier has no account 9999 in the group. "
            + "Name another under accounts.\n"))
    let none = await shell.type("report consolidated \(shell.folder)/none.yaml")
    #expect(none.errors == "\(shell.folder)/none.yaml: there is no such file.\n")
    let other = await report("--business pier", in: shell)
    #expect(other.status == 2 && other.errors.contains("leave --business out"), "\(other)")
    #expect(await report("--from 2026-11-20 --as-of 2026-11-19", in: shell).status == 2)
  }

  @Test func `equity without a rate of its own is at the closing one, and that is said`()
    async throws
  {
    let answer = await report(
      "--format csv", Self.group.replacing(", historical: 1.05", with: ""), in: try await books())
    #expect(answer.errors.hasPrefix("Equity of pier is at the closing rate"), "\(answer)")
    #expect(answer.lines.contains { $0.hasPrefix("3100,") && $0.contains(",-550.00,") })
  }
}
