import Domain

extension DefinitionFault {
  /// What is wrong and what is expected, as the file's writer knows it. `found` is what stands
  /// there, where that is a word or a number.
  func text(found: String?) -> String {
    let name = key.isEmpty ? nil : shown(key)
    let instead = found.map { $0.isEmpty ? ", and is empty" : ", not \(quoted($0))" } ?? ""
    return switch reason {
    case .missing: "\(name ?? "this") is missing\(inPlace)"
    case .unknownKey: "\(name ?? "this") is not known\(inPlace); correct it or leave it out"
    case .repeated:
      "\(name ?? "this")\(inPlace) is there already\(found.map { ": \(quoted($0))" } ?? "")"
    case .expected(let shape): "\(subject) should be \(shape.words)\(instead)"
    case .range(let range):
      "\(subject) should be from \(range.lowerBound) to \(range.upperBound)\(instead)"
    case .tooLong(let most): "\(subject) is longer than \(most) characters; shorten it"
    case .tooMany(let most): "\(subject) has more than \(most)"
    case .notAKey:
      "\(subject) should be small letters, digits, _, - and ., at most "
        + "\(WorkflowLimits.keyCharacters)\(instead)"
    case .unseenCharacter: "\(subject) has a character that can't be seen; remove it"
    case .unknownWord(let known):
      "\(subject) should be one of \(known.joined(separator: ", "))\(instead)"
    case .expression(let error): "\(subject): \(error.text)"
    case .unknownUser(let user): "nobody is called \(quoted(user))\(inPlace)"
    case .unknownDepartment(let code): "there is no department \(quoted(code))\(inPlace)"
    case .oneOf(let keys): "\(subject) should have one of \(keys.joined(separator: ", "))"
    }
  }

  /// `due of node “manager”`
  private var subject: String {
    guard !key.isEmpty else { return placeName ?? "the file" }
    return placeName.map { "\(shown(key)) of \($0)" } ?? shown(key)
  }

  private var inPlace: String { placeName.map { " in \($0)" } ?? "" }

  private var placeName: String? {
    switch place {
    case .definition: nil
    case .node(let id): "node \(quoted(id))"
    case .nodeNumber(let number): "node number \(number)"
    case .edge(let number): "edge number \(number)"
    }
  }

  private func shown(_ key: String) -> String {
    key.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
      && key.count <= 80 ? key : quoted(key)
  }
}

extension DefinitionFault.Shape {
  fileprivate var words: String {
    switch self {
    case .object: "names and values, such as hours: 8"
    case .list: "a list, each with a - before it"
    case .text: "text; numbers, true, false and null stand in quotes there"
    case .wholeNumber: "a whole number without quotes, such as 3"
    case .yesOrNo: "true or false without quotes"
    case .day: "a day, such as 2026-12-31"
    }
  }
}

extension GuardParseError {
  /// `column` is of the expression, not of the line.
  fileprivate var text: String {
    let place = found.isEmpty ? "at its end" : "at character \(column), not \(quoted(found))"
    return switch reason {
    case .tooLong(let most): "the expression is longer than \(most) bytes; shorten it"
    case .tooDeep(let most): "parentheses and not stand more than \(most) deep"
    case .unknownCharacter: "character \(column) of the expression means nothing there"
    case .unclosedText: "the quotes at character \(column) of the expression are not closed"
    case .expected(let expected): "the expression should have \(expected.words) \(place)"
    }
  }
}

extension GuardParseError.Expected {
  fileprivate var words: String {
    switch self {
    case .name: "a name, such as amount"
    case .value: "a value, such as 1000 or \"R&D\""
    case .openingParenthesis: "("
    case .closingParenthesis: ")"
    case .commaOrClosingParenthesis: ", or )"
    case .connective: "and, or or its end"
    }
  }
}
