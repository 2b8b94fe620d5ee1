/// A value that can draw itself. It holds its whole state, so drawing the same value gives the same
/// cells; what scrolls or is focused is among its properties.
public protocol Widget: Sendable {
  /// Draws into a rectangle of any size, and nowhere else.
  ///
  /// - Returns: where the terminal's cursor belongs while this has the focus; nil for nowhere.
  ///   Screen readers and braille displays follow it.
  @discardableResult
  func draw(on surface: inout Surface, in rect: Rect) -> Point?
}

extension Surface {
  /// A surface of this size with one widget filling it.
  public init(_ size: Size, drawing widget: some Widget) {
    self.init(size)
    widget.draw(on: &self, in: bounds)
  }
}
