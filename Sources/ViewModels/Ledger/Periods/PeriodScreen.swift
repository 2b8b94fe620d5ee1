import Domain
import Keys
import Operations
package import Phrases

/// The check-list of a period: what stands against closing it, each with what it was found in.
package final class PeriodScreen: ListScreen {
  package static let keymap: [Binding] =
    [.findingOpen, .checkWaive, .files] + PeriodActions.keymap
    + Binding.lists.filter { $0.id != Binding.mark.id }
  static let listName = "period-checks"

  private let desk: Desk
  /// As it was when it was last read.
  private var period: Periods.Row
  /// How far the audit log is verified: reading all of it whenever the books change takes long.
  private var chain: AuditChain.End?
  var list: RowList<CheckLine>

  init(_ period: Periods.Row, at desk: Desk) {
    self.desk = desk
    self.period = period
    list = RowList([
      ListColumn("check", "What must be so", .text(atLeast: 44), words: { $0.phrase }),
      ListColumn("state", "State", .fixed(11), words: { $0.state }),
      ListColumn("found", "Found", .amount, number: { Int64($0.count ?? 0) }) {
        $0.count.map { $0 == 0 ? "" : $0.grouped } ?? ""
      },
      ListColumn("by", "Accepted by", .text(atLeast: 11), priority: 1) { $0.waiver?.by ?? "" },
      ListColumn("reason", "Reason", .text(atLeast: 10), priority: 2) { $0.waiver?.reason ?? "" },
    ])
    recall()
  }

  package var title: Phrase { Phrase(verbatim: period.label) }
  package var section: Section? { .periods }
  var navigator: Navigator { desk.navigator }

  package func load() -> [Effect] {
    [
      read(PeriodChecks(period.id, chain: chain), at: desk) { [weak self] checks in
        self?.period = checks.period
        self?.chain = checks.chain
        self?.list.take(checks.items.flatMap(CheckLine.lines))
        return []
      }
    ] + desk.readConfirmers()
  }

  func readForExport(
    limit: Int, _ then: @escaping ([CheckLine], Footing?) -> [Effect]
  ) -> [Effect] { then(list.whole ?? [], nil) }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    let line = list.selected
    return [
      Action(
        .findingOpen, title: transfers ? "transfer" : nil,
        summary: transfers ? "Take it to retained earnings" : nil,
        unavailable: list.unavailable ?? line?.closed(to: desk)
      ) { [weak self] in self?.open() ?? [] },
      Action(.checkWaive, unavailable: list.unavailable ?? unwaivable) { [weak self] in
        guard let self, let item = self.list.selected?.item else { return [] }
        return self.desk.askWhy(
          title: "Accept it as it is?",
          body: "\(item.findings.phrase). Should that change, it is asked anew.",
          confirm: "Accept", least: WaiveCheck.leastReason
        ) {
          self.desk.carryOut(
            WaiveCheck(item.check, of: self.period.id, seen: item.findings, reason: $0), "Accepted."
          )
        }
      },
      Action(.files) { [desk, period] in
        desk.navigator.show(FilesScreen(of: .period(period.id, name: period.label), at: desk))
      },
    ] + PeriodActions(period, unavailable: nil, desk).all
      + listActions.filter { $0.id != Binding.mark.id }
  }

  package func absence(of binding: Binding) -> Phrase? { PeriodActions.absence(of: binding) }

  private var unwaivable: Phrase? {
    guard let item = list.selected?.item else { return nil }
    if !item.check.isWaivable { return UserMessage(Refusal.waiver(.fact(item.check))).phrase }
    if item.passes { return UserMessage(Refusal.waiver(.passes(item.check))).phrase }
    guard period.status == .open || period.status == .future else {
      return UserMessage(Refusal.period(.ended(name: period.label, period.status))).phrase
    }
    return nil
  }

  /// Whether what is selected asks for an entry that its reader may write.
  private var transfers: Bool {
    guard let line = list.selected, line.finding != nil, line.item.check == .opening else {
      return false
    }
    return desk.holds(CreateEntry.permission) && desk.holds(OpeningTransfer.permission)
  }

  private func open() -> [Effect] {
    switch list.selected?.finding {
    case .holds where transfers:
      [
        desk.fetch(OpeningTransfer(), holding: .keys) { [desk] content in
          desk.navigator.show(EntryFormScreen(at: desk, .proposed(content)))
        }
      ]
    case .unposted(let entry, _, _, _), .unbalanced(let entry, _, _, _),
      .unvalued(let entry, _, _), .withoutParty(let entry, _, _):
      navigator.show(EntryScreen(entry, at: desk))
    case .unreconciled(let account, let label, _):
      navigator.show(ReconciliationsScreen(of: account, label, at: desk))
    case .sum(let account, let label, _), .holds(let account, let label, _, _, _, _):
      navigator.show(RegisterScreen(account, label, in: RegisterScope(to: period.end), at: desk))
    case .unrevalued: desk.showRevaluation(on: period.end)
    case .noRate: navigator.show(RatesScreen(at: desk))
    case .unmade: navigator.show(SchedulesScreen(at: desk))
    case .record: navigator.show(AuditScreen(at: desk))
    case .gap, nil: []
    }
  }

  package var panels: [Panel] {
    let note: Phrase = "\(period.start.text) to \(period.end.text), \(period.status.phrase)"
    let isTree = !list.arranges
    return [
      .table(
        list.panel("Check-list", note: note, empty: Panel.loading) { line in
          TableRow.Shape(
            tone: line.item.passes ? .plain : .warning,
            level: isTree && line.finding != nil ? 1 : 0)
        })
    ]
  }
}

