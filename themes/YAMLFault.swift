internal import Yams

/// Why a text isn't YAML, and in which line.
package struct YAMLFault {
  /// From 1; nil if the fault has no place.
  package let line: Int?
  package let reason: String

  /// `error` is what reading `text` threw.
  package init(_ error: any Error, in text: String) {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      (line, reason) = (mark.line, problem)
    case .duplicatedKeysInMapping(let keys, let context):
      (line, reason) = (context.mark.line, "\(keys.joined(separator: ", ")) is there twice")
    case .reader(let problem, let offset, _, _):
      line = text.prefix(offset ?? 0).count { $0.isNewline } + 1
      reason = problem
    default: (line, reason) = (nil, "\(error)")
    }
  }
}
