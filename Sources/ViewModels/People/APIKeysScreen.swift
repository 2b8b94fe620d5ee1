import Domain
import Keys
import Operations
package import Phrases

/// The keys by which programs act in the business, ended ones too.
package final class APIKeysScreen: WholeListScreen {
  package static let keymap: [Binding] = [.keyNew, .keyRevoke] + Binding.lists
  static let listName = "keys"

  private let desk: Desk
  var list = RowList<APIKeys.Row>([
    ListColumn("name", "Name", .text(atLeast: 10)) { $0.name },
    ListColumn("key", "Key", .fixed(11), priority: 3) { $0.prefix },
    ListColumn("what", "Rights", .text(atLeast: 14)) { $0.names.joined(separator: ", ") },
    ListColumn("calls", "Calls", .amount, priority: 4, number: { $0.calls }) {
      String($0.calls)
    },
    ListColumn("last", "Last call", .fixed(16), priority: 2) { $0.lastCall?.minute ?? "" },
    ListColumn("state", "State", .fixed(9), words: { $0.state }),
    ListColumn("end", "Until", .fixed(16), priority: 1) { $0.end?.minute ?? "" },
    ListColumn("by", "By", .text(atLeast: 8), priority: 5) { $0.creator },
  ])

  init(at desk: Desk) {
    self.desk = desk
    recall()
  }

  package var title: Phrase { "API keys" }
  package var section: Section? { .people }
  var navigator: Navigator { desk.navigator }

  package func load() -> [Effect] { readWhole(APIKeys(), at: desk) }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return [
      Action(.keyNew) { [weak self] in
        guard let self else { return [] }
        return self.navigator.show(self.form)
      },
      Action(.keyRevoke, unavailable: list.unavailable ?? ended) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.desk.askWhy(
          title: "Revoke the key \(row.name)?",
          body: "It ends now and stays on record.", confirm: "Revoke",
          least: RevokeAPIKey.leastReason
        ) {
          self.desk.carryOut(
            RevokeAPIKey(row.id, reason: $0), "\(row.name) opens nothing any more.")
        }
      },
    ] + listActions
  }

  private var ended: Phrase? {
    list.selected.map { $0.status == "revoked" } == true ? "It was revoked already." : nil
  }

  private var form: FormScreen {
    let scopes = Permission.allCases.filter { !$0.isForPeopleOnly }.map(\.rawValue)
    return FormScreen(
      "New API key",
      [
        FormField(label: "Name"), FormField(label: "Rights") { _ in scopes },
        FormField(label: "Calls an hour", text: "1000"), FormField(label: "Until"),
      ], in: .people, CreateAPIKey.permission, at: desk
    ) { form in
      var key = NewAPIKey(
        form.text(0), for: form.words(1))
      if form.text(0).isEmpty { form.fault(0, "What is it called?") }
      if form.words(1).isEmpty { form.fault(1, "Which rights?") }
      if let calls = Int(form.text(2)) {
        key.callsPerHour = calls
      } else {
        form.fault(2, "This is no whole number.")
      }
      key.end = form.moment(3)
      return form.create(key)
    }
  }

  package var panels: [Panel] {
    [
      .table(
        list.panel(
          "API keys", note: .empty,
          empty: desk.absence("No program has a key.", .keyNew) {
            "\($0) makes one, with the rights that it needs."
          }
        ) { $0.status == "active" ? .plain : .muted })
    ]
  }
}

extension FormScreen {
  /// The key is shown once: nothing keeps it but whoever reads it.
  fileprivate func create(_ content: NewAPIKey) -> [Effect] {
    run("Saving") { desk in
      try await desk.workspace.createKey(content, as: desk.principal).key
    } place: {
      switch $0 {
      case .taken, .nameLength, .unseenCharacter: 0
      case .access(.unknownPermission), .access(.notHeld), .notPermitted(_, .peopleOnly): 1
      case .access(.keyRate): 2
      case .access(.endsBeforeItBegins): 3
      default: nil
      }
    } then: { desk, key in
      desk.showOnce(
        key, "key", title: "The key of \(content.name)",
        body: "It is shown this once. A program gives it in \("COREFLOW_API_KEY"): \(key)")
    }
  }
}

nonisolated extension APIKeys.Row: Listed {
  var identity: ID<APIKey> { id }
}

extension APIKeys.Row {
  /// How the key stands.
  fileprivate var state: Phrase { Phrase(word: status, context: "key") }
}

extension Binding {
  static let keyNew = Binding(
    "apikey.new", ["n"], "new", "A key for a program", CreateAPIKey.permission)
  static let keyRevoke = Binding(
    "apikey.revoke", ["D"], "revoke", "End the key now", RevokeAPIKey.permission)
}
