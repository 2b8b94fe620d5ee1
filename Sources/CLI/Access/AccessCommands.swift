import ArgumentParser
import Domain
import Operations
import Phrases

struct AccessGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "access", abstract: "Who may do what, and why.",
    subcommands: [
      AccessExplain.self, AccessShow.self, AccessWhoCan.self, AccessSimulate.self,
      AccessMatrix.self, AccessGrants.self, AccessGrant.self, AccessDeny.self, AccessRevoke.self,
      AccessListGroup.self, AccessTemplateGroup.self, AccessGroupGroup.self,
      BreakGlassGroup.self, AccessDiffCommand.self, AccessConflicts.self, AccessReviewGroup.self,
    ])
}

extension Permission {
  /// The one of that name; who mistyped it is told what is near.
  static func called(_ name: String) throws -> Permission {
    guard let permission = Permission(rawValue: name.trimmed) else {
      throw ValidationError(UserMessage(Refusal.access(.unknownPermission(name.trimmed))).text)
    }
    return permission
  }
}

struct AccessExplain: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say whether somebody may do a thing, by which rules, and what would change it.",
    discussion: """
      Example: coreflow access explain max@example.com journal.approve D-31
      Without a subject it says whether they may do it at all; with --amount, whether up to that.
      With --at, what was granted, denied, lent, listed and lifted counts as it was at that moment,
      and so do role, limit and department; a day alone is its end.
      """)

  @Argument(help: "Whose right: an e-mail address or a name.")
  var user: String

  @Argument(help: "Which permission: journal.approve.", transform: Permission.called)
  var permission: Permission

  @Argument(
    help: "An entry (D-31, GJ-2026-000123), an account, a department or a person.")
  var subject: String?

  @Option(help: "The amount of an entry of their own department, made by somebody else.")
  var amount: String?

  @Option(help: "As of which moment: 2026-10-31 or 2026-10-31T14:00, in UTC; now if left out.")
  var at: String?

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard subject == nil || amount == nil else {
      throw ValidationError("either a subject or --amount, not both")
    }
  }

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let explanation = try await seat.fetch(
      ExplainAccess(
        permission, of: try await seat.person(user), on: try await instance(in: seat),
        at: try at.map(ConditionOptions.moment)))
    let sheet = ExplanationSheet(explanation, on: subject, in: seat)
    try Output(to: surroundings, output).show(sheet.table, json: sheet.json, text: sheet.text)
  }

  private func instance(in seat: Seat) async throws -> ExplainAccess.Case {
    if let amount {
      return .amount(try seat.money(amount))
    }
    return try await seat.case(of: permission, named: subject)
  }
}

extension Seat {
  /// What a permission would be used on, as people call it; nil is nothing in particular.
  fileprivate func `case`(
    of permission: Permission, named name: String?
  ) async throws -> ExplainAccess.Case {
    guard let name else { return .anything }
    return switch ExplainAccess.Kind(of: permission) {
    case .entry: .entry(try await entry(name))
    case .account: .account(try await account(name).id)
    case .department: .department(try await department(name).id)
    case .member: .member(try await person(name))
    case nil:
      throw ValidationError("\(permission.rawValue) is asked about without a subject")
    }
  }
}

/// An explanation on paper.
struct ExplanationSheet {
  private let explanation: Explanation
  private let thing: String?
  private let exponent: Int

  init(_ explanation: Explanation, on thing: String?, in seat: Seat) {
    self.explanation = explanation
    self.thing = thing
    exponent = seat.place.exponent
  }

  private func written(_ money: Money) -> String { AmountFormat().text(money, exponent: exponent) }

  private var decision: Decision { explanation.decision }

  private var sentence: String {
    explanation.sentence(on: thing.map { Phrase(verbatim: $0) }, amount: written).english
  }

  private var findings: [(finding: Finding, words: String)] {
    decision.trace.map {
      ($0, UserMessage.words($0, decision.permission, explanation.person).english)
    }
  }

  var table: Table {
    Table(
      ["step", "effect", "source", "reason"],
      findings.map { finding, words in
        [
          .text(finding.step.rawValue), .text(finding.effect),
          .optional(finding.source.map { UserMessage.words($0).english }), .text(words),
        ]
      })
  }

  var text: String {
    let rules = findings.enumerated().map { "  \($0 + 1). \($1.words)\n" }.joined()
    let helps = advice.map { "\($0)\n" }.joined()
    return "\(sentence)\n\(helps)\(state)\(past)\nThe rules that spoke, in order:\n\(rules)"
  }

  /// What would change it, and who can do it instead.
  private var advice: [String] {
    [explanation.advice(amount: written), explanation.escalationAdvice].compactMap(\.?.english)
  }

  private var state: String {
    thing.flatMap { explanation.state(of: Phrase(verbatim: $0)) }.map { "\($0.english)\n" } ?? ""
  }

