import Testing

/// A mouse at a terminal, as that reports it to a program which asked for it (SGR, mode 1006).
extension Terminal {
  private static let left = 0
  private static let wheelUp = 64
  private static let wheelDown = 65

  /// Clicks on the first place where `text` stands.
  func click(_ text: String, at location: SourceLocation = #_sourceLocation) async throws {
    let lines = try await wait(for: text, at: location).split(
      separator: "\n", omittingEmptySubsequences: false)
    for (row, line) in lines.enumerated() {
      guard let place = line.firstRange(of: text) else { continue }
      // Nothing in the demonstration books is wider than a cell.
      let column = line.distance(from: line.startIndex, to: place.lowerBound)
      return try await report(Self.left, column: column + 1, row: row + 1)
    }
  }

  /// Clicks there and, once the cursor is there, again: the first click goes to a row, the second
  /// into it.
  func open(byClicking row: String, at location: SourceLocation = #_sourceLocation) async throws {
    try await click(row, at: location)
    try await wait(
      for: "the cursor on \(row)",
      { screen in
        screen.split(separator: "\n").contains { $0.contains(row) && $0.contains("> ") }
      }, at: location)
    try await click(row, at: location)
  }

  /// Turns the wheel towards oneself, or away, until `text` is there.
  func wheel(
    _ direction: Wheel, to text: String, at location: SourceLocation = #_sourceLocation
  ) async throws {
    let button = direction == .down ? Self.wheelDown : Self.wheelUp
    try await wait(
      for: text, { $0.contains(text) }, at: location,
      again: { try await tmux("send-keys", "-l", "--", "\u{1B}[<\(button);20;10M") })
  }

  enum Wheel {
    case up
    case down
  }

  private func report(_ button: Int, column: Int, row: Int) async throws {
    let place = "\(button);\(column);\(row)"
    try await tmux("send-keys", "-l", "--", "\u{1B}[<\(place)M\u{1B}[<\(place)m")
  }
}