/// A check, or below it one thing that it found.
nonisolated struct CheckLine: Listed {
  let item: PeriodChecks.Item
  let finding: PeriodFinding?

  struct Identity: Hashable {
    let check: PeriodCheck
    let finding: PeriodFinding?
  }

  var identity: Identity { Identity(check: item.check, finding: finding) }

  static func lines(of item: PeriodChecks.Item) -> [CheckLine] {
    [CheckLine(item: item, finding: nil)]
      + item.findings.map { CheckLine(item: item, finding: $0) }
  }
}

extension CheckLine {
  fileprivate var phrase: Phrase { finding?.phrase ?? item.check.phrase }
  /// Nil of a finding.
  fileprivate var count: Int? { finding == nil ? item.count : nil }
  fileprivate var waiver: PeriodChecks.Waiver? { finding == nil ? item.waiver : nil }

  fileprivate var state: Phrase {
    guard finding == nil else { return .empty }
    if item.waiver != nil { return "accepted" }
    return item.count == 0 ? "ok" : "NOT YET"
  }

  /// Why nothing opens.
  fileprivate func closed(to desk: Desk) -> Phrase? {
    switch finding {
    case nil:
      item.count == 0
        ? "Nothing was found."
        : item.findings.isEmpty
          ? "What was found is named to whoever prepares closings."
          : "Open one of what was found, below it."
    case .gap: "No entry has such a number. Stop working and call your auditor."
    case .unposted, .unbalanced, .unvalued, .withoutParty:
      desk.holds(EntryDetail.permission) ? nil : "You may not read entries."
    case .unrevalued:
      desk.holds(Revaluations.permission) ? nil : "You may not revalue foreign balances."
    case .noRate: desk.holds(Rates.permission) ? nil : "You may not read exchange rates."
    case .unmade:
      desk.holds(Schedules.permission) ? nil : "You may not look at recurring entries."
    case .record: desk.holds(AuditPage.permission) ? nil : "You may not read the audit log."
    case .sum, .holds, .unreconciled:
      desk.holds(RegisterPage.permission) ? nil : "You may not read registers."
    }
  }
}

extension [PeriodFinding] {
  fileprivate var phrase: Phrase { .joined(map(\.phrase), separator: "; ") }
}

extension Binding {
  static let findingOpen = Binding(
    "finding.open", [.enter, .right, "l"], "open", "What was found", PeriodChecks.permission)
  static let checkWaive = Binding(
    "check.accept", ["a"], "accept", "Accept what was found, with a reason",
    WaiveCheck.permission)
}
