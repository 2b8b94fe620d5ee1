package import Widgets

/// The themes that come with the program, and reading those that people write.
package enum Themes {
  /// Every theme in `palettes`, in the order in which they are offered.
  package static let names = ["default", "paper", "night", "contrast", "safe", "mono"]

  /// A theme that comes with the program.
  ///
  /// - Throws: `ThemeError` if there is none of that name.
  package static func theme(named name: String) throws(ThemeError) -> Theme {
    guard let bytes = bytes(of: name) else {
      throw ThemeError(line: nil, problem: .noSuchTheme(name: name, known: names))
    }
    return try ThemeFile(text: String(decoding: bytes, as: UTF8.self)).theme
  }

  /// Reads a theme file's text.
  package static func theme(text: String) throws(ThemeError) -> Theme {
    try ThemeFile(text: text).theme
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
