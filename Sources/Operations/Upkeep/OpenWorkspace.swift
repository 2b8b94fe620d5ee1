package import Domain
import Store

extension Workspace {
  /// The books in the file at `path`, which must have this program's schema.
  package static func open(
    at path: String, clock: @escaping @Sendable () -> Timestamp,
    chance: @escaping @Sendable (Int) -> [UInt8] = systemChance, sealing: Sealing = .none
  ) throws -> Workspace {
    Workspace(store: try Store.open(at: path, clock: clock), chance: chance, sealing: sealing)
  }

  /// Ends every connection; nothing can be asked of this workspace afterwards.
  package func close() throws { try store.close() }

  /// The moment that the next command would be recorded at.
  package var now: Timestamp { store.now() }
}
