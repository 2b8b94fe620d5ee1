/// The stable, written form of a key: what footers and help show and what keymap files say.
extension Key {
  private static let words: [(Code, String)] = [
    (.enter, "Enter"), (.tab, "Tab"), (.escape, "Esc"), (.backspace, "Backspace"),
    (.delete, "Del"), (.insert, "Ins"), (.up, "Up"), (.down, "Down"), (.left, "Left"),
    (.right, "Right"), (.home, "Home"), (.end, "End"), (.pageUp, "PgUp"), (.pageDown, "PgDn"),
    (.character(" "), "Space"),
  ]

  private static let modifierWords: [(Modifiers, String)] = [
    (.ctrl, "Ctrl-"), (.alt, "Alt-"), (.shift, "Shift-"),
  ]

  /// Such as "F10", "Ctrl-N", "Alt-1", "Enter", "n" or "Shift-Tab".
  public var name: String {
    let prefix = Key.modifierWords.filter { modifiers.contains($0.0) }.map(\.1).joined()
    return prefix + codeName
  }

  private var codeName: String {
    if let word = Key.words.first(where: { $0.0 == code })?.1 { return word }
    switch code {
    case .function(let number): return "F\(number)"
    case .character(let character):
      let upper = character.uppercased()
      let isPlain = modifiers.isEmpty || upper.lowercased() != String(character)
      return isPlain ? String(character) : upper
    case .enter, .tab, .escape, .backspace, .delete, .insert, .up, .down, .left, .right, .home,
      .end, .pageUp, .pageDown:
      preconditionFailure("every code without a payload has its word in the table")
    }
  }

  /// Reads a name as `name` writes it. Words and modifiers may be in any case; nil if it names no
  /// key.
  public init?(name: String) {
    var rest = Substring(name)
    var modifiers: Modifiers = []
    var isMore = true
    while isMore {
      isMore = false
      for (modifier, word) in Key.modifierWords where rest.count > word.count {
        guard rest.prefix(word.count).lowercased() == word.lowercased() else { continue }
        modifiers.insert(modifier)
        rest = rest.dropFirst(word.count)
        isMore = true
      }
    }
    guard let code = Key.code(named: rest, withModifiers: !modifiers.isEmpty) else { return nil }
    self.init(code, modifiers)
  }

  private static func code(named name: Substring, withModifiers: Bool) -> Code? {
    if name.count == 1, let character = name.first {
      guard withModifiers, let lower = name.lowercased().first, name.lowercased().count == 1 else {
        return .character(character)
      }
      return .character(lower)
    }
    let lowered = name.lowercased()
    if let code = words.first(where: { $0.1.lowercased() == lowered })?.0 { return code }
    guard lowered.first == "f", let number = Int(lowered.dropFirst()), 1...24 ~= number else {
      return nil
    }
    return .function(number)
  }
}
