import Domain
import Interchange
import Testing

/// What each form of hledger's language means.
struct HledgerReadingTests {
  @Test(arguments: [
    ("10", "10", ""), ("$10", "10", "$"), ("-$10", "-10", "$"), ("$-10", "-10", "$"),
    ("$ - 10", "-10", "$"), ("+5 EUR", "5", "EUR"), ("10 USD", "10", "USD"),
    ("USD10", "10", "USD"), ("10USD", "10", "USD"), ("$1,000.00", "1000", "$"),
    ("1.000,00 EUR", "1000", "EUR"), ("1 000 kr", "1000", "kr"), ("1 000,50 kr", "1000.5", "kr"),
    ("1\u{A0}000,50 kr", "1000.5", "kr"), ("₹1,00,00,000.00", "10000000", "₹"),
    ("1,0000.50 円", "10000.5", "円"), (".5 EUR", "0.5", "EUR"), ("1000. JPY", "1000", "JPY"),
    ("0,125 EUR", "0.125", "EUR"), ("12,5 EUR", "12.5", "EUR"), ("1234,567 EUR", "1234.567", "EUR"),
    ("1,234,567 EUR", "1234567", "EUR"), ("1.05e2 EUR", "105", "EUR"), ("EUR 5E-2", "0.05", "EUR"),
    ("3 \"Acme Inc. 2024\"", "3", "Acme Inc. 2024"), ("\"12345\" 3", "3", "12345"),
    ("999999999999999999999999999999 X", "999999999999999999999999999999", "X"),
    ("0.000000000000000001 X", "0.000000000000000001", "X"), ("-0 X", "0", "X"),
  ])
  func `an amount is read exactly`(written: String, quantity: String, symbol: String) throws {
    let posting = try postings("(a)  \(written)")[0]
    #expect(posting.amount == ForeignAmount(try #require(Quantity(quantity)), symbol))
  }

  @Test(arguments: [
    ("2024-01-31", "2024-01-31"), ("2024/1/31", "2024-01-31"), ("2024.1.2", "2024-01-02"),
    ("2024-012-01", "2024-12-01"), ("2024-02-29", "2024-02-29"), ("3/4", "2030-03-04"),
  ])
  func `a day is read in every form`(written: String, day: String) throws {
    let journal = try HledgerJournal.read(text: "\(written) x\n a  1\n b\n", defaultYear: 2030)
    #expect(journal.entries[0].day == Day(day))
  }

  @Test func `a Y directive gives the year until the next one`() throws {
    let text = "Y2023\n3/4\n a  1\n b\nyear 2024\n3/4\n a  1\n b\n"
    #expect(try HledgerJournal.read(text: text).entries.map(\.day.year) == [2023, 2024])
  }

  @Test func `the head of an entry has its parts`() throws {
    let text = """
      2024-01-05=2024-01-07 * ( INV 1 ) Client | first, invoice  ; invoice:001, due: soon
          ; project:alpha
          a  1
          b  -1  ; check:77
      """
    let entry = try HledgerJournal.read(text: text).entries[0]
    #expect(entry.secondaryDay == Day("2024-01-07"))
    #expect(entry.status == .cleared)
    #expect(entry.code == "INV 1")
    #expect(entry.payee == "Client")
    #expect(entry.description == "first, invoice")
    #expect(entry.comment == "invoice:001, due: soon\nproject:alpha")
    #expect(entry.tags.map(\.name) == ["invoice", "due", "project"])
    #expect(entry.tags.map(\.value) == ["001", "soon", "alpha"])
    #expect(entry.postings[1].tags == [ForeignTag(name: "check", value: "77")])
    #expect(entry.postings[1].position == SourcePosition(file: "journal", line: 4, column: 5))
  }

