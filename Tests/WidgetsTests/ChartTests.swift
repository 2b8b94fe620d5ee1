import Testing

@testable import Widgets

private func surface(_ widget: some Widget, _ columns: Int, _ rows: Int) -> Surface {
  Surface(Size(columns: columns, rows: rows), drawing: widget)
}

struct BarChartTests {
  private static let costs = BarChart(
    [
      BarChart.Bar("Wages", ChartValue(12_000, text: "12,000.00")),
      BarChart.Bar("株式会社", ChartValue(4500, text: "4,500.00")),
      BarChart.Bar("Refunds", ChartValue(-3000, text: "-3,000.00")),
      BarChart.Bar("Nothing", 0),
    ], cursor: 1)

  @Test func `bars grow from an axis, negative ones to its left`() {
    let drawn = surface(Self.costs, 50, 4)
    #expect(
      drawn.text() == """
          Wages          │██████████████████████ 12,000.00
        > 株式会社       │████████▌               4,500.00
          Refunds  ▐█████│                       -3,000.00
          Nothing        │                               0
        """)
    #expect(
      drawn.inASCII.text() == """
          Wages          |###################### 12,000.00
        > ????????       |########=               4,500.00
          Refunds  =#####|                       -3,000.00
          Nothing        |                               0
        """)
    #expect(
      [drawn[20, 0].role, drawn[20, 1].role, drawn[13, 2].role, drawn[2, 2].role]
        == [.series, .cursorRow, .negative, .label])
  }

  @Test func `where there is little room values stay and bars go`() {
    #expect(
      surface(Self.costs, 24, 2).text() == """
          Wages        12,000.00
        > 株式会社      4,500.00
        """)
    #expect(!surface(Self.costs, 10, 4).text().contains("12"))
  }

  @Test func `the chosen bar is in sight and a click finds its bar`() {
    var chart = BarChart((0..<30).map { BarChart.Bar("bar \($0)", ChartValue($0)) }, cursor: 20)
    let rect = Rect(column: 3, row: 2, columns: 40, rows: 5)
    var drawn = Surface(Size(columns: 50, rows: 10))
    let place = chart.draw(on: &drawn, in: rect)
    #expect(place == Point(column: 3, row: 6))
    #expect(chart.index(at: Point(column: 3, row: 2), in: rect) == 16)
    #expect(chart.index(at: Point(column: 42, row: 6), in: rect) == 20)
    #expect(chart.index(at: Point(column: 43, row: 6), in: rect) == nil)
    chart.bars = Array(chart.bars.prefix(2))
    chart.cursor = nil
    #expect(chart.index(at: Point(column: 5, row: 3), in: rect) == 1)
    #expect(chart.index(at: Point(column: 5, row: 4), in: rect) == nil)
  }

  @Test func `numbers of any size have a length`() {
    let axis = ChartAxis([.min, .max, 1, 0], cells: 10)
    #expect([.min, .max, 1, 0].map { axis.halves(of: $0) } == [10, 10, 1, 0])
    #expect(ChartAxis([-5], cells: 4).negativeCells == 4)
    #expect(ChartAxis([-1, 1000], cells: 4).negativeCells == 1)
    #expect(ChartAxis([-1, 1000], cells: 0).halves(of: -1) == 0)
  }
}

struct ColumnChartTests {
  private static let months = ColumnChart(
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun"],
    series: [
      ChartSeries("Income", values: [10, 20, 30, 25, 5, 12]),
      ChartSeries("Costs", values: [8, 15, -12, 9, 9, 9]),
    ], cursor: 2)

  @Test func `two series stand side by side and negative columns hang below the axis`() {
    let drawn = surface(Self.months, 50, 10)
    #expect(
      drawn.text() == """
        █ Income  ▒ Costs        Mar  Income 30  Costs -12
         30               ███
                   ▄▄▄    ███    ███
                   ███▒▒▒ ███    ███
            ▄▄▄▒▒▒ ███▒▒▒ ███    ███▒▒▒    ▒▒▒ ███▒▒▒
            ███▒▒▒ ███▒▒▒ ███    ███▒▒▒ ███▒▒▒ ███▒▒▒
          0 ──────────────────────────────────────────────
                             ▒▒▒
        -12                  ▒▒▒
            Jan    Feb    Mar    Apr    May    Jun
        """)
    #expect(
      [drawn[4, 5].role, drawn[7, 5].role, drawn[21, 7].role, drawn[18, 9].role]
        == [.series, .secondSeries, .negative, .cursorRow])
  }

  @Test func `a single series takes halves of cells, in ASCII too`() {
    let chart = ColumnChart(["a", "b", "c"], series: [ChartSeries("", values: [4, 1, -3])])
    #expect(
      surface(chart, 15, 6).text() == """
         4 ███
           ███ ▄▄▄
         0 ────────────
                   ███
        -3         ▀▀▀
           a   b   c
        """)
    #expect(
      surface(chart, 15, 6).inASCII.text() == """
         4 ###
           ### ===
         0 ------------
                   ###
        -3         \"""
           a   b   c
        """)
  }

  @Test func `where there isn't room for all, the last are shown or the chosen one`() {
    var chart = ColumnChart(
      (1...40).map { "\($0)" },
      series: [ChartSeries("", values: (1...40).map { ChartValue($0) })])
    let rect = Rect(column: 0, row: 0, columns: 12, rows: 6)
    #expect(chart.index(at: Point(column: 11, row: 3), in: rect) == 39)
    #expect(surface(chart, 12, 6).text().hasSuffix("32 35 38"))
    chart.cursor = 4
    #expect(chart.index(at: Point(column: 3, row: 5), in: rect) == 4)
    #expect(surface(chart, 12, 6).text().hasPrefix("        5  5"))
  }

  @Test func `a click finds the category of its columns`() {
    let rect = Rect(column: 1, row: 1, columns: 50, rows: 10)
    #expect(Self.months.index(at: Point(column: 5, row: 6), in: rect) == 0)
    #expect(Self.months.index(at: Point(column: 20, row: 10), in: rect) == 2)
    for outside in [(1, 6), (5, 1), (50, 6), (5, 11)] {
      let point = Point(column: outside.0, row: outside.1)
      #expect(Self.months.index(at: point, in: rect) == nil)
    }
  }
}

