import Domain
import Testing

/// What is drawn for auditors, with numbers of SplitMix64's own. Of the seed 0 the first are
/// 0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F and 0xF88BB8A8724C81EC: 0.8833, 0.4315,
/// 0.0264 and 0.9709 of all.
@Suite struct SamplingTests {
  private func sample(
    _ method: SamplingMethod, _ size: Int, of amounts: [Int64], seed: UInt64 = 0
  ) throws -> Sample {
    try Sample(method, size: size, of: amounts.map { Money(minorUnits: $0) }, seed: seed)
  }

  @Test func `chance is that of the published generator`() {
    var chance = SplitMix(seed: 0)
    #expect((0..<2).map { _ in chance.next() } == [0xE220_A839_7B1D_CDAF, 0x6E78_9E6A_A1B9_65F4])
  }

  @Test func `no number is likelier than another`() {
    // So many numbers go into all of chance only once, and what the first two give is left over. Of
    // the third it is the half.
    var chance = SplitMix(seed: 0)
    let half = chance.number(below: 1 << 63 + 1)
    #expect(half == 0x0362_2E8C_4004_A2A7)
    // The fourth is 0.9709 of all.
    let tenth = chance.number(below: 10)
    #expect(tenth == 9)
  }

  @Test func `by chance each is drawn once`() throws {
    // Of 10 the 8th, of the other 9 the 3rd, of 8 the 0th, of 7 the 6th: what was drawn changes
    // places with the first that wasn't, so that these are 8, 4, 2 and 9.
    let amounts = Array(repeating: Int64(1), count: 10)
    #expect(try sample(.random, 4, of: amounts).picks == [2, 4, 8, 9])
    #expect(try sample(.random, 11, of: amounts).picks == Array(0..<10))
    #expect(try sample(.random, 4, of: amounts, seed: 1) != sample(.random, 4, of: amounts))
    #expect(try sample(.random, 4, of: []).picks.isEmpty)
  }

  @Test func `of monetary units every so many are taken, and what is as large always`() throws {
    // 1,000 in 4 steps of 250, from 0.8833 of them: 221, 471, 721 and 971. The first 100 have none,
    // the next 300 have 221, the 50 up to 450 none, and the rest all others.
    let found = try sample(.monetaryUnit, 4, of: [100, 300, 50, 550])
    #expect(found.picks == [1, 3])
    #expect(found.interval == Money(minorUnits: 250) && found.start == Money(minorUnits: 221))
    for seed in UInt64(0)..<200 {
      let amounts: [Int64] = [3, 250, 1, 0, 496, 250]
      let found = try sample(.monetaryUnit, 4, of: amounts, seed: seed)
      #expect(found.picks.filter { amounts[$0] >= 250 } == [1, 4, 5], "\(seed)")
      #expect(found.picks.count <= 4 && !found.picks.contains(3))
    }
    #expect(try sample(.monetaryUnit, 4, of: [0, 0]).picks.isEmpty)
    #expect(try sample(.monetaryUnit, 4, of: []).interval == nil)
    #expect(try sample(.monetaryUnit, 50, of: [1, 0, 1]).picks == [0, 2])
  }

  @Test func `sums as large as books can hold are drawn from, and larger ones are refused`() throws
  {
    #expect(try sample(.monetaryUnit, 1, of: [.max]).picks == [0])
    for method in [SamplingMethod.monetaryUnit, .stratified([Money(minorUnits: 5)])] {
      #expect(throws: AmountError.tooLarge) { try sample(method, 1, of: [.max, 1, 7]) }
    }
  }

  @Test func `a stratum has of the sample what it has of the amounts`() throws {
    // 100 below 100, 300 from there and 600 from 300: of 10 it is 1, 3 and 6, of which the last has
    // 2 only. The others have 3 for the 4 that are left.
    let amounts: [Int64] = [25, 25, 25, 25, 100, 100, 100, 300, 300]
    let bounds = [100, 300].map { Money(minorUnits: $0) }
    let found = try sample(.stratified(bounds), 10, of: amounts)
    #expect(found.strata.map(\.items) == [4, 3, 2])
    #expect(found.strata.map(\.amount.minorUnits) == [100, 300, 600])
    #expect(found.strata.map(\.picked) == [4, 3, 2])
    // Of 5: 0.5, 1.5 and 3, so 1, 1 and 3 as the remainders are alike. The last has 2, so that the
    // one before it has one more.
    let fewer = try sample(.stratified(bounds), 5, of: amounts)
    #expect(fewer.strata.map(\.picked) == [1, 2, 2])
    #expect(try sample(.stratified(bounds), 5, of: []).picks.isEmpty)
    // 0.8833 of 4 is the last of the first; of 3 from the 4th on 0.4315 and of 2 0.0264: the 5th, and
    // then the 4th, which stands where the 5th was.
    #expect(fewer.picks == [3, 4, 5, 7, 8])
  }
}
