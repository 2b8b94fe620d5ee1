import Domain
import Testing

struct BrokenGlassTests {
  @Test(arguments: [
    // A Monday, a Friday, and a Saturday.
    ("2026-11-23T10:00", "2026-11-27T00:00"), ("2026-11-27T23:30", "2026-12-03T00:00"),
    ("2026-11-28T00:00", "2026-12-03T00:00"),
  ])
  func `a review is due when three working days are over`(_ end: String, _ due: String) throws {
    let end = try #require(Timestamp(end))
    #expect(BrokenGlass.reviewDue(after: end) == Timestamp(due))
  }
}
