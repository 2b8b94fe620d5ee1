import Foundation
import Testing

/// The lists that a new screen has to be put into by hand, against the screens that there are.
@Suite struct ScreenLists {
  /// The names of all classes that are screens, out of the sources.
  static func classes() throws -> Set<String> {
    let names = try FileManager.default.subpathsOfDirectory(atPath: sources.path)
    let found = try names.filter { $0.hasSuffix(".swift") }.flatMap { name in
      try text(of: name).matches(of: /\bclass (\w+): (?:\w+, )*(?:Whole)?(?:List)?Screen\b/)
        .map { String($0.output.1) }
    }
    #expect(found.count > 10)
    return Set(found)
  }

  private static var sources: URL {
    URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/ViewModels").standardized
  }

  private static func text(of name: String) throws -> String {
    try String(contentsOf: sources.appending(path: name), encoding: .utf8)
  }

  @Test func `every screen has its keys in the list of all keys`() throws {
    let listed = try Self.text(of: "Keymap.swift").matches(of: /bindings: (\w+)\.keymap/)
    #expect(Set(listed.map { String($0.output.1) }) == (try Self.classes()))
  }

  @Test func `every screen is on the tour that tests of all screens make`() async throws {
    let seen = try await Walk.taken.value.kinds
    let classes = try Self.classes()
    #expect(seen.subtracting(classes) == [])
    let unseen = classes.subtracting(seen)
    #expect(unseen == [])
  }
}
