package import Domain
package import Store

/// A list as its reader saw it, on its way into a file.
///
/// It changes nothing, and its rows have been read as their reader may take them out, by `Exported`;
/// what leaves the books is recorded (RULES §6.1).
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

  /// What such a file must say of itself, line by line.
  package func run(in change: Change) throws -> [String] {
    try change.remarks(on: resource(in: change), seen: try change.view(by: .reportExport))
  }
}

/// A query as far as its reader may take what it shows out of the books: no more than they may see,
/// and of entries only those that they may export.
package struct Exported<Q: Query>: Query {
  package static var permission: Permission? { .reportExport }
  let query: Q

  package init(_ query: Q) { self.query = query }

  /// Throws `notPermitted` for whoever may export but not see it.
  package func run(in snapshot: Snapshot) throws -> Q.Output {
    if let permission = Q.permission, let user = snapshot.actor.user {
      try snapshot.whole.rights(of: user, for: permission)
        .decide(permission, on: nil, in: snapshot.whole.circumstances()).require()
    }
    return try query.run(in: snapshot)
  }
}

extension Change {
  /// What a file that leaves the books must say of itself: who took it out (RULES §4.9, 44), and
  /// that it isn't all there is where `view` leaves something out.
  func remarks(on resource: Resource, seen view: Snapshot) throws -> [String] {
    let part = view.narrowing.map { _ in
      "Only entries that \(Self.oneLine(actor.name)) may export are in it."
    }
    return [try watermark(on: resource), part].compactMap(\.self)
  }

  private func watermark(on resource: Resource) throws -> String? {
    guard let user = actor.user,
      try decide(.reportExport, on: resource)?.obligations.contains(.only(.watermarked)) == true
    else { return nil }
    let person = try ownRights(of: user, for: .reportExport).person
    let name = Self.oneLine(person.name)
    return "Exported by \(name), \(person.role.title), on \(try today().text)"
  }

  /// Whatever somebody is called: what stands on a line of its own would be read as books.
  private static func oneLine(_ name: String) -> String {
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
  package func run(in change: Change) throws -> [String] { [] }
}
