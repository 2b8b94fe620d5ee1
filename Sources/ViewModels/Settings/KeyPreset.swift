package import Keys

/// Keys that take the place of some of the program's: for habits from elsewhere, and for keyboards
/// that have some characters only on a second level or as dead keys.
nonisolated package enum KeyPreset: String, CaseIterable, Hashable, Sendable {
  /// The program's own: arrows, vi's letters, Emacs's and function keys beside each other.
  case office

  /// The keys of those actions that it changes, by the actions' ids.
  package var keys: [String: [Key]] {
    switch self {
    case .office: [:]
    }
  }
}
