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
    let began = snapshot.usage
    let words = text.split { !$0.isLetter && !$0.isNumber }
    guard !words.isEmpty else { return Value(suggestions: [], milliseconds: 0) }
    let alike = try snapshot.rows(
      { (entry: ID<Entry>, description: String, total: Money) in (entry, description, total) },
      """
      SELECT e.id, lower(e.description), e.total FROM journal_entries e
      WHERE e.business_id = :business AND e.status IN ('posted', 'reversed') AND e.type = 'standard'
        AND e.id IN (
          SELECT rowid FROM journal_entries_fts WHERE journal_entries_fts MATCH :words
          ORDER BY rowid DESC LIMIT :looked)
      ORDER BY e.id DESC
      """,
      ["words": words.map { "\"\($0)\"*" }.joined(separator: " "), "looked": Self.mostLookedAt])
    // The newest of each description stands for it; the order of ids decides between equals.
    let groups = Dictionary(grouping: alike) { $0.1 }.values.sorted {
      ($1.count, $1[0].0.value) < ($0.count, $0[0].0.value)
    }
    let suggestions = try groups.prefix(Self.mostSuggested).map { group in
      Suggestion(
        content: try snapshot.content(of: group[0].0), total: group[0].2, count: group.count,
        share: group.count * 100 / alike.count)
    }
    return Value(
      suggestions: suggestions,
      milliseconds: Cost(snapshot.usage - began).computeMilliseconds)
  }
}
