import Domain

/// Reads a file of rules: its lines first, as a name may be used above the `fields` that lists it.
struct CSVRulesReader {
  private var rules = CSVRules()
  /// From 0, by the name in small letters.
  private var fields: [String: Int] = [:]
  private var matchers = 0

  private enum Item {
    case line(LineCursor)
    case condition(Block)
  }

  /// A condition as written: what it tries, and what holds then.
  private struct Block {
    let opening: LineCursor
    var matchers: [LineCursor]
    var rules: [LineCursor]
  }

  static func read(_ bytes: [UInt8], file: String) throws(ImportError) -> CSVRules {
    let items = try items(of: bytes, file: file)
    var reader = CSVRulesReader()
    for item in items {
      guard case .line(var line) = item, line.readRuleName() == "fields" else { continue }
      try reader.readNames(line)
    }
    for item in items {
      switch item {
      case .line(let line): try reader.readLine(line)
      case .condition(let block): try reader.readCondition(block)
      }
    }
    try reader.requireDateAndAmount(file)
    return reader.rules
  }

  // MARK: Lines

  private static func items(of bytes: [UInt8], file: String) throws(ImportError) -> [Item] {
    var lines = try JournalLines(bytes, file: file)
    var items: [Item] = []
    while var line = try lines.next() {
      let isIndented = line.skipSpaces()
      switch line.byte {
      case 0, UInt8(ascii: "#"), UInt8(ascii: ";"), UInt8(ascii: "*"): continue
      case _ where isIndented: throw line.error(.rules(.indented))
      default: break
      }
      var rest = line
      if rest.take(word: "if") {
        items.append(.condition(try block(line, rest, &lines)))
      } else if rest.readRuleName() == "if" {
        throw line.error(.rules(.notTaken("if\(rest.rest.prefix(1))")))
      } else {
        items.append(.line(line))
      }
    }
    return items
  }

  /// Patterns, one a line, until what is indented, which is what holds where one of them matches.
  private static func block(
    _ opening: LineCursor, _ first: LineCursor, _ lines: inout JournalLines
  ) throws(ImportError) -> Block {
    var block = Block(opening: opening, matchers: [], rules: [])
    var next: LineCursor? = first
    while var matcher = next {
      matcher.skipSpaces()
      if matcher.isAtEnd, !block.matchers.isEmpty || matcher.number != opening.number {
        throw opening.error(.rules(.conditionWithoutRules))
      }
      if !matcher.isAtEnd, matcher.byte != UInt8(ascii: "#") { block.matchers.append(matcher) }
      while let rule = try lines.nextIndented() {
        if !isComment(rule.byte) { block.rules.append(rule) }
      }
      guard block.rules.isEmpty else { break }
      next = try lines.next()
    }
    guard !block.rules.isEmpty else { throw opening.error(.rules(.conditionWithoutRules)) }
    guard !block.matchers.isEmpty else { throw opening.error(.rules(.noPattern)) }
    return block
  }

  private static func isComment(_ byte: UInt8) -> Bool { "#;*".utf8.contains(byte) }

  // MARK: Rules

  private mutating func readLine(_ whole: LineCursor) throws(ImportError) {
    var line = whole
    let name = line.readRuleName()
    try line.passRuleSeparator()
    switch name {
    case "fields": try addFields(line)
    case "skip": rules.skip = try line.isAtEnd ? 1 : line.readCount(most: BankLimits.records)
    case "separator": rules.separator = try line.readSeparator()
    case "date-format":
      guard let pattern = DatePattern(line.rest) else {
        throw line.error(.rules(.dateFormat(line.rest)))
      }
      rules.datePattern = pattern
    case "decimal-mark":
      guard line.rest == "." || line.rest == "," else { throw line.error(.rules(.decimalMark)) }
      rules.decimalMark = line.byte
    case "newest-first": rules.isNewestFirst = true
    case "minor-units": rules.minorDigits = try line.readCount(most: BankLimits.minorDigits)
    case "encoding":
      guard ["utf-8", "utf8"].contains(line.rest.lowercased()) else {
        throw line.error(.rules(.encoding(line.rest)))
      }
    case "status", "balance-type", "comment1":
      rules.warnings.append(
        ForeignWarning(position: whole.position, fact: .ignoredLine(name)))
    default: rules.assignments.append(try assignment(name, line, whole))
    }
  }

