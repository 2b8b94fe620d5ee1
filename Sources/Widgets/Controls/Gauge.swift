/// How much of something is done, in one row: a label, a bar and a percentage.
public struct Gauge: Widget, Hashable {
  /// With fewer columns than these, brackets included, there is no bar.
  private static let leastBarColumns = 6

  /// At the left, one line; cut at its end where there is no room.
  public var label: String
  /// From 0 to 1; what is beyond is drawn as the nearest of them.
  public var fraction: Double

  /// A gauge that is filled to a fraction of its bar.
  public init(_ label: String, fraction: Double) {
    self.label = label
    self.fraction = fraction
  }

  /// The percentage, rounded down: nothing is said to be finished before it is.
  public var percent: Int { Int(clamped * 100) }

  @discardableResult
  public func draw(on surface: inout Surface, in rect: Rect) -> Point? {
    let line = rect.line(0)
    let percentText = "\(percent)%"
    let room = max(line.columns - 5, 0)
    let hasBar = room >= 2 * Self.leastBarColumns
    let natural = TextWidth.columns(of: label)
    let labelColumns = min(natural, hasBar ? room / 2 : room)
    let gap = labelColumns == 0 ? 0 : 1
    let parts = line.split(columns: [
      .fixed(labelColumns), .fixed(gap), .fill, .fixed(min(5, line.columns)),
    ])
    surface.write(TextWidth.truncated(label, to: labelColumns), in: parts[0], role: .label)
    if hasBar { drawBar(on: &surface, in: parts[2]) }
    surface.write(trailing: percentText, in: parts[3])
    return nil
  }

  private var clamped: Double { fraction.isNaN ? 0 : min(max(fraction, 0), 1) }

  private func drawBar(on surface: inout Surface, in line: Rect) {
    guard line.columns >= Self.leastBarColumns else { return }
    let inner = line.inset(columns: 1)
    surface.write("[", in: line, role: .border)
    surface.write(trailing: "]", in: line, role: .border)
    let halves = Int(clamped * Double(2 * inner.columns))
    let bar = String(repeating: "█", count: halves / 2) + (halves.isMultiple(of: 2) ? "" : "▌")
    surface.write(bar, in: inner, role: .series)
  }
}

/// Said while something takes long, in one row that changes only when there is news: nothing spins,
/// so that idle lines stay silent and screen readers are not disturbed.
public struct WorkingLine: Widget, Hashable {
  /// What is being done, as in "importing 1,200 of 5,000".
  public var text: String
  /// From 0 to 1; nil if it can't be known.
  public var fraction: Double?
  /// How it is stopped, as in "Esc cancels"; empty if it can't be.
  public var way: String
  /// Before the text.
  public var lead = "working: "

  /// A line about one thing being done. `cancelKey` is the key that stops it, as `Key.name` has it.
  public init(_ text: String, fraction: Double? = nil, cancelKey: String = "") {
    self.text = text
    self.fraction = fraction
    way = cancelKey.isEmpty ? "" : "\(cancelKey) cancels"
  }

  @discardableResult
  public func draw(on surface: inout Surface, in rect: Rect) -> Point? {
    let line = rect.line(0)
    let inner = line.columns > 2 ? line.inset(columns: 1) : line
    let wayColumns = min(TextWidth.columns(of: way), inner.columns)
    // How to stop it is kept longest.
    let gap = wayColumns == 0 ? 0 : min(2, inner.columns - wayColumns)
    let parts = inner.split(columns: [.fill, .fixed(gap), .fixed(wayColumns)])
    let sentence = lead + text
    if let fraction {
      Gauge(sentence, fraction: fraction).draw(on: &surface, in: parts[0])
    } else {
      let shown = TextWidth.truncated(sentence, to: parts[0].columns)
      surface.write(shown, in: parts[0], role: .label)
    }
    surface.write(TextWidth.truncated(way, to: wayColumns), in: parts[2], role: .muted)
    return nil
  }
}
