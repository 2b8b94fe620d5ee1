import Foundation
import Testing

extension EndToEnd {
  /// A process that dies at any moment takes nothing with it but itself.
  @Suite struct KillTests {
    private static let kills = 100
    private static let post = [
      "--business", Office.business, "journal", "add", "-d", "Under fire", "6600", "1", "1120",
      "--post",
    ]

    @Test func `a hundred kills while entries are posted leave no gap and nothing half done`()
      async throws
    {
      try await Office.withDemonstration { office in
        try await office.signIn("owner")
        let before = try await office.trialBalance()
        let clock = ContinuousClock()
        var posted: Set<String> = []
        let duration = try await clock.measure {
          posted = try await post(in: office)
        }

        var chance = Chance(state: 0x5EED)
        var killed = 0
        while killed < Self.kills {
          let delays = (0..<2).map { _ in duration * Double.random(in: 0..<1.2, using: &chance) }
          let answers = try await salvo(delays, in: office)
          killed += answers.count { $0.wasKilled }
          posted.formUnion(answers.compactMap(Self.number))
        }
        posted.formUnion(try await post(in: office))

        try await office.expectSoundBooks()
        try await expect(posted, since: before, in: office)
      }
    }

    /// Posts once, with nobody shooting.
    private func post(in office: Office) async throws -> Set<String> {
      let answer = try await office.start(Self.post).answer()
      return [try #require(Self.number(answer), "\(answer.errors)")]
    }

    /// Starts a process for each delay, all at once, and kills each after its own.
    private func salvo(_ delays: [Duration], in office: Office) async throws -> [Answer] {
      let targets = try delays.map { delay in (delay, try office.start(Self.post)) }
      let start = ContinuousClock.now
      for (delay, target) in targets.sorted(by: { $0.0 < $1.0 }) {
        // The moment of death, not a wait for something else.
        try await Task.sleep(until: start + delay, clock: .continuous)
        target.kill()
      }
      var answers: [Answer] = []
      for (_, target) in targets { answers.append(try await target.answer()) }
      return answers
    }

    private static func number(_ answer: Answer) -> String? {
      answer.output.firstMatch(of: /Posted as (GJ-\d+-\d+)\./).map { String($0.output.1) }
    }

    /// Everything that was said to be posted is there, numbered one after the other, and the trial
    /// balance has moved by as many entries as there are: those of the dead may be in it too.
    private func expect(
      _ posted: Set<String>, since before: [String: Int], in office: Office
    ) async throws {
      let list = try await office.run(
        "--business", Office.business, "journal", "list", "--status", "posted", "--limit", "500",
        "--format", "csv")
      let entries = list.lines.filter { $0.contains("Under fire") }
      let numbers = entries.compactMap { $0.firstMatch(of: /GJ-\d+-(\d+)/) }
      #expect(numbers.count == entries.count)
      let names = Set(numbers.map { String($0.output.0) })
      #expect(posted.isSubset(of: names))
      let serials = numbers.compactMap { Int($0.output.1) }.sorted()
      let first = try #require(serials.first)
      #expect(serials == Array(first..<first + serials.count))
      var expected = before
      expected["6600", default: 0] += 100 * entries.count
      expected["1120", default: 0] -= 100 * entries.count
      #expect(try await office.trialBalance() == expected)
    }
  }

  /// SplitMix64: the same shots in every run.
  private struct Chance: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }
}
