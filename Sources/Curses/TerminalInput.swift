internal import CTerminal
internal import Dispatch
internal import Glibc
internal import Keys

/// Bytes and signals from the terminal, as batches of events. The only place with event sources.
final class TerminalInput {
  /// A kernel's buffer of a terminal holds 4,096 bytes; more is for what piles up while drawing.
  private static let readLimitBytes = 65_536
  /// While a window is dragged, sizes come faster than anybody can look at them.
  private static let resizeMilliseconds = 40
  /// How long leaving waits for an answer that is under way.
  private static let reportMilliseconds: CInt = 100

  let events: AsyncStream<[InputEvent]>
  private let continuation: AsyncStream<[InputEvent]>.Continuation
  private let terminal: CInt
  private let signals: CInt
  private var decoder: KeyDecoder
  private var sources: [any DispatchSourceProtocol] = []
  private var flushing: Task<Void, Never>?
  private var resizing: Task<Void, Never>?
  private var onSignal: (CInt) -> Void = { _ in }
  /// Whether the terminal has said that it can show a frame at once.
  private(set) var canSynchronize = false
  /// Whether an answer of the terminal's may still come.
  var expectsReport = false

  init(terminal: CInt, signals: CInt, escapeMilliseconds: Int) {
    self.terminal = terminal
    self.signals = signals
    decoder = KeyDecoder(escapeMilliseconds: escapeMilliseconds)
    (events, continuation) = AsyncStream.makeStream()
  }

  /// Begins to listen. Signals that don't ask the program to end go to `onSignal`.
  func start(onSignal: @escaping (CInt) -> Void) {
    self.onSignal = onSignal
    listen(to: terminal) { [weak self] in self?.readTerminal() }
    listen(to: signals) { [weak self] in
      for signal in self?.takeSignals() ?? [] { self?.receive(signal) }
    }
  }

  func stop() {
    for task in [flushing, resizing] { task?.cancel() }
    for source in sources { source.cancel() }
    sources = []
    swallowReport()
    continuation.finish()
  }

  func send(_ batch: [InputEvent]) {
    if !batch.isEmpty { continuation.yield(batch) }
  }

  /// The signals noted since they were last asked for.
  func takeSignals() -> [CInt] {
    var bytes = [UInt8](repeating: 0, count: 256)
    let count = read(signals, &bytes, bytes.count)
    return bytes.prefix(max(count, 0)).map(CInt.init)
  }

  private func listen(to descriptor: CInt, _ handler: @escaping () -> Void) {
    let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: .main)
    source.setEventHandler(handler: handler)
    source.resume()
    sources.append(source)
  }

  private func readTerminal() {
    var bytes = [UInt8](repeating: 0, count: Self.readLimitBytes)
    let count = read(terminal, &bytes, bytes.count)
    if count < 0, errno == EINTR || errno == EAGAIN { return }
    guard count > 0 else {
      // End of file or an input error: the terminal is gone, and nobody will type any more.
      for source in sources { source.cancel() }
      send(decoder.flush() + [.ending(.hungUp)])
      continuation.finish()
      return
    }
    flushing?.cancel()
    // Terminals answer in order: what was typed after the question's frame comes after the answer.
    expectsReport = false
    send(withoutReports(decoder.decode(bytes.prefix(count))))
    guard let milliseconds = decoder.pendingMilliseconds else { return }
    flushing = Task { [weak self] in
      do {
        try await Task.sleep(for: .milliseconds(milliseconds))
        self?.flush()
      } catch is CancellationError {
        // More bytes have come: they decide.
      } catch {
        preconditionFailure("sleeping ends only by itself or by being cancelled")
      }
    }
  }

  private func flush() {
    send(decoder.flush())
  }

  private func receive(_ signal: CInt) {
    switch signal {
    case SIGINT: end(.interrupted)
    case SIGQUIT: end(.quit)
    case SIGTERM: end(.terminated)
    case SIGHUP: end(.hungUp)
    case SIGWINCH: announceResize()
    default: onSignal(signal)
    }
  }

  private func end(_ ending: Ending) {
    cterminal_acknowledge()
    send([.ending(ending)])
  }

  private func announceResize() {
    guard resizing == nil else { return }
    resizing = Task { [weak self] in
      do {
        try await Task.sleep(for: .milliseconds(Self.resizeMilliseconds))
        self?.resizing = nil
        self?.onSignal(SIGWINCH)
      } catch is CancellationError {
        // The terminal has been closed.
      } catch {
        preconditionFailure("sleeping ends only by itself or by being cancelled")
      }
    }
  }

  /// Takes out the answers that are the driver's business.
  private func withoutReports(_ batch: [InputEvent]) -> [InputEvent] {
    batch.filter { event in
      guard case .modeReport(let mode, let setting) = event else { return true }
      if mode == 2026 {
        canSynchronize = setting == 1 || setting == 2
      }
      return false
    }
  }

  /// Reads an answer that is still under way, which the shell would take for typing.
  private func swallowReport() {
    var descriptor = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
    guard expectsReport, poll(&descriptor, 1, Self.reportMilliseconds) == 1 else { return }
    tcflush(terminal, TCIFLUSH)
  }
}
