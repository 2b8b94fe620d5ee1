import Testing

/// Which target may import what: ARCHITECTURE's table, with the system's own modules.
enum Arrows {
  static let allowed: [String: Set<String>] = [
    "Domain": ["Foundation"],
    "Migrations": [],
    "Store": [
      "Domain", "Migrations", "GRDB", "GRDBSQLite", "Crypto", "Foundation", "Synchronization",
      "Glibc",
    ],
    "Operations": [
      "Domain", "Phrases", "Store", "Crypto", "CryptoExtras", "Foundation",
      "Synchronization",
    ],
    "Interchange": [
      "Domain", "Phrases", "Yams", "Foundation", "Glibc",
    ],
    "Keys": [],
    "Phrases": [],
    "Languages": ["Phrases", "Yams"],
    "Widgets": ["Keys"],
    "Themes": ["Widgets", "Yams", "Foundation"],
    "ViewModels": ["Domain", "Operations", "Interchange", "Keys", "Phrases", "Foundation"],
    "Screens": ["ViewModels", "Widgets", "Themes", "Keys", "Phrases", "Foundation"],
    "Configuration": [
      "Domain", "Interchange", "Keys", "Phrases", "Themes", "ViewModels", "Widgets", "Yams",
      "Foundation",
    ],
    "CNcurses": [],
    "CTerminal": [],
    "Curses": ["Widgets", "Keys", "CNcurses", "CTerminal", "Dispatch", "Foundation", "Glibc"],
    "CLI": [
      "Operations", "Domain", "Interchange", "Phrases", "Widgets", "ArgumentParser", "Foundation",
    ],
    "coreflow": [
      "CLI", "Configuration", "Curses", "Screens", "Themes", "ViewModels", "Widgets",
      "Keys", "Languages", "Operations", "Phrases", "Domain", "Interchange", "ArgumentParser",
      "Foundation", "Dispatch",
      "Glibc",
    ],
  ]

  /// Modules whose types must not show in the signatures of the target that uses them.
  static let ending: Set<String> = ["GRDB", "GRDBSQLite", "Crypto", "CryptoExtras", "Yams"]

  /// The target that a path belongs to.
  static func target(of path: String) -> String {
    let folders = path.split(separator: "/").map(String.init)
    return switch folders[0] {
    case "database": "Migrations"
    case "themes": "Themes"
    default: folders[1]
    }
  }

  /// What each line of `file` that imports something does wrong.
  static func faults(in file: SourceFile) -> [String] {
    let target = target(of: file.path)
    guard let allowed = allowed[target] else { return ["\(file.path): no arrows for \(target)"] }
    return imports(in: file).compactMap { access, module in
      if !allowed.contains(module) { return "\(file.path): \(target) must not import \(module)" }
      if !access.isEmpty && access != "internal", ending.contains(module) {
        return "\(file.path): \(module) ends in \(target), but is passed on"
      }
      return nil
    }
  }

  static func imports(in file: SourceFile) -> [(access: String, module: String)] {
    file.lines.compactMap { line in
      var words = line.split(separator: " ").drop { $0.hasPrefix("@") }
      var access = ""
      if let first = words.first, ["public", "package", "internal", "private"].contains(first) {
        access = String(words.removeFirst())
      }
      guard words.first == "import", words.count >= 2 else { return nil }
      let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "var", "let"]
      let names = words.dropFirst().drop { kinds.contains($0) }
      return names.first.map { (access, String($0.prefix { $0 != "." })) }
    }
  }
}

@Suite struct ArrowTests {
  @Test func `nobody imports what the architecture doesn't let them`() throws {
    let files = try Repository.files(in: ["Sources", "database", "themes"])
    #expect(files.flatMap(Arrows.faults) == [])
    #expect(files.count > 100)
  }

  @Test func `the table names nothing that isn't there`() throws {
    let folders = try Repository.names(in: "Sources").filter { !$0.hasSuffix(".md") }
    let targets = Set(folders + ["Migrations", "Themes"])
    #expect(Set(Arrows.allowed.keys) == targets)
    let files = try Repository.files(in: ["Sources", "database", "themes"])
    let modules = targets.union(files.flatMap(Arrows.imports).map(\.module))
    for (target, allowed) in Arrows.allowed {
      #expect(allowed.subtracting(modules) == [], "\(target)")
    }
  }

  @Test func `TidyTests needs nothing of ours`() throws {
    let files = try Repository.files(in: ["Tests/TidyTests"])
    for file in files {
      let imports = file.lines.filter { $0.hasPrefix("import ") }.map { $0.dropFirst(7) }
      #expect(Set(imports).isSubset(of: ["Foundation", "Testing"]), "\(file.path)")
    }
  }

  @Test(arguments: [
    ("Sources/Domain/X.swift", "import Store"), ("Sources/Domain/X.swift", "package import GRDB"),
    ("Sources/CLI/Report/X.swift", "import Store"), ("Sources/Widgets/X.swift", "import Domain"),
    ("Sources/Screens/X.swift", "internal import Operations"),
    ("Sources/ViewModels/X.swift", "@preconcurrency import Store"),
    ("Sources/ViewModels/X.swift", "import struct Widgets.Key"),
    ("Sources/Operations/X.swift", "import GRDB"), ("database/X.swift", "import Domain"),
    ("Sources/Store/X.swift", "package import GRDB"), ("Sources/Elsewhere/X.swift", ""),
  ])
  func `a planted arrow is found`(_ path: String, _ line: String) {
    let planted = SourceFile(path: path, text: "/// A file.\n\(line)\n")
    #expect(Arrows.faults(in: planted).count == 1)
  }

  @Test(arguments: [
    ("Sources/Store/X.swift", "import GRDB"), ("Sources/CLI/X.swift", "package import Operations"),
    ("Sources/Keys/X.swift", "/// Not an import Domain of anything."),
    ("themes/X.swift", "internal import Yams"),
  ])
  func `an arrow that is drawn is let through`(_ path: String, _ line: String) {
    #expect(Arrows.faults(in: SourceFile(path: path, text: line)) == [])
  }
}
