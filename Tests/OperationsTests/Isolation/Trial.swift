import Domain
import Foundation
import Operations
import Store
import TestSupport
import Testing

/// One command or query, to be tried on what is one's own and on what is a neighbour's.
struct Trial: Sendable, CustomTestStringConvertible {
  /// The type that it tries.
  let name: String
  /// Whether it says which things it is about; what doesn't can't name a neighbour's.
  var namesThings = true
  /// Whether the neighbour's own log or the instance's tells of it, as of who wanted in or out.
  var isOnRecordElsewhere = false
  let attempt: @Sendable (TestBooks, Things) async throws -> String
  /// What came of it, for all tests that judge it.
  let outcome = Outcome()

  var testDescription: String { name }

  /// What came of it, all in one text, with what is said to whoever tried.
  struct Answer: Sendable {
    let text: String
    let refusal: Refusal?

    /// Without the ids of what was made, which go on from whatever was made before.
    var comparable: String { text.replacing(/value: \d+/, with: "value") }
  }

  /// What gives a leak away (RELIABILITY.md §3b).
  enum Detector: Hashable {
    /// A neighbour's text is in what came out, in an error's words or in the log.
    case canary
    /// A neighbour's row isn't what it was.
    case digest
    /// The answer is another where the neighbour never was.
    case difference
  }

  /// What came of it in books that nothing else has used.
  struct Finding: Sendable {
    let answer: Answer
    let leaks: Set<Detector>
    /// What one's own log tells of last.
    let lastRecord: AuditOutcome?
  }

  /// Found once, as that takes long.
  actor Outcome {
    private var task: Task<(own: Finding, foreign: Finding), any Error>?

    fileprivate func findings(of trial: Trial) async throws -> (own: Finding, foreign: Finding) {
      let task = task ?? Task { try await trial.tried() }
      self.task = task
      return try await task.value
    }
  }

  /// On one's own things and on the neighbour's.
  func findings() async throws -> (own: Finding, foreign: Finding) {
    try await outcome.findings(of: self)
  }

  private func tried() async throws -> (own: Finding, foreign: Finding) {
    let first = try await Neighbours.make()
    let foreign = try await finding(in: first, on: first.foreign)
    let second = try await Neighbours.make()
    return (try await finding(in: second, on: second.own), foreign)
  }

  func answer(in books: TestBooks, on things: Things) async throws -> Answer {
    do {
      return Answer(text: try await attempt(books, things), refusal: nil)
    } catch let refusal as Refusal {
      return Answer(
        text: Self.text(of: refusal) + UserMessage(refusal).text, refusal: refusal)
    }
  }

  /// What comes of it in `neighbours`, which nothing else may have used.
  func finding(in neighbours: Neighbours, on things: Things) async throws -> Finding {
    let before = try await Neighbours.untouched.value
    let answer = try await answer(in: neighbours.books, on: things)
    let after = try await neighbours.digest()
    // Its rows may be gone for nobody to look at, as one's session is after signing out.
    let trail = try await Self.trail(of: neighbours)
    let alone = try await self.answer(in: neighbours.alone(), on: things)
    var found: Set<Detector> = []
    let words = answer.text + Self.text(of: trail)
    if words.localizedStandardContains(Neighbours.canary) { found.insert(.canary) }
    let changed = before.filter { after[$0.key] != $0.value }.keys
    if !changed.allSatisfy({ isOnRecordElsewhere && $0.hasPrefix("audit_") }) {
      found.insert(.digest)
    }
    if answer.comparable != alone.comparable { found.insert(.difference) }
    return Finding(answer: answer, leaks: found, lastRecord: trail.first?.outcome)
  }

  /// All that a value is made of, what it doesn't describe itself by too; what has no order in one.
  static func text(of value: Any) -> String {
    let mirror = Mirror(reflecting: value)
    guard !(value is String), !mirror.children.isEmpty else { return "\(value)" }
    let parts = mirror.children.map { "\($0.label ?? "-"): \(text(of: $0.value))" }
    let isOrdered = mirror.displayStyle != .set && mirror.displayStyle != .dictionary
    return "(\((isOrdered ? parts : parts.sorted()).joined(separator: "\n")))"
  }

  private static func trail(of neighbours: Neighbours) async throws -> [AuditPage.Row] {
    let books = neighbours.books
    return try await books.store.snapshot(of: books.business, as: .system) {
      try AuditPage(limit: 6).run(in: $0)
    }
  }
}

extension Trial {
  static func command(
    _ name: String, by role: Role = .owner,
    _ make: @escaping @Sendable (TestBooks, Things) throws -> any Command
  ) -> Trial {
    Trial(name: name) { books, things in
      func perform(_ command: some Command) async throws -> String {
        #expect("\(type(of: command))" == name)
        return text(
          of: try await books.workspace.perform(command, as: books.principal(role)))
      }
      return try await perform(make(books, things))
    }
  }

  static func query(
    _ name: String, _ make: @escaping @Sendable (TestBooks, Things) throws -> any Query
  ) -> Trial {
    Trial(name: name) { books, things in
      func fetch(_ query: some Query) async throws -> String {
        #expect("\(type(of: query))".prefix { $0 != "<" } == name)
        return text(of: try await books.workspace.fetch(query, as: books.owner))
      }
      return try await fetch(make(books, things))
    }
  }

  /// What goes by another way than `perform`, or has nothing of anybody's to name.
  static func other(
    _ name: String, isOnRecordElsewhere: Bool = false, namesThings: Bool = false,
    _ attempt: @escaping @Sendable (TestBooks, Things) async throws -> Any
  ) -> Trial {
    Trial(name: name, namesThings: namesThings, isOnRecordElsewhere: isOnRecordElsewhere) {
      text(of: try await attempt($0, $1))
    }
  }
}
