import Domain
import Keys
import Operations
package import Phrases

/// The tests that auditors put journals to, each with how much it found, and the proof that no
/// entry of those days was left out.
package final class JournalTestsScreen: WholeListScreen {
  package static let keymap: [Binding] = [.testOpen, .testDays] + Binding.lists
  static let listName = "journal-tests"

  private let desk: Desk
  /// Nil is the fiscal year that goes on, up to today.
  private var days: ClosedRange<Day>?
  private var value: JournalTests.Value?
  var list: RowList<JournalTests.Result>

  init(at desk: Desk) {
    self.desk = desk
    list = RowList([
      ListColumn("test", "Test", .text(atLeast: 34), words: { $0.test.phrase }),
      ListColumn("found", "Found", .amount, number: { Int64($0.count) }) {
        $0.count == 0 ? "" : $0.count.grouped
      },
    ])
    recall()
  }

  package var title: Phrase { "Journal tests" }
  package var section: Section? { .audit }
  var navigator: Navigator { desk.navigator }

  private var tests: JournalTests {
    guard let days else { return JournalTests(through: desk.today) }
    return JournalTests(from: days.lowerBound, through: days.upperBound)
  }

  package func load() -> [Effect] {
    let asked = tests
    return [
      read(asked, at: desk) { [weak self] value in
        guard let self, asked == self.tests else { return [] }
        self.value = value
        self.list.take(value.results)
        return []
      }
    ]
  }

  func forget() { value = nil }

  func readForExport(
    limit: Int, _ then: @escaping ([JournalTests.Result], Footing?) -> [Effect]
  ) -> [Effect] {
    [desk.export(tests) { then($0.results, $1) }]
  }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return [
      Action(.testOpen, unavailable: list.unavailable) { [weak self] in
        guard let self, let row = self.list.selected, let value = self.value else { return [] }
        return self.navigator.show(
          JournalFindingsScreen(row.test, from: value.from, through: value.through, at: self.desk))
      },
      Action(.testDays, unavailable: list.unavailable) { [weak self] in
        self?.chooseDays() ?? []
      },
    ] + listActions
  }

  /// A year, up to today where it goes on, or any days.
  private func chooseDays() -> [Effect] {
    let today = desk.today
    var entries = (value?.years ?? []).reversed().map { year in
      Chooser.Entry(
        Phrase(verbatim: String(year.year)), note: "\(year.start.text) to \(year.end.text)"
      ) { [weak self] in
        let end = year.start <= today && today < year.end ? today : year.end
        self?.days = year.start...end
        return self?.load() ?? []
      }
    }
    entries.append(
      Chooser.Entry("other days") { [weak self] in
        self.map { $0.navigator.show($0.daysForm) } ?? []
      })
    return navigator.choose(Chooser(title: "Of which days?", entries: entries))
  }

  private var daysForm: FormScreen {
    FormScreen(
      "Days to test",
      [
        FormField(label: "First day", text: value?.from.text ?? ""),
        FormField(label: "Last day", text: value?.through.text ?? ""),
      ], in: .audit, JournalTests.permission, at: desk
    ) { [weak self, desk] form in
      @MainActor func day(_ index: Int) -> Day? {
        form.reading(index, orElse: "Which day?") {
          try DayExpression.parse($0, today: desk.today, reference: desk.today)
        }
      }
      guard let first = day(0), let last = day(1) else { return [] }
      guard first <= last else {
        form.fault(1, "The last day is before the first.")
        return []
      }
      self?.days = first...last
      return desk.navigator.close(form)
    }
  }

  package var panels: [Panel] {
    let days = value.map { value -> Phrase in "\(value.from.text) to \(value.through.text)" }
    let table = list.panel("Journal tests", note: days ?? .empty, empty: Panel.loading) {
      $0.count == 0 ? .plain : .warning
    }
    guard let value else { return [.table(table)] }
    return [.table(table), .facts(desk.facts(of: value.population))]
  }
}

extension Desk {
  /// What the tests were put to, and that it is all.
  fileprivate func facts(of population: JournalTests.Population) -> FactsPanel {
    let (debits, credits) = (text(population.debits), text(population.credits))
    let digits = zip(population.firstDigits.found, population.firstDigits.expected).enumerated()
    return FactsPanel(
      title: "What was tested",
      facts: [
        "Entries": "\(population.entries.grouped), lines \(population.lines.grouped)",
        "Sums": "\(debits) debit, \(credits) credit",
        "Numbers": .joined(population.series.map { $0.phrase }, separator: ", "),
        "First digits": .joined(
          digits.map { "\($0 + 1): \($1.0) of \($1.1)" }, separator: ", "),
        "SHA-256": Phrase(verbatim: population.digest), "All of it": population.completeness,
      ])
  }
}

