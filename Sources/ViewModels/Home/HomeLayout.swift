/// Which of the home screen's panels there is room for, and where they go.
struct HomeLayout {
  /// One panel, as far as its size is concerned.
  struct Item {
    let index: Int
    let isChart: Bool
    let isAtRight: Bool
    /// That a table has.
    let rows: Int
    let isFirst: Bool

    /// With the title and the columns' titles.
    var wanted: Int { isChart ? .max : rows + 2 }

    /// What needs somebody is whole; of the other tables two rows are enough, the rest scrolls.
    var least: Int { isChart ? 6 : isFirst ? rows + 2 : min(rows + 2, 4) }
  }

  /// With fewer rows a screen has no charts.
  static let leastChartScreenRows = 24
  /// From this width on there are two columns.
  private static let leastColumns = 80
  /// Title bar, tabs, status line and footer.
  private static let otherRows = 4

  let columns: Int
  let rows: Int

  /// The panel that keys go to is always there, if need be in place of those before it.
  func places(_ items: [Item], focus: Int) -> [[PanelPlace]] {
    guard columns >= Self.leastColumns else { return [stacked(items, focus: focus)] }
    let sides = [items.filter { !$0.isAtRight }, items.filter(\.isAtRight)]
    return sides.filter { !$0.isEmpty }.map { stacked($0, focus: focus) }
  }

  private func stacked(_ items: [Item], focus: Int) -> [PanelPlace] {
    let hasFocus = items.contains { $0.index == focus }
    var shown = fitting(items[...])
    for start in items.indices where hasFocus && !shown.contains(where: { $0.index == focus }) {
      shown = fitting(items[start...])
    }
    var left = room - shown.reduce(0) { $0 + $1.least }
    return shown.map { item in
      if item.isChart { return PanelPlace(item.index) }
      let more = max(min(item.wanted - item.least, left), 0)
      left -= more
      return PanelPlace(item.index, rows: min(item.least + more, room))
    }
  }

  private var room: Int { max(rows - Self.otherRows, 0) }

  /// As many as there is room for, the first in any case.
  private func fitting(_ items: ArraySlice<Item>) -> [Item] {
    var left = room
    var shown: [Item] = []
    for item in items {
      left -= item.least
      guard left >= 0 || shown.isEmpty else { break }
      shown.append(item)
    }
    return shown
  }
}
