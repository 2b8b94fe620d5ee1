import Foundation

/// What was measured, as Markdown.
struct Report {
  private(set) var lines: [String] = []

  mutating func say(_ line: String) { lines.append(line) }

  mutating func table(_ titles: [String], _ rows: [[String]]) {
    for row in [titles, titles.map { _ in "---" }] + rows {
      lines.append("| " + row.joined(separator: " | ") + " |")
    }
    lines.append("")
  }

  /// A row for each key, each program's figures beside the other's.
  mutating func table(of measured: [KeyLatency.Measurement]) {
    let programs = measured.reduce(into: [String]()) { names, one in
      if !names.contains(one.program) { names.append(one.program) }
    }
    let titles = programs.flatMap { ["\($0) median ms", "p99 ms", "bytes"] }
    let rows = measured.filter { $0.program == programs.first }.map { one in
      [one.size, one.key]
        + programs.flatMap { program in
          let same = measured.first {
            $0.program == program && $0.size == one.size && $0.key == one.key
          }
          return Self.figures(same?.answers ?? [])
        }
    }
    table(["size", "key"] + titles, rows)
  }

  private static func figures(_ answers: [Session.Answer]) -> [String] {
    guard !answers.isEmpty else { return ["", "", ""] }
    let times = answers.map(\.milliseconds).sorted()
    let bytes = answers.map(\.bytes).sorted()
    return [
      text(times[times.count / 2]), text(times[min(times.count * 99 / 100, times.count - 1)]),
      "\(bytes[bytes.count / 2])",
    ]
  }

  static func text(_ number: Double) -> String { String(format: "%.1f", number) }
}
