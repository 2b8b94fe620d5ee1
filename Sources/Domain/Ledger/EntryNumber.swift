/// What an entry is, which decides its series and what may be posted where.
package enum EntryType: String, Sendable, CaseIterable {
  case standard
  case adjusting
  case closing
  case reversing
  case recurring
  case opening
  case correction

  /// The series that numbers entries of this type (R13).
  package var series: String {
    switch self {
    case .standard: "GJ"
    case .adjusting: "AJ"
    case .reversing: "RV"
    case .opening: "OB"
    case .closing: "CL"
    case .recurring: "RC"
    case .correction: "CO"
    }
  }

  /// Whether a person wrote it: what comes again is theirs, though the system writes it.
  package func isByHand(from source: EntrySource) -> Bool {
    source == .manual || self == .recurring
  }
}

/// What an adjusting entry is for (RULES §3.8).
package enum AdjustmentKind: String, Sendable, CaseIterable {
  case accrual
  case deferral
  case depreciation
  case estimate
  case revaluation
}

/// Where an entry came from.
package enum EntrySource: String, Sendable, CaseIterable {
  case manual
  case invoice
  case bill
  case payment
  case receipt
  case payroll
  case inventory
  case depreciation
  case imported = "import"
  case system
}

/// The gapless number that an entry gets when it is posted: `GJ-2026-000123` (R13, R14).
package struct EntryNumber: Hashable, Sendable {
  package let series: String
  package let fiscalYear: Int
  package let sequence: Int

  package init(series: String, fiscalYear: Int, sequence: Int) {
    self.series = series
    self.fiscalYear = fiscalYear
    self.sequence = sequence
  }

  package var text: String { "\(series)-\(fiscalYear)-\(padded(sequence, to: 6))" }

  /// Numbers as they are told, those that follow each other by their first and last:
  /// `GJ-2026-000001..000003, RC-2026-000001`.
  package static func spans(of numbers: [String]) -> String {
    var spans: [(first: EntryNumber, last: EntryNumber)] = []
    for number in numbers.compactMap(Self.init(text:)) {
      if let last = spans.last?.last, number == last.next {
        spans[spans.count - 1].last = number
      } else {
        spans.append((number, number))
      }
    }
    return spans.map { first, last in
      first == last ? first.text : "\(first.text)..\(padded(last.sequence, to: 6))"
    }.joined(separator: ", ")
  }

  private var next: EntryNumber {
    EntryNumber(series: series, fiscalYear: fiscalYear, sequence: sequence + 1)
  }

  private init?(text: String) {
    let parts = text.split(separator: "-")
    guard parts.count == 3, let year = Int(parts[1]), let sequence = Int(parts[2]) else {
      return nil
    }
    self.init(series: String(parts[0]), fiscalYear: year, sequence: sequence)
  }
}
