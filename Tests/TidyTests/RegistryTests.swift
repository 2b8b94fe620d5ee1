import Foundation
import Testing

/// Folders of embedded files, and the lists that the program has of them, which the build can't
/// make by itself.
enum Registries {
  /// What `Migrations.swift` lists: each migration's number, name and the two embedded files.
  static func migrations(in text: String) -> [String] {
    let entry =
      /Migration\(\s*(\d+),\s*"(\w+)",\s*up:\s*PackageResources\.(\w+),\s*down:\s*PackageResources\.(\w+)\)/
    return text.matches(of: entry).map {
      "\($0.output.1) \($0.output.2) \($0.output.3) \($0.output.4)"
    }
  }

  /// The same, as the folders of migrations and of rollbacks have it.
  static func migrations(in folder: [String], rollbacks: [String]) -> [String] {
    zip(folder, rollbacks).enumerated().map { index, files in
      let (number, name) = (index + 1, files.0.dropFirst(4).dropLast(4))
      return "\(number) \(name) \(resource(files.0)) \(resource(files.1))"
    }
  }

  /// The name that embedding gives a file: its first character may not be a digit.
  private static func resource(_ file: String) -> String {
    let name = file.replacing(".", with: "_")
    return name.first?.isNumber == true ? "_" + name.dropFirst() : name
  }

  /// The names that `Themes.swift` offers, and those whose files it reads.
  static func themes(in text: String) -> (offered: [String], read: [String]) {
    let list = text.firstMatch(of: /static let names = \[([^\]]*)\]/)?.output.1 ?? ""
    let offered = list.matches(of: /"(\w+)"/).map { String($0.output.1) }
    let read = text.matches(of: /case "(\w+)": PackageResources\.(\w+)_yaml/)
      .filter { $0.output.1 == $0.output.2 }.map { String($0.output.1) }
    return (offered.sorted(), read.sorted())
  }
}

@Suite struct RegistryTests {
  @Test func `the list of migrations is what the folders hold`() throws {
    let listed = Registries.migrations(in: try text(of: "database/Migrations.swift"))
    let (folder, rollbacks) = (
      try Repository.names(in: "database/migrations"),
      try Repository.names(in: "database/rollbacks")
    )
    #expect(listed == Registries.migrations(in: folder, rollbacks: rollbacks))
    #expect(folder.count == rollbacks.count && folder.count >= 5)
  }

  @Test func `every migration has a rollback of the same name, numbered without a gap`() throws {
    let folder = try Repository.names(in: "database/migrations")
    let rollbacks = try Repository.names(in: "database/rollbacks")
    #expect(rollbacks == folder.map { $0.dropLast(4) + ".down.sql" })
    for (index, name) in folder.enumerated() {
      #expect(Int(name.prefix(3)) == index + 1, "\(name)")
    }
  }

  @Test func `the list of themes is what the folder holds`() throws {
    let themes = Registries.themes(in: try text(of: "themes/Themes.swift"))
    let folder = try Repository.names(in: "themes/palettes").map { String($0.dropLast(5)) }
    #expect(themes.offered == folder.sorted())
    #expect(themes.read == folder.sorted())
  }

  @Test func `the list of languages is what the folder holds`() throws {
    let source = try text(of: "Sources/Languages/Languages.swift")
    let list = source.firstMatch(of: /static let codes = \[([^\]]*)\]/)?.output.1 ?? ""
    let offered = list.matches(of: /"(\w+)"/).map { String($0.output.1) }
    let read = source.matches(of: /case "(\w+)": PackageResources\.(\w+)_yaml/)
      .filter { $0.output.1 == $0.output.2 }.map { String($0.output.1) }
    let folder = try Repository.names(in: "Sources/Languages/catalogues")
      .map { String($0.dropLast(5)) }
    #expect(offered.sorted() == folder.sorted())
    #expect(read.sorted() == folder.sorted())
  }

  @Test func `a migration or theme that was forgotten or misnamed is found`() {
    let source = """
      Migration(
        1, "core", up: PackageResources._01_core_sql,
        down: PackageResources._01_core_down_sql),
      """
    let listed = Registries.migrations(in: source)
    func held(_ folder: String...) -> [String] {
      Registries.migrations(
        in: folder, rollbacks: folder.map { $0.dropLast(4) + ".down.sql" })
    }
    #expect(listed == held("001_core.sql"))
    #expect(listed != held("001_core.sql", "002_more.sql"))
    #expect(listed != held("001_cord.sql"))
    #expect(listed != held())
    let themes = Registries.themes(
      in: """
        static let names = ["day", "night"]
        case "day": PackageResources.day_yaml
        case "night": PackageResources.day_yaml
        """)
    #expect(themes.offered == ["day", "night"])
    #expect(themes.read == ["day"])
  }

  private func text(of path: String) throws -> String {
    try String(contentsOf: Repository.root.appending(path: path), encoding: .utf8)
  }
}
