/// What is wrong with an entry that is about to be submitted or posted (V1 to V9 of RULES §3.3).
package enum EntryFault: Hashable, Sendable {
  case fewerThanTwoLines
  case noDescription
  /// No entry from there is of this type (V8).
  case typeNotAllowed(EntryType, from: EntrySource)
  /// A reversal of another type, or what reverses nothing as a reversal.
  case reversalMistyped
  /// Only adjusting entries are taken back by themselves, and later than they are made.
  case reversesItself(on: Day)
  /// Debits less credits; in the base currency or, in an entry of one currency, in that.
  case unbalanced(difference: Money, currency: String)
  /// What people enter of so much or more needs a file that proves it (V9).
  case evidenceNeeded(from: Money, currency: String)
  case noPeriod(Day)
  /// `firstOpen` is the first day after it that can be posted on; nil where there is none.
  case periodNotOpen(name: String, PeriodStatus, firstOpen: Day? = nil)
  /// It has `count` characters.
  case tooLong(EntryText, count: Int)
  /// `line` counts from 0.
  case line(Int, LineFault)
}

/// The texts of an entry, as the form calls them, and how long they may be: the schema repeats it.
package enum EntryText: String, Sendable, CaseIterable {
  case description = "Text"
  case reference = "Ref"
  case payee = "Payee"
  case notes = "Notes"

  /// In Unicode's code points, which SQLite counts.
  package var mostCharacters: Int {
    switch self {
    case .description: 1_000
    case .reference: 200
    case .payee: 500
    case .notes: 16_000
    }
  }
}

/// What a line says besides its description, and how long that may be: the schema repeats it.
package enum LineText: String, Sendable, CaseIterable {
  case project
  case counterparty
  case reference
  case taxCode = "tax code"

  /// In Unicode's code points, which SQLite counts.
  package var mostCharacters: Int {
    switch self {
    case .project: 100
    case .counterparty, .reference: 200
    case .taxCode: 32
    }
  }
}

/// What is wrong with one line.
package enum LineFault: Hashable, Sendable {
  case noAmount
  case unknownAccount
  case heading(String)
  case archived(String)
  /// The account is kept by party (R9), and neither the line nor the entry names one.
  case partyNeeded(String)
  /// What a subledger should write to the account is written by hand (R9), and the entry's notes don't
  /// say why.
  case reasonNeeded(String)
  case wrongCurrency(account: String, holds: String)
  case departmentNeeded(String)
  /// Its description has `count` characters.
  case memoTooLong(count: Int)
  /// It has `count` characters.
  case tooLong(LineText, count: Int)
  /// No tag of a journal could hold it.
  case unfitTaxCode
  case unknownDepartment
  case departmentNotInUse(String)
}

/// What a check needs to know of an account that a line names.
package struct AccountFacts: Hashable, Sendable {
  /// `1000 Bank`.
  package let label: String
  package let isActive: Bool
  package let isHeader: Bool
  package let isControl: Bool
  /// The only currency its lines may have; nil is any (R12).
  package let currency: String?
  package let requiresDepartment: Bool

  package init(
    label: String, isActive: Bool, isHeader: Bool, isControl: Bool, currency: String?,
    requiresDepartment: Bool
  ) {
    self.label = label
    self.isActive = isActive
    self.isHeader = isHeader
    self.isControl = isControl
    self.currency = currency
    self.requiresDepartment = requiresDepartment
  }
}

/// What a check needs to know of a department that a line names.
package struct DepartmentFacts: Hashable, Sendable {
  /// `SHP Shop`.
  package let label: String
  /// The first day whose entries may not name it any more; nil while it is in use.
  package let inactiveFrom: Day?

  package init(label: String, inactiveFrom: Day?) {
    self.label = label
    self.inactiveFrom = inactiveFrom
  }

  /// Whether entries of that day may name it.
  package func isInUse(on day: Day) -> Bool { inactiveFrom.map { day < $0 } ?? true }
}

