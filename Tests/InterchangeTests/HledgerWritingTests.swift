import Domain
import Foundation
import Interchange
import Testing

/// What is written must be read back the same, by this program and by hledger.
struct HledgerWritingTests {
  private static let names = [
    "own-dates-comments", "own-formats-eu", "own-costs-assertions", "gen-multi-1200",
    "gen-dollar-600", "gen-cost-300", "gen-unicode-300",
  ]

  @Test(arguments: names)
  func `a journal that is written and read again is the same`(name: String) throws {
    let journal = try Self.journal(name)
    let again = try HledgerJournal.read(text: HledgerJournal.write(journal))
    #expect(try Sums(again) == Sums(journal))
    #expect(again.identities == journal.identities)
    #expect(again.entries.map(\.comment) == journal.entries.map(\.comment))
    #expect(again.entries.map(\.tags) == journal.entries.map(\.tags))
    #expect(again.entries.map(\.status) == journal.entries.map(\.status))
    #expect(again.accounts.map(\.type) == journal.accounts.map(\.type))
    #expect(again.prices.map(\.rate) == journal.prices.map(\.rate))
    #expect(
      again.entries.flatMap(\.postings).map(\.comment)
        == journal.entries.flatMap(\.postings).map(\.comment))
  }

  @Test func `an entry is written as a person would`() throws {
    let position = SourcePosition(file: "", line: 1)
    let day = try #require(Day("2024-01-05"))
    let entry = ForeignEntry(
      day: day, secondaryDay: day.adding(days: 2), status: .cleared, code: "17",
      payee: "Client", description: "first invoice", comment: "thanks\nagain",
      tags: [ForeignTag(name: "due", value: "soon")], position: position,
      postings: [
        ForeignPosting(
          account: "Assets:Bank", amount: ForeignAmount(Quantity(-1050, decimals: 2), "EUR"),
          cost: ForeignAmount(Quantity(-1150, decimals: 2), "$"), position: position),
        ForeignPosting(
          account: "Income", amount: ForeignAmount(Quantity(1150, decimals: 2), "$"),
          day: day.adding(days: 30), comment: "late", position: position),
      ])
    let journal = ForeignJournal(
      accounts: [
        ForeignAccount(path: "Assets:Bank", type: .cash, comment: "at hand", position: position)
      ],
      commodities: [
        ForeignCommodity(symbol: "EUR", decimals: 2, neededDecimals: 2),
        ForeignCommodity(symbol: "$", decimals: 2, neededDecimals: 2, placement: .left),
      ], entries: [entry])
    #expect(
      HledgerJournal.write(journal) == """
        commodity 1000.00 EUR
        commodity $1000.00
        account Assets:Bank  ; at hand
            ; type:C

        2024-01-05=2024-01-07 * (17) Client | first invoice  ; thanks
            ; again
            ; due:soon
            Assets:Bank  -10.50 EUR @@ $11.50
            Income  $11.50  ; late
            ; date:2024-02-04


        """)
  }

  @Test func `no text can add a line, an amount or a day`() throws {
    let journal = try Self.hostileJournal()
    let written = HledgerJournal.write(journal)
    let again = try HledgerJournal.read(text: written)
    #expect(again.entries.count == journal.entries.count)
    for (entry, original) in zip(again.entries, journal.entries) {
      #expect(entry.day == original.day)
      #expect(entry.status == original.status)
      #expect(entry.postings.map(\.amount.quantity) == original.postings.map(\.amount.quantity))
      #expect(entry.postings.map(\.kind) == original.postings.map(\.kind))
      #expect(entry.postings.map(\.day) == original.postings.map(\.day))
    }
    #expect(again.warnings.isEmpty)
    let controls = written.unicodeScalars.filter {
      $0.properties.generalCategory == .control && $0 != "\n" && $0 != "\t"
    }
    #expect(controls.isEmpty)
  }

  @Test func `symbols that could be numbers or comments are quoted`() throws {
    for symbol in ["a b", "5%", "x;y", "\"", "#", "%", "*", "-", "e5", "a\nb", "(x)", "=", "@"] {
      let position = SourcePosition(file: "", line: 1)
      let journal = ForeignJournal(entries: [
        ForeignEntry(
          day: Day(sinceEpoch: 0), description: "x", position: position,
          postings: [
            ForeignPosting(
              account: "a", amount: ForeignAmount(Quantity(1), symbol), kind: .virtualUnbalanced,
              position: position)
          ])
      ])
      let again = try HledgerJournal.read(text: HledgerJournal.write(journal))
      #expect(again.entries[0].postings.map(\.amount.quantity) == [Quantity(1)], "\(symbol)")
    }
  }

  @Test(.enabled(if: Hledger.path != nil, "hledger is not installed"), arguments: names)
  func `hledger gets the same balances from what is written`(name: String) throws {
    let journal = try Self.journal(name)
    let sums = try Hledger.sums(of: HledgerJournal.write(journal))
    #expect(try sums == Sums(journal))
  }

  @Test(.enabled(if: Hledger.path != nil, "hledger is not installed"))
  func `hledger reads hostile text as nothing but text`() throws {
    let journal = try Self.hostileJournal()
    let written = HledgerJournal.write(journal)
    let again = try HledgerJournal.read(text: written)
    let sums = (try Hledger.sums(of: written), try Sums(again))
    let lines = sums.0.description.split(separator: "\n")
    #expect(lines.difference(from: sums.1.description.split(separator: "\n")).isEmpty)
  }

  private static func journal(_ name: String) throws -> ForeignJournal {
    try HledgerJournal.read(path: Oracles.fixtures + "/journals/\(name).journal")
  }

  /// An entry for each nasty string, which stands wherever text can stand.
  private static func hostileJournal() throws -> ForeignJournal {
    let position = SourcePosition(file: "", line: 1)
    let day = try #require(Day("2024-01-31"))
    let entries = try nastyStrings().map { text in
      ForeignEntry(
        day: day, code: text, payee: text, description: text, comment: text,
        tags: [ForeignTag(name: text, value: text)], position: position,
        postings: [
          ForeignPosting(
            account: text, amount: ForeignAmount(Quantity(125, decimals: 2), "EUR"), comment: text,
            position: position),
          ForeignPosting(
            account: "b", amount: ForeignAmount(Quantity(-125, decimals: 2), "EUR"), day: day,
            comment: text, position: position),
          ForeignPosting(
            account: text, amount: ForeignAmount(Quantity(7), text), kind: .virtualUnbalanced,
            position: position),
        ])
    }
    return ForeignJournal(
      accounts: entries.map {
        ForeignAccount(
          path: $0.description, type: .asset, comment: $0.description, position: position)
      },
      commodities: [ForeignCommodity(symbol: "EUR", decimals: 2, neededDecimals: 2)],
      entries: entries)
  }

  private static func nastyStrings() throws -> [String] {
    struct Row: Decodable { let text: String }
    let lines = try String(
      contentsOfFile: Oracles.fixtures + "/nasty/strings.jsonl", encoding: .utf8
    ).split(separator: "\n")
    let nasty = try lines.map { try JSONDecoder().decode(Row.self, from: Data($0.utf8)).text }
    let ours = [
      "x\n2024-02-01 injected\n    a  5\n    b", "x  ; y", "x;y", "* x", "! x", "(x) y", "(x", "x)",
      "(x)", "[x]", "[[x]]", "a|b", "|", "date:2024-99-99", "date2:x", "[2024-13-45]", "[=1/2]",
      "type:Q", "a  10 USD", "= 5", "@ 3", "{5}", "x\r\ny", "\t", " ", "", ":", "::", "end comment",
      "comment", "\u{1B}[31m", "\u{85}", "\u{2028}", "a,b:c", "\u{FEFF}", ";;;", "%", "#",
      ";\u{301}x", "(\u{301}x)", "x|\u{301}", "*\u{301}", "date:\u{301}", "[\u{301}1/1]",
      ":\u{301}",
      "\"\u{301}", ")\u{301}",
    ]
    return nasty.filter { $0.utf8.count < 500 } + ours
  }
}

