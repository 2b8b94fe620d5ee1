/// Turns the bytes that a terminal sends into events: a pure state machine, fed in pieces of any
/// size.
///
/// It knows the sequences of xterm and its kin, VT terminals, the Linux console, rxvt and tmux.
/// A lone Esc and the start of a sequence look alike: when `pendingMilliseconds` have passed
/// without another byte, the caller says `flush()`.
public struct KeyDecoder: Sendable {
  /// Longer pastes are cut; the event says by how much.
  public static let pasteLimitBytes = 1 << 20

  /// No sequence that means something is longer; the rest of a longer one is swallowed.
  static let sequenceLimitBytes = 64

  enum State: Sendable {
    case ground
    case escape
    /// After `ESC [`, with the bytes since.
    case control(bytes: [UInt8])
    /// After `ESC O`, with the bytes since.
    case singleShift(bytes: [UInt8])
    /// After `ESC [ [`: F1 to F5 of the Linux console.
    case linuxFunction
    /// The old mouse report's remaining bytes, which are not ours to type.
    case skip(count: Int)
    /// An answer of the terminal's, up to its terminator. `introducer` is what followed ESC.
    case string(introducer: UInt8, count: Int, isEscaped: Bool)
    case paste(PasteCollector)
  }

  private let escapeMilliseconds: Int
  private var state = State.ground
  private var utf8 = UTF8Collector()
  /// Whether ESC preceded the character being collected: Alt is sent so.
  private var isAlt = false
  private var text = ""
  private var events: [InputEvent] = []

  /// - Parameter escapeMilliseconds: how long a lone Esc may be the start of something longer.
  public init(escapeMilliseconds: Int = 25) {
    self.escapeMilliseconds = escapeMilliseconds
  }

  /// How long to wait for the next byte before `flush()`; nil if nothing is pending.
  /// Half a sequence is given longer than a lone Esc: it is a slow line, not a person.
  public var pendingMilliseconds: Int? {
    switch state {
    case .ground: nil
    case .escape: escapeMilliseconds
    case .control, .singleShift, .linuxFunction, .skip, .string: escapeMilliseconds * 10
    case .paste: escapeMilliseconds * 80
    }
  }

  /// The events that these bytes complete. Characters that belong together come as one key.
  public mutating func decode(_ bytes: some Sequence<UInt8>) -> [InputEvent] {
    for byte in bytes { accept(byte) }
    return takeEvents()
  }

  /// Ends whatever is pending: Esc alone is the Esc key, half a sequence is the Alt key that it
  /// began as or nothing, half a paste is all there is of it. Half a character stays and waits.
  public mutating func flush() -> [InputEvent] {
    let pending = state
    state = .ground
    switch pending {
    case .ground: break
    case .escape: emit(.escape)
    case .control(let bytes): if bytes.isEmpty { emit(.alt("[")) }
    case .singleShift(let bytes): if bytes.isEmpty { emit(.alt("O")) }
    case .string(let introducer, let count, _):
      if count == 0 { emit(.alt(Character(Unicode.Scalar(introducer)))) }
    case .linuxFunction, .skip: break
    case .paste(let collector): emit(.paste(collector.paste))
    }
    return takeEvents()
  }

  private mutating func accept(_ byte: UInt8) {
    switch state {
    case .ground: acceptGround(byte)
    case .escape: acceptEscape(byte)
    case .control(let bytes): acceptControl(byte, after: bytes)
    case .singleShift(let bytes): acceptSingleShift(byte, after: bytes)
    case .linuxFunction:
      state = .ground
      if let number = ControlSequence.linuxFunction(byte) { emit(.function(number)) }
    case .skip(let count): state = count > 1 ? .skip(count: count - 1) : .ground
    case .string(let introducer, let count, let isEscaped):
      let isDone = byte == 0x07 || (isEscaped && byte == UInt8(ascii: "\\"))
      state =
        isDone
        ? .ground
        : .string(introducer: introducer, count: count + 1, isEscaped: byte == 0x1b)
    case .paste: acceptPaste(byte)
    }
  }

