/// Which columns of a table are shown, where, and how wide. Pure arithmetic, shared by all tables.
public struct ColumnLayout: Hashable, Sendable {
  public struct Placed: Hashable, Sendable {
    /// Its place among all of the table's columns.
    public let index: Int
    /// From the table's left edge, margin included.
    public let column: Int
    public let columns: Int
  }

  /// Room for the cursor's `>` and for a mark.
  public static let marginColumns = 2
  static let gapColumns = 2

  /// The shown columns, from left to right.
  public let placed: [Placed]
  public let hiddenCount: Int

  /// `natural` is the width of each column's widest cell or title; `required` is a column that
  /// isn't dropped whatever its priority, as the one being typed in.
  init(_ columns: [Column], natural: [Int], available: Int, required: Int? = nil) {
    let room = max(available - Self.marginColumns, 0)
    var shown = Array(columns.indices)
    let least = columns.indices.map { Self.least(columns[$0], natural: natural[$0]) }
    while shown.count > 1, Self.total(shown.map { least[$0] }) > room {
      let candidates = shown.filter { $0 != required }
      guard let last = candidates.max(by: { columns[$0].priority <= columns[$1].priority }) else {
        break
      }
      shown.removeAll { $0 == last }
    }
    hiddenCount = columns.count - shown.count
    let widths = Self.widths(
      shown.map { columns[$0] }, natural: shown.map { natural[$0] }, least: shown.map { least[$0] },
      room: room)
    var start = Self.marginColumns
    placed = zip(shown, widths).map { index, width in
      defer { start += width + Self.gapColumns }
      return Placed(index: index, column: start, columns: width)
    }
  }

  /// An amount needs all of its digits; anything else can be truncated to its minimum.
  private static func least(_ column: Column, natural: Int) -> Int {
    switch (column.overflow, column.width) {
    case (.hash, .content), (.hash, .fill): max(natural, column.minimumColumns)
    case (_, .fixed(let width)): width
    case (.truncate, .content(let limit)): min(column.minimumColumns, limit, max(natural, 1))
    case (.truncate, .fill): column.minimumColumns
    }
  }

  private static func widths(_ columns: [Column], natural: [Int], least: [Int], room: Int) -> [Int]
  {
    var widths = least
    var left = room - total(least)
    if left < 0, let only = widths.indices.first, widths.count == 1 {
      return [min(widths[only], room)]
    }
    for index in columns.indices {
      guard case .content(let limit) = columns[index].width, left > 0 else { continue }
      let growth = min(max(min(natural[index], limit) - widths[index], 0), left)
      widths[index] += growth
      left -= growth
    }
    var fills = columns.indices.filter { columns[$0].width == .fill }
    while left > 0, let index = fills.first {
      let share = left / fills.count
      widths[index] += share
      left -= share
      fills.removeFirst()
    }
    return widths
  }

  private static func total(_ widths: [Int]) -> Int {
    widths.reduce(0, +) + gapColumns * max(widths.count - 1, 0)
  }
}
