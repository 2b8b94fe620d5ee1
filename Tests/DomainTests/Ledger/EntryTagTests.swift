import Domain
import Testing

@Suite struct EntryTagTests {
  @Test(arguments: [
    ("rent", "rent", ""), (" trip:Kiel ", "trip", "Kiel"),
    ("trip: Kiel Canal", "trip", "Kiel Canal"),
    ("time:10:30", "time", "10:30"), ("Müll", "Müll", ""), ("trip:", "trip", ""),
    ("update:5", "update", "5"), ("trip:date:5", "trip", "date:5"), ("room:[a]", "room", "[a]"),
    ("a:\u{301}", "a", "\u{301}"),
  ])
  func `a tag is a word, or a word and what it says`(
    _ text: String, _ name: String, _ value: String
  ) {
    #expect(EntryTag(typed: text) == EntryTag(name, value))
  }

  @Test(arguments: [
    "", " ", ":Kiel", "two words", "a,b", "trip:a,b", "a\u{1b}", String(repeating: "a", count: 101),
    // What journals say by these isn't typed.
    "date:2026-01-01", "cost:5", "project:Loft", "*", "tax-amount:5", "tax-code:V19",
    "quantity:3", " department: SAL", "reference",
    // A journal would read a comma, whatever accent is on it, and the day of the line.
    "a,\u{301}b", "trip:[1/31]", "trip:due date:1/31", ";date2:1/31", "trip:a\u{2028}b",
  ])
  func `what is none, and what means something else in journals, isn't taken for one`(
    _ text: String
  ) {
    #expect(EntryTag(typed: text) == nil)
  }

  @Test func `tags are kept as an array of pairs, and read from one`() {
    let tags = [EntryTag("rent"), EntryTag("trip", "Kiel \"x\"")]
    #expect(tags.json == #"[["rent",""],["trip","Kiel \"x\""]]"#)
    #expect([EntryTag](json: tags.json) == tags)
    #expect([EntryTag](json: "[]") == [] && [EntryTag](json: #"{"a":1}"#) == [])
    #expect(([] as [EntryTag]).json == "[]")
    #expect((tags + [EntryTag("cost", "5"), EntryTag("*")]).text == "rent, trip:Kiel \"x\"")
  }

  @Test func `new tags take the place of those that people gave, and of no note of an import`() {
    var line = LineContent(
      account: ID(1), currency: "USD", amount: .zero, tags: #"[["*",""],["cost","5"],["old",""]]"#)
    line.retag([EntryTag("new")])
    #expect(line.tags == #"[["*",""],["cost","5"],["new",""]]"#)
  }

  @Test func `what of a line no column holds is a fault of its line`() {
    var line = LineContent(account: ID(1), currency: "USD", amount: .zero)
    (line.project, line.counterparty, line.reference) = (
      String(repeating: "p", count: 100), String(repeating: "c", count: 200),
      String(repeating: "r", count: 200)
    )
    var entry = EntryContent(
      date: Day(sinceEpoch: 20_780), description: "Rent", lines: [line, line])
    #expect(entry.textFaults == [])
    entry.lines[1].project += "p"
    entry.lines[1].counterparty += "c"
    entry.lines[1].reference += "r"
    entry.lines[1].particulars.taxCode = "V19, V7"
    #expect(
      entry.textFaults == [
        .line(1, .tooLong(.project, count: 101)), .line(1, .tooLong(.counterparty, count: 201)),
        .line(1, .tooLong(.reference, count: 201)), .line(1, .unfitTaxCode),
      ])
  }
}
