import Domain
import Operations
import Synchronization
import TestSupport

/// An account of a general ledger with all of its lines.
@dynamicMemberLookup
struct LedgerAccount: Hashable, Sendable {
  let section: GeneralLedgerDetail.Section
  let lines: [GeneralLedgerDetail.Line]

  subscript<Value>(dynamicMember path: KeyPath<GeneralLedgerDetail.Section, Value>) -> Value {
    section[keyPath: path]
  }
}

extension TestBooks {
  func generalLedger(
    of accounts: Set<ID<Account>>? = nil, in span: StatementReport.Span,
    _ scope: LedgerScope = LedgerScope(), currency: String? = nil, as who: Principal? = nil
  ) async throws -> [LedgerAccount] {
    let found = Mutex<[LedgerAccount]>([])
    let query = GeneralLedgerDetail(of: accounts, in: span, scope, currency: currency) { walk in
      for section in walk.ledger.sections {
        var lines: [GeneralLedgerDetail.Line] = []
        try walk.lines(of: section) { lines.append($0) }
        let account = LedgerAccount(section: section, lines: lines)
        found.withLock { $0.append(account) }
      }
    }
    _ = try await workspace.fetch(query, as: who ?? owner)
    return found.withLock { $0 }
  }
}
