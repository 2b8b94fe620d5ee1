import Domain
import Testing

/// Spreading what an account took (RULES R35).
struct AllocationTests {
  private let rent: ID<Account> = ID(1)
  private let other: ID<Account> = ID(2)

  @Test func `the parts and what they are taken from sum to nothing, cent by cent`() throws {
    let allocation = Allocation(
      of: [rent], to: [1, 2, 3].map { Allocation.Target(nil, ID($0)) }, by: .headcount)
    let lines = try allocation.lines(
      of: [(rent, Money(minorUnits: 100_00))], by: [1, 1, 1], words: ["a", "b", "c"], in: "USD")
    #expect(lines.map(\.amount.minorUnits) == [-100_00, 33_34, 33_33, 33_33])
    #expect(lines.map(\.department) == [nil, ID(1), ID(2), ID(3)])
    #expect(lines.map(\.description) == ["", "a", "b", "c"])
    #expect(Set(lines.map(\.account)) == [rent])
  }

  @Test func `a part of nothing has no line, and what was credited is debited to the source`()
    throws
  {
    let allocation = Allocation(
      of: [rent], in: ID(9), to: [Allocation.Target(other), Allocation.Target(nil, ID(1))],
      by: .shares([1_000_000, 0]))
    let lines = try allocation.lines(
      of: [(rent, Money(minorUnits: -7))], by: [1_000_000, 0], words: ["100 %", "0 %"], in: "USD")
    #expect(lines.map(\.amount.minorUnits) == [7, -7])
    #expect(lines.map(\.account) == [rent, other])
    #expect(lines.map(\.department) == [ID(9), nil])
  }

  @Test func `each source is spread by itself, to the cent, and one of nothing is left out`() throws
  {
    let allocation = Allocation(
      of: [other, rent, ID(3)], to: [1, 2, 3].map { Allocation.Target(nil, ID($0)) },
      by: .headcount)
    let lines = try allocation.lines(
      of: [
        (other, Money(minorUnits: 100_00)), (rent, Money(minorUnits: 50_01)), (ID(3), .zero),
      ], by: [1, 1, 1], words: ["a", "b", "c"], in: "USD")
    // Of 100.00 a cent is left, which the first of equals takes; 50.01 comes out even.
    #expect(
      lines.map(\.amount.minorUnits)
        == [-100_00, 33_34, 33_33, 33_33, -50_01, 16_67, 16_67, 16_67])
    #expect(lines.map(\.account) == [other, other, other, other, rent, rent, rent, rent])
    #expect(lines.map(\.department) == [nil, ID(1), ID(2), ID(3), nil, ID(1), ID(2), ID(3)])
    #expect(lines.map(\.description) == ["", "a", "b", "c", "", "a", "b", "c"])
  }

  @Test func `a target with an account takes its part of every source there`() throws {
    let allocation = Allocation(
      of: [other, rent, other], to: [Allocation.Target(ID(3), ID(1)), Allocation.Target(nil)],
      by: .shares([250_000, 750_000]))
    #expect(allocation.sources == [other, rent])
    #expect(
      allocation.destinations == [
        Allocation.Place(ID(3), ID(1)), Allocation.Place(other), Allocation.Place(rent),
      ])
    let lines = try allocation.lines(
      of: [(other, Money(minorUnits: 4)), (rent, Money(minorUnits: -8))],
      by: [250_000, 750_000], words: ["25 %", "75 %"], in: "USD")
    #expect(lines.map(\.amount.minorUnits) == [-4, 1, 3, 8, -2, -6])
    #expect(lines.map(\.account) == [other, ID(3), other, rent, ID(3), rent])
  }

  @Test func `a basis is called as the schema calls it, and only a balance is an account's`() {
    let bases: [Allocation.Basis] = [.shares([1]), .headcount, .balance(of: other)]
    #expect(bases.map(\.kind.rawValue) == ["shares", "headcount", "balance"])
    #expect(bases.map(\.account) == [nil, nil, other])
  }
}
