import Keys
import Phrases

/// What a person sets up while the program runs.
extension Navigator {
  /// Reads the file first: an editor may have it open beside the program.
  func openSettings() -> [Effect] {
    guard !(top is SettingsScreen) else { return [] }
    let reading = attempt("Reading your settings") { [weak self] in
      try self.map { try $0.settings.file.read($0.settings) }
    } then: { [weak self] in
      $0.map { self?.adopt($0) }
      return []
    }
    return show(SettingsScreen(in: self)) + [reading]
  }

  /// Has settings take effect.
  private func adopt(_ new: Settings) {
    let old = settings
    settings = new
    if new.theme != theme { wear(new.theme) }
    if new.hasMouse != old.hasMouse {
      hasMouse = new.hasMouse
      request(.mouse(hasMouse))
    }
  }

  /// Keeps a value in the file, or takes it out there, and has it take effect.
  func keep(_ setting: Setting, _ value: Setting.Value?) -> Effect {
    attempt("Saving") { [weak self] in
      try self.map { try $0.settings.file.write($0.settings, setting, value) }
    } failed: { [weak self] _ in
      // Worn while it was looked at.
      if let self, self.theme != self.settings.theme { self.wear(self.settings.theme) }
    } then: { [weak self] in
      guard let self, let new = $0 else { return [] }
      self.adopt(new)
      let now = setting.value(new).map { Phrase(verbatim: $0.text) } ?? "none"
      self.tell(.done, "\(setting.title): \(now)\(self.exception(to: setting))")
      return []
    }
  }

  private func exception(to setting: Setting) -> Phrase {
    settings.overridden[setting.name].map { " once it isn't for \($0)." as Phrase } ?? "."
  }

  func change(_ setting: Setting) -> [Effect] {
    switch setting.kind {
    case .flag: [keep(setting, .flag(setting.value(settings) != .flag(true)))]
    case .number: ask(for: setting, setting.value(settings)?.text ?? "")
    case .choice: choose(setting)
    case .theme: chooseTheme()
    case .keys: []
    }
  }

  private func choose(_ setting: Setting) -> [Effect] {
    let (words, before) = (setting.choices(in: settings), setting.value(settings)?.text)
    let entries = words.map { word in
      Chooser.Entry(Phrase(verbatim: word), note: word == before ? "now" : .empty) { [weak self] in
        self.map { [$0.keep(setting, .text(word))] } ?? []
      }
    }
    return choose(
      Chooser(
        title: setting.title, entries: entries,
        cursor: words.firstIndex { $0 == before } ?? 0))
  }

  /// A number that won't do is asked for again, with the reason beside it.
  private func ask(for setting: Setting, _ text: String, fault: Phrase? = nil) -> [Effect] {
    ask(
      Dialog(
        title: setting.title, body: setting.help, confirm: "Save",
        field: FieldState(Phrase(verbatim: setting.name), text, fault: fault)
      ) { [weak self] typed in
        guard let self else { return [] }
        let digits = typed.filter { $0 != " " }
        if digits.isEmpty { return [self.keep(setting, nil)] }
        guard let number = Int(digits), setting.accepts(.number(number), in: self.settings) else {
          return self.ask(
            for: setting, typed, fault: "Here should be \(setting.expected(in: self.settings)).")
        }
        return [self.keep(setting, .number(number))]
      })
  }

  /// What stands under the cursor is shown at once; leaving brings the old one back.
  func chooseTheme() -> [Effect] {
    let before = theme
    let entries = settings.themes.map { name in
      Chooser.Entry(Phrase(verbatim: name), note: name == before ? "now" : .empty) { [weak self] in
        guard let self, let setting = Setting.named("theme") else { return [] }
        self.wear(name)
        return [self.keep(setting, .text(name))]
      }
    }
    return choose(
      Chooser(
        title: "Theme: shown while you look, kept by Enter", entries: entries,
        cursor: settings.themes.firstIndex(of: before) ?? 0,
        preview: { [weak self] in self?.wear($0.title.english) }
      ) { [weak self] in
        self?.wear(before)
        return []
      })
  }

  private func wear(_ name: String) {
    theme = name
    request(.theme(name))
  }
}
