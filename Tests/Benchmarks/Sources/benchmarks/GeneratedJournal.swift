import Foundation

/// A journal of so many entries, the same each time: two to four lines an entry, over three years.
struct GeneratedJournal {
  let entries: Int
  private static let accounts = [
    "assets:bank", "assets:receivable", "assets:inventory", "liabilities:payable",
    "liabilities:tax", "revenue:sales", "revenue:services", "expenses:payroll", "expenses:office",
    "expenses:travel", "expenses:marketing", "expenses:software",
  ].flatMap { group in (1...10).map { "\(group):\($0)" } }
  private static let texts = ["Invoice", "Payment", "Refund", "Rent", "Freight", "Supplies"]
  private static let days = 1096

  func write(to path: String) throws {
    var chance: UInt64 = 88_172_645_463_325_252
    func next(_ limit: Int) -> Int {
      chance ^= chance << 13
      chance ^= chance >> 7
      chance ^= chance << 17
      return Int(chance % UInt64(limit))
    }
    var text = Self.accounts.map { "account \($0)\n" }.joined() + "\n"
    for number in 0..<entries {
      let day = number * Self.days / entries
      let (year, rest) = (2023 + min(day / 365, 2), day - min(day / 365, 2) * 365)
      let month = min(rest / 31 + 1, 12)
      let name = Self.texts[next(Self.texts.count)]
      text += "\(year)-\(Self.two(month))-\(Self.two(next(28) + 1)) * \(name) \(number + 1)\n"
      let first = next(Self.accounts.count)
      var sum = 0
      for line in 0...next(3) {
        let cents = next(500_000) + 100
        sum += cents
        let account = Self.accounts[(first + 17 * (line + 1)) % Self.accounts.count]
        text += "    \(account)  \(cents / 100).\(Self.two(cents % 100)) USD\n"
      }
      text += "    \(Self.accounts[first])  -\(sum / 100).\(Self.two(sum % 100)) USD\n\n"
    }
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
