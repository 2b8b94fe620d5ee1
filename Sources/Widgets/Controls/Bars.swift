/// The top line: where one is at the left, who one is at the right. The right end is kept longest.
public struct HeaderBar: Widget, Hashable {
  public var left: String
  public var right: String

  public init(left: String, right: String) {
    self.left = left
    self.right = right
  }

  @discardableResult
  public func draw(on surface: inout Surface, in rect: Rect) -> Point? {
    let line = rect.line(0)
    surface.fill(line, role: .header)
    let inner = line.columns > 2 ? line.inset(columns: 1) : line
    let right = TextWidth.truncated(self.right, to: inner.columns)
    let room = inner.columns - TextWidth.columns(of: right) - 2
    surface.write(TextWidth.truncated(left, to: max(room, 0)), in: inner, role: .header)
    surface.write(trailing: right, in: inner, role: .header)
    return nil
  }
}

/// Numbered screens, the active one in brackets. Where they don't fit, the others keep their
/// numbers.
public struct Tabs: Widget, Hashable {
  public struct Tab: Hashable, Sendable {
    /// The digit that opens it; it keeps it whatever other tabs there are.
    public let number: Int
    public let title: String

    public init(_ number: Int, _ title: String) {
      self.number = number
      self.title = title
    }
  }

  public var tabs: [Tab]
  /// The number of the active one.
  public var active: Int

  public init(_ tabs: [Tab], active: Int) {
    self.tabs = tabs
    self.active = active
  }

  @discardableResult
  public func draw(on surface: inout Surface, in rect: Rect) -> Point? {
    let line = rect.line(0)
    surface.fill(line, role: .tab)
    for (tab, label, place) in labels(in: line) {
      let role: Role = tab.number == active ? .activeTab : .tab
      surface.write(label, in: place.intersection(line), role: role)
    }
    return nil
  }

  /// The cells of each tab, by its number, for a pointer.
  public func places(in rect: Rect) -> [(number: Int, rect: Rect)] {
    let line = rect.line(0)
    return labels(in: line).map { ($0.0.number, $0.2.intersection(line)) }
  }

  /// Titles give way to numbers where there is no room for all of them.
  private func labels(in line: Rect) -> [(Tab, String, Rect)] {
    let full = tabs.map { "\($0.number) \($0.title)" }
    let needed = full.reduce(0) { $0 + TextWidth.columns(of: $1) + 2 }
    var column = line.column
    return zip(tabs, full).map { tab, text in
      let isActive = tab.number == active
      let label = needed <= line.columns || isActive ? text : "\(tab.number)"
      let shown = isActive ? "[\(label)]" : " \(label) "
      let width = TextWidth.columns(of: shown)
      defer { column += width }
      return (tab, shown, Rect(column: column, row: line.row, columns: width, rows: 1))
    }
  }
}

/// What just happened, in a word and a sentence: never in colour alone.
public struct StatusLine: Widget, Hashable {
  public enum Severity: Hashable, Sendable {
    case info
    case ok
    case warning
    case error

    var word: String {
      switch self {
      case .info: ""
      case .ok: "ok"
      case .warning: "!"
      case .error: "ERROR"
      }
    }

    var role: Role {
      switch self {
      case .info: .info
      case .ok: .ok
      case .warning: .warning
      case .error: .error
      }
    }
  }

  public var severity: Severity
  public var text: String
  /// Before the text, so that how severe it is isn't said by a colour alone.
  public var word: String

  public init(_ severity: Severity, _ text: String) {
    self.severity = severity
    self.text = text
    word = severity.word
  }

  @discardableResult
  public func draw(on surface: inout Surface, in rect: Rect) -> Point? {
    let line = rect.line(0)
    let inner = line.columns > 2 ? line.inset(columns: 1) : line
    let lead = word.isEmpty ? "" : word + " "
    let text = TextWidth.truncated(lead + self.text, to: inner.columns)
    surface.write(text, in: inner, role: severity.role)
    return nil
  }
}

/// The keys that do something here, as many as fit.
public struct Footer: Widget, Hashable {
  public struct Hint: Hashable, Sendable {
    /// As `Key.name` has it.
    public let key: String
    public let title: String
    /// When there isn't room for all, those with the highest number go first.
    public let priority: Int
    public let isAvailable: Bool

    public init(key: String, title: String, priority: Int = 1, isAvailable: Bool = true) {
      self.key = key
      self.title = title
      self.priority = priority
      self.isAvailable = isAvailable
    }

    var columns: Int { TextWidth.columns(of: key) + 1 + TextWidth.columns(of: title) }
  }

  public var hints: [Hint]

  public init(_ hints: [Hint]) {
    self.hints = hints
  }

  @discardableResult
  public func draw(on surface: inout Surface, in rect: Rect) -> Point? {
    let line = rect.line(0)
    surface.fill(line, role: .footerText)
    for (hint, place) in places(in: rect) {
      let keyRole: Role = hint.isAvailable ? .footerKey : .muted
      let textRole: Role = hint.isAvailable ? .footerText : .muted
      let next = surface.write(hint.key, in: place, role: keyRole)
      surface.write(
        " " + hint.title, at: Point(column: next, row: place.row), in: place, role: textRole)
    }
    return nil
  }

  /// The hints that there is room for, and their cells.
  public func places(in rect: Rect) -> [(hint: Hint, rect: Rect)] {
    let line = rect.line(0)
    let inner = line.columns > 2 ? line.inset(columns: 1) : line
    var column = inner.column
    return fitting(columns: inner.columns).map { hint in
      defer { column += hint.columns + 2 }
      let place = Rect(column: column, row: inner.row, columns: hint.columns, rows: inner.rows)
      return (hint, place.intersection(inner))
    }
  }

  /// The most important hints that fit, in the order in which they were given.
  func fitting(columns: Int) -> [Hint] {
    var left = columns
    var kept: Set<Int> = []
    let ranked = hints.indices.sorted { (hints[$0].priority, $0) < (hints[$1].priority, $1) }
    for index in ranked {
      let needed = hints[index].columns + (kept.isEmpty ? 0 : 2)
      guard needed <= left else { break }
      left -= needed
      kept.insert(index)
    }
    return hints.indices.filter(kept.contains).map { hints[$0] }
  }
}

/// Shown alone when a screen is too small for anything else.
public struct MessageTooSmall: Widget {
  public var needed: Size
  /// What it says of the size that there is and of the one that is needed.
  public var text: @Sendable (_ given: Size, _ needed: Size) -> String = { given, needed in
    "This window is \(given.columns) by \(given.rows); \(needed.columns) by \(needed.rows)"
      + " is needed. Make it larger. Nothing is lost."
  }

  public init(needed: Size) {
    self.needed = needed
  }

  @discardableResult
  public func draw(on surface: inout Surface, in rect: Rect) -> Point? {
    TextView(text(rect.size, needed)).draw(on: &surface, in: rect)
    return nil
  }
}
