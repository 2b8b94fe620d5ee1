/// One column of a row: what stands in it, and what that means.
public struct Cell: Hashable, Sendable {
  /// Safe to show; empty in the second half of a wide character.
  public let text: String
  /// 1, or 2 for a wide character, or 0 for its second half.
  public let width: Int
  public var role: Role
  /// Added to those that the theme gives the role.
  public var attributes: Attributes

  init(glyph: Glyph, role: Role, attributes: Attributes = []) {
    text = glyph.text
    width = glyph.width
    self.role = role
    self.attributes = attributes
  }

  static func blank(_ role: Role, _ attributes: Attributes = []) -> Cell {
    Cell(glyph: .space, role: role, attributes: attributes)
  }

  static func secondHalf(_ role: Role, _ attributes: Attributes) -> Cell {
    Cell(glyph: Glyph(text: "", width: 0), role: role, attributes: attributes)
  }
}