/// hledger itself, where it is installed.
enum Hledger {
  static let path = ["/usr/bin/hledger", "/usr/local/bin/hledger"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  /// Each posting's account, commodity and amount as hledger prints them, added up.
  static func sums(of journal: String) throws -> Sums {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).journal")
    defer { try? FileManager.default.removeItem(at: file) }
    try journal.write(to: file, atomically: true, encoding: .utf8)
    let process = Process()
    process.executableURL = URL(filePath: try #require(path))
    process.arguments = ["-f", file.path, "print", "-O", "json"]
    process.environment = ["LC_ALL": "C.UTF-8"]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "hledger refuses:\n\(journal.prefix(2000))")
    var sums = Sums()
    for posting in try JSONDecoder().decode([Entry].self, from: data).flatMap(\.tpostings) {
      for amount in posting.pamount {
        let number = amount.aquantity
        try sums.add(
          Quantity(Int128(number.decimalMantissa), decimals: number.decimalPlaces),
          posting.paccount, amount.acommodity)
      }
    }
    return sums
  }

  private struct Entry: Decodable { let tpostings: [Posting] }
  private struct Posting: Decodable {
    let paccount: String
    let pamount: [Amount]
  }
  private struct Amount: Decodable {
    let acommodity: String
    let aquantity: Number
  }
  private struct Number: Decodable {
    let decimalMantissa: Int
    let decimalPlaces: Int
  }
}
