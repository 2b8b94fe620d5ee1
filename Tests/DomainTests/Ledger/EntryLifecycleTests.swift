import Domain
import Testing

@Suite struct EntryLifecycleTests {
  /// RULES §3.3, typed by hand: where an action leads, `–` where the entry is gone afterwards, `.`
  /// where it is refused.
  private static let table = """
                      draft             pending_approval  approved  posted    reversed  voided
    edit              draft             .                 .         .         .         .
    discard           –                 .                 .         .         .         .
    submit            pending_approval  .                 .         .         .         .
    withdraw          .                 draft             .         .         .         .
    reject            .                 draft             .         .         .         .
    approve           .                 approved          .         .         .         .
    recall            .                 .                 draft     .         .         .
    post              posted            .                 posted    .         .         .
    void              voided            voided            voided    .         .         .
    reverse           .                 .                 .         reversed  .         .
    """

  private static let rows = table.split(separator: "\n").map { $0.split(separator: " ") }

  @Test func `the table has every action and every status`() {
    #expect(Self.rows[0].map(String.init) == EntryStatus.allCases.map(\.rawValue))
    #expect(Self.rows.dropFirst().map { String($0[0]) } == EntryAction.allCases.map(\.rawValue))
    #expect(Self.rows.dropFirst().allSatisfy { $0.count == 7 })
  }

  @Test(arguments: EntryAction.allCases, EntryStatus.allCases)
  func `an action leads where the table says, and is refused everywhere else`(
    _ action: EntryAction, _ status: EntryStatus
  ) throws {
    let column = try #require(EntryStatus.allCases.firstIndex(of: status))
    let row = try #require(Self.rows.first { $0[0] == action.rawValue })
    let transition = EntryLifecycle.transition(action, from: status)
    switch row[column + 1] {
    case ".": #expect(transition == nil)
    case "–": #expect(transition != nil && transition?.to == nil)
    case let cell: #expect(transition?.to?.rawValue == String(cell))
    }
  }

  @Test func `the table of transitions says nothing twice`() {
    let pairs = EntryLifecycle.transitions.map { "\($0.from) \($0.action)" }
    #expect(Set(pairs).count == pairs.count)
    #expect(pairs.count == 13)
  }

  @Test(arguments: [
    (EntryStatus.draft, false), (.pendingApproval, false), (.approved, false), (.posted, true),
    (.reversed, true), (.voided, false),
  ])
  func `a reversed entry stays in the ledger`(_ status: EntryStatus, _ isInLedger: Bool) {
    #expect(status.isInLedger == isInLedger)
  }

  @Test func `a status is said in words`() {
    #expect(EntryStatus.pendingApproval.title == "pending approval")
  }
}
