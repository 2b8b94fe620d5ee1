package import Widgets

/// The themes that come with the program, and reading those that people write.
package enum Themes {
  /// Every theme in `palettes`, in the order in which they are offered.
  package static let names = ["default", "paper", "night", "contrast", "safe", "mono"]

  /// One of the program's or of a person's own; the program's names are its own.
  package static func theme(
    named name: String, among own: OwnThemes = .none
  ) throws(ThemeError) -> Theme {
    try ThemeFile(text: text(of: name, among: own), on: [name], among: own).theme
  }

  /// Reads a theme file's text.
  package static func theme(text: String, among own: OwnThemes = .none) throws(ThemeError) -> Theme
  {
    try ThemeFile(text: text, among: own).theme
  }

  static func text(of name: String, among own: OwnThemes) throws(ThemeError) -> String {
    if let bytes = bytes(of: name) { return String(decoding: bytes, as: UTF8.self) }
    guard own.names.contains(name) else {
      throw ThemeError(line: nil, problem: .noSuchTheme(name: name, known: names + own.names))
    }
    guard let text = own.text(name) else {
      throw ThemeError(line: nil, problem: .unreadable(name: name))
    }
    return text
  }

  private static func bytes(of name: String) -> [UInt8]? {
    switch name {
    case "default": PackageResources.default_yaml
    case "paper": PackageResources.paper_yaml
    case "night": PackageResources.night_yaml
    case "contrast": PackageResources.contrast_yaml
    case "safe": PackageResources.safe_yaml
    case "mono": PackageResources.mono_yaml
    default: nil
    }
  }
}

/// The themes that a person wrote, by their names.
package struct OwnThemes {
  package let names: [String]
  /// Nil where the file can't be read.
  package let text: (String) -> String?

  package init(names: [String], text: @escaping (String) -> String?) {
    self.names = names
    self.text = text
  }

  package static var none: OwnThemes { OwnThemes(names: []) { _ in nil } }
}
