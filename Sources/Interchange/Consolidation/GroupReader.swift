import Domain
import Yams

/// Makes a group of a document that was read. Account numbers are text, however they are written.
struct GroupReader {
  let path: String

  func group(_ root: Node) throws(YAMLFileFault) -> ConsolidationGroup {
    let fields = try fields(
      root,
      [
        "name", "currency", "parent", "translation", "tolerance", "rounding", "members",
        "accounts", "intercompany", "adjustments",
      ])
    let code = try fields.required("currency")
    guard let currency = Currency.iso(try text(code)) else {
      throw fault(code, "here should be a currency of ISO 4217, such as USD")
    }
    let parent = try text(fields.required("parent"))
    let members = try members(fields["members"], parent: parent)
    let slugs = Set(members.map(\.slug))
    return ConsolidationGroup(
      name: try text(fields.required("name")), currency: currency, members: members,
      accounts: try accounts(fields["accounts"]),
      translation: try optional(fields["translation"], text),
      pairs: try items(fields["intercompany"]) { node throws(YAMLFileFault) in
        try pair(node, of: slugs)
      },
      tolerance: try tolerance(fields["tolerance"], currency),
      adjustments: try items(fields["adjustments"]) { node throws(YAMLFileFault) in
        try adjustment(node, currency)
      },
      rounding: try rounding(fields["rounding"]))
  }

  // MARK: Members

  /// The parent first, which is the group's whole.
  private func members(
    _ node: Node?, parent: String
  ) throws(YAMLFileFault) -> [ConsolidationGroup.Member] {
    var members: [ConsolidationGroup.Member] = []
    for (key, value) in try pairs(node) {
      let member = try member(text(key), value)
      guard member.slug == parent else {
        members.append(member)
        continue
      }
      guard member.ownership.isWhole else {
        throw fault(key, "the parent owns itself whole; leave its ownership out")
      }
      members.insert(member, at: 0)
    }
    if members.first?.slug != parent { members.insert(.init(parent), at: 0) }
    return members
  }

  private func member(
    _ slug: String, _ node: Node
  ) throws(YAMLFileFault) -> ConsolidationGroup.Member {
    let fields = try fields(node, ["ownership", "rates", "accounts"])
    var accounts: [String: String] = [:]
    for (key, value) in try pairs(fields["accounts"]) {
      accounts[try text(key)] = try text(value)
    }
    return ConsolidationGroup.Member(
      slug, ownership: try optional(fields["ownership"], ownership) ?? .whole,
      accounts: accounts, rates: try rates(fields["rates"]))
  }

  private func ownership(_ node: Node) throws(YAMLFileFault) -> Ownership {
    guard let percent = Quantity(try text(node)), let ownership = Ownership(percent: percent)
    else { throw fault(node, "here should be a percentage above 0 and up to 100, such as 80") }
    return ownership
  }

  private func rates(_ node: Node?) throws(YAMLFileFault) -> ConsolidationGroup.Rates {
    guard let node else { return ConsolidationGroup.Rates() }
    let fields = try fields(node, ["opening", "closing", "average", "historical", "equity"])
    var equity: [String: ExchangeRate] = [:]
    for (key, value) in try pairs(fields["equity"]) { equity[try text(key)] = try rate(value) }
    return ConsolidationGroup.Rates(
      opening: try optional(fields["opening"], rate),
      closing: try optional(fields["closing"], rate),
      average: try optional(fields["average"], rate),
      historical: try optional(fields["historical"], rate), equity: equity)
  }

  private func rate(_ node: Node) throws(YAMLFileFault) -> ExchangeRate {
    guard let quantity = Quantity(try text(node)), let rate = ExchangeRate(quantity) else {
      throw fault(node, "here should be a rate above 0, such as 1.0875")
    }
    return rate
  }

  // MARK: What is the group's own

  private func accounts(
    _ node: Node?
  ) throws(YAMLFileFault) -> [FinancialStatement.Account] {
    var accounts: [FinancialStatement.Account] = []
    for (key, value) in try pairs(node) {
      let fields = try fields(value, ["name", "type"])
      let (name, type) = (try text(fields.required("name")), try fields.required("type"))
      guard let known = AccountType(rawValue: try text(type)) else {
        let types = AccountType.allCases.map(\.rawValue).joined(separator: ", ")
        throw fault(type, "here should be one of \(types)")
      }
      accounts.append(
        FinancialStatement.Account(
          // Below zero: those of books are above.
          id: ID(-1 - Int64(accounts.count)), number: try text(key), name: name, path: name,
          parent: nil, type: known))
    }
    return accounts
  }

