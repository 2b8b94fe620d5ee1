import Foundation
import Testing

/// The statements that the program runs, read out of its sources: they are literals there, so this
/// sees all of them, those too that no test happens to run.
struct StatementTests {
  private struct Statement {
    let file: String
    let sql: String
  }

  private let books: Books
  private let statements: [Statement]

  init() throws {
    books = try Books()
    statements = try Self.statements()
    try #require(statements.count > 120)
  }

  @Test func `no statement reads a table of businesses, or of people, from end to end`() throws {
    let large = try books.rows(
      """
      SELECT t.name FROM sqlite_schema t
      JOIN pragma_table_info(t.name) c ON c.name = 'business_id'
      WHERE t.type = 'table' UNION VALUES ('users'), ('businesses'), ('unknown_addresses')
      """)
    for statement in statements {
      let names = Self.tables(in: statement.sql)
      for step in try books.plan(statement.sql) where step.hasPrefix("SCAN") {
        let scanned = step.split(separator: " ")[1]
        let tables = names[scanned, default: []].union([String(scanned)])
        #expect(tables.isDisjoint(with: large), "\(statement.file): \(step) in \(statement.sql)")
      }
    }
  }

  @Test func `no statement that reads a page sorts all that it could show`() throws {
    for statement in statements where statement.sql.contains("LIMIT :") {
      let plan = try books.plan(statement.sql)
      let sorts = plan.filter { $0.hasSuffix("TEMP B-TREE FOR ORDER BY") }.count
      // What is already only the page may be put in order again.
      let allowed = plan.contains("SCAN page") ? 1 : 0
      #expect(sorts <= allowed, "\(statement.file): \(plan) in \(statement.sql)")
    }
  }

  private static func statements() throws -> [Statement] {
    let folder = Repository.root.appending(path: "Sources/Operations")
    let files = try #require(
      FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
    return try files.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }.flatMap {
      let text = try String(contentsOf: $0, encoding: .utf8)
      let name = $0.lastPathComponent
      return literals(in: text).map { Statement(file: name, sql: $0) }
    }
  }

  /// The string literals that are SQL.
  private static func literals(in text: String) -> [String] {
    let long = /"""\n(.*?)"""/.dotMatchesNewlines()
    let short = /"((?:[^"\\\n]|\\.)*)"/
    let found =
      text.matches(of: long).map(\.output.1)
      + text.replacing(long, with: "").matches(of: short).map(\.output.1)
    return found.map { String($0.trimmingPrefix(while: \.isWhitespace)) }
      .filter { $0.prefixMatch(of: /(SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH)\s/) != nil }
  }

  /// The tables that each name of `sql` may stand for.
  private static func tables(in sql: String) -> [Substring: Set<String>] {
    let names = sql.matches(of: /(?:FROM|JOIN|UPDATE|INTO)\s+(\w+)(?:\s+AS)?\s+(\w+)/)
      .map { ($0.output.2, Set([String($0.output.1)])) }
    return Dictionary(names) { $0.union($1) }
  }
}
