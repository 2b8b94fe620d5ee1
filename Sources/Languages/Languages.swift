package import Phrases
import Yams

/// The languages that come with the program besides English, which its texts are written in.
package enum Languages {
  /// Every catalogue in `catalogues`, by its language's code.
  package static let codes = ["de"]

  /// All that can be asked for.
  package static let offered = [Language.english.code] + codes

  /// A language by its code; nil if the program doesn't speak it.
  package static func language(code: String) throws(CatalogueError) -> Language? {
    if code == Language.english.code { return .english }
    guard let bytes = bytes(of: code) else { return nil }
    let texts = try texts(in: String(decoding: bytes, as: UTF8.self))
    return Language(code: code) { texts[$0] }
  }

  /// The language of whoever has `environment`, as every program of the system speaks to them: the
  /// first of these variables that says anything decides.
  package static func code(in environment: [String: String]) -> String {
    let wanted = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }
      .first { !$0.isEmpty }
    let code = wanted.map { String($0.prefix { $0.isLetter }).lowercased() } ?? ""
    return offered.contains(code) ? code : Language.english.code
  }

  /// What a catalogue's text says: each key's translation.
  package static func texts(in yaml: String) throws(CatalogueError) -> [String: String] {
    let root: Node?
    do { root = try Yams.compose(yaml: yaml) } catch {
      throw CatalogueError(line: nil, reason: "this is not YAML: \(error)")
    }
    var texts: [String: String] = [:]
    for (key, value) in root?.mapping ?? [:] {
      guard let english = key.string, let text = value.string else {
        throw CatalogueError(line: key.mark?.line, reason: "here should be a text and another.")
      }
      guard texts.updateValue(text, forKey: english) == nil else {
        throw CatalogueError(line: key.mark?.line, reason: "it is there twice.")
      }
    }
    return texts
  }

  private static func bytes(of code: String) -> [UInt8]? {
    switch code {
    case "de": PackageResources.de_yaml
    default: nil
    }
  }
}

/// What is wrong with a catalogue, and where.
package struct CatalogueError: Error, Hashable, CustomStringConvertible {
  /// From 1; nil if the fault has no place.
  package let line: Int?
  package let reason: String

  package var description: String { (line.map { "line \($0): " } ?? "") + reason }
}
