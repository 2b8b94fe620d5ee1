/// How much of a rectangle a part asks for, in cells.
public enum Length: Hashable, Sendable {
  case fixed(Int)
  /// At least so many, and a share of what is left over.
  case atLeast(Int)
  /// A share of what is left over, in proportion to its weight.
  case fill(weight: Int)

  public static let fill = Length.fill(weight: 1)

  fileprivate var needed: Int {
    switch self {
    case .fixed(let count), .atLeast(let count): max(count, 0)
    case .fill: 0
    }
  }

  fileprivate var weight: Int {
    switch self {
    case .fixed: 0
    case .atLeast: 1
    case .fill(let weight): max(weight, 0)
    }
  }
}

extension Rect {
  /// Splits it from top to bottom. When room runs out, earlier parts get theirs first.
  public func split(rows lengths: [Length]) -> [Rect] {
    var top = row
    return Self.share(rows, among: lengths).map { height in
      defer { top += height }
      return Rect(column: column, row: top, columns: columns, rows: height)
    }
  }

  /// Splits it from left to right, with a gap between parts.
  public func split(columns lengths: [Length], gap: Int = 0) -> [Rect] {
    var left = column
    let gaps = gap * max(lengths.count - 1, 0)
    return Self.share(max(columns - gaps, 0), among: lengths).map { width in
      let start = min(left, endColumn)
      left = start + width + gap
      return Rect(column: start, row: row, columns: min(width, endColumn - start), rows: rows)
    }
  }

  private static func share(_ total: Int, among lengths: [Length]) -> [Int] {
    var left = total
    var sizes = lengths.map { length in
      let size = min(length.needed, left)
      left -= size
      return size
    }
    var weights = lengths.reduce(0) { $0 + $1.weight }
    for (index, length) in lengths.enumerated() where length.weight > 0 {
      // Dividing what is left by the weights that are left spreads rounding, and none is lost.
      let extra = left * length.weight / weights
      sizes[index] += extra
      left -= extra
      weights -= length.weight
    }
    return sizes
  }
}
