/// The same keys at two sizes, in CoreFlow and in another program.
struct KeyLatency {
  struct Measurement {
    let size: String
    let key: String
    let program: String
    let answers: [Session.Answer]
  }

  private static let sizes: [(columns: UInt16, rows: UInt16)] = [(80, 24), (200, 50)]
  private static let down = "\u{1B}OB"
  private static let pageDown = "\u{1B}[6~"

  private(set) var measured: [Measurement] = []

  /// With the sign-in of the books' owner before.
  mutating func measureCoreFlow(_ program: String, environment: [String: String]) throws {
    for size in Self.sizes {
      let session = try Session(
        [program], environment: environment, columns: size.columns, rows: size.rows)
      defer { session.close() }
      try session.go("", until: "E-mail")
      try session.go("\u{15}\(Books.owner)\t\(Books.password)\r", until: "To do")
      try session.go("2", until: "Description")
      measure("Down", session.press(Self.down, times: 200), "CoreFlow", size)
      measure("PgDn", session.press(Self.pageDown, times: 100), "CoreFlow", size)
      measureEnds(session, end: "G", home: "g", "CoreFlow", size)
      measureOpening(session, back: "\u{1B}", "CoreFlow", size)
      _ = session.press("/")
      measure(
        "a letter of a filter", "freight".flatMap { session.press(String($0)) }, "CoreFlow", size)
      _ = session.press("\u{1B}")
    }
  }

  mutating func measureHledger(_ journal: String, environment: [String: String]) throws {
    for size in Self.sizes {
      let session = try Session(
        ["hledger-ui", "-f", journal, "--register", "assets", "--tree"],
        environment: environment, columns: size.columns, rows: size.rows)
      defer { session.close() }
      try session.go("", until: "assets")
      _ = session.press("\u{1B}[H")
      measure("Down", session.press("j", times: 60), "hledger-ui", size)
      measure("PgDn", session.press(Self.pageDown, times: 30), "hledger-ui", size)
      measureEnds(session, end: "\u{1B}[F", home: "\u{1B}[H", "hledger-ui", size)
      measureOpening(session, back: "h", "hledger-ui", size)
      _ = session.press("/")
      measure(
        "a letter of a filter", "freight".flatMap { session.press(String($0)) }, "hledger-ui", size)
    }
  }

  private mutating func measureEnds(
    _ session: Session, end: String, home: String, _ program: String,
    _ size: (columns: UInt16, rows: UInt16)
  ) {
    let answers = (0..<10).flatMap { _ in session.press(end) + session.press(home) }
    measure("to the end, to the start", answers, program, size)
  }

  private mutating func measureOpening(
    _ session: Session, back: String, _ program: String,
    _ size: (columns: UInt16, rows: UInt16)
  ) {
    var answers: [Session.Answer] = []
    for _ in 0..<20 {
      answers += session.press("l")
      _ = session.press(back)
    }
    measure("opening an entry", answers, program, size)
  }

  private mutating func measure(
    _ key: String, _ answers: [Session.Answer], _ program: String,
    _ size: (columns: UInt16, rows: UInt16)
  ) {
    measured.append(
      Measurement(
        size: "\(size.columns) × \(size.rows)", key: key, program: program, answers: answers))
  }
}
