import Domain
import Testing

@Suite struct GuardExpressionTests {
  private func compared(
    _ name: String, _ relation: GuardComparison.Relation, _ values: GuardValue...
  ) -> GuardExpression {
    .comparison(GuardComparison(name, relation, values))
  }

  private func number(_ mantissa: Int128, decimals: Int = 0) -> GuardValue {
    .number(Quantity(mantissa, decimals: decimals))
  }

  @Test func `not binds closest, then and, then or`() throws {
    #expect(
      try GuardExpression.parse("amount>=10000.50 and not department in (FIN, \"R&D\") or urgent")
        == .any([
          .all([
            compared("amount", .greaterOrEqual, number(100_005, decimals: 1)),
            .not(compared("department", .isIn, .text("FIN"), .text("R&D"))),
          ]),
          compared("urgent", .equal, .flag(true)),
        ]))
    #expect(
      try GuardExpression.parse("not (a = 1 or b = 2) and (c = 3 and d = -4)")
        == .all([
          .not(.any([compared("a", .equal, number(1)), compared("b", .equal, number(2))])),
          compared("c", .equal, number(3)), compared("d", .equal, number(-4)),
        ]))
    #expect(
      try GuardExpression.parse("not not exists due and due<2026-12-31")
        == .all([
          .not(.not(.exists("due"))), compared("due", .less, .day(Day("2026-12-31")!)),
        ]))
  }

  @Test(arguments: [
    ("amount>=10000.00", "amount >= 10000"),
    ("((a=1))", "a = 1"),
    ("a=1 or (b=2 or c=3)", "a = 1 or b = 2 or c = 3"),
    ("(a=1 or b=2) and c=3", "(a = 1 or b = 2) and c = 3"),
    ("(a=1 and b=2) or c=3", "a = 1 and b = 2 or c = 3"),
    ("not(a=1 and b=2)", "not (a = 1 and b = 2)"),
    ("urgent", "urgent = true"),
    (#"x in ("and", in-house, "a \"b\" \\", "7")"#, #"x in ("and", in-house, "a \"b\" \\", "7")"#),
    ("x != \"FIN\"", "x != FIN"),
    ("day = 2026-02-01", "day = 2026-02-01"),
  ])
  func `it is written back with no more signs than it needs`(
    _ typed: String, _ written: String
  )
    throws
  {
    let expression = try GuardExpression.parse(typed)
    #expect(expression.text == written)
    #expect(try GuardExpression.parse(written) == expression)
  }

  @Test(arguments: [
    ("", GuardParseError.Expected.name, "", 1),
    ("amount >= ", .value, "", 10),
    ("amount >= and", .value, "and", 11),
    ("amount 5", .connective, "5", 8),
    ("amount > 5 source = manual", .connective, "source", 12),
    ("(amount > 5", .closingParenthesis, "", 12),
    ("amount > 5)", .connective, ")", 11),
    ("source in manual", .openingParenthesis, "manual", 11),
    ("source in (manual bill)", .commaOrClosingParenthesis, "bill", 19),
    ("source in ()", .value, ")", 12),
    ("not", .name, "", 4),
    ("exists 5", .name, "5", 8),
    ("5 < amount", .name, "5", 1),
    ("amount > 1.2.3", .value, "1.2.3", 10),
    ("amount > 5.", .value, "5.", 10),
    ("amount > --5", .value, "--5", 10),
    ("d > 2026-02-30", .value, "2026-02-30", 5),
    ("amount > 1234567890123456789", .value, "1234567890123456789", 10),
    ("and = 5", .name, "and", 1),
    ("amount = min(1, 2)", .connective, "(", 13),
  ])
  func `what is missing is named where it is missing`(
    _ text: String, _ expected: GuardParseError.Expected, _ found: String, _ column: Int
  ) {
    let error = #expect(throws: GuardParseError.self) { try GuardExpression.parse(text) }
    #expect(error?.reason == .expected(expected))
    #expect(error?.found == found)
    #expect(error?.column == column)
  }

  @Test(arguments: [
    ("amount + 5", GuardParseError.Reason.unknownCharacter, 8),
    ("a ! 5", .unknownCharacter, 3),
    ("a = \"open", .unclosedText, 5),
    ("a = \"two\nlines\"", .unknownCharacter, 9),
    ("a = \"\u{202E}\"", .unknownCharacter, 6),
  ])
  func `a character that means nothing is found`(
    _ text: String, _ reason: GuardParseError.Reason, _ column: Int
  ) {
    let error = #expect(throws: GuardParseError.self) { try GuardExpression.parse(text) }
    #expect(error?.reason == reason)
    #expect(error?.column == column)
  }

  @Test func `what is too long or too deep is refused at once`() throws {
    let long = GuardParseError.Reason.tooLong(most: 2_000)
    let deep = GuardParseError.Reason.tooDeep(most: 32)
    for (text, reason) in [
      (String(repeating: "a = 1 and ", count: 10_000) + "a = 1", long),
      (String(repeating: "(", count: 10_000), long),
      (String(repeating: "(", count: 1_900), deep),
      (String(repeating: "not ", count: 400) + "a", deep),
      ("a" + String(repeating: "\u{301}", count: 100_000), long),
      // 400 comparisons fit as they are typed, but not as they are written back.
      (Array(repeating: "a<1", count: 280).joined(separator: "or "), long),
    ] {
      let error = #expect(throws: GuardParseError.self) { try GuardExpression.parse(text) }
      #expect(error?.reason == reason)
    }
    let most = String(repeating: "(", count: 31) + "a" + String(repeating: ")", count: 31)
    #expect(try GuardExpression.parse(most).text == "a = true")
    let nots = String(repeating: "not ", count: 31) + "a"
    #expect(try GuardExpression.parse(nots).text == nots + " = true")
  }

  @Test func `whatever is typed is an expression or an error, and is read back as it is written`() {
    var chance = SplitMix(seed: 7)
    let words = [
      "amount", "x", "and", "or", "not", "in", "exists", "(", ")", ",", "=", "!=", "<", ">=", "5",
      "-0.50", "2026-01-31", "true", "\"q \\\" x\"", "\"", "@", "é", "a-b", "\\",
    ]
    var read = 0
    for _ in 0..<20_000 {
      let count = Int(chance.number(below: 9)) + 1
      let text = (0..<count).map { _ in words[Int(chance.number(below: UInt64(words.count)))] }
        .joined(separator: chance.number(below: 4) == 0 ? "" : " ")
      guard let expression = try? GuardExpression.parse(text) else { continue }
      read += 1
      #expect((try? GuardExpression.parse(expression.text)) == expression, "\(text)")
    }
    #expect(read > 100)
  }
}

