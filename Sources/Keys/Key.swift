/// One key as a person presses it: what it is, and what was held down with it.
///
/// Letters pressed with Ctrl or Alt are kept in lower case, with Shift said apart, so that a key
/// has exactly one value however a terminal sends it.
public struct Key: Hashable, Sendable {
  /// The key itself, without modifiers.
  public enum Code: Hashable, Sendable {
    case character(Character)
    case enter
    case tab
    case escape
    case backspace
    case delete
    case insert
    case up
    case down
    case left
    case right
    case home
    case end
    case pageUp
    case pageDown
    /// F1 to F24.
    case function(Int)
  }

  /// What was held down. Terminals can't send Shift with plain characters: those arrive shifted.
  public struct Modifiers: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
      self.rawValue = rawValue
    }

    public static let shift = Modifiers(rawValue: 1)
    public static let alt = Modifiers(rawValue: 2)
    public static let ctrl = Modifiers(rawValue: 4)
  }

  public let code: Code
  public let modifiers: Modifiers

  public init(_ code: Code, _ modifiers: Modifiers = []) {
    guard case .character(let character) = code else {
      self.code = code
      self.modifiers = modifiers
      return
    }
    let lowered = character.lowercased()
    if modifiers.isDisjoint(with: [.ctrl, .alt]) {
      self.code = code
      self.modifiers = []
    } else if lowered != String(character), let lower = lowered.first, lowered.count == 1 {
      self.code = .character(lower)
      self.modifiers = modifiers.union(.shift)
    } else {
      self.code = code
      self.modifiers = modifiers
    }
  }

  /// The character to insert where text is typed; nil for every key that is not plain text.
  public var text: Character? {
    guard case .character(let character) = code, modifiers.isEmpty else { return nil }
    return character
  }
}

extension Key {
  public static let enter = Key(.enter)
  public static let tab = Key(.tab)
  public static let backTab = Key(.tab, .shift)
  public static let escape = Key(.escape)
  public static let backspace = Key(.backspace)
  public static let delete = Key(.delete)
  public static let insert = Key(.insert)
  public static let up = Key(.up)
  public static let down = Key(.down)
  public static let left = Key(.left)
  public static let right = Key(.right)
  public static let home = Key(.home)
  public static let end = Key(.end)
  public static let pageUp = Key(.pageUp)
  public static let pageDown = Key(.pageDown)
  public static let space = Key(.character(" "))

  public static func character(_ character: Character) -> Key {
    Key(.character(character))
  }

  public static func function(_ number: Int) -> Key {
    Key(.function(number))
  }

  public static func ctrl(_ character: Character) -> Key {
    Key(.character(character), .ctrl)
  }

  public static func alt(_ character: Character) -> Key {
    Key(.character(character), .alt)
  }

  /// The same key with more held down, as in `Key.up.with(.alt)`.
  public func with(_ more: Modifiers) -> Key {
    Key(code, modifiers.union(more))
  }
}

extension Key: ExpressibleByExtendedGraphemeClusterLiteral {
  /// The key that types the character: `"n"`.
  public init(extendedGraphemeClusterLiteral character: Character) {
    self.init(.character(character))
  }
}
