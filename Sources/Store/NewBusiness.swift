import Domain
import GRDB

extension Change {
  /// Runs `body` as the next business, which isn't there before: the only way in which one
  /// transaction writes for two, and neither of them is one that somebody else has.
  package func inNewBusiness<Output>(_ body: (Change) throws -> Output) throws -> Output {
    let next = try StoreError.translating {
      try Int64.fetchOne(scope.db, sql: "SELECT max(id) + 1 FROM businesses") ?? 1
    }
    let inner = scope.entering(ID(next))
    try StoreError.translating { try TenantGuard.enter(inner.business, on: scope.db) }
    let result = Result { try body(Change(scope: inner, now: now, actor: actor)) }
    scope.absorb(inner)
    try StoreError.translating { try TenantGuard.enter(scope.business, on: scope.db) }
    return try result.get()
  }
}
