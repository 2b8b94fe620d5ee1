/// What the program's own words are in a language.
package struct Language: Sendable {
  /// As the operating system names it: `de`.
  package let code: String
  private let lookUp: @Sendable (String) -> String?

  /// `lookUp` gives nil for a key that it has no translation of.
  package init(code: String, lookUp: @escaping @Sendable (String) -> String?) {
    self.code = code
    self.lookUp = lookUp
  }

  /// The one that the program is written in, whose texts are the keys.
  package static let english = Language(code: "en") { _ in nil }

  func translation(of key: String) -> String? { lookUp(key) }
}
