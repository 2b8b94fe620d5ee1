import Foundation

/// What the sources declare as a command or a query, read out of their text: in an extension, at any
/// access and through any protocol between.
enum Conformances {
  private struct Declaration {
    let isProtocol: Bool
    let name: String
    let inherited: Set<String>
  }

  /// The types of `texts` that conform to `root`.
  static func of(_ root: String, in texts: [String]) -> Set<String> {
    let declarations = texts.flatMap(declarations)
    var protocols: Set = [root]
    func conforming(areProtocols: Bool) -> Set<String> {
      Set(
        declarations.filter {
          $0.isProtocol == areProtocols && !$0.inherited.isDisjoint(with: protocols)
        }.map(\.name))
    }
    while !conforming(areProtocols: true).isSubset(of: protocols) {
      protocols.formUnion(conforming(areProtocols: true))
    }
    return conforming(areProtocols: false)
  }

  /// The texts of every source of the program.
  static func sources() throws -> [String] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources")
    let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    return try (files?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }
      .map { try String(contentsOf: $0, encoding: .utf8) }
  }

  private static func declarations(in text: String) -> [Declaration] {
    let code = text.split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("//") }
      .joined(separator: "\n")
    let pattern =
      /\b(protocol|struct|enum|class|actor|extension)\s+([\w.]+)(?:<[^>{]*>)?\s*:([^{}]+)\{/
    return code.matches(of: pattern).map { match in
      let list = match.3.replacing(/<[^>]*>/, with: "").split(separator: /\bwhere\b/)[0]
      let names = list.split { $0 == "," || $0 == "&" }.map(lastWord)
      return Declaration(
        isProtocol: match.1 == "protocol", name: lastWord(match.2), inherited: Set(names))
    }
  }

  /// `Query` of `@retroactive Operations.Query`.
  private static func lastWord(_ text: Substring) -> String {
    text.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.last.map(String.init) ?? ""
  }
}
