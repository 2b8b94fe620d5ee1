/// A QR code (ISO/IEC 18004): text as a square of dark and light modules, for a camera to read.
///
/// The text goes in as UTF-8 bytes, with error correction level L, as a screen has no dirt and every
/// module of the code costs room, into the smallest version that holds it. It declares no character set: readers take ASCII for what it is, but may guess wrong
/// about other text. All eight masks are drawn to find the best, so make a code once, not each time
/// that the screen is drawn.
package struct QRCode: Hashable, Sendable {
  /// How many light modules surround the code for a camera to find it: as the standard says, and as
  /// few as cameras do with where there is less room.
  package static let quietModules = 2...4

  /// Modules on a side, without the quiet zone.
  package let size: Int
  private let isDark: [Bool]

  /// A code for this text; nil if it is longer than the 425 bytes that version 13 holds.
  package init?(_ text: String) {
    let candidates = Self.candidates(for: text).map { (code: $0, penalty: $0.penalty) }
    guard let best = candidates.min(by: { $0.penalty < $1.penalty }) else { return nil }
    self = best.code
  }

  private init(size: Int, isDark: [Bool]) {
    self.size = size
    self.isDark = isDark
  }

  /// Whether a module is dark. Those outside the square are light, as the quiet zone is.
  package subscript(column: Int, row: Int) -> Bool {
    let range = 0..<size
    return range.contains(column) && range.contains(row) && isDark[row * size + column]
  }

  /// The same text under each of the eight masks, by their numbers; none if it is too long.
  static func candidates(for text: String) -> [QRCode] {
    let bytes = Array(text.utf8)
    guard let layout = Blueprint.smallest(holding: bytes.count) else { return [] }
    let codewords = layout.codewords(holding: bytes)
    return Blueprint.masks.indices.map { mask in
      QRCode(size: layout.size, isDark: layout.modules(showing: codewords, under: mask))
    }
  }
}

// MARK: - Where everything is

/// The square of one version: the patterns that are the same for every text, and the room that they
/// leave for codewords.
///
/// They end at version 13 because the next one has a fourth line of alignment patterns.
private struct Blueprint {
  /// How many blocks each version's codewords are in at level L, and how many bytes of each are
  /// for correcting errors. These numbers follow from nothing; the standard lists them.
  private static let blocksByVersion = [
    (count: 1, correctionBytes: 7), (1, 10), (1, 15), (1, 20), (1, 26), (2, 18), (2, 20), (2, 24),
    (2, 30), (4, 18), (4, 20), (4, 24), (4, 26),
  ]
  /// Each mask inverts the codewords' modules at columns and rows for which it is 0, so that no
  /// large areas are alike. The standard knows them by their places here.
  static let masks: [@Sendable (_ column: Int, _ row: Int) -> Int] = [
    { ($0 + $1) % 2 }, { $1 % 2 }, { column, _ in column % 3 }, { ($0 + $1) % 3 },
    { ($1 / 2 + $0 / 3) % 2 }, { $0 * $1 % 2 + $0 * $1 % 3 }, { ($0 * $1 % 2 + $0 * $1 % 3) % 2 },
    { (($0 + $1) % 2 + $0 * $1 % 3) % 2 },
  ]
  /// From this version on the text's length takes two bytes, before it one.
  private static let firstLongVersion = 10
  /// From this version on the square tells its version, and has a third line of alignment patterns.
  private static let firstLargeVersion = 7

  let size: Int
  private let version: Int
  private let blocks: (count: Int, correctionBytes: Int)
  /// Row by row; nil where codewords go.
  private var patterns: [Bool?]

  private init(version: Int, blocks: (count: Int, correctionBytes: Int)) {
    self.version = version
    self.blocks = blocks
    size = 4 * version + 17
    patterns = Array(repeating: nil, count: size * size)
    // In this order, since alignment and timing only go where nothing is yet.
    drawFinders()
    drawAlignment()
    drawTiming()
    // Any mask will do to keep the room; the one in use is drawn over it.
    drawFormat(of: 0)
    drawVersion()
  }

  /// The smallest version that holds so many bytes; nil if none does.
  static func smallest(holding count: Int) -> Blueprint? {
    for (index, blocks) in blocksByVersion.enumerated() {
      let layout = Blueprint(version: index + 1, blocks: blocks)
      if layout.byteCapacity >= count { return layout }
    }
    return nil
  }

  /// Every module of a code with this mask.
  func modules(showing codewords: [UInt8], under mask: Int) -> [Bool] {
    var filled = self
    filled.drawFormat(of: mask)
    for (index, place) in freePlaces.enumerated() {
      // Up to seven modules stay over where the room is no whole number of bytes; they count as 0.
      let codeword = index / 8 < codewords.count ? codewords[index / 8] : 0
      let bit = codeword >> (7 - index % 8) & 1 == 1
      let isInverted = Self.masks[mask](place.column, place.row) == 0
      filled[place.column, place.row] = bit != isInverted
    }
    return filled.patterns.map { $0 ?? false }
  }

