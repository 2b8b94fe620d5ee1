import Foundation
package import Phrases

/// A file that somebody names, to be taken whole, whatever is in it.
package enum PickedFile {
  /// Why it isn't there to be taken.
  package struct Fault: Error, Hashable, Sendable {
    package let path: String
    package let fault: FileFault

    package init(path: String, fault: FileFault) {
      self.path = path
      self.fault = fault
    }

    package var phrase: Phrase {
      switch fault {
      case .notFound: "There is no file \(path). Check its name."
      case .isFolder: "\(path) is a folder. Name a file in it."
      case .notRegular: "\(path) is not a regular file. Choose another."
      case .notPermitted: "You may not read \(path). Check who may."
      case .tooLarge(let most): "\(path) is larger than \(most >> 20) MiB. Choose a smaller file."
      case .outsideFolder, .failed: "\(path) can't be read. Choose another file."
      }
    }

    /// As the command line says it.
    package var words: String { phrase.english }
  }

  /// Its bytes. Only regular files are read: a FIFO or a device could keep its reader for ever.
  package static func contents(
    of path: String, mostBytes: Int
  ) throws(Fault) -> [UInt8] {
    do throws(FileFault) {
      return try JournalFiles.onDisk(mostBytes: mostBytes).contents(path, nil)
    } catch {
      throw Fault(path: path, fault: error)
    }
  }

  /// As many names as anybody looks through.
  private static let mostNames = 100

  /// What the last part of `typed` may be the beginning of, folders with a slash behind them. What
  /// doesn't begin at the root begins in `folder`.
  package static func names(for typed: String, in folder: String) -> [String] {
    let cut = typed.lastIndex(of: "/").map { typed.index(after: $0) } ?? typed.startIndex
    let (place, begun) = (String(typed[..<cut]), typed[cut...].lowercased())
    let path = NewFile.path(place.isEmpty ? "." : place, in: folder)
    // A folder that isn't there, or that nobody may look into, has nothing to offer.
    let found = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return found.filter {
      $0.lowercased().hasPrefix(begun) && (!$0.hasPrefix(".") || begun.hasPrefix("."))
    }.sorted().prefix(mostNames).map { name in
      var isFolder: ObjCBool = false
      let isThere = FileManager.default.fileExists(
        atPath: (path as NSString).appendingPathComponent(name), isDirectory: &isFolder)
      return place + name + (isThere && isFolder.boolValue ? "/" : "")
    }
  }
}
