import Domain
import Keys
import Operations
import Phrases
import Screens
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
    #expect(try await Walk.taken.value.misfits == [])
  }

  /// What doesn't fit of what is shown at `place`. `help` is what the footer calls that, which no
  /// size leaves out.
  static func misfits(of driver: Driver, at place: String, help: String) -> [String] {
    let frame = driver.frame
    let lines = frame.surface.textLines
    var found = lines.filter { TextWidth.columns(of: $0) > driver.size.columns }
    if lines.count != driver.size.rows { found.append("\(lines.count) lines") }
    if driver.navigator.overlay == nil {
      let header = driver.navigator.desk == nil ? "CoreFlow" : "Harbour"
      if !lines[0].contains(header) { found.append("no \(header)") }
      if lines.last?.contains(help) != true { found.append("no \(help)") }
    }
    if let cursor = frame.cursor {
      if !frame.surface.bounds.contains(cursor) { found.append("the cursor is outside") }
    } else if driver.navigator.top?.takesText == true {
      found.append("no cursor")
    }
    return found.map { "\(place): \($0)" }
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
    #expect(driver.navigator.overlay == nil && !driver.navigator.hasEnded)
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
    #expect(try await Walk.taken.value.overflows == [])
  }
}