  private func pair(
    _ node: Node, of slugs: Set<String>
  ) throws(YAMLFileFault) -> ConsolidationGroup.Pair {
    let fields = try fields(node, ["kind", "here", "there"])
    let word = try fields.required("kind")
    guard let kind = ConsolidationGroup.Pair.Kind(rawValue: try text(word)) else {
      let kinds = ConsolidationGroup.Pair.Kind.allCases.map(\.rawValue).joined(separator: ", ")
      throw fault(word, "here should be one of \(kinds)")
    }
    let here = try side(fields.required("here"), of: slugs)
    let there = try side(fields.required("there"), of: slugs)
    guard here.member != there.member else {
      throw fault(node, "a pair is of two businesses; this is one of \(here.member) alone")
    }
    return ConsolidationGroup.Pair(kind, here, there)
  }

  private func side(
    _ node: Node, of slugs: Set<String>
  ) throws(YAMLFileFault) -> ConsolidationGroup.Pair.Side {
    let sides = try pairs(node)
    guard sides.count == 1, let (key, value) = sides.first, let list = value.sequence,
      !list.isEmpty
    else {
      throw fault(node, "here should be a business and its accounts, such as {harbour: [1250]}")
    }
    let member = try text(key)
    guard slugs.contains(member) else {
      throw fault(key, "\(member) is no member of the group; add it to members")
    }
    var accounts: [String] = []
    for account in list { accounts.append(try text(account)) }
    return ConsolidationGroup.Pair.Side(member, accounts)
  }

  private func adjustment(
    _ node: Node, _ currency: Currency
  ) throws(YAMLFileFault) -> ConsolidationGroup.Adjustment {
    let fields = try fields(node, ["text", "lines"])
    var lines: [ConsolidationGroup.Adjustment.Line] = []
    for (key, value) in try pairs(fields.required("lines")) {
      lines.append(.init(try text(key), try amount(value, currency)))
    }
    return ConsolidationGroup.Adjustment(try text(fields.required("text")), lines)
  }

  private func tolerance(
    _ node: Node?, _ currency: Currency
  ) throws(YAMLFileFault) -> Money {
    guard let node else { return .zero }
    let tolerance = try amount(node, currency)
    guard tolerance >= .zero else { throw fault(node, "here should be nothing or more, not less") }
    return tolerance
  }

  private func rounding(_ node: Node?) throws(YAMLFileFault) -> Rounding {
    guard let node else { return .halfAwayFromZero }
    guard let rounding = Rounding(rawValue: try text(node)) else {
      let known = Rounding.allCases.map(\.rawValue).joined(separator: " or ")
      throw fault(node, "here should be \(known)")
    }
    return rounding
  }

  // MARK: What a document is made of

  /// The fields of a mapping, all of which are known.
  private struct Fields {
    let reader: GroupReader
    let node: Node
    var values: [String: Node] = [:]

    subscript(name: String) -> Node? { values[name] }

    func required(_ name: String) throws(YAMLFileFault) -> Node {
      guard let value = values[name] else { throw reader.fault(node, "\(name) is missing here") }
      return value
    }
  }

  private func fields(_ node: Node, _ known: [String]) throws(YAMLFileFault) -> Fields {
    var fields = Fields(reader: self, node: node)
    for (key, value) in try pairs(node) {
      let name = try text(key)
      guard known.contains(name) else {
        throw fault(
          key, "\(name) is not known here. Known are \(known.joined(separator: ", "))")
      }
      fields.values[name] = value
    }
    return fields
  }

  /// None where there is nothing.
  private func pairs(_ node: Node?) throws(YAMLFileFault) -> [(key: Node, value: Node)] {
    guard let node, node.scalar?.string != "" else { return [] }
    guard let mapping = node.mapping else {
      throw fault(node, "here should be names and values, such as closing: 1.0875")
    }
    return mapping.map { (key: $0.key, value: $0.value) }
  }

  private func items<Item>(
    _ node: Node?, _ read: (Node) throws(YAMLFileFault) -> Item
  ) throws(YAMLFileFault) -> [Item] {
    guard let node, node.scalar?.string != "" else { return [] }
    guard let list = node.sequence else {
      throw fault(node, "here should be a list, each with a - before it")
    }
    var items: [Item] = []
    for item in list { items.append(try read(item)) }
    return items
  }

  private func optional<Value>(
    _ node: Node?, _ read: (Node) throws(YAMLFileFault) -> Value
  ) throws(YAMLFileFault) -> Value? {
    guard let node else { return nil }
    return try read(node)
  }

  private func amount(_ node: Node, _ currency: Currency) throws(YAMLFileFault) -> Money {
    guard let quantity = Quantity(try text(node)) else {
      throw fault(node, "here should be an amount, such as -1250.00")
    }
    do { return try quantity.money(exponent: currency.exponent) } catch {
      throw fault(
        node, "this is larger than books can hold, or has more decimals than \(currency.code)")
    }
  }

  private func text(_ node: Node) throws(YAMLFileFault) -> String {
    guard let text = node.scalar?.string, !text.isEmpty, text.unseen == nil else {
      throw fault(node, "here should be a word or a number")
    }
    return text
  }

  private func fault(_ node: Node, _ reason: String) -> YAMLFileFault {
    YAMLFileFault(path: path, line: node.mark?.line, reason: reason)
  }
}