  private mutating func readCondition(_ block: Block) throws(ImportError) {
    var condition = CSVRules.Condition()
    for line in block.matchers {
      var line = line
      let isAnd = line.take(UInt8(ascii: "&"))
      let matcher = try matcher(&line)
      if isAnd, let last = condition.alternatives.indices.last {
        condition.alternatives[last].append(matcher)
      } else {
        condition.alternatives.append([matcher])
      }
    }
    for whole in block.rules {
      var line = whole
      let name = line.readRuleName()
      try line.passRuleSeparator()
      switch name {
      case "end": condition.skip = .max
      case "skip":
        condition.skip = try line.isAtEnd ? 1 : line.readCount(most: BankLimits.records)
      case "status", "comment1":
        rules.warnings.append(
          ForeignWarning(position: whole.position, fact: .ignoredLine(name)))
      default: condition.assignments.append(try assignment(name, line, whole))
      }
    }
    rules.conditions.append(condition)
  }

  private mutating func matcher(_ line: inout LineCursor) throws(ImportError) -> CSVRules.Matcher {
    matchers += 1
    guard matchers <= BankLimits.conditions else {
      throw line.error(.rules(.tooManyConditions(most: BankLimits.conditions)))
    }
    _ = line.take(UInt8(ascii: "&"))
    line.skipSpaces()
    let isNegated = line.take(UInt8(ascii: "!"))
    line.skipSpaces()
    var field: Int?
    if line.namesField {
      field = try readField(&line)
      line.skipSpaces()
    }
    let text = line.rest
    guard !text.isEmpty else { throw line.error(.rules(.noPattern)) }
    guard text.utf8.count <= BankLimits.patternBytes else {
      throw line.error(.lineTooLong(mostBytes: BankLimits.patternBytes))
    }
    let pattern: Regex<AnyRegexOutput>
    do {
      pattern = try Regex(text)
    } catch {
      throw line.error(.rules(.pattern(text)))
    }
    return CSVRules.Matcher(
      field: field, pattern: pattern.ignoresCase().matchingSemantics(.unicodeScalar),
      isNegated: isNegated)
  }

  private func assignment(
    _ name: String, _ value: LineCursor, _ whole: LineCursor
  ) throws(ImportError) -> CSVRules.Assignment {
    guard let target = CSVRules.Target(named: name) else {
      throw whole.error(.rules(isOfHledger(name) ? .notTaken(name) : .unknown(name)))
    }
    return CSVRules.Assignment(target: target, parts: try parts(value))
  }

  /// What stands for values in `50 %amount %2` is put there from each record.
  private func parts(_ value: LineCursor) throws(ImportError) -> [CSVRules.Part] {
    var (cursor, begin) = (value, value.index)
    var parts: [CSVRules.Part] = []
    while !cursor.isAtEnd {
      if cursor.byte == UInt8(ascii: "\\"), isDigit(cursor.byte(after: 1)) {
        throw cursor.error(.rules(.matchGroup))
      }
      guard cursor.namesField else {
        cursor.index += 1
        continue
      }
      if begin < cursor.index { parts.append(.text(cursor.text(begin..<cursor.index))) }
      parts.append(.field(try readField(&cursor)))
      begin = cursor.index
    }
    if begin < cursor.end { parts.append(.text(cursor.text(begin..<cursor.end))) }
    return parts
  }

  // MARK: Fields

