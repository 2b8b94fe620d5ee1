package import Operations
package import Phrases

extension ChartOfAccounts.Row {
  /// The smaller, the better; nil where it doesn't fit.
  func rank(for wanted: String) -> Int? {
    if number.lowercased().hasPrefix(wanted) { return 0 }
    let name = name.lowercased()
    if name.hasPrefix(wanted) { return 1 }
    if name.split(separator: " ").contains(where: { $0.hasPrefix(wanted) }) { return 2 }
    if label.lowercased().contains(wanted) || path.lowercased().contains(wanted) { return 3 }
    return nil
  }

  /// Why no line may name it.
  package var refusalToTake: Phrase? {
    if isHeader { return "a heading" }
    if !isActive { return "archived" }
    return nil
  }
}
