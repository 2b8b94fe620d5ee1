package import Domain
package import Keys
package import Operations
package import Phrases

/// A binding on the screen that it is on: whether it can be done just now, and doing it.
package struct Action {
  package private(set) var binding: Binding
  /// Differs from the binding's where the same key does and undoes something.
  package let title: Phrase
  package let summary: Phrase
  /// Why it can't be done just now, to what is selected.
  package private(set) var unavailable: Phrase?
  /// Where it is for want of a right.
  package private(set) var refusal: Refusal?
  /// What it does to what the screen's keys are about; nil where it is about something else.
  package let act: WhatIsDenied.Act?
  package let perform: () -> [Effect]

  package init(
    _ binding: Binding, title: Phrase? = nil, summary: Phrase? = nil, unavailable: Phrase? = nil,
    act: WhatIsDenied.Act? = nil, perform: @escaping () -> [Effect]
  ) {
    self.binding = binding
    self.title = title ?? binding.title
    self.summary = summary ?? binding.summary
    self.unavailable = unavailable
    self.act = act
    self.perform = perform
  }

  /// The same that the core would refuse.
  func refused(_ refusal: Refusal) -> Action {
    var action = self
    (action.refusal, action.unavailable) = (refusal, UserMessage(refusal).phrase)
    return action
  }

  /// Something that the binding's permission lets one do to what the screen's keys are about.
  static func using(
    _ binding: Binding, title: Phrase? = nil, summary: Phrase? = nil, unavailable: Phrase?,
    perform: @escaping () -> [Effect]
  ) -> Action {
    Action(
      binding, title: title, summary: summary, unavailable: unavailable,
      act: binding.permission.map(WhatIsDenied.Act.use), perform: perform)
  }

  package var id: String { binding.id }
  package var keys: [Key] { binding.keys }
  package var permission: Permission? { binding.permission }

  func with(_ settings: KeySettings) -> Action {
    var action = self
    action.binding = settings.applied(to: binding)
    return action
  }
}
