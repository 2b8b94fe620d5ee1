import Foundation

/// A business with a journal's entries in its books, made as its owner would make it.
struct Books {
  static let owner = "ada@example.com"
  static let password = "a password of the benchmark"
  let path: String
  /// How long the entries took to be posted.
  let seconds: Double

  init(
    of journal: String, in folder: String, by program: String, environment: [String: String]
  ) throws {
    path = folder + "/books.db"
    _ = try run(
      [program, "init", "--business", "Benchmark", "--currency", "USD", "--owner", Self.owner]
        + ["--password-stdin"], environment: environment, input: Self.password)
    _ = try run(
      [program, "login", Self.owner, "--password-stdin"], environment: environment,
      input: Self.password)
    seconds = try run([program, "import", "journal", journal], environment: environment).seconds
  }
}
