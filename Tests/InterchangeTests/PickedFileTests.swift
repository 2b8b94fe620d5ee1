import Foundation
import Interchange
import Testing

/// Files that people name to be taken whole, and copies that are written.
struct PickedFileTests {
  private let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "coreflow-picked-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: folder + "/Receipts", withIntermediateDirectories: true)
    for name in ["rent.pdf", "Rent.txt", "lamp.pdf", ".hidden", "Receipts/may.pdf"] {
      try Data([1, 0, 2]).write(to: URL(filePath: "\(folder)/\(name)"))
    }
  }

  private func withFolder(_ body: () throws -> Void) rethrows {
    defer { try? FileManager.default.removeItem(atPath: folder) }  // a leftover harms nobody
    try body()
  }

  @Test func `a file is taken whole, whatever is in it`() throws {
    try withFolder {
      let bytes = try PickedFile.contents(of: folder + "/rent.pdf", mostBytes: 3)
      #expect(bytes == [1, 0, 2])
    }
  }

  @Test func `what can't be taken is told with what to do`() {
    withFolder {
      mkfifo(folder + "/pipe", 0o600)
      let cases = [
        ("none.pdf", "There is no file \(folder)/none.pdf. Check its name."),
        ("Receipts", "\(folder)/Receipts is a folder. Name a file in it."),
        ("pipe", "\(folder)/pipe is not a regular file. Choose another."),
        ("rent.pdf", "\(folder)/rent.pdf is larger than 0 MiB. Choose a smaller file."),
      ]
      for (name, words) in cases {
        let fault = #expect(throws: PickedFile.Fault.self) {
          try PickedFile.contents(of: "\(folder)/\(name)", mostBytes: 2)
        }
        #expect(fault?.words == words)
      }
    }
  }

  @Test func `names are offered that begin as what was typed, folders to go on in`() throws {
    withFolder {
      #expect(PickedFile.names(for: "re", in: folder) == ["Receipts/", "Rent.txt", "rent.pdf"])
      #expect(PickedFile.names(for: "Receipts/", in: folder) == ["Receipts/may.pdf"])
      #expect(PickedFile.names(for: folder + "/la", in: "/") == [folder + "/lamp.pdf"])
      #expect(PickedFile.names(for: ".h", in: folder) == [".hidden"])
      #expect(!PickedFile.names(for: "", in: folder).contains(".hidden"))
      #expect(PickedFile.names(for: "none/x", in: folder) == [])
    }
  }

  @Test func `a copy is written once, for its owner only`() throws {
    try withFolder {
      let path = folder + "/copy.pdf"
      try NewFile.write([1, 0, 2], to: path)
      #expect(FileManager.default.contents(atPath: path) == Data([1, 0, 2]))
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
      #expect(mode as? Int == 0o600)
      #expect(throws: NewFile.Fault.exists(path: path)) { try NewFile.write([3], to: path) }
      #expect(FileManager.default.contents(atPath: path) == Data([1, 0, 2]))
    }
  }
}
