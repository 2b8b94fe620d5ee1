@testable import Widgets

/// What `AnySizeTests` draws besides the controls: charts, and views of long or changing things.
enum AnySizeWidgets {
  private static let hostile = AnySizeTests.hostile

  static let all: [(name: String, widget: any Widget)] = charts

  private static let values: [ChartValue] = [
    ChartValue(.max, text: "9,223,372.03"), ChartValue(.min, text: hostile), 0, -1, 5, 1_000_000,
  ]

  private static let charts: [(name: String, widget: any Widget)] = [
    ("bars", BarChart((0..<12).map { BarChart.Bar(hostile, values[$0 % 6]) }, cursor: 10)),
    (
      "columns",
      ColumnChart(
        (0..<8).map { "\($0) " + hostile },
        series: [
          ChartSeries(hostile, values: values), ChartSeries("株", values: values.reversed()),
        ], cursor: 3)
    ),
    ("no columns", ColumnChart([], series: [])),
    ("columns below zero", ColumnChart(["a"], series: [ChartSeries("", values: [-1, -2])])),
    (
      "lines",
      LineChart(
        (0..<8).map { "\($0) " + hostile },
        series: [
          ChartSeries(hostile, values: values), ChartSeries("株", values: values.reversed()),
        ], cursor: 7)
    ),
    ("no lines", LineChart([hostile], series: [])),
    ("sparkline", Sparkline(values.map(\.number))),
  ]
}
