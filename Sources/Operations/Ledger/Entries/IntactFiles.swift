import Crypto
import Domain
import Store

/// A file whose bytes were read and found to be those that were attached. Both say which: what was
/// put in the place of one that was taken off has another hash, or is another row.
struct IntactFile: Hashable, Sendable {
  let sha256: String
  /// Where its bytes are kept, which nothing changes (CF052).
  let row: ID<IntactFile>
}

/// Some of the files that are what was attached, in the order of their hashes: reading all at once
/// would keep one state of the books for minutes. It says nothing to whoever can't lock a period,
/// which is what it is asked for.
struct IntactFiles: Query {
  static let permission: Permission? = nil
  /// Of a file at most 32 MiB, one after the other.
  static let most = 32
  /// The hash of the last file that was read; empty is none.
  let after: String

  struct Page: Hashable, Sendable {
    let intact: Set<IntactFile>
    /// Nil where these were the last.
    let next: String?
  }

  func run(in snapshot: Snapshot) throws -> Page {
    guard try snapshot.couldLock() else { return Page(intact: [], next: nil) }
    let found = try snapshot.rows(
      {
        (
          hash: String, row: ID<IntactFile>, bytes: [UInt8]?
        )
          -> (file: IntactFile, isIntact: Bool) in
        let isIntact = bytes.map { hexadecimal(SHA256.hash(data: $0)) == hash } ?? false
        return (IntactFile(sha256: hash, row: row), isIntact)
      },
      """
      SELECT sha256, rowid, content FROM attachment_contents
      WHERE business_id = :business AND sha256 > :after
      ORDER BY sha256 LIMIT :most
      """, ["after": after, "most": Self.most])
    return Page(
      intact: Set(found.filter(\.isIntact).map(\.file)),
      next: found.count < Self.most ? nil : found.last?.file.sha256)
  }
}

extension Snapshot {
  /// With a second person at the most.
  fileprivate func couldLock() throws -> Bool {
    guard let user = actor.user else { return false }
    var resource = Resource()
    resource.isConfirmed = true
    return try ownRights(of: user, for: LockPeriod.right).decide(
      LockPeriod.right, on: resource, in: try circumstances()
    ).isAllowed
  }
}

extension Workspace {
  /// All files that are what was attached, as they are read now. Where reading is refused there are
  /// none: whoever asks is told by what they wanted them for.
  func intactFiles(for principal: Principal) async -> Set<IntactFile> {
    var intact: Set<IntactFile> = []
    var next: String? = ""
    while let after = next {
      // What can't be read is read again, and then said, where it is needed.
      guard let page = try? await read(IntactFiles(after: after), as: principal) else { break }
      intact.formUnion(page.intact)
      next = page.next
    }
    return intact
  }
}

extension Set<IntactFile> {
  /// As SQL reads it.
  var json: String {
    JSON.array(map { ["sha256": .string($0.sha256), "row": .integer($0.row.value)] }).text
  }
}
