package import Domain
package import Operations

/// What a command gets from the world around it: nothing else in this target looks at the process,
/// so that tests can say what the world is like.
package struct Surroundings: Sendable {
  package enum Stream: Hashable, Sendable {
    case input
    case output
    case error
  }

  package var environment: [String: String]
  /// What relative paths start from.
  package var workingFolder: String
  /// Whether a person's terminal is at the other end, stream by stream.
  package var isTerminal: @Sendable (Stream) -> Bool
  /// Everything on standard input. Throws what reading it threw.
  package var readInput: @Sendable () throws -> [UInt8]
  /// Asks for a line without showing it; nil where no terminal is there to ask.
  package var askSecretly: @Sendable (_ prompt: String) -> String?
  /// Prints to `output` or `error`.
  package var write: @Sendable (Stream, String) throws -> Void
  package var clock: @Sendable () -> Timestamp
  package var chance: @Sendable (Int) -> [UInt8]
  package var origin: Origin

  package init(
    environment: [String: String], workingFolder: String,
    isTerminal: @escaping @Sendable (Stream) -> Bool,
    readInput: @escaping @Sendable () throws -> [UInt8],
    askSecretly: @escaping @Sendable (_ prompt: String) -> String?,
    write: @escaping @Sendable (Stream, String) throws -> Void,
    clock: @escaping @Sendable () -> Timestamp,
    chance: @escaping @Sendable (Int) -> [UInt8] = systemChance, origin: Origin
  ) {
    self.environment = environment
    self.workingFolder = workingFolder
    self.isTerminal = isTerminal
    self.readInput = readInput
    self.askSecretly = askSecretly
    self.write = write
    self.clock = clock
    self.chance = chance
    self.origin = origin
  }

  /// Whether a terminal here shows more than ASCII. Where the environment doesn't say, it does.
  var hasUnicode: Bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }
      .first { !$0.isEmpty }
    return locale?.uppercased().contains("UTF") ?? true
  }

  package var today: Day { clock().day }

  /// A password, without the line end that a pipe may leave.
  func password(_ options: PasswordOptions, prompt: String) throws -> String {
    try secrets(options, [prompt])[0]
  }

  /// The same, asked twice where somebody types it, as nobody sees what they type.
  func newPassword(_ options: PasswordOptions) throws -> String {
    try newPassword(options, after: [])[0]
  }

  /// What is secret, and a new password behind it.
  func newPassword(_ options: PasswordOptions, after prompts: [String]) throws -> [String] {
    let secrets = try secrets(options, prompts + ["New password: "])
    guard !options.passwordStdin else { return secrets }
    guard askSecretly("The same again: ") == secrets.last else { throw Failure.passwordsDiffer }
    return secrets
  }

  /// What is secret, each asked for, or a line of what is piped in.
  func secrets(_ options: PasswordOptions, _ prompts: [String]) throws -> [String] {
    guard options.passwordStdin else { return try prompts.map(secret) }
    let lines = try pipedLines()
    guard lines.count == prompts.count else { throw Failure.linesExpected(prompts.count) }
    return lines
  }

  func secret(_ prompt: String) throws -> String {
    guard let secret = askSecretly(prompt) else { throw Failure.noTerminalForPassword }
    return secret
  }

  /// The last may lack its end.
  func pipedLines() throws -> [String] {
    guard let text = String(validating: try readInput(), as: UTF8.self) else {
      throw Failure.inputNotUTF8
    }
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map(String.init)
    return lines.count > 1 && lines.last == "" ? lines.dropLast() : lines
  }
}

/// What goes wrong with the standard streams.
package enum StreamFault: Error, Hashable, Sendable {
  case unreadable(reason: String)
  case unwritable(reason: String)
  case inputTooLong(mostBytes: Int)
}
