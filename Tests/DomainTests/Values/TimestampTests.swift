import Domain
import Testing

@Suite struct TimestampTests {
  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
      (1_795_442_531_345, "2026-11-23T14:02:11.345Z"),
      (-62_135_596_800_000, "0001-01-01T00:00:00.000Z"),
      (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
    ] as [(Int64, String)])
  func `a moment is written as ISO 8601 and read back`(_ milliseconds: Int64, _ text: String) {
    #expect(Timestamp(milliseconds: milliseconds).text == text)
    #expect(Timestamp(text)?.milliseconds == milliseconds)
  }

  @Test func `every moment is read back`() {
    var generator = SplitMix(seed: 5)
    for _ in 0..<2000 {
      let moment = Timestamp(
        milliseconds: .random(in: -62_135_596_800_000...253_402_300_799_999, using: &generator))
      #expect(Timestamp(moment.text) == moment)
    }
  }

  @Test(arguments: [
    ("2026-11-23T14:02", "2026-11-23T14:02:00.000Z"),
    ("2026-11-23T14:02Z", "2026-11-23T14:02:00.000Z"),
    ("2026-11-23T14:02:11", "2026-11-23T14:02:11.000Z"),
    ("2026-11-23T14:02:11.3Z", "2026-11-23T14:02:11.300Z"),
    ("2026-11-23T14:02:11.34", "2026-11-23T14:02:11.340Z"),
  ])
  func `what is left out of a time is zero`(_ text: String, _ full: String) {
    #expect(Timestamp(text)?.text == full)
  }

  @Test(arguments: [
    ("2026-11-23 14:02", "2026-11-23T14:02:00.000Z"),
    ("2026-11-23 14:02:11.5Z", "2026-11-23T14:02:11.500Z"),
  ])
  func `a space may stand where the T does, as people are shown it`(_ text: String, _ full: String)
  {
    #expect(Timestamp(text)?.text == full)
    #expect(Timestamp(startOf: text)?.text == full)
  }

  @Test func `a day alone means its last millisecond`() {
    #expect(Timestamp("2026-11-23")?.text == "2026-11-23T23:59:59.999Z")
  }

  @Test(arguments: [
    "", "T", "2026-11-23T", "2026-11-23T24:00", "2026-11-23T14:60", "2026-11-23T14:02:60",
    "2026-11-23T14", "2026-11-23  14:02", "2026-11-23 T14:02", "2026-11-23T 14:02", "2026-11-23 ",
    " 2026-11-23", "2026-11-23\t14:02", "2026-02-31T10:00", "2026-11-23T14:02:11.",
    "2026-11-23T14:02:11.3456", "2026-11-23T+4:02", "2026-11-23T-1:00", "2026-11-23T4:2",
    "2026-11-23T14:02:11.+3", "2026-11-23T14:02:11+01:00", "2026-11-23T14:02.5", "now",
  ])
  func `anything else is no moment`(_ text: String) {
    #expect(Timestamp(text) == nil)
  }

  @Test func `a moment belongs to its day in UTC`() {
    #expect(Timestamp(milliseconds: -1).day.text == "1969-12-31")
    #expect(Timestamp(milliseconds: 86_399_999).day.text == "1970-01-01")
    #expect(Timestamp(milliseconds: 86_400_000).day.text == "1970-01-02")
    #expect(Timestamp(milliseconds: 50_531_345).clock == "14:02:11")
  }

  @Test func `seconds are added`() {
    let moment = Timestamp(milliseconds: 500)
    #expect(moment.adding(seconds: 90).milliseconds == 90_500)
    #expect(moment.adding(seconds: -1) < moment)
  }
}
