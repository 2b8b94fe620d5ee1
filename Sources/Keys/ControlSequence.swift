/// What follows `ESC [`: parameters, and the final byte that says what they are about.
struct ControlSequence {
  enum Meaning: Equatable {
    case event(InputEvent)
    case pasteStart
    case oldMouse
    case nothing
  }

  private let marker: UInt8?
  private let intermediates: [UInt8]
  private let parameters: [Int]
  private let final: UInt8

  init(bytes: [UInt8], final: UInt8) {
    marker = bytes.first.flatMap { 0x3c...0x3f ~= $0 ? $0 : nil }
    intermediates = bytes.filter { 0x20...0x2f ~= $0 }
    parameters = Self.numbers(bytes.filter { 0x30...0x3b ~= $0 })
    self.final = final
  }

  /// Sub-parameters after a colon, which only the kitty protocol sends, are left out.
  private static func numbers(_ bytes: [UInt8]) -> [Int] {
    bytes.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map { part in
      part.prefix { $0 != UInt8(ascii: ":") }.prefix(7).reduce(0) {
        $0 * 10 + Int($1 - UInt8(ascii: "0"))
      }
    }
  }

  var meaning: Meaning {
    switch (marker, final) {
    case (UInt8(ascii: "<"), UInt8(ascii: "M")), (UInt8(ascii: "<"), UInt8(ascii: "m")):
      return mouse.map { .event(.mouse($0)) } ?? .nothing
    case (UInt8(ascii: "?"), UInt8(ascii: "y")) where parameters.count == 2:
      return .event(.modeReport(mode: parameters[0], setting: parameters[1]))
    case (nil, UInt8(ascii: "M")): return .oldMouse
    case (nil, UInt8(ascii: "I")): return .event(.focus(true))
    case (nil, UInt8(ascii: "O")): return .event(.focus(false))
    case (nil, UInt8(ascii: "~")) where parameters.first == 200: return .pasteStart
    case (nil, _): return key.map { .event(.key($0)) } ?? .nothing
    case (.some, _): return .nothing
    }
  }

  private var key: Key? {
    switch final {
    case UInt8(ascii: "~") where parameters.first == 27 && parameters.count == 3:
      return Self.key(ofCharacter: parameters[2], modifiers)
    case UInt8(ascii: "~"): return Self.tildeCode(parameters.first ?? 0).map { Key($0, modifiers) }
    case UInt8(ascii: "^"):
      return Self.tildeCode(parameters.first ?? 0).map { Key($0, modifiers.union(.ctrl)) }
    case UInt8(ascii: "u"): return Self.key(ofCharacter: parameters.first ?? 0, modifiers)
    case UInt8(ascii: "Z"): return Key(.tab, modifiers.union(.shift))
    case UInt8(ascii: "a")...UInt8(ascii: "d"):
      return Self.letterCode(final - 0x20).map { Key($0, .shift) }
    default: return Self.letterCode(final).map { Key($0, modifiers) }
    }
  }

  private var modifiers: Key.Modifiers {
    parameters.count > 1 ? Self.modifiers(parameters[1]) : []
  }

  /// xterm's 1 + a sum of 1 Shift, 2 Alt, 4 Ctrl, 8 Meta; Meta counts as Alt.
  private static func modifiers(_ parameter: Int) -> Key.Modifiers {
    let bits = max(parameter, 1) - 1
    var modifiers = Key.Modifiers(rawValue: UInt8(bits & 7))
    if bits & 8 != 0 { modifiers.insert(.alt) }
    return modifiers
  }

  private var mouse: Mouse? {
    guard parameters.count == 3, parameters[0] & 32 == 0 else { return nil }
    let bits = parameters[0]
    var modifiers: Key.Modifiers = []
    if bits & 4 != 0 { modifiers.insert(.shift) }
    if bits & 8 != 0 { modifiers.insert(.alt) }
    if bits & 16 != 0 { modifiers.insert(.ctrl) }
    let action: Mouse.Action
    switch (bits & 64 != 0, bits & 3) {
    case (true, 0): action = .wheelUp
    case (true, 1): action = .wheelDown
    case (true, _), (false, 3): return nil
    case (false, let button):
      action =
        final == UInt8(ascii: "M") ? .press(button: button + 1) : .release(button: button + 1)
    }
    return Mouse(
      action, column: max(parameters[1] - 1, 0), row: max(parameters[2] - 1, 0),
      modifiers: modifiers)
  }

  /// `CSI code ; modifiers u` and `CSI 27 ; modifiers ; code ~`, which terminals send for keys that
  /// have no byte of their own.
  private static func key(ofCharacter code: Int, _ modifiers: Key.Modifiers) -> Key? {
    guard let scalar = Unicode.Scalar(UInt32(code)), code > 0 else { return nil }
    if scalar.value < 0x20 || scalar.value == 0x7f {
      return Key(control: UInt8(scalar.value)).with(modifiers)
    }
    // The private use area is where the kitty protocol keeps modifier and media keys.
    guard !(0xe000...0xf8ff ~= scalar.value) else { return nil }
    let isUpper = modifiers == .shift
    let character = Character(scalar)
    return Key(
      .character(isUpper ? character.uppercased().first ?? character : character), modifiers)
  }

  private static func letterCode(_ final: UInt8) -> Key.Code? {
    switch final {
    case UInt8(ascii: "A"): .up
    case UInt8(ascii: "B"): .down
    case UInt8(ascii: "C"): .right
    case UInt8(ascii: "D"): .left
    case UInt8(ascii: "F"): .end
    case UInt8(ascii: "H"): .home
    case UInt8(ascii: "P"): .function(1)
    case UInt8(ascii: "Q"): .function(2)
    case UInt8(ascii: "R"): .function(3)
    case UInt8(ascii: "S"): .function(4)
    default: nil
    }
  }

  private static func tildeCode(_ parameter: Int) -> Key.Code? {
    switch parameter {
    case 1, 7: .home
    case 2: .insert
    case 3: .delete
    case 4, 8: .end
    case 5: .pageUp
    case 6: .pageDown
    // The VT220's numbering leaves a gap after each group of its function keys.
    case 11...15: .function(parameter - 10)
    case 17...21: .function(parameter - 11)
    case 23...26: .function(parameter - 12)
    case 28...29: .function(parameter - 13)
    case 31...34: .function(parameter - 14)
    default: nil
    }
  }

  static func linuxFunction(_ byte: UInt8) -> Int? {
    UInt8(ascii: "A")...UInt8(ascii: "E") ~= byte ? Int(byte - UInt8(ascii: "A")) + 1 : nil
  }

  /// After `ESC O`: arrows and F1–F4, and the number pad in its application mode.
  static func singleShift(_ final: UInt8, parameters: [UInt8]) -> Key? {
    let modifiers = modifiers(numbers(parameters).last ?? 1)
    switch final {
    case UInt8(ascii: "a")...UInt8(ascii: "d"):
      return letterCode(final - 0x20).map { Key($0, .ctrl) }
    case UInt8(ascii: "M"): return .enter
    case UInt8(ascii: "I"): return .tab
    case UInt8(ascii: "X"): return .character("=")
    // The pad sends j…y for the ASCII characters from "*" to "9".
    case UInt8(ascii: "j")...UInt8(ascii: "y"):
      return .character(Character(Unicode.Scalar(final - 0x40)))
    default: return letterCode(final).map { Key($0, modifiers) }
    }
  }
}
