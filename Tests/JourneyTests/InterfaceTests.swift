import Domain
import Foundation
import Keys
import Operations
import Phrases
import Screens
import Synchronization
import TestSupport
import Testing
import ViewModels
import Widgets

/// The loop between a terminal and the navigator, which the other journeys leave out.
@Suite struct InterfaceTests {
  private func interface() async throws -> (Interface, MemoryTerminal) {
    let workspace = try await TestBooks.make().workspace
    let terminal = MemoryTerminal(size: Size(columns: 80, rows: 24))
    let navigator = Navigator(workspace: workspace, origin: TestBooks.origin)
    return (Interface(navigator: navigator, terminal: terminal), terminal)
  }

  private func type(_ text: String) -> [InputEvent] {
    text.map { .key(.character($0)) }
  }

  @Test func `it draws, takes keys and gives the terminal back`() async throws {
    let (interface, terminal) = try await interface()
    terminal.send(type("nobody@books.example"))
    terminal.send([.key(.function(3))])
    await interface.run()
    #expect(terminal.isClosed)
    #expect(terminal.surface.text().contains("nobody@books.example"))
  }

  @Test func `keys that came together are drawn once`() async throws {
    let (interface, terminal) = try await interface()
    terminal.send(type(String(repeating: "x", count: 500)))
    terminal.send([.ending(.terminated)])
    await interface.run()
    #expect(terminal.drawCount < 10)
  }

  @Test func `a resize is drawn at its size`() async throws {
    let (interface, terminal) = try await interface()
    terminal.resize(to: Size(columns: 100, rows: 30))
    terminal.send([.key(.ctrl("z"))])
    terminal.send([.ending(.hungUp)])
    await interface.run()
    #expect(terminal.surface.size == Size(columns: 100, rows: 30))
    #expect(terminal.suspendCount == 1)
  }

  @Test func `work that a key began is done before it is settled`() async throws {
    let (interface, terminal) = try await interface()
    let running = Task { await interface.run() }
    let signIn = type("owner@books.example") + [.key(.enter)] + type(TestBooks.password)
    terminal.send(signIn + [.key(.enter)])
    while interface.navigator.desk == nil { await Task.yield() }
    await interface.settle()
    #expect(terminal.surface.text().contains("Wait for my approval"))
    terminal.send([.key(.function(3)), .key(.enter)])
    await running.value
    #expect(interface.navigator.hasEnded)
    #expect(terminal.isClosed)
  }

  @Test func `work that takes long is said, and Esc stops it`() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let books = try await TestBooks.make(at: folder.appending(path: "books.db").path)
    let gate = Gate()
    let slow = try TestBooks.anotherProcess(
      on: folder.appending(path: "books.db").path, books.clock, before: gate.pass)
    let terminal = MemoryTerminal(size: Size(columns: 80, rows: 24))
    let navigator = Navigator(workspace: slow, origin: TestBooks.origin)
    let interface = Interface(navigator: navigator, terminal: terminal)
    let running = Task { await interface.run() }
    terminal.send(type("owner@books.example") + [.key(.enter)] + type(TestBooks.password))
    terminal.send([.key(.enter)])
    while navigator.desk == nil { await Task.yield() }
    await interface.settle()
    gate.close()
    terminal.send([.key("3")])
    while !navigator.showsWork { await Task.yield() }
    #expect(terminal.surface.text().contains("working: Loading"))
    #expect(terminal.surface.text().contains("Esc cancels"))
    let draws = terminal.drawCount
    terminal.send([.key(.escape)])
    while terminal.drawCount == draws { await Task.yield() }
    gate.open()
    await interface.settle()
    #expect(terminal.surface.text().contains("Loading: cancelled."))
    #expect(terminal.surface.text().contains("F5 reads it."))
    terminal.send([.key(.function(3)), .key(.enter)])
    await running.value
  }

  @Test func `without a screen the same loop says lines`() async throws {
    let workspace = try await TestBooks.make().workspace
    let terminal = MemoryTerminal(size: Size(columns: 80, rows: 24))
    var settings = Settings()
    settings.isLinear = true
    let navigator = Navigator(
      workspace: workspace, origin: TestBooks.origin, settings: settings)
    terminal.send(type("no"))
    terminal.send(type("body"))
    terminal.send([.key(.alt("i"))])
    terminal.send([.key(.ctrl("z"))])
    terminal.send([.key(.function(3))])
    await Interface(navigator: navigator, saying: terminal).run()
    #expect(terminal.isClosed)
    #expect(terminal.drawCount == 0)
    #expect(terminal.suspendCount == 1)
    let expected = ["Screen Sign in", "CoreFlow", "E-mail: empty", "nobody", "E-mail: nobody"]
    #expect(Array(terminal.said.dropFirst().prefix(5)) == expected)
    #expect(terminal.said.filter { $0 == "Screen Sign in" }.count == 2)
  }
}

/// Holds up whoever reads the books, but not what draws.
private nonisolated final class Gate: Sendable {
  private let isClosed = Mutex(false)
  private let opened = DispatchSemaphore(value: 0)

  /// What draws runs on the main queue, on whatever thread that is.
  private let draws = DispatchSpecificKey<Bool>()

  init() { DispatchQueue.main.setSpecific(key: draws, value: true) }

  func close() { isClosed.withLock { $0 = true } }

  func open() {
    isClosed.withLock { $0 = false }
    opened.signal()
  }

  func pass() {
    guard DispatchQueue.getSpecific(key: draws) == nil, isClosed.withLock(\.self) else { return }
    opened.wait()
    opened.signal()
  }
}
