import CTerminal
import Glibc
import Keys
import Testing
import Widgets

@testable import Curses

/// One after the other: ncurses and signal handlers belong to the whole process.
@Suite(.serialized)
struct CursesTerminalTests {
  private static let theme = Theme(
    name: "test",
    styles: [
      .cursorRow: Theme.Style(attributes: .reverse),
      .error: Theme.Style(foreground: [.ansi(1)], attributes: .bold),
      .header: Theme.Style(
        foreground: [.rgb(red: 1, green: 2, blue: 3), .ansi(7)], background: [.indexed(19)]),
    ])

  func open(
    _ pseudo: PseudoTerminal, _ name: String = "xterm-256color", _ more: [String: String] = [:]
  ) throws -> CursesTerminal {
    let environment = ["TERM": name, "LANG": "C.UTF-8"].merging(more) { $1 }
    var options = TerminalOptions(
      program: "test", environment: environment, theme: Self.theme)
    options.devicePath = pseudo.path
    return try CursesTerminal(options)
  }

  private func list(_ size: Size, cursor: Int) -> Surface {
    let rows = (0..<200).map { number in
      Table.Row([
        Table.Cell("GJ-2026-\(number)"), Table.Cell("Office rent"), Table.Cell("1,200.00"),
      ])
    }
    var surface = Surface(size)
    HeaderBar(left: "Northwind", right: "anna").draw(on: &surface, in: surface.bounds)
    let table = Table(
      columns: [Column("No"), Column("Text", width: .fill), .amount("Amount")], rows: rows,
      cursor: cursor)
    table.draw(on: &surface, in: surface.bounds.below(1))
    return surface
  }

  private func colorCodes(in output: String) -> [Substring] {
    output.matches(of: /\u{1b}\[([0-9;]*)m/).flatMap { $0.1.split(separator: ";") }
      .filter { code in
        guard let number = Int(code) else { return false }
        return 30...38 ~= number || 40...48 ~= number || 90...107 ~= number
      }
  }

  @Test func `the screen is taken over and given back as it was`() throws {
    let pseudo = try PseudoTerminal()
    let before = pseudo.modes
    let terminal = try open(pseudo)
    terminal.draw(Surface(terminal.size), cursor: nil)
    let opening = try pseudo.output()
    #expect(opening.contains("\u{1b}[?1049h"))
    #expect(opening.contains("\u{1b}[?2004h"))
    #expect(pseudo.modes != before)
    #expect(terminal.size == Size(columns: 80, rows: 24))
    terminal.close()
    terminal.close()
    let closing = try pseudo.output()
    for code in ["?1049l", "?2004l", "?1004l", "?1000l", "?2026l", "?25h"] {
      #expect(closing.contains("\u{1b}[" + code))
    }
    #expect(pseudo.modes == before)
    pseudo.hangUp()
  }

  @Test(arguments: [(80, 24, 400, 4_096), (200, 50, 700, 12_000)])
  func `moving the cursor and typing cost few bytes, and nothing costs none`(
    columns: Int, rows: Int, moveLimit: Int, frameLimit: Int
  ) throws {
    let pseudo = try PseudoTerminal(columns: columns, rows: rows)
    let terminal = try open(pseudo)
    _ = try pseudo.output()
    terminal.draw(list(terminal.size, cursor: 3), cursor: nil)
    #expect(try pseudo.output().utf8.count <= frameLimit)
    terminal.draw(list(terminal.size, cursor: 4), cursor: nil)
    let move = try pseudo.output()
    #expect(1...moveLimit ~= move.utf8.count)
    terminal.draw(list(terminal.size, cursor: 4), cursor: nil)
    #expect(try pseudo.output() == "")
    var typed = list(terminal.size, cursor: 4)
    typed.write("x", at: Point(column: 30, row: 12), in: typed.bounds)
    terminal.draw(typed, cursor: nil)
    #expect(1...60 ~= (try pseudo.output().utf8.count))
    terminal.close()
    pseudo.hangUp()
  }

  @Test(
    arguments: [
      ("xterm-256color", [:], ColorDepth.indexed), ("xterm-256color", ["NO_COLOR": "1"], .none),
      ("xterm-256color", ["NO_COLOR": ""], .indexed),
      ("screen", [:], .eight), ("linux", [:], .eight), ("ansi", [:], .eight), ("vt100", [:], .none),
      ("tmux-256color", ["NO_COLOR": "1"], .none),
    ] as [(String, [String: String], ColorDepth)])
  func `colours are sent only where there are any and nobody forbids them`(
    name: String, more: [String: String], depth: ColorDepth
  ) throws {
    let pseudo = try PseudoTerminal()
    let terminal = try open(pseudo, name, more)
    #expect(terminal.capabilities.colors == depth)
    var surface = Surface(terminal.size, drawing: HeaderBar(left: "Northwind", right: "anna"))
    surface.write("wrong", at: Point(column: 0, row: 2), in: surface.bounds, role: .error)
    terminal.draw(surface, cursor: nil)
    terminal.close()
    let output = try pseudo.output()
    #expect(output.contains("wrong"))
    #expect(colorCodes(in: output).isEmpty == (depth == .none))
    pseudo.hangUp()
  }

  @Test(arguments: [("foot-of-tomorrow", "xterm-256color"), ("nothing-we-know", "vt100")])
  func `a terminal that isn't known is taken for one that is, and that is said`(
    name: String, taken: String
  ) throws {
    let pseudo = try PseudoTerminal()
    let terminal = try open(pseudo, name)
    #expect(
      terminal.notices == ["The terminal \"\(name)\" isn't known here; \(taken) is taken for it."])
    terminal.close()
    pseudo.hangUp()
  }

