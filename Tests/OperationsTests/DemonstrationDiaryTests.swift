import Domain
import Testing

@testable import Operations

/// The story that the demonstration tells, before anybody performs it.
@Suite struct DemonstrationDiaryTests {
  /// Days on which months, years and leap years begin and end.
  private static let moments = [
    "2026-11-24T10:00", "2026-01-01T00:00", "2026-01-08T18:00", "2025-12-31T23:59",
    "2028-02-29T12:00", "2027-03-01T06:30",
  ]

  private static func steps(
    of name: String, until text: String, seed: UInt64 = 1
  ) throws -> [DemonstrationStep] {
    let end = try #require(Timestamp(text))
    let business: any DemonstrationBusiness =
      name == "harbour" ? Harbour(until: end, seed: seed) : Alpenrad(until: end, seed: seed)
    return try business.diary().steps
  }

  @Test(arguments: ["harbour", "alpenrad"], moments)
  func `everything happens in order, and nothing after now`(
    _ name: String, _ text: String
  ) throws {
    let end = try #require(Timestamp(text))
    let steps = try Self.steps(of: name, until: text)
    #expect(steps.allSatisfy { $0.at <= end })
    #expect(zip(steps, steps.dropFirst()).allSatisfy { $0.at <= $1.at })
    for step in steps {
      guard case .enter(let entry, let ending) = step.deed, ending != .keepDraft else { continue }
      #expect(entry.date <= step.at.day, "\(entry.description) is written before its day")
      #expect(entry.lines.map(\.amount).reduce(0, +) == 0, "\(entry.description)")
      #expect(entry.lines.count >= 2, "\(entry.description)")
    }
  }

  @Test func `the same seed on the same day tells the same story, another seed another`() throws {
    func story(_ seed: UInt64) throws -> [String] {
      try Self.steps(of: "harbour", until: "2026-11-24T10:00", seed: seed).map { "\($0)" }
    }
    #expect(try story(7) == story(7))
    #expect(try story(7) != story(8))
  }
}
