extension Attempt {
  /// The chart of accounts and currencies.
  static let chart = [
    Attempt("one number twice", account(number: "1000"), unique),
    Attempt(
      "one number in two spellings", account(number: "a1") + account(number: "A1"), unique),
    Attempt("a number with a space before it", account(number: " 7"), check),
    Attempt("a parent of another business", account(number: "7", parent: "20"), foreignKey),
    Attempt("a parent of another class", account(number: "7", parent: "12"), "CF035"),
    Attempt(
      "moving below another class", "UPDATE accounts SET parent_id = 10 WHERE id = 12", "CF035"),
    Attempt(
      "another class above its children",
      "UPDATE accounts SET type = 'expense', category = 'rent' WHERE id = 10", "CF035"),
    Attempt("an account below itself", "UPDATE accounts SET parent_id = 18 WHERE id = 10", "CF004"),
    Attempt(
      "its own parent", "UPDATE accounts SET parent_id = 10 WHERE id = 10", "CF004"),
    Attempt("a ninth level", deep(from: 300, count: 9), "CF034"),
    Attempt(
      "a ninth level by moving",
      deep(from: 300, count: 7) + "UPDATE accounts SET parent_id = 18 WHERE id = 300", "CF034"),
    Attempt("a level of one's own", "UPDATE accounts SET level = 3 WHERE id = 11", "CF034"),
    Attempt(
      "a category of another type", "UPDATE accounts SET category = 'rent' WHERE id = 11", check),
    Attempt(
      "dividends that aren't closed",
      """
      INSERT INTO accounts (business_id, number, name, type, category, created_at)
      VALUES (1, '3200', 'Dividends', 'contra_equity', 'dividends', 1)
      """, check),
    Attempt(
      "retained earnings that are closed", "UPDATE accounts SET closes = 1 WHERE id = 17", check),
    Attempt(
      "an unknown type", "UPDATE accounts SET type = 'income' WHERE id = 13", check),
    Attempt(
      "a heading with a currency", "UPDATE accounts SET currency = 'USD' WHERE id = 10", check),
    Attempt(
      "a heading of an account with lines", "UPDATE accounts SET is_header = 1 WHERE id = 11",
      "CF036"),
    Attempt(
      "another currency after posting", "UPDATE accounts SET currency = 'USD' WHERE id = 11",
      "CF037"),
    Attempt(
      "another type after posting",
      "UPDATE accounts SET type = 'contra_revenue', category = 'sales_returns' WHERE id = 12",
      "CF037"),
    Attempt("archiving a system account", archive(17), "CF038"),
    Attempt("archiving with accounts below", archive(10), "CF005"),
    Attempt("archiving with a balance", archive(12), "CF006"),
    Attempt(
      "archiving an account that a draft uses",
      "INSERT INTO journal_lines (business_id, entry_id, line_number, entry_date, account_id, "
        + "currency, debit, base_debit) VALUES (1, 1000, 3, '2026-01-09', 13, 'USD', 1, 1);"
        + archive(13), "CF006"),
    Attempt(
      "deleting an account that was used",
      "INSERT INTO journal_lines (business_id, entry_id, line_number, entry_date, account_id, "
        + "currency, debit, base_debit) VALUES (1, 1000, 3, '2026-01-09', 13, 'USD', 1, 1);"
        + "UPDATE journal_entries SET status = 'voided', voided_at = 9, void_reason = 'x' "
        + "WHERE id = 1000; UPDATE accounts SET status = 'deleted', deleted_at = 9 WHERE id = 13",
      "CF007"),
    Attempt("removing an account", "DELETE FROM accounts WHERE id = 13", "CF007"),
    Attempt("moving an account", "UPDATE accounts SET business_id = 2 WHERE id = 13", "CF003"),
    Attempt(
      "other decimals of a currency in use",
      "UPDATE currencies SET exponent = 3 WHERE business_id = 1 AND code = 'USD'", "CF039"),
    Attempt(
      "ten decimals", "UPDATE currencies SET exponent = 10 WHERE code = 'EUR'", check),
    Attempt("removing a currency in use", "DELETE FROM currencies WHERE code = 'USD'", foreignKey),
    Attempt(
      "a rate of 13 decimals",
      """
      INSERT INTO exchange_rates (business_id, from_currency, to_currency, rate_date, rate_mantissa,
        rate_scale, created_at)
      VALUES (1, 'EUR', 'USD', '2026-01-01', 1, 13, 1)
      """, check),
    Attempt(
      "a rate of nothing",
      """
      INSERT INTO exchange_rates (business_id, from_currency, to_currency, rate_date, rate_mantissa,
        rate_scale, created_at)
      VALUES (1, 'EUR', 'USD', '2026-01-01', 0, 2, 1)
      """, check),
  ]

