/// What each check is there for: what people read who have never met it.
extension Examination {
  /// How much is lost where a check finds something.
  package enum Severity: String, Hashable, Sendable {
    /// Figures or evidence can't be trusted.
    case critical
    /// A rule of the books is broken; the figures may be right.
    case high
    /// Nothing is wrong yet, and something easily will be.
    case medium
  }

  package struct Meaning: Hashable, Sendable {
    /// Stays the same whatever the check is called.
    package let id: String
    package let severity: Severity
    package let explanation: String

    fileprivate init(_ id: String, _ severity: Severity, _ explanation: String) {
      self.id = id
      self.severity = severity
      self.explanation = explanation
    }
  }

  /// By the names of checks, those of the file too.
  fileprivate static let meanings: [String: Meaning] = [
    "file modes": Meaning(
      "file.modes", .high, "Whoever can read the file can read all books in it."),
    "integrity": Meaning(
      "file.integrity", .critical, "SQLite finds its own pages, indexes or keys damaged."),
    "migrations": Meaning(
      "file.migrations", .critical, "The schema isn't the one that the program knows."),
    "audit chain": Meaning(
      "audit.chain", .critical,
      "Every record follows from the one before, and every posted entry is what was recorded."),
    "the ledger sums to zero": Meaning(
      "ledger.zero", .critical, "Debits are credits over all accounts together."),
    "closed years earn nothing more": Meaning(
      "year.closed", .critical, "What closes was taken to equity and holds nothing since."),
    "posted dates lie in their periods": Meaning(
      "entry.period", .critical, "A day counts in the period that holds it."),
    "reversals mirror their originals": Meaning(
      "entry.reversal", .critical, "What was taken back and what took it back come to nothing."),
    "every file is attached to something": Meaning(
      "file.attached", .medium, "A file that nothing names is evidence of nothing."),
    "an owner is active": Meaning(
      "people.owner", .high, "Without one nobody can give anybody a right."),
    "posted entries balance": Meaning(
      "entry.balance", .critical, "Debits are credits in every entry and each of its currencies."),
    "numbers have no gaps": Meaning(
      "entry.numbers", .critical, "A missing number is an entry that somebody took away."),
    "general ledger equals lines": Meaning(
      "ledger.lines", .critical, "Reports read sums that posting keeps: they are those of lines."),
    "attached files are what was attached": Meaning(
      "file.content", .critical, "Evidence has the bytes that its hash was taken of."),
    "foreign amounts are valued": Meaning(
      "line.valued", .medium, "What has no rate yet counts as nothing in the base currency."),
    "posted entries are numbered, sealed and recorded": Meaning(
      "entry.sealed", .critical,
      "A posted entry has a number, a hash, and the audit record that holds that hash."),
    "lines are on posting accounts of their currency": Meaning(
      "line.account", .critical, "Headings hold nothing, and an account of one currency no other."),
    "control accounts are their open items": Meaning(
      "account.control", .critical, "What an account says is owed is what its items come to."),
    "normal periods tile their year": Meaning(
      "period.tiling", .high, "Each day of a year is in exactly one month of it."),
    "departments stand where their days say": Meaning(
      "department.days", .high,
      "Reports read where a department stood on their last day, access where it stands now."),
    "approvals are of different people": Meaning(
      "entry.approvals", .high, "Nobody approves what they made, or the same thing twice."),
    "approvals were allowed when they were given": Meaning(
      "entry.eligible", .high,
      "The log has each approval as one that was allowed then, with whose right it was."),
    "workflows agree with their entries": Meaning(
      "workflow.entry", .high, "A workflow runs while its entry waits, and no longer."),
    "closed reconciliations are proved": Meaning(
      "bank.proved", .high, "What the books hold without what is on its way is what the bank says."),
    "snapshots are what was kept": Meaning(
      "snapshot.hash", .critical, "A trial balance that was handed out has the rows it had."),
    "rows point within their business": Meaning(
      "row.business", .critical, "What a row names is of the same business, by every foreign key."),
  ]
}

extension Examination.Check {
  /// Nil for what isn't one of these checks.
  package var meaning: Examination.Meaning? { Examination.meanings[name] }
}
