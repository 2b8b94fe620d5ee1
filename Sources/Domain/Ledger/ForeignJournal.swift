/// Another program's journal, read whole: what an import is given and what an export gives.
///
/// Nothing is left to resolve in it: elided amounts are filled in, assignments are computed,
/// aliases, default years and default commodities are applied, balance assertions were checked.
package struct ForeignJournal: Hashable, Sendable {
  /// Accounts that the journal declares, in its order. Entries may use others.
  package var accounts: [ForeignAccount]
  /// Every commodity that the journal declares or uses, in the order of first sight.
  package var commodities: [ForeignCommodity]
  package var prices: [ForeignPrice]
  /// In the order of the file, which need not be that of the days.
  package var entries: [ForeignEntry]
  /// What was read although it may not mean what its writer thinks.
  package var warnings: [ForeignWarning]

  package init(
    accounts: [ForeignAccount] = [], commodities: [ForeignCommodity] = [],
    prices: [ForeignPrice] = [], entries: [ForeignEntry] = [], warnings: [ForeignWarning] = []
  ) {
    self.accounts = accounts
    self.commodities = commodities
    self.prices = prices
    self.entries = entries
    self.warnings = warnings
  }

  /// What tells an entry from all others, for each entry in order: its `content`, and a count where
  /// the journal holds the same entry several times, so that genuine repetitions all come in and a
  /// second import of the same file adds nothing.
  package var identities: [String] {
    var seen: [String: Int] = [:]
    return entries.map { entry in
      let content = entry.content
      seen[content, default: 0] += 1
      return "\(content)#\(seen[content, default: 1])"
    }
  }
}

/// Where something stands in a file. Lines and columns count from 1, columns in Unicode scalars.
package struct SourcePosition: Hashable, Sendable {
  package let file: String
  package let line: Int
  package let column: Int

  package init(file: String, line: Int, column: Int = 1) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// `books.journal:12:7`.
  package var text: String { "\(file):\(line):\(column)" }
}

/// An account that a journal declares.
package struct ForeignAccount: Hashable, Sendable {
  /// `Assets:Cash`.
  package var path: String
  /// What the `type:` tag says.
  package var type: ForeignAccountType?
  package var comment: String
  package var position: SourcePosition

  package init(
    path: String, type: ForeignAccountType? = nil, comment: String = "", position: SourcePosition
  ) {
    self.path = path
    self.type = type
    self.comment = comment
    self.position = position
  }
}

/// A currency, a share, an hour: whatever a journal counts.
package struct ForeignCommodity: Hashable, Sendable {
  /// As written, without quotes; empty for numbers that stand alone.
  package var symbol: String
  /// What the journal counts with: as declared, else the most that any of its amounts shows. A
  /// remainder of at most half a unit of the last of these digits counts as balanced.
  package var decimals: Int
  /// What it takes to book every amount of the journal without losing a digit.
  package var neededDecimals: Int
  /// Whether a directive of the journal states its decimals.
  package var isDeclared: Bool
  package var placement: SymbolPlacement

  package init(
    symbol: String, decimals: Int, neededDecimals: Int, isDeclared: Bool = false,
    placement: SymbolPlacement = .right
  ) {
    self.symbol = symbol
    self.decimals = decimals
    self.neededDecimals = neededDecimals
    self.isDeclared = isDeclared
    self.placement = placement
  }
}

/// On which side of a number a commodity's symbol is written.
package enum SymbolPlacement: Hashable, Sendable {
  /// `$10`
  case left
  /// `USD 10`
  case leftSpaced
  /// `10 USD`
  case right
  /// `10h`
  case rightClose
}

/// What one unit of a commodity was worth on a day.
package struct ForeignPrice: Hashable, Sendable {
  package var day: Day
  package var commodity: String
  package var rate: ForeignAmount
  package var position: SourcePosition

  package init(day: Day, commodity: String, rate: ForeignAmount, position: SourcePosition) {
    self.day = day
    self.commodity = commodity
    self.rate = rate
    self.position = position
  }
}

/// Something in a journal that its writer should look at, though the import goes on.
package struct ForeignWarning: Hashable, Sendable {
  package let position: SourcePosition
  package let fact: Fact

  package init(position: SourcePosition, fact: Fact) {
    self.position = position
    self.fact = fact
  }

  package enum Fact: Hashable, Sendable {
    /// `1.000 EUR` without a directive: read as one, with three decimals.
    case lonePoint(written: String, commodity: String)
    /// A name that ends in what looks like an amount: two spaces were meant.
    case oneSpaceBeforeAmount(account: String)
    /// A name that holds ` ;`: two spaces were meant.
    case oneSpaceBeforeComment(account: String)
    /// An entry that has no lines is left out.
    case noPostings
    /// `= …`, which other programs add postings by.
    case automaticRule
    /// `~ …`, which other programs forecast by.
    case periodicRule
    /// A line that has no bearing on the books as they are read here.
    case ignoredLine(String)
  }
}
