/// What of the ledger somebody sees: entries by `journal.read` and accounts by `account.read`,
/// whatever is asked; and what they take out of the books by the permission for that too.
package struct Sight: Hashable, Sendable {
  package let entries: Reach
  package let accounts: Reach

  package init(entries: Reach, accounts: Reach) {
    self.entries = entries
    self.accounts = accounts
  }

  package static let everything = Sight(entries: .everything, accounts: .everything)

  package var isEverything: Bool { entries.isEverything && accounts.isEverything }
}

extension Rights {
  /// What is seen of the ledger by somebody who asks for what needs `permission`.
  package func sight(
    by permission: Permission?, lists: [Protection], in circumstances: Circumstances
  ) -> Sight {
    func reach(_ permission: Permission) -> Reach {
      self.reach(of: permission, lists: lists, in: circumstances)
    }
    let entries = reach(.journalRead)
    return Sight(
      entries: permission == .reportExport
        ? entries.narrowed(by: reach(.reportExport)) : entries,
      accounts: reach(.accountRead))
  }
}
