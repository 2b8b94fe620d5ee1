import Domain
import Testing

/// RULES §5.3, typed by hand: who is asked, what each said in the order of the letters, and what
/// follows.
@Suite struct ApprovalCountTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let mode: ApprovalMode
    let hasVeto: Bool
    let asked: Int
    /// Of the first, the second …: `a`pprove, `r`eject, re`t`urn, a`b`stain, or `.` for none yet.
    let votes: String
    let outcome: ApprovalCount.Outcome

    var testDescription: String { "\(mode) of \(asked), \(hasVeto ? "veto" : "no veto"): \(votes)" }

    init(
      _ mode: ApprovalMode, _ asked: Int, _ votes: String, _ outcome: ApprovalCount.Outcome,
      veto hasVeto: Bool = false
    ) {
      self.mode = mode
      self.hasVeto = hasVeto
      self.asked = asked
      self.votes = votes
      self.outcome = outcome
    }
  }

  private static let any: [Row] = [
    Row(.any, 3, "...", .open), Row(.any, 3, "..a", .approved), Row(.any, 3, "rra", .approved),
    Row(.any, 3, "r..", .open), Row(.any, 3, "rr.", .open), Row(.any, 3, "rrr", .rejected),
    Row(.any, 3, "r..", .rejected, veto: true), Row(.any, 3, "..a", .approved, veto: true),
    Row(.any, 3, "b..", .open), Row(.any, 3, "brr", .rejected), Row(.any, 3, "br.", .open),
    Row(.any, 3, "bbb", .short), Row(.any, 1, "b", .short), Row(.any, 0, "", .short),
    Row(.any, 3, "t..", .returned), Row(.any, 3, "rt.", .returned), Row(.any, 1, "a", .approved),
  ]

  private static let all: [Row] = [
    Row(.all, 3, "...", .open), Row(.all, 3, "aa.", .open), Row(.all, 3, "aaa", .approved),
    Row(.all, 3, "r..", .rejected), Row(.all, 3, "aar", .rejected),
    Row(.all, 3, "aab", .approved), Row(.all, 3, "ab.", .open), Row(.all, 3, "bba", .approved),
    Row(.all, 3, "bbb", .short), Row(.all, 0, "", .short), Row(.all, 3, "aat", .returned),
    Row(.all, 3, ".r.", .rejected, veto: true),
  ]

  private static let quorum: [Row] = [
    Row(.quorum(2), 3, "...", .open), Row(.quorum(2), 3, "a..", .open),
    Row(.quorum(2), 3, "a.a", .approved), Row(.quorum(2), 3, "r..", .open),
    Row(.quorum(2), 3, "rr.", .rejected), Row(.quorum(2), 3, "arr", .rejected),
    Row(.quorum(2), 3, "ara", .approved), Row(.quorum(2), 3, "r..", .rejected, veto: true),
    // One less to count: 2 of 2 are needed, and one rejection is too many.
    Row(.quorum(2), 3, "b..", .open), Row(.quorum(2), 3, "br.", .rejected),
    Row(.quorum(2), 3, "baa", .approved),
    // More are needed than are left: more must be asked, nothing is approved and nothing rejected.
    Row(.quorum(2), 3, "bb.", .short), Row(.quorum(2), 3, "bba", .short),
    Row(.quorum(3), 2, "..", .short), Row(.quorum(2), 3, "ta.", .returned),
  ]

  private static let sequential: [Row] = [
    Row(.sequential, 3, "...", .open), Row(.sequential, 3, "a..", .open),
    Row(.sequential, 3, "aa.", .open), Row(.sequential, 3, "aaa", .approved),
    Row(.sequential, 3, "r..", .rejected), Row(.sequential, 3, "aar", .rejected),
    Row(.sequential, 3, "ab.", .open), Row(.sequential, 3, "aba", .approved),
    Row(.sequential, 2, "bb", .short), Row(.sequential, 3, "at.", .returned),
  ]

  private static func person(_ place: Int) -> ID<User> { ID(Int64(place + 1)) }

  private static let decisions: [Character: ApprovalDecision] = [
    "a": .approve, "r": .reject, "t": .return, "b": .abstain,
  ]

  private static func count(_ row: Row) -> ApprovalCount {
    ApprovalCount(
      row.mode, hasVeto: row.hasVeto, eligible: (0..<row.asked).map(person),
      votes: row.votes.enumerated().compactMap { place, letter in
        decisions[letter].map {
          ApprovalVote(person(place), $0, at: Timestamp(milliseconds: Int64(place)))
        }
      })
  }

  @Test(arguments: any + all + quorum + sequential)
  func `votes come out as the rules count them`(_ row: Row) {
    #expect(Self.count(row).outcome == row.outcome)
  }

  @Test func `whoever hasn't voted is asked, and one after the other the next alone`() {
    #expect(Self.count(Row(.all, 3, ".a.", .open)).asked == [ID(1), ID(3)])
    #expect(Self.count(Row(.sequential, 3, "...", .open)).asked == [ID(1)])
    #expect(Self.count(Row(.sequential, 3, "a..", .open)).asked == [ID(2)])
    #expect(Self.count(Row(.sequential, 3, "ab.", .open)).asked == [ID(3)])
    #expect(Self.count(Row(.sequential, 3, "aba", .approved)).asked == [])
  }

  @Test func `a person has one vote, however many lent them theirs`() {
    let lent = ApprovalVote(ID(9), actingFor: ID(1), .approve, at: Timestamp(milliseconds: 5))
    let count = ApprovalCount(.all, eligible: [ID(1), ID(2), ID(9)], votes: [lent])
    #expect(count.vote(against: ID(9), for: ID(2)) == lent)
    #expect(count.vote(against: ID(9), for: ID(9)) == lent)
    #expect(count.vote(against: ID(1), for: ID(1)) == lent)
    #expect(count.vote(against: ID(8), for: ID(1)) == lent)
    // Their own for the same is changed by it, and others have nothing to do with it.
    #expect(count.vote(against: ID(9), for: ID(1)) == nil)
    #expect(count.vote(against: ID(2), for: ID(2)) == nil)
    #expect(count.asked == [ID(2), ID(9)])
  }
}
