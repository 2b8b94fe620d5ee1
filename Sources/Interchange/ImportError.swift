package import Domain

/// Why a file is not taken, and where. Nothing of a refused file is used.
package struct ImportError: Error, Hashable, Sendable {
  package let file: String
  /// From 1; nil where the fault is the file's as a whole.
  package let line: Int?
  /// In Unicode scalars, from 1.
  package let column: Int?
  package let fault: ImportFault

  package init(file: String, line: Int? = nil, column: Int? = nil, fault: ImportFault) {
    self.file = file
    self.line = line
    self.column = column
    self.fault = fault
  }
}

/// What is wrong with a file, as facts; `ImportError.text` has the words.
package enum ImportFault: Hashable, Sendable {
  case unreadable(FileFault)
  case file(FileLimit)

  case notUTF8
  case controlCharacter(Unicode.Scalar)
  case lineTooLong(mostBytes: Int)

  case unknownLine(String)
  case indentedOutsideEntry
  case otherFormat(OtherFormat)
  case ledgerOnly(String)
  case regularExpressionAlias
  case alias(AliasFault)
  case accountType(String)
  case nothingToEnd(String)
  case missing(Missing)
  case unexpected(String)
  case formatOfOtherCommodity(expected: String, found: String)

  case include(IncludeFault)

  case date(DateFault)

  case codeNotClosed
  case bracketedTwice(String)
  case account(AccountFault)

  case number(NumberFault)
  case amount(AmountFault)
  /// A number that could be read in two ways, as written.
  case mark(MarkFault, written: String, commodity: String)

  case balance(BalanceFault)
  case tooManyEntries(most: Int)

  case document(DocumentFault)
  case markup(MarkupFault)
  case chart(ChartFault)
  case rules(RulesFault)
  case csv(CSVFault)
}

/// What is wrong with XML.
package enum MarkupFault: Hashable, Sendable {
  case doctype
  case encoding(String)
  case unexpected(String)
  /// An element that its end is missing of.
  case notClosed(String)
  /// What ends a comment, an instruction or an attribute is missing.
  case endMissing(String)
  /// What stands between `&` and `;`.
  case reference(String)
  case tooDeep(most: Int)
  case tooManyElements(most: Int)
}

/// What is wrong with a chart of accounts.
package enum ChartFault: Hashable, Sendable {
  /// XML whose outermost element is called so.
  case notGnuCash(String)
  case accountTwice(String)
  case numberTwice(String)
  case tooManyAccounts(most: Int)
  /// No identifier, by which others name it.
  case noID
  /// What stands above it isn't in the file, or it stands below itself.
  case noParent
}

/// What a line lacks.
package enum Missing: Hashable, Sendable {
  case account
  case amount
  case number
  case commodity
  case decimalMark
  case path
  case price
  case closingQuote
  case equalsSign
}

package enum DateFault: Hashable, Sendable {
  case notADate(String)
  case noSuchDay(String)
  case noYear(String)
  case mixedSeparators(String)
}

/// Amounts that are written in ways that aren't taken.
package enum AmountFault: Hashable, Sendable {
  case expression
  case lot
  case costOnAssignment
  case assignmentOnOwnDay
}

/// Why nobody can say what the one mark in a number means.
package enum MarkFault: Hashable, Sendable {
  /// Nothing in the journal tells.
  case ambiguous
  /// Other amounts of the commodity have another decimal mark.
  case contradicted
  /// The directive that tells comes later.
  case declaredLater
}

package enum BalanceFault: Hashable, Sendable {
  case severalElided
  case unbalanced([ForeignAmount], ForeignPosting.Kind)
  case assertionFailed(account: String, asserted: ForeignAmount, found: Quantity)
  /// A total assertion, where the account holds something else too.
  case otherCommodity(account: String, asserted: ForeignAmount, other: ForeignAmount)
}

/// Formats that people also call journals.
package enum OtherFormat: Hashable, Sendable {
  case timeclock
  case csv
}

package enum AliasFault: Hashable, Sendable {
  case comment
  case tooMany(most: Int)
}

package enum IncludeFault: Hashable, Sendable {
  case cycle(String)
  case outsideFolder(String)
  case otherFormat(String)
  case pattern(String)
  case noMatch(String)
  case tooDeep(most: Int)
  case unreadable(path: String, FileFault)
}

package enum AccountFault: Hashable, Sendable {
  case tooDeep(most: Int)
  case tooLong(mostBytes: Int)
  case empty
}

package enum NumberFault: Hashable, Sendable {
  case tooManyDigits(most: Int)
  case tooManyDecimals(most: Int)
  case exponentWithGroups
  case exponentTooLarge
  case misplacedMark(String)
  case tooLarge
}

/// Why a file's bytes cannot be had.
package enum FileFault: Error, Hashable, Sendable {
  case notFound
  case isFolder
  /// A FIFO, a device, a socket: reading it could wait for ever.
  case notRegular
  case notPermitted
  case tooLarge(mostBytes: Int)
  /// Its real place, symbolic links followed, is outside of the folder that may be read.
  case outsideFolder
  case failed(errno: Int32)
}

/// Limits over all the files of one journal.
package enum FileLimit: Hashable, Sendable {
  case files(most: Int)
  case bytes(most: Int)
}
