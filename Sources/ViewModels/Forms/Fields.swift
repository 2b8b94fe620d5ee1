import Keys
import Phrases

/// Going from field to field, the same in every form.
extension Binding {
  static let fieldTake = Binding("field.take", [.enter], "go on", "Take what is offered, go on")
  static let fieldNext = Binding("field.next", [.tab], "next", "The next field")
  static let fieldPrevious = Binding("field.previous", [.backTab], "previous", "The field before")
  static let fieldUp = Binding("field.up", [.up], "up", "The field or choice above")
  static let fieldDown = Binding("field.down", [.down], "down", "The field or choice below")

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

/// The actions of `Binding.fields`, each a call of `go`.
func fieldActions(_ go: @escaping (FieldStep) -> [Effect]) -> [Action] {
  [
    Action(.fieldTake) { go(.take) }, Action(.fieldNext) { go(.next) },
    Action(.fieldPrevious) { go(.previous) }, Action(.fieldUp) { go(.up) },
    Action(.fieldDown) { go(.down) },
  ]
}
