import Domain
import Store

/// What the audit log is told about one command.
struct Deed {
  let event: AuditEvent
  let operation: String
  let permission: Permission?
  let subject: Subject
  let subjectName: String
  let reason: String?
  let outcome: AuditOutcome
  let errorCode: String?
  let errorMessage: String?
  let before: [JSON.Field]
  let after: [JSON.Field]
  var contentHash: String?

  /// A command that was done.
  init<C: Command>(of command: C, output: C.Output, before: [JSON.Field], in change: Change) throws
  {
    let subject = command.subject(after: output)
    let after = try (output as? any CarriesFields)?.fields ?? subject.state(in: change)
    self.init(
      C.self, subject: subject, name: subject.name(from: after.isEmpty ? before : after),
      reason: command.reason, outcome: .success, error: nil, before: before, after: after)
    contentHash = (output as? any CarriesContentHash)?.contentHash
  }

  /// A command that was refused.
  init<C: Command>(of command: C, failed refusal: Refusal) {
    self.init(
      C.self, subject: command.subject, name: command.subject.name, reason: command.reason,
      outcome: .failure, error: refusal, before: [], after: [])
  }

  private init<C: Command>(
    _: C.Type, subject: Subject, name: String, reason: String?, outcome: AuditOutcome,
    error: Refusal?, before: [JSON.Field], after: [JSON.Field]
  ) {
    event = C.event
    operation = C.operation
    permission = C.permission
    self.subject = subject
    subjectName = name
    self.reason = reason
    self.outcome = outcome
    errorCode = error?.code
    errorMessage = error.map { UserMessage($0).text }
    self.before = before
    self.after = after
  }

  /// The fields that differ, in canonical JSON: what they were, what they are, their names.
  var changes: (old: String?, new: String?, names: String) {
    let old = before.filter { !after.contains($0) }
    let new = after.filter { !before.contains($0) }
    let names = Set((old + new).map(\.name)).sorted()
    func text(_ fields: [JSON.Field]) -> String? {
      fields.isEmpty ? nil : JSON.sorted(fields).text
    }
    return (text(old), text(new), JSON.array(names.map(JSON.string)).text)
  }
}

/// An output that says which content it made final, for the record that proves it.
protocol CarriesContentHash {
  var contentHash: String? { get }
}

/// An output that says what the record keeps, where no row of the subject does.
protocol CarriesFields {
  var fields: [JSON.Field] { get }
}
