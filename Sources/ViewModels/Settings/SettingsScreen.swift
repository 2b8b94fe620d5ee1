import Keys
package import Phrases

/// Every setting with its value and where that comes from; a change takes effect at once and is
/// kept in config.yaml.
package final class SettingsScreen: Screen {
  package static let keymap: [Binding] = [.changeSetting, .resetSetting]

  private unowned let navigator: Navigator
  private var cursor = 0

  init(in navigator: Navigator) { self.navigator = navigator }

  package var title: Phrase { "Settings" }
  package func load() -> [Effect] { [] }

  private var settings: Settings { navigator.settings }
  private var selected: Setting { Setting.all[cursor] }

  package var actions: [Action] {
    let isWritten = settings.origins[selected.name] != nil
    return [
      Action(.changeSetting, unavailable: selected.kind == .keys ? Self.inFile : nil) {
        [weak self] in
        guard let self else { return [] }
        return self.navigator.change(self.selected)
      },
      Action(
        .resetSetting,
        unavailable: !isWritten ? "It isn't set." : selected.kind == .keys ? Self.inFile : nil
      ) { [weak self] in
        guard let self else { return [] }
        return [self.navigator.keep(self.selected, nil)]
      },
    ]
  }

  private static let inFile: Phrase = "Keys of your own are written in the file."

  package func move(_ movement: Movement) -> [Effect] {
    cursor =
      movement.cursor(from: cursor, count: Setting.all.count, page: navigator.pageRows) ?? 0
    return []
  }

  package func point(at target: Target) -> [Effect] {
    if case .row(_, let index) = target, Setting.all.indices.contains(index) { cursor = index }
    return []
  }

  private func origin(of setting: Setting) -> String {
    settings.overridden[setting.name] ?? settings.origins[setting.name] ?? "CoreFlow"
  }

  package var panels: [Panel] {
    var table = TablePanel(
      title: "Settings",
      columns: [
        TableColumn("Setting", .text(atLeast: 20)), TableColumn("Value", .fixed(14)),
        TableColumn("From", .fixed(16), priority: 1),
      ],
      rows: Setting.all.map { setting in
        let value = setting.value(settings)?.text
        return TableRow([
          setting.title, value.map { Phrase(verbatim: $0) } ?? "none",
          Phrase(verbatim: origin(of: setting)),
        ])
      },
      cursor: cursor, emptyText: "")
    table.scope = Phrase(verbatim: settings.file.path)
    let help: Phrase =
      "\(selected.help) In the file: \(selected.name), \(selected.expected(in: settings))."
    return [.table(table), .text(TextPanel(title: selected.title, text: help))]
  }
}

extension Binding {
  static let settings = Binding(
    "settings", [",", .alt("o")], "settings", "Settings, as config.yaml has them")
  static let changeSetting = Binding(
    "settings.change", [.enter, .space, .right, "l"], "change", "Change it")
  static let resetSetting = Binding(
    "settings.reset", [.delete, "d"], "unset", "Back to CoreFlow's own value")
}
