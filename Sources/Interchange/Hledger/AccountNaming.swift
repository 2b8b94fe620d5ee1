import Domain

extension JournalReader {
  /// The name of a posting's account, and what its brackets say.
  mutating func readPostedAccount(
    _ line: inout LineCursor
  ) throws(ImportError) -> (String, ForeignPosting.Kind) {
    let begin = line.index
    let written = try line.readAccountName()
    let kind = written.bracketedKind
    guard kind != .real else { return (try resolve(written, line, begin), .real) }
    // By scalars: to Swift a bracket with an accent on it is another Character.
    let name = String(written.unicodeScalars.dropFirst().dropLast())
    guard name.bracketedKind == .real else { throw line.error(.bracketedTwice(written), at: begin) }
    return (try resolve(name, line, begin), kind)
  }

  /// The name after `apply account` and aliases.
  mutating func resolve(
    _ written: String, _ line: LineCursor, _ begin: Int
  ) throws(ImportError) -> String {
    if let known = resolvedNames[written] { return known }
    guard !written.isEmpty else { throw line.error(.account(.empty), at: begin) }
    var name = (context.parents + [written]).joined(separator: ":")
    for alias in context.aliases.reversed() where name.utf8.starts(with: alias.old.utf8) {
      let below = name.utf8.dropFirst(alias.old.utf8.count)
      guard below.isEmpty || below.first == 0x3A else { continue }
      name = alias.new + String(decoding: below, as: UTF8.self)
      try check(name, line, begin)
    }
    try check(name, line, begin)
    resolvedNames[written] = name
    return name
  }

  private func check(_ name: String, _ line: LineCursor, _ begin: Int) throws(ImportError) {
    guard !name.isEmpty, !name.utf8.allSatisfy({ $0 == 0x3A }) else {
      throw line.error(.account(.empty), at: begin)
    }
    guard name.utf8.count <= JournalLimits.accountBytes else {
      throw line.error(.account(.tooLong(mostBytes: JournalLimits.accountBytes)), at: begin)
    }
    guard name.utf8.count(where: { $0 == 0x3A }) < JournalLimits.accountDepth else {
      throw line.error(.account(.tooDeep(most: JournalLimits.accountDepth)), at: begin)
    }
  }
}

extension LineCursor {
  /// A name with single spaces in it; two spaces or a tab end it. hledger 1.25 takes a single tab
  /// for part of the name; ledger and whoever writes tabs between columns do not.
  mutating func readAccountName() throws(ImportError) -> String {
    let begin = index
    var name = ""
    var partStart = index
    while !isAtEnd {
      let length = spaceLength(at: index)
      guard length > 0 else {
        index += 1
        continue
      }
      guard byte != 0x09, index + length < end, spaceLength(at: index + length) == 0 else { break }
      if byte != 0x20 {
        name += text(partStart..<index) + " "
        partStart = index + length
      }
      index += length
    }
    name += text(partStart..<index)
    guard !name.isEmpty else { throw error(.missing(.account), at: begin) }
    return name
  }
}

extension String {
  /// What brackets around a whole name make of a posting.
  fileprivate var bracketedKind: ForeignPosting.Kind {
    switch (utf8.first, utf8.last) {
    case (UInt8(ascii: "("), UInt8(ascii: ")")) where utf8.count > 1: .virtualUnbalanced
    case (UInt8(ascii: "["), UInt8(ascii: "]")) where utf8.count > 1: .virtualBalanced
    default: .real
    }
  }
}
