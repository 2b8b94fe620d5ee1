import Crypto
package import Domain
package import Store

/// Takes in what a bank says of an account (RULES §3.14): whole, or not at all.
///
/// A line that came before is known and stays as it is, so that exports may overlap and come in any
/// order, and the same file changes nothing twice. Exports begin with a whole day: lines that are
/// equal are told apart by which of their day they are.
package struct ImportBankStatement: Command {
  package static let permission: Permission? = .reconPrepare
  package static let operation = "statement.import"
  package static let event = AuditEvent.imported
  let file: ForeignStatement
  let name: String
  let account: ID<Account>
  let from: Day?
  let to: Day?
  let opening: Money?
  let closing: Money?
  private let sha256: String

  /// `name` is what the audit log calls the file. Days and balances, in minor units of the
  /// account's currency, are for what the file itself doesn't say.
  package init(
    _ file: ForeignStatement, named name: String, into account: ID<Account>, from: Day? = nil,
    to: Day? = nil, opening: Money? = nil, closing: Money? = nil
  ) {
    self.file = file
    self.name = name
    self.account = account
    self.from = from
    self.to = to
    self.opening = opening
    self.closing = closing
    sha256 = hexadecimal(SHA256.hash(data: file.bytes))
  }

  package var subject: Subject { Subject(.bankStatement, name: name) }

  package func subject(after report: BankStatementImport) -> Subject {
    let only = report.statements.count == 1 ? report.statements.first : nil
    return Subject(.bankStatement, only?.id.value, name: name)
  }

  package func resource(in change: Change) throws -> Resource {
    try change.resource(of: account)
  }

  package func run(in change: Change) throws -> BankStatementImport {
    let holder = try change.bankAccount(account)
    let names = Set(file.lines.map(\.account)).subtracting([""])
    guard names.count < 2 else { throw Refusal.bankStatement(.severalAccounts(names.sorted())) }
    let placed = try placed(in: holder.currency)
    let statement = try statement(placed, in: holder.currency)
    let known = try known(placed, of: statement, in: change)
    let spans = try change.statementSpans(of: account)
    let pieces = try statement.news(besides: known)
    var report = BankStatementImport(account: holder.number, currency: holder.currency)
    for piece in pieces {
      let id = try store(piece, in: holder.currency, in: change)
      report.statements.append(
        BankStatementImport.Statement(id: id, span: piece.span, content: piece.lines))
    }
    report.known = placed.count - report.lines
    report.zeroLines = file.lines.count - placed.count
    report.look(at: pieces, besides: spans)
    return report
  }

  // MARK: What the file says

  private typealias Placed = (line: StatementLine, position: SourcePosition)

  /// Its lines but those of nothing, which some banks tell of.
  private func placed(in currency: Currency) throws -> [Placed] {
    var placed: [Placed] = []
    for line in file.lines where !line.amount.isZero {
      do throws(BankStatementProblem.LineFact) {
        try placed.append((line: line.line(in: currency), position: line.position))
      } catch {
        throw Refusal.bankStatement(.line(error, at: line.position))
      }
    }
    return placed
  }

  private func statement(
    _ placed: [Placed], in currency: Currency
  ) throws -> BankStatement {
    do throws(BankStatementFault) {
      return try BankStatement(
        from: from, to: to, opening: opening, closing: closing, lines: placed.map(\.line))
    } catch {
      throw Refusal.bankStatement(
        .fault(error, at: error.line.map { placed[$0].position }, currency))
    }
  }

  // MARK: What is known

  private func known(
    _ placed: [Placed], of statement: BankStatement, in change: Change
  ) throws -> Set<StatementLine.Key> {
    let named = try change.amounts(
      ofLines: placed.compactMap(\.line.bankID), in: account)
    for (line, position) in placed {
      if let amount = line.bankID.flatMap({ named[$0] }), amount != line.amount {
        throw Refusal.bankStatement(.line(.otherAmount, at: position))
      }
    }
    let span = statement.span
    return try change.statementKeys(of: account, span.from...span.to)
      .union(named.keys.map(StatementLine.Key.bankID))
  }

  private func store(
    _ statement: BankStatement, in currency: Currency, in change: Change
  ) throws -> ID<BankStatement> {
    let span = statement.span
    let id = try change.insert(
      BankStatement.self,
      """
      INSERT INTO bank_statements (business_id, account_id, currency, from_date, to_date,
        opening_balance, closing_balance, file_name, file_sha256, imported_by, imported_at)
      VALUES (:business, :account, :currency, :from, :to, :opening, :closing, :file, :sha256,
        :actor, :now)
      """,
      [
        "account": account, "currency": currency.code, "from": span.from, "to": span.to,
        "opening": span.opening, "closing": span.closing, "file": fileName,
        "sha256": sha256, "actor": change.actor.user, "now": change.now,
      ])
    for (index, line) in statement.lines.enumerated() {
      try change.execute(
        """
        INSERT INTO bank_statement_lines (business_id, statement_id, account_id, line_number,
          booked_on, value_date, amount, text, counterparty, reference, bank_id, occurrence,
          suggestion)
        VALUES (:business, :statement, :account, :number, :booked, :valued, :amount, :text,
          :counterparty, :reference, :bankID, :occurrence, :suggestion)
        """,
        [
          "statement": id, "account": account, "number": index + 1, "booked": line.booked,
          "valued": line.valued, "amount": line.amount, "text": line.text,
          "counterparty": line.counterparty, "reference": line.reference, "bankID": line.bankID,
          "occurrence": line.occurrence, "suggestion": line.suggestion,
        ])
    }
    return id
  }

  /// Without its folders, and as much of it as the schema keeps.
  private var fileName: String {
    let last = name.split(separator: "/").last.map(String.init) ?? name
    return String(String.UnicodeScalarView(last.unicodeScalars.suffix(255)))
  }
}

