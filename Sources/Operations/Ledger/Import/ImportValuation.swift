import Domain

/// Turns the postings of one entry into lines whose base amounts balance exactly (RULES R30).
///
/// What lines weigh in a commodity adds up to nothing in every entry, so whatever is weighed in one
/// commodity is valued by one rate: that of a line which is in the base currency itself, else the
/// rate of the day. Where there is neither, those lines stay unvalued.
struct ImportValuation {
  let currencies: ImportCurrencies
  let rates: ImportRates
  let rounding: Rounding
  let account: (String) -> ID<Account>
  /// That of a code or a name; nil where there is none.
  let department: (String) -> ID<Department>?
  /// Takes what no line can.
  let roundingAccount: () throws -> ID<Account>

  /// The lines of `entry`, without those of amount zero.
  func lines(of entry: ForeignEntry) throws -> [LineContent] {
    try checkVirtual(entry)
    let postings = try entry.postings.filter(isCounted)
    var lines = try postings.map(unvaluedLine)
    for (commodity, members) in weighed(postings) {
      try value(members, weighing: commodity, of: postings, on: entry.day, &lines)
    }
    try absorbDifference(in: &lines, of: entry)
    return lines
  }

  /// Zero lines are left out; one that costs something all the same makes no sense.
  private func isCounted(_ posting: ForeignPosting) throws -> Bool {
    guard posting.amount.quantity.isZero else { return true }
    guard posting.cost?.quantity.isZero ?? true else {
      throw Refusal.importing(ImportProblem(posting.position, .costWithoutAmount))
    }
    return false
  }

  private func checkVirtual(_ entry: ForeignEntry) throws {
    let free = entry.postings.filter { $0.kind == .virtualUnbalanced }
    guard let first = free.first else { return }
    var sums: [String: Quantity] = [:]
    for posting in free {
      let weight = posting.weight
      sums[weight.commodity] = try (sums[weight.commodity] ?? .zero) + weight.quantity
    }
    if let sum = sums.sorted(by: { $0.key < $1.key }).first(where: { !$0.value.isZero }) {
      throw Refusal.importing(ImportProblem(first.position, .unbalancedVirtual(sum.key)))
    }
  }

  private func unvaluedLine(_ posting: ForeignPosting) throws -> LineContent {
    let unit = currencies.unit(of: posting.amount.commodity)
    let amount = try currencies.money(of: posting)
    let isBase = unit.code == currencies.base.code
    return LineContent(
      account: account(posting.account), currency: unit.code, amount: amount,
      base: isBase ? amount : .zero, isUnvalued: !isBase, description: posting.comment,
      department: department(of: posting), project: text(.project, of: posting) ?? "",
      counterparty: text(.counterparty, of: posting) ?? "",
      reference: text(.reference, of: posting) ?? "", particulars: particulars(of: posting),
      tags: tags(of: posting))
  }

  /// The postings by what they weigh in, the base currency first, as its lines fix the rest.
  private func weighed(_ postings: [ForeignPosting]) -> [(String, [Int])] {
    let groups = Dictionary(grouping: postings.indices) { code(of: postings[$0].weight) }
    return groups.sorted { left, right in
      let (leftIsBase, rightIsBase) = (
        left.key == currencies.base.code, right.key == currencies.base.code
      )
      return leftIsBase == rightIsBase ? left.key < right.key : leftIsBase
    }.map { ($0.key, $0.value) }
  }

  private func code(of amount: ForeignAmount) -> String {
    currencies.unit(of: amount.commodity).code
  }

  private func value(
    _ members: [Int], weighing commodity: String, of postings: [ForeignPosting], on day: Day,
    _ lines: inout [LineContent]
  ) throws {
    let isBase = commodity == currencies.base.code
    let stored = isBase ? nil : rates.rate(of: commodity, on: day)
    let implied = isBase ? nil : try impliedRate(members, of: postings, lines)
    guard isBase || implied != nil || stored != nil else { return }
    for index in members where lines[index].isUnvalued {
      let posting = postings[index]
      let exact =
        if let implied {
          try (posting.weight.quantity * implied.worth).divided(
            by: implied.weight, decimals: currencies.base.exponent, rounding: rounding)
        } else {
          try (stored?.rate ?? ExchangeRate(mantissa: 1, scale: 0)).worth(
            of: posting.weight.quantity, decimals: currencies.base.exponent, rounding)
        }
      let base = try exact.money(exponent: currencies.base.exponent)
      guard base.isZero || (base > .zero) == (lines[index].amount > .zero) else {
        throw Refusal.importing(ImportProblem(posting.position, .costOfOtherSign))
      }
      lines[index].base = base
      lines[index].isUnvalued = false
      if implied == nil, posting.cost == nil {
        (lines[index].rate, lines[index].rateDay) = (stored?.rate, stored?.day)
        lines[index].rateOrigin = stored?.origin ?? .manual
      }
    }
  }

