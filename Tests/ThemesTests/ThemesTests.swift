import Foundation
import Testing
import Widgets

@testable import Themes

struct ThemesTests {
  @Test func `the list of themes is the folder's`() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../themes/palettes")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path())
    #expect(files.sorted() == Themes.names.map { $0 + ".yaml" }.sorted())
  }

  @Test(arguments: Themes.names)
  func `a theme that comes with the program can be read`(name: String) throws {
    #expect(try Themes.theme(named: name).name == name)
  }

  @Test func `mono has no colour, and its rows, fields and choices still stand out`() throws {
    let mono = try Themes.theme(named: "mono")
    for role in Role.allCases {
      #expect(mono.style(of: role).foreground.isEmpty && mono.style(of: role).background.isEmpty)
    }
    for role in [Role.cursorRow, .selection, .field, .focusedField, .invalidField, .header] {
      #expect(!mono.style(of: role).attributes.isDisjoint(with: [.reverse, .underline]))
    }
  }

  @Test func `default's few colours can be read on black and on white`() throws {
    let theme = try Themes.theme(named: "default")
    for role in Role.allCases where role != .code {
      let style = theme.style(of: role)
      #expect(style.background.isEmpty, "\(role.rawValue)")
      for color in style.foreground {
        // Only the terminal's own: its user has chosen them for its background.
        #expect(color.depth == .eight, "\(role.rawValue)")
        for ground in [Color.ansi(0), .ansi(15)] {
          #expect(color.contrast(with: ground) >= 3, "\(role.rawValue)")
        }
      }
    }
  }
}

struct ThemeFileTests {
  private static let roles = Role.allCases.map { "  \($0.rawValue): {}" }

  private func file(
    _ changes: [Role: String] = [:], head: String = "name: mine", without missing: Role? = nil
  ) -> String {
    let lines = Role.allCases.filter { $0 != missing }.map { role in
      "  \(role.rawValue): " + (changes[role] ?? "{}")
    }
    return ([head, "roles:"] + lines).joined(separator: "\n")
  }

  @Test func `colours are names, numbers, hex codes and lists of them`() throws {
    let theme = try Themes.theme(
      text: file(
        [
          .text: "{ foreground: ink, background: bright-blue, attributes: [bold, dim] }",
          .muted: "{ foreground: [\"#0102ff\", 240, white] }",
        ],
        head: "name: mine\nborders: ascii\npalette:\n  ink: [\"#1a1a1a\", 234, black]"))
    #expect(theme.borders == .ascii)
    #expect(
      theme.style(of: .text)
        == Theme.Style(
          foreground: [.rgb(red: 26, green: 26, blue: 26), .indexed(234), .ansi(0)],
          background: [.ansi(12)], attributes: [.bold, .dim]))
    #expect(
      theme.style(of: .muted).foreground
        == [.rgb(red: 1, green: 2, blue: 255), .indexed(240), .ansi(7)])
  }

  @Test func `a mistake is refused with its line and what to write`() {
    let cases: [(String, String)] = [
      (file(head: "name: mine\ncolour: red"), "line 2: \"colour\" is not known here."),
      (file([.text: "{ forground: red }"]), "line 3: \"forground\" is not known here."),
      (file([.muted: "{ foreground: reddish }"]), "line 4: \"reddish\" is not a colour:"),
      (file([.muted: "{ foreground: \"#12345\" }"]), "line 4: \"#12345\" is not a colour:"),
      (file([.muted: "{ foreground: 256 }"]), "line 4: \"256\" is not a colour:"),
      (file([.muted: "{ attributes: [blink] }"]), "line 4: \"blink\" is not an attribute."),
      (file([.muted: "{ attributes: bold }"]), "line 4: Here should be a list"),
      (file([.muted: "red"]), "line 4: Here should be a mapping."),
      (file(without: .ghost), "line 3: \"ghost\" is missing."),
      (file(head: "borders: ascii"), "line 1: \"name\" is missing."),
      (file(head: "name: mine\nborders: double"), "line 2: Here should be one of"),
      (file(head: "name: mine\nname: yours"), "line 1: This is not YAML:"),
      (file() + "\n  extra: {}", "line \(Role.allCases.count + 3): \"extra\" is not known here."),
      (file([.muted: "{ background: [234, pinkish] }"]), "line 4: \"pinkish\" is not a colour:"),
      (
        file(head: "name: mine\npalette:\n  ink: inky"), "line 3: \"inky\" is not a colour:"
      ),
      (file(head: "name: mine\npalette: ink"), "line 2: Here should be a mapping."),
      ("name: [", "line "), ("", "line 1: Here should be"),
      ("name: mine\nroles:\n  text: \u{7}", "line 3: This is not YAML:"),
      ("name: mine\nroles:\n  text: {}\n  ok: {}\n  ok: {}", "line 4: This is not YAML:"),
      ("name: mine\nroles: *nothing", "line 2: This is not YAML:"),
      ("name: mine\n\tborders: ascii", "line 2: This is not YAML:"),
      ("name: mine\npalette:\n  ? [ink]\n  : red\nroles: {}", "line 3: Here should be a word."),
      ("just words", "line 1: Here should be"),
    ]
    for (text, beginning) in cases {
      let error = #expect(throws: ThemeError.self, "\(beginning)") { try Themes.theme(text: text) }
      #expect(error?.description.hasPrefix(beginning) == true, "\(String(describing: error))")
    }
  }

  @Test func `a theme that isn't there is refused with those that are`() {
    let error = #expect(throws: ThemeError.self) { try Themes.theme(named: "neon\u{1b}") }
    #expect(
      error?.description == "There is no theme \"neon␛\". There are default, paper,"
        + " night, contrast, safe, mono.")
  }
}