/// What a check needs to know of a business, as far as an entry names it.
package struct EntryFacts: Sendable {
  package var accounts: [ID<Account>: AccountFacts]
  package var departments: [ID<Department>: DepartmentFacts]
  package var baseCurrency: String
  /// What the entry takes back.
  package var reverses: ID<Entry>?
  /// From which total on what people enter needs a file; nil is never.
  package var evidenceFrom: Money?
  /// Whether a file that is in sight proves the entry, or what it puts right.
  package var hasEvidence: Bool

  package init(
    accounts: [ID<Account>: AccountFacts], departments: [ID<Department>: DepartmentFacts] = [:],
    baseCurrency: String, reverses: ID<Entry>? = nil,
    evidenceFrom: Money? = nil, hasEvidence: Bool = false
  ) {
    self.accounts = accounts
    self.departments = departments
    self.baseCurrency = baseCurrency
    self.reverses = reverses
    self.evidenceFrom = evidenceFrom
    self.hasEvidence = hasEvidence
  }
}

extension EntryType {
  /// Those that people write.
  package static var byHand: [EntryType] { allCases.filter { $0.comes(from: .manual) } }

  /// Whether entries of this type come from `source`; some are written by the system alone (V8).
  package func comes(from source: EntrySource) -> Bool {
    switch self {
    case .standard, .correction: true
    case .closing, .reversing, .recurring: source == .system
    case .opening: [.manual, .imported, .system].contains(source)
    case .adjusting:
      [.manual, .imported, .payroll, .inventory, .depreciation, .system].contains(source)
    }
  }
}

extension EntryContent {
  /// Texts that no entry can hold, not even a draft.
  package var textFaults: [EntryFault] {
    let texts: [(EntryText, String)] = [
      (.description, description), (.reference, reference), (.payee, payee), (.notes, notes),
    ]
    let own = texts.compactMap { kind, text -> EntryFault? in
      let count = text.unicodeScalars.count
      return count > kind.mostCharacters ? .tooLong(kind, count: count) : nil
    }
    return own
      + lines.enumerated().flatMap { index, line in
        line.textFaults.map { EntryFault.line(index, $0) }
      }
  }

  /// Everything that is wrong with the lines and the sums, in the order of the form.
  package func faults(by facts: EntryFacts) throws(AmountError) -> [EntryFault] {
    var faults: [EntryFault] = []
    if description.allSatisfy(\.isWhitespace) { faults.append(.noDescription) }
    if !type.comes(from: source) { faults.append(.typeNotAllowed(type, from: source)) }
    // What closed a year is taken back by what counts as it does (RULES §3.7).
    if type != .closing, (type == .reversing) != (facts.reverses != nil) {
      faults.append(.reversalMistyped)
    }
    if let reversesOn, type != .adjusting || reversesOn <= date {
      faults.append(.reversesItself(on: reversesOn))
    }
    for (index, line) in lines.enumerated() {
      if let fault = line.fault(in: self, facts) {
        faults.append(.line(index, fault))
      }
    }
    if lines.count < 2 { faults.append(.fewerThanTwoLines) }
    if let fault = try imbalance(baseCurrency: facts.baseCurrency) { faults.append(fault) }
    if let least = facts.evidenceFrom, needsEvidence, !facts.hasEvidence,
      try total() >= least
    {
      faults.append(.evidenceNeeded(from: least, currency: facts.baseCurrency))
    }
    return faults
  }

  /// Standard entries and corrections that people make (V9): what was imported is in the file that it
  /// came from.
  private var needsEvidence: Bool {
    [.standard, .correction].contains(type) && ![.system, .imported].contains(source)
  }

  /// V3 and V4: Σ base = 0 and, where all lines share a currency, Σ of that.
  package func imbalance(baseCurrency: String) throws(AmountError) -> EntryFault? {
    if let currency = lines.first?.currency, lines.allSatisfy({ $0.currency == currency }) {
      let difference = try lines.map(\.amount).total()
      if !difference.isZero { return .unbalanced(difference: difference, currency: currency) }
    }
    let difference = try lines.map(\.base).total()
    return difference.isZero ? nil : .unbalanced(difference: difference, currency: baseCurrency)
  }
}

