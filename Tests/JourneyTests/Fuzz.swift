import Domain
import Keys
import Operations
import TestSupport
import Testing
import ViewModels
import Widgets

/// Whatever is pressed, pasted and resized, wherever: it doesn't fail, and the books stay right.
@Suite struct Fuzz {
  nonisolated static let keysEach = 500

  @Test(
    arguments: [
      ["2"], ["2", .enter], ["2", "n"], ["2", "n", .enter, "Rent", .enter], ["3"], ["3", "n"],
      ["4"],
      ["4", .enter], ["6"], ["b"],
    ] as [[Stroke]])
  func `random keys harm nothing`(_ start: [Stroke]) async throws {
    let books = try await Tour.books()
    var chance = SeededChance(seed: UInt64(start.flatMap(\.keys).count) * 7 + 1)
    var driver = await Driver(.owner, in: books)
    for count in 0..<Self.keysEach {
      if count.isMultiple(of: 50) || driver.navigator.hasEnded {
        driver = await Driver(.owner, in: books)
        for key in start { await driver.press(key) }
      }
      await act(on: driver, &chance)
      if count.isMultiple(of: 5) {
        let columns = driver.size.columns
        #expect(driver.lines.allSatisfy { TextWidth.columns(of: $0) <= columns })
      }
    }
    #expect(try await books.faults() == [])
    let balances = try await books.balances()
    #expect(balances.values.reduce(0, +) == 0)
  }

  private func act(on driver: Driver, _ chance: inout SeededChance) async {
    switch Int.random(in: 0..<40, using: &chance) {
    case 0:
      driver.resize(
        columns: .random(in: 0...140, using: &chance), rows: .random(in: 0...50, using: &chance))
    case 1: await driver.paste(Self.pastes.randomElement(using: &chance) ?? "")
    case 2: driver.send(.booksChanged)
    case 3:
      // Faster than the books are read.
      for _ in 0..<5 { driver.send(.key(key(&chance))) }
      await driver.settle()
    default: await driver.press(Stroke(key(&chance)))
    }
  }

  private static let pastes = [
    "1,234.50", "\u{1b}[2J\u{202e}x", "a\tb\nc", "6200", String(repeating: "9", count: 5_000), "漢字",
  ]

  private static let keys: [Key] =
    "abcdefghijklmnopqrstuvwxyzADGQRV0123456789+-*/().,%=<>\"[]? ?#é漢".map(Key.character)
    + (1...12).map(Key.function)
    + "dfhnqrbgpuvwc12346".flatMap { [Key.ctrl($0), Key.alt($0)] }
    + [
      Key.enter, .enter, .enter, .tab, .backTab, .escape, .backspace, .delete, .insert, .up, .down,
      .left, .right, .home, .end, .pageUp, .pageDown, Key.down.with(.alt), Key.left.with(.shift),
    ]

  private func key(_ chance: inout SeededChance) -> Key {
    Self.keys.randomElement(using: &chance) ?? .enter
  }
}
