import GRDB

extension Change {
  /// Runs `body`, which writes `table` anew from what it is made of, without the triggers that keep
  /// everything else from writing it. Afterwards they are as they were; where `body` throws, they
  /// come back with all else that `whole` takes back.
  package func rebuilding(_ table: StaticString, _ body: () throws -> Void) throws {
    let db = scope.db
    let triggers = try StoreError.translating {
      try Row.fetchAll(
        db,
        sql: """
          SELECT name, sql FROM main.sqlite_schema
          WHERE type = 'trigger' AND tbl_name = ? ORDER BY name
          """, arguments: [table.description]
      ).map { row -> (name: String, sql: String) in (name: row[0], sql: row[1]) }
    }
    try StoreError.translating {
      for trigger in triggers { try db.execute(sql: "DROP TRIGGER main.\"\(trigger.name)\"") }
    }
    try body()
    try StoreError.translating {
      for trigger in triggers { try db.execute(sql: trigger.sql) }
    }
  }
}