  private var past: String {
    guard let moment = explanation.moment else { return "" }
    return "This is as of \(moment.text). \(KeptAsNow.sentence)\n"
  }

  var json: JSON {
    [
      "allowed": .bool(decision.isAllowed), "permission": .string(decision.permission.rawValue),
      "principal": .string(explanation.person.name),
      "decided_by": .text(decision.trace.last.map(\.step.rawValue)),
      "sentence": .string(sentence), "trace": .array(table.json),
      "would_change": .array(advice.map(JSON.string)),
      "escalates_to": .text(explanation.escalation?.name),
      "others": .array(explanation.candidates.map { .string($0.name) }),
      "state": .text(explanation.status?.rawValue),
      "as_of": .text(explanation.moment?.text),
      "taken_as_now": .array(
        explanation.moment == nil ? [] : KeptAsNow.allCases.map { .string($0.rawValue) }),
    ]
  }
}

extension Finding {
  /// `allows`, `denies` or `silent`, as scripts know them.
  fileprivate var effect: String {
    switch reason {
    case .holds, .listed, .unlisted, .withinLimit, .liftedByBrokenGlass, .allowed: "allows"
    case .denied: "denies"
    case .person, .holdsNothing, .notInForce, .conditionFails, .lenderMayNot: "silent"
    }
  }
}

struct AccessShow: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show all that somebody may do.",
    discussion: "Example: coreflow access show max@example.com --format csv")

  @Argument(help: "Whose rights: an e-mail address or a name; your own if left out.")
  var user: String?

  @Flag(help: "What they may not do too, and why.")
  var all = false

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let person = try await user.asyncMap(seat.person) ?? seat.place.user
    let rows = try await seat.fetch(WhatCan(person)).filter { all || $0.decision.isAllowed }
    try Output(to: surroundings, output).list(
      Table(
        ["permission", "allowed", "what", "how"],
        rows.map { row in
          [
            .text(row.permission.rawValue), .flag(row.decision.isAllowed),
            .text(row.permission.phrase().english), .text(row.decision.how.english),
          ]
        }))
  }
}

struct AccessWhoCan: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "who-can", abstract: "List everybody who may do a thing.",
    discussion: "Example: coreflow access who-can journal.approve D-31")

  @Argument(help: "Which permission: journal.approve.", transform: Permission.called)
  var permission: Permission

  @Argument(
    help: "An entry (D-31, GJ-2026-000123), an account, a department or a person.")
  var subject: String?

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let answer = try await seat.fetch(
      WhoCan(permission, on: try await seat.case(of: permission, named: subject)))
    let output = Output(to: surroundings, output)
    try output.list(
      Table(
        ["name", "role", "limit", "how"],
        answer.holders.map { holder in
          [
            .text(holder.person.name), .text(holder.person.role.rawValue),
            holder.person.limit.map(seat.amount) ?? .none,
            .text(holder.decision.how.english),
          ]
        }))
    if !answer.areAll { output.warn("Others may too, of whose rights you don't hear.") }
  }
}

struct AccessSimulate: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate", abstract: "Show what another role would give somebody, and take.",
    discussion: "Example: coreflow access simulate emma@example.com --role manager")

  @Argument(help: "Whose role: an e-mail address or a name.")
  var user: String

  @Option(help: "What they would be: owner, director, manager, employee or viewer.")
  var role: Role

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let outcome = try await seat.fetch(SimulateRole(role, for: try await seat.person(user)))
    func rows(_ effect: String, _ permissions: [Permission]) -> [[Table.Cell]] {
      permissions.map {
        [.text(effect), .text($0.rawValue), .text($0.phrase().english)]
      }
    }
    let conflicts = outcome.conflicts.map { conflict -> [Table.Cell] in
      [
        .text("conflict"), .text("\(conflict.first.rawValue) + \(conflict.second.rawValue)"),
        .text("one person had better not hold both"),
      ]
    }
    try Output(to: surroundings, output).list(
      Table(
        ["effect", "permission", "what"],
        rows("gained", outcome.gained) + rows("lost", outcome.lost) + conflicts))
  }
}

struct AccessMatrix: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "matrix", abstract: "Show people against permissions.",
    discussion: """
      Example: coreflow access matrix --format csv
      y may, - may not, . may with some of them only: their own, their department's, up to a limit.
      """)

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let matrix = try await seat.fetch(AccessGrid())
    try Output(to: surroundings, output).list(
      Table(
        ["permission"] + matrix.people.map(\.name),
        Permission.allCases.map { permission in
          [.text(permission.rawValue)]
            + matrix.people.map { .text(matrix.cell(permission, of: $0.id).rawValue) }
        }))
  }
}

extension Optional where Wrapped: Sendable {
  func asyncMap<Output: Sendable>(
    _ transform: (Wrapped) async throws -> Output
  ) async rethrows -> Output? {
    if let self { try await transform(self) } else { nil }
  }
}
