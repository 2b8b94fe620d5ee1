import Domain
import Interchange
import Testing

/// What is wrong in a workflow's file is told with its line, what is wrong and what is expected,
/// and no file keeps the program busy.
struct HostileWorkflowFileTests {
  private func fault(_ text: String) -> YAMLFileFault? {
    #expect(throws: YAMLFileFault.self) {
      try WorkflowFile.read(text: text, path: "a.yaml").definition()
    }
  }

  private static let yesOrNo = "should be true or false without quotes"
  private static let wholeNumber = "should be a whole number without quotes, such as 3"
  private static let marks = "anchors (&), aliases (*) and tags (!) are not taken"

  /// The first three lines are well.
  private static func file(_ more: String) -> String { "key: a\nname: A\nsteps: {}\n\(more)\n" }

  @Test(arguments: [
    ("can_be_paused: yes", 4, "can_be_paused \(yesOrNo), not “yes”"),
    ("can_be_paused: \"true\"", 4, "can_be_paused \(yesOrNo), not “true”"),
    ("can_be_paused: 1", 4, "can_be_paused \(yesOrNo), not “1”"),
    ("timeout_hours: 1e3", 4, "timeout_hours \(wholeNumber), not “1e3”"),
    ("timeout_hours: 1.5", 4, "timeout_hours \(wholeNumber), not “1.5”"),
    ("timeout_hours: 0x10", 4, "timeout_hours \(wholeNumber), not “0x10”"),
    ("timeout_hours: 010", 4, "timeout_hours \(wholeNumber), not “010”"),
    ("timeout_hours: 1_000", 4, "timeout_hours \(wholeNumber), not “1_000”"),
    ("timeout_hours: 2026-11-23", 4, "timeout_hours \(wholeNumber), not “2026-11-23”"),
    ("timeout_hours: 99999999999999999999", 4, "timeout_hours \(wholeNumber), not “9999"),
    ("timeout_hours: 0", 4, "timeout_hours should be from 1 to 17544, not “0”"),
    ("\n# a year\ntimeout_hours:\n  [1]", 6, "timeout_hours \(wholeNumber)"),
    ("description: 5", 4, "numbers, true, false and null stand in quotes there, not “5”"),
    ("description: {a: b}", 4, "description should be text"),
    ("description: \"\\e[31m\"", 4, "description has a character that can't be seen"),
    ("description: \"\(String(repeating: "x", count: 2_001))\"", 4, "longer than 2000 characters"),
    ("type: holiday", 4, "type should be one of approval, review, document"),
    (
      "start_on: request", 4, "start_on should be names and values, such as hours: 8, not “request”"
    ),
    (
      "start_on:\n  subject: request\n  when: days >", 6,
      "start_on.when: the expression should have"
    ),
    ("start_on: {when: a = b c}", 4, "and, or or its end at character 7, not “c”"),
    ("start_on: {wen: a}", 4, "start_on.wen is not known; correct it or leave it out"),
    ("vesion: 2", 4, "vesion is not known"),
    ("<<: {a: b}", 4, "“<<” is not known"),
    ("\"a\\n\\eb\": 1", 4, "“a\u{FFFD}\u{FFFD}b” is not known"),
    ("\"\\e[2J\": 1\n\"\\e[2J\": 1", 4, "\u{FFFD}[2J is there twice"),
    ("name: B", 2, "this is not YAML: name is there twice"),
    ("1: a\n\"1\": b", 5, "1 is there already"),
    ("? [a]\n: b", 4, "here should be a word and : behind it"),
    ("auto_approve_conditions:\n- id: x", 5, "auto_approve_conditions.1.when is missing"),
    ("auto_approve_conditions: x", 4, "should be a list, each with a - before it, not “x”"),
  ])
  func `what is wrong is pointed at`(_ more: String, _ line: Int, _ reason: String) {
    let fault = fault(Self.file(more))
    #expect(fault?.line == line, "\(fault?.words ?? "")")
    #expect(fault?.reason.contains(reason) == true, "\(fault?.words ?? "")")
  }

  /// Behind `key: a`, `name: A`, `steps:` and a node `s`, which stands in the fifth line.
  @Test(arguments: [
    ("- kind: end", 6, "id is missing in node number 2"),
    ("- {id: S}", 6, "id of node number 2 should be small letters, digits, _, - and ."),
    ("- {id: s, kind: end}", 6, "id in node “s” is there already: “s”"),
    ("- end", 6, "node number 2 should be names and values, such as hours: 8, not “end”"),
    ("- id: x\n    kind: begin", 7, "kind of node “x” should be one of start, task, approval"),
    ("- id: x\n    kind: end", 6, "result is missing in node “x”"),
    ("- id: x\n    kind: wait\n    day: 2026-02-30", 8, "should be a day, such as 2026-12-31"),
    ("- id: x\n    kind: wait", 6, "node “x” should have one of day, day_of, for, event"),
    ("- id: x\n    kind: task\n    asignee: {role: owner}", 6, "assignee is missing in node “x”"),
    ("- id: x\n    kind: task\n    assignee: boss", 8, "should be one of user, role"),
    ("- id: x\n    kind: task\n    assignee: {role: boss}", 8, "owner, director, manager"),
    (
      "- id: x\n    kind: approval\n    assignee: {role: owner}\n    due: 2 days", 9,
      "due of node “x” should be names and values, such as hours: 8, not “2 days”"
    ),
    (
      "- id: x\n    kind: approval\n    assignee: {role: owner}\n    due: {days: 2}\n"
        + "    escalations:\n    - to: {role: owner}\n    - after: {hours: 8}\n      too: x", 12,
      "escalations.2.to is missing in node “x”"
    ),
    ("edges: [{from: s}]", 6, "to is missing in edge number 1"),
    ("edges:\n  - {from: s, to: s}\n  - {from: s, to: s, when: amount >= }", 8, "edge number 2"),
  ])
  func `the line is that of the node or the edge`(_ more: String, _ line: Int, _ reason: String) {
    let fault = fault("key: a\nname: A\nsteps:\n  nodes:\n  - {id: s, kind: start}\n  \(more)\n")
    #expect(fault?.line == line, "\(fault?.words ?? "")")
    #expect(fault?.reason.contains(reason) == true, "\(fault?.words ?? "")")
  }

  @Test(
    arguments: [
      ("", 1, "the file is empty; here should be key, name and steps"),
      ("# nothing yet\n", 1, "the file is empty"),
      ("---\n", nil, "the file should be names and values, such as hours: 8, and is empty"),
      ("approval", 1, "the file should be names and values, such as hours: 8, not “approval”"),
      ("[1]", 1, "the file should be names and values"),
      ("name: A\n", 1, "key is missing"),
      ("key: a\n\tname: A\n", 2, "a tab stands before this line; indent with spaces"),
      ("key: a\nsteps:\n\tnodes: []\n", 3, "a tab stands before this line"),
      ("key: a\nsteps:\n  nodes:\n\t- {id: s}\n", 4, "a tab stands before this line"),
      ("key: a\n---\nkey: b\n", 3, "another document begins here; keep one"),
      ("key: a\n...\n---\nkey: b\n", 4, "another document begins here"),
      ("key: [\n", 2, "this is not YAML: "),
      ("key: a: b\n", 1, "this is not YAML: "),
      ("key: 'a\n", 2, "this is not YAML: "),
      ("key: a\nname: \u{0}\n", 2, "this is not YAML: control characters are not allowed"),
      ("key: a\nname: \u{1B}[31m\n", 2, "control characters are not allowed, as U+1B is"),
      ("key: a\nname: \u{F0026}x\n", 2, "a character here can't be read"),
      ("key: &a b\n", 1, marks), ("key: a\nname: *a\n", 2, marks), ("key: &a\n  b: c\n", 2, marks),
      ("x: &a [1, 2]\ny: *a\n", 1, marks), ("&a x: 1\n", 1, marks), ("? *a\n: 1\n", 1, marks),
      ("key: !!str 5\n", 1, marks), ("key: ! 5\n", 1, marks), ("key: !<x> 5\n", 1, marks),
      ("key: &\u{301}a b\n", 1, marks),
    ] as [(String, Int?, String)])
  func `what is no definition at all is told`(_ text: String, _ line: Int?, _ reason: String) {
    let fault = fault(text)
    if let line { #expect(fault?.line == line, "\(fault?.words ?? "")") }
    #expect(fault?.reason.contains(reason) == true, "\(fault?.words ?? "")")
  }

  @Test func `marks are only refused where they mean something`() throws {
    let text = """
      key: a
      name: R&D *and* more!  # &a, *a and !a
      description: |
        *First* & !last
        &more
      steps:
        nodes: [{id: s, kind: start, name: "*a"}, {id: t, kind: start, name: '!a &b'}]
      """
    let definition = try WorkflowFile.read(text: text).definition()
    #expect(definition.name == "R&D *and* more!")
    #expect(definition.description == "*First* & !last\n&more\n")
    #expect(definition.nodes.map(\.name) == ["*a", "!a &b"])
  }

  @Test func `only true and false are anything but words`() throws {
    let text = "key: on\nname: yes\ndescription: 2026-11-23\nsteps: ~\n"
    let document = try WorkflowFile.read(text: text)
    #expect(
      document.json
        == [
          "key": .string("on"), "name": .string("yes"), "description": .string("2026-11-23"),
          "steps": .null,
        ])
  }

  /// Each of these would take minutes, or all memory, if it were read as it is.
  @Test(arguments: [
    String(repeating: "[", count: 250_000), String(repeating: "{", count: 250_000),
    String(repeating: "- ", count: 125_000), String(repeating: "? ", count: 125_000),
    "a: &a [x, x]\n" + (1...60).map { "b\($0): &a [*a, *a]\n" }.joined() + "? *a\n: x\n",
    "a: &a {x: 1}\n" + (1...60).map { "b\($0): &a {x: *a, y: *a}\n" }.joined() + "? *a\n: x\n",
    String(repeating: "k", count: 120_000) + ": [" + String(repeating: "1,", count: 60_000) + "]",
    "steps: {nodes: [" + String(repeating: "{id: s},", count: 30_000) + "]}",
    "steps: {edges: [" + String(repeating: "a,", count: 120_000) + "]}",
    "when: \"" + String(repeating: "(", count: 250_000) + "\"",
    (0..<20_000).map { "k\($0): 1\n" }.joined(),
  ])
  func `no file keeps the program busy`(_ text: String) {
    let time = ContinuousClock().measure { _ = fault(text) }
    #expect(time < .seconds(10), "\(text.prefix(20)): \(time)")
  }

  @Test(arguments: ShippedWorkflow.allCases)
  func `whatever a slip of the hand leaves is read, or told with its line`(
    _ shipped: ShippedWorkflow
  ) {
    var chance = UInt64(shipped.text.utf8.count)
    func next(_ limit: Int) -> Int {
      chance = chance &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((chance >> 33) % UInt64(limit))
    }
    let slips = Array("&*!|>'\"{}[],:#-?%@`\t\n ~<=0\u{7F}\u{85}ä\r".unicodeScalars)
    for _ in 0..<100 {
      var scalars = Array(shipped.text.unicodeScalars)
      for _ in 0...next(3) {
        let place = next(scalars.count)
        switch next(3) {
        case 0: scalars.remove(at: place)
        case 1: scalars.insert(slips[next(slips.count)], at: place)
        default: scalars[place] = slips[next(slips.count)]
        }
      }
      let text = String(String.UnicodeScalarView(scalars))
      do {
        let definition = try WorkflowFile.read(text: text).definition()
        let written = WorkflowFile.text(of: definition)
        #expect(try WorkflowFile.read(text: written).definition() == definition, "\(text)")
      } catch {
        let lines = text.count { $0.isNewline } + 1
        #expect(error.line.map { (1...lines).contains($0) } == true, "\(error.words)\n\(text)")
        #expect(error.words.unseen == nil, "\(error.words)")
      }
    }
  }

  @Test func `nothing deeper than this is read`() {
    func deep(_ levels: Int) -> String {
      "key: " + String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
    }
    #expect(fault(deep(30))?.reason.hasPrefix("key should be text") == true)
    #expect(fault(deep(40))?.reason == "lists and names stand more than 32 levels deep")
    #expect(fault(deep(2_000))?.reason == "lists and names stand more than 32 levels deep")
  }

  @Test func `what is no file, or no text, or too large, is told`() {
    let files = JournalFiles.inMemory([
      "latin.yaml": [0x6B, 0xE4], "wide.yaml": [0xFF, 0xFE, 0x6B, 0x00],
      "large.yaml": Array(repeating: UInt8(ascii: "#"), count: WorkflowFile.mostBytes + 1),
    ])
    func words(_ path: String) -> String? {
      #expect(throws: YAMLFileFault.self) { try WorkflowFile.read(path: path, files: files) }?.words
    }
    #expect(words("none.yaml") == "none.yaml: there is no such file.")
    #expect(words("latin.yaml") == "latin.yaml: this isn't UTF-8 text.")
    #expect(words("wide.yaml") == "wide.yaml: this isn't UTF-8 text.")
    #expect(words("large.yaml") == "large.yaml: the file is larger than 256 KiB; shorten it.")
    let folder = #expect(throws: YAMLFileFault.self) { try WorkflowFile.read(path: "/") }
    #expect(folder?.words == "/: this is a folder; name a file in it.")
  }
}
