/// What is wrong with rules, as facts.
package enum RulesFault: Hashable, Sendable {
  /// Indented without a condition above it.
  case indented
  case unknown(String)
  /// A rule of hledger's that has no place here: other postings, other files, other times.
  case notTaken(String)
  case unknownField(String)
  case conditionWithoutRules
  case noPattern
  case pattern(String)
  case tooManyConditions(most: Int)
  /// What a pattern matched, put into a value.
  case matchGroup
  case count(String, most: Int)
  case separator(String)
  case dateFormat(String)
  case decimalMark
  case encoding(String)
  /// Nothing says where the day, or the amount, stands.
  case noDate
  case noAmount
}

/// What is wrong with comma-separated values, or with what rules make of them.
package enum CSVFault: Hashable, Sendable {
  case quoteNotClosed
  case textAfterQuote
  /// A record that isn't separated at all.
  case oneValue
  case tooManyFields(most: Int)
  case tooManyRecords(most: Int)
  case noDate
  /// Without a format where the rules have none.
  case date(String, format: String?)
  case amount(String)
  case noAmount
  /// Both columns of what came in and went out, or another amount too.
  case severalAmounts
  /// Nothing in the file tells whether its mark is before thousands or decimals.
  case ambiguousMark(String)
}

extension RulesFault {
  /// The sentence after the place.
  var text: String {
    switch self {
    case .indented:
      "an indented line belongs to the condition above it, and there is none; remove the indent"
    case .unknown(let word): "\(quoted(word)) is no rule; comments begin with #"
    case .notTaken(let word):
      "\(quoted(word)) is not taken: a statement's line has one day, one amount and one account "
        + "against it, and rules are one file. Remove it"
    case .unknownField(let name):
      "no field is called \(quoted("%\(name)")); name it in fields, or write its number as %1"
    case .conditionWithoutRules: "nothing follows from this condition; indent what does below it"
    case .noPattern: "a pattern is missing here"
    case .pattern(let text): "\(quoted(text)) is not a regular expression; check its brackets"
    case .tooManyConditions(let most): "there are more than \(most) patterns"
    case .matchGroup: "what a pattern matched can't be put into a value; write the words"
    case .count(let text, let most): "\(quoted(text)) is not a number from 0 to \(most)"
    case .separator(let text):
      "\(quoted(text)) separates nothing; write one sign, such as ; or TAB"
    case .dateFormat(let text):
      "\(quoted(text)) names no whole day; write it as %d.%m.%Y or %Y-%m-%d"
    case .decimalMark: "the decimal mark is . or ,"
    case .encoding(let text):
      "\(quoted(text)) is not taken; save the bank's file as UTF-8 and write encoding utf-8"
    case .noDate: "no rule says where the day stands; name a field date"
    case .noAmount:
      "no rule says where the amount stands; name a field amount, or amount-in and amount-out"
    }
  }
}

extension CSVFault {
  /// The sentence after the place.
  var text: String {
    switch self {
    case .quoteNotClosed: "the quote that begins here has no end; add \""
    case .textAfterQuote: "text follows a closing quote; write quotes within a value twice"
    case .oneValue:
      "there is one value here only; say what separates them, as separator ; in the rules, or "
        + "leave such lines out by skip"
    case .tooManyFields(let most): "there are more than \(most) values here"
    case .tooManyRecords(let most): "there are more than \(most) lines; split the file"
    case .noDate: "there is no day here; leave such lines out by if and skip in the rules"
    case .date(let text, let format?):
      "\(quoted(text)) is not a day written as \(format); correct date-format in the rules"
    case .date(let text, nil):
      "\(quoted(text)) is not a day written as 2024-01-31; say how days are written by "
        + "date-format in the rules"
    case .amount(let text): "\(quoted(text)) is not an amount; check which field it is in the rules"
    case .noAmount: "there is no amount here; leave such lines out by if and skip in the rules"
    case .severalAmounts: "there are several amounts here; a line has one"
    case .ambiguousMark(let written):
      "\(quoted(written)) can mean thousands or decimals; say which by decimal-mark . or "
        + "decimal-mark , in the rules"
    }
  }
}
