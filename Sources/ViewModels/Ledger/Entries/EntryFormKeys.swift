import Domain
import Keys
import Operations
import Phrases

extension Binding {
  static let entryCommit = Binding(
    "entry.commit", [.function(10), .alt("f")], "post", "Post the entry, or send it",
    SubmitEntry.permission)
  static let entryKeep = Binding(
    "entry.draft", [.function(2), .alt("d")], "draft", "Keep it as a draft", CreateEntry.permission)
  static let entryNext = Binding(
    "entry.next", [.function(9), .alt("n")], "and new", "Commit, then write another",
    SubmitEntry.permission)
  static let entryDifference = Binding(
    "entry.difference", ["=", .alt("=")], "difference", "Fill in what balances the entry",
    worksInText: true)
  static let entryRepeatAbove = Binding(
    "entry.repeat", ["\"", .alt("\"")], "as above", "Repeat the cell above", worksInText: true)
  static let entryDebit = Binding(
    "entry.debit", ["<", "d", .alt("<")], "debit", "Amount to the debit side", worksInText: true)
  static let entryCredit = Binding(
    "entry.credit", [">", "c", .alt(">")], "credit", "Amount to the credit side",
    worksInText: true)
  static let entryList = Binding(
    "entry.list", [.function(4), Key(.down, .alt)], "choices",
    "List all accounts, or a month of days")
  static let entryTemplate = Binding(
    "entry.template", [.function(7), .alt("t")], "template", "Fill in a template",
    EntryTemplates.permission)
  static let entryMore = Binding(
    "entry.more", [.function(6), .alt(".")], "more", "Payee, notes; a line's department, ref",
    CreateEntry.permission)
  static let entryRemoveLine = Binding(
    "entry.remove", [.function(8), .alt("k")], "less a line", "Take the line away")
  static let entryUndo = Binding(
    "entry.undo", [.ctrl("z"), .alt("u")], "undo", "Undo the last change")
  static let entryRedo = Binding(
    "entry.redo", [.ctrl("y"), .alt("e")], "redo", "Do it again after all")
  static let entryCurrency = Binding(
    "entry.currency", [.alt("y")], "currency", "Choose what plain amounts are in")
  static let entrySettle = Binding(
    "entry.settle", [.alt("v")], "at book value", "Settle at what the account holds it at")
  static let entryReverse = Binding(
    "entry.reverse", [.alt("s")], "take back", "Take it back when the next period opens")
  static let entryType = Binding(
    "entry.type", [.ctrl("t"), .alt("g")], "type", "Adjusting, correction, opening or none")
}
