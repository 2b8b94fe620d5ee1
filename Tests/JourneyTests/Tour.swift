import Domain
import Keys
import Operations
import TestSupport
import Testing
import ViewModels
import Widgets

/// Every screen and everything that lies over one, for tests of what holds everywhere.
enum Tour {
  /// Books with something on every screen, whose texts are `text`.
  static func books(_ text: String = "Rent of the loft") async throws -> TestBooks {
    let books = try await TestBooks.withThreshold()
    let number = try await books.workspace.perform(
      CreateAccount(
        AccountContent(
          number: "1160", name: String(text.prefix(100)), parent: books.account("1100"),
          type: .asset)), as: books.owner)
    for (minorUnits, ending) in [(1_200, EntryEnding.post), (2_500, .keepDraft), (9_900, .submit)] {
      var content = books.entry(Int64(minorUnits), text)
      (content.reference, content.notes, content.payee) = (
        String(text.prefix(60)), text, String(text.prefix(60))
      )
      content.lines[1].account = number
      content.lines[0].description = text
      try await books.workspace.perform(CreateEntry(content, then: ending), as: books.employee)
    }
    try await books.workspace.perform(
      RejectEntry(try await books.entries()[0].id, reason: "Receipt? " + text), as: books.manager)
    return books
  }

  static let places: [(name: String, keys: [Stroke])] = [
    ("home", ["1"]), ("audit", ["6"]), ("record", ["6", "j", "j", "j", .enter]),
    ("changes", ["6", "/", "journal.create", .enter, .enter, .tab]), ("journal", ["2"]),
    ("entry", ["2", "j", .enter]), ("help", ["2", "?"]),
    ("dialog", ["2", "j", "D"]), ("reason", ["2", "G", "R", "a reason"]),
    ("new entry", ["2", "n"]), ("days to choose", ["2", "n", .function(4)]),
    ("palette", ["2", ":", "rent"]), ("messages", ["2", "V", .alt("m")]),
    ("filtered", ["2", "/", "loft"]), ("accounts to choose", ["2", "n", .enter, .enter, "1"]),
    (
      "entry with a fault",
      ["2", "n", .enter, "Rent", .enter, "620", .enter, "12x", .function(10)]
    ),
    ("draft", ["2", "j", "e"]), ("accounts", ["3"]), ("account", ["3", "j", "n"]),
    ("register", ["4", .enter]), ("trial balance", ["4"]), ("businesses", ["b"]),
    ("settings", ["2", ","]), ("setting to choose", ["2", ",", .down, .enter]),
    ("number to set", ["2", ",", .end, .enter]),
  ]

  /// Shows `visit` each place as the owner sees it.
  static func all(
    _ size: Size, in books: TestBooks? = nil,
    _ visit: (String, Driver) async throws -> Void
  ) async throws {
    let toured: TestBooks
    if let books { toured = books } else { toured = try await Self.books() }
    try await visit("sign in", await Driver(toured.workspace, size: size))
    for (name, keys) in places {
      let driver = await Driver(.owner, in: toured, size: size)
      for key in keys { await driver.press(key) }
      try await visit(name, driver)
    }
  }
}
