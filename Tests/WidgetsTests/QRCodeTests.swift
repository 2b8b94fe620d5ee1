import Testing

@testable import Widgets

/// Codes against what two other encoders made of the same texts, and against the standard's tables.
struct QRCodeTests {
  /// As many bytes as version 1 holds.
  private static let shortest = "totp Q3T2YW2OVAAA"

  private static let versionOne = """
    #######.#...#.#######
    #.....#.##.##.#.....#
    #.###.#.#.#...#.###.#
    #.###.#.####..#.###.#
    #.###.#.....#.#.###.#
    #.....#.##.##.#.....#
    #######.#.#.#.#######
    .........####........
    ##..###....##..#.####
    .#.##....#.##.##.#.#.
    #####.#.#.......#.##.
    ..#.....#.#.#........
    #..#..##...#.....#..#
    ........#...#######..
    #######..##...####.#.
    #.....#.##.###..#..#.
    #.###.#.###.#.#..#.##
    #.###.#...##.#.#..#.#
    #.###.#...##.#..##...
    #.....#.##..##.###...
    #######.##.##.#.....#
    """

  private static let versionThree = """
    #######...#......#.##.#######
    #.....#.##.#..##..#...#.....#
    #.###.#.#..#..##.#..#.#.###.#
    #.###.#..###.####.#...#.###.#
    #.###.#.#....###......#.###.#
    #.....#.#.#.#..###.#..#.....#
    #######.#.#.#.#.#.#.#.#######
    ........###...#..##..........
    ##.#..##...##.###..##.###.##.
    #.#.....##.###.###..#.#..#.##
    .###.###.##.#.#.#..###.#..##.
    #..#...#####.#....#.##.##.##.
    #.##.##...#.###..#...##..#..#
    ##......#.###.#.##.##....#...
    .#.####.####.#....#.#.####.##
    ..###..##.##.#.#######.....#.
    ####.##.#.#.##.#.#.##..#...#.
    ...##.....#.#####.#..###..#.#
    #..#..#.#.#.#....##.##.#..###
    ....##..#...#.##.#.#....##...
    #.#####.####..#.#...#####.##.
    ........#.#....###.##...#####
    #######.###..#......#.#.####.
    #.....#...####..#.#.#...###..
    #.###.#...#....###..######.##
    #.###.#.#.#..#.#.##.#.###.#..
    #.###.#..#####...#..#.###.#.#
    #.....#.##...#####..##..##.#.
    #######.####.#.#######.#.#.#.
    """

  @Test(arguments: [
    (shortest, versionOne),
    ("otpauth://totp/A:beryl?secret=NEM3O7UGC2EMKZ76ABCDEFG", versionThree),
  ])
  func `small codes are as other encoders draw them`(_ text: String, _ drawing: String) throws {
    #expect(try #require(QRCode(text)).drawing == drawing)
  }

  @Test(arguments: [
    (
      "otpauth://totp/Coreflow:anna.berger@example.com?secret=NNZATPJREQWNSJWNMH53QDZQSM4NTWFG"
        + "&issuer=Coreflow&digits=6",
      41, 0x6d5b_42fa_6034_1658
    ),
    (
      "otpauth://totp/Coreflow:anna.berger@bookkeeping.berlin.example.com"
        + "?secret=UKQJBRQHOUSX6PDMYRUHI67EYZ6PJMWOXVJCTRLKDARUVOOEUUY3"
        + "&issuer=Coreflow%20Example&algorithm=SHA512&digits=8&period=30",
      49, 0xf875_dda4_e309_cc33
    ),
    ("otpauth://totp/" + String(repeating: "a", count: 410), 69, 0x7340_fe16_79e2_f04a),
  ])
  func `large codes are as other encoders draw them`(
    _ text: String, _ size: Int, _ digest: UInt64
  ) throws {
    let code = try #require(QRCode(text))
    #expect(code.size == size)
    #expect(code.drawing.digest == digest)
  }

  @Test func `every mask is as other encoders draw it`() {
    let digests: [UInt64] = [
      0x0864_e1f0_58b9_1629, 0x8d4c_e158_17a4_a7ab, 0xffae_87af_b8ce_a483, 0x2d63_e9c7_ff6f_7dc5,
      0xde7f_6143_bb64_ffe7, 0xe679_4ac6_6bf5_f01d, 0xa20c_de77_a4bb_8791, 0xf876_3a77_8606_d29f,
    ]
    #expect(QRCode.candidates(for: Self.shortest).map(\.drawing.digest) == digests)
  }

