package import Domain
package import Store

/// Earlier entries that an entry which begins like this may be meant to repeat: a model of this
/// business's own history that counts, and nothing else.
package struct EntrySuggestions: Query {
  package static let permission: Permission? = .journalCreate
  /// What the audit log calls it.
  package static let model = "local-frequency"

  let text: String

  /// `text` is what was typed of the description so far.
  package init(_ text: String) { self.text = text }

  package struct Suggestion: Hashable, Sendable {
    package let content: EntryContent
    /// In minor units of the base currency.
    package let total: Money
    /// How many of the entries that begin like this were like it, of the newest that were looked at.
    package let count: Int
    package let share: Int
  }

  package struct Value: Hashable, Sendable {
    package let suggestions: [Suggestion]
    /// What it took to find them.
    package let milliseconds: Int64
  }

  private static let mostLookedAt = 500
  private static let mostSuggested = 5

  package func run(in snapshot: Snapshot) throws -> Value {
    let began = ContinuousClock.now
    let words = text.split { !$0.isLetter && !$0.isNumber }
    guard !words.isEmpty else { return Value(suggestions: [], milliseconds: 0) }
    let found = try snapshot.rows(
      { (entry: ID<Entry>, total: Money, count: Int, all: Int) in (entry, total, count, all) },
      """
      WITH alike AS (
        SELECT e.id, e.description, e.total FROM journal_entries e
        WHERE e.business_id = :business AND e.status IN ('posted', 'reversed') AND e.type = 'standard'
          AND e.id IN (
            SELECT rowid FROM journal_entries_fts WHERE journal_entries_fts MATCH :words
            ORDER BY rowid DESC LIMIT :looked)
        ORDER BY e.id DESC LIMIT :looked)
      SELECT max(id), total, count(*), (SELECT count(*) FROM alike) FROM alike
      GROUP BY lower(description) ORDER BY count(*) DESC, max(id) DESC LIMIT :most
      """,
      [
        "words": words.map { "\"\($0)\"*" }.joined(separator: " "),
        "looked": Self.mostLookedAt, "most": Self.mostSuggested,
      ])
    let suggestions = try found.map { entry, total, count, all in
      Suggestion(
        content: try snapshot.content(of: entry), total: total, count: count,
        share: count * 100 / max(all, 1))
    }
    return Value(
      suggestions: suggestions,
      milliseconds: (ContinuousClock.now - began).millisecondsRoundedUp)
  }
}
