import Domain
import Operations
import Phrases

extension EntryFormScreen {
  /// Asks for what few lines say, of the line that the cursor is in; above the lines, for what few
  /// entries say.
  func askForMore() -> [Effect] {
    guard let form else { return [] }
    guard case .line(let index, _) = form.focus else { return askForMoreOfAll(form) }
    guard form.lines.indices.contains(index) else { return [] }
    return askForMore(of: index, in: form)
  }

  private func askForMoreOfAll(_ form: EntryForm) -> [Effect] {
    let (payee, notes) = (form.original.payee.onOneLine, form.original.notes.onOneLine)
    let kinds = AdjustmentKind.allCases.map {
      (text: desk.words.text($0.phrase, $0.rawValue), value: $0)
    }
    let kind = kinds.first { $0.value == form.adjustment }?.text ?? ""
    let isAdjusting = form.type == .adjusting
    return desk.navigator.show(
      FormScreen(
        "Entry",
        [FormField(label: "Payee", text: payee), FormField(label: "Notes", text: notes)]
          + (isAdjusting ? [FormField(label: "Kind", text: kind) { _ in kinds.map(\.text) }] : []),
        in: section, CreateEntry.permission, at: desk
      ) { [weak self, desk] fields in
        let adjustment =
          isAdjusting && !fields.text(2).isEmpty
          ? fields.choice(2, kinds, "There is no such kind of adjusting entry.") : nil
        guard !isAdjusting || fields.text(2).isEmpty || adjustment != nil else { return [] }
        self?.change { form in
          if isAdjusting { form.original.adjustment = adjustment }
          // What nobody changed keeps its lines.
          if fields.text(0) != payee { form.original.payee = fields.text(0) }
          if fields.text(1) != notes { form.original.notes = fields.text(1) }
        }
        return desk.navigator.close(fields)
      })
  }

  private func askForMore(of index: Int, in form: EntryForm) -> [Effect] {
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
          FormField(label: "Ref", text: details.reference),
          FormField(label: "Tax code", text: details.taxCode),
          FormField(label: "Tax amount", text: details.tax?.text ?? ""),
          FormField(
            label: "Quantity", text: details.quantity?.text ?? "",
            hint: "a number and its unit: 12.5 kg"),
        ], in: section, CreateEntry.permission, at: desk
      ) { [weak self, desk] fields in
        guard let details = form.details(typedIn: fields, of: index) else { return [] }
        self?.change { $0.put(details, in: index) }
        return desk.navigator.close(fields)
      })
  }
}

extension EntryForm {
  /// What a line says besides, and of which department it is without saying so.
  func details(of line: Line) -> Line.Details {
    var details = line.details
    details.isUntagged = false
    guard !staysUntagged(line) else { return details }
    details.department = facts.department(
      details.department, on: line.chosen, day ?? facts.today)
    return details
  }

  /// Whether its account's department was taken off, or wasn't on the line of the draft or of what is
  /// corrected, and that account takes lines without one.
  private func staysUntagged(_ line: Line) -> Bool {
    guard line.details.department == nil, let account = line.chosen, !account.requiresDepartment
    else { return false }
    let original = line.original.map { $0.account == account.id && $0.department == nil }
    return line.details.isUntagged || original == true
  }

  /// Nil where a field can't be read; then it says why.
  fileprivate func details(typedIn fields: FormScreen, of index: Int) -> Line.Details? {
    var details = Line.Details()
    if !fields.text(0).isEmpty {
      details.department = fields.reading(0) { try department(called: $0, of: index) }
    } else {
      details.isUntagged =
        facts.department(nil, on: lines[index].chosen, day ?? facts.today) != nil
    }
    let kept = lines[index].details.tags
    let words = fields.text(3).split(separator: ",").map { String($0) }
    // What an import gave the line is kept, also where nobody could type it.
    let tags: [EntryTag?] =
      fields.text(3) == kept.text
      ? kept
      : words.map { word in
        kept.first { $0.text == word.trimmingSpaces } ?? EntryTag(typed: word)
      }
    if tags.contains(nil) {
      fields.fault(
        3,
        zip(words, tags).contains { $1 == nil && EntryTag.saysField(typed: $0) }
          ? "No tag says what has a field of its own."
          : "A tag is a word, or a word and what it says: rent, trip:Kiel.")
    }
    let isTaxCodeFit = fields.text(5).fitsTag
    if !isTaxCodeFit { fields.fault(5, "A tax code has no comma, date or line break.") }
    if !fields.text(6).isEmpty {
      let exponent = amountCurrency(of: lines[index]).exponent
      details.tax = fields.reading(6) {
        try Quantity(AmountExpression.parse($0, exponent: exponent), exponent: exponent)
      }
    }
    details.quantity = LineQuantity(typed: fields.text(7))
    let lacksQuantity = details.quantity == nil && !fields.text(7).isEmpty
    if lacksQuantity {
      fields.fault(7, "A quantity is a number, and its unit where it has one: 12.5 kg.")
    }
    guard fields.text(0).isEmpty || details.department != nil, !tags.contains(nil),
      fields.text(6).isEmpty || details.tax != nil, isTaxCodeFit, !lacksQuantity
    else { return nil }
    (details.project, details.party) = (fields.text(1), fields.text(2))
    (details.reference, details.taxCode) = (fields.text(4), fields.text(5))
    details.tags = tags.compactMap(\.self)
    return details
  }

  /// `adjusting, accrual`.
  var typeText: Phrase {
    .joined([type.phrase, adjustment?.phrase].compactMap(\.self), separator: ", ")
  }

  /// Payee and notes, as far as there are any.
  var remainder: String {
    [original.payee, original.notes].map(\.onOneLine).filter { !$0.isEmpty }
      .joined(separator: ", ")
  }

  fileprivate mutating func put(_ details: Line.Details, in index: Int) {
    guard lines.indices.contains(index) else { return }
    lines[index].details = details
    noteWorths()
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

extension String {
  fileprivate var onOneLine: String {
    String(map { $0.isNewline ? " " : $0 }).trimmingSpaces
  }
}