  private static func account(
    number: String, id: String = "NULL", parent: String = "NULL"
  )
    -> String
  {
    """
    INSERT INTO accounts (id, business_id, number, name, parent_id, type, category, created_at)
    VALUES (\(id), 1, '\(number)', 'x', \(parent), 'asset', 'cash', 1);

    """
  }

  private static func deep(from first: Int, count: Int) -> String {
    (first..<first + count).map { id in
      account(number: "\(id)", id: "\(id)", parent: id == first ? "NULL" : "\(id - 1)")
    }.joined()
  }

  private static func archive(_ id: Int) -> String {
    "UPDATE accounts SET status = 'inactive', archived_at = 9 WHERE id = \(id);"
  }

  /// Fiscal years and periods.
  static let periods = [
    Attempt(
      "a year over another",
      """
      INSERT INTO fiscal_years (business_id, year, start_date, end_date)
      VALUES (1, 2027, '2026-07-01', '2027-06-30')
      """, "CF008"),
    Attempt(
      "a period over another",
      "UPDATE accounting_periods SET end_date = '2026-05-02' WHERE id = 104", "CF008"),
    Attempt(
      "a new period over another",
      """
      INSERT INTO accounting_periods (business_id, fiscal_year, number, kind, name, start_date,
        end_date)
      VALUES (1, 2026, 6, 'normal', 'Jun', '2026-05-31', '2026-06-30')
      """, "CF008"),
    Attempt(
      "a period outside its year",
      """
      INSERT INTO accounting_periods (business_id, fiscal_year, number, kind, name, start_date,
        end_date)
      VALUES (1, 2026, 12, 'normal', 'Dec', '2026-12-01', '2027-01-01')
      """, "CF009"),
    Attempt(
      "an adjusting period of two days",
      """
      INSERT INTO accounting_periods (business_id, fiscal_year, number, kind, name, start_date,
        end_date)
      VALUES (2, 2026, 13, 'adjusting', 'Adjusting', '2026-12-30', '2026-12-31')
      """, check),
    Attempt(
      "moving the days of a period in use",
      "UPDATE accounting_periods SET end_date = '2026-01-30' WHERE id = 101", "CF009"),
    Attempt("moving a year", "UPDATE fiscal_years SET end_date = '2026-11-30'", "CF009"),
    Attempt(
      "opening what is locked", "UPDATE accounting_periods SET status = 'open' WHERE id = 103",
      "CF011"),
    Attempt(
      "renaming what is locked", "UPDATE accounting_periods SET name = 'x' WHERE id = 103",
      "CF011"),
    Attempt(
      "locking what is open",
      "UPDATE accounting_periods SET status = 'locked', locked_by = 5, locked_at = 9, "
        + "closed_at = 8 WHERE id = 101", "CF011"),
    Attempt(
      "closing what never opened",
      "UPDATE accounting_periods SET status = 'closed', closed_at = 9 WHERE id = 104", "CF011"),
    Attempt(
      "reopening before a locked period",
      "UPDATE accounting_periods SET status = 'open' WHERE id = 102", "CF011"),
    Attempt(
      "reopening in a closed year",
      "UPDATE fiscal_years SET status = 'closed', closed_at = 9 WHERE business_id = 1;"
        + "UPDATE accounting_periods SET status = 'open' WHERE id = 105", "CF011"),
    Attempt(
      "locking by who closed",
      "UPDATE accounting_periods SET status = 'locked', locked_by = 1, locked_at = 9 WHERE id = 105",
      check),
    Attempt("removing a closed period", "DELETE FROM accounting_periods WHERE id = 105", "CF011"),
    Attempt("removing a locked period", "DELETE FROM accounting_periods WHERE id = 103", "CF011"),
    Attempt("removing a period in use", "DELETE FROM accounting_periods WHERE id = 101", "CF009"),
    Attempt(
      "removing a period that leaves a gap", "DELETE FROM accounting_periods WHERE id = 104",
      "CF056"),
    Attempt(
      "replacing a period that leaves a gap",
      "UPDATE OR REPLACE accounting_periods SET number = 4, start_date = '2026-06-01', "
        + "end_date = '2026-06-30' WHERE id = 105", "CF056"),
    Attempt(
      "moving a period", "UPDATE accounting_periods SET business_id = 2 WHERE id = 104", "CF003"),
    Attempt(
      "lengthening an exception", "UPDATE period_exceptions SET until_at = 99999", "CF047"),
    Attempt("removing an exception", "DELETE FROM period_exceptions", "CF047"),
    Attempt(
      "accepting something else", "UPDATE period_waivers SET finding = 'more'", "CF047"),
    Attempt("removing what was accepted", "DELETE FROM period_waivers", "CF047"),
  ]
}
