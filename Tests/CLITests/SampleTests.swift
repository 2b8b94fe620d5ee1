import Domain
import Testing

@testable import CLI

/// Samples of the journal at the command line.
struct SampleTests {
  private func posted() async throws -> Shell {
    let shell = try await Shell.withBooks()
    for amount in ["1.00", "3.00", "0.50", "5.50"] {
      let answer = await shell.type("journal add 6210 \(amount) 1120 -d Rent --post")
      #expect(answer.status == 0, "\(answer)")
    }
    return shell
  }

  private static let units = "audit sample --method monetary-unit --size 4 --seed 0"

  @Test func `scripts get the entries that were drawn`() async throws {
    let shell = try await posted()
    let answer = await shell.type("\(Self.units) --format csv", as: .viewer)
    // 10.00 in steps of 2.50 from 2.21 on.
    #expect(
      answer.lines == [
        "number,date,description,amount,who",
        "GJ-2026-000002,2026-11-23,Rent,3.00,Olive Owner",
        "GJ-2026-000004,2026-11-23,Rent,5.50,Olive Owner",
      ], "\(answer)")
    #expect(await shell.type("\(Self.units) --format csv", as: .viewer) == answer)
  }

  @Test func `the document has the seed, and the proof that audit journal gives`() async throws {
    let shell = try await posted()
    let output = await shell.type("\(Self.units) --format json").output
    let journal = await shell.type("audit journal --format json").output
    let digest = try #require(journal.firstMatch(of: #/"sha256":"([0-9a-f]{64})"/#)).output.1
    let head = await shell.type("audit verify --format json").output
    let hash = try #require(head.firstMatch(of: #/"hash":"([0-9a-f]{64})"/#)).output.1
    for part in [
      #""method":"monetary-unit","size":4,"seed":0,"interval":2.50,"start":2.21,"#
        + #""population":{"entries":4,"lines":8,"debits":10.00,"credits":10.00,"#
        + #""sha256":"\#(digest)","whole":true,"complete":true},"strata":[],"entries":[{"#,
      #""chain_head":"\#(hash)"}"#,
    ] { #expect(output.contains(part), "\(part) in \(output)") }
  }

  @Test func `strata are between bounds, and people read what they have`() async throws {
    let shell = try await posted()
    let answer = await shell.type(
      "audit sample --method stratified --bound 3 --bound 1 --size 4 --seed 5")
    let words = answer.lines.map { $0.split(separator: " ").map(String.init) }
    // The last has 8.50 of 10.00, which would be 3, and has 2.
    #expect(words.contains(["3.00", "2", "8.50", "2"]), "\(answer)")
    #expect(answer.lines.contains("Complete: debits are credits, and no number is missing."))
    let paper = await shell.type("\(Self.units) --format html").output
    for text in ["seed 0", "SHA-256", "Chain head: "] { #expect(paper.contains(text)) }
  }

  @Test func `a seed that chance chose is said, and draws the same again`() async throws {
    let shell = try await posted()
    let first = await shell.type("audit sample --size 2 --format csv")
    let seed = try #require(first.errors.firstMatch(of: #/The seed is (\d+)\./#)).output.1
    let again = await shell.type("audit sample --size 2 --seed \(seed) --format csv")
    #expect(first.lines.count == 3 && again.output == first.output, "\(first) and \(again)")
    #expect(again.errors.isEmpty)
  }

  @Test func `of no more entries than were asked for all are drawn, and of none none`() async throws
  {
    let shell = try await posted()
    #expect(await shell.type("audit sample --size 10000 --seed 1 --format csv").lines.count == 5)
    for method in ["random", "monetary-unit", "stratified --bound 5"] {
      let answer = await shell.type(
        "audit sample --method \(method) --from 2026-11-24 --to 2026-12-31")
      #expect(answer.status == 0 && answer.lines.last == "Nothing was drawn.", "\(answer)")
      #expect(answer.output.contains("Drawn from 0 entries with 0 lines"), "\(answer)")
    }
  }

  @Test(arguments: [
    "--size 0", "--size -1", "--size 10001", "--method stratified", "--bound 5", "--method some",
    "--seed -1", "--method stratified --bound 0", "--from 2026-12-01 --to 2026-11-01",
  ])
  func `what can't be drawn by is refused`(_ options: String) async throws {
    let shell = try await Shell.withBooks()
    #expect(await shell.type("audit sample \(options)").status == 2)
  }

  @Test func `whoever may not take out the log draws nothing`() async throws {
    let answer = try await posted().type("audit sample", as: .manager)
    #expect(answer.status == 3 && answer.output.isEmpty, "\(answer)")
  }
}
