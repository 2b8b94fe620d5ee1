import Domain
package import Phrases

/// One line of config.yaml: its name, what it means, what it may be and where it goes. Reading the
/// file, its errors, the screen, the printed list and the schema are all made of `all`.
package struct Setting {
  package enum Value: Hashable, Sendable {
    case flag(Bool)
    case number(Int)
    case text(String)

    /// As config.yaml has it, and the screen.
    package var text: String {
      switch self {
      case .flag(let flag): flag ? "true" : "false"
      case .number(let number): String(number)
      case .text(let text): text
      }
    }
  }

  package enum Kind: Hashable, Sendable {
    case flag
    case number(ClosedRange<Int>)
    case choice([String])
    /// A choice among those that there are, which people add to.
    case theme
    /// Actions with their keys, which are written in the file.
    case keys
  }

  package let name: String
  /// For the screen, 20 characters at the most.
  package let title: Phrase
  package let help: Phrase
  package let kind: Kind
  /// Nil where there is none.
  package let value: (Settings) -> Value?
  /// Nil is the program's own.
  package let set: (inout Settings, Value?) -> Void

  package static let all: [Setting] = [
    Setting(
      "theme", "Theme", "How things look: one of CoreFlow's themes, or one of your own folder.",
      .theme, \.theme, { .text($0) }, { $0.text }),
    choice(
      "preset", "Keys",
      """
      Whose habits the keys follow, or which keyboard they are typed on. Keys of your own go on top.
      """, \.keys.preset),
    Setting(
      "keys", "Keys of your own",
      """
      Actions with the keys that they have instead, such as journal.new: [N, F6]. They are written \
      in the file; coreflow keys lists the names of actions.
      """, .keys, \.keys.own,
      { $0.isEmpty ? nil : .text($0.count == 1 ? "1 action" : "\($0.count) actions") },
      { _ in [:] }),
    flag(
      "mouse", "Mouse",
      """
      Whether the mouse works here, at the cost of the terminal's own way of selecting text.
      """, \.hasMouse),
    choice("decimal", "Decimal mark", "What stands before the decimals.", \.amounts.decimalMark),
    choice(
      "grouping", "Thousands",
      "What stands between thousands: the mark that isn't the decimal mark, a space, an apostrophe.",
      \.amounts.grouping),
    choice(
      "negative", "Negative amounts", "How they are written: -1.00, (1.00) or 1.00-.",
      \.amounts.negative),
    Setting(
      "confirm_above", "Confirm above",
      """
      From this amount on, in whole units of the business's own currency, what can't be undone is \
      confirmed by typing. Without a number nothing is.
      """, .number(1...1_000_000_000_000), \.confirmAbove, { $0.map(Value.number) }, { $0.number }),
    Setting(
      "escape_milliseconds", "Wait after Esc",
      """
      Milliseconds that a lone Esc is waited with, in case it begins another key. More over a slow \
      line. From the next start on.
      """, .number(1...1_000), \.escapeMilliseconds, { .number($0) }, { $0.number }),
  ]

  package static func named(_ name: String) -> Setting? { all.first { $0.name == name } }

  /// What config.yaml may have for it.
  package func choices(in settings: Settings) -> [String] {
    switch kind {
    case .choice(let words): words
    case .theme: settings.themes
    case .flag, .number, .keys: []
    }
  }

  /// What should stand there, such as `one of point, comma`.
  package func expected(in settings: Settings) -> Phrase {
    switch kind {
    case .flag: "true or false"
    case .number(let range): "a number from \(range.lowerBound) to \(range.upperBound)"
    case .choice, .theme: "one of \(choices(in: settings).joined(separator: ", "))"
    case .keys: "names of actions with their keys; coreflow keys lists them"
    }
  }

  package func accepts(_ value: Value, in settings: Settings) -> Bool {
    switch (kind, value) {
    case (.flag, .flag): true
    case (.number(let range), .number(let number)): range.contains(number)
    case (.choice, .text(let text)), (.theme, .text(let text)):
      choices(in: settings).contains(text)
    case (.flag, _), (.number, _), (.choice, _), (.theme, _), (.keys, _): false
    }
  }
}

extension Setting {
  /// `read` gives nil for no value, and for a text that isn't one of those that `kind` lets in.
  private init<Part>(
    _ name: String, _ title: Phrase, _ help: Phrase, _ kind: Kind,
    _ place: WritableKeyPath<Settings, Part>, _ shown: @escaping (Part) -> Value?,
    _ read: @escaping (Value) -> Part?
  ) {
    self.name = name
    self.title = title
    self.help = help
    self.kind = kind
    value = { shown($0[keyPath: place]) }
    set = { settings, value in
      settings[keyPath: place] = value.flatMap(read) ?? Settings()[keyPath: place]
    }
  }

  private static func flag(
    _ name: String, _ title: Phrase, _ help: Phrase, _ place: WritableKeyPath<Settings, Bool>
  ) -> Setting {
    Setting(name, title, help, .flag, place, { .flag($0) }, { $0 == .flag(true) })
  }

  private static func choice<Choice: RawRepresentable & CaseIterable>(
    _ name: String, _ title: Phrase, _ help: Phrase, _ place: WritableKeyPath<Settings, Choice>
  ) -> Setting where Choice.RawValue == String {
    Setting(
      name, title, help, .choice(Choice.allCases.map(\.rawValue)), place,
      { .text($0.rawValue) }, { Choice(rawValue: $0.text) })
  }
}

extension Setting.Value {
  fileprivate var number: Int? { if case .number(let number) = self { number } else { nil } }
}
