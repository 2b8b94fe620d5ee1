import Domain
import Screens
import TestSupport
import Testing
import Widgets

/// Every screen, cell by cell, in books whose names are of any writing.
///
/// No theme takes part: a surface names roles and knows no colour, and `Screens` has no theme to
/// ask. What a theme decides comes in where a terminal draws the surface: its lines, which are
/// judged here for each kind that a theme may want, and how each role looks, which `CursesTests`
/// reads back from what is sent in each theme.
@Suite struct EveryCell {
  @Test(arguments: Writing.allCases)
  func `every screen keeps to its cells at every size, whatever the writing`(
    _ writing: Writing
  ) async throws {
    let books = try await Tour.books(in: writing)
    try await Tour.all(at: AnySize.sizes, in: books) { name, driver in
      let frame = driver.frame
      let surface = frame.surface
      #expect(surface.size == driver.size, "\(name)")
      var faults = surface.faults
      for borders in Theme.Borders.allCases where borders != .unicode {
        faults += surface.withBorders(borders).lines
      }
      #expect(faults.isEmpty, "\(name): \(faults.prefix(3))")
      if let cursor = frame.cursor {
        #expect(surface[cursor.column, cursor.row].width > 0, "\(name): in half a character")
      }
    }
  }

  @Test(arguments: Writing.allCases)
  func `what things are called is read on their screens`(_ writing: Writing) async throws {
    let driver = await Driver(
      .owner, in: try await Tour.books(in: writing), size: AnySize.sizes[3])
    let start = SafeText(line: String(writing.text.prefix(10))).description
    #expect(driver.lines[0].contains(start), "the business")
    #expect(driver.lines.filter { $0.contains(start) }.count > 3, "its entries")
    await driver.press("3")
    #expect(driver.shows("1160 " + start), "an account")
  }
}

extension Surface {
  /// What a terminal couldn't show as it is meant.
  fileprivate var faults: [String] {
    (0..<size.rows).flatMap { row in
      let cells = Array(self.row(row))
      return cells.indices.compactMap { column in
        fault(of: cells, at: column).map { "\(column), \(row): \($0)" }
      }
    }
  }

  private func fault(of cells: [Cell], at column: Int) -> String? {
    let cell = cells[column]
    if cell.width == 0 {
      return column > 0 && cells[column - 1].width == 2 ? nil : "the second half of nothing"
    }
    if TextWidth.columns(of: cell.text) != cell.width { return "\(cell.text) isn't so wide" }
    guard cell.width == 2 else { return nil }
    guard column + 1 < cells.count, cells[column + 1].width == 0 else { return "cut in half" }
    let half = cells[column + 1]
    return half.role == cell.role && half.attributes == cell.attributes
      ? nil : "two halves that look different"
  }

  /// Characters that lines are drawn with.
  fileprivate var lines: [String] {
    (0..<size.rows).flatMap { row in
      self.row(row).compactMap { cell in
        guard cell.width == 1, let scalar = cell.text.unicodeScalars.first else { return nil }
        return 0x2500...0x257f ~= scalar.value ? "\(row): \(cell.text) as \(cell.role)" : nil
      }
    }
  }
}
