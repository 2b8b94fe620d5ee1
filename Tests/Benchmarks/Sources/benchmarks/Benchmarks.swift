import Foundation

/// Measures the built program and prints a report; nothing is asserted.
@main
struct Benchmarks {
  private let entries: Int
  private let program: String
  private let folder: String

  static func main() throws {
    let words = CommandLine.arguments
    func option(_ name: String) -> String? {
      words.firstIndex(of: name).flatMap { words.indices.contains($0 + 1) ? words[$0 + 1] : nil }
    }
    let entries = Int(option("--entries") ?? "100000") ?? 0
    guard entries > 0 else { throw Failure(description: "--entries takes a number above zero") }
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../..").standardizedFileURL.path
    let program = option("--coreflow") ?? root + "/.build/release/coreflow"
    guard FileManager.default.isExecutableFile(atPath: program) else {
      throw Failure(description: "\(program) isn't there: swift build -c release makes it")
    }
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("coreflow-benchmarks-\(getpid())").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer {
      // What can't be removed is left to the system's own cleaning.
      try? FileManager.default.removeItem(atPath: folder)
    }
    print(try Benchmarks(entries: entries, program: program, folder: folder).report())
  }

  private var environment: [String: String] {
    [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/bin", "HOME": folder,
      "LANG": "C.UTF-8", "XDG_DATA_HOME": folder, "XDG_STATE_HOME": folder,
      "COREFLOW_DB": folder + "/books.db",
    ]
  }

  private func report() throws -> String {
    let journal = folder + "/generated.journal"
    try GeneratedJournal(entries: entries).write(to: journal)
    let books = try Books(of: journal, in: folder, by: program, environment: environment)
    var report = Report()
    report.say("\(entries) entries, \(ProcessInfo.processInfo.activeProcessorCount) cores.\n")
    var latency = KeyLatency()
    try latency.measureCoreFlow(program, environment: environment)
    if (try? run(["hledger-ui", "--version"], environment: environment)) != nil {
      try latency.measureHledger(journal, environment: environment)
    } else {
      report.say("hledger-ui isn't installed (apt-get install hledger-ui), so it isn't compared.\n")
    }
    report.table(of: latency.measured)
    try addRatios(books, to: &report)
    return report.lines.joined(separator: "\n")
  }

  /// Against SQLite alone, in the same run.
  private func addRatios(_ books: Books, to report: inout Report) throws {
    let inserting = try BareSQLite(folder + "/bare.db").insertAll(from: books.path)
    let sums = try BareSQLite(books.path).rows(
      """
      SELECT l.account_id, sum(l.base_debit), sum(l.base_credit)
      FROM journal_lines l JOIN journal_entries e ON e.id = l.entry_id
      WHERE e.status IN ('posted', 'reversed') GROUP BY l.account_id
      """
    ).seconds
    let balance = try (0..<5).map { _ in
      try run(
        [program, "report", "trial-balance", "--format", "csv"], environment: environment
      ).seconds
    }.sorted()[2]
    let pairs = [
      ("posting all entries by import, in one transaction", books.seconds, inserting),
      ("trial balance at the command line, from start to exit", balance, sums),
    ]
    report.table(
      ["what", "CoreFlow s", "bare SQLite s", "ratio"],
      pairs.map { what, ours, bare in
        [what] + [ours, bare].map { String(format: "%.3f", $0) } + [Report.text(ours / bare)]
      })
  }
}
