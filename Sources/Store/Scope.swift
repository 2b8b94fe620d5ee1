package import Domain
import GRDB
import GRDBSQLite

package typealias Arguments = KeyValuePairs<StaticString, any Storable>

/// The one place where SQL runs: a connection, inside a transaction, seen by one business.
package final class Scope {
  package let business: ID<Business>
  let db: Database
  private let tenantTables: TenantTables
  private let stopwatch: Stopwatch
  private let mayWrite: Bool
  private let changesAtStart: Int64
  private let startedAt: ContinuousClock.Instant
  private var rowsReturned: Int64 = 0
  private var steps: Int64 = 0

  /// What of it is on record, or was recording; kept for whoever records.
  package var recorded = Usage()
  /// What recording alone took.
  package var recording = Usage()

  init(
    _ db: Database, business: ID<Business>, tenantTables: TenantTables,
    stopwatch: @escaping Stopwatch, mayWrite: Bool = true
  ) {
    self.db = db
    self.business = business
    self.tenantTables = tenantTables
    self.stopwatch = stopwatch
    self.mayWrite = mayWrite
    startedAt = stopwatch()
    changesAtStart = sqlite3_total_changes64(db.sqliteConnection)
  }

  /// What was used so far.
  var usage: Usage {
    Usage(
      time: stopwatch() - startedAt, rowsReturned: rowsReturned,
      rowsWritten: sqlite3_total_changes64(db.sqliteConnection) - changesAtStart, steps: steps)
  }

  /// A scope of the same transaction for another business.
  func entering(_ business: ID<Business>) -> Scope {
    Scope(
      db, business: business, tenantTables: tenantTables, stopwatch: stopwatch, mayWrite: mayWrite)
  }

  /// Counts what was used in `inner` here; rows written and time are counted already.
  func absorb(_ inner: Scope) {
    rowsReturned += inner.rowsReturned
    steps += inner.steps
    recorded = recorded + inner.recorded
    recording = recording + inner.recording
  }

  /// Runs `sql` with `:business` bound to this scope's business and gives every row it yields to
  /// `body`.
  func run(
    _ sql: StaticString, _ arguments: Arguments, _ narrowing: Narrowing? = nil,
    _ body: (OpaquePointer) throws -> Void
  )
    throws
  {
    try StoreError.translating {
      let statement = try db.cachedStatement(
        sql: narrowing.map { $0.around(sql) } ?? sql.description)
      let raw = statement.sqliteStatement
      precondition(sqlite3_stmt_busy(raw) == 0, "runs inside itself: \(sql)")
      precondition(mayWrite || statement.isReadonly, "writes where nothing may: \(sql)")
      statement.setUncheckedArguments(StatementArguments())
      try bind(arguments, to: statement, sql, narrowing)
      let rows = RawCursor(statement)
      defer { steps += Int64(sqlite3_stmt_status(raw, SQLITE_STMTSTATUS_VM_STEP, 1)) }
      while let row = try rows.next() {
        rowsReturned += 1
        try body(row)
      }
    }
  }

  private func bind(
    _ arguments: Arguments, to statement: Statement, _ sql: StaticString, _ narrowing: Narrowing?
  ) throws {
    let raw = statement.sqliteStatement
    let scoped = sqlite3_bind_parameter_index(raw, ":business")
    guard scoped > 0 else { throw StoreError.unscoped(sql: sql.description) }
    assert(
      narrowing != nil || tenantTables.prove(sql) { strayReads(of: statement).isEmpty },
      "\(strayReads(of: statement)) without business_id in: \(sql)")
    sqlite3_bind_int64(raw, scoped, business.value)
    precondition(
      sqlite3_bind_parameter_count(raw)
        == Int32(arguments.count) + (narrowing == nil ? 1 : 2),
      "parameters and arguments differ: \(sql)")
    func set(_ name: StaticString, to value: any Storable) {
      let index = position(of: name, in: raw)
      precondition(index > 0, "no :\(name) in: \(sql)")
      value.bind(to: Parameter(statement: raw, index: index))
    }
    for (name, value) in arguments { set(name, to: value) }
    if let narrowing { set("reach", to: narrowing.reach) }
  }

  private func position(of name: StaticString, in statement: OpaquePointer) -> Int32 {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: name.utf8CodeUnitCount + 2) {
      (colonName) -> Int32 in
      colonName[0] = CChar(UInt8(ascii: ":"))
      for offset in 0...name.utf8CodeUnitCount {
        colonName[offset + 1] = CChar(bitPattern: name.utf8Start[offset])
      }
      return sqlite3_bind_parameter_index(statement, colonName.baseAddress)
    }
  }

  /// The tenant tables that the statement (or a trigger under it) reads without looking at their
  /// `business_id`. Text alone proves little; this finds the join that forgot one table.
  ///
  /// Writing a shared table, such as users, makes SQLite look for rows that point at it: those
  /// columns alone don't count then.
  private func strayReads(of statement: Statement) -> [String] {
    let region = statement.databaseRegion
    func reads(_ table: String, _ columns: Set<String>) -> Bool {
      region.isModified(byEventsOfKind: .update(tableName: table, columnNames: columns))
    }
    // Where only its row ids are looked at, SQLite names no column and GRDB takes all for read,
    // those that there aren't too.
    let unnamed: Set<String> = [""]
    return tenantTables.all.filter { table in
      reads(table.name, statement.isReadonly ? table.columns : table.ownColumns)
        && (!reads(table.name, ["business_id"])
          || reads(table.name, unnamed) && !table.hasBusinessAsRowID)
    }.map(\.name)
  }
}

/// Steps through GRDB, so that errors and cancellation stay its business, but reads columns
/// directly: half the time per row of its own `Row`.
private final class RawCursor: DatabaseCursor {
  typealias Element = OpaquePointer
  // The names are those of the protocol.
  // swift-format-ignore: NoLeadingUnderscores
  let _statement: Statement
  // swift-format-ignore: NoLeadingUnderscores
  var _isDone = false

  init(_ statement: Statement) { _statement = statement }
  deinit { sqlite3_reset(_statement.sqliteStatement) }
  // swift-format-ignore: NoLeadingUnderscores
  func _element(sqliteStatement: SQLiteStatement) -> OpaquePointer { sqliteStatement }
}
