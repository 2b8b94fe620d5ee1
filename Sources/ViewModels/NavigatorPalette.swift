import Domain
import Keys
import Operations
import Phrases

/// Everything that there is, found by a few letters of its name: what can be done here and
/// everywhere, accounts, people, entries, themes.
extension Navigator {
  private static let paletteTitle: Phrase = "Find: a command, an account, a person, an entry number"

  func openPalette() -> [Effect] {
    guard let desk else { return [] }
    let isText = top?.takesText ?? false
    let commands = (actions + globalActions).filter { $0.id != Binding.palette.id }.map { action in
      let keys = action.keys.filter { !isText || $0.text == nil || action.binding.worksInText }
      return Chooser.Entry(
        action.summary, keys: keys.prefix(2).map(\.name),
        note: action.unavailable ?? Phrase(verbatim: action.id),
        isAvailable: action.unavailable == nil
      ) { [weak self] in self?.performListed(action) ?? [] }
    }
    let looks = [
      Chooser.Entry("Choose a theme", note: "theme") { [weak self] in self?.chooseTheme() ?? [] }
    ]
    let chooser = Chooser(
      title: Self.paletteTitle, entries: commands + (settings.isLinear ? [] : looks)
    ) {
      [weak self] in
      self?.entries(named: $0) ?? []
    }
    return choose(chooser) + lookUp(at: desk)
  }

  private func lookUp(at desk: Desk) -> [Effect] {
    var effects: [Effect] = []
    if desk.holds(ChartOfAccounts.permission), desk.holds(RegisterPage.permission) {
      effects.append(
        desk.fetch(ChartOfAccounts()) { [weak self] rows in
          self?.addToPalette(
            rows.filter { !$0.isHeader }.map { row in
              Chooser.Entry(Phrase(verbatim: row.label), note: "account") { [weak self] in
                self?.show(RegisterScreen(row.id, row.label, at: desk)) ?? []
              }
            })
          return []
        })
    }
    if desk.holds(JournalPage.permission), desk.holds(Members.permission) {
      effects.append(
        desk.fetch(Members()) { [weak self] members in
          self?.addToPalette(
            members.map { member in
              Chooser.Entry("\(member.name), \(member.role.phrase)", note: "their entries") {
                [weak self] in
                self?.reset(to: JournalScreen(at: desk, searching: "by:\"\(member.name)\"")) ?? []
              }
            })
          return []
        })
    }
    return effects
  }

  private func addToPalette(_ entries: [Chooser.Entry]) {
    guard case .chooser(var chooser) = overlay, chooser.title == Self.paletteTitle else { return }
    chooser.add(entries)
    overlay = .chooser(chooser)
  }

  /// An entry can't be listed among a million, but its number says which it is, and digits say
  /// which it may be. Those of an account come before them.
  private func entries(named text: String) -> [Chooser.Entry] {
    guard let desk, text.contains(where: \.isNumber) else { return [] }
    if text.allSatisfy(\.isNumber), desk.holds(JournalPage.permission) {
      return [
        Chooser.Entry("Entries with \(text) in their numbers", note: "entry", isLast: true) {
          [weak self] in self?.reset(to: JournalScreen(at: desk, searching: "no:\(text)")) ?? []
        }
      ]
    }
    guard text.contains("-"), desk.holds(EntryNamed.permission) else { return [] }
    let name = text.uppercased()
    return [
      Chooser.Entry("Open the entry \(name)", note: "entry") { [weak self] in
        [
          desk.fetch(EntryNamed(name), holding: .keys) { [weak self] entry in
            self?.show(EntryScreen(entry, at: desk)) ?? []
          }
        ]
      }
    ]
  }
}
