import Domain

extension JournalReader {
  /// Reads a line that begins with a word. What another program would act on and this one cannot
  /// is refused; what has no bearing on the books is passed over.
  mutating func readDirective(
    _ line: inout LineCursor, _ lines: inout JournalLines
  ) throws(ImportError) {
    let begin = line.index
    let word = line.readWord()
    line.skipSpaces()
    switch word {
    case "account": try readAccount(&line, &lines)
    case "commodity": try readCommodity(&line, &lines)
    case "P": try readPrice(&line)
    case "D": try readDefaultCommodity(&line)
    case "decimal-mark": try readDecimalMark(&line)
    case "Y", "year": try readYear(&line)
    case "include": try readInclude(&line)
    case "alias": try readAlias(&line)
    case "apply": try readApply(&line, begin)
    case "end": try readEnd(&line, begin)
    case "comment": try skipComment(&lines)
    case "payee", "tag": try skipDeclaration(&lines)
    case "N": ignore(word, line, begin)
    default: try refuse(word, &line, begin)
    }
  }

  private mutating func refuse(
    _ word: String, _ line: inout LineCursor, _ begin: Int
  ) throws(ImportError) {
    if word.utf8.first == UInt8(ascii: "Y"), word.utf8.dropFirst().allSatisfy(isDigit) {
      line.index = begin + 1
      return try readYear(&line)
    }
    let ledgerWords: Set<String> = [
      "A", "C", "I", "assert", "bucket", "capture", "check", "def", "define", "eval", "expr",
      "fixed", "import", "python", "test", "value",
    ]
    if ["b", "h", "i", "o", "O"].contains(word), isDigit(line.byte) {
      throw line.error(.otherFormat(.timeclock), at: begin)
    } else if ledgerWords.contains(word) || word.hasPrefix("--") {
      throw line.error(.ledgerOnly(word), at: begin)
    } else if word.contains(",") {
      throw line.error(.otherFormat(.csv), at: begin)
    }
    throw line.error(.unknownLine(word), at: begin)
  }

  private mutating func ignore(_ word: String, _ line: LineCursor, _ begin: Int) {
    warnings.append(
      ForeignWarning(position: line.position(at: begin), fact: .ignoredLine(word)))
  }

  // MARK: Accounts

  /// `account NAME  ; comment, type:A`, with lines of comment and of ledger's settings below.
  private mutating func readAccount(
    _ line: inout LineCursor, _ lines: inout JournalLines
  ) throws(ImportError) {
    let begin = line.index
    let path = try resolve(try line.readAccountName(), line, begin)
    var comment = RawComment()
    try refuseAllButComment(&line)
    if !line.isAtEnd { comment.add(line) }
    var place = line
    while var next = try lines.nextIndented() {
      if next.byte == UInt8(ascii: ";") {
        comment.add(next)
        place = next
      } else {
        let begin = next.index
        ignore(next.readWord(), next, begin)
      }
    }
    var type: ForeignAccountType?
    if let tag = comment.tags.first(where: { $0.name == "type" }) {
      type = ForeignAccountType(tag: tag.value)
      guard type != nil else { throw place.error(.accountType(tag.value), at: place.start) }
    }
    accounts.append(
      ForeignAccount(
        path: path, type: type, comment: comment.text, position: line.position(at: line.start)))
  }

  /// `alias OLD=NEW`. Regular expressions are refused: a hostile one runs for ever.
  private mutating func readAlias(_ line: inout LineCursor) throws(ImportError) {
    guard line.byte != UInt8(ascii: "/") else { throw line.error(.regularExpressionAlias) }
    guard let equals = line.bytes[line.index..<line.end].firstIndex(of: UInt8(ascii: "=")) else {
      throw line.error(.missing(.equalsSign), at: line.end)
    }
    let old = line.trimmed(line.index..<equals)
    let new = line.trimmed(equals + 1..<line.end)
    guard !old.isEmpty, !new.isEmpty else { throw line.error(.missing(.account), at: equals) }
    guard !new.contains(" ;") else { throw line.error(.alias(.comment), at: equals + 1) }
    guard context.aliases.count < JournalLimits.aliases else {
      throw line.error(.alias(.tooMany(most: JournalLimits.aliases)))
    }
    context.aliases.append((old, new))
    resolvedNames = [:]
  }

