/// Where zero is along a line of cells, and how long numbers are there. Lengths are in half cells,
/// since half blocks are the finest that every terminal's font has.
struct ChartAxis: Hashable {
  /// How many cells there are for negative numbers, and for positive ones.
  let negativeCells: Int
  let positiveCells: Int
  private let halvesPerUnit: Double

  /// Shares out so many cells, so that the longest number on either side just fits. Both sides
  /// have the same scale.
  init(_ numbers: some Sequence<Int64>, cells: Int) {
    var (least, most) = (0.0, 0.0)
    for number in numbers {
      least = min(least, Double(number))
      most = max(most, Double(number))
    }
    let depth = -least
    if depth == 0 {
      negativeCells = 0
    } else if most == 0 {
      negativeCells = cells
    } else {
      let share = Int((Double(cells) * (depth / (depth + most))).rounded())
      negativeCells = min(max(share, 1), max(cells - 1, 0))
    }
    positiveCells = cells - negativeCells
    let sides = [(negativeCells, depth), (positiveCells, most)].filter { $0.1 > 0 }
    halvesPerUnit = sides.map { Double(2 * $0.0) / $0.1 }.min() ?? 0
  }

  /// How long a number is, in half cells; at least one unless it is zero.
  func halves(of number: Int64) -> Int {
    guard number != 0 else { return 0 }
    let room = 2 * (number < 0 ? negativeCells : positiveCells)
    return min(max(Int((Double(number).magnitude * halvesPerUnit).rounded()), 1), room)
  }
}
