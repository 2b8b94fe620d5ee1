/// Which part of a long list is on screen.
public enum Viewport {
  /// The first line to show so that the cursor's is in sight, moving as little as possible from
  /// `top`, and without blank lines at the end while there are lines to fill them.
  public static func top(_ top: Int, showing cursor: Int?, height: Int, count: Int) -> Int {
    guard height > 0, count > 0 else { return 0 }
    var result = min(max(top, 0), max(count - height, 0))
    if let cursor {
      let line = min(max(cursor, 0), count - 1)
      result = min(result, line)
      result = max(result, line - height + 1)
    }
    return result
  }
}
