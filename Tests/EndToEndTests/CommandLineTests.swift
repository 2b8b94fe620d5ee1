import Testing

extension EndToEnd {
  /// The executable's own commands, and what it needs a terminal for.
  @Suite struct CommandLineTests {
    /// In a session of its own, which no terminal belongs to.
    private static let alone = "setsid -w"

    @Test(arguments: [
      ("coreflow ui < /dev/null", "This needs a terminal, and there is none."),
      ("coreflow < /dev/null", "This needs a terminal, and there is none."),
      ("env TERM=dumb coreflow ui", "The terminal \"dumb\" (TERM) can't show full screens."),
    ])
    func `where there can be no screen, one plain line says what to do`(
      _ command: String, _ said: String
    ) async throws {
      try await Office.withDemonstration { office in
        let answer = try await office.shell("\(Self.alone) \(command)")
        #expect(answer.status == 1)
        #expect(answer.output.isEmpty)
        #expect(answer.errors.hasPrefix(said), "\(answer.errors)")
        #expect(answer.errors.split(whereSeparator: \.isNewline).count == 1)
        #expect(!answer.errors.contains("unexpected") && !answer.errors.contains(".."))
      }
    }
  }
}
