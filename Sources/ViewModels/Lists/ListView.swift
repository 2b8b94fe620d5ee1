import Domain
import Keys

/// How a reader wants a list shown.
struct ListView<Identity: Hashable> {
  struct Sort: Hashable {
    let column: String
    let isDescending: Bool
  }

  var marks: Set<Identity> = []
  var sort: Sort?
  /// Ids of columns, in their order; empty is as the list has them.
  var order: [String] = []
  var hidden: Set<String> = []
  var filter = LineEditor()
  /// The filter's text that the rows were last read for.
  var applied = ""
  /// Whether the filter is being typed.
  var isFiltering = false

  var expression: FilterExpression? {
    filter.text.isEmpty ? nil : FilterExpression(filter.text)
  }
}
