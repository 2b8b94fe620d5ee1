import ArgumentParser
import Domain
import Interchange
import Operations
import Phrases

struct JournalGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "journal", abstract: "Journal entries.",
    subcommands: [
      JournalList.self, JournalShow.self, JournalAdd.self, JournalEdit.self, JournalSubmit.self,
      JournalApprove.self, JournalReject.self, JournalWithdraw.self, JournalRecall.self,
      JournalPost.self, JournalReverse.self, JournalCorrect.self, JournalOpening.self,
      JournalAllocate.self, JournalAllocationGroup.self, JournalDiscard.self, JournalVoid.self,
      JournalTemplateGroup.self, JournalRecurGroup.self,
    ])
}

extension JournalPage.Filter: ExpressibleByArgument {}

struct JournalList: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List entries, the newest first.",
    discussion: """
      Example: coreflow journal list --search "rent type:adjusting amount>500" --limit 20
      Words are looked for in the text, payee, reference, notes and lines; the fields are no, date,
      from, to, description, amount, status, type, kind, source, by, account, project, party, tag
      and is, as in the journal's filter on the screen. What was taken back on its own day is printed as
      VOID; csv and json keep its status, and have void beside it.
      """)

  @Option(help: "Which entries: all, drafts, waiting, posted or voided.")
  var status = JournalPage.Filter.all

  @Option(help: ArgumentHelp("Only entries that fit this.", valueName: "words"))
  var search = ""

  @OptionGroup var paging: PagingOptions
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let from = try paging.after.map(JournalPage.Key.init(cursor:))
    let wanted = EntrySearch(search)
    if let fault = wanted.fault { throw ValidationError(fault.english) }
    let seat = try await Seat(options, in: surroundings)
    let page = paging.page(
      of: try await seat.fetch(JournalPage(status, wanted, from: from, limit: paging.limit + 1)))
    func cells(_ head: EntryHead, _ status: String) -> [Table.Cell] {
      [
        .text(head.name), .text(head.date.text), .text(head.type.rawValue), .text(status),
        .text(head.description), seat.amount(head.total), .text(head.creator),
      ]
    }
    let columns = ["number", "date", "type", "status", "description", "total", "created_by"]
    try Output(to: surroundings, output).page(
      Table(
        columns + ["void", "kind"],
        page.rows.map {
          cells($0, $0.status.rawValue)
            + [.flag($0.isVoid), .optional($0.adjustment?.rawValue)]
        }),
      text: Table(columns, page.rows.map { cells($0, $0.isVoid ? "VOID" : $0.status.rawValue) }),
      next: page.last?.key.cursor)
  }
}

extension JournalPage.Key {
  /// `2026-11-23.4711`.
  fileprivate var cursor: String { "\(date.text).\(entry.value)" }

  fileprivate init(cursor: String) throws {
    let parts = cursor.split(separator: ".").map(String.init)
    guard parts.count == 2, let day = Day(parts[0]), let entry = Int64(parts[1]) else {
      throw PagingOptions.cursorFault
    }
    self.init(date: day, entry: ID(entry))
  }
}

struct JournalShow: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show one entry with its lines and what happened to it.",
    discussion: "Example: coreflow journal show GJ-2026-000123")

  @OptionGroup var entry: EntryArgument
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let entry = try await seat.fetch(EntryDetail(seat.entry(entry.name)))
    let table = entry.table(exponent: seat.place.exponent, account: \.path)
    let labelled = entry.table(exponent: seat.place.exponent) { "\($0.number) \($0.path)" }
      .dropping([
        "rate", "rate_date", "rate_id", "rate_source", "tax_code", "tax_amount", "quantity", "unit",
        "department", "project", "counterparty", "reference", "tags",
      ])
    try Output(to: surroundings, output).show(
      table, json: entry.json(table), text: entry.text(labelled))
  }
}

/// The entry that a command is about.
struct EntryArgument: ParsableArguments {
  @Argument(help: ArgumentHelp("The entry: GJ-2026-000123, or D-31.", valueName: "entry"))
  var name: String
}

