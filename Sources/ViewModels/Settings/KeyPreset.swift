package import Keys

/// Keys that take the place of some of the program's: for habits from elsewhere, and for keyboards
/// that have some characters only on a third level or as dead keys.
nonisolated package enum KeyPreset: String, CaseIterable, Hashable, Sendable {
  case office
  case vim
  case emacs
  case ibm5250 = "5250"
  case german = "de"
  case french = "fr"
  case swedish = "se"

  /// What it is for.
  package var summary: String {
    switch self {
    case .office:
      "CoreFlow's own keys: arrows, function keys and the plainest of vi's and Emacs's at once."
    case .vim: "For hands that know Vim."
    case .emacs: "For hands that know Emacs."
    case .ibm5250:
      "The function keys of IBM's 5250 terminals; F13 to F24 are Shift-F1 to Shift-F12."
    case .german: "For German keyboards, where brackets and braces need AltGr."
    case .french:
      "For French keyboards, where brackets and braces need AltGr, and digits Shift: the row of digits goes to"
        + " screens without it."
    case .swedish: "For Swedish and Finnish keyboards, where brackets and braces need AltGr."
    }
  }

  /// The keys of those actions that it changes, by the actions' ids.
  package var keys: [String: [Key]] {
    switch self {
    case .office: [:]
    case .vim: Self.vimKeys
    case .emacs: Self.emacsKeys
    case .ibm5250: Self.functionKeys
    case .german, .swedish: Self.withoutBrackets
    case .french: Self.withoutShiftedDigits
    }
  }

  private static let vimKeys: [String: [Key]] = [
    "move.pageup": [.ctrl("u"), .ctrl("b"), .pageUp],
    "move.pagedown": [.ctrl("d"), .ctrl("f"), .pageDown],
    "journal.new": ["o", "n", .function(6)], "account.new": ["o", "n", .function(6)],
    "list.mark": ["v", .space, .insert], "period.entries": ["J"],
    "entry.undo": [.alt("u"), .ctrl("z")], "entry.redo": [.ctrl("r"), .ctrl("y"), .alt("e")],
  ]

  private static let emacsKeys: [String: [Key]] = [
    "back": [.ctrl("g"), .escape, .function(12), "q", .backspace, .left, "h"],
    "palette": [.alt("x"), ":"], "help": [.alt("h"), .function(1), "?"],
    "move.up": [.ctrl("p"), .up, "k"], "move.down": [.ctrl("n"), .down, "j"],
    "move.pageup": [.alt("v"), .pageUp, .ctrl("u")], "move.pagedown": [.ctrl("v"), .pageDown],
    "move.first": [.alt("<"), .home, "g"], "move.last": [.alt(">"), .end, "G"],
    "field.up": [.up, .ctrl("p")], "field.down": [.down, .ctrl("n")],
    "list.copy.row": ["Y", .alt("w")], "mouse": [.function(11), .alt("j")],
  ]

  private static let functionKeys: [String: [Key]] = [
    "back": [.function(12), .escape, "q", .backspace, .left, "h", .ctrl("g")],
    "palette": [":", .alt("x")] + command(21),
    "help": [.function(1), "?", .alt("h")] + command(24),
    "move.pageup": [.pageUp, .function(7), .ctrl("u"), .alt("v")],
    "move.pagedown": [.pageDown, .function(8), .ctrl("v")],
    "list.filter": command(17) + ["/", .alt("s")], "list.sort": command(16) + ["s"],
    "list.columns": [.function(11), "C"], "mouse": [.alt("w")],
    "journal.new": [.function(6), "n"], "account.new": [.function(6), "n"],
    "journal.edit": [.function(2), "e"], "account.edit": [.function(2), "e"],
    "journal.post": [.function(10), "p"], "journal.discard": ["D"] + command(23),
  ]

  /// A 5250's F13 to F24, as terminals of today send them and as those with so many keys do.
  private static func command(_ number: Int) -> [Key] {
    [Key(.function(number - 12), .shift), .function(number)]
  }

  private static let withoutBrackets: [String: [Key]] = [
    "balance.earlier": ["("], "balance.later": [")"],
    "statement.earlier": ["("], "statement.later": [")"],
    "period.earlier": ["("], "period.later": [")"],
    "revaluation.earlier": ["("], "revaluation.later": [")"],
    "entry.history.up": [Key(.up, .alt)], "entry.history.down": [Key(.down, .alt)],
  ]

  /// What the keys of the digits 1 to 9 give without Shift.
  private static let unshiftedDigits: [Key] = ["&", "é", "\"", "'", "(", "-", "è", "_", "ç"]

  /// Those beside the digits. Minus is a tab's there.
  private static let withoutShiftedDigits = Section.allCases.reduce(
    into: withoutBrackets.merging(["statement.shallower": ["M"], "account.shallower": ["o"]]) { $1 }
  ) {
    let number = Character(String($1.rawValue))
    $0[$1.bindingID] = [.character(number), unshiftedDigits[$1.rawValue - 1], .alt(number)]
  }
}
