import Domain
import Keys
import Operations
package import Phrases

/// What stands where rows would be, and aren't: each case says what to do.
extension Navigator {
  /// They couldn't be read.
  package func absence(because error: any Error) -> Phrase {
    let again = key(of: .refresh)
    switch error {
    case is CancellationError: return "Nothing was read: it was cancelled. \(again) reads it."
    case Refusal.notPermitted(_, .noGrant):
      let givers = Role.allCases.filter { AssignRole.permission?.grant(to: $0) != RoleGrant.no }
      let people = givers.map(\.phrase)
      let any = people.dropFirst().reduce(people.first ?? .empty) { "\($0) or \($1)" }
      return "\(UserMessage(error).phrase) Whoever is \(any) can give you one that does."
    default: return "\(UserMessage(error).phrase) \(again) tries again."
    }
  }

  /// As people have it on their keyboard.
  func key(of binding: Binding) -> String {
    settings.keys.applied(to: binding).keys.first?.name ?? ""
  }
}

extension Desk {
  /// There are none yet: how the first comes about is for who may do that.
  func absence(_ none: Phrase, _ binding: Binding, does: (String) -> Phrase) -> Phrase {
    holds(binding.permission) ? .joined([none, does(navigator.key(of: binding))]) : none
  }
}

extension RowList {
  /// What is said in place of rows.
  func emptyText(otherwise empty: Phrase) -> Phrase {
    if !hasLoaded { return fault ?? Panel.loading }
    return view.filter.text.isEmpty ? empty : "Nothing matches \(view.filter.text). Esc clears it."
  }
}

extension ListScreen {
  /// Keys typed ahead are for rows that aren't there yet: all of them, or those that a filter leaves.
  private var holding: Holding {
    list.hasLoaded ? list.view.isFiltering ? .commands : .nothing : .keys
  }

  /// Looks rows up for the list, which says why that couldn't be done; what may not be seen any more
  /// doesn't stay.
  func read<Q: Query>(
    _ query: Q, at desk: Desk, then: @escaping (Q.Output) -> [Effect]
  ) -> Effect {
    desk.fetch(
      query, holding: holding,
      failed: { [weak self] error in
        guard let self else { return }
        let words = self.navigator.absence(because: error)
        if case Refusal.notPermitted? = error as? Refusal {
          self.forget()
          self.list.removeAll(because: words)
        } else {
          self.list.fault = words
        }
      }, then: then)
  }

  /// Reads the page that was asked for into the list.
  func readPage<Q: Query>(
    _ query: Q, for request: RowList<Row>.Request, at desk: Desk
  ) -> [Effect] where Q.Output == [Row] {
    [
      read(query, at: desk) { [weak self] rows in
        self?.list.take(rows, for: request)
        return []
      }
    ]
  }
}
