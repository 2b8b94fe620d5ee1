import Domain
import Operations
import Phrases

extension EntryFormScreen {
  /// Asks for what few lines say, of the line that the cursor is in.
  func askForMore() -> [Effect] {
    guard let form, case .line(let index, _) = form.focus, form.lines.indices.contains(index)
    else { return [] }
    let details = form.lines[index].details
    return desk.navigator.show(
      FormScreen(
        "Line \(index + 1)",
        [
          FormField(label: "Project", text: details.project),
          FormField(label: "Party", text: details.party),
          FormField(label: "Tags", text: details.tags.text),
        ], in: section, CreateEntry.permission, at: desk
      ) { [weak self, desk] fields in
        let tags = fields.text(2).split(separator: ",").map { EntryTag(typed: String($0)) }
        guard !tags.contains(nil) else {
          fields.fault(2, "A tag is a word, or a word and what it says: rent, trip:Kiel.")
          return []
        }
        var details = EntryForm.Line.Details()
        (details.project, details.party) = (fields.text(0), fields.text(1))
        details.tags = tags.compactMap(\.self)
        self?.change { $0.put(details, in: index) }
        return desk.navigator.close(fields)
      })
  }
}

extension EntryForm {
  fileprivate mutating func put(_ details: Line.Details, in index: Int) {
    if lines.indices.contains(index) { lines[index].details = details }
  }
}
