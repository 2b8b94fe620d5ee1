import Domain

extension JournalReader {
  /// `2024-01-31=2024-02-01 * (code) payee | description  ; comment` and its postings.
  mutating func readEntry(
    _ line: inout LineCursor, _ lines: inout JournalLines
  ) throws(ImportError) {
    guard entries.count < JournalLimits.entries else {
      throw line.error(.tooManyEntries(most: JournalLimits.entries))
    }
    var entry = try readHead(&line)
    while var next = try lines.nextIndented() {
      if next.byte == UInt8(ascii: ";") {
        entry.comment.add(next)
        continue
      }
      entry.postings.append(
        try readPosting(&next, &lines, year: entry.day.year, use: .counted))
    }
    if entry.postings.isEmpty {
      warnings.append(ForeignWarning(position: entry.position, fact: .noPostings))
    } else {
      entries.append(entry)
    }
  }

  private func readHead(_ line: inout LineCursor) throws(ImportError) -> RawEntry {
    let position = line.position
    let day = try line.readDay(defaultYear: context.year)
    var entry = RawEntry(day: day, position: position)
    entry.secondaryDay = try line.readSecondaryDay(year: day.year)
    guard line.isAtEnd || line.skipSpaces() else {
      throw line.error(.date(.notADate(line.text(line.start..<line.index + 1))), at: line.start)
    }
    entry.status = readStatus(&line)
    line.skipSpaces()
    if line.byte == UInt8(ascii: "(") { entry.code = try readCode(&line) }
    let semicolon = line.bytes[line.index..<line.end].firstIndex(of: UInt8(ascii: ";"))
    let words = line.index..<(semicolon ?? line.end)
    if let bar = line.bytes[words].firstIndex(of: UInt8(ascii: "|")) {
      entry.payee = line.trimmed(words.lowerBound..<bar)
      entry.description = line.trimmed(bar + 1..<words.upperBound)
    } else {
      entry.description = line.trimmed(words)
    }
    if let semicolon {
      line.index = semicolon
      entry.comment.add(line)
    }
    return entry
  }

  private func readStatus(_ line: inout LineCursor) -> ForeignStatus {
    if line.take(UInt8(ascii: "*")) { return .cleared }
    if line.take(UInt8(ascii: "!")) { return .pending }
    return .unmarked
  }

  private func readCode(_ line: inout LineCursor) throws(ImportError) -> String {
    let begin = line.index
    guard let close = line.bytes[begin..<line.end].firstIndex(of: UInt8(ascii: ")")) else {
      throw line.error(.codeNotClosed)
    }
    line.index = close + 1
    return line.trimmed(begin + 1..<close)
  }

  /// `* account  amount @ cost = balance  ; comment`, with the comment lines below it.
  mutating func readPosting(
    _ line: inout LineCursor, _ lines: inout JournalLines, year: Int, use: CommodityReadings.Use
  ) throws(ImportError) -> RawPosting {
    let status = readStatus(&line)
    line.skipSpaces()
    let position = line.position
    let (account, kind) = try readPostedAccount(&line)
    var posting = RawPosting(account: account, kind: kind, status: status, position: position)
    line.skipSpaces()
    if use == .ignored { _ = line.take(UInt8(ascii: "*")) }
    if !line.isAtEnd, line.byte != UInt8(ascii: ";"), line.byte != UInt8(ascii: "=") {
      posting.amount = try readAmount(&line, use: use)
      posting.cost = try readCost(&line, of: posting.amount, use: use)
    }
    posting.assertion = try readAssertion(&line, use: use)
    // Balances are of units: what an asserted one cost is read, and nothing follows from it.
    let assertedCost = try readCost(&line, of: posting.assertion?.amount, use: use)
    if assertedCost != nil, posting.isAssignment { throw line.error(.amount(.costOnAssignment)) }
    try refuseRest(line)
    if !line.isAtEnd { try posting.comment.add(line, year: year) }
    while let next = try lines.nextCommentLine() { try posting.comment.add(next, year: year) }
    if posting.comment.day != nil, posting.isAssignment {
      throw line.error(.amount(.assignmentOnOwnDay), at: line.start)
    }
    if posting.isElided, use != .ignored { warnOfSpaces(in: posting) }
    return posting
  }

  /// After everything that a posting may have, only a comment can follow.
  private func refuseRest(_ line: LineCursor) throws(ImportError) {
    switch line.byte {
    case UInt8(ascii: ";"): return
    case _ where line.isAtEnd: return
    case UInt8(ascii: "{"), UInt8(ascii: "["): throw line.error(.amount(.lot))
    case UInt8(ascii: "("): throw line.error(.amount(.expression))
    default: throw line.error(.unexpected(line.rest))
    }
  }

  private mutating func warnOfSpaces(in posting: RawPosting) {
    let name = posting.account
    if name.contains(" ;") {
      warnings.append(
        ForeignWarning(position: posting.position, fact: .oneSpaceBeforeComment(account: name)))
    } else if name.utf8.contains(0x20), endsInAmount(name) {
      warnings.append(
        ForeignWarning(position: posting.position, fact: .oneSpaceBeforeAmount(account: name)))
    }
  }
}

extension JournalLines {
  /// The next line where it is an indented comment.
  mutating func nextCommentLine() throws(ImportError) -> LineCursor? {
    var ahead = self
    guard let line = try ahead.nextIndented(), line.byte == UInt8(ascii: ";") else { return nil }
    self = ahead
    return line
  }
}