  /// `%amount`, or `%3`.
  private func readField(_ line: inout LineCursor) throws(ImportError) -> Int {
    let begin = line.index
    line.index += 1
    let name = line.readRuleName()
    if let number = Int(name), (1...BankLimits.fields).contains(number) { return number - 1 }
    guard let index = fields[name] else {
      throw line.error(.rules(.unknownField(name)), at: begin)
    }
    return index
  }

  private mutating func readNames(_ whole: LineCursor) throws(ImportError) {
    var line = whole
    try line.passRuleSeparator()
    fields = [:]
    for (index, name) in line.fieldNames().enumerated() where fields[name.text] == nil {
      fields[name.text] = index
    }
  }

  /// A name that hledger knows says at once what the value is for.
  private mutating func addFields(_ line: LineCursor) throws(ImportError) {
    for (index, name) in line.fieldNames().enumerated() {
      if let target = CSVRules.Target(named: name.text) {
        rules.assignments.append(CSVRules.Assignment(target: target, parts: [.field(index)]))
      } else if isOfHledger(name.text), name.text != "comment1" {
        throw line.error(.rules(.notTaken(name.text)), at: name.place)
      }
    }
  }

  private func requireDateAndAmount(_ file: String) throws(ImportError) {
    let targets = Set(
      (rules.assignments + rules.conditions.flatMap(\.assignments)).map(\.target))
    guard targets.contains(.date) else { throw ImportError(file: file, fault: .rules(.noDate)) }
    guard !targets.isDisjoint(with: [.amount, .amountIn, .amountOut]) else {
      throw ImportError(file: file, fault: .rules(.noAmount))
    }
  }

  /// Whether hledger knows a rule that isn't taken here: other postings than the bank's and the one
  /// against it, other files, other times.
  private func isOfHledger(_ name: String) -> Bool {
    let others: Set = [
      "include", "source", "archive", "timezone", "timezone-in", "timezone-out",
      "intra-day-reversed",
    ]
    return others.contains(name)
      || name.wholeMatch(of: /(account|amount|balance|comment|currency)\d+(-in|-out)?/) != nil
  }
}

extension LineCursor {
  /// A name of a rule or a field: letters, digits, `_` and `-`, as small letters.
  fileprivate mutating func readRuleName() -> String {
    let begin = index
    while isRuleName(byte) { index += 1 }
    return text(begin..<index).lowercased()
  }

  /// Whether a `%` with a name stands here.
  fileprivate var namesField: Bool { byte == UInt8(ascii: "%") && isRuleName(byte(after: 1)) }

  /// Between a rule and its value: spaces, a colon, or both; nothing where there is no value.
  fileprivate mutating func passRuleSeparator() throws(ImportError) {
    let isSpaced = skipSpaces()
    let isMarked = take(UInt8(ascii: ":"))
    skipSpaces()
    guard isSpaced || isMarked || isAtEnd else { throw error(.rules(.unknown(rest))) }
  }

  fileprivate func readCount(most: Int) throws(ImportError) -> Int {
    guard let count = Int(rest), (0...most).contains(count) else {
      throw error(.rules(.count(rest, most: most)))
    }
    return count
  }

  fileprivate func readSeparator() throws(ImportError) -> UInt8 {
    switch rest.lowercased() {
    case "tab", "\\t": return UInt8(ascii: "\t")
    case "space": return UInt8(ascii: " ")
    default:
      guard rest.utf8.count == 1, byte != UInt8(ascii: "\""), !isRuleName(byte) else {
        throw error(.rules(.separator(rest)))
      }
      return byte
    }
  }

  /// The names of a list, in small letters, and where each begins.
  fileprivate func fieldNames() -> [(text: String, place: Int)] {
    var names: [(text: String, place: Int)] = []
    var begin = index
    for place in index...end where place == end || bytes[place] == UInt8(ascii: ",") {
      let name = trimmed(begin..<place).replacing("\"", with: "")
      names.append((name.lowercased(), begin))
      begin = place + 1
    }
    return names
  }
}

private func isRuleName(_ byte: UInt8) -> Bool {
  isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
}
