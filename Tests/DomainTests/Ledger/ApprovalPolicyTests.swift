import Domain
import Testing

@Suite struct ApprovalPolicyTests {
  /// The bands of the demonstration's `harbour`.
  private let harbour = ApprovalPolicy(bands: [
    ApprovalPolicy.Band(minimum: Money(minorUnits: 1_000_000), role: .director),
    ApprovalPolicy.Band(minimum: Money(minorUnits: 100_000), role: .manager),
  ])

  @Test(
    arguments: [
      (0, []), (99_999, []), (100_000, [.manager]), (100_001, [.manager]), (999_999, [.manager]),
      (1_000_000, [.manager, .director]), (.max, [.manager, .director]),
    ] as [(Int64, [Role])])
  func `from 1,000.00 a manager approves, from 10,000.00 a director as well`(
    _ amount: Int64, _ roles: [Role]
  ) {
    #expect(harbour.required(for: Money(minorUnits: amount)) == roles)
  }

  @Test(
    arguments: [
      (500_000, [.manager], []), (500_000, [.director], []), (500_000, [.owner], []),
      (500_000, [.employee], []), (500_000, [], [.manager]),
      (1_000_000, [.manager], [.director]), (1_000_000, [.director], [.manager]),
      (1_000_000, [.owner], [.manager]), (1_000_000, [.manager, .director], []),
      (1_000_000, [.director, .manager], []), (1_000_000, [.director, .director], []),
      (1_000_000, [.owner, .manager], []), (1_000_000, [.manager, .manager], [.director]),
      (1_000_000, [.employee, .viewer], [.director]),
    ] as [(Int64, [Role], [Role])])
  func `each approval counts once, for the most that its role can meet, a manager's at least`(
    _ amount: Int64, _ given: [Role], _ open: [Role]
  ) {
    #expect(harbour.outstanding(for: Money(minorUnits: amount), given: given) == open)
  }

  @Test func `without bands nobody need approve`() {
    let policy = ApprovalPolicy(bands: [])
    #expect(policy.required(for: Money(minorUnits: .max)).isEmpty)
    #expect(policy.outstanding(for: Money(minorUnits: .max), given: []).isEmpty)
  }

  @Test func `bands are kept from the least, whatever order they come in`() {
    #expect(harbour.bands.map(\.role) == [.manager, .director])
  }
}
