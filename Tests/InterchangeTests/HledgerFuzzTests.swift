import Domain
import Foundation
import Interchange
import Testing

/// Ten thousand damaged journals, the same ones in every run: each is read whole or refused with its
/// line, none crashes the reader or keeps it.
@Suite(.timeLimit(.minutes(5)))
struct HledgerFuzzTests {
  private static let mutations = 10_000

  @Test func `a damaged journal is read whole or refused with its line`() throws {
    var chance = SplitMix(seed: 20_261_123)
    let seeds = try Self.seeds()
    var read = 0
    for number in 0..<Self.mutations {
      var bytes = seeds[number % seeds.count]
      for _ in 0...Int.random(in: 0...2, using: &chance) { Self.damage(&bytes, &chance) }
      do {
        let journal = try HledgerJournal.read(
          path: "x", files: .inMemory(["x": bytes]), defaultYear: 2024)
        try expectBalanced(journal)
        read += 1
      } catch let refusal as ImportError {
        #expect(refusal.line != nil, "mutation \(number): \(refusal.text)")
      }
    }
    // Damage in a comment or a name is no fault; a reader that refused all would prove nothing.
    #expect((Self.mutations / 20..<Self.mutations).contains(read))
  }

  @Test func `what is read of damaged journals is written so that it reads the same`() throws {
    var chance = SplitMix(seed: 7)
    let seeds = try Self.seeds()
    for number in 0..<1000 {
      var bytes = seeds[number % seeds.count]
      Self.damage(&bytes, &chance)
      // A refused journal has nothing to write.
      guard
        let journal = try? HledgerJournal.read(
          path: "x", files: .inMemory(["x": bytes]), defaultYear: 2024)
      else { continue }
      let again = try HledgerJournal.read(text: HledgerJournal.write(journal))
      #expect(try Sums(again) == Sums(journal), "mutation \(number)")
    }
  }

  /// Every real entry nets to nothing at cost, within half a cent per digit that it shows.
  private func expectBalanced(_ journal: ForeignJournal) throws {
    for entry in journal.entries {
      var sums: [String: Quantity] = [:]
      for posting in entry.postings where posting.kind == .real {
        let weight = posting.weight
        sums[weight.commodity] = try (sums[weight.commodity] ?? .zero) + weight.quantity
      }
      for sum in sums.values {
        #expect(sum <= Quantity(5, decimals: 1) && sum >= Quantity(-5, decimals: 1))
      }
    }
  }

  private static func seeds() throws -> [[UInt8]] {
    let names = ["own-dates-comments", "own-formats-eu", "own-costs-assertions"]
    let own = try names.map { name in
      Array(try Data(contentsOf: URL(filePath: "\(Oracles.fixtures)/journals/\(name).journal")))
    }
    let others = try ["gen-cost-300", "gen-unicode-300"].map { name in
      Array(
        try Data(contentsOf: URL(filePath: "\(Oracles.fixtures)/journals/\(name).journal"))
          .prefix(800))
    }
    return own + others
  }

  private static let pieces: [[UInt8]] = [
    [0], [0x1B], [0xFF], [0xC2], [0xEF, 0xBB, 0xBF], Array("\n".utf8), Array("\r".utf8),
    Array("  ".utf8), Array("\t".utf8), Array(String(repeating: "9", count: 60).utf8),
    Array("0.".utf8), Array(",".utf8), Array("-".utf8), Array("(".utf8), Array("]".utf8),
    Array("@@".utf8), Array("==*".utf8), Array("\"".utf8), Array(";".utf8), Array("e99".utf8),
    Array("\ninclude x\n".utf8), Array("\nalias a=a:a\n".utf8), Array("\nY99999\n".utf8),
    Array("\ncomment\n".utf8), Array("date:".utf8), Array("[1/1]".utf8), Array("😀".utf8),
  ]

  private static func damage(_ bytes: inout [UInt8], _ chance: inout SplitMix) {
    guard !bytes.isEmpty else { return }
    let place = Int.random(in: 0..<bytes.count, using: &chance)
    switch Int.random(in: 0..<6, using: &chance) {
    case 0: bytes.removeSubrange(place...)
    case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &chance)
    case 2: bytes.remove(at: place)
    case 3:
      let end = min(bytes.count, place + Int.random(in: 1...40, using: &chance))
      bytes.insert(contentsOf: bytes[place..<end], at: place)
    default: bytes.insert(contentsOf: pieces.randomElement(using: &chance) ?? [], at: place)
    }
  }
}
