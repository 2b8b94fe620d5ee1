/// Lines that seem to be the same on both sides; nothing is done by it.
package struct MatchProposal: Hashable, Sendable {
  /// Places in the lists that were given. One of the two has one element.
  package let bank: [Int]
  package let books: [Int]
  package let score: MatchScore

  /// The better first; of two as good the nearer and plainer, then as they stand in the lists.
  fileprivate func precedes(_ other: MatchProposal) -> Bool {
    let own = [-score.value, score.days, score.lines] + bank + books
    let its = [-other.score.value, other.score.days, other.score.lines] + other.bank + other.books
    return own.lexicographicallyPrecedes(its)
  }
}

/// Which lines of a bank go with which of the books (RULES §3.14): one with one, one of the bank
/// with some of the books, or some of the bank with one of the books. Each line is in one proposal
/// at the most.
package enum Matching {
  /// How far apart two lines may be: what is paid by cheque comes late.
  package static let mostDays = 60
  /// How far the lines of a sum may be from the one that they make up.
  package static let mostDaysOfSum = 10
  /// So many lines make up one at the most.
  package static let mostLines = 4
  /// So many of the nearest are tried for each line, that the search never takes long: 2 to 4 of 12
  /// lines are 781 sums.
  package static let mostCandidates = 12

  /// The best first.
  package static func proposals(
    bank: [MatchableLine], books: [MatchableLine]
  ) -> [MatchProposal] {
    var search = MatchSearch(bank: bank, books: books)
    let pairs = search.take(search.pairs())
    let several = search.take(search.sumsOfBooks())
    let together = search.take(search.sumsOfBank())
    return (pairs + several + together).sorted { $0.precedes($1) }
  }
}

/// The search for them: what was taken isn't looked at again.
private struct MatchSearch {
  private var bank: Side
  private var books: Side

  /// One of the two sides.
  struct Side {
    let lines: [MatchableLine]
    /// Places of the lines in the order of their days.
    let order: [Int]
    var free: Set<Int>

    init(_ lines: [MatchableLine]) {
      self.lines = lines
      order = lines.indices.sorted { (lines[$0].day, $0) < (lines[$1].day, $1) }
      free = Set(lines.indices)
    }

    /// Those of `places`, which are in the order of days, nearest to `day`.
    func nearest(to day: Day, among places: [Int]) -> [Int] {
      let start = first(from: day, among: places)
      let around =
        max(
          start - Matching.mostCandidates, 0)..<min(
          start + Matching.mostCandidates, places.count)
      func distance(_ place: Int) -> Int {
        abs(Int(lines[place].day.sinceEpoch) - Int(day.sinceEpoch))
      }
      return Array(
        places[around].sorted { (distance($0), $0) < (distance($1), $1) }
          .prefix(Matching.mostCandidates))
    }

    /// How many of `places` come before `day`.
    private func first(from day: Day, among places: [Int]) -> Int {
      var (low, high) = (0, places.count)
      while low < high {
        let middle = (low + high) / 2
        if lines[places[middle]].day < day { low = middle + 1 } else { high = middle }
      }
      return low
    }

    /// The free lines that may be a part of `one`: of its sign, smaller, and not far.
    func parts(of one: MatchableLine) -> [Int] {
      let days = Matching.mostDaysOfSum
      let range = one.day.adding(days: -days)...one.day.adding(days: days)
      let start = first(from: range.lowerBound, among: order)
      let window = order[start...].prefix { range.contains(lines[$0].day) }
      let parts = window.filter {
        free.contains($0) && (lines[$0].amount < .zero) == (one.amount < .zero)
          && lines[$0].amount.minorUnits.magnitude < one.amount.minorUnits.magnitude
      }
      return nearest(to: one.day, among: Array(parts))
    }
  }

  init(bank: [MatchableLine], books: [MatchableLine]) {
    self.bank = Side(bank)
    self.books = Side(books)
  }

  /// Each line of the bank with the nearest of the books that have its amount.
  func pairs() -> [MatchProposal] {
    let byAmount = Dictionary(grouping: books.order) { books.lines[$0].amount }
    return bank.lines.indices.flatMap { place -> [MatchProposal] in
      let line = bank.lines[place]
      return books.nearest(to: line.day, among: byAmount[line.amount] ?? []).compactMap { other in
        guard let score = MatchScore(line, with: [books.lines[other]]),
          score.days <= Matching.mostDays
        else { return nil }
        return MatchProposal(bank: [place], books: [other], score: score)
      }
    }
  }

  /// Each free line of the bank with the best sum of the books'.
  func sumsOfBooks() -> [MatchProposal] {
    sums(bank, of: books) { MatchProposal(bank: [$0], books: $1, score: $2) }
  }

  /// Each free line of the books with the best sum of the bank's.
  func sumsOfBank() -> [MatchProposal] {
    sums(books, of: bank) { MatchProposal(bank: $1, books: [$0], score: $2) }
  }

  private func sums(
    _ ones: Side, of others: Side, _ proposal: (Int, [Int], MatchScore) -> MatchProposal
  ) -> [MatchProposal] {
    ones.free.sorted().compactMap { place -> MatchProposal? in
      let one = ones.lines[place]
      let sums = SumSearch(one, parts: others.parts(of: one), of: others.lines).found
      return sums.compactMap { sum in
        MatchScore(one, with: sum.map { others.lines[$0] }).map { proposal(place, sum, $0) }
      }.min { $0.precedes($1) }
    }
  }

  /// The best of what was found, each line once.
  mutating func take(_ found: [MatchProposal]) -> [MatchProposal] {
    var taken: [MatchProposal] = []
    for proposal in found.sorted(by: { $0.precedes($1) })
    where bank.free.isSuperset(of: proposal.bank) && books.free.isSuperset(of: proposal.books) {
      bank.free.subtract(proposal.bank)
      books.free.subtract(proposal.books)
      taken.append(proposal)
    }
    return taken
  }
}

/// The sums of a few lines that make up one.
private struct SumSearch {
  private let parts: [Int]
  private let lines: [MatchableLine]
  private(set) var found: [[Int]] = []

  init(_ one: MatchableLine, parts: [Int], of lines: [MatchableLine]) {
    self.parts = parts
    self.lines = lines
    extend([], from: 0, left: one.amount.minorUnits.magnitude)
  }

  private mutating func extend(_ chosen: [Int], from start: Int, left: UInt64) {
    guard left > 0 else { return found.append(chosen.sorted()) }
    guard chosen.count < Matching.mostLines else { return }
    for index in parts.indices.dropFirst(start) {
      let size = lines[parts[index]].amount.minorUnits.magnitude
      if size <= left { extend(chosen + [parts[index]], from: index + 1, left: left - size) }
    }
  }
}
