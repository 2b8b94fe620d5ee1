import Testing

/// The built executable, used as people use it: keys in a real terminal and commands in a shell.
///
/// One test at a time, so that what is waited for isn't slowed down by the next one; before other
/// tests, as most of its time goes by in other processes.
@Suite(
  .serialized, .prompt,
  .enabled(if: Terminal.isAvailable, "tmux is missing: apt-get install tmux"))
struct EndToEnd {}

/// Whatever a suite waits for goes on before what waits in other tests.
struct Prompt: SuiteTrait, TestScoping {
  func provideScope(
    for test: Test, testCase: Test.Case?,
    performing function: @concurrent @Sendable () async throws -> Void
  ) async throws {
    try await withoutActuallyEscaping(function) { function in
      try await Task(priority: .high) { try await function() }.value
    }
  }
}

extension Trait where Self == Prompt {
  static var prompt: Self { Self() }
}
