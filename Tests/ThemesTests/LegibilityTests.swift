import Testing
import Widgets

@testable import Themes

/// What every theme that sets its colours has to keep, whatever a terminal makes of them.
struct LegibilityTests {
  private static let colored = Themes.names.filter { $0 != "default" && $0 != "mono" }
  private static let depths: [ColorDepth] = [.direct, .indexed, .sixteen, .eight]

  /// What a person must never take for the other.
  private static let opposites: [(Role, Role)] = [
    (.ok, .error), (.ok, .warning), (.warning, .error), (.debit, .credit), (.negative, .debit),
    (.negative, .credit), (.negative, .text), (.added, .removed), (.added, .text),
    (.removed, .text), (.field, .invalidField), (.focusedField, .invalidField),
    (.field, .focusedField), (.cursorRow, .text), (.selection, .text), (.selection, .dialog),
    (.tab, .activeTab), (.marked, .text), (.muted, .text), (.ghost, .text),
    (.series, .secondSeries), (.series, .negative),
    (.secondSeries, .negative), (.footerKey, .muted),
  ]

  private struct Look: Hashable {
    let foreground: Color?
    let background: Color?
    let attributes: Attributes

    init(_ role: Role, in theme: Theme, at depth: ColorDepth) {
      let style = theme.style(of: role)
      foreground = Color.best(of: style.foreground, at: depth)
      background = Color.best(of: style.background, at: depth)
      attributes = style.attributes
    }
  }

  @Test(arguments: colored, depths)
  func `text can be read: contrast is at least 4.5 to 1, or 7 to 1`(
    name: String, depth: ColorDepth
  ) throws {
    let theme = try Themes.theme(named: name)
    let least = name == "contrast" ? 7 : 4.5
    for role in Role.allCases {
      let look = Look(role, in: theme, at: depth)
      let (foreground, background) = (
        try #require(look.foreground), try #require(look.background)
      )
      let contrast = foreground.contrast(with: background)
      #expect(contrast >= least, "\(role.rawValue) in \(name) at \(depth)")
      #expect(!look.attributes.contains(.dim), "\(role.rawValue) in \(name)")
    }
  }

  @Test(arguments: Themes.names, depths)
  func `roles of opposite meaning never look the same`(name: String, depth: ColorDepth) throws {
    let theme = try Themes.theme(named: name)
    for (one, other) in Self.opposites {
      let looks = [one, other].map { Look($0, in: theme, at: depth) }
      #expect(looks[0] != looks[1], "\(one.rawValue), \(other.rawValue) in \(name) at \(depth)")
    }
  }

  @Test(arguments: Themes.names, depths)
  func `colours come in at most 48 pairs`(name: String, depth: ColorDepth) throws {
    let theme = try Themes.theme(named: name)
    let pairs = Set(
      Role.allCases.map { role in
        let look = Look(role, in: theme, at: depth)
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
      let looks = [one, other].map { Look($0, in: theme, at: depth) }
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
      try #require(Look(role, in: theme, at: depth).foreground)
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
