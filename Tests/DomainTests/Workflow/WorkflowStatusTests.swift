import Domain
import Testing

/// RULES §5.4, typed by hand: `x` where what stands at the left may become what stands above.
@Suite struct WorkflowStatusTests {
  private static let instances = """
              draft active paused waiting completed cancelled failed expired
    draft     .     x      .      .       .         x         .      .
    active    .     .      x      x       x         x         x      x
    paused    .     x      .      x       x         x         x      x
    waiting   .     x      x      .       x         x         x      x
    completed .     .      .      .       .         .         .      .
    cancelled .     .      .      .       .         .         .      .
    failed    .     x      .      .       .         x         .      .
    expired   .     .      .      .       .         .         .      .
    """

  private static let steps = """
              pending active completed skipped failed cancelled timeout
    pending   .       x      .         x       .      x         .
    active    .       .      x         x       x      x         x
    completed .       .      .         .       .      .         .
    skipped   .       .      .         .       .      .         .
    failed    .       x      .         .       .      x         .
    cancelled .       .      .         .       .      .         .
    timeout   .       x      x         .       .      x         .
    """

  private static func rows(_ table: String) -> [[String]] {
    table.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
  }

  private static func isAllowed(_ from: String, _ to: String, by table: String) throws -> Bool {
    let rows = rows(table)
    let column = try #require(rows[0].firstIndex(of: to))
    let row = try #require(rows.dropFirst().first { $0[0] == from })
    return row[column + 1] == "x"
  }

  @Test(arguments: WorkflowInstanceStatus.allCases, WorkflowInstanceStatus.allCases)
  func `an instance becomes what the table says and nothing else`(
    _ from: WorkflowInstanceStatus, _ to: WorkflowInstanceStatus
  ) throws {
    let isAllowed = try Self.isAllowed(from.rawValue, to.rawValue, by: Self.instances)
    #expect(from.next.contains(to) == isAllowed)
  }

  @Test(arguments: WorkflowStepStatus.allCases, WorkflowStepStatus.allCases)
  func `a step becomes what the table says and nothing else`(
    _ from: WorkflowStepStatus, _ to: WorkflowStepStatus
  ) throws {
    let isAllowed = try Self.isAllowed(from.rawValue, to.rawValue, by: Self.steps)
    #expect(from.next.contains(to) == isAllowed)
  }

  @Test func `what nothing leaves is over, and what failed isn't`() {
    for status in WorkflowInstanceStatus.allCases { #expect(status.isOver == status.next.isEmpty) }
    for status in WorkflowStepStatus.allCases { #expect(status.isOver == status.next.isEmpty) }
    #expect(!WorkflowInstanceStatus.failed.isOver && !WorkflowStepStatus.failed.isOver)
  }

  @Test func `a priority is raised by one as far as there is one above`() {
    #expect(
      WorkflowPriority.allCases.map(\.raised) == [.normal, .high, .urgent, .critical, .critical])
  }
}
