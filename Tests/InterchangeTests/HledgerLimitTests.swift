import Domain
import Interchange
import Testing

/// Input made to exhaust memory or time is refused, or taken, soon.
@Suite(.timeLimit(.minutes(1)))
struct HledgerLimitTests {
  @Test(arguments: [
    ("2024-01-01 " + String(repeating: "d", count: 1 << 20) + "\n a  1\n b\n", 1),
    ("2024-01-01\n a  " + String(repeating: "9", count: 400) + "\n b\n", 2),
    ("2024-01-01\n a  1e400\n b\n", 2),
    ("2024-01-01\n a  1e36\n b  1e36 X @ 1e36\n", 3),
    ("2024-01-01\n a  0." + String(repeating: "0", count: 400) + "1\n b\n", 2),
    ("2024-01-01\n " + String(repeating: "a:", count: 40_000) + "  1\n b\n", 2),
    ("2024-01-01\n " + String(repeating: "a", count: 2000) + "  1\n b\n", 2),
    ("2024-01-01\n a  1 \"" + String(repeating: "x", count: 300) + "\"\n b\n", 2),
    (String(repeating: "apply account a\n", count: 70), 65),
    (String(repeating: "alias a=b\n", count: 1001), 1001),
    (String(repeating: "[", count: 90_000), 1),
    ("2024-01-01\n " + String(repeating: "(", count: 90_000) + "\n b  1\n c  2\n", 2),
  ])
  func `what is beyond a limit is refused with its line`(text: String, line: Int) {
    let refusal = #expect(throws: ImportError.self) { try HledgerJournal.read(text: text) }
    #expect(refusal?.line == line)
    #expect(refusal.map { $0.text.count < 300 } == true)
  }

  @Test func `an entry of a hundred thousand postings is taken`() throws {
    let postings = (1...100_000).map { " a:b\($0 % 100)  1 EUR\n" }.joined()
    let journal = try HledgerJournal.read(text: "2024-01-01\n\(postings) c\n")
    #expect(journal.entries[0].postings.last?.amount.quantity.text == "-100000")
  }

  @Test func `an entry in ten thousand commodities is taken`() throws {
    let postings = (1...10_000).map { " a  1 \"c\($0)\"\n" }.joined()
    let journal = try HledgerJournal.read(text: "2024-01-01\n\(postings) b\n")
    #expect(journal.entries[0].postings.count == 20_000)
  }

  @Test func `asserting every balance costs no more than the entries do`() throws {
    let entries = (1...5000).map { "2024-01-01\n a:b:c:d\($0)  1 = 1\n a  -1\n a  0 =* 0\n" }
    let journal = try HledgerJournal.read(text: entries.joined())
    #expect(journal.entries.count == 5000)
  }
}
