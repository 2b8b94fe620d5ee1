package import Domain
package import Keys
package import Phrases

/// What keys do, as data: dispatch, footer, help, palette, people's own settings and the printed
/// list of keys are all made of it.
package struct Binding: Hashable, Sendable {
  /// `journal.post`; stable, as people's own key settings name it.
  package let id: String
  /// The first is the one that is shown.
  package let keys: [Key]
  /// For the footer, 14 characters at the most.
  package let title: Phrase
  /// For the help, 40 characters at the most.
  package let summary: Phrase
  /// What the core will ask for; an action whose permission isn't held isn't there. Nil needs none.
  package let permission: Permission?
  /// Whether a character among its keys works while text is typed: where the field can't hold it.
  package let worksInText: Bool

  package init(
    _ id: String, _ keys: [Key], _ title: Phrase, _ summary: Phrase,
    _ permission: Permission? = nil, worksInText: Bool = false
  ) {
    self.id = id
    self.keys = keys
    self.title = title
    self.summary = summary
    self.permission = permission
    self.worksInText = worksInText
  }

  /// The same where the core will ask for something else.
  func asked(_ permission: Permission?) -> Binding {
    Binding(id, keys, title, summary, permission, worksInText: worksInText)
  }

  /// The same under other keys.
  func with(_ keys: [Key]) -> Binding {
    Binding(id, keys, title, summary, permission, worksInText: worksInText)
  }
}

/// A person's own keys over those of a preset, by the ids of bindings.
package struct KeySettings: Hashable, Sendable {
  package var preset: KeyPreset
  package var own: [String: [Key]]

  package init(_ own: [String: [Key]] = [:], preset: KeyPreset = .office) {
    self.own = own
    self.preset = preset
  }

  package func applied(to binding: Binding) -> Binding {
    (own[binding.id] ?? preset.keys[binding.id]).map(binding.with) ?? binding
  }

  /// One key that would do two things at one place.
  package struct Clash: Hashable, Sendable {
    package let key: Key
    package let place: String
    /// The ids, in the order of the keymap.
    package let first: String
    package let second: String

    package init(key: Key, place: String, first: String, second: String) {
      self.key = key
      self.place = place
      self.first = first
      self.second = second
    }
  }

  /// Those that a person's own keys bring about: the program's keymap has some on purpose, where a
  /// screen means more by a key than every screen does.
  package func clashes() -> [Clash] {
    guard !own.isEmpty else { return [] }
    let intended = KeySettings(preset: preset).overlaps()
    return overlaps().filter { !intended.contains($0) }
  }

  /// Keys that two bindings of one place have, the same pair once.
  package func overlaps() -> [Clash] {
    var found: [Clash] = []
    for place in Keymap.places {
      var taken: [Key: String] = [:]
      for binding in place.reached.map(applied) {
        for key in binding.keys where !place.takesText || key.text == nil || binding.worksInText {
          guard let first = taken[key] else {
            taken[key] = binding.id
            continue
          }
          let isKnown = found.contains { ($0.key, $0.first, $0.second) == (key, first, binding.id) }
          if first != binding.id, !isKnown {
            found.append(Clash(key: key, place: place.name, first: first, second: binding.id))
          }
        }
      }
    }
    return found
  }

  /// Ids that no binding has.
  package var unknown: [String] {
    let known = Set(Keymap.places.flatMap(\.reached).map(\.id))
    return own.keys.filter { !known.contains($0) }.sorted()
  }
}
