import Domain
import Interchange
import Operations
import Phrases

/// What a bank says of an account, by the rules for its files.
struct StatementImport: ImportSource {
  let account: ID<Account>
  /// What the bank's amounts are in, and its decimals.
  let currency: String
  let exponent: Int

  var title: Phrase { "Import a statement" }
  var advice: Phrase { "Without a column of balances, say what was there before or after." }
  var permission: Permission? { ImportBankStatement.permission }

  func fields(at desk: Desk) -> [FormField] {
    [
      path("File", 0, at: desk), path("Rules for it", 1, at: desk),
      FormField(label: "Before it (\(currency))"), FormField(label: "After it (\(currency))"),
      FormField(label: "First day"), FormField(label: "Last day"),
    ]
  }

  func preview(_ texts: [String], at desk: Desk) async throws -> ImportPreview {
    let (file, rules) = (texts[0], texts[1])
    guard !file.isEmpty else { throw FieldFault(0, "Which file?") }
    guard !rules.isEmpty else { throw FieldFault(1, "Which rules?") }
    func money(_ field: Int) throws -> Money? {
      try FieldFault.reading(field, of: texts) {
        try AmountExpression.parse($0, exponent: exponent)
      }
    }
    func day(_ field: Int) throws -> Day? {
      try FieldFault.reading(field, of: texts) {
        try DayExpression.parse($0, today: desk.today, reference: desk.today)
      }
    }
    let (opening, closing, from, to) = (try money(2), try money(3), try day(4), try day(5))
    let files = JournalFiles.onDisk(
      from: desk.navigator.settings.workingFolder, mostBytes: BankLimits.fileBytes)
    let statement = try await Beside.read {
      try BankFile.read(path: file, rules: rules, files: files)
    }
    let command = ImportBankStatement(
      statement, named: file, into: account, from: from, to: to, opening: opening,
      closing: closing)
    let report = try await desk.workspace.simulate(command, as: desk.principal)
    let notes =
      statement.warnings.map { Phrase(verbatim: $0.text) } + report.warnings.map(report.phrase)
    return preview(of: report, notes, at: desk) { screen in
      screen.perform(command) { "Lines imported: \($0.lines)" }
    }
  }

  private func preview(
    of report: BankStatementImport, _ notes: [Phrase], at desk: Desk,
    carryOut: @escaping (ImportScreen) -> [Effect]
  ) -> ImportPreview {
    guard !report.statements.isEmpty else {
      return ImportPreview(
        head: "Nothing would change: all \(report.known) lines were imported before.",
        remarks: notes)
    }
    func text(_ money: Money) -> String {
      desk.navigator.settings.amounts.text(money, exponent: report.currency.exponent)
    }
    let spans: [Phrase] = report.statements.map { statement in
      let span = statement.span
      return """
        \(span.from.text) to \(span.to.text): from \(text(span.opening)) to \
        \(text(span.closing)) \(report.currency.code), lines: \(statement.lines)
        """
    }
    let facts: [Phrase] = [
      report.known > 0 ? "Imported before, as they are: \(report.known)" : .empty,
      report.zeroLines > 0 ? "Lines of amount zero, left out: \(report.zeroLines)" : .empty,
    ]
    return ImportPreview(
      head: "Lines that would come into \(report.account): \(report.lines)",
      remarks: (spans + facts + notes).filter { !$0.isEmpty },
      table: TablePanel.made(
        [
          TableColumn("Date", .fixed(10)), TableColumn("Text", .text(atLeast: 20)),
          TableColumn("Amount", .amount),
        ],
        report.statements.flatMap(\.content).map {
          [
            Phrase(verbatim: $0.booked.text), Phrase(verbatim: $0.text),
            Phrase(verbatim: text($0.amount)),
          ]
        }), carryOut: carryOut)
  }
}

/// Another program's chart of accounts.
struct ChartImport: ImportSource {
  private static let types = AccountType.allCases.filter { !$0.isContra }

  var title: Phrase { "Import accounts" }
  var advice: Phrase { "Accounts that are there stay as they are." }
  var permission: Permission? { ImportChart.permission }

  func fields(at desk: Desk) -> [FormField] {
    let words = desk.words
    return [
      path("File", 0, at: desk),
      FormField(label: "Written as", text: ChartFile.Format.gnucash.rawValue) { _ in
        ChartFile.Format.allCases.map(\.rawValue)
      },
      FormField(label: "Types, as Name=type"),
      FormField(label: "Other types are") { _ in
        Self.types.map { words.text($0.phrase, $0.rawValue) }
      },
    ]
  }

  func preview(_ texts: [String], at desk: Desk) async throws -> ImportPreview {
    let file = texts[0]
    guard !file.isEmpty else { throw FieldFault(0, "Which file?") }
    guard let format = ChartFile.Format(rawValue: texts[1].lowercased()) else {
      throw FieldFault(1, "There is no such format.")
    }
    let (mapped, untyped) = (try mapping(texts[2]), try type(texts[3], desk.words))
    let files = JournalFiles.onDisk(
      from: desk.navigator.settings.workingFolder, mostBytes: ChartLimits.fileBytes)
    let chart = try await Beside.read {
      try ChartFile.read(path: file, format: format, files: files)
    }
    let command = ImportChart(chart, file: file, mapped: mapped, untyped: untyped)
    do {
      let report = try await desk.workspace.simulate(command, as: desk.principal)
      return preview(of: report, chart, command)
    } catch Refusal.importing(let problem) {
      guard case .untyped(let accounts, _) = problem.fact else {
        throw Refusal.importing(problem)
      }
      return .refused([
        """
        The types of \(accounts.count) accounts are unknown: \(accounts.joined(separator: ", ")). \
        Say them above.
        """
      ])
    }
  }

