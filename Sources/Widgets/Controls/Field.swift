public import Keys

/// One field of a form: what is in it, and what is said about it.
public struct Field: Hashable, Sendable {
  public enum Content: Hashable, Sendable {
    case plain
    /// Shown as one `*` for each character.
    case secret
    /// Shown without brackets, and never focused.
    case readOnly
  }

  public var label: String
  public var text: String
  public var content: Content
  /// Where the cursor is, counted in characters, and what is selected; used while it is focused.
  public var cursor: Int
  public var selection: Range<Int>?
  /// A proposal: after what was typed if it continues it, else alone while nothing is typed.
  public var ghost: String
  /// What is wrong with it, in words that say what to do.
  public var error: String
  /// What is said beside it: a date's weekday, a period's state.
  public var note: String
  /// How many columns for text; nil takes what is left of the row.
  public var columns: Int?

  public init(
    _ label: String, text: String = "", content: Content = .plain, ghost: String = "",
    error: String = "", note: String = "", columns: Int? = nil
  ) {
    self.label = label
    self.text = text
    self.content = content
    cursor = text.count
    self.ghost = ghost
    self.error = error
    self.note = note
    self.columns = columns
  }

  /// The field with an editor's text, cursor and selection.
  public func editing(_ editor: LineEditor) -> Field {
    var field = self
    field.text = editor.text
    field.cursor = editor.cursor
    field.selection = editor.selection
    return field
  }

  var role: Role { error.isEmpty ? .field : .invalidField }

  var shownText: String {
    content == .secret ? String(repeating: "*", count: text.count) : text
  }
}
