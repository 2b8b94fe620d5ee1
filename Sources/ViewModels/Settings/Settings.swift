package import Domain
package import Phrases

/// What somebody set up for themselves, and what the program remembers for them between runs.
package struct Settings {
  package var keys = KeySettings()
  package var hasMouse = false
  /// Whether lines are read aloud rather than a screen looked at.
  package var isLinear = false
  /// Whether the terminal may have a clipboard.
  package var canCopy = true
  /// Whether the terminal shows more than ASCII.
  package var isUnicode = true
  package var amounts = AmountFormat()
  /// From how many whole units of a business's base currency on something that can't be undone is
  /// confirmed by typing; nil asks for no such thing.
  package var confirmAbove: Int?
  /// How long a lone Esc is waited with, in case it begins another key.
  package var escapeMilliseconds = 25
  package var theme = "default"
  /// What the program speaks.
  package var language = Language.english
  /// All that can be chosen.
  package var themes = ["default"]
  /// Longer lists are read in their own order, a page at a time, and filtered as far as this.
  package var mostArrangedRows = 10_000
  package var memory = Memory()
  package var file = File()
  /// Where in the file those settings stand that it has, by their names.
  package var origins: [String: String] = [:]
  /// What has the last word over a setting, whatever the file says: `a terminal without colours`.
  package var overridden: [String: String] = [:]
  /// Where files are that are named without a folder.
  package var workingFolder = "."

  package init() {}

  /// Where settings are kept between runs. By itself nowhere: tests and the program without a home.
  package struct File {
    package let path: String
    /// The given settings with what the file has in place of theirs. Throws `SettingsFault`.
    package let read: (Settings) throws -> Settings
    /// The same once the file has this value, or none. Throws `SettingsFault`.
    package let write: (Settings, Setting, Setting.Value?) throws -> Settings

    package init(
      path: String = "", read: @escaping (Settings) throws -> Settings = { $0 },
      write: @escaping (Settings, Setting, Setting.Value?) throws -> Settings = {
        old, setting, value in
        var new = old
        setting.set(&new, value)
        new.origins[setting.name] = value.map { _ in "set here" }
        return new
      }
    ) {
      self.path = path
      self.read = read
      self.write = write
    }
  }

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