extension Table {
  /// Without those of the columns `names` in which no row says anything.
  fileprivate func dropping(_ names: Set<String>) -> Table {
    let blank: Set<Cell> = [.text(""), Cell.none]
    let kept = columns.indices.filter { index in
      !names.contains(columns[index]) || rows.contains { !blank.contains($0[index]) }
    }
    return Table(kept.map { columns[$0] }, rows.map { row in kept.map { row[$0] } })
  }
}

extension EntryDetail.Line {
  fileprivate var taxCell: Table.Cell {
    if let tax { .amount(tax, exponent: exponent) } else { .none }
  }
}

extension EntryDetail.Value {
  fileprivate func table(exponent: Int, account: (EntryDetail.Line) -> String) -> Table {
    Table(
      [
        "account", "debit", "credit", "currency", "base", "rate", "rate_date", "rate_id",
        "rate_source", "tax_code", "tax_amount", "quantity", "unit", "department", "project",
        "counterparty", "reference", "tags",
      ],
      lines.map {
        [
          .text(account($0)), .side($0.amount.debit, exponent: $0.exponent),
          .side($0.amount.credit, exponent: $0.exponent), .text($0.currency),
          .amount($0.base, exponent: exponent), .text($0.rate?.text ?? ""),
          .text($0.rateDay?.text ?? ""), .text($0.rateID.map { String($0.value) } ?? ""),
          .text($0.rateSource?.rawValue ?? ""), .text($0.taxCode), $0.taxCell,
          .text($0.quantity?.number ?? ""), .text($0.quantity?.unit ?? ""), .text($0.department),
          .text($0.project), .text($0.counterparty), .text($0.reference), .text($0.tagText),
        ]
      })
  }

  fileprivate func json(_ table: Table) -> JSON {
    [
      "id": .string("D-\(head.draftNumber)"), "number": .text(head.number),
      "status": .string(head.status.rawValue), "type": .string(head.type.rawValue),
      "date": .string(head.date.text), "description": .string(head.description),
      "self_approved": .bool(isSelfApproved), "lines": .array(table.json),
      "history": .array(
        history.map {
          [
            "at": .string($0.at.text), "actor": .string($0.actor),
            "operation": .string($0.operation), "outcome": .string($0.outcome.rawValue),
            "reason": .text($0.reason), "message": .text($0.message),
          ]
        }),
      "void": .bool(head.isVoid), "prior_period": .bool(isPriorPeriod), "corrects": .text(corrects),
      "corrected_by": .text(correctedBy), "kind": .text(head.adjustment?.rawValue),
      "files": .array(
        files.map {
          [
            "id": .id($0.id.value), "file": .string($0.name), "sha256": .string($0.sha256),
            "line": $0.line.map { JSON.integer(Int64($0)) } ?? JSON.null,
            "after_posting": .bool($0.isAfterPosting), "hidden": .bool($0.hiding != nil),
          ]
        }),
    ]
  }

  fileprivate func text(_ table: Table) -> String {
    let facts = [
      ("kind", head.adjustment?.rawValue ?? ""), ("reference", reference), ("payee", payee),
      ("notes", notes),
      ("reverses", reverses ?? ""), ("reversed by", reversedBy ?? ""),
      ("corrects", corrects ?? ""), ("corrected by", correctedBy ?? ""),
      ("prior period", isPriorPeriod ? "straight to retained earnings" : ""),
      ("taken back on", reversedBy == nil ? reversesOn?.text ?? "" : ""),
      ("waits for", awaits.map(\.title).joined(separator: ", ")),
      ("approved", isSelfApproved ? "by who made it: nobody else could" : ""),
      ("files", fileNames.joined(separator: ", ")),
    ].filter { !$0.1.isEmpty }.map { "\($0): \(TerminalText.line($1))\n" }
    let events = Table(
      ["at", "who", "what", "outcome", "why"],
      history.map {
        [
          .text($0.at.text), .text($0.actor), .text($0.what.english), .text($0.outcome.rawValue),
          .text($0.reason ?? $0.message ?? ""),
        ]
      })
    return """
      \(head.name)  \(head.date.text)  \(head.state.english)  \(TerminalText.line(head.description))
      \(facts.joined())
      \(table.text)
      \(events.text)
      """
  }
}
