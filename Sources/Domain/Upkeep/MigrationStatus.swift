/// Where a database stands with one migration of its schema.
package struct MigrationStatus: Hashable, Sendable {
  package enum State: String, Sendable {
    case pending
    case applied
    case rolledBack = "rolled_back"
    /// Tried and taken back; running again tries again.
    case failed
    /// The text differs from what was applied.
    case changed
    /// Applied by a newer program.
    case unknown
  }

  package let number: Int
  package let name: String
  /// SHA-256 of the text that brings the schema up; in a state `unknown`, of the newer program's.
  package let checksum: String
  /// Or when it was taken back, or last tried.
  package let appliedAt: Timestamp?
  package let milliseconds: Int?
  package let state: State

  package init(
    number: Int, name: String, checksum: String, appliedAt: Timestamp?, milliseconds: Int?,
    state: State
  ) {
    self.number = number
    self.name = name
    self.checksum = checksum
    self.appliedAt = appliedAt
    self.milliseconds = milliseconds
    self.state = state
  }

  /// `003`, as people and files name it.
  package var label: String { padded(number, to: 3) }
}
