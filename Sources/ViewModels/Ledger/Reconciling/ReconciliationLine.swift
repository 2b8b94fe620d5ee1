import Domain
import Operations
import Phrases

/// A line of either side of a reconciliation, on the screen.
nonisolated struct ReconciliationLine: Listed, Hashable, Sendable {
  enum Side: Hashable, Sendable {
    case bank(ReconciliationSheet.Bank)
    case books(ReconciliationSheet.Book)
  }

  enum Identity: Hashable {
    case bank(ID<Domain.StatementLine>)
    case books(ID<Line>)
  }

  let side: Side
  /// What it seems to be on the other side.
  let proposal: ProposedMatches.Row?
  /// Whether it stands below another of what it belongs to.
  let isBelow: Bool

  var identity: Identity {
    switch side {
    case .bank(let line): .bank(line.id)
    case .books(let line): .books(line.id)
    }
  }

  var bank: ReconciliationSheet.Bank? { if case .bank(let line) = side { line } else { nil } }
  var book: ReconciliationSheet.Book? { if case .books(let line) = side { line } else { nil } }

  /// The line of the bank where nothing was done to it yet.
  var unmatched: ReconciliationSheet.Bank? {
    bank.flatMap { $0.status == .unmatched ? $0 : nil }
  }

  /// The line of the books where nothing was done to it yet.
  var uncleared: ReconciliationSheet.Book? {
    book.flatMap { $0.clearance == .uncleared ? $0 : nil }
  }

  var isLeft: Bool { unmatched != nil || uncleared != nil }

  var day: Day {
    switch side {
    case .bank(let line): line.day
    case .books(let line): line.day
    }
  }

  var text: String {
    switch side {
    case .bank(let line): line.text.isEmpty ? line.counterparty : line.text
    case .books(let line): line.text
    }
  }

  var counterparty: String {
    switch side {
    case .bank(let line): line.counterparty
    case .books(let line): line.counterparty
    }
  }

  var reference: String {
    switch side {
    case .bank(let line): line.reference
    case .books(let line): line.reference
    }
  }

  var state: Phrase {
    if proposal != nil { return "proposed" }
    return switch side {
    case .bank(let line): line.status.phrase
    case .books(let line) where line.match != nil && line.clearance == .cleared:
      StatementLineStatus.matched.phrase
    case .books(let line): line.clearance.phrase
    }
  }

  /// How good a proposal is, or which match it is in: `925`, `#3`.
  var match: String {
    if let proposal { return String(proposal.score.value) }
    let number = bank?.match ?? book?.match
    return number.map { "#\($0)" } ?? ""
  }
}

extension ReconciliationLine {
  /// What is proposed first, the best on top, then what is left on either side, then what is done.
  static func lines(of sheet: ReconciliationSheet.Value) -> [ReconciliationLine] {
    let bank = sheet.bank.map { Side.bank($0) }
    let books = sheet.books.map { Side.books($0) }
    var groups = sheet.proposals.map { proposal in
      group(
        proposal.bank.map { Side.bank($0) } + proposal.books.map { Side.books($0) },
        proposal: proposal)
    }
    let proposed = Set(groups.joined().map(\.identity))
    let single = (bank + books).map { ReconciliationLine(side: $0, proposal: nil, isBelow: false) }
    groups += single.filter { $0.isLeft && !proposed.contains($0.identity) }.map { [$0] }
    let done = single.filter { !$0.isLeft }
    let matched = Dictionary(grouping: done) { $0.bank?.match ?? $0.book?.match }
    groups += matched.keys.compactMap(\.self).sorted().map { number in
      group((matched[number] ?? []).map(\.side), proposal: nil)
    }
    return groups.flatMap(\.self) + (matched[nil] ?? [])
  }

  private static func group(
    _ sides: [Side], proposal: ProposedMatches.Row?
  ) -> [ReconciliationLine] {
    sides.enumerated().map { index, side in
      ReconciliationLine(side: side, proposal: proposal, isBelow: index > 0)
    }
  }
}
