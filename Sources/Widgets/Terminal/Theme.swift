/// How each role looks.
public struct Theme: Hashable, Sendable {
  /// A role's colours, each as choices from best to least, and how it stands out without them.
  public struct Style: Hashable, Sendable {
    /// Empty for the terminal's own colour.
    public let foreground: [Color]
    public let background: [Color]
    public let attributes: Attributes

    public init(
      foreground: [Color] = [], background: [Color] = [], attributes: Attributes = []
    ) {
      self.foreground = foreground
      self.background = background
      self.attributes = attributes
    }
  }

  public enum Borders: String, CaseIterable, Hashable, Sendable {
    case unicode
    case ascii
    /// Blanks: for readers whom lines disturb.
    case none
  }

  public let name: String
  public let borders: Borders
  private let styles: [Role: Style]

  public init(name: String, styles: [Role: Style], borders: Borders = .unicode) {
    self.name = name
    self.styles = styles
    self.borders = borders
  }

  /// No colours and no attributes: for tests and as a last resort.
  public static let plain = Theme(name: "plain", styles: [:])

  public func style(of role: Role) -> Style {
    styles[role] ?? Style()
  }
}