  @Test func `where there can be no full screen the reason says what to do`() throws {
    let pseudo = try PseudoTerminal()
    #expect(throws: TerminalError.tooSimple(name: "dumb")) { _ = try open(pseudo, "dumb") }
    var options = TerminalOptions(program: "test", environment: ["TERM": "xterm"], theme: .plain)
    options.devicePath = "/dev/null"
    #expect(throws: TerminalError.noTerminal) { _ = try CursesTerminal(options) }
    for error in [TerminalError.noTerminal, .tooSimple(name: "dumb"), .unknown(name: "x\u{1b}")] {
      #expect(error.description.contains(".") && !error.description.contains("\u{1b}"))
    }
    pseudo.hangUp()
  }

  @Test(arguments: [
    (["LC_ALL": "C"], false), (["LC_ALL": "C.UTF-8"], true), (["LC_ALL": "", "LANG": ""], true),
    (["LC_ALL": "xx_XX.UTF-8"], true), (["LANG": "de_DE.ISO-8859-1"], false),
  ])
  func `text is written as the terminal writes it, or visibly like it`(
    more: [String: String], isUnicode: Bool
  ) throws {
    let pseudo = try PseudoTerminal()
    let terminal = try open(pseudo, "xterm-256color", more)
    #expect(terminal.capabilities.isUnicode == isUnicode)
    terminal.draw(Surface(terminal.size, drawing: TextView("Łódź 株")), cursor: nil)
    terminal.close()
    let output = try pseudo.output()
    #expect(output.contains(isUnicode ? "Łódź 株" : "Lodz ??"))
    #expect(output.utf8.allSatisfy { $0 < 0x80 } == !isUnicode)
    pseudo.hangUp()
  }

  @Test func `text from outside can't act on the terminal`() throws {
    let pseudo = try PseudoTerminal()
    let terminal = try open(pseudo)
    _ = try pseudo.output()
    let text = "\u{1b}]52;c;eA==\u{7}\u{9b}31m\u{202e}abc\u{200b}\u{2066}x\u{feff} 👩‍💻 🇩🇪"
    terminal.draw(Surface(terminal.size, drawing: TextView(text)), cursor: nil)
    let output = try pseudo.output()
    #expect(output.contains("␛]52;c;eA==␇�31m�abc��x� 👩 DE"))
    terminal.close()
    pseudo.hangUp()
  }

  @Test func `a row keeps its place behind characters that terminals disagree on`() throws {
    let pseudo = try PseudoTerminal()
    let terminal = try open(pseudo)
    _ = try pseudo.output()
    let text = TextView("⚠️|1️⃣|👍🏽|e\u{301}|क्षि|")
    terminal.draw(Surface(terminal.size, drawing: text), cursor: nil)
    #expect(try pseudo.output().contains("⚠ |1 |👍|e\u{301}|क्षि|"))
    terminal.close()
    pseudo.hangUp()
  }

