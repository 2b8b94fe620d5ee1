package import Domain
package import Store

/// One thing a person can do, in one transaction.
package protocol Command<Output>: Sendable {
  associatedtype Output: Sendable
  /// Nil where being signed in is enough.
  static var permission: Permission? { get }
  /// What the audit log calls it, `journal.post`.
  static var operation: String { get }
  static var event: AuditEvent { get }
  /// What it is done to, as far as that is known before.
  var subject: Subject { get }
  /// What it was done to; differs from `subject` where the command made it.
  func subject(after output: Output) -> Subject
  /// Why, where a person must say.
  var reason: String? { get }
  /// In how many characters at the least.
  static var leastReason: Int { get }
  /// The model whose suggestion was taken, if one was.
  var assistance: Assistance? { get }
  /// What access depends on besides the permission, read in the transaction that acts. What it
  /// leaves out isn't known, and no grant that needs it allows the command.
  func resource(in change: Change) throws -> Resource
  /// What whoever is denied it hears instead of the bare denial; nil where there is nothing more to
  /// say. Read only where it is denied.
  func refusal(for denial: Denial, in change: Change) throws -> Refusal?
  /// The same with what takes long to find out and is found before the transaction, so that nobody
  /// waits for it to write. `run` must not depend on it: what it lacks it finds out itself.
  func prepared(in workspace: Workspace, as principal: Principal) async -> Self
  func run(in change: Change) throws -> Output
}

/// A model's part in what somebody did, for the record of it (RULES §6.7).
package struct Assistance: Hashable, Sendable {
  package let model: String
  /// What the suggestion took to make.
  package let milliseconds: Int64

  package init(model: String, milliseconds: Int64) {
    self.model = model
    self.milliseconds = milliseconds
  }
}

extension Command {
  package static var operation: String { permission?.rawValue ?? "\(Self.self)" }
  package func subject(after output: Output) -> Subject { subject }
  package var reason: String? { nil }
  package static var leastReason: Int { Change.leastReason }
  package var assistance: Assistance? { nil }
  package func resource(in change: Change) throws -> Resource { Resource() }
  package func refusal(for denial: Denial, in change: Change) throws -> Refusal? { nil }
  package func prepared(in workspace: Workspace, as principal: Principal) async -> Self { self }
}

/// One thing a person can look at.
package protocol Query: Sendable {
  associatedtype Output: Sendable, Equatable
  /// Nil where being signed in is enough.
  static var permission: Permission? { get }
  /// Whether a program's key may ask: what takes no permission is in no key's scope.
  static var takesKeys: Bool { get }
  func run(in snapshot: Snapshot) throws -> Output
}

extension Query {
  package static var takesKeys: Bool { permission != nil }
}