struct LineChartTests {
  private static let months = LineChart(
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun"],
    series: [
      ChartSeries("Cash", values: [10, 20, 30, 25, -5, 12]),
      ChartSeries("Plan", values: [8, 15, -12, 9, 9, 9]),
    ], cursor: 2)

  @Test func `points are joined, and marked by their series`() {
    let drawn = surface(Self.months, 60, 12)
    #expect(
      drawn.text() == """
        ● Cash  ◆ Plan                        Mar  Cash 30  Plan -12
         30                   ⣀⠤⠔⠊●⠑⠒⠢⠤⠤⣀⣀⡀
                         ⣀⡠⠔⠊⠉            ⠈⠉⠑●⢄
                    ⢀⡠⠔●⠉                     ⠈⠢⡀
                ⣀⠤⠔⠊⢀⣀⡠◆                        ⠘⢄
            ●⣀⣀⠤⠤⠒⠊⠉⠁   ⠑⡄                        ⠣⡀              ⡠●
            ◆            ⠈⠢⡀               ⢀⠤◆⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉◆⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉◆
                           ⠈⢢            ⣀⠔⠁         ⠑⡄     ⢀⠤⠊⠁
          0 ─────────────────⠑⢄────────⡠⠊─────────────⠈⢢──⡠⠒⠁───────
                               ⠑⡄   ⢀⠔⠉                 ●⠉
        -12                     ⠈⠢◆⠒⠁
            Jan        Feb        Mar        Apr        May      Jun
        """)
    #expect(
      [drawn[48, 9].role, drawn[4, 5].role, drawn[4, 6].role, drawn[26, 10].role]
        == [.negative, .series, .secondSeries, .selection])
  }

  @Test func `without Unicode a line is dots, high, low or both`() {
    let chart = LineChart([], series: [ChartSeries("", values: [0, 6, 5, 5, 0])])
    #expect(
      surface(chart, 20, 4).inASCII.text() == """
        6    .o'''.o...o
           .:'          '.
        0 o'              'o

        """)
  }

  @Test func `many points lose their marks and keep their line`() {
    let values = (0..<200).map { ChartValue(Int64($0 * $0)) }
    let chart = LineChart([], series: [ChartSeries("", values: values)], cursor: 0)
    let shown = surface(chart, 40, 8).text()
    #expect(shown.filter { $0 == "●" }.count == 2)
  }

  @Test func `equal values lie in the middle and a single one at the left`() {
    #expect(
      surface(LineChart(["a"], series: [ChartSeries("", values: [7])]), 12, 4).text() == """

        7 ●

          a
        """)
  }

  @Test func `a click finds the nearest point`() {
    let rect = Rect(column: 1, row: 1, columns: 60, rows: 12)
    #expect(Self.months.index(at: Point(column: 5, row: 4), in: rect) == 0)
    #expect(Self.months.index(at: Point(column: 20, row: 4), in: rect) == 1)
    #expect(Self.months.index(at: Point(column: 60, row: 12), in: rect) == 5)
    #expect(Self.months.index(at: Point(column: 4, row: 4), in: rect) == nil)
    #expect(Self.months.index(at: Point(column: 20, row: 1), in: rect) == nil)
    #expect(LineChart([], series: []).index(at: Point(column: 5, row: 4), in: rect) == nil)
  }
}

struct SparklineTests {
  private static let line = Sparkline([1, 2, 3, 4, 5, 6, 7, 8, -1, -8, 0, 3])

  @Test func `values stand in one row, and negative ones hang`() {
    let drawn = surface(Self.line, 20, 1)
    #expect(drawn.text() == "▁▂▃▄▅▆▇█▔▀ ▃")
    #expect(drawn.inASCII.text() == "_.-=+*%#'\" -")
    #expect([drawn[7, 0].role, drawn[8, 0].role] == [.series, .negative])
  }

  @Test func `the last values are kept, and a click finds its own`() {
    #expect(surface(Self.line, 4, 1).text() == "▔▀ ▃")
    let rect = Rect(column: 2, row: 1, columns: 4, rows: 1)
    #expect(Self.line.index(at: Point(column: 2, row: 1), in: rect) == 8)
    #expect(Self.line.index(at: Point(column: 5, row: 1), in: rect) == 11)
    #expect(Self.line.index(at: Point(column: 2, row: 2), in: rect) == nil)
    #expect(Sparkline([1]).index(at: Point(column: 3, row: 1), in: rect) == nil)
  }
}
