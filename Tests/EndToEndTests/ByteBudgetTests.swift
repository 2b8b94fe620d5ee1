import Testing

extension EndToEnd {
  /// What the line carries, which may be a slow one.
  @Suite struct ByteBudgetTests {
    /// Bytes that moving the cursor one row may take.
    private struct Budget {
      let columns: Int
      let rows: Int
      /// Of most moves.
      let median: Int
      /// Of any within a page: what may be done has changed, or the facts of an entry.
      let most: Int
    }

    private static let budgets = [
      Budget(columns: 80, rows: 24, median: 400, most: 800),
      Budget(columns: 200, rows: 50, median: 700, most: 1400),
    ]
    private static let moves = 12
    private static let down = "\u{1B}[B"

    @Test func `moving the cursor takes few bytes on every list, and waiting none`() async throws {
      try await Office.withDemonstration { office in
        try await post(in: office)
        for budget in Self.budgets {
          try await Wire.open(in: office, columns: budget.columns, rows: budget.rows) { wire in
            try await signIn(at: wire)
            try await expectFewBytes("2", "Journal", budget, at: wire, once: "Fitting out")
            try await expectFewBytes("3", "Chart of accounts", budget, at: wire, once: "1110")
            // A register opens with its newest line under the cursor.
            try await wire.open("/1120\r", "Filter")
            try await wire.open("\r", "Credit")
            try await expectFewBytes(key: "\u{1B}[A", "register", budget, at: wire)
            try await expectFewBytes("4", "Trial balance", budget, at: wire)
            try await expectFewBytes("6", "Audit log", budget, at: wire)
            #expect(try await wire.bytes(within: .seconds(3)) == 0)
          }
        }
      }
    }

    /// Entries of two, four and six lines, by turns.
    private func post(in office: Office) async throws {
      try await office.signIn("owner")
      let accounts = ["6200", "6300", "6400", "6500", "6600"]
      for number in 0..<18 {
        let lines = accounts.prefix([1, 3, 5][number % 3]).enumerated().map { index, account in
          [account, "\(12 + 7 * number + index).50"]
        }
        let answer = try await office.start(
          ["--business", Office.business, "journal", "add", "--date", "today", "-d"]
            + ["Fitting out number \(number), \(["tar", "lamp oil", "rope"][number % 3])"]
            + lines.joined() + ["1120", "--post"]
        ).answer()
        try #require(answer.status == 0, "\(answer.errors)")
      }
    }

    private func signIn(at wire: Wire) async throws {
      try await wire.open("", "E-mail")
      try await wire.open("\u{15}owner@demo.example\t\(Office.password)\r", "Harbour Chandlery")
      try await wire.open("\r", "Harbour Chandlery |")
    }

    /// `row` is what comes with the rows, where the title comes well before them.
    private func expectFewBytes(
      _ keys: String, _ title: String, _ budget: Budget, at wire: Wire, once row: String? = nil
    ) async throws {
      // A list begins where it was left, which may be where it scrolls.
      try await wire.open(keys + "g", row ?? title)
      try await expectFewBytes(key: Self.down, title, budget, at: wire)
    }

    private func expectFewBytes(
      key: String, _ title: String, _ budget: Budget, at wire: Wire
    ) async throws {
      var counts: [Int] = []
      for _ in 0..<Self.moves { counts.append(try await wire.bytes(of: key)) }
      counts.sort()
      let facts: Comment = "\(title) at \(budget.columns) by \(budget.rows): \(counts)"
      #expect(1...budget.median ~= counts[counts.count / 2], facts)
      #expect(counts.allSatisfy { 1...budget.most ~= $0 }, facts)
    }
  }
}
