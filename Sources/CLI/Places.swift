import Foundation
package import Operations

/// Where things are on this machine, for the person who asks.
package struct Places: Sendable {
  let environment: [String: String]
  let workingFolder: String

  package init(_ surroundings: Surroundings) {
    environment = surroundings.environment
    workingFolder = surroundings.workingFolder
  }

  /// The database: what was asked for, else `$COREFLOW_DB`, else the person's own.
  package func database(_ option: String?) throws -> String {
    try named(option) ?? data("coreflow.sqlite3")
  }

  /// The same for the demonstration, which has a file of its own beside the person's books.
  package func demonstration(_ option: String?) throws -> String {
    try named(option) ?? data("demo.sqlite3")
  }

  /// The file that remembers who is signed in to `database`.
  package func session(for database: String) throws -> String {
    try state() + "/sessions" + database + ".json"
  }

  /// What the program keeps for itself: who is signed in, and reports of its crashes.
  package func state() throws -> String {
    try home("XDG_STATE_HOME", ".local/state") + "/coreflow"
  }

  /// The key of second factors; without a home there is none.
  package func sealing(chance: @escaping @Sendable (Int) -> [UInt8]) -> Sealing {
    guard let folder = try? state() else { return .none }  // a home is needed only to enrol
    return .file(at: folder + "/seal.key", chance: chance)
  }

  /// The folder of what people set up for themselves: `config.yaml`, `themes/`.
  package func configuration() throws -> String {
    try home("XDG_CONFIG_HOME", ".config") + "/coreflow"
  }

  /// The folder of what the program remembers between runs.
  package func kept() throws -> String {
    try state() + "/kept"
  }

  /// Makes the folder of `path`, for its owner only, where there is none.
  package func makeFolder(of path: String) throws {
    let folder = (path as NSString).deletingLastPathComponent
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw Failure.cannotMakeFolder(path: folder)
    }
  }

  /// The path that doesn't change with the working folder or by way of links, so that a file is
  /// known again however it is named.
  package func absolute(_ path: String) -> String {
    let whole = path.hasPrefix("/") ? path : workingFolder + "/" + path
    return URL(fileURLWithPath: whole).standardizedFileURL.resolvingSymlinksInPath().path
  }

  private func named(_ option: String?) -> String? {
    (option ?? value("COREFLOW_DB")).map(absolute)
  }

  private func data(_ name: String) throws -> String {
    try home("XDG_DATA_HOME", ".local/share") + "/coreflow/" + name
  }

  /// A folder by the XDG rules: paths that aren't absolute don't count.
  private func home(_ variable: String, _ otherwise: String) throws -> String {
    if let folder = value(variable), folder.hasPrefix("/") { return folder }
    guard let home = value("HOME"), home.hasPrefix("/") else { throw Failure.noHome }
    return home + "/" + otherwise
  }

  private func value(_ variable: String) -> String? {
    environment[variable].flatMap { $0.isEmpty ? nil : $0 }
  }
}
