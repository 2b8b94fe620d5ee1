import Domain

/// Turns raw entries into balanced ones: fills in what was left out, infers costs, computes
/// assignments, checks assertions.
///
/// Assertions hold in the order of days (and of the file within a day), across all files: hledger's
/// rule, by which a file's order doesn't matter.
struct Balancing {
  private let decimals: (String) -> Int?
  private var balances: RunningBalances
  private let asserts: Bool
  private var entries: [RawEntry]
  /// For each entry what becomes of each of its postings, once known.
  private var resolved: [[[ForeignPosting]]?]

  /// One posting, or an entry that waits for a balance to be assigned.
  private struct Step {
    let day: Day
    let entry: Int
    let posting: Int?
  }

  /// `decimals` says to how many digits a commodity counts; nil where only costs are in it.
  static func balance(
    _ entries: [RawEntry], decimals: @escaping (String) -> Int?
  ) throws(ImportError) -> [ForeignEntry] {
    var work = Balancing(entries, decimals)
    try work.run()
    return zip(work.entries, work.resolved).map { $0.resolved(($1 ?? []).flatMap(\.self)) }
  }

  private init(_ entries: [RawEntry], _ decimals: @escaping (String) -> Int?) {
    self.entries = entries
    self.decimals = decimals
    let assertions = entries.lazy.flatMap(\.postings).compactMap(\.assertion)
    asserts = !assertions.isEmpty
    balances = RunningBalances(keepsInclusive: assertions.contains { $0.isInclusive })
    resolved = Array(repeating: nil, count: entries.count)
  }

  private mutating func run() throws(ImportError) {
    for index in entries.indices where !entries[index].postings.contains(where: \.isAssignment) {
      resolved[index] = try EntryBalancing(entries[index], decimals).postings()
    }
    guard asserts else { return }
    for step in steps() {
      if let posting = step.posting {
        try add(posting: posting, of: step.entry)
      } else {
        try assign(step.entry)
      }
    }
  }

  private func steps() -> [Step] {
    var steps: [Step] = []
    for (index, entry) in entries.enumerated() {
      guard resolved[index] != nil else {
        steps.append(Step(day: entry.day, entry: index, posting: nil))
        continue
      }
      for (number, posting) in entry.postings.enumerated() {
        steps.append(Step(day: posting.comment.day ?? entry.day, entry: index, posting: number))
      }
    }
    // Sorting by place too, since the order within a day matters and `sort` promises none.
    return steps.enumerated().sorted { left, right in
      (left.element.day, left.offset) < (right.element.day, right.offset)
    }.map(\.element)
  }

  private mutating func add(posting number: Int, of index: Int) throws(ImportError) {
    let raw = entries[index].postings[number]
    for posting in resolved[index]?[number] ?? [] { try add(posting.amount, to: raw) }
    try check(raw)
  }

  /// Computes the assigned amounts of an entry from the balances of its day, then balances it.
  private mutating func assign(_ index: Int) throws(ImportError) {
    var entry = entries[index]
    var postings: [RawPosting] = []
    for posting in entry.postings {
      let known = try posting.isAssignment ? assigned(posting) : [posting]
      for posting in known where !posting.isElided {
        if let amount = posting.amount { try add(amount, to: posting) }
      }
      try check(posting)
      postings += known
    }
    entry.postings = postings
    let balanced = try EntryBalancing(entry, decimals).postings()
    for (raw, known) in zip(postings, balanced) where raw.isElided {
      for posting in known { try add(posting.amount, to: raw) }
    }
    resolved[index] = balanced
  }

  /// What brings the account to the asserted balance; several postings where a total assertion
  /// empties the account of other commodities.
  private func assigned(_ posting: RawPosting) throws(ImportError) -> [RawPosting] {
    guard let assertion = posting.assertion else { return [posting] }
    let held = balances.amounts(of: posting.account, isInclusive: assertion.isInclusive)
    let wanted = assertion.amount
    let others = assertion.isTotal ? held.keys.filter { $0 != wanted.commodity }.sorted() : []
    do {
      let amount = try wanted.quantity - (held[wanted.commodity] ?? .zero)
      var amounts = others.compactMap { name in
        held[name].map { ForeignAmount($0.negated(), name) }
      }
      if !amount.isZero || amounts.isEmpty {
        amounts.append(ForeignAmount(amount, wanted.commodity))
      }
      return amounts.map { amount in
        var copy = posting
        copy.amount = amount
        return copy
      }
    } catch {
      throw tooLarge(posting)
    }
  }

  private func check(_ posting: RawPosting) throws(ImportError) {
    guard let assertion = posting.assertion else { return }
    let held = balances.amounts(of: posting.account, isInclusive: assertion.isInclusive)
    let asserted = assertion.amount
    let found = held[asserted.commodity] ?? .zero
    guard found == asserted.quantity else {
      throw ImportError(
        assertion.position,
        .balance(
          .assertionFailed(account: posting.account, asserted: asserted, found: found)))
    }
    let other = held.filter { $0.key != asserted.commodity }.min { $0.key < $1.key }
    guard assertion.isTotal, let other else { return }
    throw ImportError(
      assertion.position,
      .balance(
        .otherCommodity(
          account: posting.account, asserted: asserted,
          other: ForeignAmount(other.value, other.key))))
  }

  private mutating func add(_ amount: ForeignAmount, to posting: RawPosting) throws(ImportError) {
    do {
      try balances.add(amount, to: posting.account)
    } catch {
      throw tooLarge(posting)
    }
  }

  private func tooLarge(_ posting: RawPosting) -> ImportError {
    ImportError(posting.position, .number(.tooLarge))
  }
}

extension ImportError {
  init(_ position: SourcePosition, _ fault: ImportFault) {
    self.init(file: position.file, line: position.line, column: position.column, fault: fault)
  }
}
