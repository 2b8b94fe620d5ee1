import Domain
import Interchange
import Testing

/// The file in which a group of businesses is kept.
struct GroupFileTests {
  private func read(_ text: String) throws -> ConsolidationGroup {
    try GroupFile.read(text: text, path: "group.yaml")
  }

  @Test func `the sample says everything that a file can say`() throws {
    let group = try read(GroupFile.sample)
    #expect(group.name == "Harbour and workshop")
    #expect(group.currency.code == "USD")
    #expect(group.translation == "3500")
    #expect(group.tolerance == Money(minorUnits: 100))
    #expect(group.rounding == .halfAwayFromZero)
    #expect(group.members.map(\.slug) == ["harbour", "alpenrad"])
    #expect(group.members[0].ownership.isWhole)
    let workshop = group.members[1]
    #expect(workshop.ownership.percent == Quantity(80))
    #expect(workshop.accounts["1250"] == "1230")
    #expect(workshop.rates.opening?.text == "1.1")
    #expect(workshop.rates.closing?.text == "1.09")
    #expect(workshop.rates.average?.text == "1.08")
    #expect(workshop.rates.historical?.text == "1.07")
    #expect(workshop.rates.equity.mapValues(\.text) == ["3100": "1.06"])
    #expect(group.accounts.map(\.number) == ["4150"])
    #expect(group.accounts.map(\.type) == [.revenue])
    #expect(
      group.pairs == [
        .init(.receivable, .init("harbour", ["1250"]), .init("alpenrad", ["2160"]))
      ])
    let lines = group.adjustments.flatMap(\.lines)
    #expect(lines.map(\.account) == ["1310", "5100"])
    #expect(lines.map(\.amount.minorUnits) == [125_000, -125_000])
  }

  @Test func `a parent and members with nothing to say are enough`() throws {
    let group = try read("name: A\ncurrency: JPY\nparent: a\nmembers:\n  b:\n  c: {}\n")
    #expect(group.members.map(\.slug) == ["a", "b", "c"])
    #expect(group.members.allSatisfy { $0.ownership.isWhole && $0.rates.closing == nil })
    #expect(group.translation == nil && group.pairs.isEmpty && group.tolerance == .zero)
  }

  @Test func `numbers of accounts and amounts are what is written`() throws {
    let group = try read(
      """
      name: A
      currency: KWD
      parent: a
      tolerance: 0.1
      members: {b: {accounts: {0120: 1.0}, ownership: 33.333333333}}
      adjustments: [{text: x, lines: {a: 90071992547409.93, b: -0.001}}]
      """)
    #expect(group.members[1].accounts == ["0120": "1.0"])
    #expect(group.members[1].ownership.percent.text == "33.333333333")
    #expect(group.tolerance.minorUnits == 100)
    #expect(
      group.adjustments[0].lines.map(\.amount.minorUnits) == [90_071_992_547_409_930, -1])
  }

  @Test(arguments: [
    ("", 1, "here should be name, currency, parent"),
    ("name: A\nparent: a\n", 1, "currency is missing here"),
    ("name: A\ncurrency: XX\nparent: a\n", 2, "here should be a currency of ISO 4217, such as USD"),
    ("name: A\ncurrency: USD\nparent: a\nparnet: b\n", 4, "parnet is not known here"),
    (
      "name: A\ncurrency: USD\nparent: a\nparent: b\n", 3, "this is not YAML: parent is there twice"
    ),
    ("name: A\ncurrency: USD\nparent: a\nmembers: [b]\n", 4, "here should be names and values"),
    ("name: A\ncurrency: USD\nparent: a\nmembers:\n  a: {ownership: 80}\n", 5, "the parent owns"),
    ("name: A\ncurrency: USD\nparent: a\nmembers:\n  b: {ownership: 101}\n", 5, "a percentage"),
    (
      "name: A\ncurrency: USD\nparent: a\nmembers:\n  b: {rates: {closing: 0}}\n", 5, "a rate above"
    ),
    ("name: A\ncurrency: USD\nparent: a\ntolerance: 0.001\n", 4, "has more decimals than USD"),
    ("name: A\ncurrency: USD\nparent: a\ntolerance: -1\n", 4, "nothing or more"),
    ("name: A\ncurrency: USD\nparent: a\nrounding: up\n", 4, "half_away or half_even"),
    (
      "name: A\ncurrency: USD\nparent: a\naccounts:\n  9: {name: X, type: other}\n", 5,
      "one of asset"
    ),
    ("name: A\ncurrency: USD\nparent: a\nintercompany:\n  - kind: gift\n", 5, "one of receivable"),
    (
      "name: A\ncurrency: USD\nparent: a\nintercompany:\n"
        + "  - kind: loan\n    here: {a: [1]}\n    there: {b: [2]}\n", 7,
      "b is no member of the group"
    ),
    (
      "name: A\ncurrency: USD\nparent: a\nintercompany:\n"
        + "  - {kind: loan, here: {a: [1]}, there: {a: [2]}}\n", 5, "a pair is of two businesses"
    ),
    (
      "name: A\ncurrency: USD\nparent: a\nintercompany:\n"
        + "  - {kind: loan, here: {a: 1}, there: {a: [2]}}\n", 5, "a business and its accounts"
    ),
    ("name: A\ncurrency: USD\nparent: a\nadjustments: {x: 1}\n", 4, "here should be a list"),
    (
      "name: A\ncurrency: USD\nparent: a\nadjustments:\n  - {text: x, lines: {a: ten}}\n", 5,
      "here should be an amount"
    ),
    ("name: &a A\ncurrency: USD\nparent: *a\n", 1, "anchors (&)"),
    ("name: \"A\\e\"\ncurrency: USD\nparent: a\n", 1, "a word or a number"),
  ])
  func `what is wrong in a file is pointed at`(_ text: String, _ line: Int, _ reason: String) {
    let fault = #expect(throws: YAMLFileFault.self) { try read(text) }
    #expect(fault?.line == line, "\(fault?.words ?? "")")
    #expect(fault?.reason.contains(reason) == true, "\(fault?.words ?? "")")
    #expect(fault?.words.hasPrefix("group.yaml:\(line): ") == true)
  }

  @Test func `what is no YAML is told with its line`() {
    let fault = #expect(throws: YAMLFileFault.self) { try read("name: A\nmembers: {b\n") }
    #expect(fault?.reason.hasPrefix("this is not YAML: ") == true)
    #expect(fault?.line != nil)
  }

  @Test func `what is no file, or no text, is told`() {
    let files = JournalFiles.inMemory(["latin.yaml": [0x6E, 0xE4, 0x6D, 0x65]])
    let none = #expect(throws: YAMLFileFault.self) {
      try GroupFile.read(path: "none.yaml", files: files)
    }
    #expect(none?.words == "none.yaml: there is no such file.")
    let latin = #expect(throws: YAMLFileFault.self) {
      try GroupFile.read(path: "latin.yaml", files: files)
    }
    #expect(latin?.words == "latin.yaml: this isn't UTF-8 text.")
    let folder = #expect(throws: YAMLFileFault.self) { try GroupFile.read(path: "/") }
    let large = #expect(throws: YAMLFileFault.self) {
      try GroupFile.read(text: String(repeating: "#", count: GroupFile.mostBytes + 1))
    }
    #expect(large?.words == "group.yaml: the file is larger than 1 MiB; split it.")
    #expect(folder?.words == "/: this is a folder; name a file in it.")
  }
}
