import Foundation
package import Widgets

/// How well what a theme shows can be read and told apart, whatever a terminal makes of its colours.
package struct Legibility {
  /// WCAG 2's, for text.
  package static let leastContrast = 4.5
  package static let depths: [ColorDepth] = [.direct, .indexed, .sixteen, .eight]

  /// What a person must never take for the other.
  package static let opposites: [(Role, Role)] = [
    (.ok, .error), (.ok, .warning), (.warning, .error), (.debit, .credit), (.negative, .debit),
    (.negative, .credit), (.negative, .text), (.added, .removed), (.added, .text),
    (.removed, .text), (.field, .invalidField), (.focusedField, .invalidField),
    (.field, .focusedField), (.cursorRow, .text), (.selection, .text), (.selection, .dialog),
    (.tab, .activeTab), (.marked, .text), (.muted, .text), (.ghost, .text),
    (.series, .secondSeries), (.series, .negative),
    (.secondSeries, .negative), (.footerKey, .muted),
  ]

  /// How a role looks on a terminal.
  package struct Look: Hashable, Sendable {
    package let foreground: Color?
    package let background: Color?
    package let attributes: Attributes

    /// Nil where one of its colours is the terminal's own, which nobody knows here.
    package var contrast: Double? {
      guard let foreground, let background else { return nil }
      return foreground.contrast(with: background)
    }
  }

  private let theme: Theme
  private let depth: ColorDepth

  package init(of theme: Theme, at depth: ColorDepth) {
    self.theme = theme
    self.depth = depth
  }

  package func look(_ role: Role) -> Look {
    let style = theme.style(of: role)
    return Look(
      foreground: Color.best(of: style.foreground, at: depth),
      background: Color.best(of: style.background, at: depth), attributes: style.attributes)
  }

  /// Roles whose contrast is less than `least`.
  package func faint(below least: Double = leastContrast) -> [Role] {
    Role.allCases.filter { look($0).contrast.map { $0 < least } ?? false }
  }

  /// Roles of opposite meaning that look the same.
  package var confused: [(Role, Role)] {
    Self.opposites.filter { look($0.0) == look($0.1) }
  }
}

extension Color {
  /// WCAG 2's contrast ratio, from 1 to 21.
  package func contrast(with other: Color) -> Double {
    let (one, two) = (LinearColor(self).luminance, LinearColor(other).luminance)
    return (max(one, two) + 0.05) / (min(one, two) + 0.05)
  }
}

/// A colour in linear light, each part from 0 to 1.
package struct LinearColor {
  package let red: Double
  package let green: Double
  package let blue: Double

  package init(red: Double, green: Double, blue: Double) {
    self.red = min(max(red, 0), 1)
    self.green = min(max(green, 0), 1)
    self.blue = min(max(blue, 0), 1)
  }

  package init(_ color: Color) {
    func linear(_ value: Int) -> Double {
      let share = Double(value) / 255
      return share <= 0.040_45 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    let (red, green, blue) = color.components
    self.init(red: linear(red), green: linear(green), blue: linear(blue))
  }

  /// WCAG 2's relative luminance.
  package var luminance: Double { 0.2126 * red + 0.7152 * green + 0.0722 * blue }
}
