internal import Widgets
internal import Yams

/// What is wrong with a theme file, and in which line. Its description is for its author.
package struct ThemeError: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Problem: Hashable, Sendable {
    case noSuchTheme(name: String, known: [String])
    case unreadable(name: String)
    case notYAML(String)
    /// What was expected there, such as "a mapping".
    case expected(String)
    case unknownKey(String, known: [String])
    case missingKey(String)
    case notAColor(String)
    case unknownAttribute(String)
    /// The way from a theme over those that it inherits back to itself.
    case inheritsItself([String])
    /// What is wrong in a theme that it inherits.
    indirect case inParent(name: String, ThemeError)
  }

  /// From 1; nil if the fault has no place.
  package let line: Int?
  package let problem: Problem

  package var description: String {
    let place = line.map { "line \($0): " } ?? ""
    return SafeText(line: place + sentence).description
  }

  /// What is wrong, without the line.
  package var sentence: String {
    switch problem {
    case .noSuchTheme(let name, let known):
      "There is no theme \"\(name)\". There are \(known.joined(separator: ", "))."
    case .unreadable(let name): "The file of \"\(name)\" can't be read as text."
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
    case .inheritsItself(let way):
      "This theme inherits itself: \(way.joined(separator: " from "))."
    case .inParent(let name, let error): "In \"\(name)\", which it inherits, \(error)"
    }
  }
}

/// A theme file while it is read.
struct ThemeFile {
  private static let rootKeys = ["name", "inherits", "borders", "palette", "roles"]
  private static let styleKeys = ["foreground", "background", "attributes"]

  let theme: Theme
  /// What it and those that it inherits say; a heir's palette changes their roles too.
  private let palette: [String: [Color]]
  private let roles: [String: Node]

  /// Reads the last of `way`, which leads there from the theme that is asked for.
  init(text: String, on way: [String] = [], among own: OwnThemes = .none) throws(ThemeError) {
    let root = try Self.mapping(Self.compose(text), known: Self.rootKeys)
    let name = try Self.string(try Self.required("name", in: root))
    var parent: ThemeFile?
    if let node = root.entries["inherits"] { parent = try Self.parent(node, on: way, among: own) }
    let borders = try root.entries["borders"].map(Self.borders) ?? parent?.theme.borders
    let ownPalette = try root.entries["palette"].map(Self.palette) ?? [:]
    palette = (parent?.palette ?? [:]).merging(ownPalette) { $1 }
    let given = try Self.roles(in: root, isHeir: parent != nil)
    roles = (parent?.roles ?? [:]).merging(given.entries) { $1 }
    var styles: [Role: Theme.Style] = [:]
    for role in Role.allCases {
      let node = try Self.required(role.rawValue, in: Mapping(line: given.line, entries: roles))
      styles[role] = try Self.style(node, palette: palette)
    }
    theme = Theme(name: name, styles: styles, borders: borders ?? .unicode)
  }

  private static func roles(in root: Mapping, isHeir: Bool) throws(ThemeError) -> Mapping {
    if isHeir, root.entries["roles"] == nil { return Mapping(line: root.line) }
    return try mapping(required("roles", in: root), known: Role.allCases.map(\.rawValue))
  }

  private static func parent(
    _ node: Node, on way: [String], among own: OwnThemes
  ) throws(ThemeError) -> ThemeFile {
    let name = try string(node)
    guard !way.contains(name) else {
      throw ThemeError(line: node.mark?.line, problem: .inheritsItself(way + [name]))
    }
    let text: String
    do {
      text = try Themes.text(of: name, among: own)
    } catch {
      throw ThemeError(line: node.mark?.line, problem: error.problem)
    }
    do {
      return try ThemeFile(text: text, on: way + [name], among: own)
    } catch {
      if case .inheritsItself = error.problem {
        throw ThemeError(line: node.mark?.line, problem: error.problem)
      }
      throw ThemeError(line: node.mark?.line, problem: .inParent(name: name, error))
    }
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
    } catch {
      let fault = YAMLFault(error, in: text)
      throw ThemeError(line: fault.line, problem: .notYAML(fault.reason))
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
