import Testing

@testable import Keys

struct KeyDecoderTests {
  static let sequences: [(String, Key)] = [
    ("\r", .enter), ("\n", .enter), ("\t", .tab), ("\u{7f}", .backspace), ("\u{8}", .backspace),
    ("\0", .ctrl(" ")), ("\u{1}", .ctrl("a")), ("\u{1a}", .ctrl("z")), ("\u{1c}", .ctrl("\\")),
    ("\u{1f}", .ctrl("_")), ("\u{1b}[A", .up), ("\u{1b}OB", .down), ("\u{1b}[C", .right),
    ("\u{1b}OD", .left), ("\u{1b}[H", .home), ("\u{1b}OH", .home), ("\u{1b}[1~", .home),
    ("\u{1b}[7~", .home), ("\u{1b}[F", .end), ("\u{1b}[4~", .end), ("\u{1b}[8~", .end),
    ("\u{1b}[2~", .insert), ("\u{1b}[3~", .delete), ("\u{1b}[5~", .pageUp),
    ("\u{1b}[6~", .pageDown),
    ("\u{1b}[Z", .backTab), ("\u{1b}OP", .function(1)), ("\u{1b}[11~", .function(1)),
    ("\u{1b}[[A", .function(1)), ("\u{1b}[[E", .function(5)), ("\u{1b}[15~", .function(5)),
    ("\u{1b}[17~", .function(6)), ("\u{1b}[21~", .function(10)), ("\u{1b}[23~", .function(11)),
    ("\u{1b}[24~", .function(12)), ("\u{1b}[25~", .function(13)), ("\u{1b}[29~", .function(16)),
    ("\u{1b}[34~", .function(20)), ("\u{1b}[21;2~", Key.function(10).with(.shift)),
    ("\u{1b}[1;2P", Key.function(1).with(.shift)), ("\u{1b}[1;5C", Key.right.with(.ctrl)),
    ("\u{1b}[1;3A", Key.up.with(.alt)), ("\u{1b}[1;9A", Key.up.with(.alt)),
    ("\u{1b}[1;8D", Key.left.with([.shift, .alt, .ctrl])), ("\u{1b}O5A", Key.up.with(.ctrl)),
    ("\u{1b}Oa", Key.up.with(.ctrl)), ("\u{1b}[a", Key.up.with(.shift)),
    ("\u{1b}[5^", Key.pageUp.with(.ctrl)), ("\u{1b}OM", .enter), ("\u{1b}Ok", .character("+")),
    ("\u{1b}Op", .character("0")), ("\u{1b}Oy", .character("9")), ("\u{1b}Oj", .character("*")),
    ("\u{1b}x", .alt("x")), ("\u{1b}X\u{1b}\\\u{1b}x", .alt("x")), ("\u{1b}é", .alt("é")),
    ("\u{1b}\r", Key.enter.with(.alt)), ("\u{1b}\u{7f}", Key.backspace.with(.alt)),
    ("\u{1b}\u{1}", Key(.character("a"), [.ctrl, .alt])),
    ("\u{1b}[27;5;13~", Key.enter.with(.ctrl)),
    ("\u{1b}[13;2u", Key.enter.with(.shift)), ("\u{1b}[97;5u", .ctrl("a")),
    ("\u{1b}[97;2u", .character("A")), ("é", .character("é")), ("株", .character("株")),
    ("e\u{301}", .character("é")), ("👩‍💻", .character("👩‍💻")),
  ]

  @Test(arguments: sequences)
  func `a sequence is its key, in one piece or byte by byte`(sequence: String, key: Key) {
    var whole = KeyDecoder()
    #expect(whole.decode(sequence.utf8) == [.key(key)])
    #expect(whole.pendingMilliseconds == nil)
    // Characters of several scalars only come as one key when they come together.
    guard sequence.unicodeScalars.allSatisfy(\.isASCII) else { return }
    var pieces = KeyDecoder()
    var events: [InputEvent] = []
    for byte in sequence.utf8 { events += pieces.decode([byte]) }
    #expect(events == [.key(key)])
  }

