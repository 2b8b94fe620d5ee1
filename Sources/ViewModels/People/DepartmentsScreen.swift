import Domain
import Keys
import Operations
package import Phrases

/// The tree of departments.
package final class DepartmentsScreen: WholeListScreen {
  package static let keymap: [Binding] =
    [
      .departmentNew, .departmentEdit, .departmentMerge, .departmentRemove, .departmentPosts,
      .departmentBudgets, .departmentWhole,
    ] + Binding.lists
  static let listName = "departments"

  private let desk: Desk
  var list = RowList<Departments.Row>([
    ListColumn("code", "Code", .fixed(12)) { $0.code },
    ListColumn("name", "Name", .text(atLeast: 16)) { $0.name },
    ListColumn("type", "Kind", .fixed(16), priority: 1, words: { $0.type.phrase }),
    ListColumn("head", "Head", .text(atLeast: 10)) { $0.heads },
    ListColumn("costs", "Cost centre", .fixed(12), priority: 2) { $0.costCentre ?? "" },
    ListColumn("end", "Inactive from", .fixed(13), priority: 3) { $0.inactiveFrom?.text ?? "" },
  ])

  init(at desk: Desk) {
    self.desk = desk
    recall()
  }

  package var title: Phrase { "Departments" }
  package var section: Section? { .people }
  var navigator: Navigator { desk.navigator }
  package var subject: ScreenSubject? {
    list.selected.map { ScreenSubject(instance: .department($0.id), name: $0.name) }
  }

  package func load() -> [Effect] { readWhole(Departments(), at: desk) }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return [
      Action(.departmentNew) { [weak self] in self?.form(for: nil) ?? [] },
      Action.using(.departmentEdit, unavailable: list.unavailable) { [weak self] in
        self?.form(for: self?.list.selected) ?? []
      },
      Action.using(.departmentMerge, unavailable: list.unavailable) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.navigator.show(self.mergeForm(of: row))
      },
      Action.using(.departmentRemove, unavailable: list.unavailable) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.navigator.ask(
          Dialog(
            title: "Remove the department \(row.name)?",
            body: "What was booked for it keeps it; nothing new can be.", confirm: "Remove"
          ) { _ in self.desk.carryOut(RemoveDepartment(row.id), "\(row.name) is removed.") })
      },
      Action(.departmentPosts, unavailable: list.unavailable) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.navigator.show(DepartmentPostsScreen(of: row, at: self.desk))
      },
      Action(.departmentBudgets, unavailable: list.unavailable) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.navigator.show(BudgetsScreen(of: row, at: self.desk))
      },
      Action(.departmentWhole) { [desk] in
        desk.navigator.show(BudgetsScreen(of: nil, at: desk))
      },
    ] + listActions
  }

  /// A new one stands below the one under the cursor at first.
  private func form(for row: Departments.Row?) -> [Effect] {
    // All there are, whatever the filter leaves: one that isn't offered couldn't stay above it.
    let departments = list.whole ?? []
    let parent = departments.first { $0.id == (row == nil ? list.selected?.id : row?.parent) }
    return [
      desk.fetch(Members(), holding: .keys) { [desk] members in
        desk.navigator.show(
          DepartmentForm(row: row, departments: departments, members: members, parent: parent)
            .screen(at: desk))
      }
    ]
  }

  /// Today is the first day on which nothing is booked for it any more, unless another is typed.
  private func mergeForm(of row: Departments.Row) -> FormScreen {
    let others = (list.whole ?? []).filter { $0.id != row.id && $0.inactiveFrom == nil }
    return FormScreen(
      "Merge \(row.name)",
      [
        FormField(label: "Into", text: "") { _ in others.map(\.code) },
        FormField(label: "Inactive from", text: desk.today.text),
      ], in: .people, MergeDepartments.permission, at: desk
    ) { [desk] form in
      let other = form.reading(0, orElse: "Into which department?") { try others.called($0) }
      let day = form.reading(1, orElse: "Which day?") {
        try DayExpression.parse($0, today: desk.today, reference: desk.today)
      }
      guard let other, let day else { return [] }
      return form.perform(MergeDepartments(row.id, into: other.id, from: day)) { _ in
        "\(row.name) is merged into \(other.name)."
      }
    }
  }

  package var panels: [Panel] {
    let isTree = !list.arranges
    let today = desk.today
    return [
      .table(
        list.panel(
          "Departments", note: .empty,
          empty: desk.absence("No departments yet.", .departmentNew) { "\($0) adds the first." }
        ) { row in
          TableRow.Shape(
            tone: row.inactiveFrom.map { $0 <= today } ?? false ? .inactive : .plain,
            level: isTree ? row.depth : 0)
        })
    ]
  }
}