@Suite struct GuardVocabularyTests {
  private let entries = GuardVocabulary(
    subject: .entry,
    variables: [
      WorkflowVariable("urgent", .flag), WorkflowVariable("needed", .day),
      WorkflowVariable("size", .choice(["small", "large"])), WorkflowVariable("price", .amount),
      WorkflowVariable("note", .text), WorkflowVariable("people", .number),
    ], exponent: 2, departments: ["FIN", "OPS"])

  @Test(arguments: [
    "amount >= 10000.50", "department in (FIN, OPS) and not exists department",
    "account_class = expense or account_type = contra_asset", "entry_type = adjusting",
    "source in (import, system)", "creator_role != owner", "budget_status = over",
    "attachments < 1", "urgent and needed < 2026-12-31", "size = small", "price > 0.01",
    "note = \"whatever\"", "people > 1.5", "exists urgent",
  ])
  func `what has a meaning has no faults`(_ text: String) throws {
    #expect(entries.faults(in: try GuardExpression.parse(text)) == [])
  }

  @Test(arguments: [
    ("amuont > 5", [GuardFault.unknownName("amuont")]),
    ("exists amuont", [.unknownName("amuont")]),
    ("amount > 5 and colour = red", [.unknownName("colour")]),
    ("amount > large", [.wrongType("amount", .text("large"))]),
    ("amount", [.wrongType("amount", .flag(true))]),
    ("source = 5", [.wrongType("source", .number(Quantity(5)))]),
    ("source = imported", [.unknownWord("source", "imported")]),
    ("department = HR", [.unknownWord("department", "HR")]),
    ("source > manual", [.unordered("source", .greater)]),
    ("note < x", [.unordered("note", .less)]),
    ("urgent > true", [.unordered("urgent", .greater)]),
    ("needed < 5", [.wrongType("needed", .number(Quantity(5)))]),
    ("amount > 1.005", [.amount("amount", .tooManyDecimals(decimals: 2))]),
    ("price > 1.005", [.amount("price", .tooManyDecimals(decimals: 2))]),
    ("amount > 10000000000000.01", [.amount("amount", .tooLarge)]),
    ("amount > 99999999999999999", [.amount("amount", .tooLarge)]),
    ("amount > 999999999999999999", [.amount("amount", .tooLarge)]),
    (
      "size in (small, huge, large, 5)",
      [.unknownWord("size", "huge"), .wrongType("size", .number(Quantity(5)))]
    ),
  ])
  func `what has none is named`(_ text: String, _ faults: [GuardFault]) throws {
    #expect(entries.faults(in: try GuardExpression.parse(text)) == faults)
  }

