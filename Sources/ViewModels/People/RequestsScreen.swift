import Domain
import Keys
import Operations
package import Phrases

/// What takes two people: what was asked for, and how it was answered.
package final class RequestsScreen: WholeListScreen {
  package static let keymap: [Binding] =
    [.requestConfirm, .requestDecline, .requestNew, .requestWithdraw, .requestShow]
    + Binding.lists
  static let listName = "requests"

  private let desk: Desk
  var list = RowList<Confirmations.Row>([
    ListColumn("number", "#", .amount, priority: 3, number: { $0.id.value }) {
      String($0.id.value)
    },
    ListColumn("what", "What", .text(atLeast: 22), words: { $0.what }),
    ListColumn("by", "Asked for by", .text(atLeast: 12)) { $0.requester },
    ListColumn("state", "State", .fixed(10), words: { $0.state }),
    ListColumn("end", "Until", .fixed(16), priority: 1) { $0.expiresAt.minute },
    ListColumn("decider", "Answered by", .text(atLeast: 10), priority: 4) { $0.decider ?? "" },
    ListColumn("reason", "Reason", .text(atLeast: 10), priority: 2) { $0.reason },
  ])

  init(at desk: Desk) {
    self.desk = desk
    recall()
  }

  package var title: Phrase { "Requests" }
  package var section: Section? { .people }
  var navigator: Navigator { desk.navigator }

  package func load() -> [Effect] {
    readWhole(Confirmations(decidedToo: true), at: desk) + desk.readConfirmers()
  }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return [
      Action(.requestConfirm, unavailable: list.unavailable ?? over ?? own) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.navigator.ask(
          Dialog(
            title: "Confirm what \(row.requester) asked for?",
            body: "It is done at once: \(self.words(of: row))", confirm: "Confirm"
          ) { _ in self.desk.carryOut(Confirm(row.id), "\(row.what): confirmed, and done.") })
      },
      Action(.requestDecline, unavailable: list.unavailable ?? over ?? own) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.desk.askWhy(
          title: "Decline what \(row.requester) asked for?", body: self.words(of: row),
          confirm: "Decline", least: DeclineConfirmation.leastReason
        ) { self.desk.carryOut(DeclineConfirmation(row.id, reason: $0), "\(row.what): declined.") }
      },
      Action(.requestNew, unavailable: nothingToAsk) { [weak self] in self?.choose() ?? [] },
      Action(.requestWithdraw, unavailable: list.unavailable ?? over ?? others) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.desk.carryOut(WithdrawConfirmation(row.id), "\(row.what): withdrawn.")
      },
      Action(.requestShow, unavailable: list.unavailable) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.navigator.ask(
          Dialog(
            title: "What \(row.requester) asked for", body: self.words(of: row), confirm: "Copy",
            cancel: "Close"
          ) { [weak self] _ in
            self?.navigator.copy(row.reason, "reason")
            return []
          })
      },
    ] + listActions
  }

  /// All that whoever answers has to know: what, where and why.
  private func words(of row: Confirmations.Row) -> Phrase {
    "\(row.what), in \(desk.place.businessName). Their reason: \(row.reason)"
  }

  private var over: Phrase? {
    list.selected.map { $0.status != "requested" } == true ? "It was answered already." : nil
  }

  private var isOwn: Bool { list.selected?.requesterID == desk.place.user }

  private var own: Phrase? {
    if isOwn { return UserMessage(Refusal.confirmation(.ownRequest)).phrase }
    return list.selected?.mayAnswer == false
      ? "It takes somebody who may do it themselves." : nil
  }

  private var others: Phrase? {
    isOwn ? nil : UserMessage(Refusal.confirmation(.somebodyElses)).phrase
  }

  // MARK: Asking

  private var nothingToAsk: Phrase? {
    desk.place.askable.isEmpty ? "You may do nothing that takes two people." : nil
  }

  private func choose() -> [Effect] {
    desk.fetch(Periods(), FiscalYears()) { [weak self] periods, years in
      guard let self else { return [] }
      let closed = periods.filter { $0.status == .closed }.suffix(12).reversed()
      let next = years.first { !$0.isClosed }
      let closings = next.map { JointAct.closings(of: $0.year) } ?? []
      let acts: [JointAct] =
        closed.filter { $0.kind != .closing }.map {
          .reopenPeriod(period: $0.id, name: $0.label)
        }
        + closed.map { .lockPeriod(period: $0.id, name: $0.label) }
        + closings
        + years.filter(\.isClosed).suffix(1).map { .reopenYear($0.year) }
        + [15, 30, 60].map { .breakGlass(minutes: $0) }
        + [.archiveBusiness(business: self.desk.principal.business)]
      let askable = self.desk.place.askable
      return self.navigator.choose(
        Chooser(
          title: "What takes two people",
          entries: acts.filter { askable.contains($0.permission) }.map(self.entry)))
    }
  }

  private func entry(_ act: JointAct) -> Chooser.Entry {
    let reason = desk.nobodyElse(for: act)
    return Chooser.Entry(act.phrase, note: reason ?? .empty, isAvailable: reason == nil) {
      [desk] in
      guard let reason else { return desk.ask(for: act) }
      desk.navigator.tell(.notice, reason)
      return []
    }
  }

  package var panels: [Panel] {
    [
      .table(
        list.panel(
          "Requests", note: .empty,
          empty: nothingToAsk == nil
            ? desk.absence("Nothing waits for a second person.", .requestNew) {
              "\($0) asks for something that takes two."
            } : "Nothing waits for a second person."
        ) { $0.status == "requested" ? .plain : .muted })
    ]
  }
}

