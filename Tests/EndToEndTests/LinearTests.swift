import Foundation
import Testing

extension EndToEnd {
  /// The application without a screen, as a screen reader's user has it.
  @Suite struct LinearTests {
    @Test func `an entry is posted and read in the trial balance without one escape sequence`()
      async throws
    {
      try await Office.withDemonstration { office in
        try await Listening.open(in: office) { person in
          try await person.beginEntry()
          try await person.enter("Heard oil")
          try await person.hear("Text: Heard oil", "Line 1 Account: empty")
          try await person.enter("6500")
          try await person.enter("365.50")
          try await person.enter("1120")
          try await person.hear("Line 2 Credit: empty, suggested 365.50")
          try await person.press("Enter")
          try await person.hear("ok BALANCED")
          try await person.press("F10")
          try await person.hear("is posted.")
          try await person.type("4")
          try await person.hear("Screen Trial balance", "No 11")
          try await person.type("/")
          try await person.enter("6500")
          try await person.hear("No 6500, ")
          try await person.press("C-d")
          try await person.hear("Question: Leave CoreFlow?")
          try await person.press("Enter")
          try await person.hear("the same")
          let bytes = try person.bytes()
          #expect(!bytes.contains(0x1B))
          let text = String(decoding: bytes, as: UTF8.self)
          try await office.signIn("owner")
          let cents = try #require(try await office.trialBalance()["6500"])
          let row = try #require(text.split(separator: "\r\n").first { $0.hasPrefix("No 6500, ") })
          let sum = row.firstMatch(of: /Debit ([0-9,.]+)/)?.1.filter(\.isNumber)
          #expect(sum == "\(cents)", "\(row)")
        }
        try await office.expectSoundBooks()
      }
    }

    @Test(arguments: [SIGTERM, SIGHUP])
    func `a signal gives the terminal back, and what was typed is offered again`(
      _ signal: Int32
    ) async throws {
      try await Office.withDemonstration { office in
        try await Listening.open(in: office) { person in
          try await person.beginEntry()
          try await person.type("Heard oil")
          try await person.hear("Heard oil")
          #expect(kill(try person.program(), signal) == 0)
          try await person.hear("the same")
        }
        try await Listening.open(in: office) { person in
          try await person.signIn()
          try await person.type("n")
          try await person.hear("Question: Go on with what you were writing?", "“Heard oil”")
          try await person.press("Enter")
          try await person.hear("Text: Heard oil")
        }
      }
    }

    @Test func `without a terminal the refusal says what is missing`() async throws {
      try await Office.withDemonstration { office in
        let answer = try await office.shell("setsid -w coreflow ui --linear < /dev/null")
        #expect(answer.status != 0)
        #expect(answer.errors.contains("needs a terminal"))
      }
    }
  }
}

/// Somebody who hears what a terminal was sent, every byte of it kept.
private struct Listening {
  private let office: Office
  private let terminal: Terminal
  private let file: String

  /// Runs the application in a terminal of its own within one that only takes keys.
  static func open(in office: Office, _ body: (Listening) async throws -> Void) async throws {
    let file = office.folder + "/" + UUID().uuidString
    let script = """
      stty -g > inside
      sh -c 'echo $$ > pid; exec coreflow ui --linear'
      stty -g | diff - inside && echo the same
      """
    try script.write(toFile: office.folder + "/linear.sh", atomically: true, encoding: .utf8)
    try await Terminal.open(in: office) { terminal in
      try await terminal.enter("TERM=dumb script -qfec 'sh linear.sh' \(file) > /dev/null")
      let person = Listening(office: office, terminal: terminal, file: file)
      defer { person.hangUp() }
      try await body(person)
    }
  }

  /// `script` outlives the terminal that it stands in, and what it runs with it.
  private func hangUp() {
    guard let program = try? program(),
      (try? String(contentsOfFile: "/proc/\(program)/comm", encoding: .utf8)) == "coreflow\n"
    else { return }
    kill(program, SIGTERM)
  }

  func bytes() throws -> Data { try Data(contentsOf: URL(fileURLWithPath: file)) }

  func program() throws -> pid_t {
    let text = try String(contentsOfFile: office.folder + "/pid", encoding: .utf8)
    return try #require(pid_t(text.trimmingCharacters(in: .newlines)))
  }

  func type(_ text: String) async throws { try await terminal.type(text) }
  func press(_ key: String) async throws { try await terminal.press(key) }
  func enter(_ line: String) async throws { try await terminal.enter(line) }

  /// To the journal.
  func signIn() async throws {
    try await hear("E-mail: empty")
    try await enter("employee@demo.example")
    try await hear("Password: empty")
    try await enter(Office.password)
    try await hear("Screen Businesses", "Business Harbour Chandlery")
    try await press("Enter")
    // Wherever they were the last time.
    try await type("1")
    try await hear("Screen Home", "To do, ")
    try await type("2")
    try await hear("Screen Journal", "No ")
  }

  /// To the text of a new entry.
  func beginEntry() async throws {
    try await signIn()
    try await type("n")
    try await hear("Screen New entry, in Journal")
    try await press("Enter")
  }

  /// Waits until all of it was said at some time.
  func hear(_ texts: String..., at location: SourceLocation = #_sourceLocation) async throws {
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(60)
    while true {
      // Nothing is there before the first byte.
      let said = (try? bytes()).map { String(decoding: $0, as: UTF8.self) } ?? ""
      if texts.allSatisfy({ said.contains($0) }) { return }
      if clock.now > deadline {
        Issue.record("Never said: \(texts). Said:\n\(said)", sourceLocation: location)
        throw NeverCame()
      }
      // Not a wait for time to pass: the question is asked again until the deadline.
      try await Task.sleep(for: .milliseconds(20))
    }
  }
}
