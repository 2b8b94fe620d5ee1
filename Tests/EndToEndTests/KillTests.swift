import Domain
import Foundation
import Testing

extension EndToEnd {
  /// A process that dies at any moment takes nothing with it but itself.
  @Suite struct KillTests {
    private static let kills = 100
    private static let killsBetweenCheckups = 10
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
        var answered: Set<String> = []
        let duration = try await clock.measure {
          answered = try await post(in: office)
        }

        var chance = SplitMix(seed: 0x5EED)
        var killed = 0
        while killed < Self.kills {
          let due = (killed / Self.killsBetweenCheckups + 1) * Self.killsBetweenCheckups
          let delay = duration * Double.random(in: 0..<1.2, using: &chance)
          let answers = try await salvo(after: delay, atMost: duration * 4, in: office)
          killed += answers.count { $0.wasKilled }
          answered.formUnion(answers.compactMap(Self.number))
          if killed >= due { try await office.expectSoundBooks("after \(killed) kills") }
        }
        answered.formUnion(try await post(in: office))

        try await office.expectSoundBooks()
        let posted = try await expect(answered, since: before, in: office)
        // Else no kill has hit a process between its work and its answer.
        #expect(posted.subtracting(answered).count >= 3, "\(posted.count) entries")
      }
    }

    /// Posts once, with nobody shooting.
    private func post(in office: Office) async throws -> Set<String> {
      let answer = try await office.start(Self.post).answer()
      return [try #require(Self.number(answer), "\(answer.errors)")]
    }

    /// Starts two processes at once. One is killed after `delay`, wherever it is by then; the other
    /// as soon as either has written, which is about when it commits.
    private func salvo(
      after delay: Duration, atMost limit: Duration, in office: Office
    ) async throws -> [Answer] {
      let before = try written(in: office)
      let (blind, aimed) = (try office.start(Self.post), try office.start(Self.post))
      let start = ContinuousClock.now
      var isBlindAlive = true
      var isAimedAlive = true
      while isBlindAlive || isAimedAlive {
        let passed = ContinuousClock.now - start
        if isBlindAlive, passed >= delay {
          blind.kill()
          isBlindAlive = false
        }
        if isAimedAlive, try passed >= limit || written(in: office) != before {
          aimed.kill()
          isAimedAlive = false
        }
        // Not a wait for time to pass: the questions are asked again until both are answered.
        try await Task.sleep(for: .microseconds(200))
      }
      return [try await blind.answer(), try await aimed.answer()]
    }

    /// When the log of changes that aren't in the database's file yet was last written to.
    private func written(in office: Office) throws -> [Int] {
      var facts = stat()
      guard stat(office.books + "-wal", &facts) == 0, facts.st_size > 0 else { return [] }
      return [facts.st_mtim.tv_sec, facts.st_mtim.tv_nsec, Int(facts.st_size)]
    }

    private static func number(_ answer: Answer) -> String? {
      answer.output.firstMatch(of: /Posted as (GJ-\d+-\d+)\./).map { String($0.output.1) }
    }

    /// Everything that was answered is there, numbered one after the other, and the trial balance
    /// has moved by as many entries as there are: those of the dead may be in it too. Gives the
    /// numbers of all.
    private func expect(
      _ answered: Set<String>, since before: [String: Int], in office: Office
    ) async throws -> Set<String> {
      let list = try await office.run(
        "--business", Office.business, "journal", "list", "--status", "posted", "--limit", "500",
        "--format", "csv")
      let entries = list.lines.filter { $0.contains("Under fire") }
      let numbers = entries.compactMap { $0.firstMatch(of: /GJ-\d+-(\d+)/) }
      #expect(numbers.count == entries.count)
      let names = Set(numbers.map { String($0.output.0) })
      #expect(answered.isSubset(of: names))
      let serials = numbers.compactMap { Int($0.output.1) }.sorted()
      let first = try #require(serials.first)
      #expect(serials == Array(first..<first + serials.count))
      var expected = before
      expected["6600", default: 0] += 100 * entries.count
      expected["1120", default: 0] -= 100 * entries.count
      #expect(try await office.trialBalance() == expected)
      return names
    }
  }
}
