public import Keys

/// A terminal without a screen: it keeps what was drawn and is told what was pressed.
@MainActor
public final class MemoryTerminal: Terminal, LineConsole {
  public private(set) var size: Size
  public let capabilities: Capabilities
  public var theme: Theme
  public let events: AsyncStream<[InputEvent]>
  private let continuation: AsyncStream<[InputEvent]>.Continuation

  /// What was drawn last.
  public private(set) var surface: Surface
  public private(set) var cursor: Point?
  public private(set) var drawCount = 0
  public private(set) var suspendCount = 0
  public private(set) var isClosed = false

  public init(
    size: Size, theme: Theme = .plain,
    capabilities: Capabilities = Capabilities(colors: .none, isUnicode: true)
  ) {
    self.size = size
    self.theme = theme
    self.capabilities = capabilities
    surface = Surface(size)
    (events, continuation) = AsyncStream.makeStream()
  }

  /// Has events arrive together, as if they had been typed faster than they were read.
  public func send(_ batch: [InputEvent]) {
    continuation.yield(batch)
  }

  public func resize(to size: Size) {
    self.size = size
    send([.resize(columns: size.columns, rows: size.rows)])
  }

  public func draw(_ surface: Surface, cursor: Point?) {
    self.surface = capabilities.isUnicode ? surface : surface.inASCII
    self.cursor = cursor
    drawCount += 1
  }

  /// What was put on the clipboard last.
  public private(set) var clipboard: String?
  public private(set) var hasMouse = false
  public private(set) var redrawCount = 0

  public func redraw() { redrawCount += 1 }
  public func setMouse(_ isOn: Bool) { hasMouse = isOn }
  public func copy(_ text: String) { clipboard = text }

  /// Lines that were said or typed, the last perhaps still typed on.
  public private(set) var said: [String] = []
  private var isTyping = false

  public func say(_ lines: [String]) {
    said += lines
    isTyping = false
  }

  public func echo(_ text: String) {
    if isTyping { said[said.count - 1] += text } else { said.append(text) }
    isTyping = true
  }

  public func suspend() {
    suspendCount += 1
    send([.resize(columns: size.columns, rows: size.rows)])
  }

  public func close() {
    isClosed = true
    continuation.finish()
  }
}
