package import Domain
import Phrases

/// What stands against attaching a file, or against taking it off (RULES §3.15).
package enum AttachmentProblem: Hashable, Sendable {
  /// It has no bytes.
  case empty
  case tooLarge(mostBytes: Int)
  /// It has none, a longer one, or one with a folder in it.
  case name(most: Int)
  case descriptionTooLong(most: Int)
  /// The entry has none of that number.
  case noLine(Int)
  /// The same bytes are there, under that name.
  case attachedAlready(String)
  /// The entry is being approved, which covers its evidence, or is voided.
  case frozen(EntryStatus)
  /// Only a draft that nobody was asked about loses its evidence.
  case kept
  case hidden

  var code: String {
    switch self {
    case .empty: "empty"
    case .tooLarge, .descriptionTooLong: "length"
    case .name: "name"
    case .noLine: "line"
    case .attachedAlready: "taken"
    case .frozen, .kept, .hidden: "status"
    }
  }
}

extension UserMessage {
  static func words(_ problem: AttachmentProblem) -> Phrase {
    switch problem {
    case .empty: "The file is empty, so it proves nothing. Choose another."
    case .tooLarge(let most): "A file has \(most >> 20) MiB at the most. Attach a smaller one."
    case .name(let most): "The name of a file has from 1 to \(most) characters and no slash."
    case .descriptionTooLong(let most):
      "The description takes \(most) characters. Shorten it."
    case .noLine(let number):
      "The entry has no line \(number). Name one of its own, or none for the whole entry."
    case .attachedAlready(let name): "The same file is attached already, as \(name)."
    case .frozen(.voided): "An entry that is voided takes no more files."
    case .frozen(let status):
      """
      An entry that is \(status.phrase) keeps its files as they were submitted. Take it back \
      first.
      """
    case .kept: "What was submitted once keeps its files. Hide it instead, with a reason."
    case .hidden: "The file is hidden already."
    }
  }
}
