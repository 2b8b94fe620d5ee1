import Domain

/// Reads the accounts of GnuCash's XML. They stand one after the other, and each names the one that
/// it stands under.
struct GnuCashReader {
  private let accounts: [MarkupElement]
  private var builder = ChartBuilder()

  static func read(_ bytes: [UInt8], file: String) throws(ImportError) -> ForeignChart {
    var markup = MarkupReader(bytes, file: file)
    let root = try markup.root()
    var reader = GnuCashReader(try accounts(in: root))
    try reader.readTree()
    return reader.builder.chart
  }

  private init(_ accounts: [MarkupElement]) { self.accounts = accounts }

  private static func accounts(in root: MarkupElement) throws(ImportError) -> [MarkupElement] {
    let holders: [MarkupElement]
    switch root.name {
    case "gnc-account-example": holders = [root]
    case "gnc-v2": holders = root.children.filter { $0.name == "gnc:book" }
    default: throw ImportError(.chart(.notGnuCash(root.name)), at: root.position)
    }
    return holders.flatMap(\.children).filter { $0.name == "gnc:account" }
  }

  /// An account to read, below one that was.
  private struct Step {
    let place: Int
    let parent: Int?
  }

  /// From the roots down, as what stands above an account may come after it in the file.
  private mutating func readTree() throws(ImportError) {
    let below = try placesBelow()
    func steps(below place: Int?, _ made: Int?) -> [Step] {
      (below[place] ?? []).reversed().map { Step(place: $0, parent: made) }
    }
    var waiting = steps(below: nil, nil)
    var read: Set<Int> = []
    while let step = waiting.popLast() {
      let made = try builder.add(account(accounts[step.place], below: step.parent))
      read.insert(step.place)
      waiting += steps(below: step.place, made)
    }
    // Whoever stands below themselves is never reached.
    for (place, account) in accounts.enumerated()
    where !Self.isRoot(account) && !read.contains(place) {
      throw ImportError(.chart(.noParent), at: account.position)
    }
  }

  /// What stands below each account, and below none. GnuCash's own root is no account.
  private func placesBelow() throws(ImportError) -> [Int?: [Int]] {
    let places = try placesByID()
    var below: [Int?: [Int]] = [:]
    for (place, account) in accounts.enumerated() where !Self.isRoot(account) {
      var parent: Int?
      if let id = account["act:parent"] {
        guard let known = places[id] else {
          throw ImportError(.chart(.noParent), at: account.position)
        }
        parent = Self.isRoot(accounts[known]) ? nil : known
      }
      below[parent, default: []].append(place)
    }
    return below
  }

  private func placesByID() throws(ImportError) -> [String: Int] {
    var places: [String: Int] = [:]
    for (place, account) in accounts.enumerated() {
      guard let id = account["act:id"] else {
        throw ImportError(.chart(.noID), at: account.position)
      }
      guard places.updateValue(place, forKey: id) == nil else {
        throw ImportError(.chart(.accountTwice(id)), at: account.position)
      }
    }
    return places
  }

  private static func isRoot(_ account: MarkupElement) -> Bool { account["act:type"] == "ROOT" }

  private func account(_ element: MarkupElement, below parent: Int?) -> ForeignChartAccount {
    let word = element["act:type"] ?? ""
    let slots = element.children.first { $0.name == "act:slots" }?.children ?? []
    return ForeignChartAccount(
      name: element["act:name"] ?? "", parent: parent, number: element["act:code"] ?? "",
      word: word, type: ForeignTypeWords.gnuCashType(word),
      category: ForeignTypeWords.gnuCashCategory(word),
      isHeading: slots.contains {
        $0["slot:key"] == "placeholder" && $0["slot:value"] == "true"
      },
      description: element["act:description"] ?? "",
      commodity: element.children.first(where: { $0.name == "act:commodity" })?["cmdty:id"] ?? "",
      position: element.position)
  }
}
