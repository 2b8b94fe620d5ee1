import Domain
import Interchange
import Testing

/// The exact words of refusals, each with the place that it names.
struct ImportErrorTextTests {
  @Test(arguments: [
    ("2024-02-30 x", "1:1: 2024-02-30 is not a day of the calendar"),
    ("2023/2/29", "1:1: 2023/2/29 is not a day of the calendar"),
    ("2024-1 x", "1:1: “2024-1” is not a date; write it as 2024-01-31"),
    ("2024/1-2 x", "1:1: “2024/1-2” mixes separators; write it as 2024-01-31"),
    ("1/2 x", "1:1: 1/2 has no year; add one, or a line such as Y2024 above"),
    ("2024-01-01 (12 x", "1:12: the code in parentheses has no end; add )"),
    (
      "hello",
      "1:1: “hello” begins neither an entry nor a directive; comments begin with ;"
    ),
    ("Date,Amount", "1:1: this looks like CSV; use `coreflow import csv`"),
    (
      "i 2024-01-01 09:00 work",
      "1:1: this is a timeclock line; convert the file with `hledger print` first"
    ),
    (
      "\n  a  1",
      "2:3: an indented line belongs to the entry above it, and there is none; "
        + "remove the blank line above, or the indent"
    ),
    (
      "2024-01-01\n a  $10\n b  $-9",
      "1:1: the entry doesn't balance: 1 $ too much; correct an amount"
    ),
    (
      "2024-01-01\n [a]  $10",
      "1:1: among its lines in [], the entry doesn't balance: 10 $ too much; correct an amount"
    ),
    (
      "2024-01-01\n a\n b\n c  1",
      "3:2: only one amount of an entry can be left out; "
        + "are there two spaces before the others?"
    ),
    (
      "2024-01-01\n ä  1 = 2\n b",
      "2:7: “ä” should hold 2 but holds 1 by then"
    ),
    (
      "2024-01-01\n a  1 X == 1 X\n a  1 Y\n b\n2024-01-02\n a  0 X == 1 X\n b",
      "6:9: “a” should hold 1 X and nothing else but holds 1 Y by then"
    ),
    (
      "2024-01-01\n (a)  1,000 EUR",
      "2:7: “1,000 EUR” can mean thousands or decimals; say which by a line above it: "
        + "commodity 1,000.00 EUR or commodity 1.000,00 EUR"
    ),
    ("2024-01-01\n a  1,00,0 X", "2:5: “1,00,0” has its marks in odd places; check the number"),
    (
      "2024-01-01\n a  5 X {$3}",
      "2:9: lots in {} or [] are not taken; write the cost after @, "
        + "or export the file with `hledger print -x` first"
    ),
    ("2024-01-01\n a  ($3 + $4)", "2:5: calculated amounts are not taken; write the result"),
    ("2024-01-01\n a  $", "2:6: a number is missing here"),
    (
      "2024-01-01\n a  1 X # no",
      "2:9: “# no” was not expected here; a comment begins with ; after two spaces"
    ),
    (
      "account a  ; type:Q",
      "1:1: “Q” is no type of account; write A, L, E, R, X, C or V after type:"
    ),
    ("commodity $1000", "1:11: the decimal mark is missing; write 1000. or 1,000.00"),
    (
      "alias /a/=b",
      "1:7: an alias by regular expression is not taken; write alias OLD=NEW for each account"
    ),
    (
      "a\u{1B}[31m", "1:2: the control character U+001B doesn't belong in text; remove it"
    ),
    ("end apply account", "1:1: there is nothing for “end apply account” to end"),
    (
      "include ../x",
      "1:9: “../x” is outside of this file's folder; move it there, "
        + "or import it by itself"
    ),
    ("include x", "1:9: “x”: there is no such file"),
  ])
  func `a refusal says where, what, and what to do`(text: String, words: String) throws {
    let refusal = try #require(throws: ImportError.self) {
      try HledgerJournal.read(text: text, name: "books.journal")
    }
    #expect(refusal.text == "books.journal:\(words)")
  }

  @Test func `a file's own words are cut where they go on`() throws {
    let refusal = try #require(throws: ImportError.self) {
      try HledgerJournal.read(text: String(repeating: "x", count: 5000))
    }
    #expect(refusal.text.count < 200)
  }

  @Test(arguments: [
    (
      "2024-01-01\n (a)  1.000 EUR",
      "books.journal:2:7: “1.000 EUR” is read with a decimal point; "
        + "if thousands are meant, write above it: commodity 1.000,00 EUR"
    ),
    (
      "2024-01-01\n a 10\n b  0",
      "books.journal:2:2: the whole of “a 10” is read as the account; "
        + "an amount needs two spaces before it"
    ),
    (
      "2024-01-01\n a ;x\n b  0",
      "books.journal:2:2: the whole of “a ;x” is read as the account; "
        + "a comment needs two spaces before it"
    ),
    ("= a\n (b)  *1", "books.journal:1:1: the rule for automatic postings is not booked"),
    ("N $", "books.journal:1:1: “N” has no effect here"),
  ])
  func `a warning says where, and how it was read`(text: String, words: String) throws {
    let journal = try HledgerJournal.read(text: text, name: "books.journal")
    #expect(journal.warnings.map(\.text) == [words])
  }
}
