import Testing

@testable import Widgets

struct GaugeTests {
  private func surface(_ widget: some Widget, _ columns: Int) -> Surface {
    Surface(Size(columns: columns, rows: 1), drawing: widget)
  }

  @Test(arguments: [
    (0.0, "Import [                  ]   0%"), (0.5, "Import [█████████         ]  50%"),
    (0.75, "Import [█████████████▌    ]  75%"), (0.999, "Import [█████████████████▌]  99%"),
    (1.0, "Import [██████████████████] 100%"), (-3.0, "Import [                  ]   0%"),
    (.nan, "Import [                  ]   0%"), (.infinity, "Import [██████████████████] 100%"),
  ])
  func `a gauge is full when all is done and not before`(fraction: Double, shown: String) {
    #expect(surface(Gauge("Import", fraction: fraction), 32).text() == shown)
  }

  @Test func `the percentage is kept longest, and the bar has a likeness in ASCII`() {
    #expect(surface(Gauge("Import", fraction: 0.5), 15).text() == "Import      50%")
    #expect(surface(Gauge("Import", fraction: 0.5), 4).text() == " 50%")
    #expect(
      surface(Gauge("Import", fraction: 0.75), 32).inASCII.text()
        == "Import [#############=    ]  75%")
  }

  @Test(arguments: [
    (60, " working: importing 1,200 of 5,000              Esc cancels"),
    (24, " working:…  Esc cancels"), (8, " Esc c…"), (2, "E…"),
  ])
  func `work in progress says what it does and how to stop it`(columns: Int, shown: String) {
    let line = WorkingLine("importing 1,200 of 5,000", cancelKey: "Esc")
    #expect(surface(line, columns).text() == shown)
  }

  @Test func `work whose end is known has a gauge`() {
    #expect(
      surface(WorkingLine("closing", fraction: 0.25), 40).text()
        == " working: closing [███▌          ]  25%")
  }
}
