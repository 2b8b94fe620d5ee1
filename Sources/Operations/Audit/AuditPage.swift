package import Domain
package import Store

/// One page of the business's audit log, newest first, as far as the reader may see it.
package struct AuditPage: Query {
  package static let permission: Permission? = .auditRead

  package struct Row: Hashable, Sendable {
    package let sequence: Int64
    package let at: Timestamp
    package let actor: String
    package let event: AuditEvent
    package let operation: String
    package let resourceType: String
    package let resourceID: Int64?
    package let resourceName: String
    package let outcome: AuditOutcome
    package let reason: String?
    package let errorCode: String?
    package let errorMessage: String?
    package let oldValues: String?
    package let newValues: String?
    package let decision: String
    package let origin: String
    package let computeMilliseconds: Int64
    package let rowsReturned: Int64
    package let rowsWritten: Int64
    package let microCredits: Int64
    package let previousHash: String
    package let hash: String
  }

  /// The page begins with the record just older (or, going back, just newer) than this.
  let from: Int64
  let isGoingBack: Bool
  let limit: Int
  /// Nil is whatever was done.
  let entry: ID<Entry>?

  /// The page of records before sequence `before`, or the newest; of one entry where one is named.
  package init(of entry: ID<Entry>? = nil, before: Int64? = nil, limit: Int = 100) {
    from = before ?? .max
    isGoingBack = false
    self.limit = limit
    self.entry = entry
  }

  /// The page of records that end just after sequence `after`, newest first too.
  package init(of entry: ID<Entry>? = nil, after: Int64, limit: Int = 100) {
    from = after
    isGoingBack = true
    self.limit = limit
    self.entry = entry
  }

  package func run(in snapshot: Snapshot) throws -> [Row] {
    let page = try sequences(in: snapshot)
    let rows = try snapshot.rows(
      Row.init,
      """
      WITH page AS (
        SELECT a.*,
          a.resource_type = 'journal_entry' AND EXISTS (
              SELECT 1 FROM main.journal_entries e
              WHERE e.business_id = :business AND e.id = a.resource_id)
            AND NOT EXISTS (
              SELECT 1 FROM journal_entries e
              WHERE e.business_id = :business AND e.id = a.resource_id)
          OR a.resource_type = 'account' AND EXISTS (
              SELECT 1 FROM main.accounts c
              WHERE c.business_id = :business AND c.id = a.resource_id)
            AND NOT EXISTS (
              SELECT 1 FROM accounts c
              WHERE c.business_id = :business AND c.id = a.resource_id) AS hidden
        FROM json_each(:page) CROSS JOIN audit_logs a
        WHERE a.business_id = :business AND a.sequence = value)
      SELECT sequence, at, actor_name, event_type, operation, resource_type, resource_id,
        iif(hidden, '…', resource_name), status, iif(hidden, NULL, reason), error_code,
        iif(hidden, NULL, error_message), iif(hidden, NULL, old_values),
        iif(hidden, NULL, new_values), decision, origin, compute_ms, rows_read, rows_written,
        credits, previous_hash, hash
      FROM page
      """, ["page": JSON.array(page.map(JSON.integer)).text])
    return isGoingBack ? rows.reversed() : rows
  }

  private func sequences(in snapshot: Snapshot) throws -> [Int64] {
    let reach = snapshot.actor.reach
    if let entry {
      let people = reach.isEverything ? nil : JSON.list(try snapshot.people(within: reach))
      return try snapshot.rows(
        { (sequence: Int64) in sequence }, isGoingBack ? Self.newerOfEntry : Self.olderOfEntry,
        ["from": from, "limit": limit, "entry": entry, "people": people])
    }
    if reach.isEverything {
      return try snapshot.rows(
        { (sequence: Int64) in sequence }, isGoingBack ? Self.newer : Self.older,
        ["from": from, "limit": limit])
    }
    let people = JSON.list(try snapshot.people(within: reach))
    return try snapshot.rows(
      { (sequence: Int64) in sequence }, isGoingBack ? Self.newerOfPeople : Self.olderOfPeople,
      ["from": from, "limit": limit, "people": people])
  }

  private static let older: StaticString = """
    SELECT sequence FROM audit_logs WHERE business_id = :business AND sequence < :from
    ORDER BY sequence DESC LIMIT :limit
    """

  private static let newer: StaticString = """
    SELECT sequence FROM audit_logs WHERE business_id = :business AND sequence > :from
    ORDER BY sequence ASC LIMIT :limit
    """

  private static let olderOfEntry: StaticString = """
    SELECT sequence FROM audit_logs
    WHERE business_id = :business AND resource_type = 'journal_entry' AND resource_id = :entry
      AND sequence < :from
      AND (:people IS NULL OR actor_id IN (SELECT value FROM json_each(:people)))
    ORDER BY sequence DESC LIMIT :limit
    """

  private static let newerOfEntry: StaticString = """
    SELECT sequence FROM audit_logs
    WHERE business_id = :business AND resource_type = 'journal_entry' AND resource_id = :entry
      AND sequence > :from
      AND (:people IS NULL OR actor_id IN (SELECT value FROM json_each(:people)))
    ORDER BY sequence ASC LIMIT :limit
    """

  // From record to record, each the newest of what anybody has before the last one: in either index
  // a single scan would walk past everything that others did, or sort all of it.
  private static let olderOfPeople: StaticString = """
    WITH RECURSIVE page (sequence, missing) AS (
      SELECT :from, :limit
      UNION ALL
      SELECT (
        SELECT max((
          SELECT l.sequence FROM audit_logs l
          WHERE l.business_id = :business AND l.actor_id = people.value
            AND l.sequence < page.sequence
          ORDER BY l.sequence DESC LIMIT 1))
        FROM json_each(:people) people), missing - 1
      FROM page WHERE page.sequence IS NOT NULL AND missing > 0)
    SELECT sequence FROM page WHERE sequence < :from
    """

  private static let newerOfPeople: StaticString = """
    WITH RECURSIVE page (sequence, missing) AS (
      SELECT :from, :limit
      UNION ALL
      SELECT (
        SELECT min((
          SELECT l.sequence FROM audit_logs l
          WHERE l.business_id = :business AND l.actor_id = people.value
            AND l.sequence > page.sequence
          ORDER BY l.sequence ASC LIMIT 1))
        FROM json_each(:people) people), missing - 1
      FROM page WHERE page.sequence IS NOT NULL AND missing > 0)
    SELECT sequence FROM page WHERE sequence > :from
    """
}