extension Desk {
  /// Reads what nobody else could confirm.
  func readConfirmers() -> [Effect] {
    guard !place.askable.isEmpty else { return [] }
    return [
      fetch(Unconfirmable()) { [weak self] in
        self?.unconfirmable = $0
        return []
      }
    ]
  }

  /// Why `act` can't be asked for: known before anybody thinks of a reason.
  func nobodyElse(for act: JointAct) -> Phrase? {
    unconfirmable.contains(act.permission)
      ? UserMessage(Refusal.confirmation(.nobodyElse(act.permission))).phrase : nil
  }

  /// The key that asks for what takes two people; none for whoever couldn't ask.
  func asking(_ act: JointAct, by binding: Binding, unavailable: Phrase? = nil) -> [Action] {
    asking(of: [act], by: binding, unavailable: unavailable)
  }

  /// The same of `acts`, which take the same; which of several is meant is chosen first.
  func asking(of acts: [JointAct], by binding: Binding, unavailable: Phrase?) -> [Action] {
    guard let first = acts.first, place.askable.contains(first.permission) else { return [] }
    return [
      Action(binding, unavailable: unavailable ?? nobodyElse(for: first)) { [self] in
        guard acts.count > 1 else { return ask(for: first) }
        return navigator.choose(
          Chooser(
            title: "What takes two people",
            entries: acts.map { act in
              Chooser.Entry(act.phrase) { [self] in ask(for: act) }
            }))
      }
    ]
  }

  /// Asks why, and then asks for what takes two people.
  func ask(for act: JointAct) -> [Effect] {
    askWhy(
      title: "Ask for it: \(act.phrase)?",
      body: "Whoever may confirm it sees your reason. Where one person is enough it is done now.",
      confirm: "Ask", least: act.leastReason
    ) { [self] reason in
      [
        perform(RequestConfirmation(act, reason: reason), "Saving") { [navigator] outcome in
          navigator.tell(.done, outcome.said(of: act))
          return navigator.top?.load() ?? []
        }
      ]
    }
  }
}

extension JointAct {
  /// All the ways in which a year can be closed.
  static func closings(of year: Int) -> [JointAct] {
    [
      .closeYear(year), .closeYear(year, byDepartment: true), .closeYear(year, twoStage: true),
      .closeYear(year, byDepartment: true, twoStage: true),
    ]
  }
}

extension RequestConfirmation.Outcome {
  func said(of act: JointAct) -> Phrase {
    switch self {
    case .done: "\(act.phrase): done."
    case .awaits(_, let people, let end):
      "Until \(end.minute) it can be confirmed by \(people.joined(separator: ", "))."
    }
  }
}

nonisolated extension Confirmations.Row: Listed {
  var identity: ID<JointRequest> { id }
}

extension Confirmations.Row {
  fileprivate var what: Phrase { act?.phrase ?? permission.phrase() }
  fileprivate var state: Phrase { Phrase(word: status, context: "request") }
}

extension Binding {
  static let requestConfirm = Binding(
    "request.confirm", ["a"], "confirm", "Confirm it, and so do it", Confirm.permission)
  static let requestDecline = Binding(
    "request.decline", ["x"], "decline", "Say no, with a reason", DeclineConfirmation.permission)
  static let requestNew = Binding(
    "request.new", ["n"], "ask", "Ask for what takes two people", RequestConfirmation.permission)
  static let requestShow = Binding(
    "request.show", [.enter], "show", "What was asked for, and why", Confirmations.permission)
  static let requestWithdraw = Binding(
    "request.withdraw", ["D"], "withdraw", "Take back what you asked for",
    WithdrawConfirmation.permission)
}
