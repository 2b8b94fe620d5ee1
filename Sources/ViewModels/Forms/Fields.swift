import Keys
import Phrases

/// Going from field to field, the same in every form.
extension Binding {
  static let fieldTake = Binding("field.take", [.enter], "go on", "Take what is offered, go on")
  static let fieldNext = Binding("field.next", [.tab], "next", "The next field")
  static let fieldPrevious = Binding("field.previous", [.backTab], "previous", "The field before")
  static let fieldUp = Binding("field.up", [.up], "up", "The field or choice above")
  static let fieldDown = Binding("field.down", [.down], "down", "The field or choice below")

  /// Where something is chosen: not every form has such a field.
  static let fieldList = Binding(
    "field.list", [.function(4), Key(.down, .alt)], "choices", "List all that may stand here")

  static let fields: [Binding] = [.fieldTake, .fieldNext, .fieldPrevious, .fieldUp, .fieldDown]
}

/// A step from one field to another.
enum FieldStep {
  case take
  case next
  case previous
  case up
  case down
}

/// The action of `Binding.fieldList` in `form`, which `list` does.
func listAction(_ form: FieldForm, _ list: @escaping () -> Void) -> Action {
  Action(
    .fieldList,
    unavailable: form.hasChoices ? nil : "Nothing is to be chosen here: type what stands here."
  ) {
    list()
    return []
  }
}

/// The actions of `Binding.fields`, each a call of `go`.
func fieldActions(_ go: @escaping (FieldStep) -> [Effect]) -> [Action] {
  [
    Action(.fieldTake) { go(.take) }, Action(.fieldNext) { go(.next) },
    Action(.fieldPrevious) { go(.previous) }, Action(.fieldUp) { go(.up) },
    Action(.fieldDown) { go(.down) },
  ]
}
