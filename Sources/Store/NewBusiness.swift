import Domain
import GRDB

extension Change {
  /// Runs `body` as the next business, which isn't there before. This and `inInstance` are the only
  /// ways in which one transaction writes for two, and neither leads to a business that somebody
  /// else has.
  package func inNewBusiness<Output>(_ body: (Change) throws -> Output) throws -> Output {
    let next = try StoreError.translating {
      try Int64.fetchOne(scope.db, sql: "SELECT max(id) + 1 FROM businesses") ?? 1
    }
    return try entering(ID(next), body)
  }

  /// Runs `body` in the instance, where people's sign-ins are.
  package func inInstance<Output>(_ body: (Change) throws -> Output) throws -> Output {
    try entering(Business.instance, body)
  }

  private func entering<Output>(
    _ business: ID<Business>, _ body: (Change) throws -> Output
  ) throws -> Output {
    let inner = scope.entering(business)
    try StoreError.translating { try TenantGuard.enter(inner.business, on: scope.db) }
    let result = Result { try body(Change(scope: inner, now: now, actor: actor)) }
    scope.absorb(inner)
    try StoreError.translating { try TenantGuard.enter(scope.business, on: scope.db) }
    return try result.get()
  }
}