  private subscript(column: Int, row: Int) -> Bool? {
    get { patterns[row * size + column] }
    set { patterns[row * size + column] = newValue }
  }

  /// In the order in which codewords fill them: pairs of columns from the right, up and down in
  /// turn, as if the column of the timing pattern weren't there.
  private var freePlaces: [(column: Int, row: Int)] {
    var places: [(column: Int, row: Int)] = []
    let columns = (0..<size).reversed().filter { $0 != 6 }
    for (pair, right) in stride(from: 0, to: columns.count, by: 2).enumerated() {
      for step in 0..<size {
        let row = pair.isMultiple(of: 2) ? size - 1 - step : step
        for column in columns[right...right + 1] where self[column, row] == nil {
          places.append((column, row))
        }
      }
    }
    return places
  }
}

// MARK: - Patterns

extension Blueprint {
  private mutating func drawFinders() {
    for (column, row) in [(3, 3), (size - 4, 3), (3, size - 4)] {
      drawSquares(column: column, row: row, rings: [true, true, false, true, false])
    }
  }

  /// At every crossing of two lines but those in the corners that finders are in.
  private mutating func drawAlignment() {
    guard version > 1 else { return }
    let middle = version < Self.firstLargeVersion ? [] : [size / 2]
    let lines = [6] + middle + [size - 7]
    for row in lines {
      for column in lines where self[column, row] == nil {
        drawSquares(column: column, row: row, rings: [true, false, true])
      }
    }
  }

  /// Squares around a module, dark where true, from the inside out, as far as they are in the code.
  private mutating func drawSquares(column: Int, row: Int, rings: [Bool]) {
    let range = 0..<size
    let radius = rings.count - 1
    for y in row - radius...row + radius where range.contains(y) {
      for x in column - radius...column + radius where range.contains(x) {
        self[x, y] = rings[max(abs(x - column), abs(y - row))]
      }
    }
  }

  private mutating func drawTiming() {
    for place in 0..<size {
      self[place, 6] = self[place, 6] ?? place.isMultiple(of: 2)
      self[6, place] = self[6, place] ?? place.isMultiple(of: 2)
    }
  }

  /// The mask and the level, twice: around the first finder, and shared by the other two.
  private mutating func drawFormat(of mask: Int) {
    // Level L is 1, before the mask. The constant keeps it from being all light.
    let bits = Self.protected(1 << 3 | mask, by: 0b101_0011_0111) ^ 0b101_0100_0001_0010
    let inward = Array(0...5) + [7, 8]
    for index in 0..<15 {
      let isDark = bits >> index & 1 == 1
      if index < 8 {
        self[8, inward[index]] = isDark
        self[size - 1 - index, 8] = isDark
      } else {
        self[inward[14 - index], 8] = isDark
        self[8, size - 15 + index] = isDark
      }
    }
    self[8, size - 8] = true
  }

  /// The version, twice: beside the top right finder, and above the bottom left one.
  private mutating func drawVersion() {
    guard version >= Self.firstLargeVersion else { return }
    let bits = Self.protected(version, by: 0b1_1111_0010_0101)
    for index in 0..<18 {
      let (along, across) = (index / 3, size - 11 + index % 3)
      let isDark = bits >> index & 1 == 1
      self[across, along] = isDark
      self[along, across] = isDark
    }
  }

  /// The value, followed by the remainder of dividing it by a polynomial whose coefficients are
  /// bits (a BCH code).
  private static func protected(_ value: Int, by divisor: Int) -> Int {
    let shifted = value << (width(divisor) - 1)
    var rest = shifted
    while width(rest) >= width(divisor) {
      rest ^= divisor << (width(rest) - width(divisor))
    }
    return shifted | rest
  }

  private static func width(_ value: Int) -> Int {
    Int.bitWidth - value.leadingZeroBitCount
  }
}

// MARK: - Codewords

extension Blueprint {
  private var dataBytes: Int {
    patterns.count { $0 == nil } / 8 - blocks.count * blocks.correctionBytes
  }

  private var lengthBytes: Int { version < Self.firstLongVersion ? 1 : 2 }

  /// One byte is for what is around the text: half of it says what follows, half that it ends.
  private var byteCapacity: Int { dataBytes - lengthBytes - 1 }

  /// What the code's modules show, in order: first every block's data, then what corrects it, each
  /// a byte from every block in turn, so that no spot of dirt takes much from one of them.
  func codewords(holding bytes: [UInt8]) -> [UInt8] {
    let data = split(data(holding: bytes))
    let divisor = ErrorCorrection.divisor(degree: blocks.correctionBytes)
    let corrections = data.map { ErrorCorrection.remainder(of: $0, by: divisor) }
    return Self.interleaved(data) + Self.interleaved(corrections)
  }

