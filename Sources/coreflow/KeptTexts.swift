import CLI
import Foundation
import ViewModels

/// Small texts that the program remembers, each a file that only its owner may read.
struct KeptTexts {
  private let folder: String

  init(at places: Places) throws { folder = try places.kept() }

  @MainActor var memory: Settings.Memory {
    Settings.Memory(read: read, write: write, remove: remove)
  }

  /// Names hold letters, digits, dots and dashes of ours, and slugs; nothing else gets a file.
  private func path(_ name: String) -> String? {
    let isPlain = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
    return isPlain && !name.hasPrefix(".") ? "\(folder)/\(name)" : nil
  }

  private func read(_ name: String) -> String? {
    path(name).flatMap { try? String(contentsOfFile: $0, encoding: .utf8) }  // absent is nothing
  }

  /// What can't be kept is only lost by a crash: the person's work goes on.
  private func write(_ name: String, _ text: String) {
    guard let path = path(name) else { return }
    let manager = FileManager.default
    if !manager.fileExists(atPath: folder) {
      try? manager.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }
    // Whole or not at all, so that a crash leaves the text before.
    try? Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
  }

  private func remove(_ name: String) {
    if let path = path(name) { unlink(path) }
  }
}
