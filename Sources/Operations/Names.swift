import Domain

/// What people call things, and why they say that they do something. Texts of entries aren't among
/// these: imported journals keep what they have. They are shown without harm, as everything is.
extension String {
  /// Throws `unseenCharacter`.
  func requireSeen() throws(Refusal) {
    if let unseen { throw .unseenCharacter(unseen) }
  }

  /// Throws `unseenCharacter` or `nameLength`.
  func requireName(of kind: Subject.Kind, most: Int) throws(Refusal) {
    try requireSeen()
    guard (1...most).contains(unicodeScalars.count), !allSatisfy(\.isWhitespace) else {
      throw .nameLength(kind: kind, most: most)
    }
  }

  /// Throws `unseenCharacter` or `invalidEmail`.
  func requireEmail() throws(Refusal) {
    try requireSeen()
    guard EmailAddress.isValid(self) else { throw .invalidEmail(self) }
  }
}
