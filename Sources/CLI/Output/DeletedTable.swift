import Domain
import Operations

extension Array {
  /// What was taken away, the columns called so.
  func table<Thing>(_ key: String, _ name: String) -> Table where Element == Deleted<Thing> {
    Table(
      [key, name, "deleted_at"],
      map { [.text($0.key), .text($0.name), .text($0.at.text)] })
  }
}
