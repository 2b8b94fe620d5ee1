/// Reading that goes on beside whoever waits for it: a file of megabytes takes longer than a screen
/// may stand still.
package enum Beside {
  @concurrent
  package static func read<Value: Sendable>(
    _ read: @Sendable () throws -> Value
  ) async throws -> Value {
    try read()
  }
}
