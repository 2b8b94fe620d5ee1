import Domain
import Operations
import Phrases

extension Desk {
  /// Asks whose lines count, those of a department with those below it or everybody's. `now` is
  /// whose do.
  func chooseDepartment(
    now: ID<Department>?, then: @escaping (Departments.Row?) -> [Effect]
  ) -> Effect {
    fetch(Departments(), holding: .keys) { [navigator] departments in
      @MainActor func entry(
        _ title: Phrase, _ department: Departments.Row?
      ) -> Chooser.Entry {
        Chooser.Entry(title, note: department?.id == now ? "now" : .empty) { then(department) }
      }
      return navigator.choose(
        Chooser(
          title: "Whose lines count?",
          entries: [entry("all of the business", nil)]
            + departments.map { entry(Phrase(verbatim: "\($0.code) \($0.name)"), $0) }))
    }
  }
}