/// What is asked of a department.
private struct DepartmentForm {
  let row: Departments.Row?
  let departments: [Departments.Row]
  let members: [Members.Row]
  let parent: Departments.Row?

  func screen(at desk: Desk) -> FormScreen {
    let words = desk.words
    let types = DepartmentType.allCases.map { words.text($0.phrase, $0.rawValue) }
    let people = members.active
    let type = row?.type ?? .other
    return FormScreen(
      row.map { Phrase(verbatim: $0.name) } ?? "New department",
      [
        FormField(label: "Code", text: row?.code ?? ""),
        FormField(label: "Name", text: row?.name ?? ""),
        FormField(label: "Kind", text: words.text(type.phrase, type.rawValue)) { _ in types },
        FormField(label: "Below", text: parent?.code ?? "") { _ in departments.map(\.code) },
        FormField(label: "Head", text: row?.head ?? "") { _ in people.map(\.name) },
        FormField(label: "Cost centre", text: row?.costCentre ?? ""),
        FormField(label: "Inactive from", text: row?.inactiveFrom?.text ?? ""),
      ], in: .people, row == nil ? CreateDepartment.permission : UpdateDepartment.permission,
      at: desk
    ) { form in
      guard let content = content(form, types, desk.today) else { return [] }
      let place: (Refusal) -> Int? = {
        switch $0 {
        case .taken, .access(.departmentCode): 0
        case .nameLength: 1
        default: nil
        }
      }
      guard let row else {
        return form.perform(CreateDepartment(content), place: place) { _ in
          "The department \(content.name) is there."
        }
      }
      return form.perform(UpdateDepartment(row.id, content: content), place: place) {
        "\(content.name) is saved."
      }
    }
  }

  private func content(
    _ form: FormScreen, _ types: [String], _ today: Day
  ) -> DepartmentContent? {
    let type = DepartmentType.allCases.element(types.firstIndex(of: form.text(2)))
    if type == nil { form.fault(2, "There is no such kind.") }
    var content = DepartmentContent(code: form.text(0), name: form.text(1), type: type ?? .other)
    if !form.text(3).isEmpty {
      content.parent = form.reading(3) { try departments.called($0).id }
    }
    if form.text(4) == row?.head {
      // Two may have one name: who led it leads it on.
      content.head = row?.headUser
    } else if !form.text(4).isEmpty {
      content.head = form.reading(4) { try members.called($0).user }
    }
    content.costCentre = form.text(5).isEmpty ? nil : form.text(5)
    if !form.text(6).isEmpty {
      content.inactiveFrom = form.reading(6) {
        try DayExpression.parse($0, today: today, reference: today)
      }
    }
    return type == nil ? nil : content
  }
}

nonisolated extension Departments.Row: Listed {
  var identity: ID<Department> { id }
}

extension Binding {
  static let departmentNew = Binding(
    "department.new", ["n"], "new", "Add a department", CreateDepartment.permission)
  static let departmentEdit = Binding(
    "department.edit", ["e", .enter], "edit", "Change the department", UpdateDepartment.permission)
  static let departmentMerge = Binding(
    "department.merge", ["M"], "merge", "Make one department of two", MergeDepartments.permission)
  static let departmentRemove = Binding(
    "department.remove", ["D"], "remove", "Take the department away", RemoveDepartment.permission)
  static let departmentPosts = Binding(
    "department.posts", ["p"], "posts", "Who is what in the department", DepartmentPosts.permission)
  static let departmentBudgets = Binding(
    "department.budgets", ["u"], "budgets", "What is planned for the department",
    Budgets.permission)
  static let departmentWhole = Binding(
    "department.whole", ["t"], "whole business", "What is planned for the whole business",
    Budgets.permission)
}
