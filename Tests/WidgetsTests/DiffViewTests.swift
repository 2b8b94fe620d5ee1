import Testing

@testable import Widgets

struct DifferenceTests {
  private func apply(_ steps: [Difference.Step<Int>]) -> (old: [Int], new: [Int], changes: Int) {
    var result: (old: [Int], new: [Int], changes: Int) = ([], [], 0)
    for step in steps {
      switch step {
      case .same(let element):
        result.old.append(element)
        result.new.append(element)
      case .removed(let element):
        result.old.append(element)
        result.changes += 1
      case .added(let element):
        result.new.append(element)
        result.changes += 1
      }
    }
    return result
  }

  @Test func `the steps lead from one list to the other, and none is too many`() {
    var chance = SeededChance(state: 7)
    for _ in 0..<2000 {
      let old = (0..<Int.random(in: 0...12, using: &chance)).map { _ in
        Int.random(in: 0...3, using: &chance)
      }
      let new = (0..<Int.random(in: 0...12, using: &chance)).map { _ in
        Int.random(in: 0...3, using: &chance)
      }
      let result = apply(Difference.steps(from: old, to: new))
      #expect(result.old == old)
      #expect(result.new == new)
      #expect(result.changes == new.difference(from: old).count)
    }
  }

  @Test func `lists with nothing in common are replaced, however long`() {
    let (old, new) = (Array(0..<20_000), Array(20_000..<40_000))
    let steps = Difference.steps(from: old, to: new)
    #expect(steps.first == .removed(0) && steps.last == .added(39_999))
    #expect(steps.count == 40_000)
  }
}

/// Chance from a seed.
private struct SeededChance: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}

struct DiffViewTests {
  private static let fields = DiffView(
    fields: [
      DiffView.Field("Number", old: "GJ-1", new: "GJ-1"),
      DiffView.Field("Date", old: "2026-11-03", new: "2026-11-03"),
      DiffView.Field("Payee", old: "Acme Office Ltd", new: "Acme 株式会社 Ltd"),
      DiffView.Field("Amount", old: "1,200.00", new: "1,250.00"),
      DiffView.Field("Memo", old: nil, new: "paid"),
      DiffView.Field("Period", old: "P11", new: "P11"),
    ])

  private func surface(_ view: DiffView, _ columns: Int, _ rows: Int) -> Surface {
    Surface(Size(columns: columns, rows: rows), drawing: view)
  }

  @Test func `in little room the versions are below each other`() {
    #expect(
      surface(Self.fields, 40, 12).text(styles: true) == """
        − before  + after
          0–39 heading
        ··· 2 equal fields ···
          0–21 muted
        Payee
          0–4 label
        − Acme Office Ltd
          0–1 diff.removed, 7–12 diff.removed
        + Acme 株式会社 Ltd
          0–1 diff.added, 7–14 diff.added
        Amount
          0–5 label
        − 1,200.00
          0–9 diff.removed
        + 1,250.00
          0–9 diff.added
        Memo
          0–3 label
        + paid
          0–5 diff.added
        Period
          0–5 label
          P11
        """)
  }

  @Test func `from 100 columns on the versions stand side by side`() {
    #expect(
      surface(Self.fields, 100, 6).text() == """
                − before                                       + after
        ··· 2 equal fields ···
        Payee   − Acme Office Ltd                            │ + Acme 株式会社 Ltd
        Amount  − 1,200.00                                   │ + 1,250.00
        Memo                                                 │ + paid
        Period    P11                                        │   P11
        """)
    #expect(Self.fields.rowCount(columns: 100) == 5)
    #expect(Self.fields.rowCount(columns: 99) == 11)
  }

  @Test func `texts are compared by lines, and equal stretches fold`() {
    let old = (1...20).map { "line \($0)" }
    var new = old
    new[9] = "line ten"
    new.insert("between", at: 15)
    let view = DiffView(
      old: old.joined(separator: "\n"), new: new.joined(separator: "\n"), context: 1, top: 0)
    #expect(view.hasChanges)
    #expect(
      surface(view, 30, 12).text() == """
        − before  + after
        ··· 8 equal lines ···
          line 9
        − line 10
        + line ten
          line 11
        ··· 3 equal lines ···
          line 15
        + between
          line 16
        ··· 4 equal lines ···

        """)
    var scrolled = view
    scrolled.top = 99
    #expect(
      surface(scrolled, 30, 3).text() == "− before  + after\n  line 16\n··· 4 equal lines ···")
  }

  @Test func `long values wrap under their own version`() {
    let text = "one two three four five six seven eight nine ten eleven twelve"
    let view = DiffView(
      fields: [DiffView.Field("Note", old: text, new: text + " thirteen\nfourteen")])
    #expect(
      surface(view, 100, 4).text() == """
              − before                                        + after
        Note  − one two three four five six seven eight     │ + one two three four five six seven eight
              − nine ten eleven twelve                      │ + nine ten eleven twelve thirteen
                                                            │ + fourteen
        """)
  }

  @Test func `equal versions have no changes`() {
    let view = DiffView(old: "a\nb", new: "a\nb")
    #expect(!view.hasChanges)
    #expect(surface(view, 30, 3).text() == "− before  + after\n··· 2 equal lines ···\n")
    #expect(DiffView(old: "", new: "a").hasChanges)
    #expect(!DiffView(fields: []).hasChanges)
  }
}