  @Test func `postings have days, statuses and kinds of their own`() throws {
    let postings = try postings(
      "* a  1  ; date:1/31", "! b  -1  ; [2025-02-01=2/3]", "(v)  5", "[w]  2", "[x]  -2")
    #expect(postings.map(\.status) == [.cleared, .pending, .unmarked, .unmarked, .unmarked])
    #expect(postings.map(\.day) == [Day("2024-01-31"), Day("2025-02-01"), nil, nil, nil])
    #expect(postings[1].secondaryDay == Day("2025-02-03"))
    #expect(
      postings.map(\.kind)
        == [.real, .real, .virtualUnbalanced, .virtualBalanced, .virtualBalanced])
    #expect(postings.map(\.account) == ["a", "b", "v", "w", "x"])
  }

  @Test func `an elided amount takes every commodity`() throws {
    let postings = try postings("a  10 EUR", "b  $5.00", "c", "[d]  3", "[e]")
    #expect(postings.map(\.account) == ["a", "b", "c", "c", "d", "e"])
    #expect(
      postings.map(\.amount.quantity.text) == ["10", "5.00", "-10", "-5.00", "3", "-3"])
  }

  @Test(arguments: [
    ("10 EUR @ $1.10", "11"), ("-10 EUR @ $1.10", "-11"), ("10 EUR @@ $11", "11"),
    ("-10 EUR @@ $11", "-11"), ("10 EUR @@ $-11", "-11"), ("0 EUR @@ $11", "11"),
  ])
  func `a cost is the whole of it with the sign of its side`(
    written: String, total: String
  ) throws {
    let postings = try postings("a  \(written)", "b")
    #expect(postings[0].cost == ForeignAmount(try #require(Quantity(total)), "$"))
    #expect(try postings[1].amount.quantity == #require(Quantity(total)).negated())
  }

  @Test func `two commodities without a cost were exchanged for each other`() throws {
    let postings = try postings("a  1 EUR", "a  2 EUR", "b  $-10.00")
    #expect(postings.map(\.cost?.quantity.text) == ["3.33", "6.67", nil])
    #expect(postings.map(\.cost?.commodity) == ["$", "$", nil])
  }

  @Test func `names come from apply account and from aliases, the newest first`() throws {
    let text = """
      alias bank=assets:bank
      alias assets=Aktiva
      apply account business
      2024-01-01
       till  1
       b
      end apply account
      2024-01-02
       bank:chase  1
       assets  -1
      end aliases
      2024-01-03
       bank  1
       assets  -1
      """
    let accounts = try HledgerJournal.read(text: text).entries.map { $0.postings.map(\.account) }
    #expect(
      accounts == [
        ["business:till", "business:b"], ["assets:bank:chase", "Aktiva"], ["bank", "assets"],
      ])
  }

  @Test func `a default commodity is what bare numbers are of`() throws {
    let text = "D 1.000,00 kr\n2024-01-01\n a  1.000\n b  10 USD @ 7,5\n c\n"
    let entry = try HledgerJournal.read(text: text).entries[0]
    #expect(entry.postings.map(\.amount.commodity) == ["kr", "USD", "kr"])
    #expect(entry.postings.map(\.amount.quantity.text) == ["1000", "10", "-1075"])
  }

  @Test func `an assignment sets the balance of its day, whatever the file's order`() throws {
    let text = """
      2024-07-20
       b  30
       a
      2024-07-10
       a  = -200
       c
      """
    let journal = try HledgerJournal.read(text: text)
    #expect(journal.entries[1].postings.map(\.amount.quantity.text) == ["-200", "200"])
  }

  @Test func `a total assignment empties an account with those below it`() throws {
    let text = """
      2024-01-01
       income:a  -3 EUR
       income    -2 USD
       b
      2024-12-31
       income  ==* 0
       c
      """
    let closing = try HledgerJournal.read(text: text).entries[1].postings
    #expect(closing.map(\.amount.commodity) == ["EUR", "USD", "EUR", "USD"])
    #expect(closing.map(\.amount.quantity.text) == ["3", "2", "-3", "-2"])
  }

  @Test func `a remainder of half a unit of the last digit is nothing, more is refused`() throws {
    #expect(throws: Never.self) { try postings("a  3 EUR @ $1.333", "b  $-4.00") }
    #expect(throws: Never.self) { try postings("a  10.005 EUR @ $1", "b  $-10.00") }
    #expect(throws: ImportError.self) { try postings("a  10.006 EUR @ $1", "b  $-10.00") }
    // The digits are the whole journal's.
    #expect(throws: ImportError.self) {
      try HledgerJournal.read(
        text: "2024-01-01\n a  3 EUR @ $1.333\n b  $-4.00\n2024-01-02\n a  $0.001\n b\n")
    }
  }

  @Test func `declarations are kept`() throws {
    let text = """
      account Aktiva:Kasse  ; type:C, of the shop
      commodity 1.000,00 EUR
      commodity $
        format $1,000.0
      P 2024-01-31 12:00 EUR $1.10
      """
    let journal = try HledgerJournal.read(text: text)
    #expect(journal.accounts.map(\.path) == ["Aktiva:Kasse"])
    #expect(journal.accounts.map(\.type) == [.cash])
    #expect(journal.commodities.map(\.symbol) == ["EUR", "$"])
    #expect(journal.commodities.map(\.decimals) == [2, 1])
    #expect(journal.commodities.map(\.placement) == [.right, .left])
    #expect(journal.prices.map(\.rate.quantity.text) == ["1.10"])
    #expect(journal.prices.map(\.day) == [Day("2024-01-31")])
  }

  @Test func `comments of all kinds are passed over`() throws {
    let text = """
      ; a
      # b
      * c
      % d
      | e
        ; f
      comment
      2024-01-01 not an entry
       a  1
      end comment
      payee Somebody
      tag colour
      """
    #expect(try HledgerJournal.read(text: text) == ForeignJournal())
  }

  @Test func `rules are not booked, with a warning each`() throws {
    let text = """
      = income
       (tax)  *0.1
      ~ monthly
       rent  500
       cash
      2024-01-01
       cash  1
       income
      """
    let journal = try HledgerJournal.read(text: text)
    #expect(journal.entries.count == 1)
    #expect(journal.warnings.map(\.fact) == [.automaticRule, .periodicRule])
    #expect(journal.warnings.map(\.position.line) == [1, 3])
  }

  @Test func `a byte order mark, CR LF and wide spaces are taken`() throws {
    let text = "\u{FEFF}2024-01-01 x\r\n 資産:現金　　100 円\r\n b\r\n\u{A0}\r\n"
    let postings = try HledgerJournal.read(text: text).entries[0].postings
    #expect(postings.map(\.account) == ["資産:現金", "b"])
  }

  @Test func `the decimals that a commodity needs are told apart from those it shows`() throws {
    let journal = try HledgerJournal.read(text: "2024-01-01\n a  1.5000 BTC\n b\n")
    #expect(journal.commodities.map(\.decimals) == [4])
    #expect(journal.commodities.map(\.neededDecimals) == [1])
  }

  private func postings(_ lines: String...) throws -> [ForeignPosting] {
    let text = (["2024-01-01 x"] + lines.map { "  " + $0 }).joined(separator: "\n")
    return try HledgerJournal.read(text: text).entries[0].postings
  }
}
