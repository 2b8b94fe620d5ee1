import Domain
import Interchange
import Testing

/// What tells entries apart, so that a second import of a file adds nothing.
struct ForeignJournalTests {
  @Test func `notes, statuses, places and trailing zeros don't make another entry`() throws {
    let before = try HledgerJournal.read(text: "2024-01-01 x\n a  1.50 EUR\n b\n")
    let after = try HledgerJournal.read(
      text: "; new\n\n2024-01-01 * x  ; seen\n a  1.5 EUR  ; t:1\n b  -1.500 EUR\n")
    #expect(before.identities == after.identities)
  }

  @Test(arguments: [
    "2024-01-02 x\n a  1 EUR\n b\n", "2024-01-01 y\n a  1 EUR\n b\n",
    "2024-01-01 x\n a  2 EUR\n b\n",
    "2024-01-01 x\n a  1 USD\n b\n", "2024-01-01 x\n c  1 EUR\n b\n",
    "2024-01-01 (1) x\n a  1 EUR\n b\n", "2024-01-01 x|\n a  1 EUR\n b\n",
    "2024-01-01 x\n a  1 EUR @ $1\n b  $-1\n", "2024-01-01 x\n [a]  1 EUR\n [b]\n",
  ])
  func `whatever is counted makes another entry`(text: String) throws {
    let entry = try HledgerJournal.read(text: "2024-01-01 x\n a  1 EUR\n b\n")
    #expect(try HledgerJournal.read(text: text).identities != entry.identities)
  }

  @Test func `genuine repetitions are told apart by their count`() throws {
    let entry = "2024-01-01 x\n a  1\n b\n"
    let once = try HledgerJournal.read(text: entry)
    let twice = try HledgerJournal.read(text: entry + entry)
    #expect(Set(twice.identities).count == 2)
    #expect(twice.identities[0] == once.identities[0])
  }
}
