package import Keys
import Phrases

/// Every key that does something, by where it does it.
package enum Keymap {
  /// A screen, or what lies over one.
  package struct Place {
    package let name: String
    /// Whether plain characters are text there.
    package let takesText: Bool
    package let bindings: [Binding]

    /// Its own, those that move, and those that work everywhere.
    package var reached: [Binding] {
      bindings + (takesText ? [] : Movement.allCases.map(\.binding)) + Keymap.everywhere
    }
  }

  package static let everywhere: [Binding] =
    [.help, .palette, .why, .back, .quit] + Section.allCases.map(\.binding)
    + [
      .business, .businessShow, .notices, .refresh, .visitEarlier, .visitLater, .messages,
      .settings, .yourAccount, .lock,
    ]
    + [.mouse, .redraw, .suspend] + reading

  /// With `--linear` only.
  static let reading: [Binding] = [.readHere, .readEverything]

  package static let places = [
    Place(name: "Sign in", takesText: true, bindings: SignInScreen.keymap),
    Place(name: "Locked", takesText: true, bindings: LockScreen.keymap),
    Place(name: "Businesses", takesText: false, bindings: BusinessesScreen.keymap),
    Place(name: "Business", takesText: false, bindings: BusinessScreen.keymap),
    Place(name: "Home", takesText: false, bindings: HomeScreen.keymap),
    Place(name: "Notices", takesText: false, bindings: NoticesScreen.keymap),
    Place(name: "Journal", takesText: false, bindings: JournalScreen.keymap),
    Place(name: "Entry", takesText: false, bindings: EntryScreen.keymap),
    Place(name: "Files", takesText: false, bindings: FilesScreen.keymap),
    Place(name: "File", takesText: false, bindings: FileScreen.keymap),
    Place(name: "Recurring entries", takesText: false, bindings: SchedulesScreen.keymap),
    Place(name: "Allocations", takesText: false, bindings: AllocationsScreen.keymap),
    Place(name: "Entry form", takesText: true, bindings: EntryFormScreen.keymap),
    Place(name: "Accounts", takesText: false, bindings: AccountsScreen.keymap),
    Place(name: "Account form", takesText: true, bindings: AccountFormScreen.keymap),
    Place(name: "Import", takesText: true, bindings: ImportScreen.keymap),
    Place(name: "Exchange rates", takesText: false, bindings: RatesScreen.keymap),
    Place(name: "Revaluation", takesText: false, bindings: RevaluationScreen.keymap),
    Place(name: "Reconciliations", takesText: false, bindings: ReconciliationsScreen.keymap),
    Place(name: "Reconciliation", takesText: false, bindings: ReconciliationScreen.keymap),
    Place(name: "Bank statements", takesText: false, bindings: BankStatementsScreen.keymap),
    Place(name: "Bank statement", takesText: false, bindings: BankStatementScreen.keymap),
    Place(name: "Open items", takesText: false, bindings: OpenItemsScreen.keymap),
    Place(name: "Register", takesText: false, bindings: RegisterScreen.keymap),
    Place(name: "Trial balance", takesText: false, bindings: TrialBalanceScreen.keymap),
    Place(name: "Roll-forward", takesText: false, bindings: RollForwardScreen.keymap),
    Place(name: "General ledger", takesText: false, bindings: LedgerScreen.keymap),
    Place(name: "Worksheet", takesText: false, bindings: WorksheetScreen.keymap),
    Place(name: "Snapshots", takesText: false, bindings: SnapshotsScreen.keymap),
    Place(name: "Snapshot", takesText: false, bindings: SnapshotScreen.keymap),
    Place(name: "Ledger check", takesText: false, bindings: LedgerCheckScreen.keymap),
    Place(name: "Statements", takesText: false, bindings: StatementScreen.keymap),
    Place(
      name: "Income by department", takesText: false,
      bindings: DepartmentStatementScreen.keymap),
    Place(name: "Consolidation", takesText: false, bindings: ConsolidationScreen.keymap),
    Place(name: "Audit log", takesText: false, bindings: AuditScreen.keymap),
    Place(name: "Audit record", takesText: false, bindings: AuditRecordScreen.keymap),
    Place(name: "Journal tests", takesText: false, bindings: JournalTestsScreen.keymap),
    Place(name: "Test findings", takesText: false, bindings: JournalFindingsScreen.keymap),
    Place(name: "Periods", takesText: false, bindings: PeriodsScreen.keymap),
    Place(name: "Period", takesText: false, bindings: PeriodScreen.keymap),
    Place(name: "Exceptions", takesText: false, bindings: PeriodExceptionsScreen.keymap),
    Place(name: "People", takesText: false, bindings: PeopleScreen.keymap),
    Place(name: "Rights", takesText: false, bindings: RightsScreen.keymap),
    Place(name: "Other rights", takesText: false, bindings: AccessChangesScreen.keymap),
    Place(name: "Explanation", takesText: false, bindings: ExplanationScreen.keymap),
    Place(name: "Who may", takesText: false, bindings: WhoCanScreen.keymap),
    Place(name: "Matrix", takesText: false, bindings: AccessMatrixScreen.keymap),
    Place(name: "Departments", takesText: false, bindings: DepartmentsScreen.keymap),
    Place(name: "Department posts", takesText: false, bindings: DepartmentPostsScreen.keymap),
    Place(name: "Budgets", takesText: false, bindings: BudgetsScreen.keymap),
    Place(name: "Grants", takesText: false, bindings: GrantsScreen.keymap),
    Place(name: "Lent rights", takesText: false, bindings: DelegationsScreen.keymap),
    Place(name: "Access lists", takesText: false, bindings: AccessListsScreen.keymap),
    Place(name: "Requests", takesText: false, bindings: RequestsScreen.keymap),
    Place(name: "Access reviews", takesText: false, bindings: ReviewsScreen.keymap),
    Place(name: "Access review", takesText: false, bindings: ReviewScreen.keymap),
    Place(name: "Sessions", takesText: false, bindings: SessionsScreen.keymap),
    Place(name: "API keys", takesText: false, bindings: APIKeysScreen.keymap),
    Place(name: "Templates", takesText: false, bindings: TemplatesScreen.keymap),
    Place(name: "Template", takesText: false, bindings: TemplateHoldersScreen.keymap),
    Place(name: "Groups", takesText: false, bindings: GroupsScreen.keymap),
    Place(name: "Conflicts", takesText: false, bindings: ConflictsScreen.keymap),
    Place(name: "Emergencies", takesText: false, bindings: EmergenciesScreen.keymap),
    Place(name: "Other forms", takesText: true, bindings: FormScreen.keymap),
    Place(name: "A list's filter", takesText: true, bindings: Binding.filtering),
    Place(name: "Messages", takesText: false, bindings: MessagesScreen.keymap),
    Place(name: "Settings", takesText: false, bindings: SettingsScreen.keymap),
    Place(name: "Your account", takesText: false, bindings: YourAccountScreen.keymap),
    Place(name: "Password or code", takesText: true, bindings: SecretFormScreen.keymap),
  ]

  /// Tables of all keys, and of what each preset changes, for whoever wants to print them or write
  /// their own settings.
  package static func markdown(_ settings: KeySettings = KeySettings()) -> String {
    let all =
      [("Everywhere", everywhere), ("In lists", Movement.allCases.map(\.binding))]
      + places.filter { !$0.bindings.isEmpty }.map { ($0.name, $0.bindings) }
    let sections = all.map { "## \($0.0)\n\n" + table(of: $0.1.map(settings.applied)) }
    let presets = KeyPreset.allCases.map { preset in
      let changed = bindings.filter { preset.keys[$0.id] != nil }.map {
        KeySettings(preset: preset).applied(to: $0)
      }
      let title = "## Preset `\(preset.rawValue)`\n\n\(preset.summary)"
      return changed.isEmpty ? title : title + "\n\n" + table(of: changed)
    }
    return (sections + presets).joined(separator: "\n\n") + "\n"
  }

  private static func table(of bindings: [Binding]) -> String {
    let rows = bindings.map { binding in
      let keys = binding.keys.map { "`\($0.name)`" }.joined(separator: " ")
      return "| \(keys) | \(binding.summary) | `\(binding.id)` |"
    }
    return (["| keys | what they do | id |", "|---|---|---|"] + rows).joined(separator: "\n")
  }

  /// Every binding once, in the order of the places.
  private static var bindings: [Binding] {
    var known: Set<String> = []
    return (everywhere + Movement.allCases.map(\.binding) + places.flatMap(\.bindings))
      .filter { known.insert($0.id).inserted }
  }
}