  /// The text's bytes, behind their kind and number, and filled up as the standard says.
  private func data(holding bytes: [UInt8]) -> [UInt8] {
    let byteMode: UInt8 = 0b0100
    let length = [UInt8(bytes.count >> 8), UInt8(bytes.count & 0xFF)].suffix(lengthBytes)
    var data: [UInt8] = []
    // The kind is half a byte, so everything after it is half a byte out of step.
    var half = byteMode
    for byte in length + bytes {
      data.append(half << 4 | byte >> 4)
      half = byte
    }
    data.append(half << 4)
    let filling: [UInt8] = [0b1110_1100, 0b0001_0001]
    data += (0..<dataBytes - data.count).map { filling[$0 % 2] }
    return data
  }

  /// Blocks as even as can be, the shorter ones first.
  private func split(_ data: [UInt8]) -> [[UInt8]] {
    let shorter = blocks.count - data.count % blocks.count
    var rest = data[...]
    return (0..<blocks.count).map { index in
      let block = rest.prefix(data.count / blocks.count + (index < shorter ? 0 : 1))
      rest = rest.dropFirst(block.count)
      return Array(block)
    }
  }

  private static func interleaved(_ blocks: [[UInt8]]) -> [UInt8] {
    let longest = blocks.map(\.count).max() ?? 0
    return (0..<longest).flatMap { index in
      blocks.filter { index < $0.count }.map { $0[index] }
    }
  }
}

/// Reed–Solomon codes over the field of 256 elements. Polynomials have their highest power first.
private enum ErrorCorrection {
  /// The polynomial whose roots are the first powers of 2, without its leading 1.
  static func divisor(degree: Int) -> [UInt8] {
    var divisor: [UInt8] = [1]
    var root: UInt8 = 1
    for _ in 0..<degree {
      let shifted = divisor + [0]
      let scaled = [0] + divisor.map { product($0, root) }
      divisor = zip(shifted, scaled).map { $0 ^ $1 }
      root = product(root, 2)
    }
    return Array(divisor.dropFirst())
  }

  /// What is left of the data, moved up by the divisor's degree, after the division.
  static func remainder(of data: [UInt8], by divisor: [UInt8]) -> [UInt8] {
    var rest = [UInt8](repeating: 0, count: divisor.count)
    for byte in data {
      let factor = byte ^ rest[0]
      rest = zip(rest.dropFirst() + [0], divisor).map { $0 ^ product($1, factor) }
    }
    return rest
  }

  /// Long multiplication, modulo x⁸ + x⁴ + x³ + x² + 1.
  private static func product(_ first: UInt8, _ second: UInt8) -> UInt8 {
    var product: UInt8 = 0
    for shift in (0..<8).reversed() {
      product = product << 1 ^ (product >> 7 == 1 ? 0b1_1101 : 0)
      if second >> shift & 1 == 1 { product ^= first }
    }
    return product
  }
}

// MARK: - The choice of a mask

extension QRCode {
  /// How hard the code is to read; how that is reckoned is the standard's.
  private var penalty: Int {
    let range = 0..<size
    let rows = range.map { row in range.map { column in self[column, row] } }
    let columns = range.map { column in range.map { row in self[column, row] } }
    let lines = rows + columns
    return lines.map { Self.runPenalty(of: $0) + 40 * Self.finderLikes(in: $0) }.reduce(0, +)
      + 3 * evenSquares + 10 * imbalance
  }

  /// For five modules alike in a row 3, and 1 for each more.
  private static func runPenalty(of line: [Bool]) -> Int {
    var penalty = 0
    var run = 0
    for (index, isDark) in line.enumerated() {
      run = index > 0 && line[index - 1] == isDark ? run + 1 : 1
      if run == 5 { penalty += 3 } else if run > 5 { penalty += 1 }
    }
    return penalty
  }

  /// How often the line looks like one through a finder, with four light modules before it, after
  /// it, or both. The quiet zone counts as light.
  private static func finderLikes(in line: [Bool]) -> Int {
    let finder = 0b101_1101
    var count = 0
    var latest = 0
    for isDark in line + Array(repeating: false, count: quietModules.upperBound) {
      latest = (latest << 1 | (isDark ? 1 : 0)) & 0b111_1111_1111_1111
      let (before, middle, after) = (latest >> 11, latest >> 4 & 0b111_1111, latest & 0b1111)
      if middle == finder && (before == 0 || after == 0) { count += 1 }
    }
    return count
  }

  /// How many squares of two by two modules are all dark or all light; they may overlap.
  private var evenSquares: Int {
    let range = 0..<size - 1
    return range.map { row in
      range.count { column in
        let isDark = self[column, row]
        return self[column + 1, row] == isDark && self[column, row + 1] == isDark
          && self[column + 1, row + 1] == isDark
      }
    }.reduce(0, +)
  }

  /// How far from half of the modules are dark, in whole steps of 5 %.
  private var imbalance: Int {
    let dark = isDark.count { $0 }
    return abs(2 * dark - isDark.count) * 10 / isDark.count
  }
}
