/// A piece of a comparison: a field or a line in both versions, or a note that some are left out.
struct DiffPart: Hashable, Sendable {
  let name: String
  /// Each version's lines; none if it hasn't got them.
  let old: [[Span]]
  let new: [[Span]]
  let isChange: Bool
  /// Said in place of what is left out.
  let note: String?

  private init(note: String) {
    (name, old, new) = ("", [], [])
    isChange = false
    self.note = note
  }

  private init(_ field: DiffView.Field) {
    name = field.name
    isChange = field.old != field.new
    note = nil
    if let before = field.old, let after = field.new, isChange {
      let steps = Difference.steps(from: Self.words(of: before), to: Self.words(of: after))
      var (removed, added): ([Span], [Span]) = ([], [])
      for step in steps {
        switch step {
        case .same(let word):
          removed.append(Span(word))
          added.append(Span(word))
        case .removed(let word): removed.append(Span(word, role: .removed))
        case .added(let word): added.append(Span(word, role: .added))
        }
      }
      (old, new) = (Self.lines(of: removed), Self.lines(of: added))
    } else {
      let roles: (old: Role, new: Role) = isChange ? (.removed, .added) : (.text, .text)
      old = field.old.map { Self.lines(of: [Span($0, role: roles.old)]) } ?? []
      new = field.new.map { Self.lines(of: [Span($0, role: roles.new)]) } ?? []
    }
  }

  /// Fields with stretches of equal ones left out, but for so many beside each change.
  static func folded(_ fields: [DiffView.Field], context: Int, equalTitle: String) -> [DiffPart] {
    var parts: [DiffPart] = []
    var rest = fields[...]
    while !rest.isEmpty {
      let equal = rest.prefix { $0.old == $0.new }
      let before = equal.startIndex == fields.startIndex ? 0 : min(context, equal.count)
      let after =
        equal.endIndex == fields.endIndex ? 0 : min(context, equal.count - before)
      let hidden = equal.count - before - after
      if hidden > 1 {
        parts += equal.prefix(before).map(DiffPart.init)
        parts.append(DiffPart(note: "··· \(hidden) \(equalTitle) ···"))
        parts += equal.suffix(after).map(DiffPart.init)
      } else {
        // Leaving one out saves nothing.
        parts += equal.map(DiffPart.init)
      }
      rest = rest.dropFirst(equal.count)
      let changed = rest.prefix { $0.old != $0.new }
      parts += changed.map(DiffPart.init)
      rest = rest.dropFirst(changed.count)
    }
    return parts
  }

  /// Lines of a text, of which the first removed one of a stretch became the first added one, and so
  /// on.
  static func paired(_ steps: [Difference.Step<String>]) -> [DiffView.Field] {
    var fields: [DiffView.Field] = []
    var removed: [String] = []
    var added: [String] = []
    func flush() {
      for index in 0..<max(removed.count, added.count) {
        fields.append(
          DiffView.Field(
            "", old: index < removed.count ? removed[index] : nil,
            new: index < added.count ? added[index] : nil))
      }
      (removed, added) = ([], [])
    }
    for step in steps {
      switch step {
      case .same(let line):
        flush()
        fields.append(DiffView.Field("", old: line, new: line))
      case .removed(let line): removed.append(line)
      case .added(let line): added.append(line)
      }
    }
    flush()
    return fields
  }

  /// Runs of letters and digits, and each other character by itself. An amount's point and comma are
  /// within it: half an amount means nothing.
  private static func words(of text: String) -> [String] {
    var words: [String] = []
    var isInWord = false
    for character in text {
      let continues = character.isLetter || character.isNumber || ".,'".contains(character)
      if continues, isInWord, let word = words.popLast() {
        words.append(word + String(character))
      } else {
        words.append(String(character))
      }
      isInWord = continues
    }
    return words
  }

  /// Spans as the lines that they form; spans of one role that follow each other are one.
  private static func lines(of spans: [Span]) -> [[Span]] {
    var lines: [[Span]] = [[]]
    for span in spans {
      let pieces = span.text.split(separator: "\n", omittingEmptySubsequences: false)
      for (index, piece) in pieces.enumerated() {
        if index > 0 { lines.append([]) }
        guard !piece.isEmpty else { continue }
        if let last = lines[lines.count - 1].last, last.role == span.role {
          lines[lines.count - 1].removeLast()
          lines[lines.count - 1].append(Span(last.text + piece, role: span.role))
        } else {
          lines[lines.count - 1].append(Span(String(piece), role: span.role))
        }
      }
    }
    return lines
  }
}
