import Domain
import Foundation
import Interchange

/// Who is signed in to one database from this account of the machine.
///
/// It has the session of the instance and one for each business that was entered. Only the owner of
/// the file may read it; whoever can has these sessions until they end.
struct SessionFile {
  struct SignIn: Hashable {
    var user: Int64
    var email: String
    var token: String
    /// Tokens by the business's id.
    var businesses: [Int64: String] = [:]
  }

  let path: String
  let database: String
  private(set) var signIn: SignIn?

  /// Throws `Failure.sessionFile` where others may read it, as then it proves nothing.
  init(at path: String, for database: String) throws {
    self.path = path
    self.database = database
    var facts = stat()
    guard stat(path, &facts) == 0 else { return }
    guard facts.st_mode & S_IFMT == S_IFREG, let bytes = FileManager.default.contents(atPath: path)
    else { throw Failure.sessionFile(path: path, .unreadable) }
    guard facts.st_mode & 0o077 == 0 else { throw Failure.sessionFile(path: path, .openToOthers) }
    do { signIn = try SignIn(JSONDocument(Array(bytes))) } catch {
      throw Failure.sessionFile(path: path, .unreadable)
    }
  }

  /// Puts the whole file in the place of the old one, or leaves that as it was; nil forgets who was.
  mutating func keep(_ signIn: SignIn?) throws {
    guard let signIn else {
      guard unlink(path) == 0 || errno == ENOENT else { throw cannotWrite }
      self.signIn = nil
      return
    }
    let draft = path + ".\(getpid())"
    defer { unlink(draft) }
    unlink(draft)
    let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw cannotWrite }
    defer { close(file) }
    let bytes = Array(json(of: signIn).text.utf8)
    guard write(file, bytes, bytes.count) == bytes.count, fsync(file) == 0,
      rename(draft, path) == 0
    else { throw cannotWrite }
    self.signIn = signIn
  }

  private var cannotWrite: Failure {
    .sessionFile(path: path, .cannotWrite(reason: String(cString: strerror(errno))))
  }

  private func json(of signIn: SignIn) -> JSON {
    [
      "database": .string(database), "user": .id(signIn.user), "email": .string(signIn.email),
      "token": .string(signIn.token),
      "businesses": .sorted(signIn.businesses.map { JSON.Field(String($0), .string($1)) }),
    ]
  }
}

extension SessionFile.SignIn {
  fileprivate init(_ document: JSONDocument) throws {
    let fields = try document.fields(
      "a session", known: ["database", "user", "email", "token", "businesses"])
    guard let user = try fields["user"].flatMap({ Int64(try $0.text("user")) }),
      let email = try fields["email"]?.text("email"),
      let token = try fields["token"]?.text("token")
    else { throw document.failure(.missing("user, email or token")) }
    self.init(user: user, email: email, token: token)
    guard case .object(let tokens) = fields["businesses"]?.content else { return }
    for (business, token) in tokens {
      if let id = Int64(business) { businesses[id] = try token.text(business) }
    }
  }
}
