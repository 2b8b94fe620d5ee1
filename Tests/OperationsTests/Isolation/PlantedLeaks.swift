import Domain
import Operations
import Store

/// Leaks that get past all that the store itself notices.
enum Planted {
  /// A figure over everybody's rows, with no text of anybody's in it.
  struct Count: Query {
    static var permission: Permission? { nil }

    func run(in snapshot: Snapshot) throws -> Int {
      try snapshot.one(
        Int.self, "SELECT count(*) FROM journal_entries WHERE business_id > 0 AND :business > 0")
    }
  }

  /// A neighbour's words, and none of one's own, so that nothing is missing where there is none.
  struct Reading: Query {
    static var permission: Permission? { nil }

    func run(in snapshot: Snapshot) throws -> [String] {
      try snapshot.rows(
        { (text: String) in text },
        "SELECT description FROM journal_entries WHERE business_id <> :business ORDER BY id")
    }
  }

  /// The same in an error's words.
  struct Telling: Command {
    static var permission: Permission? { nil }
    static var event: AuditEvent { .systemEvent }
    var subject: Subject { Subject(.report) }

    func run(in change: Change) throws {
      let name = try change.rows(
        { (name: String) in name },
        "SELECT name FROM departments WHERE business_id <> :business ORDER BY id"
      ).first
      throw Refusal.taken(kind: .department, name: name ?? "")
    }
  }

  /// A row of the neighbour's, made after ours and one of ours that is gone.
  struct Writing: Command {
    static var permission: Permission? { nil }
    static var event: AuditEvent { .systemEvent }
    var subject: Subject { Subject(.report) }

    func run(in change: Change) throws {
      try change.execute("UPDATE temp.scope SET business_id = :business + 2")
      try change.execute(
        "UPDATE departments SET cost_centre_code = 'X' WHERE business_id = :business + 2")
      try change.execute("UPDATE temp.scope SET business_id = :business")
    }
  }
}
