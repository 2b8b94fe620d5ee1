import Domain
import Operations
import TestSupport
import Testing

/// Units of a business's own (SPEC 003).
@Suite struct OwnCurrencyTests {
  private static let gold = Currency(code: "XAU", exponent: 4, symbol: "oz", name: "Gold")

  @Test func `a unit of its own is kept, on record, and has rates as any other`() async throws {
    let books = try await TestBooks.make()
    _ = try await books.workspace.perform(AddCurrency(Self.gold), as: books.director)
    let kept = try await books.workspace.fetch(Currencies(), as: books.viewer)
    #expect(kept.filter { $0.code == "XAU" } == [Self.gold])
    let record = try #require(try await books.trail(1).first)
    #expect(record.operation == "currency.add" && record.resourceName == "XAU")
    let quote = RateQuote(
      from: "XAU", to: "USD", day: TestBooks.today, rate: ExchangeRate(mantissa: 4_000, scale: 0))
    let rate = try await books.workspace.perform(
      SetRate(RateContent(quote)), as: books.director)
    #expect(rate.status == .confirmed)
  }

  @Test func `what there is stays as it is`() async throws {
    let books = try await TestBooks.make()
    _ = try await books.workspace.perform(AddCurrency(Self.gold), as: books.owner)
    for code in ["EUR", "XAU"] {
      let other = Currency(code: code, exponent: 3, name: "Other")
      await #expect(throws: Refusal.taken(kind: .currency, name: code)) {
        _ = try await books.workspace.perform(AddCurrency(other), as: books.owner)
      }
    }
    let feet = Currency(code: "FT", exponent: 0, name: "Feet")
    await #expect(throws: Refusal.taken(kind: .currency, name: "Ft")) {
      _ = try await books.workspace.perform(AddCurrency(feet), as: books.owner)
    }
    for symbol in ["€", "oz", "usd"] {
      let other = Currency(code: "XAG", exponent: 3, symbol: symbol, name: "Silver")
      await #expect(throws: Refusal.rate(.currency(.symbol))) {
        _ = try await books.workspace.perform(AddCurrency(other), as: books.owner)
      }
    }
    let kept = try await books.workspace.fetch(Currencies(), as: books.owner)
    #expect(kept.count == 166 && kept.first { $0.code == "EUR" }?.exponent == 2)
  }

  @Test func `whoever only drafts rates adds none, nor does whoever enters none`() async throws {
    let books = try await TestBooks.make()
    await #expect(throws: Refusal.rate(.noDraftOfCurrency)) {
      _ = try await books.workspace.perform(AddCurrency(Self.gold), as: books.employee)
    }
    await #expect(throws: Refusal.notPermitted(.rateEdit, .noGrant(.manager))) {
      _ = try await books.workspace.perform(AddCurrency(Self.gold), as: books.manager)
    }
  }

  @Test func `it needs a name and a code that amounts are known by`() async throws {
    let books = try await TestBooks.make()
    let nameless = Currency(code: "XAU", exponent: 4)
    await #expect(throws: Refusal.nameLength(kind: .currency, most: 100)) {
      _ = try await books.workspace.perform(AddCurrency(nameless), as: books.owner)
    }
    let small = Currency(code: "xau", exponent: 4, name: "Gold")
    await #expect(throws: Refusal.rate(.currency(.code))) {
      _ = try await books.workspace.perform(AddCurrency(small), as: books.owner)
    }
  }
}
