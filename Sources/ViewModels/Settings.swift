package import Domain

/// What somebody set up for themselves, and what the program remembers for them between runs.
package struct Settings {
  package var keys = KeySettings()
  package var hasMouse = false
  /// Whether lines are read aloud rather than a screen looked at.
  package var isLinear = false
  /// Whether the terminal may have a clipboard.
  package var canCopy = true
  package var amounts = AmountFormat()
  package var theme = "default"
  /// All that can be chosen.
  package var themes: [String] = []
  /// The amount, in whole units of a business's own currency, above which what is confirmed has to be
  /// typed; nil asks for no typing.
  package var confirmAbove: Int?
  /// Longer lists are read in their own order, a page at a time, and filtered as far as this.
  package var mostArrangedRows = 10_000
  package var memory = Memory()
  /// Where files are that are named without a folder.
  package var workingFolder = "."

  package init() {}

  /// Small texts under names, kept by whoever runs the program; tests keep them in memory.
  package struct Memory {
    package let read: (String) -> String?
    package let write: (String, String) -> Void
    package let remove: (String) -> Void

    package init(
      read: @escaping (String) -> String? = { _ in nil },
      write: @escaping (String, String) -> Void = { _, _ in },
      remove: @escaping (String) -> Void = { _ in }
    ) {
      self.read = read
      self.write = write
      self.remove = remove
    }
  }
}

/// What is wrong with a file that a person set something up in, and in which line.
nonisolated package struct SettingsFault: Error, Hashable {
  package let path: String
  /// From 1; nil if the fault has no place.
  package let line: Int?
  package let reason: String

  package init(path: String, line: Int?, reason: String) {
    self.path = path
    self.line = line
    self.reason = reason
  }

  package var words: String { path + (line.map { ":\($0)" } ?? "") + ": " + reason }
}

extension Int {
  /// `1,234`, for counts that people read.
  var grouped: String { AmountFormat().text(Money(minorUnits: Int64(self)), exponent: 0) }
}