extension JournalTests.Series {
  fileprivate var phrase: Phrase {
    missing == 0
      ? "\(name) up to \(issued)" : "\(name) up to \(issued), \(missing) MISSING"
  }
}

extension JournalTests.Population {
  fileprivate var completeness: Phrase {
    if isComplete { return "debits are credits, and no number is missing" }
    return isWhole
      ? "NOT COMPLETE: numbers are missing, or debits aren't credits"
      : "no: what you may not read is left out"
  }
}

nonisolated extension JournalTests.Result: Listed {
  var identity: JournalTest { test }
}

/// What one test of journals found.
package final class JournalFindingsScreen: WholeListScreen {
  package static let keymap: [Binding] = [.testEntry] + Binding.lists
  static let listName = "journal-findings"

  private let desk: Desk
  private let test: JournalTest
  private let tests: JournalTests
  /// Nil until it is read.
  private var result: JournalTests.Result?
  var list: RowList<JournalTests.Finding>

  init(_ test: JournalTest, from: Day, through: Day, at desk: Desk) {
    self.desk = desk
    self.test = test
    tests = JournalTests(from: from, through: through, only: [test])
    list = RowList([
      ListColumn("number", "No", .fixed(14)) { $0.number },
      ListColumn("date", "Date", .fixed(10)) { $0.date?.text ?? "" },
      ListColumn("description", "Description", .text(atLeast: 10), priority: 1) {
        $0.description
      },
      desk.foundAmounts("amount", "Amount"),
      ListColumn("who", "Posted by", .text(atLeast: 10), priority: 2) { $0.who },
      ListColumn("why", "Why", .text(atLeast: 20), words: { $0.reason.phrase }),
    ])
    recall()
  }

  package var title: Phrase { test.phrase }
  package var section: Section? { .audit }
  var navigator: Navigator { desk.navigator }

  package func load() -> [Effect] {
    [
      read(tests, at: desk) { [weak self] value in
        self?.result = value.results.first
        self?.list.take(value.results.first?.findings ?? [])
        return []
      }
    ]
  }

  func forget() { result = nil }

  func readForExport(
    limit: Int, _ then: @escaping ([JournalTests.Finding], Footing?) -> [Effect]
  ) -> [Effect] {
    [desk.export(tests) { then($0.results.first?.findings ?? [], $1) }]
  }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return [
      Action(.testEntry, unavailable: list.unavailable ?? closed) { [weak self] in
        guard let self, let entry = self.list.selected?.entry else { return [] }
        return self.navigator.show(EntryScreen(entry, at: self.desk))
      }
    ] + listActions
  }

  /// Why nothing opens.
  private var closed: Phrase? {
    guard list.selected?.entry != nil else { return "No entry has that number." }
    return desk.holds(EntryDetail.permission) ? nil : "You may not read entries."
  }

  package var panels: [Panel] {
    let left = result.flatMap { result -> Phrase? in
      result.count > result.findings.count
        ? "the first \(result.findings.count) of \(result.count.grouped)" : nil
    }
    return [.table(list.panel(test.phrase, note: left ?? .empty, empty: "Nothing was found."))]
  }
}

extension Desk {
  /// What a missing number has none of.
  fileprivate func foundAmounts(
    _ id: String, _ title: Phrase
  ) -> ListColumn<JournalTests.Finding> {
    ListColumn(
      id, title, exponent: place.exponent, some: { $0.total },
      text: { [unowned self] in text($0) })
  }
}

nonisolated extension JournalTests.Finding: Listed {
  var identity: String { number }
}

extension Binding {
  static let auditTests = Binding(
    "audit.tests", ["t"], "tests", "Put the journal to auditors' tests", JournalTests.permission)
  static let testOpen = Binding(
    "tests.open", [.enter, .right, "l"], "found", "What the test found", JournalTests.permission)
  static let testDays = Binding(
    "tests.days", ["f"], "days", "Of another year or other days", JournalTests.permission)
  static let testEntry = Binding(
    "tests.entry", [.enter, .right, "l"], "entry", "The entry that was found",
    JournalTests.permission)
}