  @Test func `keys come in batches, and Esc alone after a moment`() async throws {
    let pseudo = try PseudoTerminal()
    let terminal = try open(pseudo)
    var events = terminal.events.makeAsyncIterator()
    pseudo.type("é\u{1b}[A\u{1b}[200~paste\u{1b}[201~")
    #expect(
      await events.next() == [.key(.character("é")), .key(.up), .paste(Paste(text: "paste"))])
    pseudo.type("\u{1b}")
    #expect(await events.next() == [.key(.escape)])
    terminal.close()
    #expect(await events.next() == nil)
    pseudo.hangUp()
  }

  @Test func `a frame is sent as one where the terminal says that it can`() async throws {
    let pseudo = try PseudoTerminal()
    let terminal = try open(pseudo)
    var events = terminal.events.makeAsyncIterator()
    #expect(try pseudo.output().contains("\u{1b}[?2026$p"))
    pseudo.type("\u{1b}[?2026;2$yx")
    #expect(await events.next() == [.key(.character("x"))])
    terminal.draw(Surface(terminal.size), cursor: nil)
    _ = try pseudo.output()
    terminal.draw(list(terminal.size, cursor: 0), cursor: nil)
    let frame = try pseudo.output()
    #expect(frame.hasPrefix("\u{1b}[?2026h") && frame.hasSuffix("\u{1b}[?2026l"))
    terminal.close()
    pseudo.hangUp()
  }

  @Test func `a new size is told once and drawn at`() async throws {
    let pseudo = try PseudoTerminal()
    let terminal = try open(pseudo)
    var events = terminal.events.makeAsyncIterator()
    for columns in 90...120 {
      pseudo.resize(columns: columns, rows: 30)
      kill(getpid(), SIGWINCH)
    }
    #expect(await events.next() == [.resize(columns: 120, rows: 30)])
    #expect(terminal.size == Size(columns: 120, rows: 30))
    _ = try pseudo.output()
    var surface = Surface(terminal.size)
    surface.write("corner", at: Point(column: 110, row: 29), in: surface.bounds)
    terminal.draw(surface, cursor: nil)
    #expect(try pseudo.output().contains("corner"))
    terminal.close()
    pseudo.hangUp()
  }

  @Test(arguments: [
    (SIGTERM, Ending.terminated), (SIGHUP, .hungUp), (SIGINT, .interrupted), (SIGQUIT, .quit),
  ])
  func `being asked to end is an event, so that nothing typed is lost`(
    signal: CInt, ending: Ending
  ) async throws {
    let pseudo = try PseudoTerminal()
    let terminal = try open(pseudo)
    var events = terminal.events.makeAsyncIterator()
    kill(getpid(), signal)
    #expect(await events.next() == [.ending(ending)])
    terminal.close()
    pseudo.hangUp()
  }

  @Test func `a terminal that has gone away ends the events`() async throws {
    let pseudo = try PseudoTerminal()
    let terminal = try open(pseudo)
    var events = terminal.events.makeAsyncIterator()
    pseudo.hangUp()
    #expect(await events.next() == [.ending(.hungUp)])
    #expect(await events.next() == nil)
    terminal.draw(list(terminal.size, cursor: 1), cursor: nil)
    terminal.close()
  }

  @Test func `the process's memory is closed to others`() {
    #expect(cterminal_keep_memory_private())
  }

  @Test func `another theme shows at the next drawing`() throws {
    let pseudo = try PseudoTerminal()
    let terminal = try open(pseudo)
    let surface = Surface(terminal.size, drawing: StatusLine(.error, "wrong"))
    terminal.draw(surface, cursor: nil)
    #expect(try pseudo.output().contains("\u{1b}[31m"))
    terminal.theme = Theme(name: "green", styles: [.error: Theme.Style(foreground: [.ansi(2)])])
    terminal.draw(surface, cursor: nil)
    #expect(try pseudo.output().contains("\u{1b}[32m"))
    terminal.close()
    pseudo.hangUp()
  }
}
