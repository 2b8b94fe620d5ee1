import Domain

/// Writes a journal so that hledger, and `HledgerJournal.read`, get the same balances from it.
///
/// Every amount is written out, with a point for decimals and no groups, below a directive that says
/// so. Whatever text could be taken for syntax is made harmless: nothing that a description or a
/// comment says can change an amount or add a line.
struct JournalWriter {
  private var text = ""
  private var placements: [String: SymbolPlacement] = [:]
  /// Harmless names by the given ones: a journal repeats the same few.
  private var accountNames: [String: String] = [:]
  private var symbols: [String: String] = [:]

  static func write(_ journal: ForeignJournal) -> String {
    var writer = JournalWriter()
    writer.writeDirectives(journal)
    for entry in journal.entries { writer.write(entry) }
    return writer.text
  }

  private mutating func writeDirectives(_ journal: ForeignJournal) {
    let used = Set(
      journal.entries.lazy.flatMap(\.postings).map(\.amount.commodity)
        + journal.prices.map(\.rate.commodity))
    for commodity in journal.commodities {
      placements[commodity.symbol] = commodity.placement
      guard !commodity.symbol.isEmpty, commodity.isDeclared || used.contains(commodity.symbol)
      else { continue }
      let number = "1000." + String(repeating: "0", count: commodity.decimals)
      text += "commodity \(placed(number, commodity.symbol))\n"
    }
    for account in journal.accounts { write(account) }
    for price in journal.prices {
      text += "P \(price.day.text) \(Harmless.symbol(price.commodity)) \(amount(price.rate))\n"
    }
    if !text.isEmpty { text += "\n" }
  }

  private mutating func write(_ account: ForeignAccount) {
    text += "account \(Harmless.account(account.path))"
    let lines = Harmless.commentLines(account.comment)
    let types = RawComment.tags(in: lines.joined(separator: "\n")).filter { $0.name == "type" }
    // A comment that says another type, or none that there is, must not speak for the account.
    let isTrue = types.allSatisfy { ForeignAccountType(tag: $0.value) == account.type }
    writeComment(
      isTrue ? lines : lines.map(Harmless.withoutType),
      account.type.flatMap { type in
        isTrue && !types.isEmpty ? nil : [ForeignTag(name: "type", value: String(type.rawValue))]
      } ?? [])
  }

  private mutating func write(_ entry: ForeignEntry) {
    text += entry.day.text
    if let day = entry.secondaryDay { text += "=\(day.text)" }
    text += entry.status.mark.isEmpty ? "" : " \(entry.status.mark)"
    let code = Harmless.code(entry.code)
    let payee = Harmless.payee(entry.payee)
    let words = Harmless.words(entry.description)
    // An empty code, or an empty payee, keeps what follows from being taken for one.
    let needsCode = (payee + words).unicodeScalars.first.map { "*!(".unicodeScalars.contains($0) }
    if !code.isEmpty || needsCode == true { text += " (\(code))" }
    let head = payee.isEmpty && !words.unicodeScalars.contains("|") ? words : "\(payee) | \(words)"
    if !head.isEmpty { text += " \(head)" }
    writeComment(Harmless.commentLines(entry.comment), entry.tags)
    for posting in entry.postings { write(posting, of: entry.day.year) }
    text += "\n"
  }

  private mutating func write(_ posting: ForeignPosting, of year: Int) {
    text += "    "
    if posting.status != .unmarked { text += "\(posting.status.mark) " }
    let account = accountName(posting.account)
    switch posting.kind {
    case .real: text += account
    case .virtualBalanced: text += "[\(account)]"
    case .virtualUnbalanced: text += "(\(account))"
    }
    text += "  \(amount(posting.amount))"
    if let cost = posting.cost {
      // A total cost takes the sign of its amount.
      let isNegative = posting.amount.quantity < .zero
      let total = isNegative ? cost.quantity.negated() : cost.quantity
      text += " @@ \(amount(ForeignAmount(total, cost.commodity)))"
    }
    writeComment(of: posting, year)
  }

  /// The days that the comment says itself are left to it where they are the posting's.
  private mutating func writeComment(of posting: ForeignPosting, _ year: Int) {
    let lines = Harmless.commentLines(posting.comment)
    // A comment that can't be read as one is treated like one that names other days.
    let read = try? RawComment(lines: lines, year: year)
    let tags = posting.tags.filter { $0.name != "date" && $0.name != "date2" }
    guard read?.day != posting.day || read?.secondaryDay != posting.secondaryDay || read == nil
    else { return writeComment(lines, tags) }
    let days = [("date", posting.day), ("date2", posting.secondaryDay)].compactMap { name, day in
      day.map { ForeignTag(name: name, value: $0.text) }
    }
    writeComment(lines.map(Harmless.withoutDays), tags + days)
  }

  /// Ends the line with the comment and what tags it doesn't hold already.
  private mutating func writeComment(_ comment: [String], _ tags: [ForeignTag]) {
    var lines = comment
    let held = RawComment.tags(in: comment.joined(separator: "\n"))
    let missing = tags.map(Harmless.tag).filter { !$0.name.isEmpty && !held.contains($0) }
    if !missing.isEmpty {
      lines.append(missing.map { "\($0.name):\($0.value)" }.joined(separator: ", "))
    }
    guard let first = lines.first else {
      text += "\n"
      return
    }
    text += "  ; \(first)\n"
    for line in lines.dropFirst() { text += "    ; \(line)\n" }
  }

  private mutating func accountName(_ path: String) -> String {
    if let known = accountNames[path] { return known }
    let name = Harmless.account(path)
    accountNames[path] = name
    return name
  }

  private mutating func amount(_ amount: ForeignAmount) -> String {
    placed(amount.quantity.text, amount.commodity)
  }

  private mutating func placed(_ number: String, _ symbol: String) -> String {
    guard !symbol.isEmpty else { return number }
    let name = symbols[symbol] ?? Harmless.symbol(symbol)
    symbols[symbol] = name
    return switch placements[symbol] ?? .right {
    case .left: "\(name)\(number)"
    case .leftSpaced: "\(name) \(number)"
    case .right: "\(number) \(name)"
    case .rightClose: "\(number)\(name)"
    }
  }
}

extension ForeignStatus {
  fileprivate var mark: String {
    switch self {
    case .unmarked: ""
    case .pending: "!"
    case .cleared: "*"
    }
  }
}
