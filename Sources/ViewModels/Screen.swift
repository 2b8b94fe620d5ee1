import Domain
package import Keys
import Operations
package import Phrases

/// One screen on the stack: its panels, and what can be done on it.
package protocol Screen: AnyObject {
  /// All that keys may ever do on it.
  static var keymap: [Binding] { get }
  /// Its place in the breadcrumb.
  var title: Phrase { get }
  /// The section that it belongs to, whose tab is lit.
  var section: Section? { get }
  var panels: [Panel] { get }
  /// How the panels stand: columns beside each other, each from top to bottom. What isn't in any
  /// isn't shown. Nil is all of them below each other.
  var layout: [[PanelPlace]]? { get }
  /// What is under the cursor, shown beside the panels where there is room.
  var details: [Panel] { get }
  /// Whether that room is kept even while nothing is there, so that nothing jumps.
  var hasDetails: Bool { get }
  /// All there are; those whose permission isn't held are left out by the navigator.
  var actions: [Action] { get }
  /// Whether plain characters are text now rather than commands.
  var takesText: Bool { get }
  /// Whether going back through what was seen comes here again.
  var isRevisited: Bool { get }
  /// Where its reader is on it; nil where that is worth nothing later.
  var bookmark: Bookmark? { get }
  /// Goes there once it is read.
  func restore(_ bookmark: Bookmark)
  /// What its keys would be about now; nil where that is nothing in particular.
  var subject: ScreenSubject? { get }
  /// What of it besides keys is there only for whoever holds a permission.
  var parts: [ScreenPart] { get }
  /// Why a key of it isn't there for whoever looks at it, where that isn't for want of the key's
  /// permission.
  func absence(of binding: Binding) -> Phrase?
  /// Called when the screen comes up, and again when the books have changed under it.
  func load() -> [Effect]
  /// Reads what `details` shows, where that isn't there yet.
  func loadDetails() -> [Effect]
  func move(_ movement: Movement) -> [Effect]
  /// A key that edits text; false if it means nothing here.
  func type(_ key: Key) -> Bool
  /// What follows from text having changed.
  func typed() -> [Effect]
  /// Gives how many characters found no room.
  func paste(_ text: String) -> Int
  /// Something of it was pointed at.
  func point(at target: Target) -> [Effect]
  /// Takes away what lies over a field, which going back does first; false where nothing does.
  func dismiss() -> Bool
  /// What would be lost by leaving; nil when nothing.
  var unsaved: Phrase? { get }
  /// Lets go of that: its person was asked, and leaves.
  func letGo()
}

extension Screen {
  package var section: Section? { nil }
  package var layout: [[PanelPlace]]? { nil }
  package var details: [Panel] { [] }
  package var hasDetails: Bool { false }
  package var takesText: Bool { false }
  package var unsaved: Phrase? { nil }
  package func letGo() {}
  package func dismiss() -> Bool { false }
  package var isRevisited: Bool { true }
  package var bookmark: Bookmark? { nil }
  package var subject: ScreenSubject? { nil }
  package var parts: [ScreenPart] { [] }
  package func absence(of binding: Binding) -> Phrase? { nil }
  package func restore(_ bookmark: Bookmark) {}
  package func loadDetails() -> [Effect] { [] }
  package func move(_ movement: Movement) -> [Effect] { [] }
  package func type(_ key: Key) -> Bool { false }
  package func typed() -> [Effect] { [] }
  package func paste(_ text: String) -> Int { 0 }
  package func point(at target: Target) -> [Effect] { [] }
}

/// The screens that a number key goes to. A number belongs to its screen for ever, so that habits
/// survive a promotion; 5 is kept for workflows and 9 for the system.
nonisolated package enum Section: Int, CaseIterable, Sendable {
  case home = 1
  case journal = 2
  case accounts = 3
  case trialBalance = 4
  case audit = 6
  case periods = 7
  case people = 8

  var bindingID: String { "section.\(rawValue)" }
}

extension Section {
  package var title: Phrase {
    switch self {
    case .home: "Home"
    case .journal: "Journal"
    case .accounts: "Accounts"
    // A tab has less room than a heading.
    case .trialBalance: Phrase(word: "Trial balance", context: "tab")
    case .audit: "Audit"
    case .periods: "Periods"
    case .people: "People"
    }
  }

  /// Who doesn't hold its permission has no such tab.
  package var binding: Binding {
    let number = Character(String(rawValue))
    return Binding(
      bindingID, [.character(number), .alt(number)], title, title, permission)
  }

  private var permission: Permission? {
    switch self {
    // What it shows asks for more, part by part.
    case .home: .businessRead
    case .journal: JournalPage.permission
    case .accounts: ChartOfAccounts.permission
    case .trialBalance: TrialBalanceReport.permission
    case .audit: AuditPage.permission
    case .periods: PeriodOverview.permission
    case .people: Members.permission
    }
  }

  func screen(at desk: Desk) -> any Screen {
    switch self {
    case .home: HomeScreen(at: desk)
    case .journal: JournalScreen(at: desk)
    case .accounts: AccountsScreen(at: desk)
    case .trialBalance: TrialBalanceScreen(at: desk)
    case .audit: AuditScreen(at: desk)
    case .periods: PeriodsScreen(at: desk)
    case .people: PeopleScreen(at: desk)
    }
  }
}
