import Domain

/// Balances one entry: its real postings among each other, and its balanced virtual ones.
struct EntryBalancing {
  private let entry: RawEntry
  private let decimals: (String) -> Int?

  init(_ entry: RawEntry, _ decimals: @escaping (String) -> Int?) {
    self.entry = entry
    self.decimals = decimals
  }

  /// For each posting in order what becomes of it: itself with its amount, and where that was left
  /// out, one for each commodity that it takes.
  func postings() throws(ImportError) -> [[ForeignPosting]] {
    do {
      let real = try group(.real)
      let virtual = try group(.virtualBalanced)
      return entry.postings.enumerated().map { index, posting in
        switch posting.kind {
        case .real: return real[index] ?? []
        case .virtualBalanced: return virtual[index] ?? []
        case .virtualUnbalanced:
          let amount = posting.amount ?? ForeignAmount(.zero, "")
          return [posting.resolved(amount, cost: posting.cost?.total)]
        }
      }
    } catch let refusal as ImportError {
      throw refusal
    } catch {
      throw ImportError(entry.position, .number(.tooLarge))
    }
  }

  /// The postings of one kind by their place in the entry.
  private func group(_ kind: ForeignPosting.Kind) throws -> [Int: [ForeignPosting]] {
    var postings = entry.postings.enumerated().filter { $0.element.kind == kind }
    let elided = postings.filter(\.element.isElided)
    guard elided.count <= 1 else {
      throw ImportError(elided[1].element.position, .balance(.severalElided))
    }
    let sum = try AmountSums(postings.compactMap(\.element.weight))
    if elided.isEmpty, let costs = try CostInference(postings.map(\.element), sum)?.costs() {
      for index in postings.indices { postings[index].element.cost = costs[index] }
    } else if elided.isEmpty {
      let remainders = sum.amounts.filter { !isNothing($0) }
      guard remainders.isEmpty else {
        throw ImportError(entry.position, .balance(.unbalanced(remainders, kind)))
      }
    }
    return Dictionary(
      uniqueKeysWithValues: postings.map { index, posting in
        (index, resolve(posting, elidedTakes: sum))
      })
  }

  private func resolve(_ posting: RawPosting, elidedTakes sum: AmountSums) -> [ForeignPosting] {
    if let amount = posting.amount { return [posting.resolved(amount, cost: posting.cost?.total)] }
    let taken = sum.amounts.filter { !$0.quantity.isZero }
    guard !taken.isEmpty else {
      return [posting.resolved(ForeignAmount(.zero, sum.amounts.first?.commodity ?? ""), cost: nil)]
    }
    return taken.map { amount in
      posting.resolved(ForeignAmount(amount.quantity.negated(), amount.commodity), cost: nil)
    }
  }

  /// At most half a unit of the commodity's last digit is nothing, as in hledger and ledger. Where
  /// only costs are in a commodity, the digits they were written with decide.
  private func isNothing(_ amount: ForeignAmount) -> Bool {
    let costDecimals = entry.postings.compactMap { posting in
      posting.cost?.total.commodity == amount.commodity ? posting.cost?.decimals : nil
    }
    let digits = decimals(amount.commodity) ?? costDecimals.max() ?? 0
    let quantity = amount.quantity
    let half = Quantity(5, decimals: digits + 1)
    return quantity.isZero || quantity <= half && half.negated() <= quantity
  }
}

/// Sums by commodity, in the order of first sight.
struct AmountSums {
  private var places: [String: Int] = [:]
  private(set) var amounts: [ForeignAmount] = []

  init(_ terms: some Sequence<ForeignAmount>) throws(AmountError) {
    for term in terms {
      if let place = places[term.commodity] {
        amounts[place].quantity = try amounts[place].quantity + term.quantity
      } else {
        places[term.commodity] = amounts.count
        amounts.append(term)
      }
    }
  }
}

/// Two commodities without a cost between them, of opposite signs: the first was exchanged for the
/// second.
struct CostInference {
  private let postings: [RawPosting]
  private let from: ForeignAmount
  private let to: ForeignAmount

  init?(_ postings: [RawPosting], _ sum: AmountSums) {
    let left = sum.amounts.filter { !$0.quantity.isZero }
    guard left.count == 2, !postings.contains(where: { $0.cost != nil }),
      (left[0].quantity < .zero) != (left[1].quantity < .zero)
    else { return nil }
    self.postings = postings
    (from, to) = (left[0], left[1])
  }

  /// A cost for each posting in the first commodity, in proportion, exact in all: the last one
  /// takes what rounding leaves.
  func costs() throws(AmountError) -> [RawCost?] {
    let total = to.quantity.negated()
    let decimals = total.decimals
    let shared = postings.indices.filter { postings[$0].amount?.commodity == from.commodity }
    var costs = [RawCost?](repeating: nil, count: postings.count)
    var rest = total
    for index in shared {
      guard let amount = postings[index].amount else { continue }
      let share =
        index == shared.last
        ? rest
        : try (amount.quantity * total).divided(by: from.quantity, decimals: decimals)
      rest = try rest - share
      costs[index] = RawCost(total: ForeignAmount(share, to.commodity), decimals: decimals)
    }
    return costs
  }
}
