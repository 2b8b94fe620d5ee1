import Domain
import Testing

@Suite struct CanonicalBytesTests {
  @Test func `a field is its type, its length and its bytes`() {
    var canonical = CanonicalBytes(version: "v")
    canonical.add("ab")
    canonical.add(-2 as Int64)
    canonical.add(true)
    canonical.add(nil as String?)
    #expect(
      hexadecimal(canonical.bytes)
        == [
          "74", "0000000000000001", "76", "74", "0000000000000002", "6162", "69",
          "0000000000000008",
          "fffffffffffffffe", "69", "0000000000000008", "0000000000000001", "6e",
          "0000000000000000",
        ].joined())
  }

  @Test func `the same letter written two ways has the same bytes`() {
    #expect(bytes("caf\u{E9}") == bytes("cafe\u{301}"))
    #expect(bytes("\u{1100}\u{1161}") == bytes("\u{AC00}"))
    #expect(bytes("\u{212B}") == bytes("\u{C5}"))
    #expect(bytes("cafe") != bytes("café"))
    #expect(bytes("ﬁ") != bytes("fi"))
  }

  @Test func `nothing, empty and zero are three things`() {
    var versions: Set<[UInt8]> = [bytes("")]
    var canonical = CanonicalBytes(version: "v")
    canonical.add(nil as String?)
    versions.insert(canonical.bytes)
    canonical = CanonicalBytes(version: "v")
    canonical.add(0)
    versions.insert(canonical.bytes)
    #expect(versions.count == 3)
  }

  @Test func `moving a letter from one field to the next changes the bytes`() {
    var seen: Set<[UInt8]> = []
    let texts = ["", "a", "b", "ab", "ba", "t", "\u{0}", "t\u{0}"]
    for one in texts {
      for other in texts { seen.insert(bytes(one, other)) }
    }
    #expect(seen.count == texts.count * texts.count)
    #expect(bytes("a", "b") != bytes("a", "b", ""))
    #expect(bytes("v") != CanonicalBytes(version: "vv").bytes)
  }

  @Test func `a number is never taken for a text`() {
    var number = CanonicalBytes(version: "v")
    number.add(0x6161_6161_6161_6161 as Int64)
    #expect(number.bytes != bytes("aaaaaaaa"))
  }

  private func bytes(_ texts: String...) -> [UInt8] {
    var canonical = CanonicalBytes(version: "v")
    for text in texts { canonical.add(text) }
    return canonical.bytes
  }
}
