import Domain
import Keys
import TestSupport
import Testing
import ViewModels

/// Keyboards, typed by hand: what each types with and without Shift, dead keys and AltGr left out.
private enum Layout {
  private static let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 "

  static func characters(of preset: KeyPreset) -> Set<Character> {
    let others =
      switch preset {
      case .office, .vim, .emacs, .ibm5250: "`-=[]\\;',./~!@#$%^&*()_+{}|:\"<>?"
      case .german: "ßäöü+#,.-<!\"§$%&/()=?ÄÖÜ*';:_>°"
      case .french: "²&é\"'(-è_çà)=$ù*,;:!<°+£%µ?./§>"
      case .swedish: "§+åöä',.-<½!\"#¤%&/()=?ÅÖÄ*;:_>"
      }
    return Set(letters + others)
  }

  static func types(_ key: Key, of preset: KeyPreset) -> Bool {
    guard case .character(let character) = key.code else { return true }
    return characters(of: preset).contains(character)
  }
}

@Suite struct KeyPresetTests {
  /// The bindings of a place with the keys that do something there.
  private func bindings(of preset: KeyPreset) -> [(place: String, id: String, keys: [Key])] {
    Keymap.places.flatMap { place in
      place.reached.map { binding in
        let keys = KeySettings(preset: preset).applied(to: binding).keys
        let working = keys.filter { !place.takesText || $0.text == nil || binding.worksInText }
        return (place.name, binding.id, working)
      }
    }.filter { !$0.keys.isEmpty || !office($0.id, at: $0.place).isEmpty }
  }

  private func office(_ id: String, at name: String) -> [Key] {
    let place = Keymap.places.first { $0.name == name }
    let binding = place?.reached.first { $0.id == id }
    return (binding?.keys ?? []).filter {
      place?.takesText != true || $0.text == nil || binding?.worksInText == true
    }
  }

  @Test(arguments: KeyPreset.allCases)
  func `every action is typed without AltGr or a dead key, by the key that is shown`(
    _ preset: KeyPreset
  ) throws {
    for (place, id, keys) in bindings(of: preset) {
      let shown = try #require(keys.first, "\(place): \(id)")
      #expect(Layout.types(shown, of: preset), "\(place): \(id) by \(shown.name)")
    }
  }

  @Test func `the program's own keys need what the presets are for`() {
    for preset in [KeyPreset.german, .french, .swedish] {
      let hard = bindings(of: .office).filter { entry in
        entry.keys.first.map { !Layout.types($0, of: preset) } ?? false
      }
      #expect(
        Set(hard.map(\.id)) == [
          "balance.earlier", "balance.later", "statement.earlier", "statement.later",
          "period.earlier", "period.later", "revaluation.earlier", "revaluation.later",
          "entry.history.up", "entry.history.down",
        ])
    }
  }

  @Test(arguments: KeyPreset.allCases)
  func `no key of a preset does two things but where the program's own does`(_ preset: KeyPreset) {
    let own = Set(KeySettings().overlaps().map { [$0.first, $0.second] })
    for overlap in KeySettings(preset: preset).overlaps() {
      #expect(
        own.contains([overlap.first, overlap.second]),
        "\(overlap.key.name) (\(overlap.place)): \(overlap.first), \(overlap.second)")
    }
    #expect(KeySettings(preset.keys).unknown == [])
    #expect(KeySettings(preset: preset).clashes() == [])
  }

  @Test(arguments: KeyPreset.allCases)
  func `a preset leaves every action a key that every keyboard sends`(_ preset: KeyPreset) {
    func isPlain(_ key: Key) -> Bool {
      if case .function = key.code { return false }
      return !key.modifiers.contains(.ctrl)
    }
    for (place, id, keys) in bindings(of: preset) {
      #expect(
        keys.contains(where: isPlain) || !office(id, at: place).contains(where: isPlain),
        "\(place): \(id)")
    }
  }

  @Test func `a person's own keys go on top of a preset, and clash with its`() {
    let settings = KeySettings(["journal.new": ["N"]], preset: .vim)
    #expect(settings.own["journal.new"] == ["N"])
    #expect(settings.clashes() == [])
    let clashing = KeySettings(["journal.filter": ["o"]], preset: .vim).clashes()
    #expect(clashing.map(\.first) == ["journal.new"])
    #expect(KeySettings(["journal.filter": ["o"]]).clashes() == [])
  }

  @Test func `what each preset changes is printed with the keys`() {
    let printed = Keymap.markdown()
    for preset in KeyPreset.allCases {
      #expect(printed.contains("## Preset `\(preset.rawValue)`\n\n\(preset.summary)"))
      for (id, keys) in preset.keys {
        let names = keys.map { "`\($0.name)`" }.joined(separator: " ")
        #expect(printed.contains("| \(names) |") && printed.contains("`\(id)` |"), "\(id)")
      }
    }
  }

  @Test func `a preset that is chosen on the settings screen works at once`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100)
    let driver = await Driver(.owner, in: books)
    await driver.press(",", .down, .enter, "vim", .enter)
    #expect(driver.message == "ok Keys: vim.")
    await driver.press(.escape, "o")
    #expect(driver.path == ["Journal", "New entry"])
    let german = await Driver(
      .owner, in: books,
      settings: {
        var own = Settings()
        own.keys.preset = .german
        return own
      }())
    await german.press("4")
    let now = german.screen
    await german.press("(")
    let earlier = german.screen
    #expect(earlier != now)
    await german.press("[")
    #expect(german.screen == earlier)
    await german.press(")")
    #expect(german.screen != earlier)
  }
}
