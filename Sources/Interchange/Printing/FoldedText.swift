/// Text in lines of a width, parted at spaces where it has some.
enum FoldedText {
  /// As wide as paper is.
  static func onPaper(_ text: String) -> [String] {
    lines(of: TerminalText.line(text), width: PaperForm.columns)
  }

  /// At least one. What goes on stands as far in as the first line, but for half the width.
  static func lines(of text: String, width: Int) -> [String] {
    guard TerminalText.width(text) > width else { return [withoutEnd(text)] }
    let depth = min(text.prefix { $0 == " " }.count, width / 2)
    let indent = String(repeating: " ", count: depth)
    let room = max(width - depth, 1)
    var lines: [String] = []
    var line = ""
    func end() {
      lines.append(line)
      line = ""
    }
    for word in text.split(separator: " ").map(String.init) {
      let space = line.isEmpty ? "" : " "
      if TerminalText.width(line + space + word) <= room {
        line += space + word
        continue
      }
      if !line.isEmpty { end() }
      for character in word {
        if !line.isEmpty, TerminalText.width(line + String(character)) > room { end() }
        line.append(character)
      }
    }
    if !line.isEmpty || lines.isEmpty { end() }
    return lines.map { withoutEnd(indent + $0) }
  }

  static func withoutEnd(_ line: String) -> String {
    String(line.reversed().drop { $0 == " " }.reversed())
  }
}
