import Domain
import Keys
import Operations
import Screens
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
