import Domain
import Yams

extension WorkflowDefinition {
  /// The definition's document in the order in which people read it.
  var node: Node { DocumentWriter.node(json, under: "", isInLine: false) }
}

/// Makes the nodes of a document that people are to edit: what is short stands in one line, and
/// time in the largest unit that it comes out even in.
private enum DocumentWriter {
  /// Keys that come first, in this order; the others are in the alphabet's.
  private static let order = Dictionary(
    uniqueKeysWithValues: zip(
      [
        "key", "version", "id", "kind", "from", "name", "description", "type", "choices",
        "start_on", "subject", "timeout_hours", "can_be_cancelled", "can_be_paused",
        "requires_comments", "auto_approve_conditions", "steps", "variables", "nodes", "edges",
        "action", "result", "variable", "label", "required", "department_role", "department",
        "assignee", "fallback", "can_pass_on", "mode", "days", "hours", "minutes", "clock", "after",
        "to", "effect", "text", "when", "default", "form", "due", "escalations",
      ], 0...))

  /// What holds durations.
  private static let durations: Set = ["due", "after", "for"]

  private static let mostInLine = 4

  static func node(_ json: JSON, under key: String, isInLine: Bool) -> Node {
    switch json {
    case .array(let items):
      let isInLine = isInLine || items.allSatisfy(\.isScalar)
      return .sequence(
        .init(
          items.map { node($0, under: key, isInLine: isInLine) }, .implicit,
          isInLine ? .flow : .block))
    case .object(let fields):
      let fields = durations.contains(key) ? inLargestUnit(fields) : fields
      let isInLine = isInLine || isShort(fields)
      return .mapping(
        .init(
          fields.sorted { place(of: $0) < place(of: $1) }.map { field in
            (Node(field.name), node(field.value, under: field.name, isInLine: isInLine))
          }, .implicit, isInLine ? .flow : .block))
    case .string(let text): return .scalar(.init(text, .implicit, style(of: text, isInLine)))
    case .null, .bool, .integer, .decimal, .written:
      return .scalar(.init(json.text, .implicit, .plain))
    }
  }

  private static func place(of field: JSON.Field) -> (Int, String) {
    (order[field.name] ?? order.count, field.name)
  }

  /// An edge, an assignee, a duration; not a step with a text, which may be long.
  private static func isShort(_ fields: [JSON.Field]) -> Bool {
    fields.count <= mostInLine
      && fields.allSatisfy { $0.value.isScalar && !$0.value.text.contains("\\n") }
      && !fields.contains { $0.name == "text" || $0.name == "key" }
  }

  /// Days are only the calendar's.
  private static func inLargestUnit(_ fields: [JSON.Field]) -> [JSON.Field] {
    let isOfCalendar = !fields.contains { $0.name == "clock" }
    return fields.map { field in
      guard field.name == "minutes", case .integer(let minutes) = field.value else { return field }
      if isOfCalendar, minutes.isMultiple(of: 1_440), minutes != 0 {
        return JSON.Field("days", .integer(minutes / 1_440))
      }
      return minutes.isMultiple(of: 60) ? JSON.Field("hours", .integer(minutes / 60)) : field
    }
  }

  /// Plain where it is read as text again, here and by readers of older YAML, which take `yes` and
  /// days for something else.
  private static func style(of text: String, _ isInLine: Bool) -> Node.Scalar.Style {
    if text.contains("\n"), !isInLine { return .literal }
    let isText =
      JSON(plain: text) == .string(text)
      && Resolver.default.resolveTag(of: Node(text)) == .str
    return isText ? .plain : .doubleQuoted
  }
}

extension JSON {
  fileprivate var isScalar: Bool {
    switch self {
    case .array, .object: false
    case .null, .bool, .integer, .decimal, .string, .written: true
    }
  }
}
