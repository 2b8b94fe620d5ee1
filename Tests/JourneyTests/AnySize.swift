import Domain
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels
import Widgets

@Suite struct AnySize {
  nonisolated static let sizes = [
    Size(columns: 60, rows: 16), Size(columns: 80, rows: 24), Size(columns: 120, rows: 40),
    Size(columns: 200, rows: 50),
  ]

  @Test func `every screen fits, with its header, footer and cursor`() async throws {
    try await Tour.all(at: Self.sizes) { Self.expectToFit($0, $1, help: "help") }
  }

  /// `help` is what the footer calls that, which no size leaves out.
  static func expectToFit(_ name: String, _ driver: Driver, help: String) {
    let lines = driver.lines
    #expect(lines.count == driver.size.rows, "\(name)")
    for line in lines {
      #expect(TextWidth.columns(of: line) <= driver.size.columns, "\(name): \(line)")
    }
    if driver.navigator.overlay == nil {
      let isOutside = driver.navigator.desk == nil
      #expect(lines[0].contains(isOutside ? "CoreFlow" : "Harbour"), "\(name)")
      #expect(lines.last?.contains(help) == true, "\(name)")
    }
    let cursor = driver.cursor
    if let cursor { #expect(driver.surface.bounds.contains(cursor), "\(name)") }
    if driver.navigator.top?.takesText == true { #expect(cursor != nil, "\(name)") }
  }

  @Test func `a terminal that is too small says so, and nothing is lost`() async throws {
    let driver = await Driver(.owner, in: try await TestBooks.make())
    await driver.press("n", .enter, "Lamp oil")
    driver.resize(columns: 10, rows: 4)
    #expect(driver.lines.allSatisfy { $0.count <= 10 })
    #expect(driver.screen.hasPrefix("This"))
    driver.resize(columns: 80, rows: 24)
    #expect(driver.field?.text == "Lamp oil")
    #expect(driver.shows("Lamp oil"))
  }

  @Test func `where nothing can be seen no key does anything, and what isn't saved stays`()
    async throws
  {
    let books = try await TestBooks.make()
    let driver = await Driver(.owner, in: books)
    await driver.press("n", .enter, "Lamp oil")
    driver.resize(columns: 80, rows: 15)
    #expect(driver.shows("Make it larger. Nothing is lost."))
    await driver.press("!", .escape, .function(2), "q", .ctrl("c"))
    await driver.paste("more")
    driver.send(.wheel(.down))
    driver.resize(columns: 60, rows: 16)
    #expect(driver.navigator.overlay == nil)
    #expect(driver.field?.text == "Lamp oil")
    #expect(try await books.entries().isEmpty)
  }

  @Test(arguments: [Stroke(Key.character("q")), .ctrl("c")])
  func `where nothing can be seen and nothing is unsaved one can leave`(_ key: Stroke) async throws
  {
    let driver = await Driver(.owner, in: try await TestBooks.make())
    driver.resize(columns: 80, rows: 15)
    #expect(driver.shows("Make it larger, or quit: q."))
    await driver.press("n", .function(10), "3")
    #expect(driver.path == ["Journal"])
    #expect(!driver.navigator.hasEnded)
    await driver.press(key)
    #expect(driver.navigator.hasEnded)
  }

  @Test func `no size makes it fail`() async throws {
    let books = try await Tour.books()
    try await Tour.all(Size(columns: 80, rows: 24), in: books) { name, driver in
      for columns in [0, 1, 2, 9, 59, 60, 61, 79, 81, 250] {
        for rows in [0, 1, 3, 15, 16, 17, 60] {
          driver.resize(columns: columns, rows: rows)
          let lines = driver.lines
          #expect(lines.allSatisfy { TextWidth.columns(of: $0) <= columns }, "\(name)")
        }
      }
    }
  }
}
