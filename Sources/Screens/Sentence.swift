import Phrases

/// One thing to be heard.
struct Sentence: Hashable {
  /// When it is said without having been asked for.
  enum Moment: Hashable {
    /// As soon as it is there, and when it changes.
    case shown
    /// When it changes.
    case changed
    case asked
  }

  /// What it waits for while somebody types, so that a character is answered by itself alone.
  enum Patience: Comparable {
    case none
    /// Until typing pauses: what is found by what was typed.
    case pause
    /// Until the field is left: sums change with every digit.
    case field
  }

  /// What it tells of; the same as long as that is the same thing.
  let about: String
  let text: String
  var moment = Moment.shown
  var patience = Patience.none
  /// Whether it says where the cursor is.
  var isHere = false
  /// Nothing to speak of unless something was there before.
  var isBlank = false
  /// Said with the text, but no reason to say it: of how many it is one.
  var aside = ""
  /// Said after the text, unless a message says it already.
  var fault: String?
  /// What it is known by where it is news as another thing, and not for reading otherwise.
  var identity: String?

  init(_ about: String, _ text: String) {
    self.about = about
    self.text = text
  }

  /// What makes it news.
  var news: String { identity ?? text + (fault ?? "") }

  /// All of it, but what was heard just now.
  func spoken(after heard: [String], in language: Language) -> String {
    let whole = text + (aside.isEmpty ? "" : "; " + aside)
    guard let fault, !heard.contains(where: { $0.contains(fault) }) else { return whole }
    return ("\(whole). Fault: \(fault)" as Phrase).text(in: language)
  }
}
