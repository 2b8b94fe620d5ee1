import Testing

@testable import Widgets

struct TextWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("Überweisung", 11), ("e\u{301}", 1), ("株式会社", 8), ("한국어", 6),
    ("\u{1112}\u{1161}\u{11ab}", 2), ("ｆｕｌｌ", 8), ("ﾊﾝｶｸ", 4), ("👩‍💻", 2), ("👍🏽", 2), ("🇩🇪", 2),
    ("🇩", 1), ("⚠", 1), ("⚠️", 2), ("❤️", 2), ("1️⃣", 2), ("👨‍👩‍👧‍👦", 2), ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", 2),
    ("क्षि", 3),
    ("น้ำ", 2), ("שלום", 4), ("مرحبا", 5), ("\u{301}", 1), ("─│┌", 3), ("…", 1), ("\u{A0}", 1),
    ("a\tb", 3), ("\r\n", 2), ("\u{1b}[31m", 5), ("\u{202e}abc", 4), ("a\u{200b}b", 3),
    ("𠀀", 2), ("☃", 1), ("😀", 2),
  ])
  func `text takes the columns that it takes on a terminal`(text: String, columns: Int) {
    #expect(TextWidth.columns(of: text) == columns)
    #expect(Glyph.split(text).reduce(0) { $0 + $1.width } == columns)
  }

  @Test(arguments: [
    ("Office rent", 20, "Office rent"), ("Office rent", 8, "Office …"), ("Office rent", 1, "…"),
    ("Office rent", 0, ""), ("株式会社", 5, "株式…"), ("株式会社", 4, "株…"), ("株式", 1, "…"),
  ])
  func `text too long for its place ends in an ellipsis`(text: String, limit: Int, shown: String) {
    #expect(TextWidth.truncated(text, to: limit) == shown)
    #expect(TextWidth.columns(of: shown) <= limit)
  }

  @Test(arguments: [
    ("GJ-2026-000123", 9, "GJ-2…0123"), ("GJ-2026-000123", 2, "G…"), ("株式会社", 6, "株…社"),
  ])
  func `a number too long for its place keeps both ends`(text: String, limit: Int, shown: String) {
    #expect(TextWidth.truncated(text, to: limit, at: .middle) == shown)
  }

  @Test(arguments: [
    ("the books are balanced", 10, ["the books", "are", "balanced"]),
    ("a\n\nb", 5, ["a", "", "b"]),
    ("abcdefgh", 3, ["abc", "def", "gh"]), ("株式会社", 5, ["株式", "会社"]), ("x", 0, []),
    ("", 4, [""]), ("aa bbbbbb c", 4, ["aa", "bbbb", "bb c"]),
  ])
  func `text wraps between words where it can`(text: String, limit: Int, lines: [String]) {
    #expect(TextWidth.wrapped(text, to: limit) == lines)
  }
}

struct SafeTextTests {
  @Test(arguments: [
    ("\u{1b}]0;title\u{7}", "␛]0;title␇"), ("a\u{0}b\u{7f}", "a␀b␡"), ("\u{9b}31m", "�31m"),
    ("abc\u{202e}def", "abc�def"), ("\u{2066}x\u{2069}", "�x�"), ("a\u{200b}b\u{feff}", "a�b�"),
    ("a\u{2028}b", "a�b"), ("soft\u{ad}hyphen", "soft�hyphen"), ("tab\tend", "tab␉end"),
    ("line\nend", "line␊end"), ("\r\n", "␍␊"), ("👩‍💻 é 株 मि", "👩‍💻 é 株 मि"), ("x\u{200d}y", "x�y"),
    ("a\u{e0041}", "a�"),
  ])
  func `what could act on a terminal is one visible symbol`(raw: String, shown: String) {
    #expect(SafeText(line: raw).description == shown)
  }

  @Test func `only line ends stay in text of several lines`() {
    #expect(SafeText(lines: "a\n\u{1b}b\n").description == "a\n␛b\n")
  }

  @Test func `no scalar comes through that has no width of its own and joins nothing`() {
    for value in UInt32(0)...0x2ffff {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let glyphs = Glyph.split(String(scalar))
      #expect(
        glyphs.count == 1 && (1...2).contains(glyphs[0].width), "U+\(String(value, radix: 16))")
      let isShownAsItIs = glyphs[0].text.unicodeScalars.contains(scalar)
      #expect(!isShownAsItIs || SafeText.symbol(for: scalar) == nil)
    }
  }

  @Test func `a pile of combining marks is cut before it reaches the next rows`() {
    let pile = "Z" + String(repeating: "\u{301}", count: 500) + "!"
    let glyphs = Glyph.split(pile)
    #expect(glyphs.map(\.width) == [1, 1])
    #expect(glyphs[0].text.unicodeScalars.count == 5)
  }
}
