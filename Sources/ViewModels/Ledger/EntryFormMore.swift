import Domain
import Operations
import Phrases

extension EntryFormScreen {
  /// Asks for what few lines say, of the line that the cursor is in.
  func askForMore() -> [Effect] {
    guard let form, case .line(let index, _) = form.focus, form.lines.indices.contains(index)
    else { return [] }
    let details = form.details(of: form.lines[index])
    return desk.navigator.show(
      FormScreen(
        "Line \(index + 1)",
        [
          FormField(label: "Department", text: form.label(of: details.department)) {
            form.departments(typed: $0[0])
          },
          FormField(label: "Project", text: details.project),
          FormField(label: "Party", text: details.party),
          FormField(label: "Tags", text: details.tags.text),
        ], in: section, CreateEntry.permission, at: desk
      ) { [weak self, desk] fields in
        var details = EntryForm.Line.Details()
        if !fields.text(0).isEmpty {
          details.department = fields.reading(0) { try form.department(called: $0, of: index) }
        }
        let tags = fields.text(3).split(separator: ",").map { EntryTag(typed: String($0)) }
        if tags.contains(nil) {
          fields.fault(3, "A tag is a word, or a word and what it says: rent, trip:Kiel.")
        }
        guard fields.text(0).isEmpty || details.department != nil, !tags.contains(nil) else {
          return []
        }
        (details.project, details.party) = (fields.text(1), fields.text(2))
        details.tags = tags.compactMap(\.self)
        self?.change { $0.put(details, in: index) }
        return desk.navigator.close(fields)
      })
  }
}

extension EntryForm {
  /// What a line says besides, and of which department it is without saying so.
  func details(of line: Line) -> Line.Details {
    var details = line.details
    details.department = facts.department(
      details.department, on: line.chosen, day ?? facts.today)
    return details
  }

  fileprivate mutating func put(_ details: Line.Details, in index: Int) {
    if lines.indices.contains(index) { lines[index].details = details }
  }

  fileprivate func label(of department: ID<Department>?) -> String {
    facts.departments.first { $0.id == department }?.facts.label ?? ""
  }

  /// Those that a line may name on the day of the entry. Whoever typed all of a code doesn't want
  /// another that holds it.
  fileprivate func departments(typed: String) -> [String] {
    let inUse = facts.departments.filter { row in
      day.map { row.facts.isInUse(on: $0) } ?? true
    }
    let code = typed.lowercased()
    return
      (inUse.filter { $0.code.lowercased() == code }
      + inUse.filter { $0.code.lowercased() != code }).map(\.facts.label)
  }

  /// Throws what the check of the entry would find.
  fileprivate func department(called name: String, of line: Int) throws -> ID<Department> {
    let row =
      try facts.departments.first { $0.facts.label == name } ?? facts.departments.called(name)
    if let day, !row.facts.isInUse(on: day) {
      throw Refusal.faults([.line(line, .departmentNotInUse(row.facts.label))])
    }
    return row.id
  }
}
