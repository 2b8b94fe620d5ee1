import Domain
import Operations
import TestSupport
import Testing

/// Nobody sees or touches anything of a business that they aren't in. Every command and query is
/// tried on what is one's own and on what is a neighbour's, and judged by three detectors.
@Suite struct TenantIsolationTests {
  /// What is done to the file before there is any business in it, and recorded in the instance.
  private static let ofNoBusiness: Set = ["RunMigration", "BackUpDatabase", "RollBackMigration"]

  @Test(arguments: Trial.commands + Trial.queries)
  func `nothing of a neighbour's is shown, changed or makes a difference`(
    _ trial: Trial
  )
    async throws
  {
    let findings = try await trial.findings()
    #expect(findings.foreign.leaks == [])
    #expect(findings.own.leaks == [])
  }

  /// Or a trial would prove nothing: it might be refused for any reason.
  @Test(arguments: Trial.commands + Trial.queries)
  func `the same is done where it is one's own, or not done for another reason`(
    _ trial: Trial
  )
    async throws
  {
    let findings = try await trial.findings()
    let own = findings.own.answer
    if own.refusal != nil {
      #expect(own.comparable != findings.foreign.answer.comparable, "\(own.text)")
      #expect(trial.namesThings, "\(own.text)")
    }
  }

  @Test(arguments: Trial.commands.filter(\.namesThings))
  func `a command on a neighbour's thing is refused, and on record as that`(
    _ trial: Trial
  )
    async throws
  {
    let foreign = try await trial.findings().foreign
    #expect(foreign.answer.refusal != nil)
    guard !trial.isOnRecordElsewhere else { return }
    #expect(foreign.lastRecord == .failure)
  }

  @Test func `every command and every query is tried`() throws {
    let sources = try Conformances.sources()
    #expect(
      Set(Trial.commands.map(\.name)).union(Self.ofNoBusiness)
        == Conformances.of("Command", in: sources))
    #expect(Set(Trial.queries.map(\.name)) == Conformances.of("Query", in: sources))
  }

  @Test func `whatever way something becomes a command, it is found`() {
    let sources = [
      """
      package protocol Command<Output>: Sendable { }
      /// struct Told: Command { }
      package struct Plain: Command { }
      private final class Own<Q: Query>: Sendable,
        Command<Int> where Q: Sendable { }
      """,
      """
      protocol OfMembers: Command, Hashable { }
      protocol OfOwners: OfMembers { }
      enum Far: String, OfOwners { }
      struct Later { let next: Command }
      extension Outer.Later: @retroactive Operations.Command { }
      struct Parsed: ParsableCommand { }
      """,
    ]
    #expect(Conformances.of("Command", in: sources) == ["Plain", "Own", "Far", "Later"])
  }

  @Test func `each planted leak is given away, a bare count by nothing but the difference`()
    async throws
  {
    let planted: [(Trial, Set<Trial.Detector>)] = [
      (.query("Count") { _, _ in Planted.Count() }, [.difference]),
      (.query("Reading") { _, _ in Planted.Reading() }, [.canary, .difference]),
      (.command("Telling") { _, _ in Planted.Telling() }, [.canary, .difference]),
      (.command("Writing") { _, _ in Planted.Writing() }, [.digest]),
    ]
    for (trial, detectors) in planted {
      let neighbours = try await Neighbours.make()
      #expect(
        try await trial.finding(in: neighbours, on: neighbours.foreign).leaks == detectors,
        "\(trial.name)")
    }
  }

  /// What is left are tables that no command writes yet, and what only founding a business does.
  @Test func `the neighbour has something of everything that a command writes`() async throws {
    let empty = try await Neighbours.make().emptyTables()
    let unwritten = """
      activity_logs approval_bands archive_segments audit_checkpoints audit_secrets
      role_hierarchies system_events workflow_assignees workflow_attachments workflow_definitions
      workflow_instances workflow_steps workflow_timers workflow_transitions workflow_votes
      """
    #expect(empty == unwritten.split(whereSeparator: \.isWhitespace).map(String.init))
  }

  @Test func `what people write of the neighbour's is canaries all over`() async throws {
    let neighbours = try await Neighbours.make()
    let plain = try await neighbours.plainColumns().map { String($0.split(separator: ".")[1]) }
    let written: Set = [
      "name", "description", "reference", "notes", "payee", "counterparty", "reason", "symbol",
      "user_name", "job_title", "resource_name", "old_values", "new_values",
    ]
    #expect(written.intersection(plain) == [], "\(plain)")
  }
}
