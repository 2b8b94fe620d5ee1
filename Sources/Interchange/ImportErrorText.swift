import Domain

extension ImportError {
  /// One line: where, what is wrong, what to do.
  package var text: String { "\(place): \(fault.text)" }

  /// `books.journal:12:7`, as far as it is known.
  package var place: String {
    [file, line.map(String.init), column.map(String.init)].compactMap(\.self)
      .joined(separator: ":")
  }
}

extension ForeignWarning {
  /// One line: where, and how it was read.
  package var text: String { "\(position.text): \(fact.text)" }
}

extension ImportFault {
  /// The sentence after the place.
  package var text: String {
    switch self {
    case .unreadable(let fault): fault.text
    case .file(let limit): limit.text
    case .notUTF8: "this isn't UTF-8 text; save the file as UTF-8 and try again"
    case .controlCharacter(let scalar):
      "the control character \(codePoint(scalar)) doesn't belong in text; remove it"
    case .lineTooLong(let most): "this is longer than \(most) bytes; shorten it"
    case .unknownLine(let word):
      "\(quoted(word)) begins neither an entry nor a directive; comments begin with ;"
    case .indentedOutsideEntry:
      "an indented line belongs to the entry above it, and there is none; "
        + "remove the blank line above, or the indent"
    case .otherFormat(let format): format.text
    case .ledgerOnly(let word):
      "\(quoted(word)) is not taken; it is of another program, or changes amounts in ways that "
        + "the file doesn't show. Remove it, or export the file with `hledger print -x` first"
    case .regularExpressionAlias:
      "an alias by regular expression is not taken; write alias OLD=NEW for each account"
    case .alias(let fault): fault.text
    case .accountType(let word):
      "\(quoted(word)) is no type of account; write A, L, E, R, X, C or V after type:"
    case .nothingToEnd(let what): "there is nothing for \(quoted("end \(what)")) to end"
    case .missing(let missing): missing.text
    case .unexpected(let text):
      "\(quoted(text)) was not expected here; a comment begins with ; after two spaces"
    case .formatOfOtherCommodity(let expected, let found):
      "the format is of \(quoted(found)), the directive above it of \(quoted(expected))"
    case .include(let fault): fault.text
    case .date(let fault): fault.text
    case .codeNotClosed: "the code in parentheses has no end; add )"
    case .bracketedTwice(let name): "\(quoted(name)) has brackets in brackets; keep one pair"
    case .account(let fault): fault.text
    case .number(let fault): fault.text
    case .amount(let fault): fault.text
    case .mark(let fault, let written, let symbol): fault.text(written, symbol)
    case .balance(let fault): fault.text
    case .tooManyEntries(let most): "there are more than \(most) entries; split the file"
    case .document(let fault): fault.text
    case .markup(let fault): fault.text
    case .chart(let fault): fault.text
    case .rules(let fault): fault.text
    case .csv(let fault): fault.text
    }
  }
}

extension MarkupFault {
  fileprivate var text: String {
    switch self {
    case .doctype: "a DOCTYPE is not taken; remove it, and write out the entities that it declares"
    case .encoding(let name): "the encoding \(quoted(name)) is not taken; save the file as UTF-8"
    case .unexpected(let text): "\(text) was not expected here; the file isn't XML"
    case .notClosed(let name): "the end of \(quoted(name)) is missing"
    case .endMissing(let end): "what begins here has no end; add \(end)"
    case .reference(let name):
      "\(quoted("&" + name)) is no character of XML; write &amp; for an ampersand"
    case .tooDeep(let most): "the elements stand more than \(most) levels deep"
    case .tooManyElements(let most): "there are more than \(most) elements"
    }
  }
}

extension ChartFault {
  fileprivate var text: String {
    switch self {
    case .notGnuCash(let name):
      "\(quoted(name)) is neither an account template of GnuCash nor a book of its"
    case .accountTwice(let name):
      "\(quoted(name)) is in the file twice at this place; rename or remove one"
    case .numberTwice(let number):
      "the number \(quoted(number)) is in the file twice; change or remove one"
    case .tooManyAccounts(let most): "there are more than \(most) accounts"
    case .noID: "the account has no act:id, by which others name it"
    case .noParent: "what stands above this account is not in the file, or is the account itself"
    }
  }
}

