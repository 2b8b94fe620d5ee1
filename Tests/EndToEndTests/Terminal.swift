import Foundation
import Testing

/// A real terminal: a pane of tmux, with somebody's shell in it.
struct Terminal {
  private let office: Office
  private let person: String
  private let socket: String

  /// Whether there is a tmux to make one with.
  static let isAvailable = (ProcessInfo.processInfo.environment["PATH"] ?? "")
    .split(separator: ":")
    .contains { FileManager.default.isExecutableFile(atPath: $0 + "/tmux") }

  static let prompt = "ready>"
  /// Nothing takes so long unless it is broken.
  private static let limit = Duration.seconds(150)

  /// Opens a terminal in the office, hands it to `body`, and closes it afterwards.
  static func open(
    in office: Office, as person: String = "owner", columns: Int = 80, rows: Int = 24,
    _ body: (Terminal) async throws -> Void
  ) async throws {
    let terminal = Terminal(office: office, person: person)
    try await terminal.tmux(
      "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)",
      "exec env PS1='\(prompt) ' bash --norc --noprofile")
    do {
      try await terminal.wait(for: prompt)
      try await body(terminal)
      try await terminal.tmux("kill-server")
    } catch {
      try await terminal.tmux("kill-server")
      throw error
    }
  }

  private init(office: Office, person: String) {
    self.office = office
    self.person = person
    socket = office.folder + "/" + UUID().uuidString.prefix(8)
  }

  @discardableResult
  func tmux(_ arguments: String...) async throws -> String {
    let answer = try await Running(
      "/usr/bin/env", ["tmux", "-S", socket, "-f", "/dev/null"] + arguments,
      environment: office.environment(of: person), folder: office.folder
    ).answer()
    try #require(answer.status == 0, "tmux \(arguments): \(answer.errors)")
    return answer.output
  }

  // MARK: What is on it

  func screen() async throws -> String { try await tmux("capture-pane", "-p") }

  /// With the escape sequences of its colours and attributes.
  func colouredScreen() async throws -> String { try await tmux("capture-pane", "-p", "-e") }

  /// What tmux knows about the pane, such as `alternate_on`.
  func fact(_ name: String) async throws -> String {
    try await tmux("display-message", "-p", "#{\(name)}").trimmingCharacters(in: .newlines)
  }

  /// Waits until the screen is as wanted, and gives it. Each time that it isn't, `again` is done.
  @discardableResult
  func wait(
    for what: String, _ isThere: (String) -> Bool,
    at location: SourceLocation = #_sourceLocation, again: () async throws -> Void = {}
  ) async throws -> String {
    let clock = ContinuousClock()
    let deadline = clock.now + Self.limit
    var screen = try await screen()
    while !isThere(screen) {
      if clock.now > deadline {
        Issue.record("Never came: \(what). The screen:\n\(screen)", sourceLocation: location)
        throw NeverCame()
      }
      try await again()
      // Not a wait for time to pass: the question is asked again until the deadline.
      try await Task.sleep(for: .milliseconds(20))
      screen = try await self.screen()
    }
    return screen
  }

  @discardableResult
  func wait(
    for texts: String..., at location: SourceLocation = #_sourceLocation
  ) async throws -> String {
    try await wait(
      for: texts.joined(separator: ", "),
      { screen in texts.allSatisfy { screen.contains($0) } }, at: location)
  }

  // MARK: What is done to it

  /// Keys by tmux's names for them: `Enter`, `F10`, `C-z`.
  func press(_ keys: String...) async throws {
    for key in keys { try await tmux("send-keys", key) }
  }

  func type(_ text: String) async throws { try await tmux("send-keys", "-l", "--", text) }

  func enter(_ line: String) async throws {
    try await type(line)
    try await press("Enter")
  }

  /// Pastes as a terminal does for a program that asks for brackets around it.
  func paste(_ bytes: some Sequence<UInt8>) async throws {
    let file = office.folder + "/paste"
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    try await tmux("load-buffer", file)
    try await tmux("paste-buffer", "-p")
  }

  func resize(columns: Int, rows: Int) async throws {
    try await tmux("resize-window", "-x", "\(columns)", "-y", "\(rows)")
  }

  /// The process that the shell in the pane has started.
  func program() async throws -> pid_t {
    let shell = try await fact("pane_pid")
    let children = try String(
      contentsOfFile: "/proc/\(shell)/task/\(shell)/children", encoding: .utf8)
    return try #require(children.split(separator: " ").first.flatMap { pid_t($0) })
  }

  // MARK: What people do again and again

  /// Starts the program by a command and signs a person of the demonstration books in, once `first`
  /// has been done.
  func open(
    as person: String, by command: String = "coreflow",
    after first: () async throws -> Void = {}
  ) async throws {
    try await enter("clear; \(command)")
    try await wait(for: "E-mail", "owner@demo.example")
    try await first()
    try await type("\(person)@demo.example")
    try await press("Tab")
    try await type(Office.password)
    try await press("Enter")
    let screen = try await wait(for: "somewhere to work") {
      $0.contains("Harbour Chandlery |") || $0.contains("Choose a business")
    }
    if screen.contains("Choose a business") {
      try await wait(for: "> Harbour Chandlery")
      try await press("Enter")
    }
    try await wait(for: "Harbour Chandlery |")
    // Wherever they were the last time.
    try await type("1")
    try await wait(for: "[1 Home]", "To do")
    try await type("2")
    try await wait(for: "[2 Journal]", "GJ-")
  }

  /// Leaves the program; the shell is there again.
  func leave() async throws {
    try await press("F3")
    try await wait(for: "Leave CoreFlow?")
    try await press("Enter")
    try await wait(for: Self.prompt)
  }
}

/// The screen that a test waits for didn't come; what came is in the issue recorded with it.
struct NeverCame: Error {}
