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

    @Test(arguments: ["ui", "demo"])
    func `the help of what opens a screen has an example and what all commands take`(
      _ command: String
    ) async throws {
      try await Office.empty { office in
        let help = try await office.run(command, "--help")
        #expect(help.status == 0)
        #expect(help.output.contains("Example: coreflow "))
        for flag in ["--db", "--business", "--format", "--no-colour"] {
          #expect(help.output.contains(flag))
        }
        #expect(try office.files(in: "share").isEmpty)
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

    @Test func `the demonstration made by three at once is made once, and whole`() async throws {
      try await Office.empty { office in
        let makers = try (1...3).map { _ in try office.start(["demo", "--no-ui"]) }
        for maker in makers {
          let answer = try await maker.answer()
          #expect(answer.status == 0, "\(answer.errors)")
          #expect(answer.output.contains("Trial balance of"))
        }
        try await office.signIn("owner")
        let proof = try await office.run("--business", Office.business, "audit", "verify")
        #expect(proof.status == 0, "\(proof.errors)")
        #expect(try office.files(in: ".").filter { $0.contains(".new") }.isEmpty)
      }
    }

    @Test func `the demonstration is kept until it is reset`() async throws {
      try await Office.withDemonstration { office in
        func entries() async throws -> [String] {
          try await office.signIn("owner")
          return try await office.run(
            "--business", Office.business, "journal", "list", "--limit", "500", "--format", "csv"
          ).lines
        }
        try await office.signIn("owner")
        let added = try await office.run(
          "--business", Office.business, "journal", "add", "-d", "Only here", "6600", "1", "1120")
        #expect(added.status == 0, "\(added.errors)")
        #expect(try await office.run("demo", "--no-ui").status == 0)
        #expect(try await entries().contains { $0.contains("Only here") })

        let reset = try await office.run("demo", "--no-ui", "--reset")

        #expect(reset.status == 0, "\(reset.errors)")
        #expect(reset.lines.last?.hasPrefix("Total") == true)
        #expect(try await !entries().contains { $0.contains("Only here") })
        #expect(try await entries().count > 100)
        try await office.expectSoundBooks()
      }
    }

    @Test(arguments: [[], ["--reset"]])
    func `real books are never replaced by the demonstration`(_ flags: [String]) async throws {
      try await Office.empty { office in
        let made = try await office.run(
          "init", "--business", "Acme", "--currency", "USD", "--owner", "ada@example.com",
          "--password-stdin", input: Office.password)
        try #require(made.status == 0, "\(made.errors)")
        let login = try await office.run(
          "login", "ada@example.com", "--password-stdin", input: Office.password)
        try #require(login.status == 0, "\(login.errors)")

        let answer = try await office.start(["demo", "--no-ui"] + flags).answer()

        #expect(answer.status == 1)
        #expect(answer.errors.contains("\(office.books) has a business already."))
        #expect(try await office.run("whoami").lines.last == "acme      Acme  owner")
        try await office.expectSoundBooks()
      }
    }
  }
}
