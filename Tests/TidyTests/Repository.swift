import Foundation

/// A file of the repository: where it is, and what it says.
struct SourceFile: Hashable {
  /// From the repository's root: `Sources/Domain/Values/Day.swift`.
  let path: String
  let text: String

  var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
}

/// The checked-out repository that this test was compiled in.
enum Repository {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// What a reader of the code reads.
  static let folders = ["Sources", "Tests", "database", "themes"]

  /// Every file under `folders` whose name ends in one of `extensions`, in the order of the paths.
  static func files(
    in folders: [String] = folders, ending extensions: Set<String> = ["swift"]
  ) throws -> [SourceFile] {
    try folders.flatMap { folder in
      let url = root.appending(path: folder).resolvingSymlinksInPath()
      let names = try FileManager.default.subpathsOfDirectory(atPath: url.path).sorted()
      return try names.filter { name in
        extensions.contains(URL(filePath: name).pathExtension) && !name.contains(".build/")
      }.map { name in
        try SourceFile(
          path: "\(folder)/\(name)",
          text: String(contentsOf: url.appending(path: name), encoding: .utf8))
      }
    }
  }

  /// The names in one folder, sorted.
  static func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path).sorted()
  }
}