  @Test func `text arrives character by character, in order with other keys`() {
    var decoder = KeyDecoder()
    let events = decoder.decode("ab\u{1b}[Ac".utf8)
    #expect(
      events == [.key(.character("a")), .key(.character("b")), .key(.up), .key(.character("c"))])
  }

  @Test func `a character split between reads is one key`() {
    var decoder = KeyDecoder()
    #expect(decoder.decode([0xe6, 0xa0]) == [])
    #expect(decoder.decode([0xaa]) == [.key(.character("株"))])
  }

  @Test(
    arguments: [
      ([0xff], "\u{FFFD}"), ([0x80, 0x61], "\u{FFFD}a"), ([0xc3, 0x61], "\u{FFFD}a"),
      ([0xc0, 0xaf], "\u{FFFD}\u{FFFD}"), ([0xe2, 0x82, 0x61], "\u{FFFD}a"),
      ([0xed, 0xa0, 0x80, 0x61], "\u{FFFD}\u{FFFD}\u{FFFD}a"),
      ([0xf4, 0x90, 0x80, 0x80, 0x61], "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}a"),
      ([0xc3, 0xc3, 0xa9], "\u{FFFD}é"),
    ] as [([UInt8], String)])
  func `broken UTF-8 becomes replacement characters and loses nothing after it`(
    bytes: [UInt8], text: String
  ) {
    var decoder = KeyDecoder()
    #expect(decoder.decode(bytes) == text.map { .key(.character($0)) })
  }

  @Test func `Esc alone waits for the time-out, then is the key`() {
    var decoder = KeyDecoder(escapeMilliseconds: 40)
    #expect(decoder.decode([0x1b]) == [])
    #expect(decoder.pendingMilliseconds == 40)
    #expect(decoder.flush() == [.key(.escape)])
    #expect(decoder.pendingMilliseconds == nil)
  }

  @Test func `two Escs are two keys, and a sequence after Esc is whole`() {
    var decoder = KeyDecoder()
    #expect(decoder.decode([0x1b, 0x1b]) + decoder.flush() == [.key(.escape), .key(.escape)])
    #expect(decoder.decode("\u{1b}\u{1b}[A".utf8) == [.key(.escape), .key(.up)])
  }

  @Test(arguments: [("\u{1b}[", Key.alt("[")), ("\u{1b}O", .alt("O")), ("\u{1b}]", .alt("]"))])
  func `the start of a sequence that never comes is the Alt key it was`(start: String, key: Key) {
    var decoder = KeyDecoder()
    #expect(decoder.decode(start.utf8) == [])
    #expect((decoder.pendingMilliseconds ?? 0) > 25)
    #expect(decoder.flush() == [.key(key)])
  }

  @Test(arguments: [
    "\u{1b}[?62;22c", "\u{1b}[>1;10;0c", "\u{1b}]11;rgb:0000/0000/0000\u{7}",
    "\u{1b}]11;rgb:0000/0000/0000\u{1b}\\", "\u{1b}P1+r\u{1b}\\", "\u{1b}[M !!", "\u{1b}[201~",
    "\u{1b}[99999999999999999999~", "\u{1b}[?1;2;3$y", "\u{1b}[57441;1u",
  ])
  func `answers and unknown sequences are never typed`(sequence: String) {
    var decoder = KeyDecoder()
    #expect(decoder.decode((sequence + "a").utf8) == [.key(.character("a"))])
  }

  @Test func `an endless sequence is swallowed without growing`() {
    var decoder = KeyDecoder()
    let bytes = Array("\u{1b}[".utf8) + Array(repeating: UInt8(ascii: "1"), count: 100_000)
    #expect(decoder.decode(bytes + Array("~b".utf8)) == [.key(.character("b"))])
  }

  @Test func `a control character within a sequence ends it and counts`() {
    var decoder = KeyDecoder()
    #expect(decoder.decode("\u{1b}[1\r".utf8) == [.key(.enter)])
  }

  @Test func `mouse, focus and mode reports are events`() {
    var decoder = KeyDecoder()
    let bytes =
      "\u{1b}[<0;10;5M\u{1b}[<2;1;1m\u{1b}[<65;3;4M\u{1b}[<35;3;4M\u{1b}[I\u{1b}[O\u{1b}[?2026;2$y"
    #expect(
      decoder.decode(bytes.utf8) == [
        .mouse(Mouse(.press(button: 1), column: 9, row: 4)),
        .mouse(Mouse(.release(button: 3), column: 0, row: 0)),
        .mouse(Mouse(.wheelDown, column: 2, row: 3)), .focus(true), .focus(false),
        .modeReport(mode: 2026, setting: 2),
      ])
  }
}

struct PasteTests {
  private static let start = "\u{1b}[200~"
  private static let end = "\u{1b}[201~"

  @Test func `a paste is one event and none of it is a key`() {
    var decoder = KeyDecoder()
    let bytes = Self.start + "y\r\nF\u{3}x\u{1b}[31m\ty\rz" + Self.end + "q"
    #expect(
      decoder.decode(bytes.utf8) == [
        .paste(Paste(text: "y\nFx[31m\ty\nz")), .key(.character("q")),
      ])
  }

  @Test func `the end mark is found wherever reads split it`() {
    let bytes = Array((Self.start + "a\u{1b}\u{1b}[201" + "\u{1b}[20b" + Self.end).utf8)
    for cut in 1..<bytes.count {
      var decoder = KeyDecoder()
      let events = decoder.decode(bytes[..<cut]) + decoder.decode(bytes[cut...])
      #expect(events == [.paste(Paste(text: "a[201[20b"))])
    }
  }

  @Test func `beyond the limit a paste is cut at a character, and says by how much`() {
    var decoder = KeyDecoder()
    let filler = String(repeating: "x", count: KeyDecoder.pasteLimitBytes - 2)
    let events = decoder.decode((Self.start + filler + "株式" + Self.end + "q").utf8)
    #expect(
      events == [.paste(Paste(text: filler, droppedBytes: 6)), .key(.character("q"))])
  }

  @Test func `a paste that never ends is ended by the time-out`() {
    var decoder = KeyDecoder()
    #expect(decoder.decode((Self.start + "abc").utf8) == [])
    #expect(decoder.pendingMilliseconds == 2_000)
    #expect(decoder.flush() == [.paste(Paste(text: "abc"))])
    #expect(decoder.decode("d".utf8) == [.key(.character("d"))])
  }

  @Test func `random bytes never stop the decoder`() {
    var generator = Seeded(state: 42)
    var decoder = KeyDecoder()
    for _ in 0..<200 {
      let bytes = (0..<500).map { _ in
        Bool.random(using: &generator)
          ? UInt8.random(in: 0...255, using: &generator)
          : [0x1b, 0x5b, 0x4f, 0x3b, 0x31, 0x7e, 0x4d].randomElement(using: &generator)!
      }
      _ = decoder.decode(bytes) + decoder.flush()
    }
    #expect(decoder.decode("a".utf8).last == .key(.character("a")))
  }
}

/// A generator whose numbers are the same in every run.
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ state >> 29
  }
}
