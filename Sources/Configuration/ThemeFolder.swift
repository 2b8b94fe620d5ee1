import Foundation
import Themes
package import ViewModels
package import Widgets

/// The themes that can be chosen: the program's, and a person's own, each a file of their folder.
package struct ThemeFolder {
  private let path: String

  package init(at path: String) { self.path = path }

  package var names: [String] { Themes.names + own.names }

  private var own: OwnThemes {
    // No folder is no themes.
    let files = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    let names = files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }
    return OwnThemes(names: names.filter { !Themes.names.contains($0) }.sorted()) { name in
      try? String(contentsOfFile: file(of: name), encoding: .utf8)  // the reader says so
    }
  }

  private func file(of name: String) -> String { "\(path)/\(name).yaml" }

  package func theme(named name: String) throws(SettingsFault) -> Theme {
    do {
      return try Themes.theme(named: name, among: own)
    } catch {
      throw SettingsFault(path: file(of: name), line: error.line, reason: error.sentence)
    }
  }

  /// A file that need not be in the folder; what it inherits is.
  package func theme(inFile path: String) throws(SettingsFault) -> Theme {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw SettingsFault(path: path, line: nil, reason: "it can't be read as text.")
    }
    do {
      return try Themes.theme(text: text, among: own)
    } catch {
      throw SettingsFault(path: path, line: error.line, reason: error.sentence)
    }
  }

  /// Another one once any file has changed that the theme may be made of; the same for ever where
  /// it is the program's.
  package func version(of name: String) -> String {
    guard !Themes.names.contains(name) else { return "" }
    return own.names.map { name in
      var status = stat()
      // One that went away meanwhile is a change too.
      guard stat(file(of: name), &status) == 0 else { return name }
      let written = status.st_mtim
      return "\(name) \(status.st_ino) \(status.st_size) \(written.tv_sec).\(written.tv_nsec)"
    }.joined(separator: "\n")
  }
}
