import Domain
import Testing

@testable import CLI

@Suite struct RateTests {
  @Test func `a rate is kept, looked up, listed and removed`() async throws {
    let shell = try await Shell.withBooks()
    #expect(
      await shell.type("fx rate eur 1.08 --date 2026-11-20").output
        == "1 EUR is 1.08 USD on 2026-11-20.\n")
    #expect(
      await shell.type("fx rate USD --in EUR --format csv").lines == [
        "currency,in,rate,date,way", "USD,EUR,0.925925925926,2026-11-20,inverse",
      ])
    let listed = await shell.type("fx rates --currency eur --format csv").lines
    #expect(listed[1] == "2026-11-20,EUR,USD,1.08,spot,manual,confirmed,Olive Owner")
    #expect(await shell.type("fx remove EUR --date 2026-11-20").status == 0)
    let missing = await shell.type("fx rate EUR")
    #expect(missing.status == 1)
    #expect(missing.errors.hasPrefix("No rate of EUR in USD is kept that is new enough for"))
    #expect(await shell.type("fx rate EUR x").status == 2)
  }

  @Test func `a unit of the business's own is added and listed`() async throws {
    let shell = try await Shell.withBooks()
    let added = await shell.run([
      "fx", "currency", "xau", "--decimals", "4", "--name", "Gold", "--symbol", "oz",
    ])
    #expect(added.output == "Amounts can be in XAU, with 4 decimals.\n", "\(added.errors)")
    #expect(
      await shell.type("fx currencies --own --format csv").lines == [
        "code,decimals,symbol,name,own", "XAU,4,oz,Gold,true",
      ])
    #expect(
      await shell.type("fx currencies --format csv").lines.contains("JPY,0,¥,Yen,false"))
    let register = await shell.type("report register 1120 --currency xau --format json")
    #expect(register.output.contains(#""currency":"XAU""#), "\(register)")
    let again = await shell.run(["fx", "currency", "eur", "--decimals", "3", "--name", "Euro"])
    #expect(again.status == 1)
    #expect(again.errors == "The currency EUR exists already. Choose another.\n")
  }

  @Test func `an entry says which rate its lines rest on, which stays while they do`()
    async throws
  {
    let shell = try await Shell.withBooks()
    _ = await shell.type("fx rate EUR 1.08")
    _ = await shell.run(
      ["journal", "add", "-d", "Bill", "6210", "100 EUR", "2110", "--post"], as: .owner)
    let shown = await shell.type("journal show GJ-2026-000001 --format json").output
    #expect(shown.contains(#""rate":"1.08""#), "\(shown)")
    #expect(shown.contains(#""rate_date":"2026-11-23""#) && shown.contains(#""rate_id":"1""#))
    #expect(shown.contains(#""rate_source":"manual""#))
    let refused = await shell.type("fx remove EUR")
    #expect(
      refused.errors
        == "Lines of entries rest on that rate. Edit it, and they keep the one they have.\n")
  }

  @Test func `a rate holds for as many days as the business says`() async throws {
    let shell = try await Shell.withBooks()
    _ = await shell.type("fx rate EUR 1.08 --date 2026-11-10")
    #expect(await shell.type("fx rate EUR").status == 1)
    #expect(await shell.type("business update --rate-age 13").status == 0)
    #expect(await shell.type("fx rate EUR --format csv").lines.last?.contains("1.08") == true)
    #expect(await shell.type("business show --format json").output.contains(#""rate_age_days":13"#))
    let refused = await shell.type("business update --rate-age 367")
    #expect(refused.errors == "A rate holds for 0 to 366 days.\n")
  }

  @Test func `what an employee keeps counts once somebody confirms it`() async throws {
    let shell = try await Shell.withBooks()
    let drafted = await shell.run(["fx", "rate", "EUR", "1.08"], as: .employee)
    #expect(drafted.output.hasSuffix(", once somebody confirms it.\n"), "\(drafted.errors)")
    #expect(await shell.type("fx rate EUR").status == 1)
    let own = await shell.run(["fx", "confirm", "EUR"], as: .employee)
    #expect(own.status == 1)
    #expect(own.errors == "You may say what a rate is, and somebody else confirms it.\n")
    #expect(await shell.run(["fx", "confirm", "EUR"], as: .director).status == 0)
    #expect(await shell.type("fx rate EUR").status == 0)
  }

  @Test func `an entry in another currency is valued, and its balance revalued and settled`()
    async throws
  {
    let shell = try await Shell.withBooks()
    _ = await shell.type("fx rate EUR 1.08")
    let added = await shell.run(
      ["journal", "add", "-d", "Bill", "6210", "100 EUR", "2110", "--post"], as: .owner)
    #expect(added.status == 0, "\(added.errors)")
    _ = await shell.type("fx rate EUR 1.1 --kind closing --date 2026-11-30")
    let shown = await shell.type("fx revalue --date 2026-11-30 --format csv --raw").lines
    #expect(
      shown.last
        == "2110,Trade payables,EUR,-100.00,1.1,2026-11-30,-108.00,-110.00,-2.00,unrealised")
    let early = await shell.type("fx revalue --post")
    #expect(early.errors.hasPrefix("No period ends on 2026-11-23."), "\(early.errors)")
    let booked = await shell.type("fx revalue --date 2026-11-30 --post")
    #expect(booked.output == "Posted as AJ-2026-000001.\n", "\(booked.errors)")
    let again = await shell.type("fx revalue --date 2026-11-30 --post")
    #expect(again.errors.hasPrefix("Every foreign balance is worth"), "\(again.errors)")
    let paid = await shell.run(
      ["journal", "add", "-d", "Paid", "2110", "100 EUR @ book", "1120", "-111", "7300", "--post"],
      as: .owner)
    #expect(paid.status == 0, "\(paid.errors)")
    let books = await shell.type("report trial-balance --format csv").lines
    #expect(books.contains { $0.hasPrefix("7300,") && $0.hasSuffix(",3.00,0.00") }, "\(books)")
  }

  @Test func `a document is settled at what it came in at`() async throws {
    let shell = try await Shell.withBooks()
    _ = await shell.type("fx rate EUR 1.08")
    for (payee, reference, amount) in [
      ("Acme", "I-1", "100 EUR"), ("Bolt", "I-2", "100 EUR @ 1.2"),
    ] {
      let bill = await shell.run([
        "journal", "add", "-d", "Bill", "--payee", payee, "--reference", reference, "6210", amount,
        "2110", "--post",
      ])
      #expect(bill.status == 0, "\(bill.errors)")
    }
    let paid = await shell.run([
      "journal", "add", "-d", "Paid", "--counterparty", "Acme", "--reference", "I-1", "2110",
      "100 EUR @ book", "1120", "-111", "7300", "--post",
    ])
    #expect(paid.status == 0, "\(paid.errors)")
    // 111 for what came in at 108; the account's average is 114.
    let books = await shell.type("report trial-balance --format csv").lines
    #expect(books.contains { $0.hasPrefix("7300,") && $0.hasSuffix(",3.00,0.00") }, "\(books)")
  }

  @Test func `an adjusting entry may say when it is taken back`() async throws {
    let shell = try await Shell.withBooks()
    let added = await shell.type(
      "journal add -d Accrued --type adjusting --reverse-on next 6210 50 2130 --post")
    #expect(added.status == 0, "\(added.errors)")
    let shown = await shell.type("journal show AJ-2026-000001")
    #expect(shown.output.contains("taken back on: 2026-12-01"), "\(shown.output)")
    let refused = await shell.type("journal add -d Rent --reverse-on next 6210 50 2130 --post")
    #expect(refused.errors.hasPrefix("Only an adjusting entry is taken back"), "\(refused.errors)")
  }

  @Test func `an adjusting entry says what it is for, and is found by it`() async throws {
    let shell = try await Shell.withBooks()
    let added = await shell.type(
      "journal add -d Accrued --type adjusting --kind accrual 6210 50 2130 --post")
    #expect(added.status == 0, "\(added.errors)")
    let document = """
      {"type": "adjusting", "kind": "deferral", "description": "Deferred",
        "lines": [{"account": "6210", "amount": 5}, {"account": "2130", "amount": -5}]}
      """
    _ = await shell.run(["journal", "add"], input: document)
    #expect(await shell.type("journal show AJ-2026-000001").output.contains("kind: accrual\n"))
    let json = await shell.type("journal show AJ-2026-000001 --format json").output
    #expect(json.contains(#""kind":"accrual""#), "\(json)")
    let found = await shell.type("journal list --search kind:def --format csv").lines
    #expect(found.count == 2 && found.last?.hasSuffix(",false,deferral") == true, "\(found)")
    _ = await shell.run(["journal", "edit", "D-2", "--kind", ""])
    #expect(await shell.type("journal list --search kind:def --format csv").lines.count == 1)
    let standard = await shell.type("journal add -d Rent --kind accrual 6210 50 2130")
    #expect(standard.errors.contains("Only an adjusting entry is of a kind."), "\(standard)")
    let unknown = await shell.type("journal add --type adjusting --kind blue 6210 50 2130")
    #expect(unknown.errors.contains("of kind accrual, deferral,"), "\(unknown)")
    #expect(await shell.type("journal list --format csv").lines.count == 3)
  }
}
