import Domain
import Store
import Synchronization

/// What people's rights were when they were last read, for reading again and again: a decision about
/// a screen costs no more than one statement then. What writes never asks it.
final class RightsMemory: Sendable {
  private struct Key: Hashable {
    let business: ID<Business>
    let user: ID<User>
  }

  private struct Memory {
    let version: Int64
    /// When something of it begins or ends by itself.
    let end: Timestamp?
    let rights: Rights
  }

  private struct Lists {
    let version: Int64
    /// When the next row expires: what stands below a thing is under another list then.
    let end: Timestamp?
    let lists: [Protection]
  }

  private let memories = Mutex<[Key: Memory]>([:])
  private let lists = Mutex<[ID<Business>: Lists]>([:])

  /// The lists of the business as they are at `version`.
  func lists(in reading: some Reading, version: Int64) throws -> [Protection] {
    let known = lists.withLock { $0[reading.business] }
    if let known, known.version == version, known.end.map({ reading.now < $0 }) ?? true {
      return known.lists
    }
    let found = try reading.protections()
    let end = found.flatMap(\.rows).compactMap(\.window.end).min()
    lists.withLock { $0[reading.business] = Lists(version: version, end: end, lists: found) }
    return found
  }

  /// As they are at `version` of what decides access, which was read in the same transaction.
  func rights(
    of user: ID<User>, in reading: some Reading, version: Int64
  ) throws -> Rights {
    let key = Key(business: reading.business, user: user)
    let known = memories.withLock { $0[key] }
    if let known, known.version == version, known.end.map({ reading.now < $0 }) ?? true {
      return known.rights
    }
    let rights = try reading.rights(of: user)
    let ends = [rights.nextChange(after: reading.now), try reading.nextPost()].compactMap(\.self)
    let memory = Memory(version: version, end: ends.min(), rights: rights)
    memories.withLock { $0[key] = memory }
    return rights
  }
}

extension Reading {
  /// When the next person of the business begins or ceases to be something in a department.
  fileprivate func nextPost() throws -> Timestamp? {
    try row(
      { (moment: Timestamp?) in moment },
      """
      SELECT min(CASE WHEN starts_at > :now THEN starts_at ELSE ends_at END) FROM department_roles
      WHERE business_id = :business AND (starts_at > :now OR ends_at > :now)
      """, ["now": now]) ?? nil
  }
}
