import Domain
import Keys
import Operations
package import Phrases

/// People against permissions. The cursor goes up and down among permissions and sideways among
/// people.
package final class AccessMatrixScreen: Screen {
  package static let keymap: [Binding] = [
    .matrixWhy, .matrixWho, .matrixBefore, .matrixNext,
  ]

  private let desk: Desk
  private var grid: AccessGrid.Grid?
  private var fault: Phrase?
  private var row: Int? = 0
  private var person = 0
  /// The first person who is shown.
  private var first = 0

  init(at desk: Desk) { self.desk = desk }

  package var title: Phrase { "Matrix" }
  package var section: Section? { .people }

  package func load() -> [Effect] {
    [
      desk.fetch(AccessGrid(), holding: grid == nil ? .keys : .nothing) { [weak self] error in
        self?.fault = self?.desk.navigator.absence(because: error)
      } then: { [weak self] grid in
        self?.grid = grid
        self?.go(0)
        return []
      }
    ]
  }

  private var people: [Person] { grid?.people ?? [] }

  package func move(_ movement: Movement) -> [Effect] {
    row = movement.cursor(
      from: row, count: Permission.allCases.count, page: desk.navigator.pageRows)
    return []
  }

  package func point(at target: Target) -> [Effect] {
    switch target {
    case .row(_, let index) where Permission.allCases.indices.contains(index):
      let wasThere = row == index
      row = index
      return wasThere ? explain() : []
    case .column(_, let index) where index > 0: go(first + index - 1 - person)
    default: break
    }
    return []
  }

  private func go(_ step: Int) {
    person = min(max(person + step, 0), max(people.count - 1, 0))
    let room = room
    first = min(max(first, person - room + 1), person)
    first = min(first, max(people.count - room, 0))
  }

  private static let columnWidth = 9
  private static let permissionWidth = 27

  /// How many people fit beside the permissions.
  private var room: Int {
    max((desk.navigator.columns - Self.permissionWidth) / (Self.columnWidth + 1), 1)
  }

  package var actions: [Action] {
    let none: Phrase? = people.isEmpty ? "There is nothing here." : nil
    return [
      Action(.matrixWhy, unavailable: none) { [weak self] in self?.explain() ?? [] },
      Action(.matrixWho, unavailable: none) { [weak self] in
        guard let self, let row = self.row else { return [] }
        return self.desk.navigator.show(
          WhoCanScreen(
            Permission.allCases[row], on: .anything, called: nil, at: self.desk))
      },
      Action(.matrixBefore, unavailable: person == 0 ? "Nobody is to the left." : nil) {
        [weak self] in
        self?.go(-1)
        return []
      },
      Action(
        .matrixNext, unavailable: person + 1 >= people.count ? "Nobody is to the right." : nil
      ) { [weak self] in
        self?.go(1)
        return []
      },
    ]
  }

  private func explain() -> [Effect] {
    guard let row, let person = people.element(person) else { return [] }
    return desk.explain(Permission.allCases[row], of: person.id)
  }

  package var panels: [Panel] {
    let shown = Array(people.dropFirst(first).prefix(room))
    let selected = people.element(person)
    var panel = TablePanel(
      title: "Who may do what",
      columns: [TableColumn("Permission", .text(atLeast: Self.permissionWidth - 4))]
        + shown.map { person in
          let name = Phrase(verbatim: String(person.name.prefix(Self.columnWidth - 2)))
          return TableColumn(
            person.id == selected?.id ? "[\(name)]" : name, .fixed(Self.columnWidth))
        },
      rows: TableRows(count: grid == nil ? 0 : Permission.allCases.count) { [grid] index in
        let permission = Permission.allCases[index]
        return TableRow(
          [Phrase(verbatim: permission.rawValue)]
            + shown.map { grid?.cell(permission, of: $0.id).phrase ?? .empty })
      }, cursor: grid == nil ? nil : row, emptyText: fault ?? Panel.loading)
    panel.scope = selected.map { "\($0.name), \($0.role.phrase)" } ?? .empty
    let position: Phrase = people.isEmpty ? .empty : "\(person + 1) of \(people.count)"
    let leftOut = grid?.leftOut ?? 0
    panel.position =
      leftOut == 0 ? position : "\(position), \(leftOut) more not for you to hear about"
    return [.table(panel)]
  }
}

extension AccessGrid.Cell {
  /// Some is with their own, within their department, or up to a limit.
  var phrase: Phrase {
    switch self {
    case .yes: "yes"
    case .some: "some"
    case .no: "-"
    }
  }
}

extension Binding {
  static let matrixWhy = Binding(
    "matrix.why", [.enter], "why", "Which rules say so", AccessGrid.permission)
  static let matrixWho = Binding(
    "matrix.who", ["W"], "who may", "Everybody who may do it", WhoCan.permission)
  static let matrixBefore = Binding(
    "matrix.before", [.left, "h"], "left", "The person to the left", AccessGrid.permission)
  static let matrixNext = Binding(
    "matrix.next", [.right, "l"], "right", "The person to the right", AccessGrid.permission)
}
