import Testing
import Widgets

@testable import Themes

/// What every theme that sets its colours has to keep, whatever a terminal makes of them.
struct LegibilityTests {
  private static let colored = Themes.names.filter { $0 != "default" && $0 != "mono" }
  private static let depths = Legibility.depths

  private func look(_ role: Role, in theme: Theme, at depth: ColorDepth) -> Legibility.Look {
    Legibility(of: theme, at: depth).look(role)
  }

  @Test(arguments: colored, depths)
  func `text can be read: contrast is at least 4.5 to 1, or 7 to 1`(
    name: String, depth: ColorDepth
  ) throws {
    let theme = try Themes.theme(named: name)
    let legibility = Legibility(of: theme, at: depth)
    #expect(legibility.faint(below: name == "contrast" ? 7 : 4.5) == [])
    for role in Role.allCases {
      let look = legibility.look(role)
      #expect(look.contrast != nil, "\(role.rawValue)")
      #expect(!look.attributes.contains(.dim), "\(role.rawValue)")
    }
  }

  @Test(arguments: Themes.names, depths)
  func `roles of opposite meaning never look the same`(name: String, depth: ColorDepth) throws {
    let theme = try Themes.theme(named: name)
    let confused = Legibility(of: theme, at: depth).confused
    #expect(confused.isEmpty, "\(confused.map { "\($0.rawValue), \($1.rawValue)" })")
  }

  @Test func `what is too faint and what looks the same is found`() throws {
    let theme = try Themes.theme(
      text: """
        name: mine
        inherits: paper
        roles:
          muted: { foreground: ["#aaaaaa", 248, white], background: sheet }
          ok: { foreground: rust, background: sheet, attributes: [bold] }
        """)
    for depth in [ColorDepth.direct, .indexed] {
      let legibility = Legibility(of: theme, at: depth)
      #expect(legibility.faint() == [.muted])
      #expect(legibility.confused.map { [$0.0, $0.1] } == [[.ok, .error]])
    }
    let bare = try Legibility(of: Themes.theme(named: "default"), at: .direct)
    #expect(bare.look(.text).contrast == nil && bare.faint() == [])
  }

  @Test(arguments: Themes.names.filter { $0 != "mono" }, depths)
  func `codes are dark on light, as cameras want them`(name: String, depth: ColorDepth) throws {
    let look = look(.code, in: try Themes.theme(named: name), at: depth)
    let (dark, light) = (try #require(look.foreground), try #require(look.background))
    #expect(LinearColor(dark).luminance < LinearColor(light).luminance)
  }

  @Test(arguments: Themes.names, depths)
  func `colours come in at most 48 pairs`(name: String, depth: ColorDepth) throws {
    let theme = try Themes.theme(named: name)
    let pairs = Set(
      Role.allCases.map { role in
        let look = look(role, in: theme, at: depth)
        return [look.foreground, look.background]
      })
    #expect(pairs.count <= 48)
  }

  @Test(arguments: Vision.allCases, depths)
  func `safe tells ok, warning and error apart however colours are seen`(
    vision: Vision, depth: ColorDepth
  ) throws {
    let theme = try Themes.theme(named: "safe")
    for (one, other) in [(Role.ok, Role.error), (.ok, .warning), (.warning, .error)] {
      let looks = [one, other].map { look($0, in: theme, at: depth) }
      let (first, second) = (looks[0], looks[1])
      let text = try difference(first.foreground, second.foreground, seenBy: vision)
      let ground = try difference(first.background, second.background, seenBy: vision)
      // 2.3 is just noticeable; this can't be missed in a word at the end of a screen.
      #expect(max(text, ground) >= 25, "\(one.rawValue), \(other.rawValue) at \(depth)")
    }
  }

  @Test(arguments: [ColorDepth.direct, .indexed])
  func `safe's ok, error and warning differ in lightness too`(depth: ColorDepth) throws {
    let theme = try Themes.theme(named: "safe")
    let tones = try [Role.ok, .error, .warning].map { role in
      try #require(look(role, in: theme, at: depth).foreground)
    }
    for vision in Vision.allCases {
      let seen = tones.map { vision.seen($0) }
      #expect(seen[0].luminance * 1.25 < seen[1].luminance, "\(vision)")
      #expect(seen[1].luminance * 1.25 < seen[2].luminance, "\(vision)")
    }
  }

  /// The measures themselves: known values of WCAG's and of CIE 1976.
  @Test func `black on white is 21 to 1 and 100 apart`() {
    let (black, white) = (Color.rgb(red: 0, green: 0, blue: 0), Color.indexed(231))
    #expect(abs(black.contrast(with: white) - 21) < 0.01)
    #expect(abs(LinearColor(black).distance(to: LinearColor(white)) - 100) < 0.1)
    let (red, green) = (
      Color.rgb(red: 255, green: 0, blue: 0), Color.rgb(red: 0, green: 130, blue: 0)
    )
    let seen = [red, green].map { Vision.deuteranopia.seen($0) }
    #expect(LinearColor(red).distance(to: LinearColor(green)) > 130)
    #expect(seen[0].distance(to: seen[1]) < 45)
  }

  private func difference(_ one: Color?, _ other: Color?, seenBy vision: Vision) throws -> Double {
    let (one, other) = (try #require(one), try #require(other))
    return vision.seen(one).distance(to: vision.seen(other))
  }
}