  @Test func `a request has nothing of the books`() throws {
    let requests = GuardVocabulary(subject: .request, exponent: 2)
    #expect(requests.names == ["creator_role", "attachments"])
    #expect(
      requests.faults(in: try GuardExpression.parse("amount > 5")) == [.unknownName("amount")])
  }
}

@Suite struct GuardFactsTests {
  private static let november30 = Day(sinceEpoch: 20_787)

  private var facts: GuardFacts {
    var facts = GuardFacts(["urgent": [.flag(true)], "needed": [.day(Self.november30)]])
    facts.set(amount: Money(minorUnits: 1_000_000), exponent: 2)
    facts.set(departments: ["FIN", "HQ"])
    facts.set(accountTypes: [.expense, .contraAsset])
    facts.set(entryType: .standard, source: .imported)
    facts.set(creatorRole: .employee)
    facts.set(budget: .over)
    facts.set(attachments: 2)
    return facts
  }

  @Test(arguments: [
    ("amount = 10000", true), ("amount > 10000", false), ("amount >= 10000", true),
    ("amount < 10000.01", true), ("amount <= 9999.99", false), ("amount in (1, 10000.0)", true),
    ("amount != 10000", false), ("amount != 1", true),
    ("department = FIN", true), ("department = HQ", true), ("department = OPS", false),
    ("department != FIN", false), ("department != OPS", true),
    ("account_class = asset and account_class = expense", true),
    ("account_type = asset", false), ("account_type = contra_asset", true),
    ("source = import", true), ("entry_type in (adjusting, closing)", false),
    ("creator_role = employee", true), ("budget_status = over", true), ("attachments >= 2", true),
    ("urgent", true), ("urgent = false", false), ("needed < 2026-12-01", true),
    ("needed > 2026-11-30", false),
    ("not (urgent and attachments > 2)", true), ("attachments > 2 or urgent", true),
    // Nothing is known of these.
    ("exists price", false), ("not exists price", true), ("exists urgent", true),
    ("price = 5", false), ("price != 5", false), ("price < 5", false), ("price in (5)", false),
    ("not price = 5", true),
    // What isn't of a kind is never equal and comes neither before nor after.
    ("needed < 5", false), ("needed >= 5", false), ("urgent = 5", false),
  ])
  func `an expression holds by what is known`(_ text: String, _ holds: Bool) throws {
    #expect(try GuardExpression.parse(text).holds(of: facts) == holds)
  }
}
