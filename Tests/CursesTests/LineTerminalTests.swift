import Glibc
import Keys
import Testing
import Widgets

@testable import Curses

/// With the other tests of terminals, since signal handlers belong to the whole process.
extension CursesTerminalTests {
  private func openLines(
    _ pseudo: PseudoTerminal, _ more: [String: String] = [:]
  ) throws -> LineTerminal {
    let environment = ["TERM": "dumb", "LANG": "C.UTF-8"].merging(more) { $1 }
    var options = TerminalOptions(program: "test", environment: environment, theme: .plain)
    options.devicePath = pseudo.path
    return try LineTerminal(options)
  }

  @Test(arguments: ["dumb", "", "nothing-we-know", "xterm-256color"])
  func `lines are added in any terminal without one escape sequence`(name: String) throws {
    let pseudo = try PseudoTerminal()
    let before = pseudo.modes
    let terminal = try openLines(pseudo, ["TERM": name])
    #expect(pseudo.modes != before)
    terminal.say(["Screen Journal", "No D-3"])
    terminal.echo("La")
    terminal.echo("mp")
    terminal.say(["Text: Lamp"])
    terminal.echo("x")
    terminal.close()
    terminal.close()
    terminal.say(["too late"])
    let output = try pseudo.output()
    #expect(output == "Screen Journal\r\nNo D-3\r\nLamp\r\nText: Lamp\r\nx\r\n")
    #expect(pseudo.modes == before)
    pseudo.hangUp()
  }

  @Test func `what is said can't act on the terminal either`() throws {
    let pseudo = try PseudoTerminal()
    let terminal = try openLines(pseudo)
    terminal.say(["\u{1b}]0;taken\u{7}a\nb\u{9b}31m"])
    terminal.echo("\u{1b}[2J\r")
    terminal.close()
    let output = try pseudo.output()
    #expect(output == "␛]0;taken␇a␊b�31m\r\n␛[2J␍\r\n")
    pseudo.hangUp()
  }

  @Test func `a terminal without Unicode is told similar letters`() throws {
    let pseudo = try PseudoTerminal()
    let terminal = try openLines(pseudo, ["LC_ALL": "C"])
    terminal.say(["Łódź 株…"])
    terminal.close()
    #expect(try pseudo.output() == "Lodz ??~\r\n")
    pseudo.hangUp()
  }

  @Test func `every key comes as on a screen, and none is echoed by the terminal`() async throws {
    let pseudo = try PseudoTerminal()
    let terminal = try openLines(pseudo)
    var events = terminal.events.makeAsyncIterator()
    pseudo.type("é\r\u{3}\u{1b}[A")
    #expect(
      await events.next() == [
        .key(.character("é")), .key(.enter), .key(.ctrl("c")), .key(.up),
      ])
    kill(getpid(), SIGTERM)
    #expect(await events.next() == [.ending(.terminated)])
    terminal.close()
    #expect(try pseudo.output() == "")
    pseudo.hangUp()
  }

  @Test func `without a terminal there is nobody to say anything to`() {
    var options = TerminalOptions(program: "test", environment: [:], theme: .plain)
    options.devicePath = "/dev/null"
    #expect(throws: TerminalError.noTerminal) { _ = try LineTerminal(options) }
  }
}