extension DateFault {
  fileprivate var text: String {
    switch self {
    case .notADate(let text): "\(quoted(text)) is not a date; write it as 2024-01-31"
    case .noSuchDay(let text): "\(cut(text)) is not a day of the calendar"
    case .noYear(let text):
      "\(cut(text)) has no year; add one, or a line such as Y2024 above"
    case .mixedSeparators(let text):
      "\(quoted(text)) mixes separators; write it as 2024-01-31"
    }
  }
}

extension AmountFault {
  fileprivate var text: String {
    switch self {
    case .expression:
      "calculated amounts are not taken; write the result"
    case .lot:
      "lots in {} or [] are not taken; write the cost after @, "
        + "or export the file with `hledger print -x` first"
    case .costOnAssignment:
      "a balance cannot be assigned together with a cost; write the amount"
    case .assignmentOnOwnDay:
      "a balance cannot be assigned on a day other than the entry's; write the amount"
    }
  }
}

extension MarkFault {
  fileprivate func text(_ written: String, _ symbol: String) -> String {
    switch self {
    case .ambiguous:
      "\(quoted(written)) can mean thousands or decimals; say which by a line above it: "
        + examples(symbol)
    case .contradicted:
      "\(quoted(written)) would be read as decimals, but other amounts in \(shown(symbol)) have "
        + "another decimal mark; say which is right by a line above it: \(examples(symbol))"
    case .declaredLater:
      "\(quoted(written)) comes before the directive for \(shown(symbol)) that says what its mark "
        + "means; move the directive above it"
    }
  }

  /// Directives that settle what a mark means.
  private func examples(_ symbol: String) -> String {
    symbol.isEmpty
      ? "decimal-mark . or decimal-mark ,"
      : "commodity 1,000.00 \(symbol) or commodity 1.000,00 \(symbol)"
  }
}

extension BalanceFault {
  fileprivate var text: String {
    switch self {
    case .severalElided:
      "only one amount of an entry can be left out; are there two spaces before the others?"
    case .unbalanced(let remainders, let kind):
      "\(kind.adjective)the entry doesn't balance: "
        + remainders.prefix(5).map(\.text).joined(separator: ", ")
        + " too much; correct an amount"
    case .assertionFailed(let account, let asserted, let found):
      "\(quoted(account)) should hold \(asserted.text) but holds "
        + "\(ForeignAmount(found, asserted.commodity).text) by then"
    case .otherCommodity(let account, let asserted, let other):
      "\(quoted(account)) should hold \(asserted.text) and nothing else but holds "
        + "\(other.text) by then"
    }
  }
}

extension OtherFormat {
  fileprivate var text: String {
    switch self {
    case .timeclock: "this is a timeclock line; convert the file with `hledger print` first"
    case .csv: "this looks like CSV; use `coreflow import csv`"
    }
  }
}

extension AliasFault {
  fileprivate var text: String {
    switch self {
    case .comment: "an alias takes no comment on its line: it would become part of the name"
    case .tooMany(let most): "there are more than \(most) aliases"
    }
  }
}

extension AccountFault {
  fileprivate var text: String {
    switch self {
    case .tooDeep(let most): "the account is more than \(most) levels deep"
    case .tooLong(let most): "the account's name is longer than \(most) bytes"
    case .empty: "the account has no name"
    }
  }
}

extension Missing {
  fileprivate var text: String {
    switch self {
    case .account: "an account's name is missing here"
    case .amount: "an amount is missing here"
    case .number: "a number is missing here"
    case .commodity: "a commodity is missing here"
    case .decimalMark: "the decimal mark is missing; write 1000. or 1,000.00"
    case .path: "the name of the file to include is missing"
    case .price: "the price is missing"
    case .closingQuote: "the commodity's name has no closing quote"
    case .equalsSign: "an alias is written OLD=NEW"
    }
  }
}

