import Domain
import Testing

@testable import CLI

struct JournalTemplateTests {
  @Test func `what an entry says is kept under a name, listed and written again`() async throws {
    let shell = try await Shell.withBooks()
    let rent = [
      "journal", "add", "6210", "5", "1120", "-d", "Rent", "--payee", "Landlord", "--post",
    ]
    _ = await shell.run(rent, as: .employee)
    #expect(
      await shell.run(
        ["journal", "template", "create", "GJ-2026-000001", " Office rent "], as: .employee)
        == Answer(status: 0, output: "The template Office rent is kept.\n", errors: ""))
    #expect(
      await shell.type("journal template list --format csv", as: .employee).lines == [
        "name,description,reference,payee,lines", "Office rent,Rent,,Landlord,2",
      ])
    let again = await shell.run(
      ["journal", "add", "--template", "office RENT", "--post"], as: .employee)
    #expect(again.output == "Posted as GJ-2026-000002.\n", "\(again.errors)")
    let days = await shell.type("journal list --format csv").lines.dropFirst()
      .map { $0.split(separator: ",")[1] }
    #expect(days.count == 2 && days[0] == days[1])
    let dearer = await shell.run(
      ["journal", "add", "6210", "6", "1120", "--template", "Office rent", "-d", "Rent, June"],
      as: .employee)
    #expect(dearer.output == "Kept as the draft D-3.\n", "\(dearer.errors)")
    let shown = await shell.type("journal show D-3").output
    #expect(shown.contains("Rent, June"))
    #expect(shown.contains("payee: Landlord"))
    #expect(shown.contains("6.00"))
  }

  @Test func `one template less is listed, and a name that isn't there is told`() async throws {
    let shell = try await Shell.withBooks()
    _ = await shell.type("journal add 6210 5 1120 -d Rent")
    _ = await shell.type("journal template create D-1 Rent")
    #expect(
      await shell.type("journal template create D-1 rent").errors
        == "The template rent exists already. Choose another.\n")
    #expect(
      await shell.type("journal template remove rent")
        == Answer(status: 0, output: "The template Rent is gone.\n", errors: ""))
    for words in ["journal template remove Rent", "journal add --template Rent --post"] {
      let answer = await shell.type(words)
      #expect(answer.status == 1)
      #expect(answer.errors == "There is no template Rent in this business.\n")
    }
  }

  @Test func `a viewer has no templates, and somebody else's aren't removed`() async throws {
    let shell = try await Shell.withBooks()
    _ = await shell.type("journal add 6210 5 1120 -d Rent")
    _ = await shell.type("journal template create D-1 Rent")
    for words in ["journal template list", "journal template remove Rent"] {
      let answer = await shell.type(words, as: .viewer)
      #expect(answer.status == 3)
      #expect(answer.errors.contains("journal.create"), "\(answer.errors)")
    }
    let refused = await shell.type("journal template remove Rent", as: .employee)
    #expect(refused.status == 3)
    #expect(refused.errors.contains("recurring.manage"), "\(refused.errors)")
  }
}
