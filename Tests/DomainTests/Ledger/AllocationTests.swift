import Domain
import Testing

/// Spreading what an account took (RULES R35).
struct AllocationTests {
  private let rent: ID<Account> = ID(1)
  private let other: ID<Account> = ID(2)

  @Test func `the parts and what they are taken from sum to nothing, cent by cent`() throws {
    let allocation = Allocation(
      of: Allocation.Place(rent), to: [1, 2, 3].map { Allocation.Place(rent, ID($0)) },
      by: .headcount)
    let lines = try allocation.lines(
      of: Money(minorUnits: 100_00), by: [1, 1, 1], words: ["a", "b", "c"], in: "USD")
    #expect(lines.map(\.amount.minorUnits) == [-100_00, 33_34, 33_33, 33_33])
    #expect(lines.map(\.department) == [nil, ID(1), ID(2), ID(3)])
    #expect(lines.map(\.description) == ["", "a", "b", "c"])
    #expect(Set(lines.map(\.account)) == [rent])
  }

  @Test func `a part of nothing has no line, and what was credited is debited to the source`()
    throws
  {
    let allocation = Allocation(
      of: Allocation.Place(rent, ID(9)),
      to: [Allocation.Place(other), Allocation.Place(rent, ID(1))],
      by: .shares([1_000_000, 0]))
    let lines = try allocation.lines(
      of: Money(minorUnits: -7), by: [1_000_000, 0], words: ["100 %", "0 %"], in: "USD")
    #expect(lines.map(\.amount.minorUnits) == [7, -7])
    #expect(lines.map(\.account) == [rent, other])
    #expect(lines.map(\.department) == [ID(9), nil])
  }

  @Test func `a basis is called as the schema calls it, and only a balance is an account's`() {
    let bases: [Allocation.Basis] = [.shares([1]), .headcount, .balance(of: other)]
    #expect(bases.map(\.kind.rawValue) == ["shares", "headcount", "balance"])
    #expect(bases.map(\.account) == [nil, nil, other])
  }
}
