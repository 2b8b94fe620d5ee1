import Domain
import Interchange
import Testing

@testable import CLI
@testable import Operations

/// Reports for paper: a page of HTML, and text of 80 columns and 66 lines.
struct PaperTests {
  private static let hash = String(repeating: "0123456789abcdef", count: 4)

  private func report(_ sheet: Table, heading: String = "Costs of Harbour & Sons") -> Report {
    Report(
      title: "Costs", heading: heading, sheet: sheet, table: sheet, json: .null,
      footing: Footing(highWater: 57, chainHead: Self.hash))
  }

  private func amount(_ minorUnits: Int64) -> Table.Cell {
    .amount(Money(minorUnits: minorUnits), exponent: 2)
  }

  private func paged(_ report: Report) throws -> String {
    try written(report.streamed.printout.pages)
  }

  private func written(_ form: ((String) throws -> Void) throws -> Void) throws -> String {
    var text = ""
    try form { text += $0 }
    return text
  }

  /// The lines of each page.
  private func pages(_ text: String) -> [[String]] {
    text.split(separator: "\u{C}", omittingEmptySubsequences: false).map { page in
      page.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }
  }

  private func expectToFit(_ pages: [[String]]) {
    for page in pages {
      #expect(page.count <= 66)
      for line in page { #expect(TerminalText.width(line) <= 80, "\(line)") }
    }
  }

  // MARK: Pages

  @Test func `a page has its number and heading above, and what it rests on below`() throws {
    var sheet = Table(["account", "net_total"], [[.text("Rent"), amount(1_234_56)]])
    sheet.totals = [[.text("Total"), amount(1_234_56)]]
    let pages = pages(try paged(report(sheet)))
    #expect(pages.count == 1 && pages[0].count == 65)
    #expect(
      pages[0].prefix(8) == [
        "Costs" + String(repeating: " ", count: 63) + "Page 1 of 1",
        "Costs of Harbour & Sons", "", "account  net total", "-------  ---------",
        "Rent      1,234.56", "Total     1,234.56", "",
      ])
    #expect(
      pages[0].suffix(3) == ["", "Ledger high-water: record 57", "Chain head: \(Self.hash)"])
  }

  @Test func `two hundred rows take four pages, parted by form feeds, each under the same titles`()
    throws
  {
    let sheet = Table(
      ["account", "amount"], (1...200).map { [.text("A\($0)"), amount(Int64($0) * 1_000_00)] })
    let text = try paged(report(sheet))
    #expect(text.count { $0 == "\u{C}" } == 3)
    let pages = pages(text)
    expectToFit(pages)
    #expect(pages.count == 4)
    for (index, page) in pages.enumerated() {
      #expect(page[0].hasSuffix("Page \(index + 1) of 4"))
      #expect(page[1] == "Costs of Harbour & Sons" && page[3] == "account      amount")
      #expect(page.last == "Chain head: \(Self.hash)")
    }
    // 65 lines less 3 of heading, 2 of titles and 3 of footing.
    let rows = pages.map { page in page.filter { $0.hasPrefix("A") }.count }
    #expect(rows == [57, 57, 57, 29])
    for number in 1...200 { #expect(text.contains("A\(number) ")) }
    #expect(text.contains("A200     200,000.00"))
  }

  @Test func `an account's title stays with the row below it`() throws {
    var sheet = Table(["account", "amount"], (1...57).map { [.text("A\($0)"), amount(1)] })
    sheet.headings = [56: "The last"]
    let pages = pages(try paged(report(sheet)))
    #expect(pages.count == 2)
    #expect(!pages[0].contains("The last"))
    #expect(pages[1][5] == "The last" && pages[1][6].hasPrefix("A57"))
  }

  @Test func `long and wide names are folded, and amounts are whole`() throws {
    let names = [
      String(repeating: "東京の家賃 ", count: 20), String(repeating: "x", count: 300),
      "Fee\u{1B}]52;c;evil\u{7}\u{202E} " + String(repeating: "very ", count: 30) + "long",
      "  Indented as deep as it stands, and going on upon as many lines as it needs to be read",
    ]
    let sheet = Table(
      ["number", "account", "debit", "credit", "balance"],
      names.map { name in
        [.text("1120"), .text(name)]
          + [9_223_372_036_854_775_80, -1_000_000_00, 1].map { amount($0) }
      })
    let text = try paged(report(sheet))
    expectToFit(pages(text))
    for figure in ["9,223,372,036,854,775.80", "-1,000,000.00", "0.01"] {
      #expect(text.components(of: figure) == names.count, "\(figure)")
    }
    #expect(!text.unicodeScalars.contains("\u{1B}") && !text.unicodeScalars.contains("\u{202E}"))
    #expect(text.contains { $0 == "東" } && text.filter { $0 == "x" }.count == 300)
    #expect(text.filter { $0 == "家" }.count == 20)
  }

  @Test func `more columns than a page is wide go on beside the first on further pages`() throws {
    let columns = (1...20).map { "D\($0)" }
    let sheet = Table(
      titles: ["account"] + columns,
      [
        [.text("4100 Sales in the shop")]
          + (1...20).map { amount(Int64($0) * 1_000_000_00) }
      ])
    let text = try paged(report(sheet))
    let pages = pages(text)
    expectToFit(pages)
    #expect(pages.count > 2)
    for (index, page) in pages.enumerated() {
      #expect(page[0].hasSuffix("Page \(index + 1) of \(pages.count)"))
      #expect(page.contains { $0.hasPrefix("4100 Sales in the shop") })
    }
    for number in 1...20 {
      #expect(text.components(of: " \(number),000,000.00") == 1, "\(number)")
      #expect(text.components(of: " D\(number)\n") + text.components(of: " D\(number) ") == 1)
    }
  }

  @Test func `an account that goes over a page carries its sums to the next`() async throws {
    let shell = try await Shell.withBooks()
    let lines = (1...600).map { _ in "{\"account\":\"6210\",\"amount\":1}" }
    let document =
      "{\"lines\":[\(lines.joined(separator: ",")),"
      + "{\"account\":\"1120\",\"amount\":-600}]}"
    let added = await shell.run(["journal", "add", "--post", "-d", "Rent"], input: document)
    #expect(added.status == 0, "\(added)")
    let printed = await shell.type("report ledger --account 6210 --format paged")
    let pages = pages(printed.output)
    expectToFit(pages)
    #expect(pages.count > 10)
    var booked = 0
    // Each line of the entry is 1.00.
    func sums() -> [[String]] { [["\(booked).00", "0.00", "\(booked).00"]] }
    for (index, page) in pages.enumerated() {
      #expect(page[0].hasSuffix("Page \(index + 1) of \(pages.count)"))
      func figures(_ word: String) -> [[String]] {
        page.map { $0.split(separator: " ").map(String.init) }
          .filter { $0.starts(with: [word, "forward"]) }.map { Array($0.suffix(3)) }
      }
      #expect(figures("Brought") == (index == 0 ? [] : sums()))
      #expect(page.count { $0 == "6210 Running costs:Premises:Rent" } == 1)
      booked += page.count { $0.hasPrefix("2026-11-23  ") }
      let isLast = index == pages.count - 1
      #expect(figures("Carried") == (isLast ? [] : sums()))
      #expect(page.contains { $0.contains("Closing") } == isLast)
    }
    #expect(booked == 600)
  }

  @Test func `what isn't carried takes no room, and nothing is carried behind the last row`() throws
  {
    let row = [Printout.Cell("x")]
    func printed(_ carried: Printout.Carried?) throws -> [[String]] {
      let printout = Printout(title: "T", heading: "H", notes: [], titles: ["a"]) { body in
        for number in 1...60 {
          try body(Printout.Row(row, carried: number == 60 ? nil : carried))
        }
      }
      return pages(try written(printout.pages))
    }
    // 65 lines less 3 of heading, 2 of titles and 1 below.
    let plain = try printed(nil)
    #expect(plain.map { $0.count { $0 == "x" } } == [59, 1])
    let carrying = try printed(
      Printout.Carried(under: "All", foot: [Printout.Cell("on")], head: [Printout.Cell("from")]))
    #expect(carrying.map { $0.count { $0 == "x" } } == [58, 2])
    #expect(carrying[0][63] == "on" && carrying[1][5...6] == ["All", "from"])
    #expect(!carrying[1].contains("on"))
  }

  // MARK: HTML

  @Test func `nothing in a report can leave its cell, run or hide`() throws {
    let hostile = "<script>alert(\"1\")</script>&amp;\u{202E}\u{1B}[2J"
    var sheet = Table(["account", "net_total"], [[.text(hostile), amount(-1_234_50)]])
    sheet.headings = [0: "<b>\(hostile)"]
    sheet.totals = [[.text("Total"), amount(0)]]
    let page = try written(
      report(sheet, heading: "Costs of <Harbour>").streamed.printout.html)
    let text =
      "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;amp;\\u{202e}\\u{1b}[2J"
    #expect(
      page.contains(
        """
        <table>
        <thead>
        <tr><th scope="col">account</th><th scope="col" class="number">net total</th></tr>
        </thead>
        <tbody>
        </tbody>
        <tbody>
        <tr><th scope="rowgroup" colspan="2">&lt;b&gt;\(text)</th></tr>
        <tr><th scope="row">\(text)</th><td class="number">-1,234.50</td></tr>
        </tbody>
        <tfoot>
        <tr><th scope="row">Total</th><td class="number">0.00</td></tr>
        </tfoot>
        </table>
        """), "\(page)")
    #expect(
      page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"))
    #expect(page.contains("<title>Costs of &lt;Harbour&gt;</title>"))
    #expect(page.contains("<p>Chain head: \(Self.hash)</p>") && page.hasSuffix("</html>\n"))
    #expect(!page.contains("<script") && !page.contains("http") && page.contains("@media print"))
  }

  // MARK: At the command line

  private static let reports = [
    "trial-balance", "trial-balance --compare prior-year", "trial-balance --roll-forward",
    "balance-sheet", "income-statement --compare prior-year", "cash-flow",
    "register 1120", "ledger", "budget --drafts --period 2026-11", "departments",
  ]

  @Test(arguments: reports)
  func `every report is printed for paper, with the head of the audit chain`(
    _ report: String
  ) async throws {
    let shell = try await Shell.withBooks()
    _ = await shell.type("journal add 6210 934.50 1120 -d Rent --post")
    let paged = await shell.type("report \(report) --format paged")
    #expect(paged.status == 0 && paged.errors.isEmpty, "\(paged)")
    let pages = pages(paged.output)
    expectToFit(pages)
    #expect(pages.count == 1 && pages[0][0].hasSuffix("Page 1 of 1"))
    #expect(pages[0][1].contains("Harbour & Sons"))
    let head = try #require(pages[0].last?.split(separator: " ").last)
    let verified = await shell.type("audit verify --format json")
    #expect(head.count == 64 && verified.output.contains("\"hash\":\"\(head)\""), "\(verified)")
    let page = await shell.type("report \(report) --format html")
    #expect(page.status == 0 && page.output.contains("<p>Chain head: \(head)</p>"), "\(page)")
    #expect(page.output.contains("Harbour &amp; Sons"))
    for text in [paged.output, page.output] { #expect(text.contains("934.50"), "\(report)") }
    let seen = await shell.run(
      ["report"] + report.split(separator: " ").map(String.init) + ["--format", "paged"],
      terminal: true)
    #expect(seen.output == paged.output)
  }

  @Test func `a worksheet goes on beside the names of its rows`() async throws {
    let shell = try await Shell.withBooks()
    _ = await shell.type("journal add 6210 934.50 1120 -d Rent --post")
    let pages = pages(await shell.type("report trial-balance --worksheet --format paged").output)
    expectToFit(pages)
    #expect(pages.count == 2)
    for page in pages {
      for name in ["1120", "6210 Rent", "Net income", "Total"] {
        #expect(page.contains { $0.hasPrefix(name) }, "\(name)")
      }
    }
    let page = await shell.type("report trial-balance --worksheet --format html")
    #expect(page.output.contains(#"<th scope="col" class="number">income cr</th>"#), "\(page)")
    #expect(page.output.contains("<h1>Worksheet</h1>"))
  }

  @Test(arguments: ["text", "html", "paged"])
  func `a snapshot is printed with what proves it`(_ format: String) async throws {
    let shell = try await Shell.withBooks()
    _ = await shell.type("journal add 6210 934.50 1120 -d Rent --post")
    _ = await shell.type("report snapshot take")
    let list = await shell.type("report snapshot list --format csv")
    let hash = try #require(list.lines.last?.split(separator: ",").last)
    let answer = await shell.type("report snapshot show 1 --format \(format)")
    #expect(answer.status == 0 && hash.count == 64, "\(answer)")
    for text in ["Snapshot 1 of Harbour", "SHA-256", String(hash), "934.50"] {
      #expect(answer.output.contains(text), "\(answer)")
    }
  }

  @Test(arguments: ["html", "paged"])
  func `open items are printed with the account that proves them`(_ format: String) async throws {
    let shell = try await Shell.withBooks()
    _ = await shell.type("journal add 1210 934.50 4100 -d Invoice --payee Acme --post")
    _ = await shell.type("journal add 1210 5 4100 -d Somebody --post")
    let answer = await shell.type("report open-items 1210 --by party --format \(format)")
    #expect(answer.status == 0, "\(answer)")
    // Of what Acme owes and the 5.00 of nobody: 939.50, by the items and by the account.
    for text in [
      "934.50", "939.50", "proved", "Chain head: ", "1 lines name no party", "Open items of 1210",
    ] { #expect(answer.output.contains(text), "\(text) in \(answer)") }
    if format == "paged" { expectToFit(pages(answer.output)) }
  }

  @Test(arguments: ["html", "paged"])
  func `what was kept is listed on paper`(_ format: String) async throws {
    let shell = try await Shell.withBooks()
    _ = await shell.type("journal add 6210 934.50 1120 -d Rent --post")
    _ = await shell.type("report snapshot take")
    let answer = await shell.type("report snapshot list --format \(format)")
    #expect(answer.status == 0, "\(answer)")
    for text in ["934.50", "Olive", "Chain head: "] {
      #expect(answer.output.contains(text), "\(text) in \(answer)")
    }
    if format == "paged" { expectToFit(pages(answer.output)) }
    let json = await shell.type("report snapshot list --format json").output
    #expect(json.hasPrefix(#"{"items":[{"id":"1","#) && json.hasSuffix(#""next":null}"# + "\n"))
  }

  @Test func `only reports are printed for paper`() async throws {
    let shell = try await Shell.withBooks()
    for format in ["html", "paged"] {
      let answer = await shell.type("account list --format \(format)")
      #expect(answer.status == 2 && answer.output.isEmpty, "\(answer)")
      let help = await shell.type("report ledger --help").output
      #expect(help.contains(format))
      #expect(await !shell.type("account list --help").output.contains(format))
    }
  }

  @Test func `what no rate has valued is said on the paper too`() async throws {
    let shell = try await Shell.withBooks()
    let path = shell.file(
      "shares.journal",
      """
      2026-11-02 Shares
          assets:shares    10 ACME
          equity:opening
      """.utf8)
    #expect(await shell.type("import journal \(path)").status == 0)
    for format in ["html", "paged"] {
      let answer = await shell.type("report trial-balance --format \(format)")
      #expect(answer.output.contains("2 lines in a foreign currency have no rate yet"), "\(answer)")
    }
  }
}

extension String {
  /// How often `part` is in it.
  fileprivate func components(of part: String) -> Int {
    split(separator: part, omittingEmptySubsequences: false).count - 1
  }
}
