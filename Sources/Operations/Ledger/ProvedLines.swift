import Domain
import Store

/// What a file of a draft's line proves, while the lines of the draft are written anew.
struct ProvedLine {
  let file: ID<Attachment>
  /// From one.
  let number: Int
  let account: ID<Account>
  let currency: String
  let amount: Money

  /// Which of `lines` it is now, from one: the one that says the same, before all in its place; else
  /// the one in its place, where that is on its account still. Nil where it is gone: then the file
  /// proves the entry as a whole.
  func number(in lines: [LineContent]) -> Int? {
    let same = lines.indices.filter { index in
      let line = lines[index]
      return line.account == account && line.currency == currency && line.amount == amount
    }.map { $0 + 1 }
    if let first = same.first { return same.contains(number) ? number : first }
    guard lines.indices.contains(number - 1), lines[number - 1].account == account else {
      return nil
    }
    return number
  }
}

extension Change {
  /// Lets go of the lines of a draft, so that they can be deleted. Gives what to `prove` again.
  func takeOffLines(of entry: ID<Entry>) throws -> [ProvedLine] {
    let proved = try rows(
      ProvedLine.init,
      """
      SELECT a.id, l.line_number, l.account_id, l.currency, l.debit - l.credit
      FROM attachments a
      JOIN journal_lines l ON l.business_id = :business AND l.id = a.line_id
      WHERE a.business_id = :business AND a.entry_id = :entry
      """, ["entry": entry])
    guard !proved.isEmpty else { return [] }
    try execute(
      """
      UPDATE attachments SET line_id = NULL
      WHERE business_id = :business AND entry_id = :entry AND line_id IS NOT NULL
      """, ["entry": entry])
    return proved
  }

  func prove(_ proved: [ProvedLine], by lines: [LineContent], of entry: ID<Entry>) throws {
    for line in proved {
      guard let number = line.number(in: lines) else { continue }
      try execute(
        """
        UPDATE attachments SET line_id = (
          SELECT id FROM journal_lines
          WHERE business_id = :business AND entry_id = :entry AND line_number = :number)
        WHERE business_id = :business AND id = :file
        """, ["entry": entry, "number": number, "file": line.file])
    }
  }
}
