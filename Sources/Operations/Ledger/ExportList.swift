package import Domain
package import Store

/// A list as its reader saw it, on its way into a file.
///
/// It changes nothing, and its rows have been read as their reader may read them; what leaves the
/// books is recorded (RULES §6.1).
package struct ExportedList: Hashable, Sendable {
  let name: String
  let rows: Int
  let file: String

  /// `name` is what people call it, `file` the destination.
  package init(_ name: String, rows: Int, to file: String) {
    self.name = name
    self.rows = rows
    self.file = file
  }

  fileprivate var subject: Subject { Subject(.report, name: "\(name), \(rows) rows, to \(file)") }
}

/// Any list but the audit log.
package struct ExportList: Command {
  package static let permission: Permission? = .reportExport
  package static let event = AuditEvent.export
  let list: ExportedList

  package init(_ list: ExportedList) { self.list = list }

  package var subject: Subject { list.subject }

  /// Whoever takes it out has made it.
  package func resource(in change: Change) -> Resource { Resource(creator: change.actor.user) }

  /// What such a file must say of itself (RULES §4.9, 44); nil where it needn't say anything.
  package func run(in change: Change) throws -> String? {
    try change.watermark(on: resource(in: change))
  }
}

extension Change {
  /// What a file that leaves the books must say of itself; nil where it needn't say anything.
  func watermark(on resource: Resource) throws -> String? {
    guard let user = actor.user,
      try decide(.reportExport, on: resource)?.obligations.contains(.only(.watermarked)) == true
    else { return nil }
    let person = try ownRights(of: user, for: .reportExport).person
    let name = Self.oneLine(person.name)
    return "Exported by \(name), \(person.role.title), on \(now.day.text)"
  }

  /// Whatever somebody is called: what stands on a line of its own would be read as books.
  static func oneLine(_ name: String) -> String {
    name.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}

/// The audit log, or what somebody filtered out of it.
package struct ExportAuditList: Command {
  package static let permission: Permission? = .auditExport
  package static let event = AuditEvent.export
  let list: ExportedList

  package init(_ list: ExportedList) { self.list = list }

  package var subject: Subject { list.subject }

  /// Never a watermark.
  package func run(in change: Change) throws -> String? { nil }
}
