import Domain
import Interchange
import Testing

/// Reading charts of accounts of GnuCash, ERPNext and Frappe Books.
@Suite(.timeLimit(.minutes(1)))
struct ChartFileTests {
  private func read(_ text: String, _ format: ChartFile.Format) throws -> ForeignChart {
    try ChartFile.read(path: "chart", format: format, files: .inMemory(["chart": Array(text.utf8)]))
  }

  /// `Path|number|word|type|category|heading|description|commodity line:column` for each account.
  private func lines(_ chart: ForeignChart) -> [String] {
    zip(chart.paths, chart.accounts).map { path, account in
      [
        path, account.number, account.word, account.type?.rawValue ?? "-",
        account.category?.rawValue ?? "-", account.isHeading ? "heading" : "",
        account.description, account.commodity,
      ].joined(separator: "|") + " \(account.position.line):\(account.position.column)"
    }
  }

  static let gnuCash = """
    <?xml version="1.0" encoding="utf-8"?>
    <gnc-account-example xmlns="http://www.gnucash.org/XML/" xmlns:act='act'>
    <!-- made for this test -->
    <gnc-act:title>Büro &amp; Co</gnc-act:title>
    <gnc:account version="2.0.0">
      <act:name>Till &lt;1&gt; &#x26; more</act:name>
      <act:id type="new">c</act:id>
      <act:type>CASH</act:type>
      <act:code>1010</act:code>
      <act:commodity><cmdty:space>ISO4217</cmdty:space><cmdty:id>EUR</cmdty:id></act:commodity>
      <act:description><![CDATA[The <one> & only]]></act:description>
      <act:parent type="new">a</act:parent>
    </gnc:account>
    <gnc:account><act:name>Root Account</act:name><act:id>r</act:id>
      <act:type>ROOT</act:type></gnc:account>
    <gnc:account>
      <act:name>
        Assets
      </act:name>
      <act:id>a</act:id><act:type>ASSET</act:type><act:parent>r</act:parent>
      <act:slots>
        <slot><slot:key>placeholder</slot:key><slot:value type="string">true</slot:value></slot>
      </act:slots>
    </gnc:account>
    <gnc:account><act:name>Odd</act:name><act:id>o</act:id>
      <act:type>ALIEN</act:type></gnc:account>
    </gnc-account-example>
    """

