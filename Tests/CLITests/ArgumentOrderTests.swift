import Testing

@testable import CLI

struct ArgumentOrderTests {
  @Test func `flags of every subcommand may stand before it, and between its words`() {
    #expect(
      ArgumentOrder.arranged(["--db", "x", "journal", "--format=json", "list", "--limit", "3"])
        == ["journal", "list", "--limit", "3", "--db", "x", "--format=json"])
  }

  @Test func `what starts with a minus and a digit is no flag`() {
    #expect(
      ArgumentOrder.arranged(["journal", "add", "1120", "-5", "6210", "--date", "-1"])
        == ["journal", "add", "1120", " -5", "6210", "--date", " -1"])
  }

  @Test func `nothing behind the terminator is touched`() {
    #expect(
      ArgumentOrder.arranged(["--no-colour", "a", "--", "--db", "-5"])
        == ["a", "--no-colour", "--", "--db", "-5"])
  }
}
