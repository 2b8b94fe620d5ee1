/// Which part of a long list is on screen.
public enum Viewport {
  /// The first line to show so that the cursor's is in sight, moving as little as possible from
  /// `top` but by `step` at the least, and without blank lines at the end while there are lines to
  /// fill them.
  public static func top(
    _ top: Int, showing cursor: Int?, height: Int, count: Int, step: Int = 1
  ) -> Int {
    guard height > 0, count > 0 else { return 0 }
    let last = max(count - height, 0)
    let result = min(max(top, 0), last)
    guard let cursor else { return result }
    let line = min(max(cursor, 0), count - 1)
    if line < result { return max(min(line, result - step), 0) }
    if line >= result + height { return min(max(line - height + 1, result + step), last) }
    return result
  }
}
