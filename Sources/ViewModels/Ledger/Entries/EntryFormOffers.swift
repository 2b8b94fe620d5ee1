import Domain
import Keys
package import Operations
import Phrases

/// What the form offers to take: accounts, earlier entries, the amount that balances.
extension EntryForm {
  mutating func refreshGhosts() {
    let open = openLines
    for index in lines.indices {
      let isFocused = if case .line(index, _) = focus { true } else { false }
      let isOffered = open.contains(index) && (isFocused || open.count == 1)
      let offer = isOffered ? balancing(index).flatMap { $0.amount.isZero ? nil : $0 } : nil
      let text = offer.map { self.text($0, on: lines[index]) } ?? ""
      let isCredit = offer.map { $0.amount < .zero } ?? false
      lines[index].debit.ghost = isCredit ? "" : text
      lines[index].credit.ghost = isCredit ? text : ""
    }
  }

  mutating func takeOffer() {
    if focus == .description { takeEarlier() }
    guard case .line(let index, let column) = focus else { return }
    switch column {
    case .account:
      guard let highlighted, matches.indices.contains(highlighted) else { return }
      let row = matches[highlighted]
      guard row.refusalToTake == nil else { return }
      lines[index].chosen = row
      lines[index].account = FieldState("Account", row.label)
      self.highlighted = nil
    case .debit, .credit:
      if !lines[index].debit.ghost.isEmpty || !lines[index].credit.ghost.isEmpty,
        let amount = balancing(index)
      {
        put(amount, in: index)
      }
    case .memo: break
    }
  }

  /// Lines with an account but no amount.
  private var openLines: [Int] {
    lines.indices.filter {
      lines[$0].chosen != nil && lines[$0].debit.text.isEmpty && lines[$0].credit.text.isEmpty
    }
  }

  /// Before committing: the one line that has an account but no amount takes what balances.
  package mutating func takeBalance() {
    let open = openLines
    guard open.count == 1, let index = open.first, let written = balancing(index) else { return }
    // Where nothing was gained or lost nothing is left to say.
    if written.amount.isZero, lines[index].chosen?.id == facts.exchangeAccount {
      lines.remove(at: index)
      return move(to: .line(0, side(of: 0)))
    }
    put(written, in: index)
  }

  mutating func openList() {
    guard case .line(_, .account) = focus else { return }
    listsAll = true
    highlighted = matches.firstIndex { $0.refusalToTake == nil }
  }

  /// Fills the form with the earlier entry that is highlighted. Lines that somebody wrote already
  /// stay: nothing that was typed is ever written over.
  private mutating func takeEarlier() {
    guard let highlighted, offered.indices.contains(highlighted) else { return }
    let earlier = offered[highlighted].content
    offered = []
    self.highlighted = nil
    tookOffer = true
    guard lines.allSatisfy(\.isBlank) else {
      description.editor = LineEditor(earlier.description)
      return
    }
    fill(with: earlier)
    // That was another document.
    for index in lines.indices { lines[index].details.forgetDocument() }
  }

  mutating func highlight(_ step: Int) {
    guard let now = highlighted else { return }
    if focus == .description {
      let next = now + step
      highlighted = next < 0 ? nil : min(next, offered.count - 1)
      return
    }
    let open = matches.indices.filter { matches[$0].refusalToTake == nil }
    guard let place = open.firstIndex(of: now) else { return }
    highlighted = open[min(max(place + step, 0), open.count - 1)]
  }

  /// Accounts that fit what was typed: numbers that begin with it, names that have a word beginning
  /// with it, then names that hold it; the most used first.
  package var matches: [ChartOfAccounts.Row] {
    guard case .line(let index, .account) = focus else { return [] }
    let wanted = lines[index].account.text.lowercased()
    if lines[index].chosen != nil, !listsAll { return [] }
    guard !wanted.isEmpty, !listsAll else { return listsAll ? facts.accounts : [] }
    return facts.accounts.compactMap { row in row.rank(for: wanted).map { (row, $0) } }
      .sorted {
        ($0.1, $1.0.uses, $0.0.number) < ($1.1, $0.0.uses, $1.0.number)
      }
      .map(\.0)
  }
}

extension EntryFormScreen {
  /// The first open day after one whose period isn't open (R23).
  func offerOpenDay(after error: any Error) {
    guard case Refusal.faults(let faults)? = error as? Refusal, form?.period?.status != .open
    else { return }
    for fault in faults {
      guard case .periodNotOpen(_, _, let day?) = fault else { continue }
      _ = desk.navigator.ask(
        Dialog(
          title: "Move it to \(day.text)?", body: UserMessage.words(fault), confirm: "Move"
        ) { [weak self] _ in
          self?.change {
            $0.clearFaults()
            $0.choose(day)
          }
          return []
        })
      return
    }
  }
}
