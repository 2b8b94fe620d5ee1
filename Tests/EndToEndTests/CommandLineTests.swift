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

    @Test func `the demonstration is made where $COREFLOW_DB says, and shown as asked`()
      async throws
    {
      try await Office.empty { office in
        let made = try await office.run(
          "--format", "json", "demo", "--no-ui", "--business", "alpenrad")
        #expect(made.status == 0, "\(made.errors)")
        #expect(made.output.hasPrefix(#"{"database":"\#(office.books)","#), "\(made.output)")
        #expect(made.output.contains(#""email":"viewer@demo.example""#))
        #expect(made.output.contains(#""currency":"EUR""#))
        #expect(made.output.contains(#""balanced":true"#))
        #expect(try office.mode(of: "books.db") == 0o600)
        #expect(try office.files(in: "share").isEmpty)
        let lines = try await office.run("demo", "--format", "csv", "--no-ui").lines
        #expect(lines.first == "number,account,type,currency,debit,credit")
        let foreign = try await office.run("demo", "--business", "nowhere")
        #expect(foreign.status == 3)
      }
    }
  }
}
