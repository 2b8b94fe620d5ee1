package import Phrases

/// Amounts by category, as data: how they are drawn is for whoever draws them.
package struct ChartPanel: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case column
    case line
    case bar
    case sparkline
  }

  /// One category.
  package struct Point: Hashable, Sendable {
    /// Short, as many stand beside each other.
    package let label: Phrase
    /// In minor units; only compared with the others.
    package let value: Int64
    /// The value as people read it.
    package let text: String

    package init(_ label: Phrase, _ value: Int64, text: String) {
      self.label = label
      self.value = value
      self.text = text
    }
  }

  package var title: Phrase
  /// Beside the title.
  package var note = Phrase.empty
  package var kind: Kind
  package var points: [Point]
  package var selected: Int?
  /// Whether keys go to it.
  package var isFocused = false
  /// What is said in place of points.
  package var emptyText = Phrase.empty

  package init(title: Phrase, kind: Kind, points: [Point], selected: Int?) {
    self.title = title
    self.kind = kind
    self.points = points
    self.selected = selected
  }
}
