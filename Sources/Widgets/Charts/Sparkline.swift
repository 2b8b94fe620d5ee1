/// How something went, in one row: a cell for each value, the last ones if there isn't room for all.
/// Positive values stand on the row's foot, negative ones hang from its head.
public struct Sparkline: Widget, Hashable {
  private static let rising = Array("▁▂▃▄▅▆▇█")
  private static let hanging = Array("▔▀")

  /// From left to right; only compared with each other.
  public var numbers: [Int64]

  /// A cell for each number.
  public init(_ numbers: [Int64]) {
    self.numbers = numbers
  }

  /// Which number's cell a point is in, for a line drawn in `rect`; nil if in none.
  public func index(at point: Point, in rect: Rect) -> Int? {
    guard rect.line(0).contains(point) else { return nil }
    let index = first(columns: rect.columns) + point.column - rect.column
    return numbers.indices.contains(index) ? index : nil
  }

  @discardableResult
  public func draw(on surface: inout Surface, in rect: Rect) -> Point? {
    let shown = numbers.dropFirst(first(columns: rect.columns))
    let peak = shown.map { Double($0).magnitude }.max() ?? 0
    for (offset, number) in shown.enumerated() {
      surface.write(
        String(Self.mark(of: number, peak: peak)),
        at: Point(column: rect.column + offset, row: rect.row), in: rect.line(0),
        role: SeriesMark.first.role(of: number))
    }
    return nil
  }

  private func first(columns: Int) -> Int {
    max(numbers.count - columns, 0)
  }

  private static func mark(of number: Int64, peak: Double) -> Character {
    guard number != 0 else { return " " }
    let marks = number < 0 ? hanging : rising
    let level = (Double(number).magnitude / peak * Double(marks.count)).rounded(.up)
    return marks[min(max(Int(level), 1), marks.count) - 1]
  }
}