  private mutating func acceptGround(_ byte: UInt8) {
    if utf8.isPending || byte >= 0x80 {
      acceptUTF8(byte)
    } else if byte == 0x1b {
      state = .escape
    } else if 0x20..<0x7f ~= byte {
      emitText(Unicode.Scalar(byte))
    } else {
      emit(Key(control: byte))
    }
  }

  private mutating func acceptUTF8(_ byte: UInt8) {
    switch utf8.accept(byte) {
    case .more: break
    case .scalar(let scalar): emitText(scalar)
    case .invalid: emitText("\u{FFFD}")
    case .invalidThenAgain:
      emitText("\u{FFFD}")
      acceptGround(byte)
    }
  }

  private mutating func acceptEscape(_ byte: UInt8) {
    state = .ground
    switch byte {
    case 0x1b:
      emit(.escape)
      state = .escape
    case UInt8(ascii: "["): state = .control(bytes: [])
    case UInt8(ascii: "O"): state = .singleShift(bytes: [])
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"),
      UInt8(ascii: "X"):
      state = .string(introducer: byte, count: 0, isEscaped: false)
    default:
      isAlt = true
      acceptGround(byte)
    }
  }

  private mutating func acceptControl(_ byte: UInt8, after bytes: [UInt8]) {
    switch byte {
    case UInt8(ascii: "[") where bytes.isEmpty: state = .linuxFunction
    case 0x20...0x3f:
      state = .control(bytes: bytes.count < Self.sequenceLimitBytes ? bytes + [byte] : bytes)
    case 0x40...0x7e:
      state = .ground
      finish(ControlSequence(bytes: bytes, final: byte))
    default:
      state = .ground
      acceptGround(byte)
    }
  }

  private mutating func finish(_ sequence: ControlSequence) {
    switch sequence.meaning {
    case .event(let event): emit(event)
    case .pasteStart: state = .paste(PasteCollector())
    case .oldMouse: state = .skip(count: 3)
    case .nothing: break
    }
  }

  private mutating func acceptSingleShift(_ byte: UInt8, after bytes: [UInt8]) {
    switch byte {
    case 0x30...0x3b where bytes.count < Self.sequenceLimitBytes:
      state = .singleShift(bytes: bytes + [byte])
    case 0x40...0x7e:
      state = .ground
      if let key = ControlSequence.singleShift(byte, parameters: bytes) { emit(key) }
    default:
      state = .ground
      acceptGround(byte)
    }
  }

  private mutating func acceptPaste(_ byte: UInt8) {
    // Taken out of the state while it grows, so that its buffer isn't copied for each byte.
    guard case .paste(var collector) = state else { return }
    state = .ground
    if collector.accept(byte) {
      emit(.paste(collector.paste))
    } else {
      state = .paste(collector)
    }
  }

  private mutating func emitText(_ scalar: Unicode.Scalar) {
    if isAlt {
      emit(.alt(Character(scalar)))
    } else {
      text.unicodeScalars.append(scalar)
    }
  }

  private mutating func emit(_ key: Key) {
    emit(.key(isAlt ? key.with(.alt) : key))
    isAlt = false
  }

  private mutating func emit(_ event: InputEvent) {
    flushText()
    events.append(event)
  }

  private mutating func flushText() {
    for character in text { events.append(.key(.character(character))) }
    text = ""
  }

  private mutating func takeEvents() -> [InputEvent] {
    flushText()
    defer { events = [] }
    return events
  }
}

extension Key {
  /// The key that sends a control byte (below 0x20, or 0x7f).
  init(control byte: UInt8) {
    switch byte {
    case 0x09: self = .tab
    case 0x0a, 0x0d: self = .enter
    case 0x08, 0x7f: self = .backspace
    case 0x1b: self = .escape
    case 0x00: self = .ctrl(" ")
    case 0x01...0x1a: self = .ctrl(Character(Unicode.Scalar(byte + 0x60)))
    default: self = .ctrl(Character(Unicode.Scalar(byte + 0x40)))
    }
  }
}
