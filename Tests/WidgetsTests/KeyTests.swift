import Keys
import Testing

struct KeyTests {
  static let names: [(Key, String)] = [
    (.character("n"), "n"), (.character("N"), "N"), (.character("é"), "é"), (.space, "Space"),
    (.character("-"), "-"), (.ctrl("-"), "Ctrl--"), (.ctrl("n"), "Ctrl-N"),
    (.ctrl(" "), "Ctrl-Space"),
    (.alt("1"), "Alt-1"), (.alt("x"), "Alt-X"), (Key(.character("X"), .alt), "Alt-Shift-X"),
    (Key(.character("x"), [.ctrl, .alt]), "Ctrl-Alt-X"), (.alt("ß"), "Alt-ß"), (.enter, "Enter"),
    (.tab, "Tab"), (.backTab, "Shift-Tab"), (.escape, "Esc"), (.backspace, "Backspace"),
    (.delete, "Del"), (.insert, "Ins"), (.up, "Up"), (Key.down.with(.shift), "Shift-Down"),
    (Key.left.with(.ctrl), "Ctrl-Left"), (Key.right.with(.alt), "Alt-Right"), (.home, "Home"),
    (.end, "End"), (.pageUp, "PgUp"), (.pageDown, "PgDn"), (.function(1), "F1"),
    (.function(10), "F10"), (Key.function(10).with(.shift), "Shift-F10"), (.function(24), "F24"),
  ]

  @Test(arguments: names)
  func `a key has one name and the name is that key`(key: Key, name: String) {
    #expect(key.name == name)
    #expect(Key(name: name) == key)
  }

  @Test(arguments: [
    ("ctrl-n", Key.ctrl("n")), ("ALT-x", .alt("x")), ("f10", .function(10)), ("esc", .escape),
    ("shift-alt-ctrl-home", Key(.home, [.ctrl, .alt, .shift])),
    ("Alt-Shift-x", Key(.character("X"), .alt)),
  ])
  func `words and modifiers are read in any case and order`(name: String, key: Key) {
    #expect(Key(name: name) == key)
  }

  @Test(arguments: ["", "F0", "F25", "Fx", "Ctrl-", "Hyper-x", "ab", "Ctrl-ab"])
  func `what names no key is refused`(name: String) {
    #expect(Key(name: name) == nil)
  }

  @Test func `only a plain character is text`() {
    #expect(Key.character("é").text == "é")
    #expect(Key.alt("e").text == nil)
    #expect(Key.enter.text == nil)
  }
}
