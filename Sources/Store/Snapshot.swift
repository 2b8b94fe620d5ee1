package import Domain
import GRDB
import GRDBSQLite

/// Reading as one business: what `Snapshot` and `Change` share.
package protocol Reading {
  var scope: Scope { get }
  var now: Timestamp { get }
  var actor: Actor { get }
  /// Nil where all rows of the business are seen.
  var narrowing: Narrowing? { get }
}

/// What stands for tables of which a reader doesn't see every row.
package struct Narrowing: Sendable {
  /// Common table expressions, those that are called as a table in its place. The first reads
  /// `:reach`.
  package let tables: [StaticString]
  package let reach: String

  package init(tables: [StaticString], reach: String) {
    self.tables = tables
    self.reach = reach
  }

  /// A statement that only reads, with these in place of the tables.
  func around(_ sql: StaticString) -> String {
    var text = sql.description.drop(while: \.isWhitespace)
    var separator = "\n"
    for word in ["WITH ", "RECURSIVE "] where text.hasPrefix(word) {
      text = text.dropFirst(word.count)
      separator = ",\n"
    }
    return "WITH RECURSIVE " + tables.map(\.description).joined(separator: ",\n") + separator + text
  }
}

/// One consistent state of one business, to read.
package struct Snapshot: Reading {
  package let scope: Scope
  package let now: Timestamp
  package let actor: Actor
  package let narrowing: Narrowing?

  init(scope: Scope, now: Timestamp, actor: Actor, narrowing: Narrowing? = nil) {
    self.scope = scope
    self.now = now
    self.actor = actor
    self.narrowing = narrowing
  }

  /// All rows of it: for deciding, never for showing.
  package var whole: Snapshot { Snapshot(scope: scope, now: now, actor: actor) }

  /// The same state, asked what held at another moment; of what keeps its past.
  package func at(_ moment: Timestamp) -> Snapshot {
    Snapshot(scope: scope, now: moment, actor: actor, narrowing: narrowing)
  }

  /// The same state as another reader may see it.
  package func read(by actor: Actor, through narrowing: Narrowing? = nil) -> Snapshot {
    Snapshot(scope: scope, now: now, actor: actor, narrowing: narrowing)
  }
}

/// A transaction of one business, to read and write.
package struct Change: Reading {
  package let scope: Scope
  package let now: Timestamp
  package let actor: Actor
  /// What decides and writes sees everything.
  package var narrowing: Narrowing? { nil }

  package func execute(_ sql: StaticString, _ arguments: Arguments = [:]) throws {
    try scope.run(sql, arguments) { _ in }
  }

  /// Runs `sql` and gives the id of the row that it inserted.
  package func insert<Thing>(
    _: Thing.Type, _ sql: StaticString, _ arguments: Arguments = [:]
  ) throws -> ID<Thing> {
    try execute(sql, arguments)
    return ID(sqlite3_last_insert_rowid(scope.db.sqliteConnection))
  }

  /// The same transaction in another name or at another moment: what a batch does for each of the
  /// people whose work it records.
  package func acting(as actor: Actor, at now: Timestamp? = nil) -> Change {
    Change(scope: scope, now: now ?? self.now, actor: actor)
  }

  /// What the transaction sees so far, for a command that needs what a query answers.
  package var snapshot: Snapshot { Snapshot(scope: scope, now: now, actor: actor) }

  /// Runs `body` so that either all of it happened or, when it throws, none of it.
  package func whole<Output>(_ body: () throws -> Output) throws -> Output {
    var output: Output?
    try scope.inSavepoint { output = try body() }
    guard let output else { preconditionFailure("the savepoint ran its body or threw") }
    return output
  }
}

extension Reading {
  package var business: ID<Business> { scope.business }
  package var usage: Usage { scope.usage }

  /// Every row, made by `make` from the columns in their order: an initializer usually fits as it
  /// is.
  package func rows<each Value: Storable, Output>(
    _ make: (repeat each Value) throws -> Output, _ sql: StaticString, _ arguments: Arguments = [:]
  ) throws -> [Output] {
    var found: [Output] = []
    try scope.run(sql, arguments, narrowing) { statement in
      var columns = Columns(statement: statement)
      found.append(try make(repeat try columns.next((each Value).self)))
      columns.assertAllRead()
    }
    return found
  }

  /// The same one after the other, each given to `body` and forgotten: for as many as there may be.
  package func walk<each Value: Storable, Row>(
    _ make: (repeat each Value) throws -> Row, _ sql: StaticString, _ arguments: Arguments,
    _ body: (Row) throws -> Void
  ) throws {
    try scope.run(sql, arguments, narrowing) { statement in
      var columns = Columns(statement: statement)
      let row = try make(repeat try columns.next((each Value).self))
      columns.assertAllRead()
      try body(row)
    }
  }

  /// The only row, or nil when there is none.
  package func row<each Value: Storable, Output>(
    _ make: (repeat each Value) throws -> Output, _ sql: StaticString, _ arguments: Arguments = [:]
  ) throws -> Output? {
    let found = try rows(make, sql, arguments)
    guard found.count < 2 else { throw StoreError.oneRowExpected(found: found.count) }
    return found.first
  }

  /// The only column of the only row. Throws `StoreError.noRow` when there is none.
  package func one<Value: Storable>(
    _: Value.Type, _ sql: StaticString, _ arguments: Arguments = [:]
  ) throws -> Value {
    guard let value = try row({ (value: Value) in value }, sql, arguments) else {
      throw StoreError.noRow
    }
    return value
  }

  /// The columns of the only row by their names, in their order; empty when there is none. A column
  /// called `json:name` holds JSON that is written already.
  package func fields(_ sql: StaticString, _ arguments: Arguments = [:]) throws -> [JSON.Field] {
    var found: [JSON.Field] = []
    try scope.run(sql, arguments, narrowing) { statement in
      found = try (0..<sqlite3_column_count(statement)).map {
        try Column(statement: statement, index: $0).field()
      }
    }
    return found
  }
}

extension Column {
  fileprivate func field() throws -> JSON.Field {
    let written = "json:"
    return switch sqlite3_column_type(statement, index) {
    case SQLITE_NULL:
      JSON.Field(name.hasPrefix(written) ? String(name.dropFirst(written.count)) : name, .null)
    case SQLITE_INTEGER: JSON.Field(name, .integer(try integer()))
    default:
      name.hasPrefix(written)
        ? JSON.Field(String(name.dropFirst(written.count)), .written(try text()))
        : JSON.Field(name, .string(try text()))
    }
  }
}

/// The columns of one row, read from left to right.
struct Columns {
  let statement: OpaquePointer
  private var index: Int32 = 0

  init(statement: OpaquePointer) { self.statement = statement }

  mutating func next<Value: Storable>(_: Value.Type) throws -> Value {
    defer { index += 1 }
    return try Value.read(Column(statement: statement, index: index))
  }

  func assertAllRead() {
    assert(
      index == sqlite3_column_count(statement),
      "\(sqlite3_column_count(statement)) columns for \(index) values")
  }
}

extension Scope {
  func inSavepoint(_ body: () throws -> Void) throws {
    try StoreError.translating {
      try db.inSavepoint {
        try body()
        return .commit
      }
    }
  }
}