extension Binding {
  static let help = Binding("help", [.function(1), "?", .alt("h")], "help", "Keys of this screen")
  static let palette = Binding(
    "palette", [":", .alt("x")], "find", "Find a command, account or entry")
  static let back = Binding(
    "back", [.escape, .function(12), "q", .backspace, .left, "h", .ctrl("g")], "back",
    "Back to the screen before")
  static let quit = Binding(
    "quit", [.function(3), "Q", .alt("q"), .ctrl("c")], "quit", "Leave CoreFlow")
  /// Where lines are typed, the key that ends input leaves too.
  static let quitLines = quit.with(quit.keys + [.ctrl("d")])
  static let business = Binding(
    "business", ["b", .alt("b")], "business", "Work in another business")
  static let refresh = Binding(
    "refresh", [.function(5), "r", .alt("r")], "refresh", "Read the books again")
  static let visitEarlier = Binding(
    "visit.earlier", [Key.left.with(.alt), "<"], "visited", "What was shown before")
  static let visitLater = Binding(
    "visit.later", [Key.right.with(.alt), ">"], "visited after", "What was shown after")
  static let messages = Binding("messages", [.alt("m")], "messages", "What was said so far")
  static let lock = Binding("lock", ["K", .alt("p")], "lock", "Lock the screen")
  static let mouse = Binding("mouse", [.function(11), .alt("w")], "mouse", "Mouse on or off")
  static let redraw = Binding("redraw", [.ctrl("l"), .alt("l")], "redraw", "Draw the screen anew")
  static let readHere = Binding(
    "read.here", [.alt("i")], "where am I", "With --linear, say where the cursor is")
  static let readEverything = Binding(
    "read.all", [.alt("a")], "read all", "With --linear, say the whole screen")
  static let suspend = Binding(
    "suspend", [.ctrl("z"), .alt("z")], "suspend", "Back to the shell; fg comes back")
}

/// The ways a cursor moves: arrows, vi's letters and Emacs's together (UX 5.5).
package enum Movement: String, CaseIterable, Sendable {
  case up
  case down
  case pageUp
  case pageDown
  case first
  case last

  package var binding: Binding {
    switch self {
    case .up: Binding("move.up", [.up, "k", .ctrl("p")], "up", "One row up")
    case .down: Binding("move.down", [.down, "j", .ctrl("n")], "down", "One row down")
    case .pageUp: Binding("move.pageup", [.pageUp, .ctrl("u"), .alt("v")], "page up", "A page up")
    case .pageDown:
      Binding("move.pagedown", [.pageDown, .ctrl("v")], "page down", "A page down")
    case .first: Binding("move.first", [.home, "g"], "first", "To the first row")
    case .last: Binding("move.last", [.end, "G"], "last", "To the last row")
    }
  }

  /// What the keys of an unchanged keymap mean.
  package init?(_ key: Key) {
    guard let movement = Self.allCases.first(where: { $0.binding.keys.contains(key) }) else {
      return nil
    }
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
