import Testing

/// Words that have no place in the code, and the targets that are exempt.
struct BannedWord: Sendable {
  let text: String
  var exempt: Set<String> = []

  /// Split, so that this file doesn't hold them itself.
  static let everywhere = [BannedWord(text: "TO" + "DO"), BannedWord(text: "FIX" + "ME")]

  static let inProduct =
    everywhere + [
      BannedWord(text: "try!"), BannedWord(text: "as!"), BannedWord(text: "@unchecked Sendable"),
      BannedWord(text: "nonisolated(unsafe)"), BannedWord(text: "SELECT *"),
      // A page that skips rows costs more the further back it is.
      BannedWord(text: "OFFSET"),
      BannedWord(text: "@testable"), BannedWord(text: "@_exported"),
      BannedWord(text: "Task.detached"),
      BannedWord(text: "print(", exempt: ["CLI", "coreflow"]),
      BannedWord(text: "Date()", exempt: ["coreflow", "Curses"]),
      BannedWord(text: "ProcessInfo", exempt: ["coreflow", "Curses"]),
    ]

  static func faults(in file: SourceFile, banning words: [BannedWord]) -> [String] {
    let target = file.path.split(separator: "/").dropFirst().first.map(String.init) ?? ""
    let banned = words.filter { !$0.exempt.contains(target) }.map { Array($0.text.utf8) }
    var faults: [String] = []
    for (index, line) in file.lines.enumerated() {
      let bytes = Array(line.utf8)
      for word in banned where contains(word, in: bytes) {
        faults.append("\(file.path):\(index + 1): \(String(decoding: word, as: UTF8.self))")
      }
    }
    return faults
  }

  /// Whether the word stands there as a word: `blueprint(` has none.
  private static func contains(_ word: [UInt8], in line: [UInt8]) -> Bool {
    guard line.count >= word.count else { return false }
    return (0...(line.count - word.count)).contains { start in
      guard line[start] == word[0] else { return false }
      let end = start + word.count
      return line[start..<end].elementsEqual(word)
        && (start == 0 || !isLetter(line[start - 1]) || !isLetter(word[0]))
        && (end == line.count || !isLetter(line[end]) || !isLetter(word[word.count - 1]))
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    let character = Character(Unicode.Scalar(byte))
    return byte >= 0x80 || character.isLetter || character.isNumber || character == "_"
  }
}

/// Names that say nothing of what a type is.
enum EmptyNames {
  static let endings = ["Manager", "Helper", "Util", "Utils", "Service", "Base", "Info", "Data"]

  static func faults(in file: SourceFile) -> [String] {
    let kinds: Set<Substring> = ["struct", "class", "enum", "actor", "protocol", "typealias"]
    return file.lines.flatMap { line in
      let words = line.split { " :<{(".contains($0) }
      return zip(words, words.dropFirst()).filter { kind, name in
        kinds.contains(kind) && endings.contains { name.hasSuffix($0) }
      }.map { "\(file.path): \($0.1)" }
    }
  }
}

@Suite struct BannedWordTests {
  @Test func `what is for later is an issue, not a remark in the code`() throws {
    let files = try Repository.files(ending: ["swift", "c", "h", "sql", "yaml", "md"])
    #expect(
      files.flatMap { BannedWord.faults(in: $0, banning: BannedWord.everywhere) } == [])
  }

  @Test func `the product has none of the banned words`() throws {
    let files = try Repository.files(
      in: ["Sources", "database", "themes"], ending: ["swift", "sql"])
    #expect(files.flatMap { BannedWord.faults(in: $0, banning: BannedWord.inProduct) } == [])
    #expect(files.count > 100)
  }

  @Test func `no type has a name that says nothing`() throws {
    #expect(try Repository.files().flatMap(EmptyNames.faults) == [])
  }

  @Test(arguments: BannedWord.inProduct.map(\.text))
  func `a planted word is found`(_ word: String) {
    let planted = SourceFile(path: "Sources/Domain/X.swift", text: "let a = 1\n  x(\(word) 1\n")
    #expect(
      BannedWord.faults(in: planted, banning: BannedWord.inProduct)
        == ["Sources/Domain/X.swift:2: \(word)"])
  }

  @Test(arguments: [
    ("Sources/CLI/X.swift", "print(1)"), ("Sources/coreflow/X.swift", "Date()"),
    ("Sources/Curses/X.swift", "ProcessInfo.processInfo"),
    ("Sources/Domain/X.swift", "blueprint(of: plan)"), ("Sources/Domain/X.swift", "upDate()"),
    ("Sources/Domain/X.swift", "try? one() as? Int"), ("Sources/Domain/X.swift", "was!important"),
    ("Sources/Domain/X.swift", "SELECT count(*)"), ("Sources/Domain/X.swift", "TO" + "DOS"),
  ])
  func `what only looks like one is let through`(_ path: String, _ line: String) {
    let file = SourceFile(path: path, text: line)
    #expect(BannedWord.faults(in: file, banning: BannedWord.inProduct) == [])
  }

  @Test(arguments: EmptyNames.endings)
  func `a planted name is found`(_ ending: String) {
    let planted = SourceFile(path: "X.swift", text: "package struct Entry\(ending): Hashable {")
    #expect(EmptyNames.faults(in: planted) == ["X.swift: Entry\(ending)"])
    let harmless = SourceFile(
      path: "X.swift", text: "struct \(ending)Entry {}\nlet my\(ending) = 1")
    #expect(EmptyNames.faults(in: harmless) == [])
  }
}