  @Test func `a template of GnuCash's is read from its roots down, whatever its order`() throws {
    #expect(
      try lines(read(Self.gnuCash, .gnucash)) == [
        "Assets||ASSET|asset|-|heading|| 16:1",
        "Assets:Till <1> & more|1010|CASH|asset|cash||The <one> & only|EUR 5:1",
        "Odd||ALIEN|-|-||| 25:1",
      ])
  }

  @Test func `a book of GnuCash's gives its accounts`() throws {
    let chart = try read(
      """
      <gnc-v2><gnc:count-data>1</gnc:count-data><gnc:book>
      <gnc:account><act:name>Bank</act:name><act:id>1</act:id>
        <act:type>BANK</act:type></gnc:account>
      <gnc:transaction><trn:id>1</trn:id></gnc:transaction>
      </gnc:book></gnc-v2>
      """, .gnucash)
    #expect(chart.paths == ["Bank"])
  }

  static let erpNext = """
    {"country_code": "xx", "name": "Ours",
     "tree": {
      "Assets": {
       "Büro": {"account_number": "120", "is_group": 1},
       "Wear ": {"account_type": "Accumulated Depreciation", "tax_rate": 20.0},
       "root_type": "Asset", "account_number": 1},
      "Earned": {"rootType": "Income", "Sales": {"accountType": "Income Account"},
       "isGroup": false},
      "Odd": {"root_type": "Strange", "Below": {}}}}
    """

  @Test func `a chart of ERPNext's gives its accounts, below the types of their roots`() throws {
    #expect(
      try lines(read(Self.erpNext, .erpnext)) == [
        "Assets|1||asset|-|heading|| 3:13", "Assets:Büro|120||asset|-|heading|| 4:12",
        "Assets:Wear||Accumulated Depreciation|asset|accumulated_depreciation||| 5:13",
        "Earned|||revenue|-|heading|| 7:13", "Earned:Sales||Income Account|revenue|-||| 7:45",
        "Odd||Strange|-|-|heading|| 9:10", "Odd:Below||Strange|-|-||| 9:44",
      ])
  }

  @Test func `a chart of Frappe Books' is the tree by itself, with or without a mark before it`()
    throws
  {
    let text = "{\"Assets\": {\"rootType\": \"Asset\", \"Cash\": {\"accountType\": \"Cash\"}}}"
    #expect(try read(text, .erpnext).paths == ["Assets", "Assets:Cash"])
    #expect(try read("\u{FEFF}" + text, .erpnext).paths == ["Assets", "Assets:Cash"])
  }

  @Test(arguments: [
    ("{", "1:2: the end was not expected here; the document isn't JSON"),
    ("[]", "1:1: a chart must be an object in {}"),
    ("{\"A\": 5}", "1:7: A must be an object in {}"),
    (
      "{\"A\": {\n\"colour\": \"red\"}}",
      "2:11: there is no field colour here; check its name"
    ),
    ("{\"A\": {\"account_type\": []}}", "1:24: account_type must be text in quotes"),
    (
      "{\"A\": {\"B\": {}, \"B\": {}}}",
      "1:22: “B” is in the file twice at this place; rename or remove one"
    ),
    (
      "{\"A\": {\"account_number\": 1, \"B\": {\"account_number\": \"1\"}}}",
      "1:34: the number “1” is in the file twice; change or remove one"
    ),
    ("{\" \": {}}", "1:7: the account has no name"),
    (
      "{\"A\\u001b[31m\": {}}",
      "1:17: the control character U+001B doesn't belong in text; remove it"
    ),
    (
      "{\"A\": {\"account_type\": \"\\u009b\"}}",
      "1:7: the control character U+009B doesn't belong in text; remove it"
    ),
    ("{\"A\u{1B}\": {}}", "1:4: the control character U+001B doesn't belong in text; remove it"),
  ])
  func `a chart of ERPNext's that isn't taken is pointed at`(text: String, words: String) {
    let refusal = #expect(throws: ImportError.self) { try read(text, .erpnext) }
    #expect(refusal?.text == "chart:\(words)")
  }

  /// An account with `fields` in a template.
  static func template(_ fields: String...) -> String {
    "<gnc-account-example>\n"
      + fields.map { "<gnc:account>\($0)</gnc:account>\n" }.joined() + "</gnc-account-example>"
  }

  @Test(arguments: [
    ("{}", "1:1: “{}” was not expected here; the file isn't XML"),
    ("", "1:1: the end was not expected here; the file isn't XML"),
    (
      "<!DOCTYPE x [<!ENTITY a \"b\">]><x/>",
      "1:1: a DOCTYPE is not taken; remove it, and write out the entities that it declares"
    ),
    (
      "<?xml version=\"1.0\" encoding=\"latin1\"?><x/>",
      "1:21: the encoding “latin1” is not taken; save the file as UTF-8"
    ),
    ("<html/>", "1:1: “html” is neither an account template of GnuCash nor a book of its"),
    ("<gnc-v2>\n <a>\n</gnc-v2>", "2:2: the end of “a” is missing"),
    ("<gnc-v2><!-- x", "1:13: what begins here has no end; add -->"),
    (
      "<gnc-v2>&nbsp;</gnc-v2>",
      "1:10: “&nbsp” is no character of XML; write &amp; for an ampersand"
    ),
    (
      "<gnc-v2>&#27;</gnc-v2>",
      "1:10: the control character U+001B doesn't belong in text; remove it"
    ),
    ("<gnc-v2/> <x/>", "1:11: “<x/>” was not expected here; the file isn't XML"),
    ("<gnc-v2 a=1/>", "1:11: “1/>” was not expected here; the file isn't XML"),
    (
      ChartFileTests.template("<act:name>A</act:name>"),
      "2:1: the account has no act:id, by which others name it"
    ),
    (ChartFileTests.template("<act:id>1</act:id>"), "2:1: the account has no name"),
    (
      ChartFileTests.template("<act:id>1</act:id>", "<act:id>1</act:id>"),
      "3:1: “1” is in the file twice at this place; rename or remove one"
    ),
    (
      ChartFileTests.template("<act:id>1</act:id><act:name>A</act:name><act:parent>2</act:parent>"),
      "2:1: what stands above this account is not in the file, or is the account itself"
    ),
    (
      ChartFileTests.template("<act:id>1</act:id><act:name>A</act:name><act:parent>1</act:parent>"),
      "2:1: what stands above this account is not in the file, or is the account itself"
    ),
  ])
  func `a chart of GnuCash's that isn't taken is pointed at`(text: String, words: String) {
    let refusal = #expect(throws: ImportError.self) { try read(text, .gnucash) }
    #expect(refusal?.text == "chart:\(words)")
  }

  @Test(arguments: ChartFile.Format.allCases)
  func `what is no text is refused`(_ format: ChartFile.Format) {
    for bytes: [UInt8] in [[0x1F, 0x8B, 8, 0], [0xC0, 0x80], [0xFF, 0xFE, 0x3C, 0]] {
      #expect(throws: ImportError.self) {
        try ChartFile.read(path: "x", format: format, files: .inMemory(["x": bytes]))
      }
    }
  }

  /// More accounts beside each other than a chart may have.
  static let wide: String = {
    let accounts = (0...20_000).map { "\"a\($0)\":{}" }
    return "{\(accounts.joined(separator: ","))}"
  }()

  /// A hundred accounts, each below the one before.
  static let deep: String = {
    let accounts = (1...100).map { number in
      let parent = number > 1 ? "<act:parent>\(number - 1)</act:parent>" : ""
      return "<gnc:account><act:id>\(number)</act:id><act:name>a</act:name>\(parent)</gnc:account>"
    }
    return "<gnc-v2><gnc:book>\(accounts.joined())</gnc:book></gnc-v2>"
  }()

  @Test(arguments: [
    (String(repeating: "<a>", count: 100_000), ChartFile.Format.gnucash),
    ("<gnc-v2>" + String(repeating: "<a/>", count: 250_000) + "</gnc-v2>", .gnucash),
    (String(repeating: "{\"a\":", count: 100_000), .erpnext),
    (ChartFileTests.wide, .erpnext), (ChartFileTests.deep, .gnucash),
    ("{\"" + String(repeating: "a", count: 2000) + "\":{}}", .erpnext),
  ])
  func `what is beyond a limit is refused with its line`(text: String, format: ChartFile.Format) {
    let refusal = #expect(throws: ImportError.self) { try read(text, format) }
    #expect(refusal?.line == 1)
    #expect(refusal.map { $0.text.count < 200 } == true)
  }

  /// Ten thousand damaged charts, the same ones in every run.
  @Test func `a damaged chart is read whole or refused with its line`() {
    var chance = SplitMix(seed: 20_261_124)
    let seeds = [
      (Array(Self.gnuCash.utf8), ChartFile.Format.gnucash),
      (Array(Self.erpNext.utf8), ChartFile.Format.erpnext),
    ]
    var read = 0
    for number in 0..<10_000 {
      let (seed, format) = seeds[number % seeds.count]
      var bytes = seed
      let place = Int.random(in: 0..<bytes.count, using: &chance)
      switch number / 2 % 4 {
      case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &chance)
      case 1: bytes.remove(at: place)
      case 2: bytes.removeSubrange(place...)
      default: bytes.insert(contentsOf: "<&\"{}[],:/>".utf8.shuffled(using: &chance), at: place)
      }
      do {
        let chart = try ChartFile.read(path: "x", format: format, files: .inMemory(["x": bytes]))
        #expect(chart.accounts.enumerated().allSatisfy { $1.parent ?? -1 < $0 })
        read += 1
      } catch {
        #expect(error.line != nil, "mutation \(number): \(error.text)")
      }
    }
    // A letter of a name is no fault; a reader that refused all would prove nothing.
    #expect((200..<9_800).contains(read))
  }
}