  /// Chosen so that another weight of any part of the penalty leads to another mask.
  @Test(arguments: [
    ("totp 120", 3), ("totp 087", 7), (String(repeating: "g", count: 21) + "6", 5),
    (String(repeating: "g", count: 43) + "13", 6),
  ])
  func `the mask is the one with the lowest penalty`(_ text: String, _ mask: Int) throws {
    #expect(QRCode.candidates(for: text).firstIndex(of: try #require(QRCode(text))) == mask)
  }

  @Test(arguments: [
    (1, 17), (2, 32), (3, 53), (4, 78), (5, 106), (6, 134), (7, 154), (8, 192), (9, 230), (10, 271),
    (11, 321), (12, 367), (13, 425),
  ])
  func `each version holds what the standard says`(_ version: Int, _ bytes: Int) {
    let size = 4 * version + 17
    let full = String(repeating: "x", count: bytes)
    #expect(QRCode(full)?.size == size)
    #expect(QRCode(full + "x")?.size == (version == 13 ? nil : size + 4))
  }

  @Test func `text counts in UTF-8 bytes`() {
    #expect(QRCode(String(repeating: "ä", count: 8))?.size == 21)
    #expect(QRCode(String(repeating: "ä", count: 9))?.size == 25)
  }

  @Test func `empty text has a code`() {
    #expect(QRCode("")?.size == 21)
  }

  @Test(arguments: [1, 17, 18, 100, 200, 425])
  func `finders are in three corners, each with a light border`(_ bytes: Int) throws {
    let code = try #require(QRCode(String(repeating: "x", count: bytes)))
    let finder = [
      ".........", ".#######.", ".#.....#.", ".#.###.#.", ".#.###.#.", ".#.###.#.", ".#.....#.",
      ".#######.", ".........",
    ]
    for (column, row) in [(-1, -1), (code.size - 8, -1), (-1, code.size - 8)] {
      let lines = (row..<row + 9).map { row in
        String((column..<column + 9).map { code[$0, row] ? "#" : "." })
      }
      #expect(lines == finder)
    }
  }

  @Test(arguments: [1, 17, 18, 100, 200, 425])
  func `timing alternates between the finders`(_ bytes: Int) throws {
    let code = try #require(QRCode(String(repeating: "x", count: bytes)))
    for place in 8..<code.size - 8 {
      #expect(code[place, 6] == place.isMultiple(of: 2))
      #expect(code[6, place] == place.isMultiple(of: 2))
    }
  }

  @Test(
    arguments: [
      "111011111000100", "111001011110011", "111110110101010", "111100010011101", "110011000101111",
      "110001100011000", "110110001000001", "110100101110110",
    ].enumerated().map { ($0, $1) })
  func `level and mask are told twice`(_ mask: Int, _ bits: String) {
    let code = QRCode.candidates(for: Self.shortest)[mask]
    let inward = [0, 1, 2, 3, 4, 5, 7, 8]
    let first = inward.map { (column: $0, row: 8) } + inward.dropLast().reversed().map { (8, $0) }
    let second =
      (1...7).map { (column: 8, row: code.size - $0) } + (0...7).map { (code.size - 8 + $0, 8) }
    #expect(code.bits(at: first) == bits)
    #expect(code.bits(at: second) == bits)
    #expect(code[8, code.size - 8])
  }

  @Test(arguments: [
    (150, "000111110010010100"), (180, "001000010110111100"), (220, "001001101010011001"),
    (250, "001010010011010011"), (300, "001011101111110110"), (350, "001100011101100010"),
    (425, "001101100001000111"),
  ])
  func `versions from 7 on are told twice`(_ bytes: Int, _ bits: String) throws {
    let code = try #require(QRCode(String(repeating: "x", count: bytes)))
    let places = (0..<18).reversed().map { (column: code.size - 11 + $0 % 3, row: $0 / 3) }
    #expect(code.bits(at: places) == bits)
    #expect(code.bits(at: places.map { ($0.row, $0.column) }) == bits)
  }

  @Test func `outside of the code is light`() throws {
    let code = try #require(QRCode("x"))
    for place in -4...24 {
      for outside in [-4, -1, 21, 24] {
        #expect(!code[place, outside] && !code[outside, place])
      }
    }
  }
}

extension QRCode {
  /// A line for each row, dark modules as `#`.
  fileprivate var drawing: String {
    (0..<size).map { row in
      String((0..<size).map { column in self[column, row] ? "#" : "." })
    }.joined(separator: "\n")
  }

  fileprivate func bits(at places: [(column: Int, row: Int)]) -> String {
    String(places.map { self[$0.column, $0.row] ? "1" : "0" })
  }
}

extension String {
  /// FNV-1a, for drawings that are too large to write down.
  fileprivate var digest: UInt64 {
    utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}
