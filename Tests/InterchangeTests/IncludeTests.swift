import Domain
import Foundation
import Interchange
import Testing

/// Files that include files: from memory for what they mean, from disk for what may be opened.
struct IncludeTests {
  @Test func `included files are read in place, in folders of their own`() throws {
    let journal = try read([
      "books/all.journal": "include 2024/all.journal\ninclude ./2025.journal\n",
      "books/2024/all.journal": "include jan.journal\n",
      "books/2024/jan.journal": "2024-01-01 first\n a  1\n b\n",
      "books/2025.journal": "2025-01-01 second\n a  1\n b\n",
    ])
    #expect(journal.entries.map(\.description) == ["first", "second"])
    #expect(
      journal.entries.map(\.position.file) == ["books/2024/jan.journal", "books/2025.journal"])
  }

  @Test func `a pattern includes every match but the file itself, in order`() throws {
    let journal = try read([
      "books/all.journal": "include *.journal\n",
      "books/b.journal": "2024-01-01 b\n x  1\n y\n",
      "books/a.journal": "2024-01-01 a\n x  1\n y\n",
      "books/c.csv": "not, a, journal\n",
    ])
    #expect(journal.entries.map(\.description) == ["a", "b"])
  }

  @Test func `what a file sets ends with it, but commodities are known from then on`() throws {
    let journal = try read([
      "books/all.journal": """
      alias a=A
      include settings.journal
      2024-01-01
       a  1,000 EUR
       b
      """,
      "books/settings.journal": "commodity 1,000.00 EUR\nalias b=B\n2024-01-02\n a  1\n b\n",
    ])
    #expect(journal.entries.map { $0.postings.map(\.account) } == [["A", "B"], ["A", "b"]])
    #expect(journal.entries[1].postings[0].amount.quantity.text == "1000")
  }

  @Test(arguments: [
    "/etc/hostname", "../secret.journal", "a/../../secret.journal", "~/secret.journal",
    "../\u{301}secret.journal", "/\u{301}etc",
  ])
  func `a path out of the folder is refused`(path: String) {
    let refusal = #expect(throws: ImportError.self) {
      try read(["books/all.journal": "include \(path)\n"])
    }
    #expect(refusal?.fault == .include(.outsideFolder(path)))
    #expect(refusal?.line == 1)
  }

  @Test func `a cycle is refused at the line that closes it`() {
    let refusal = #expect(throws: ImportError.self) {
      try read([
        "books/all.journal": "include a.journal\n", "books/a.journal": "\ninclude all.journal\n",
      ])
    }
    #expect(refusal?.text == "books/a.journal:2:9: books/all.journal includes itself")
  }

  @Test func `files that multiply by including each other are refused soon`() {
    var files: [String: String] = [:]
    for level in 0..<30 {
      files["books/\(level).journal"] = String(
        repeating: "include \(level + 1).journal\n", count: 9)
    }
    files["books/30.journal"] = ""
    files["books/all.journal"] = "include 0.journal\n"
    let refusal = #expect(throws: ImportError.self) { try read(files) }
    #expect(refusal?.fault == .file(.files(most: JournalLimits.files)))
  }

  @Test func `a fault in an included file names that file`() {
    let refusal = #expect(throws: ImportError.self) {
      try read(["books/all.journal": "\ninclude a.journal\n", "books/a.journal": "x\ny\n"])
    }
    #expect(refusal?.place == "books/a.journal:1:1")
  }

  @Test func `balances are asserted across files in the order of days`() throws {
    let journal = try read([
      "books/all.journal": "include b.journal\ninclude a.journal\n",
      "books/a.journal": "2024-01-01\n a  1\n b\n",
      "books/b.journal": "2024-01-02\n a  1 = 2\n b\n",
    ])
    #expect(journal.entries.count == 2)
  }

  @Test func `only regular files of the folder are opened on disk`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let books = folder.appending(path: "books")
    try FileManager.default.createDirectory(at: books, withIntermediateDirectories: true)
    try "2024-01-01\n a  1\n b\n".write(
      to: folder.appending(path: "secret.journal"), atomically: true, encoding: .utf8)
    try FileManager.default.createSymbolicLink(
      atPath: books.path + "/link.journal", withDestinationPath: "../secret.journal")
    #expect(mkfifo(books.path + "/fifo.journal", 0o600) == 0)
    #expect(try fault(of: books.path) == .unreadable(.isFolder))
    #expect(try fault(of: books.path + "/nothing") == .unreadable(.notFound))
    #expect(try fault(of: books.path + "/fifo.journal") == .unreadable(.notRegular))
    #expect(try fault(of: "/dev/zero") == .unreadable(.notRegular))
    for (name, expected) in [
      ("link.journal", FileFault.outsideFolder), ("fifo.journal", .notRegular),
    ] {
      let main = books.appending(path: "all.journal")
      try "include \(name)\n".write(to: main, atomically: true, encoding: .utf8)
      #expect(try fault(of: main.path) == .include(.unreadable(path: name, expected)))
    }
  }

  @Test func `a file over the limit is refused unread`() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try String(repeating: ";", count: 1001).write(toFile: path, atomically: true, encoding: .utf8)
    let refusal = #expect(throws: ImportError.self) {
      try HledgerJournal.read(path: path, files: .onDisk(mostBytes: 1000))
    }
    #expect(refusal?.fault == .unreadable(.tooLarge(mostBytes: 1000)))
  }

  private func fault(of path: String) throws -> ImportFault {
    try #require(throws: ImportError.self) { try HledgerJournal.read(path: path) }.fault
  }

  private func read(_ files: [String: String]) throws -> ForeignJournal {
    try HledgerJournal.read(
      path: "books/all.journal", files: .inMemory(files.mapValues { Array($0.utf8) }))
  }
}
