import Domain
import Foundation
import Keys
import Themes
package import ViewModels
import Yams

/// What a person set up in `~/.config/coreflow`: `config.yaml`, and themes of their own beside it.
package struct ConfigurationFile {
  package private(set) var settings = Settings()
  /// How long a lone Esc is waited with, in case it begins another key.
  package private(set) var escapeMilliseconds = 25
  package let themes: ThemeFolder
  private let path: String

  /// The program's own settings where there is no file. Throws `SettingsFault`.
  package init(
    in folder: String, workingFolder: String = ".", memory: Settings.Memory = Settings.Memory()
  ) throws {
    path = folder + "/config.yaml"
    themes = ThemeFolder(at: folder + "/themes")
    settings.themes = themes.names
    settings.workingFolder = workingFolder
    settings.memory = memory
    settings.theme = memory.read("theme") ?? settings.theme
    guard FileManager.default.fileExists(atPath: path) else { return }
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw fault(nil, "it can't be read as text. Check its owner, or remove it.")
    }
    try read(text)
  }

  // MARK: config.yaml

  private static let known = [
    "theme", "mouse", "escape_milliseconds", "decimal", "grouping", "negative", "keys",
  ]

  private mutating func read(_ text: String) throws {
    let root: Node?
    do { root = try Yams.compose(yaml: text) } catch {
      let fault = YAMLFault(error, in: text)
      throw SettingsFault(
        path: path, line: fault.line, reason: "this is not YAML: \(fault.reason).")
    }
    guard let root else { return }
    guard let mapping = root.mapping else {
      throw fault(root, "here should be names and values, such as theme: night.")
    }
    for (key, value) in mapping {
      switch key.string ?? "" {
      case "theme": settings.theme = try choice(of: settings.themes, value)
      case "mouse": settings.hasMouse = try flag(value)
      case "escape_milliseconds": escapeMilliseconds = try number(value, 1...1000)
      case "decimal": settings.amounts.decimalMark = try choice(value)
      case "grouping": settings.amounts.grouping = try choice(value)
      case "negative": settings.amounts.negative = try choice(value)
      case "keys": try readKeys(value)
      default:
        throw fault(
          key, "\(key.string ?? "") is not known. Known are \(Self.known.joined(separator: ", ")).")
      }
    }
  }

  private mutating func readKeys(_ node: Node) throws {
    guard let mapping = node.mapping else {
      throw fault(
        node, "here should be names of actions with their keys; coreflow keys lists them.")
    }
    var lines: [String: Node] = [:]
    for (name, value) in mapping {
      let id = name.string ?? ""
      lines[id] = name
      let names = value.sequence.map { $0.map { $0.string ?? "" } } ?? [value.string ?? ""]
      settings.keys.keys[id] = try names.map { text in
        guard let key = Key(name: text) else {
          throw fault(value, "\(text) is no key. Keys are n, F6, Ctrl-N, Alt-1, Enter, PgUp.")
        }
        return key
      }
    }
    if let unknown = settings.keys.unknown.first {
      throw fault(lines[unknown], "there is no action \(unknown); coreflow keys lists them.")
    }
    if let clash = settings.keys.clashes().first {
      let node = lines[clash.second] ?? lines[clash.first]
      throw fault(
        node,
        "\(clash.key.name) would do two things (\(clash.place)): \(clash.first) and \(clash.second)."
      )
    }
  }

  // MARK: Values

  private func choice(of known: [String], _ node: Node) throws -> String {
    guard let text = node.string, known.contains(text) else {
      throw fault(node, "here should be one of \(known.joined(separator: ", ")).")
    }
    return text
  }

  private func choice<Value: RawRepresentable & CaseIterable>(
    _ node: Node
  ) throws -> Value where Value.RawValue == String {
    let text = try choice(of: Value.allCases.map(\.rawValue), node)
    guard let value = Value(rawValue: text) else {
      preconditionFailure("it is one of the cases' own texts")
    }
    return value
  }

  private func flag(_ node: Node) throws -> Bool {
    guard let flag = node.bool else { throw fault(node, "here should be true or false.") }
    return flag
  }

  private func number(_ node: Node, _ range: ClosedRange<Int>) throws -> Int {
    guard let number = node.int, range.contains(number) else {
      throw fault(
        node, "here should be a number from \(range.lowerBound) to \(range.upperBound).")
    }
    return number
  }

  private func fault(_ node: Node?, _ reason: String) -> SettingsFault {
    SettingsFault(path: path, line: node?.mark?.line, reason: reason)
  }
}
