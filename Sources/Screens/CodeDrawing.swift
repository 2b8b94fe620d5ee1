import Phrases
import ViewModels
import Widgets

extension ScreenDrawing {
  /// What the words and the fields beside a code need, and the lines around the panels.
  private static let besideCode = Size(columns: 36, rows: 4)

  /// The last panel's code on the right, in all the height there is; returns what that leaves.
  func drawCode(of panels: [Panel], on frame: inout Frame, in rect: Rect) -> Rect {
    guard case .code(let panel)? = panels.last, let view = view(of: panel, on: frame),
      isDrawn(view, on: frame)
    else { return rect }
    let parts = rect.split(columns: [.fill, .fixed(view.size.columns)])
    view.draw(on: &frame.surface, in: parts[1])
    return parts[0]
  }

  /// Its words, and where there is no room for the code, how much it takes.
  func draw(_ panel: CodePanel, on frame: inout Frame, in rect: Rect) -> Point? {
    drawTitle(panel.title, note: .empty, on: &frame.surface, in: rect)
    let inside = rect.below(1).inset(columns: 1)
    let words = TextView(shown(panel.text))
    words.draw(on: &frame.surface, in: inside)
    guard let view = view(of: panel, on: frame), !isDrawn(view, on: frame) else { return nil }
    let columns = view.size.columns + Self.besideCode.columns
    let rows = view.size.rows + Self.besideCode.rows
    let note: Phrase = "The code is drawn in a window of \(columns) by \(rows)."
    TextView(shown(note), role: .muted)
      .draw(on: &frame.surface, in: inside.below(words.lineCount(columns: inside.columns)))
    return nil
  }

  private func isDrawn(_ view: CodeView, on frame: Frame) -> Bool {
    view.fits(Self.room(on: frame))
  }

  private func view(of panel: CodePanel, on frame: Frame) -> CodeView? {
    if madeCode?.text != panel.code { madeCode = (panel.code, QRCode(panel.code)) }
    return madeCode?.code.map {
      CodeView($0, isUnicode ? .half : .ascii, within: Self.room(on: frame))
    }
  }

  private static func room(on frame: Frame) -> Size {
    let window = frame.surface.bounds.size
    return Size(
      columns: window.columns - besideCode.columns, rows: window.rows - besideCode.rows)
  }
}
