package import Domain
import GRDBSQLite

/// A value that one column holds: what a statement's parameter takes and what a row gives back.
package protocol Storable: Sendable {
  static func read(_ column: Column) throws -> Self
  func bind(to parameter: Parameter)
}

/// One column of the row that a statement stands on.
package struct Column {
  let statement: OpaquePointer
  let index: Int32

  package var isNull: Bool { sqlite3_column_type(statement, index) == SQLITE_NULL }

  package func integer() throws -> Int64 {
    guard sqlite3_column_type(statement, index) == SQLITE_INTEGER else {
      throw mismatch("an integer")
    }
    return sqlite3_column_int64(statement, index)
  }

  package func text() throws -> String {
    guard sqlite3_column_type(statement, index) == SQLITE_TEXT,
      let start = sqlite3_column_text(statement, index)
    else { throw mismatch("text") }
    let bytes = UnsafeBufferPointer(
      start: start, count: Int(sqlite3_column_bytes(statement, index)))
    return String(decoding: bytes, as: UTF8.self)
  }

  package func bytes() throws -> [UInt8] {
    guard sqlite3_column_type(statement, index) == SQLITE_BLOB else { throw mismatch("bytes") }
    // Of no bytes there is no place.
    guard let start = sqlite3_column_blob(statement, index) else { return [] }
    return Array(
      UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, index))))
  }

  package func mismatch(_ wanted: String) -> StoreError { .column(name: name, wanted: wanted) }

  var name: String { sqlite3_column_name(statement, index).map { String(cString: $0) } ?? "" }
}

/// One `:name` of a statement that is about to run.
package struct Parameter {
  let statement: OpaquePointer
  let index: Int32

  package func setNull() { sqlite3_bind_null(statement, index) }
  package func set(_ value: Int64) { sqlite3_bind_int64(statement, index, value) }
  package func set(_ value: String) {
    sqlite3_bind_text(statement, index, value, Int32(value.utf8.count), transient)
  }
  package func set(_ value: [UInt8]) {
    sqlite3_bind_blob64(statement, index, value, UInt64(value.count), transient)
  }
}

/// SQLite's own name for "copy it": a C macro with a cast, which Swift doesn't import.
private let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

extension Int64: Storable {
  package static func read(_ column: Column) throws -> Int64 { try column.integer() }
  package func bind(to parameter: Parameter) { parameter.set(self) }
}

extension Int: Storable {
  package static func read(_ column: Column) throws -> Int { Int(try column.integer()) }
  package func bind(to parameter: Parameter) { parameter.set(Int64(self)) }
}

extension Bool: Storable {
  package static func read(_ column: Column) throws -> Bool { try column.integer() != 0 }
  package func bind(to parameter: Parameter) { parameter.set(self ? 1 : 0) }
}

extension String: Storable {
  package static func read(_ column: Column) throws -> String { try column.text() }
  package func bind(to parameter: Parameter) { parameter.set(self) }
}

extension Array: Storable where Element == UInt8 {
  package static func read(_ column: Column) throws -> [UInt8] { try column.bytes() }
  package func bind(to parameter: Parameter) { parameter.set(self) }
}

extension Optional: Storable where Wrapped: Storable {
  package static func read(_ column: Column) throws -> Wrapped? {
    column.isNull ? nil : try Wrapped.read(column)
  }
  package func bind(to parameter: Parameter) {
    if let value = self { value.bind(to: parameter) } else { parameter.setNull() }
  }
}

extension ID: Storable {
  package static func read(_ column: Column) throws -> ID { ID(try column.integer()) }
  package func bind(to parameter: Parameter) { parameter.set(value) }
}

extension JSON {
  /// Ids for a parameter of `IN (SELECT value FROM json_each(:ids))`, the lowest first.
  package static func list<Thing>(_ ids: some Sequence<ID<Thing>>) -> String {
    JSON.array(ids.sorted().map { .integer($0.value) }).text
  }
}

extension Money: Storable {
  package static func read(_ column: Column) throws -> Money {
    Money(minorUnits: try column.integer())
  }
  package func bind(to parameter: Parameter) { parameter.set(minorUnits) }
}

extension Timestamp: Storable {
  package static func read(_ column: Column) throws -> Timestamp {
    Timestamp(milliseconds: try column.integer())
  }
  package func bind(to parameter: Parameter) { parameter.set(milliseconds) }
}

extension Day: Storable {
  package static func read(_ column: Column) throws -> Day {
    guard let day = Day(try column.text()) else { throw column.mismatch("a day") }
    return day
  }
  package func bind(to parameter: Parameter) { parameter.set(text) }
}

/// Enumerations that the schema's CHECKs spell as Swift does.
extension Storable where Self: RawRepresentable, RawValue == String {
  package static func read(_ column: Column) throws -> Self {
    guard let value = Self(rawValue: try column.text()) else {
      throw column.mismatch("a \(Self.self)")
    }
    return value
  }
  package func bind(to parameter: Parameter) { parameter.set(rawValue) }
}

extension Role: Storable {}
extension Grant.Effect: Storable {}
extension AccessLevel: Storable {}
extension Thing.Kind: Storable {}
extension DepartmentType: Storable {}
extension DepartmentRole: Storable {}
extension BudgetCheck: Storable {}
extension BudgetEdition: Storable {}
extension BudgetStatus: Storable {}
extension ReconciliationStatus: Storable {}
extension StatementLineStatus: Storable {}
extension Clearance: Storable {}
extension RateKind: Storable {}
extension RateSource: Storable {}
extension RateStatus: Storable {}
extension BusinessSize: Storable {}
extension SubscriptionTier: Storable {}
extension SubscriptionStatus: Storable {}
extension AccountType: Storable {}
extension AccountCategory: Storable {}
extension CashFlowClass: Storable {}
extension EntryStatus: Storable {}
extension EntryType: Storable {}
extension AdjustmentKind: Storable {}
extension EntrySource: Storable {}
extension PeriodStatus: Storable {}
extension PeriodKind: Storable {}
extension RecurrenceRule.Rhythm: Storable {}
extension ScheduleAction: Storable {}
extension ScheduleStatus: Storable {}
extension OccurrenceStatus: Storable {}
extension AmountRule.Kind: Storable {}
extension Allocation.Basis.Kind: Storable {}
extension Rounding: Storable {}
extension AuditEvent: Storable {}
extension AuditOutcome: Storable {}
