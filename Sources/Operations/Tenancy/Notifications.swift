import Domain
import Store

extension Change {
  /// Code points, as the schema counts.
  private static var mostCharacters: Int { 200 }

  /// Leaves each of `people` a message in one line.
  func notify(
    _ people: [ID<User>], _ kind: String, _ title: String, about subject: Subject
  ) throws {
    let title = String(title.unicodeScalars.prefix(Self.mostCharacters))
    for person in people {
      try execute(
        """
        INSERT INTO notifications (business_id, user_id, kind, title, subject_type, subject_id,
          created_at)
        VALUES (:business, :user, :kind, :title, :type, :subject, :now)
        """,
        [
          "user": person, "kind": kind, "title": title,
          "type": subject.kind.rawValue, "subject": subject.id, "now": now,
        ])
    }
  }
}
