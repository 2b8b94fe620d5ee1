import Domain
import Operations
import TestSupport
import Testing

/// What a grant depends on, as people type it and as the database keeps it (RULES §4.3).
@Suite struct ConditionTextTests {
  private func read(_ text: String) throws -> Conditions {
    var conditions = Conditions()
    try conditions.add(text, exponent: 2)
    return conditions
  }

  @Test func `each example is read, kept and written again`() throws {
    for word in Conditions.examples.split(separator: " ").map(String.init) {
      let conditions = try read(word)
      #expect(conditions != Conditions(), "\(word)")
      let written = conditions.text(exponent: 2)
      #expect(try read(written) == conditions, "\(word)")
      #expect(Conditions(json: conditions.json) == conditions, "\(word)")
    }
    let all = try read(Conditions.examples)
    #expect(
      all.json == """
        {"account_classes":["expense"],"amount_max":50000,"amount_min":1000,\
        "entry_types":["adjusting","opening"],"hours":[8,18],"ip_or_tty":["tty1"],"mfa":true,\
        "own_only":true,"periods":["open"],"requires_reason":true,"sources":["import"],\
        "weekdays":[1,2,3,4,5]}
        """)
    #expect(
      all.text(exponent: 2) == """
        own amount>=10.00 amount<=500.00 class:expense type:adjusting,opening source:import \
        period:open days:mon,tue,wed,thu,fri hours:8-18 at:tty1 second-factor reason
        """)
  }

  @Test(arguments: [
    "owner", "class:", "class:cash", "type:adjusting,foo", "period:shut", "days:fri-mon",
    "days:monday", "hours:8", "hours:18-8", "hours:8-25", "hours:8-9,10-11", "amount>5",
    "weekdays:mon", "class", ":", "days:-",
  ])
  func `a word that says nothing is named`(_ word: String) {
    #expect(throws: Refusal.access(.condition(word))) { try read("own \(word)") }
  }

  @Test func `a grant holds at its hours only`() async throws {
    let books = try await TestBooks.make()
    let conditions = try read("type:standard days:mon-fri hours:8-18 amount>=1")
    var grant = NewGrant(.allow, "journal.create", to: books.viewer.user, reason: "Stand in")
    grant.conditions = conditions.json
    try await books.workspace.perform(GrantPermission(grant), as: books.owner)
    func mayNot() async -> Bool {
      let amount = books.entry(200)
      return (try? await books.workspace.perform(CreateEntry(amount), as: books.viewer)) == nil
    }
    // The books' clock begins on a Monday at 10.
    #expect(await !mayNot())
    books.clock.advance(seconds: 8 * 3_600)
    #expect(await mayNot())
  }
}
