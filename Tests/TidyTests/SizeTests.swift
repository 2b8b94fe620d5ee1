import Testing

/// How long files and functions may be.
enum Sizes {
  static let mostFileLines = 500
  static let mostFunctionLines = 60

  static func faults(in file: SourceFile) -> [String] {
    var lines = file.lines
    if lines.last == "" { lines.removeLast() }
    var faults: [String] = []
    if lines.count > mostFileLines { faults.append("\(file.path): \(lines.count) lines") }
    for (index, line) in lines.enumerated() {
      guard let length = length(ofFunctionAt: index, in: lines), length > mostFunctionLines
      else { continue }
      let name = line.drop { $0 == " " }.prefix(60)
      faults.append("\(file.path):\(index + 1): \(length) lines in \(name)")
    }
    return faults
  }

  /// Lines from `func` to the brace that closes it. The formatter puts that brace under the first
  /// letter of the declaration, and nothing else of the function there but the end of a signature
  /// of several lines.
  private static func length(ofFunctionAt start: Int, in lines: [Substring]) -> Int? {
    let indentation = lines[start].prefix { $0 == " " }
    guard declaresFunction(lines[start]) else { return nil }
    for index in (start + 1)..<max(start + 1, lines.count) {
      let line = lines[index]
      guard line.prefix(while: { $0 == " " }).count <= indentation.count, !line.isEmpty else {
        continue
      }
      let rest = line.dropFirst(indentation.count)
      if rest.hasPrefix("}") { return index - start + 1 }
      let goesOn = [")", "throws", "async", "->", "where", "{"].contains { rest.hasPrefix($0) }
      guard goesOn else { return nil }
    }
    return nil
  }

  private static func declaresFunction(_ line: Substring) -> Bool {
    let words = line.split(separator: " ")
    guard let first = words.firstIndex(where: { !modifiers.contains($0) && !$0.hasPrefix("@") })
    else { return false }
    let word = words[first]
    if word == "var" { return line.hasSuffix("{") }
    return word == "func"
      || ["init(", "init?(", "init<", "deinit", "subscript"].contains {
        word.hasPrefix($0)
      }
  }

  private static let modifiers: Set<Substring> = [
    "public", "package", "internal", "fileprivate", "private", "private(set)", "static", "final",
    "override", "mutating", "nonisolated", "convenience", "required", "consuming", "borrowing",
  ]
}

@Suite struct SizeTests {
  @Test func `no file and no function is too long to read`() throws {
    let files = try Repository.files(ending: ["swift", "c", "h"])
    #expect(files.flatMap(Sizes.faults) == [])
    #expect(files.count > 100)
  }

  @Test(arguments: [(500, 0), (501, 1)])
  func `a file may have five hundred lines`(_ lines: Int, _ faults: Int) {
    let file = SourceFile(
      path: "Sources/X.swift", text: String(repeating: "// why\n", count: lines))
    #expect(Sizes.faults(in: file).count == faults)
  }

  @Test(arguments: [
    "func long() {", "package static func long(\n    of thing: Int\n  ) -> Int {",
    "init?(_ text: String) {", "private mutating func long() throws(Refusal) -> [Int] {",
    "var long: Int {", "@Test func `it is long`() {", "subscript(index: Int) -> Int {",
    "func long()\n    throws\n  {",
  ])
  func `a function may have sixty lines`(_ opening: String) {
    let signatureLines = opening.split(separator: "\n").count
    for (extra, faults) in [(0, 0), (1, 1)] {
      let body = Array(repeating: "    work()", count: 59 - signatureLines + extra)
      let text = (["struct X {", "  " + opening] + body + ["  }", "}"]).joined(separator: "\n")
      let found = Sizes.faults(in: SourceFile(path: "Sources/X.swift", text: text))
      #expect(found.count == faults, "\(opening)")
    }
  }

  @Test func `short functions, requirements and stored properties are told apart`() {
    let requirements = (0..<70).map { "  func requirement\($0)() -> Int" }
    let short = (0..<70).map { "  func short\($0)() -> Int { \($0) }" }
    let stored = (0..<70).map { "  var stored\($0) = 0" }
    let text = (["protocol X {"] + requirements + short + stored + ["}"]).joined(separator: "\n")
    #expect(Sizes.faults(in: SourceFile(path: "Sources/X.swift", text: text)) == [])
  }
}
