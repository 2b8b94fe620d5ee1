import Foundation
import Testing

/// What stands at the top of the repository.
enum TopLevel {
  private static let agreed: Set<String> = [
    "Package.swift", "Sources", "Tests", "database", "themes", "README.md",
  ]

  static func faults(in paths: [String]) -> [String] {
    let names = Set(paths.compactMap { $0.split(separator: "/").first.map(String.init) })
    return names.filter { !$0.hasPrefix(".") && !agreed.contains($0) }.sorted()
  }

  /// What git keeps; or, in a copy without its history, what lies in the folder and isn't made by
  /// the build.
  static func paths() throws -> [String] {
    let tracked = try tracked()
    guard tracked.isEmpty else { return tracked }
    return try FileManager.default.contentsOfDirectory(atPath: Repository.root.path)
      .filter { $0 != "Package.resolved" }
  }

  private static func tracked() throws -> [String] {
    let git = Process()
    let output = Pipe()
    git.executableURL = URL(filePath: "/usr/bin/env")
    git.arguments = ["git", "-C", Repository.root.path, "ls-files", "-z"]
    git.standardOutput = output
    git.standardError = FileHandle.nullDevice
    try git.run()
    let listed = try output.fileHandleForReading.readToEnd() ?? Data()
    git.waitUntilExit()
    guard git.terminationStatus == 0 else { return [] }
    return String(decoding: listed, as: UTF8.self).split(separator: "\0").map(String.init)
  }
}

@Suite struct TopLevelTests {
  @Test func `the top of the repository holds what is agreed and nothing else`() throws {
    let paths = try TopLevel.paths()
    #expect(TopLevel.faults(in: paths) == [])
    #expect(paths.contains { $0.hasPrefix("Sources") })
  }

  @Test func `a planted file or folder is found`() {
    #expect(TopLevel.faults(in: ["Sources/X.swift", "Makefile"]) == ["Makefile"])
    #expect(TopLevel.faults(in: ["docs/x.md", "README.md"]) == ["docs"])
    #expect(TopLevel.faults(in: [".ci/run", ".swift-format", "Package.swift"]) == [])
  }
}
