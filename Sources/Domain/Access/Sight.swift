/// What of the ledger somebody sees: entries by `journal.read` and accounts by `account.read`,
/// whatever is asked; the lines of a report by the permission that reports need; and what they take
/// out of the books by the one for that too.
package struct Sight: Hashable, Sendable {
  package let entries: Reach
  package let accounts: Reach
  /// Nil where no report is asked for.
  package let lines: Reach?

  package init(entries: Reach, accounts: Reach, lines: Reach? = nil) {
    self.entries = entries
    self.accounts = accounts
    self.lines = lines
  }

  package static let everything = Sight(entries: .everything, accounts: .everything)

  package var isEverything: Bool {
    entries.isEverything && accounts.isEverything && lines?.isEverything ?? true
  }
}

extension Rights {
  /// What is seen of the ledger by somebody who asks for what needs `permission`.
  package func sight(
    by permission: Permission?, lists: [Protection], in circumstances: Circumstances
  ) -> Sight {
    func reach(_ permission: Permission) -> Reach {
      self.reach(of: permission, lists: lists, in: circumstances)
    }
    let isExport = permission == .reportExport
    let entries = reach(.journalRead)
    return Sight(
      entries: isExport ? entries.narrowed(by: reach(.reportExport)) : entries,
      accounts: reach(.accountRead),
      lines: permission == .reportRead ? reach(.reportRead) : nil)
  }
}