  private mutating func readApply(
    _ line: inout LineCursor, _ begin: Int
  ) throws(ImportError) {
    guard line.take(word: "account") else {
      throw line.error(.ledgerOnly("apply \(line.readWord())"), at: begin)
    }
    line.skipSpaces()
    let place = line.index
    let parent = try line.readAccountName()
    try refuseAllButComment(&line)
    guard context.parents.count < JournalLimits.accountDepth else {
      throw line.error(.account(.tooDeep(most: JournalLimits.accountDepth)), at: place)
    }
    context.parents.append(parent)
    resolvedNames = [:]
  }

  private mutating func readEnd(_ line: inout LineCursor, _ begin: Int) throws(ImportError) {
    let what = line.rest
    switch what.split(whereSeparator: \.isWhitespace).joined(separator: " ") {
    case "aliases": context.aliases = []
    case "apply account":
      guard context.parents.popLast() != nil else {
        throw line.error(.nothingToEnd(what), at: begin)
      }
    case "tag": break
    default: throw line.error(.nothingToEnd(what), at: begin)
    }
    resolvedNames = [:]
  }

  // MARK: Years and numbers

  private mutating func readYear(_ line: inout LineCursor) throws(ImportError) {
    line.skipSpaces()
    let begin = line.index
    let word = line.readWord()
    guard (4...6).contains(word.utf8.count), word.utf8.allSatisfy(isDigit), let year = Int(word)
    else { throw line.error(.date(.notADate(word)), at: begin) }
    context.year = year
    try refuseAllButComment(&line)
  }

  private mutating func readDecimalMark(_ line: inout LineCursor) throws(ImportError) {
    let mark = line.byte
    guard mark == WrittenNumber.point || mark == WrittenNumber.comma else {
      throw line.error(.missing(.decimalMark))
    }
    line.index += 1
    context.decimalMark = mark
    try refuseAllButComment(&line)
  }

  /// `D $1,000.00`: what numbers without a commodity are of, and how numbers are written.
  private mutating func readDefaultCommodity(_ line: inout LineCursor) throws(ImportError) {
    let style = try readStyle(&line)
    try refuseAllButComment(&line)
    commodities.see(style.symbol, style.placement, decimals: style.decimals, for: .counted)
    context.defaultCommodity = DefaultCommodity(symbol: style.symbol, mark: style.mark)
  }

  // MARK: Prices

  /// `P 2024-01-31 12:00:00 EUR $1.10`; the time of day has no bearing.
  private mutating func readPrice(_ line: inout LineCursor) throws(ImportError) {
    let position = line.position(at: line.start)
    let day = try line.readDay(defaultYear: context.year)
    guard line.skipSpaces() else { throw line.error(.missing(.commodity)) }
    line.skipTime()
    guard let symbol = try line.readSymbol() else { throw line.error(.missing(.commodity)) }
    line.skipSpaces()
    guard !line.isAtEnd else { throw line.error(.missing(.price)) }
    let rate = try readAmount(&line, use: .counted)
    try refuseAllButComment(&line)
    prices.append(ForeignPrice(day: day, commodity: symbol, rate: rate, position: position))
  }

  // MARK: What is passed over

  private mutating func skipComment(_ lines: inout JournalLines) throws(ImportError) {
    while var line = try lines.next() {
      guard line.take(word: "end") else { continue }
      line.skipSpaces()
      if line.take(word: "comment") { return }
    }
  }

  private mutating func skipDeclaration(_ lines: inout JournalLines) throws(ImportError) {
    while var next = try lines.nextIndented() {
      guard next.byte != UInt8(ascii: ";") else { continue }
      let begin = next.index
      throw next.error(.ledgerOnly(next.readWord()), at: begin)
    }
  }

  func refuseAllButComment(_ line: inout LineCursor) throws(ImportError) {
    line.skipSpaces()
    guard line.isAtEnd || line.byte == UInt8(ascii: ";") else {
      throw line.error(.unexpected(line.rest))
    }
  }
}

extension LineCursor {
  /// Passes `12:00` or `12:00:00`, and the space after it.
  fileprivate mutating func skipTime() {
    var ahead = self
    let fields = ahead.readWord().utf8.split(separator: 0x3A, omittingEmptySubsequences: false)
    guard (2...3).contains(fields.count),
      fields.allSatisfy({ (1...2).contains($0.count) && $0.allSatisfy(isDigit) })
    else { return }
    ahead.skipSpaces()
    self = ahead
  }

  /// Up to the next white space.
  mutating func readWord() -> String {
    let begin = index
    while !isAtEnd, spaceLength(at: index) == 0 { index += 1 }
    return text(begin..<index)
  }
}