  /// What lines in the base currency say that others are worth: −11 USD for 10 EUR.
  private func impliedRate(
    _ members: [Int], of postings: [ForeignPosting], _ lines: [LineContent]
  ) throws -> (worth: Quantity, weight: Quantity)? {
    let fixed = members.filter { !lines[$0].isUnvalued }
    guard !fixed.isEmpty else { return nil }
    var (worth, weight) = (Quantity.zero, Quantity.zero)
    for index in fixed {
      worth = try worth + Quantity(lines[index].base, exponent: currencies.base.exponent)
      weight = try weight + postings[index].weight.quantity
    }
    return weight.isZero ? nil : (worth, weight)
  }

  /// Where no line takes what rounding leaves, the rounding account does (R30). More than that is
  /// refused.
  private func absorbDifference(in lines: inout [LineContent], of entry: ForeignEntry) throws {
    lines = try absorbingRounding(lines)
    let difference = try lines.map(\.base).total()
    guard !difference.isZero else { return }
    guard difference.minorUnits.magnitude <= mostRounding(lines: lines.count) else {
      throw Refusal.importing(
        ImportProblem(
          entry.position, .basesDiffer(difference, currency: currencies.base.code)))
    }
    lines.append(
      LineContent(
        account: try roundingAccount(), currency: currencies.base.code,
        amount: try difference.negated(), description: "Rounding"))
  }

  /// What a line says beyond its comment, for exports and searches.
  private func tags(of posting: ForeignPosting) -> String {
    var tags = posting.status.tags
    if let day = posting.day { tags.append(EntryTag("date", day.text)) }
    if let day = posting.secondaryDay { tags.append(EntryTag("date2", day.text)) }
    if let cost = posting.cost, code(of: cost) != currencies.base.code {
      tags.append(EntryTag("cost", cost.quantity.text))
      tags.append(EntryTag("cost-in", code(of: cost)))
    }
    let taken =
      LineText.allCases.filter { text($0, of: posting) != nil }.map(\.tag)
      + (department(of: posting) == nil ? [] : [EntryTag.department])
      + (particulars(of: posting).tax == nil ? [] : [EntryTag.taxAmount])
      + (particulars(of: posting).quantity == nil ? [] : [EntryTag.quantity])
    return (tags + posting.tags.map { EntryTag($0) }.filter { !taken.contains($0.name) }).json
  }

  /// The last that is named: what an export adds comes after what a comment says.
  private func department(of posting: ForeignPosting) -> ID<Department>? {
    posting.tags.last { $0.name == EntryTag.department }.flatMap { department($0.value) }
  }

  /// What can't be read as that stays a tag.
  private func particulars(of posting: ForeignPosting) -> LineParticulars {
    func said(_ name: String) -> String? { posting.tags.last { $0.name == name }?.value }
    let exponent = currencies.unit(of: posting.amount.commodity).exponent
    return LineParticulars(
      taxCode: text(.taxCode, of: posting) ?? "",
      tax: said(EntryTag.taxAmount).flatMap { Quantity($0) }.flatMap {
        try? $0.money(exponent: exponent)
      },
      quantity: said(EntryTag.quantity).flatMap { LineQuantity(typed: $0) })
  }

  /// What a tag says that a line has a column for; nil where there is none, or where the column
  /// doesn't take it.
  private func text(_ text: LineText, of posting: ForeignPosting) -> String? {
    let value = posting.tags.last { $0.name == text.tag }?.value ?? ""
    guard !value.isEmpty, value.unicodeScalars.count <= text.mostCharacters,
      text != .taxCode || value.fitsTag
    else { return nil }
    return value
  }
}

extension LineText {
  /// The tag that says it in a journal.
  var tag: String {
    switch self {
    case .project: EntryTag.project
    case .counterparty: EntryTag.party
    case .reference: EntryTag.reference
    case .taxCode: EntryTag.taxCode
    }
  }
}

extension EntryTag {
  init(_ tag: ForeignTag) { self.init(tag.name, tag.value) }
}

extension ForeignStatus {
  /// The mark itself as a name, which no tag of a journal can have.
  var tags: [EntryTag] {
    switch self {
    case .unmarked: []
    case .pending: [EntryTag("!")]
    case .cleared: [EntryTag("*")]
    }
  }
}
