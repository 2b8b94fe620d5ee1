package import ViewModels
package import Widgets

/// A whole screen as it was drawn: its cells, the terminal's cursor, and what stands where.
package struct Frame {
  package var surface: Surface
  package var cursor: Point?
  /// Later ones lie over earlier ones.
  private var targets: [(rect: Rect, target: Target?)] = []

  init(_ size: Size) { surface = Surface(size) }

  /// With nil for where nothing can be pointed at.
  mutating func mark(_ rect: Rect, _ target: Target?) { targets.append((rect, target)) }

  /// Forgets what lies under something that takes all keys.
  mutating func cover() { targets = [] }

  /// What a pointer at `point` points at.
  package func target(at point: Point) -> Target? {
    targets.last { $0.rect.contains(point) }?.target
  }
}
