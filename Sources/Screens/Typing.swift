import Keys
import Phrases
import ViewModels

/// The field that takes what is typed. A secret is there as so many stars.
struct Typing: Hashable {
  let about: String
  let label: String
  let fault: String?
  private let text: String
  private let cursor: Int
  private let selection: Range<Int>?
  private let offer: String

  init(_ field: FieldState, _ label: Phrase, about: String, in language: Language) {
    self.about = about
    self.label = label.text(in: language)
    text = field.isSecret ? String(repeating: "*", count: field.text.count) : field.text
    (cursor, selection) = (field.editor.cursor, field.editor.selection)
    (fault, offer) = (field.fault?.text(in: language), field.offer.text(in: language))
  }

  /// What has become of `old`, the same field before.
  func news(
    since old: Typing, after heard: [String], in language: Language
  ) -> LinearReading.News {
    func say(_ words: Phrase) -> String { words.text(in: language) }
    var news = LinearReading.News()
    if text == old.text {
      if cursor != old.cursor { news.lines = [say(place)] }
    } else if let typed = typed(over: old) {
      news.echo = typed
    } else if let gone = gone(from: old) {
      news.lines = [say("deleted \(gone)")]
    } else {
      news.lines = ["\(label): \(text)"]
    }
    if let fault, fault != old.fault, !heard.contains(where: { $0.contains(fault) }) {
      news.lines.append(say("Fault: \(fault)"))
    }
    if !offer.isEmpty, offer != old.offer { news.lines.append(offer) }
    return news
  }

  private var place: Phrase {
    cursor < text.count ? "before \(text.dropFirst(cursor).prefix(1))" : "at the end"
  }

  /// What stands now where the cursor or the selection was, if all else is as before.
  private func typed(over old: Typing) -> String? {
    let replaced = old.selection ?? old.cursor..<old.cursor
    guard cursor > replaced.lowerBound,
      text.prefix(replaced.lowerBound) == old.text.prefix(replaced.lowerBound),
      text.dropFirst(cursor) == old.text.dropFirst(replaced.upperBound)
    else { return nil }
    return String(text.prefix(cursor).dropFirst(replaced.lowerBound))
  }

  /// What is missing after the cursor, if all else is as before.
  private func gone(from old: Typing) -> Substring? {
    let rest = old.text.dropFirst(cursor)
    let count = old.text.count - text.count
    guard count > 0, text == old.text.prefix(cursor) + rest.dropFirst(count) else { return nil }
    return rest.prefix(count)
  }
}
