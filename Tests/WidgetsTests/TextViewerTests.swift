import Testing

@testable import Widgets

struct TextViewerTests {
  private static let text = """
    Rent for November, paid to Überseehaus.
    株式会社 sent it.

      RENT again, which is long enough to be wrapped.
    """

  private func surface(_ viewer: TextViewer, _ columns: Int, _ rows: Int) -> Surface {
    Surface(Size(columns: columns, rows: rows), drawing: viewer)
  }

  @Test func `text is wrapped and its last row says where one is`() {
    #expect(
      surface(TextViewer(Self.text), 30, 6).text() == """
        Rent for November, paid to
        Überseehaus.
        株式会社 sent it.

          RENT again, which is long
        line 1 of 6  83%
        """)
    #expect(surface(TextViewer(Self.text, top: 99), 30, 4).text().hasSuffix("line 4 of 6  100%"))
    #expect(surface(TextViewer(Self.text), 30, 1).text() == "Rent for November, paid to")
    #expect(TextViewer(Self.text).rowCount(columns: 30) == 6)
    #expect(TextViewer(Self.text).rowCount(columns: 0) == 0)
  }

  @Test func `what is searched for is marked in either case, and the chosen match is another role`()
  {
    var viewer = TextViewer(Self.text, search: "rent", match: 1)
    #expect(viewer.matchCount == 2)
    #expect(
      surface(viewer, 48, 5).text(styles: true) == """
        Rent for November, paid to Überseehaus.
          0–3 marked
        株式会社 sent it.

          RENT again, which is long enough to be
          2–5 selection
        line 1 of 5  80%                    match 2 of 2
          0–15 muted, 36–47 muted
        """)
    viewer.match = nil
    #expect(surface(viewer, 48, 5).text().hasSuffix("   2 matches"))
    viewer.search = "vat"
    #expect(surface(viewer, 48, 5).text().hasSuffix("\"vat\" is not here"))
    viewer.search = "社 SENT"
    #expect(viewer.matchCount == 1)
  }

  @Test func `the chosen match can be brought in sight`() {
    let lines = (0..<100).map { $0 % 10 == 0 ? "hit \($0)" : "line \($0)" }
    var viewer = TextViewer(lines.joined(separator: "\n"), search: "hit", match: 3)
    let size = Size(columns: 20, rows: 6)
    #expect(viewer.topShowingMatch(in: size) == 26)
    viewer.top = 50
    #expect(viewer.topShowingMatch(in: size) == 30)
    viewer.match = nil
    #expect(viewer.topShowingMatch(in: size) == 50)
  }
}

struct SpanTests {
  private func wrap(_ spans: [Span], _ limit: Int) -> [String] {
    Span.wrapped(spans, to: limit).map { line in line.map(\.text).joined(separator: "|") }
  }

  @Test func `spans keep their meaning where they are broken`() {
    let spans = [Span("the books "), Span("are bal", role: .marked), Span("anced 株式会社")]
    #expect(wrap(spans, 12) == ["the books", "are bal|anced", "株式会社"])
    #expect(Span.wrapped(spans, to: 12)[1][0].role == .marked)
  }

  @Test(arguments: [
    ("abcdefgh", 3, ["abc", "def", "gh"]), ("株式会社", 5, ["株式", "会社"]), ("株式", 1, ["株", "式"]),
    ("  indented words", 10, ["  indented", "words"]), ("a    b", 3, ["a  ", "b"]), ("", 4, [""]),
    ("e\u{301}e\u{301}e\u{301}", 2, ["e\u{301}e\u{301}", "e\u{301}"]), ("x", 0, []),
  ])
  func `lines break between words where they can`(text: String, limit: Int, lines: [String]) {
    #expect(wrap([Span(text)], limit) == lines)
  }
}
