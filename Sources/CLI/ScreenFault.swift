/// Why there can be no full screen, in words for whoever asked for one: this target knows no
/// terminal, so whoever opens it brings them.
package struct ScreenFault: Error, Hashable, Sendable {
  let words: String

  package init(_ words: String) { self.words = words }
}
