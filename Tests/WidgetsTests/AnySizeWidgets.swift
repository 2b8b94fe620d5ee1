@testable import Widgets

/// What `AnySizeTests` draws besides the controls: charts, and views of long or changing things.
enum AnySizeWidgets {
  private static let hostile = AnySizeTests.hostile

  static let all: [(name: String, widget: any Widget)] = charts + views

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

  private static let views: [(name: String, widget: any Widget)] =
    [
      ("viewer", TextViewer(hostile + "\n\n" + hostile, top: 1, search: "株", match: 1)),
      (
        "difference",
        DiffView(
          fields: [
            DiffView.Field(hostile, old: hostile, new: hostile + " e\u{301}" + hostile),
            DiffView.Field("", old: nil, new: hostile + "\n" + hostile),
            DiffView.Field("same", old: hostile, new: hostile),
          ], oldTitle: hostile, newTitle: hostile)
      ),
      ("text difference", DiffView(old: "a\nb\n" + hostile, new: hostile + "\na\n\n")),
      ("gauge", Gauge(hostile, fraction: 0.37)),
      ("full gauge", Gauge("", fraction: 7)),
      ("working", WorkingLine(hostile, cancelKey: "株")),
      ("working gauge", WorkingLine(hostile, fraction: .nan, cancelKey: "Esc")),
    ]
    + [(1, 1, 1), (9999, 12, 31), (2026, 2, 3), (2026, 8, 31)].compactMap { year, month, day in
      CalendarDay(year: year, month: month, day: day).map { day in
        let month = MonthCalendar(
          day, today: day.adding(days: 1), disabled: [day.adding(days: -1)],
          firstWeekday: day.weekday)
        return ("month of \(day.text)", month)
      }
    }
}