extension NumberFault {
  fileprivate var text: String {
    switch self {
    case .tooManyDigits(let most): "the number has more than \(most) digits"
    case .tooManyDecimals(let most): "the number has more than \(most) decimals"
    case .exponentWithGroups: "a number with an exponent takes no marks between its digits"
    case .exponentTooLarge: "the exponent is too large"
    case .misplacedMark(let text): "\(quoted(text)) has its marks in odd places; check the number"
    case .tooLarge: "the number is too large to be counted exactly"
    }
  }
}

extension IncludeFault {
  fileprivate var text: String {
    switch self {
    case .cycle(let path): "\(path) includes itself"
    case .outsideFolder(let path):
      "\(quoted(path)) is outside of this file's folder; move it there, or import it by itself"
    case .otherFormat(let name): "\(quoted(name)) is not a journal; import it by itself"
    case .pattern(let path):
      "\(quoted(path)) is a pattern that is not taken; only * and ? in a file's name are"
    case .noMatch(let path): "no file is called \(quoted(path))"
    case .tooDeep(let most): "files include each other more than \(most) deep"
    case .unreadable(let path, let fault): "\(quoted(path)): \(fault.text)"
    }
  }
}

extension FileFault {
  package var text: String {
    switch self {
    case .notFound: "there is no such file"
    case .isFolder: "this is a folder; name a file in it"
    case .notRegular: "this is not a regular file"
    case .notPermitted: "you may not read this file"
    case .tooLarge(let most):
      most < 1 << 20
        ? "the file is larger than \(most >> 10) KiB; shorten it"
        : "the file is larger than \(most >> 20) MiB; split it"
    case .outsideFolder: "the file is outside of the including file's folder"
    case .failed(let code): "the file cannot be read (error \(code) of the system)"
    }
  }
}

extension FileLimit {
  fileprivate var text: String {
    switch self {
    case .files(let most): "more than \(most) files are included"
    case .bytes(let most): "all files together are larger than \(most >> 20) MiB"
    }
  }
}

extension ForeignWarning.Fact {
  fileprivate var text: String {
    switch self {
    case .lonePoint(let written, let symbol):
      "\(quoted(written)) is read with a decimal point; if thousands are meant, write above it: "
        + "commodity 1.000,00 \(symbol)"
    case .oneSpaceBeforeAmount(let account):
      "the whole of \(quoted(account)) is read as the account; an amount needs two spaces before it"
    case .oneSpaceBeforeComment(let account):
      "the whole of \(quoted(account)) is read as the account; a comment needs two spaces before it"
    case .noPostings: "the entry has no lines and is left out"
    case .automaticRule: "the rule for automatic postings is not booked"
    case .periodicRule: "the rule for periodic entries is not booked"
    case .ignoredLine(let word): "\(quoted(word)) has no effect here"
    }
  }
}

extension ForeignPosting.Kind {
  fileprivate var adjective: String {
    switch self {
    case .real: ""
    case .virtualBalanced: "among its lines in [], "
    case .virtualUnbalanced: "among its lines in (), "
    }
  }
}

extension ForeignAmount {
  /// `-1234.50 USD`.
  fileprivate var text: String {
    commodity.isEmpty ? quantity.text : "\(quantity.text) \(shown(commodity))"
  }
}

private func shown(_ symbol: String) -> String {
  symbol.isEmpty ? "numbers without a commodity" : cut(symbol)
}

private func cut(_ text: String) -> String {
  text.count > mostQuoted ? "\(text.prefix(mostQuoted))…" : text
}

/// A file's own words, cut where they go on: a whole line of garbage isn't shown.
func quoted(_ text: String) -> String {
  "“\(cut(text))”"
}

private let mostQuoted = 40

private func codePoint(_ scalar: Unicode.Scalar) -> String {
  let digits = String(scalar.value, radix: 16, uppercase: true)
  return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
}
