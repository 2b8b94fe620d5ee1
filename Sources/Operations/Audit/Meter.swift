import Domain
import Store

/// Measures one command, so that the records of everything that a transaction did add up to what it
/// took: a command's record has neither the work of commands that it brought about, which have
/// records of their own, nor what recording took (RULES §6.7).
struct Meter {
  private let change: Change
  private let began: Usage
  private let recordedBefore: Usage
  private let recordingBefore: Usage

  init(_ change: Change) {
    self.change = change
    began = change.usage
    recordedBefore = change.scope.recorded
    recordingBefore = change.scope.recording
  }

  struct Measured {
    /// Without what others have on record.
    let own: Usage
    /// With it: what a refusal takes back has no other record any more.
    let all: Usage
  }

  /// Has `append` write what was used since the beginning.
  func record(_ append: (Measured) throws -> Void) throws {
    let scope = change.scope
    let ended = change.usage
    try append(
      Measured(
        own: ended - began - (scope.recorded - recordedBefore),
        all: ended - began - (scope.recording - recordingBefore)))
    let recorded = change.usage
    scope.recording = scope.recording + (recorded - ended)
    scope.recorded = recordedBefore + (recorded - began)
  }
}
