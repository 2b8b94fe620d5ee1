import Domain
import Testing

/// How what two members hold against each other is matched (RULES §3.12, 4).
@Suite struct EliminationTests {
  /// Items of the two sides, as a currency, an amount in it and what that is to the group.
  private func consolidation(
    _ here: [(String, Int64, Int64)], _ there: [(String, Int64, Int64)], tolerance: Int64 = 0
  ) throws -> Consolidation {
    func posted(
      _ items: [(String, Int64, Int64)], _ number: String, _ type: AccountType
    )
      -> [Group.Posted]
    {
      let items = items.map { Group.Posted(number, type, $0.2, document: ($0.0, $0.1)) }
      let rest = items.reduce(0) { $0 + $1.base }
      return items + [Group.Posted(number, type, 0), Group.Posted("3100", .equity, -rest)]
    }
    let members = [
      Group.member(
        "port", Group.dollar,
        posted(here, "1250", .asset) + [Group.Posted("2160", .liability, 0)]),
      Group.member("isle", Group.dollar, posted(there, "2160", .liability)),
    ]
    return try Consolidation(
      ConsolidationGroup(
        name: "", currency: Group.dollar, members: [.init("port"), .init("isle")],
        pairs: [
          .init(.receivable, .init("port", ["1250"]), .init("isle", ["2160"]))
        ], tolerance: Money(minorUnits: tolerance)), of: members)
  }

  private func matches(_ consolidation: Consolidation) -> [String] {
    consolidation.eliminations[0].matches.map { match in
      let sides = [match.here, match.there].map { items in
        items.map { "\($0.amount.minorUnits)" }.joined(separator: "+")
      }
      return "\(match.pass) \(sides[0])/\(sides[1]) \(match.difference.minorUnits)"
    }
  }

  @Test func `an equal amount in the group's currency goes before an equal document`() throws {
    let found = try consolidation(
      [("EUR", 1_000, 1_090), ("USD", 1_100, 1_100)], [("EUR", -1_000, -1_100)])
    #expect(matches(found) == ["exact 1100/-1100 0", "unmatched 1090/ 1090"])
    #expect(
      found.words.filter { $0.contains("receivable") }
        == ["receivable unmatched: 0 0 | 1090 0 | 1090"])
  }

  @Test func `an equal document leaves a difference of exchange on a line of its own`() throws {
    let found = try consolidation([("EUR", 1_000, 1_090)], [("EUR", -1_000, -1_100)])
    #expect(matches(found) == ["document 1090/-1100 -10"])
    #expect(
      found.words.filter { !$0.hasPrefix("3100") } == [
        "1250: 1090 0 | -1090 0 | 0", "2160: 0 -1100 | 1100 0 | 0",
        "receivable document: 0 0 | -10 0 | -10",
      ])
  }

  @Test func `within what is tolerated the closest go together first`() throws {
    let found = try consolidation(
      [("USD", 500, 500), ("EUR", 400, 503)], [("GBP", -300, -502), ("CHF", -350, -506)],
      tolerance: 5)
    // 503 is 1 from 502; 500 is 6 from 506, which is too far.
    #expect(
      matches(found) == ["tolerance 503/-502 1", "unmatched 500/-506 -6"])
  }

  @Test func `the tolerated difference itself is tolerated, and one more is not`() throws {
    let sides: ([(String, Int64, Int64)], [(String, Int64, Int64)]) =
      ([("USD", 100, 100)], [("USD", -95, -95)])
    #expect(try matches(consolidation(sides.0, sides.1, tolerance: 5)) == ["tolerance 100/-95 5"])
    #expect(try matches(consolidation(sides.0, sides.1, tolerance: 4)) == ["unmatched 100/-95 5"])
  }

  @Test func `amounts of the same sign never go together`() throws {
    let found = try consolidation([("USD", 3, 3)], [("USD", 2, 2)], tolerance: 100)
    #expect(matches(found) == ["unmatched 3/2 5"])
  }

  @Test func `what nobody else has booked is eliminated and shown`() throws {
    let found = try consolidation([("USD", 100, 100)], [])
    #expect(matches(found) == ["unmatched 100/ 100"])
    #expect(
      found.words == [
        "1250: 100 0 | -100 0 | 0", "3100: -100 0 | 0 0 | -100",
        "receivable unmatched: 0 0 | 100 0 | 100",
      ])
  }

  @Test func `a pair with nothing on it leaves nothing`() throws {
    let found = try consolidation([], [])
    #expect(found.eliminations.map(\.matches.count) == [0])
    #expect(found.rows.isEmpty)
  }
}
