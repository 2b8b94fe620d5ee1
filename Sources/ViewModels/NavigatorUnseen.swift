import Keys

/// A window in which there is no room for a screen: nothing is done there that nobody would see.
extension Navigator {
  package static let leastColumns = 60
  package static let leastRows = 16

  /// Lines know no size.
  package var isTooSmall: Bool {
    !settings.isLinear && (columns < Self.leastColumns || rows < Self.leastRows)
  }

  /// Whether leaving from there would lose nothing: a question before it could not be read.
  package var leavesUnseen: Bool { ((lock?.stack ?? []) + stack).allSatisfy { $0.unsaved == nil } }

  /// What a person does in such a window: only leaving is obeyed.
  func takeUnseen(_ event: Event) -> [Effect] {
    guard case .key(let key) = event else { return [] }
    let quits =
      globalActions.contains { $0.id == Binding.quit.id && $0.keys.contains(key) }
      || key == .character("q")
    guard quits, leavesUnseen else { return [] }
    if let lock {
      self.lock = nil
      (desk, lobby) = (lock.desk, lock.lobby)
    }
    guard lobby != nil else {
      hasEnded = true
      return []
    }
    return signOut(ending: true)
  }
}
