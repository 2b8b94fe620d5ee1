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

  package var today: Day { clock().day }

  /// The day that `text` names: on a command line nothing but today has it to go by.
  func day(_ text: String) throws -> Day {
    try DayExpression.parse(text, today: today, reference: today)
  }

  /// A password of at most `mostPasswordBytes`, without the line end that a pipe may leave.
  func password(_ options: PasswordOptions, prompt: String) throws -> String {
    guard options.passwordStdin else {
      guard let password = askSecretly(prompt) else { throw Failure.noTerminalForPassword }
      return password
    }
    var bytes = try readInput()
    if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
    guard let password = String(validating: bytes, as: UTF8.self) else {
      throw Failure.inputNotUTF8
    }
    return password
  }

  /// The same, asked twice where somebody types it, as nobody sees what they type.
  func newPassword(_ options: PasswordOptions) throws -> String {
    let password = try password(options, prompt: "New password: ")
    guard !options.passwordStdin else { return password }
    guard askSecretly("The same again: ") == password else { throw Failure.passwordsDiffer }
    return password
  }
}

/// What goes wrong with the standard streams.
package enum StreamFault: Error, Hashable, Sendable {
  case unreadable(reason: String)
  case unwritable(reason: String)
  case inputTooLong(mostBytes: Int)
}