extension LineContent {
  fileprivate var textFaults: [LineFault] {
    let memo = description.unicodeScalars.count
    let texts: [(LineText, Int)] = [
      (.project, project.unicodeScalars.count), (.counterparty, counterparty.unicodeScalars.count),
      (.reference, reference.unicodeScalars.count),
      (.taxCode, particulars.taxCode.unicodeScalars.count),
    ]
    return (memo > EntryText.description.mostCharacters ? [.memoTooLong(count: memo)] : [])
      + texts.filter { $1 > $0.mostCharacters }.map { .tooLong($0, count: $1) }
      + (particulars.taxCode.fitsTag ? [] : [.unfitTaxCode])
  }

  fileprivate func fault(in entry: EntryContent, _ facts: EntryFacts) -> LineFault? {
    guard let account = facts.accounts[self.account] else { return .unknownAccount }
    if account.isHeader { return .heading(account.label) }
    if !account.isActive { return .archived(account.label) }
    if let holds = account.currency, holds != currency {
      return .wrongCurrency(account: account.label, holds: holds)
    }
    // What takes something back is whose that was; a revaluation and a closing are of the whole
    // account.
    if account.isControl, entry.type != .closing, facts.reverses == nil, !amount.isZero,
      party(in: entry).isEmpty
    {
      return .partyNeeded(account.label)
    }
    // Books that are opened have their reason.
    if account.isControl, entry.type.isByHand(from: entry.source), entry.type != .opening,
      facts.reverses == nil, entry.notes.allSatisfy(\.isWhitespace)
    {
      return .reasonNeeded(account.label)
    }
    if account.requiresDepartment, department == nil, entry.type != .closing, !amount.isZero {
      return .departmentNeeded(account.label)
    }
    // What was booked for a department before it closed can be taken back ever after (R37), and
    // closed with its year.
    if let department, facts.reverses == nil, entry.type != .closing {
      guard let facts = facts.departments[department] else { return .unknownDepartment }
      if !facts.isInUse(on: entry.date) { return .departmentNotInUse(facts.label) }
    }
    // Only a revaluation, which people don't write, changes the base amount alone (V2).
    if amount.isZero,
      base.isZero || entry.type.isByHand(from: entry.source) || entry.source != .system
    {
      return .noAmount
    }
    return nil
  }
}

/// The most that rounding leaves in an entry of so many lines, in minor units: half of one each
/// (R30).
package func mostRounding(lines: Int) -> UInt64 { UInt64(lines / 2) }

/// The rounding of R30: where an entry of one foreign currency balances in it but not in the base
/// currency, the largest line (the first of equals) takes the difference, which its rate then
/// explains no more. More than `mostRounding` isn't rounding, and a line that would change its side
/// is none to take it: both stay.
package func absorbingRounding(_ lines: [LineContent]) throws(AmountError) -> [LineContent] {
  guard let currency = lines.first?.currency, lines.allSatisfy({ $0.currency == currency }),
    try lines.map(\.amount).total().isZero
  else { return lines }
  let difference = try lines.map(\.base).total()
  guard !difference.isZero, difference.minorUnits.magnitude <= mostRounding(lines: lines.count)
  else { return lines }
  let largest = lines.indices.filter { !lines[$0].isUnvalued }.max {
    let (left, right) = (lines[$0].base.minorUnits.magnitude, lines[$1].base.minorUnits.magnitude)
    return left == right ? $0 > $1 : left < right
  }
  guard let largest, lines[largest].base.minorUnits.magnitude > difference.minorUnits.magnitude
  else { return lines }
  var result = lines
  result[largest].base = try lines[largest].base - difference
  (result[largest].rate, result[largest].rateDay) = (nil, nil)
  result[largest].rateOrigin = .manual
  return result
}
