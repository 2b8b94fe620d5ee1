import Keys
import Phrases
package import ViewModels

/// Turns the navigator's state into lines for a screen reader. It remembers what was said, and says
/// only what is new: nothing twice, and nothing when nothing has changed.
package struct LinearReading {
  /// Why it is asked what is new.
  package enum Occasion: Sendable {
    /// Something was pressed.
    case input
    /// Work has ended, or something else happened by itself.
    case work
    /// Nothing was pressed for a while.
    case pause
  }

  /// What is to be said next.
  package struct News: Hashable, Sendable {
    /// Goes on with the line that is being typed, before any other line.
    package var echo = ""
    package var lines: [String] = []
  }

  /// What was said last of each thing.
  private var said: [String: String] = [:]
  private var typing: Typing?
  /// Sentences as patient as that wait, while somebody types.
  private var waiting: Sentence.Patience?
  /// What was said last of where one is.
  private var here = ""
  /// Held, so that no other screen can take its place in memory.
  private var top: (any Screen)?
  /// The number of the message that was said last.
  private var heardMessage = 0
  private var hasGreeted = false
  private var language = Language.english

  package init() {}

  /// What has come since it was last asked, and what is wanted again.
  package mutating func news(
    of navigator: Navigator, on occasion: Occasion = .input, again: TerminalRequest.Extent? = nil
  ) -> News {
    let narration = Narration(of: navigator)
    forget(before: narration, of: navigator)
    language = navigator.settings.language
    let messages = messages(of: navigator, again: again)
    var news = hear(narration.typing, after: messages)
    switch occasion {
    case .input: waiting = news == News() ? nil : .pause
    case .pause: waiting = waiting == nil ? nil : .field
    case .work: break
    }
    news.lines = greeting(of: navigator) + messages + news.lines
    for sentence in narration.sentences {
      let isWanted = again == .everything || again == .here && sentence.isHere
      if !isWanted, let waiting, sentence.patience >= waiting { continue }
      guard let text = hear(sentence, isWanted: isWanted, after: messages) else { continue }
      // Rows that come before the one under the cursor by themselves are no news of it.
      if !isWanted, occasion == .work, sentence.isHere, sentence.text == here { continue }
      if sentence.isHere { here = sentence.text }
      news.lines += text.split(separator: "\n").map(String.init)
    }
    return news
  }

  /// Once, the keys that everything else can be found by, and those that leave.
  private mutating func greeting(of navigator: Navigator) -> [String] {
    if hasGreeted { return [] }
    hasGreeted = true
    let actions = navigator.globalActions
    func keys(_ id: String) -> Phrase {
      let all = actions.first { $0.id == id }?.keys ?? []
      let plain = all.filter { !$0.modifiers.contains(.alt) && $0.text?.isLetter != true }
      let names = (plain.isEmpty ? all : plain).map { Phrase(verbatim: $0.name) }
      return names.dropFirst().reduce(names.first ?? .empty) { "\($0) or \($1)" }
    }
    let words: Phrase = """
      CoreFlow, line by line. \(keys("help")) lists the keys; \(keys("read.here")) says where you \
      are, \(keys("read.all")) the whole screen; \(keys("quit")) leaves.
      """
    return [words.text(in: language)]
  }

  /// What has gone is said anew when it comes again; a screen's own words are kept while something
  /// lies over it, but where one is has to be said when that goes.
  private mutating func forget(before narration: Narration, of navigator: Navigator) {
    let isNewScreen = navigator.top !== top
    top = navigator.top
    if isNewScreen { typing = nil }
    let present = Set(narration.sentences.map(\.about))
    said = said.filter { about, _ in
      let isScreen = about.hasPrefix("screen.")
      if isNewScreen, isScreen || about.hasPrefix("here.") { return false }
      return present.contains(about) || isScreen && narration.isCovered
    }
  }

  /// Those that came since the last, none of them lost however fast they came.
  private mutating func messages(
    of navigator: Navigator, again: TerminalRequest.Extent?
  ) -> [String] {
    let new = navigator.said.filter { $0.number > heardMessage && $0.severity != .activity }
    heardMessage = navigator.said.last?.number ?? heardMessage
    let wanted = new.isEmpty && again == .everything ? [navigator.message].compactMap(\.self) : new
    return wanted.map { ("\($0.severity.word): \($0.text)" as Phrase).text(in: language) }
  }

  /// What typing has changed in its field; nothing where another field is typed in now.
  private mutating func hear(_ new: Typing?, after heard: [String]) -> News {
    let old = typing
    typing = new
    guard let old, let new, old.about == new.about else { return News() }
    return new.news(since: old, after: heard, in: language)
  }

  /// Its words where they are to be said now.
  private mutating func hear(
    _ sentence: Sentence, isWanted: Bool, after heard: [String]
  ) -> String? {
    if sentence.about == typing?.about {
      // Where one is says it, and characters are echoed; when the field is left this is news.
      said[sentence.about] = said[sentence.about] ?? sentence.news
      return nil
    }
    let old = said.updateValue(sentence.news, forKey: sentence.about)
    let isNews =
      switch sentence.moment {
      case .shown: old != sentence.news && !(old == nil && sentence.isBlank)
      case .changed: old != sentence.news && old != nil
      case .asked: false
      }
    return isNews || isWanted ? sentence.spoken(after: heard, in: language) : nil
  }
}
