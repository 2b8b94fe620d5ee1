package import Domain
package import Store

/// An entry as a person wrote it, to be changed by `EditEntry`.
package struct EntryToEdit: Query {
  package static let permission: Permission? = .journalRead
  let entry: ID<Entry>

  package init(_ entry: ID<Entry>) { self.entry = entry }

  package struct Value: Hashable, Sendable {
    package var content: EntryContent
    /// What `EditEntry` asks for, to find out whether somebody was faster.
    package let version: Int
  }

  package func run(in snapshot: Snapshot) throws -> Value {
    Value(
      content: try snapshot.content(of: entry), version: try snapshot.entry(entry).version)
  }
}