extension BankStatementFault {
  /// The line that it is about, from 0.
  fileprivate var line: Int? {
    switch self {
    case .brokenBalance(let line, _, _), .outside(let line), .repeatedID(let line): line
    case .noLines, .noBalance, .unbalanced, .amount: nil
    }
  }
}

extension ForeignStatementLine {
  /// As the books keep it: digits are never dropped, and no text is cut.
  fileprivate func line(
    in currency: Currency
  ) throws(BankStatementProblem.LineFact) -> StatementLine {
    guard currency.isWritten(self.currency) else {
      throw .currency(self.currency, account: currency.code)
    }
    var after: Money?
    if let balance { after = try balance.money(in: currency) }
    let id = try bankID.fitting(.bankID)
    return StatementLine(
      booked: booked, valued: valued, amount: try amount.money(in: currency),
      text: try text.fitting(.text), counterparty: try counterparty.fitting(.counterparty),
      reference: try (reference.isEmpty ? code : reference).fitting(.reference),
      bankID: id.isEmpty ? nil : id, suggestion: try counterAccount.fitting(.suggestion),
      balance: after)
  }
}

extension Quantity {
  fileprivate func money(
    in currency: Currency
  ) throws(BankStatementProblem.LineFact) -> Money {
    do throws(AmountError) {
      return try money(exponent: currency.exponent)
    } catch {
      throw .amount(error)
    }
  }
}

extension String {
  fileprivate func fitting(
    _ field: BankStatementProblem.Field
  ) throws(BankStatementProblem.LineFact) -> String {
    guard unicodeScalars.count <= field.mostCharacters else { throw .tooLong(field) }
    return self
  }
}

extension Currency {
  /// Whether a bank's word for its currency can mean this one: nothing, its code, its sign or what
  /// that ends in, as $ for CA$. Any sign can stand for a currency that has none here.
  fileprivate func isWritten(_ word: String) -> Bool {
    if word.isEmpty || word.uppercased() == code.uppercased() { return true }
    guard Currency.iso(word.uppercased()) == nil else { return false }
    return symbol.isEmpty || symbol.hasSuffix(word)
  }
}

/// An account that a bank's statements may be of.
private struct BankAccount {
  let number: String
  let currency: Currency
}

extension Reading {
  /// Throws `noSuch`, and `bankStatement` for another kind of account.
  fileprivate func bankAccount(_ account: ID<Account>) throws -> BankAccount {
    let found = try row(
      {
        (
          number: String, name: String, category: AccountCategory, takesLines: Bool, code: String,
          exponent: Int, symbol: String
        ) -> BankAccount in
        guard takesLines, [.bank, .cash].contains(category) else {
          throw Refusal.bankStatement(.notABank("\(number) \(name)"))
        }
        return BankAccount(
          number: number, currency: Currency(code: code, exponent: exponent, symbol: symbol))
      },
      """
      SELECT a.number, a.name, a.category, a.is_header = 0 AND a.status = 'active', c.code,
        c.exponent, c.symbol
      FROM accounts a
      JOIN businesses b ON b.id = :business
      JOIN currencies c ON c.business_id = :business
        AND c.code = coalesce(a.currency, b.base_currency)
      WHERE a.business_id = :business AND a.id = :account AND a.deleted_at IS NULL
      """, ["account": account])
    guard let found else { throw Refusal.noSuch(.account(account)) }
    return found
  }

  /// In the order in which they came.
  fileprivate func statementSpans(of account: ID<Account>) throws -> [StatementSpan] {
    try rows(
      StatementSpan.init,
      """
      SELECT from_date, to_date, opening_balance, closing_balance FROM bank_statements
      WHERE business_id = :business AND account_id = :account ORDER BY id
      """, ["account": account])
  }

  /// What the lines of those days are known by that the bank gives no name of its own.
  fileprivate func statementKeys(
    of account: ID<Account>, _ days: ClosedRange<Day>
  ) throws -> Set<StatementLine.Key> {
    Set(
      try rows(
        { (booked: Day, amount: Money, text: String, occurrence: Int) in
          StatementLine.Key(booked: booked, amount: amount, text: text, occurrence)
        },
        """
        SELECT booked_on, amount, text, occurrence FROM bank_statement_lines
        WHERE business_id = :business AND account_id = :account
          AND booked_on BETWEEN :from AND :to AND bank_id IS NULL
        """, ["account": account, "from": days.lowerBound, "to": days.upperBound]))
  }

  /// The amounts of the lines that the bank calls so, those that there are.
  fileprivate func amounts(
    ofLines ids: [String], in account: ID<Account>
  ) throws -> [String: Money] {
    Dictionary(
      uniqueKeysWithValues: try rows(
        { (id: String, amount: Money) in (id, amount) },
        """
        SELECT bank_id, amount FROM bank_statement_lines
        WHERE business_id = :business AND account_id = :account
          AND bank_id IN (SELECT value FROM json_each(:ids))
        """, ["account": account, "ids": JSON.array(ids.map(JSON.string)).text]))
  }
}
