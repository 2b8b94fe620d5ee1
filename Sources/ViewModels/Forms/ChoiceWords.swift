import Phrases

/// What is chosen from a list, as it stands in its field: in the language of whoever chooses.
struct ChoiceWords {
  let language: Language

  var yes: String { ("yes" as Phrase).text(in: language) }
  var no: String { ("no" as Phrase).text(in: language) }

  func yesOrNo(_ isSo: Bool) -> String { isSo ? yes : no }

  /// In English it is typed as the command line takes it, which is `name`.
  func text(_ phrase: Phrase, _ name: String) -> String {
    let text = phrase.text(in: language)
    return text == phrase.english ? name : text
  }
}

extension Desk {
  var words: ChoiceWords { ChoiceWords(language: navigator.settings.language) }
}
