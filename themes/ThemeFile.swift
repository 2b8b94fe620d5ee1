internal import Widgets
internal import Yams

/// What is wrong with a theme file, and in which line. Its description is for its author.
package struct ThemeError: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Problem: Hashable, Sendable {
    case noSuchTheme(name: String, known: [String])
    case notYAML(String)
    /// What was expected there, such as "a mapping".
    case expected(String)
    case unknownKey(String, known: [String])
    case missingKey(String)
    case notAColor(String)
    case unknownAttribute(String)
  }

  /// From 1; nil if the fault has no place.
  package let line: Int?
  package let problem: Problem

  package var description: String {
    let place = line.map { "line \($0): " } ?? ""
    return SafeText(line: place + sentence).description
  }

  private var sentence: String {
    switch problem {
    case .noSuchTheme(let name, let known):
      "There is no theme \"\(name)\". There are \(known.joined(separator: ", "))."
    case .notYAML(let reason): "This is not YAML: \(reason)."
    case .expected(let thing): "Here should be \(thing)."
    case .unknownKey(let key, let known):
      "\"\(key)\" is not known here. Known are \(known.joined(separator: ", "))."
    case .missingKey(let key): "\"\(key)\" is missing."
    case .notAColor(let text):
      "\"\(text)\" is not a colour: give \"#rrggbb\" in quotes, a number from 0 to 255, a name"
        + " from the palette, or one of the terminal's sixteen, such as blue or bright-blue."
    case .unknownAttribute(let name):
      "\"\(name)\" is not an attribute. There are"
        + " \(Attributes.names.map(\.name).joined(separator: ", "))."
    }
  }
}

/// A theme file while it is read.
struct ThemeFile {
  private static let rootKeys = ["name", "borders", "palette", "roles"]
  private static let styleKeys = ["foreground", "background", "attributes"]

  let theme: Theme

  init(text: String) throws(ThemeError) {
    let root = try Self.mapping(Self.compose(text), known: Self.rootKeys)
    let name = try Self.string(try Self.required("name", in: root))
    let borders = try root.entries["borders"].map(Self.borders) ?? .unicode
    let palette = try root.entries["palette"].map(Self.palette) ?? [:]
    let roles = try Self.mapping(
      Self.required("roles", in: root), known: Role.allCases.map(\.rawValue))
    var styles: [Role: Theme.Style] = [:]
    for role in Role.allCases {
      let node = try Self.required(role.rawValue, in: roles)
      styles[role] = try Self.style(node, palette: palette)
    }
    theme = Theme(name: name, styles: styles, borders: borders)
  }

  private struct Mapping {
    var line: Int?
    var entries: [String: Node] = [:]
  }

  private static func compose(_ text: String) throws(ThemeError) -> Node {
    do {
      guard let node = try Yams.compose(yaml: text) else {
        throw ThemeError(line: 1, problem: .expected("a mapping with name and roles"))
      }
      return node
    } catch let error as ThemeError {
      throw error
    } catch let error as YamlError {
      throw notYAML(error)
    } catch {
      throw ThemeError(line: nil, problem: .notYAML("\(error)"))
    }
  }

  private static func notYAML(_ error: YamlError) -> ThemeError {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return ThemeError(line: mark.line, problem: .notYAML(problem))
    case .duplicatedKeysInMapping(let duplicates, let context):
      let keys = duplicates.map { "\($0)" }.sorted().joined(separator: ", ")
      return ThemeError(line: context.mark.line, problem: .notYAML("\(keys) is there twice"))
    default:
      return ThemeError(line: nil, problem: .notYAML("\(error)"))
    }
  }

  private static func mapping(_ node: Node, known: [String]) throws(ThemeError) -> Mapping {
    let line = node.mark?.line
    guard let pairs = node.mapping else {
      throw ThemeError(line: line, problem: .expected("a mapping"))
    }
    var mapping = Mapping(line: line)
    for (key, value) in pairs {
      let name = key.string ?? ""
      guard known.contains(name) else {
        throw ThemeError(line: key.mark?.line, problem: .unknownKey(name, known: known))
      }
      mapping.entries[name] = value
    }
    return mapping
  }

  private static func required(_ key: String, in mapping: Mapping) throws(ThemeError) -> Node {
    guard let node = mapping.entries[key] else {
      throw ThemeError(line: mapping.line, problem: .missingKey(key))
    }
    return node
  }

  private static func string(_ node: Node) throws(ThemeError) -> String {
    guard let text = node.scalar?.string, !text.isEmpty else {
      throw ThemeError(line: node.mark?.line, problem: .expected("a word"))
    }
    return text
  }

  private static func borders(_ node: Node) throws(ThemeError) -> Theme.Borders {
    guard let borders = Theme.Borders(rawValue: try string(node)) else {
      let known = Theme.Borders.allCases.map(\.rawValue).joined(separator: ", ")
      throw ThemeError(line: node.mark?.line, problem: .expected("one of \(known)"))
    }
    return borders
  }

  private static func palette(_ node: Node) throws(ThemeError) -> [String: [Color]] {
    guard let pairs = node.mapping else {
      throw ThemeError(line: node.mark?.line, problem: .expected("a mapping"))
    }
    var palette: [String: [Color]] = [:]
    for (key, value) in pairs {
      palette[try string(key)] = try colors(value, palette: [:])
    }
    return palette
  }

  private static func style(
    _ node: Node, palette: [String: [Color]]
  ) throws(ThemeError)
    -> Theme.Style
  {
    let entries = try mapping(node, known: styleKeys).entries
    var attributes: Attributes = []
    if let list = entries["attributes"] {
      for item in try items(of: list) { attributes.insert(try attribute(item)) }
    }
    var sides: [[Color]] = []
    for key in ["foreground", "background"] {
      guard let node = entries[key] else {
        sides.append([])
        continue
      }
      sides.append(try colors(node, palette: palette))
    }
    return Theme.Style(foreground: sides[0], background: sides[1], attributes: attributes)
  }

  private static func attribute(_ node: Node) throws(ThemeError) -> Attributes {
    let name = try string(node)
    guard let found = Attributes.names.first(where: { $0.name == name }) else {
      throw ThemeError(line: node.mark?.line, problem: .unknownAttribute(name))
    }
    return found.attribute
  }

  /// A colour, or a list of them from best to least.
  private static func colors(_ node: Node, palette: [String: [Color]]) throws(ThemeError) -> [Color]
  {
    guard node.sequence == nil else {
      var colors: [Color] = []
      for item in try items(of: node) { colors += try Self.colors(item, palette: palette) }
      return colors
    }
    let text = try string(node)
    if let named = palette[text] { return named }
    guard let color = Color(name: text) else {
      throw ThemeError(line: node.mark?.line, problem: .notAColor(text))
    }
    return [color]
  }

  private static func items(of node: Node) throws(ThemeError) -> [Node] {
    guard let items = node.sequence else {
      throw ThemeError(line: node.mark?.line, problem: .expected("a list, such as [bold]"))
    }
    return Array(items)
  }
}

extension Color {
  /// A colour as a theme file writes it; nil if it isn't one.
  fileprivate init?(name: String) {
    if let number = Color.ansiNames.firstIndex(of: name) {
      self = .ansi(UInt8(number))
    } else if let number = UInt8(name) {
      self = .indexed(number)
    } else if name.first == "#", name.utf8.count == 7,
      let value = UInt32(name.dropFirst(), radix: 16)
    {
      self = .rgb(
        red: UInt8(value >> 16 & 255), green: UInt8(value >> 8 & 255), blue: UInt8(value & 255))
    } else {
      return nil
    }
  }
}
