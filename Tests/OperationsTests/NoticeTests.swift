import Domain
import Operations
import Phrases
import Store
import TestSupport
import Testing

/// What people are told without having asked.
@Suite struct NoticeTests {
  private let reason = "Payroll must go out"

  private func breakGlass(_ books: TestBooks, as who: Principal) async throws {
    _ = try await books.workspace.perform(
      RequestConfirmation(.breakGlass(minutes: 30), reason: reason), as: who)
  }

  private func page(
    _ books: TestBooks, as who: Principal, readToo: Bool = true
  ) async throws -> [Notices.Row] {
    try await books.workspace.fetch(Notices(readToo: readToo), as: who)
  }

  @Test func `every other owner is told of an emergency, and nobody of what they did themselves`()
    async throws
  {
    let books = try await TestBooks.make()
    let second = try await books.person("Otto Owner", .owner)
    try await breakGlass(books, as: second)
    let row = try #require(try await page(books, as: books.owner).first)
    #expect(row.notice == .limitsLifted(by: "Otto Owner", minutes: 30, reason: reason))
    #expect(
      row.phrase.english == "Otto Owner lifted limits and separate duties for 30 minutes")
    #expect(row.subject == Subject(.emergency, 1))
    #expect(row.at == books.clock.now)
    #expect(row.readAt == nil)
    for other in [second, books.director, books.viewer] {
      #expect(try await page(books, as: other) == [])
      #expect(try await books.workspace.fetch(UnreadNotices(), as: other) == 0)
    }
  }

  @Test func `whose entry is rejected is told why, whoever submitted it`() async throws {
    let books = try await TestBooks.withThreshold()
    let entry = try await books.workspace.perform(
      CreateEntry(books.entry(9_900)), as: books.employee
    ).entry
    try await books.workspace.perform(SubmitEntry(entry), as: books.owner)
    try await books.workspace.perform(
      RejectEntry(entry, reason: "No receipt"), as: books.director)
    let row = try #require(try await page(books, as: books.employee).first)
    #expect(row.phrase.english == "Dora Director sent D-1 back to you")
    #expect(row.reason == "No receipt")
    #expect(row.subject == .entry(entry))
    #expect(try await page(books, as: books.owner) == [])
  }

  @Test func `a notice is marked once, and the record says by whom`() async throws {
    let books = try await TestBooks.make()
    for name in ["Otto Owner", "Oda Owner"] {
      try await breakGlass(books, as: try await books.person(name, .owner))
    }
    let first = try #require(try await page(books, as: books.owner).last)
    let read = ReadNotices(.one(first.id))
    #expect(try await books.workspace.perform(read, as: books.owner) == 1)
    let then = books.clock.now
    books.clock.advance(seconds: 60)
    #expect(try await books.workspace.perform(read, as: books.owner) == 0)
    #expect(try await page(books, as: books.owner).last?.readAt == then)
    #expect(try await page(books, as: books.owner, readToo: false).map(\.id) != [first.id])
    #expect(try await books.workspace.fetch(UnreadNotices(), as: books.owner) == 1)
    #expect(try await books.workspace.perform(ReadNotices(.all), as: books.owner) == 1)
    #expect(try await books.workspace.fetch(UnreadNotices(), as: books.owner) == 0)
    #expect(try await books.workspace.perform(ReadNotices(.all), as: books.owner) == 0)
    let records = try await books.trail(4).filter { $0.operation == "notice.read" }
    #expect(records.map(\.actor) == Array(repeating: "Olive Owner", count: 4))
    #expect(records.last?.newValues == "{\"read_at\":\(then.milliseconds)}")
  }

  @Test func `nobody marks another's notice, of this business or of a neighbour's`() async throws {
    let books = try await TestBooks.make()
    try await breakGlass(books, as: try await books.person("Otto Owner", .owner))
    let own = try #require(try await page(books, as: books.owner).first)
    let neighbour = try await books.neighbour()
    try await breakGlass(neighbour, as: neighbour.director)
    let theirs = try #require(try await page(neighbour, as: neighbour.owner).first)
    let tries = [(own.id, books.director), (own.id, neighbour.owner), (theirs.id, books.owner)]
    for (id, who) in tries {
      await #expect(throws: Refusal.noSuch(Subject(.notice, id.value))) {
        try await books.workspace.perform(ReadNotices(.one(id)), as: who)
      }
    }
    try await books.workspace.perform(ReadNotices(.all), as: books.director)
    #expect(try await page(books, as: books.owner).map(\.readAt) == [nil])
    #expect(try await page(neighbour, as: neighbour.owner).map(\.readAt) == [nil])
  }

  @Test func `pages go on from one another, both ways`() async throws {
    let books = try await TestBooks.make()
    let second = try await books.person("Otto Owner", .owner)
    for _ in 1...5 { try await breakGlass(books, as: second) }
    func ids(_ query: Notices) async throws -> [Int64] {
      try await books.workspace.fetch(query, as: books.owner).map(\.id.value)
    }
    #expect(try await ids(Notices(limit: 2)) == [5, 4])
    #expect(try await ids(Notices(before: ID(4), limit: 2)) == [3, 2])
    #expect(try await ids(Notices(after: ID(2), limit: 2)) == [4, 3])
    #expect(try await ids(Notices(after: nil, limit: 2)) == [2, 1])
    try await books.workspace.perform(ReadNotices(.one(ID(4))), as: books.owner)
    #expect(try await ids(Notices(readToo: false, limit: 3)) == [5, 3, 2])
  }

  @Test func `a suspended business's people still read and mark them`() async throws {
    let books = try await TestBooks.make()
    try await breakGlass(books, as: try await books.person("Otto Owner", .owner))
    try await books.workspace.changeSubscription(
      of: books.business, SubscriptionChange(tier: nil, status: .suspended, end: nil),
      from: TestBooks.origin)
    #expect(try await page(books, as: books.owner).count == 1)
    #expect(try await books.workspace.perform(ReadNotices(.all), as: books.owner) == 1)
  }

  @Test func `a program's key neither reads nor marks them`() async throws {
    let books = try await TestBooks.make()
    let key = try await books.workspace.createKey(
      NewAPIKey("Till", for: ["journal.read"]), as: books.owner
    ).key
    let program = try await books.workspace.open(key: key, from: TestBooks.origin)
    await #expect(throws: Refusal.key(.forPeople)) {
      try await books.workspace.fetch(Notices(), as: program)
    }
    await #expect(throws: Refusal.key(.forPeople)) {
      try await books.workspace.perform(ReadNotices(.all), as: program)
    }
  }

  @Test func `a notice that another version left is there, and says so`() async throws {
    let books = try await TestBooks.make()
    try books.store.script(
      """
      UPDATE temp.scope SET business_id = \(books.business.value);
      INSERT INTO notifications (business_id, user_id, notice, subject_type, created_at)
      VALUES (\(books.business.value), \(books.owner.user.value), '{"taskDue":{}}', 'task', 1);
      """)
    let row = try #require(try await page(books, as: books.owner).first)
    #expect(row.notice == nil)
    #expect(row.subject == nil)
    #expect(row.phrase.english == "Another version of CoreFlow left this notice.")
  }
}