  private func mapping(_ text: String) throws -> [String: AccountType] {
    let pairs = text.split(separator: ",").map { String($0).trimmingSpaces }
    let words: Phrase = "Write it as Assets:Cash=asset, with commas between several."
    do throws(ForeignMappingFault) {
      let mapping = try ForeignMapping(pairs)
      guard mapping.currencies.isEmpty else { throw .neitherTypeNorCurrency(text) }
      return mapping.accountTypes
    } catch {
      throw FieldFault(2, words)
    }
  }

  private func type(_ text: String, _ words: ChoiceWords) throws -> AccountType? {
    guard !text.isEmpty else { return nil }
    let chosen = Self.types.first { words.text($0.phrase, $0.rawValue) == text }
    guard let type = chosen ?? AccountType(foreignWord: text) else {
      throw FieldFault(3, "There is no such type.")
    }
    return type
  }

  private func preview(
    of report: ChartImportReport, _ chart: ForeignChart, _ command: ImportChart
  ) -> ImportPreview {
    let facts: [Phrase] = [
      report.known > 0 ? "There already, as they are: \(report.known)" : .empty,
      report.numbered > 0 ? "Numbers given to those without: \(report.numbered)" : .empty,
      report.said > 0 ? "Of a type that you said: \(report.said)" : .empty,
    ]
    let remarks =
      facts.filter { !$0.isEmpty } + report.leftOut.map { Phrase(verbatim: $0.words) }
    guard !report.changedNothing else {
      return ImportPreview(
        head: "Nothing would change: there is nothing new in it.", remarks: remarks)
    }
    let lines = Dictionary(
      zip(chart.paths, chart.accounts.map(\.position.line)), uniquingKeysWith: { first, _ in first }
    )
    return ImportPreview(
      head: "Accounts that would be made: \(report.accounts.count)", remarks: remarks,
      table: TablePanel.made(
        [TableColumn("Line", .fixed(6)), TableColumn("Account", .text(atLeast: 20))],
        report.accounts.map {
          [Phrase(verbatim: lines[$0].map(String.init) ?? ""), Phrase(verbatim: $0)]
        })
    ) { screen in screen.perform(command) { "Accounts imported: \($0.accounts.count)" } }
  }
}

/// What accounts hold when the books begin.
struct OpeningImport: ImportSource {
  var title: Phrase { "Opening balances" }
  var advice: Phrase { "CSV; its first line names number, debit, credit. It is kept as a draft." }
  var permission: Permission? { EnterOpening.permission }

  func fields(at desk: Desk) -> [FormField] { [path("File", 0, at: desk)] }

  func preview(_ texts: [String], at desk: Desk) async throws -> ImportPreview {
    let file = texts[0]
    guard !file.isEmpty else { throw FieldFault(0, "Which file?") }
    let files = JournalFiles.onDisk(from: desk.navigator.settings.workingFolder)
    let sheet = try await Beside.read { try OpeningSheet.read(path: file, files: files) }
    let facts = try await desk.workspace.fetch(EntryFormFacts(), as: desk.principal)
    let lines = try sheet.lines(
      by: OpeningSheet.Names(
        base: facts.valuation.base, account: { try facts.accounts.named($0).id },
        currency: { try facts.currency($0) }, words: { UserMessage($0).text }))
    let content = lines.map(\.content)
    do {
      let outcome = try await desk.workspace.simulate(
        EnterOpening(content, isTried: true), as: desk.principal)
      return preview(of: outcome, lines, facts, at: desk)
    } catch let refusal as Refusal {
      throw refusal.placed(on: lines.map(\.line))
    }
  }

  private func preview(
    of outcome: EnterOpening.Outcome, _ lines: [(line: Int, content: LineContent)],
    _ facts: EntryFormFacts.Value, at desk: Desk
  ) -> ImportPreview {
    let accounts = Dictionary(
      facts.accounts.map { ($0.id, $0.label) }, uniquingKeysWith: { first, _ in first })
    func row(_ line: String, _ account: String, _ base: Money) -> [Phrase] {
      [line, account, desk.column(base.debit), desk.column(base.credit)]
        .map { Phrase(verbatim: $0) }
    }
    var rows = lines.map {
      row(String($0.line), accounts[$0.content.account] ?? "", $0.content.base)
    }
    if !outcome.toEquity.isZero { rows.append(row("", outcome.equity, outcome.toEquity)) }
    let table = TablePanel.made(
      [
        TableColumn("Line", .fixed(6)), TableColumn("Account", .text(atLeast: 20)),
        TableColumn("Debit", .amount), TableColumn("Credit", .amount),
      ], rows)
    let head: Phrase = """
      Opening balances of \(outcome.day.text): \(desk.text(outcome.total)) on each side
      """
    if let standing = outcome.standing {
      return ImportPreview(
        head: "\(standing) has opening balances already. Discard it first.", remarks: [head],
        table: table)
    }
    return ImportPreview(head: head, table: table) { screen in
      screen.perform(EnterOpening(lines.map(\.content))) {
        "\($0.entered.name) has the opening balances, as a draft."
      } next: {
        desk.navigator.show(EntryScreen($0.entered.entry, at: desk))
      }
    }
  }
}
