import Domain
import Interchange
import Testing

@testable import CLI

struct OutputTests {
  private func csv(_ cell: Table.Cell, guarding: Bool = true) -> String {
    Table(["x"], [[cell]]).csv(guarding: guarding)
  }

  @Test(arguments: [
    ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""),
    ("two\nlines", "\"two\nlines\""), ("=1+2", "\"'=1+2\""), ("+49 30", "\"'+49 30\""),
    ("-x", "\"'-x\""), ("@home", "\"'@home\""), ("\tx", "\"'\tx\""), ("", ""),
  ])
  func `text in CSV is quoted where it must be and is never a formula`(
    text: String, expected: String
  ) {
    #expect(csv(.text(text)) == "x\r\n\(expected)\r\n")
  }

  @Test func `numbers in CSV stay numbers`() {
    #expect(csv(.amount(Money(minorUnits: -123_450), exponent: 2)) == "x\r\n-1234.50\r\n")
    #expect(csv(.side(.zero, exponent: 2)) == "x\r\n0.00\r\n")
    #expect(csv(.amount(Money(minorUnits: 5), exponent: 0)) == "x\r\n5\r\n")
    #expect(csv(.flag(true)) == "x\r\ntrue\r\n")
  }

  @Test func `raw CSV has text as it is`() {
    #expect(csv(.text("=1+2"), guarding: false) == "x\r\n=1+2\r\n")
  }

  @Test func `columns of text are aligned by what is seen`() {
    let table = Table(
      ["number", "net_total"],
      [
        [.text("日本"), .amount(Money(minorUnits: 123_456_789), exponent: 2)],
        [.text("e\u{301}"), .side(.zero, exponent: 2)],
      ])
    #expect(
      table.text == """
        number     net total
        日本    1,234,567.89
        e\u{301}

        """)
  }

  @Test func `a line end in a cell doesn't break its line`() {
    #expect(Table(["x"], [[.text("a\nb")]]).text == "x\na\\u{a}b\n")
  }

  @Test(arguments: [
    ("\u{1B}[2J", "\\u{1b}[2J"), ("a\u{202E}b", "a\\u{202e}b"), ("\u{200B}", "\\u{200b}"),
    ("\u{9B}31m", "\\u{9b}31m"), ("\u{FEFF}x", "\\u{feff}x"), ("Zürich 東京", "Zürich 東京"),
    ("\r", "\\u{d}"),
  ])
  func `nothing that a terminal would obey is printed`(text: String, expected: String) {
    #expect(TerminalText.line(text) == expected)
  }

  @Test func `a document stays JSON on a terminal`() {
    #expect(
      TerminalText.json("{\"x\":\"a\u{202E}\u{E0001}\"}") == "{\"x\":\"a\\u202e\\udb40\\udc01\"}")
  }
}
