import Domain
import Store

extension Workspace {
  /// Records that `principal` wasn't shown what `Q` looks at. Whoever keeps asking leaves one record
  /// for each session, permission and minute, or the log would fill with them (RELIABILITY §3, 15).
  func record<Q: Query>(_ refusal: Refusal, of _: Q.Type, to principal: Principal) async throws {
    let request = newRequest()
    let command = DeniedRead<Q>(refusal: refusal)
    try await store.change(in: recordHome(of: principal.business), as: .system) { change in
      let stranger = try principal.stranger(in: change, request: request)
      let isKnown = try change.hasRefused(
        DeniedRead<Q>.operation, .view, to: stranger, as: nil)
      guard !isKnown else { return }
      if change.business == principal.business {
        _ = try Gate.answer(command, by: principal, request: request, in: change)
      } else {
        let standing = Standing.unasked(stranger, at: change.now)
        _ = try Gate.answer(command, by: standing, in: change)
      }
    }
  }

  /// A business that isn't there has no chain; what is asked of it is in the instance's.
  func recordHome(of business: ID<Business>) async throws -> ID<Business> {
    let isThere = try await store.snapshot(of: business, as: .system) { try $0.hasChain() }
    return isThere ? business : Business.instance
  }
}

/// What a look that was refused is recorded as.
private struct DeniedRead<Q: Query>: Command {
  static var permission: Permission? { Q.permission }
  static var operation: String { Q.permission?.rawValue ?? "\(Q.self)" }
  static var event: AuditEvent { .view }
  let refusal: Refusal

  var subject: Subject {
    if case .noSuch(let subject) = refusal { subject } else { Subject(.report, name: "\(Q.self)") }
  }

  func run(in change: Change) throws { throw refusal }
}

extension Reading {
  /// Whether the log has such a refusal of the last minute, of whatever `code` where that is nil: of
  /// the session, or where there is none of whoever is called so.
  func hasRefused(
    _ operation: String, _ event: AuditEvent, to actor: Actor, as code: String?
  ) throws -> Bool {
    try one(
      Bool.self,
      """
      SELECT EXISTS (SELECT 1 FROM audit_logs
        WHERE business_id = :business AND at > :since AND event_type = :event
          AND status = 'failure' AND operation = :operation AND session_id IS :session
          AND (:session IS NOT NULL OR actor_name = :name)
          AND error_code = coalesce(:code, error_code))
      """,
      [
        "since": now.adding(seconds: -60), "event": event, "operation": operation,
        "session": actor.session, "name": actor.name, "code": code,
      ])
  }
}
