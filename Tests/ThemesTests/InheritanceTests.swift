import Testing
import Themes
import Widgets

/// Themes that say only what they change of another.
struct InheritanceTests {
  private func theme(_ name: String, among texts: [String: String]) throws(ThemeError) -> Theme {
    try Themes.theme(
      named: name, among: OwnThemes(names: texts.keys.sorted()) { texts[$0] })
  }

  private func fault(_ name: String, among texts: [String: String]) -> String {
    let error = #expect(throws: ThemeError.self) { try theme(name, among: texts) }
    return error?.description ?? ""
  }

  @Test func `an heir changes the roles that it gives and keeps the others`() throws {
    let mine = try theme(
      "mine",
      among: [
        "mine": """
        name: mine
        inherits: paper
        roles:
          ok: { foreground: rust, attributes: [reverse] }
        """
      ])
    let paper = try Themes.theme(named: "paper")
    #expect(mine.name == "mine")
    #expect(mine.style(of: .ok).foreground == paper.style(of: .error).foreground)
    #expect(mine.style(of: .ok).background == [])
    #expect(mine.style(of: .ok).attributes == .reverse)
    for role in Role.allCases where role != .ok {
      #expect(mine.style(of: role) == paper.style(of: role), "\(role.rawValue)")
    }
  }

  @Test func `a colour that an heir changes changes every role that has it`() throws {
    let mine = try theme(
      "mine",
      among: ["mine": "name: mine\ninherits: paper\nborders: none\npalette:\n  ink: black"])
    #expect(mine.borders == .none)
    #expect(mine.style(of: .text).foreground == [.ansi(0)])
    #expect(mine.style(of: .field).foreground == [.ansi(0)])
    #expect(try Themes.theme(named: "paper").style(of: .text).foreground != [.ansi(0)])
  }

  @Test func `themes inherit over several of a person's own, borders too`() throws {
    let texts = [
      "base": "name: base\ninherits: night\nborders: ascii\npalette:\n  ours: 123",
      "middle": "name: middle\ninherits: base\nroles:\n  info: { foreground: ours }",
      "mine": "name: mine\ninherits: middle\npalette:\n  ours: 45",
    ]
    let mine = try theme("mine", among: texts)
    #expect(mine.borders == .ascii)
    #expect(mine.style(of: .info).foreground == [.indexed(45)])
    #expect(try theme("middle", among: texts).style(of: .info).foreground == [.indexed(123)])
  }

  @Test func `an own file can't take the place of one of the program's themes`() throws {
    let texts = ["mono": "name: mono\ninherits: paper"]
    #expect(try theme("mono", among: texts) == (try Themes.theme(named: "mono")))
  }

  @Test func `a theme that inherits itself is refused with the line and the way round`() {
    let itself = fault("mine", among: ["mine": "name: mine\ninherits: mine"])
    #expect(itself == "line 2: This theme inherits itself: mine from mine.")
    let round = ["a": "name: a\n\ninherits: b", "b": "name: b\ninherits: c"]
      .merging(["c": "inherits: b\nname: c"]) { $1 }
    #expect(
      fault("a", among: round) == "line 3: This theme inherits itself: a from b from c from b.")
  }

  @Test func `a parent that isn't there, or can't be read, is refused with the line`() {
    #expect(
      fault("mine", among: ["mine": "inherits: nigth\nname: mine"]).hasPrefix(
        "line 1: There is no theme \"nigth\". There are default, paper, night"))
    let own = OwnThemes(names: ["base", "mine"]) { name in
      name == "mine" ? "name: mine\ninherits: base" : nil
    }
    let error = #expect(throws: ThemeError.self) { try Themes.theme(named: "mine", among: own) }
    #expect(error?.description == "line 2: The file of \"base\" can't be read as text.")
  }

  @Test func `a fault in a parent is told with the lines of both`() {
    let texts = [
      "base": "name: base\ninherits: paper\nroles:\n  ok: { foreground: reddish }",
      "mine": "name: mine\ninherits: base",
    ]
    #expect(
      fault("mine", among: texts).hasPrefix(
        "line 2: In \"base\", which it inherits, line 4: \"reddish\" is not a colour:"))
  }

  @Test func `an heir may leave roles out, but not what stands for them`() {
    #expect(
      fault("mine", among: ["mine": "name: mine\ninherits: paper\nroles: [ok]"])
        == "line 3: Here should be a mapping.")
    #expect(
      fault("mine", among: ["mine": "name: mine\ninherits: [paper]"])
        == "line 2: Here should be a word.")
    #expect(
      fault("mine", among: ["mine": "name: mine\ninherits: paper\nroles:\n  okay: {}"]).hasPrefix(
        "line 4: \"okay\" is not known here."))
  }
}
