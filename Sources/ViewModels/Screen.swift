package import Domain
package import Keys

/// One screen on the stack: its panels, and what can be done on it.
package protocol Screen: AnyObject {
  /// Its place in the breadcrumb.
  var title: String { get }
  /// The section that it belongs to, whose tab is lit.
  var section: Section? { get }
  var panels: [Panel] { get }
  /// All there are; those whose permission isn't held are left out by the navigator.
  var actions: [Action] { get }
  /// Whether plain characters are text now rather than commands.
  var takesText: Bool { get }
  /// Called when the screen comes up, and again when the books have changed under it.
  func load() -> [Effect]
  /// A key that no action has; nil when it means nothing here.
  func press(_ key: Key) -> [Effect]?
  func paste(_ text: String) -> [Effect]
  /// What would be lost by leaving; nil when nothing.
  var unsaved: String? { get }
}

extension Screen {
  package var section: Section? { nil }
  package var takesText: Bool { false }
  package var unsaved: String? { nil }
  package func paste(_ text: String) -> [Effect] { [] }
}

/// The screens that a number key goes to. A number belongs to its screen for ever, so that habits
/// survive a promotion.
package enum Section: Int, CaseIterable, Sendable {
  case journal = 2
  case accounts = 3
  case trialBalance = 4
  case audit = 6

  package var title: String {
    switch self {
    case .journal: "Journal"
    case .accounts: "Accounts"
    case .trialBalance: "Trial balance"
    case .audit: "Audit"
    }
  }

  /// Who doesn't hold it has no such tab.
  package var permission: Permission {
    switch self {
    case .journal: .journalRead
    case .accounts: .accountRead
    case .trialBalance: .reportRead
    case .audit: .auditRead
    }
  }

  func screen(at desk: Desk) -> any Screen {
    switch self {
    case .journal: JournalScreen(at: desk)
    case .accounts: AccountsScreen(at: desk)
    case .trialBalance: TrialBalanceScreen(at: desk)
    case .audit: AuditScreen(at: desk)
    }
  }
}

/// The ways a cursor moves: arrows, vi's letters and Emacs's together (UX 5.5).
package enum Movement: CaseIterable, Sendable {
  case up
  case down
  case pageUp
  case pageDown
  case first
  case last

  package var keys: [Key] {
    switch self {
    case .up: [.up, .character("k"), .ctrl("p")]
    case .down: [.down, .character("j"), .ctrl("n")]
    case .pageUp: [.pageUp, .ctrl("u")]
    case .pageDown: [.pageDown, .ctrl("v")]
    case .first: [.home, .character("g")]
    case .last: [.end, .character("G")]
    }
  }

  package init?(_ key: Key) {
    guard let movement = Self.allCases.first(where: { $0.keys.contains(key) }) else { return nil }
    self = movement
  }

  /// Where the cursor stands after it among `count` rows; nil where there are none.
  package func cursor(from cursor: Int?, count: Int, page: Int) -> Int? {
    guard count > 0 else { return nil }
    let now = cursor ?? 0
    let target =
      switch self {
      case .up: now - 1
      case .down: now + 1
      case .pageUp: now - page
      case .pageDown: now + page
      case .first: 0
      case .last: count - 1
      }
    return min(max(target, 0), count - 1)
  }
}
