import Crypto
import Domain
import Store

extension Reading {
  /// SHA-256 of every column of an entry and its lines that says what it is, and of the files that
  /// prove it (RULES §3.15): what an approval is bound to, and what the audit record of posting
  /// proves. Once it is posted, of its number and period too.
  ///
  /// Columns are taken as they are stored, and also those that no form writes yet: whatever somebody
  /// changes with a database tool shows.
  func seal(
    of entry: ID<Entry>, posted: (number: String, period: ID<Period>)? = nil
  ) throws -> String {
    var canonical = CanonicalBytes(version: "coreflow-entry-6")
    canonical.add(posted?.number)
    canonical.add(posted?.period.value)
    try addHead(of: entry, to: &canonical)
    try addLines(of: entry, to: &canonical)
    try addFiles(of: entry, to: &canonical)
    return hexadecimal(SHA256.hash(data: canonical.bytes))
  }

  private func addHead(of entry: ID<Entry>, to canonical: inout CanonicalBytes) throws {
    let found: [Void] = try rows(
      {
        (
          date: String, documentDate: String?, type: String, source: String, reference: String,
          externalReference: String?, key: String?, payee: String, description: String,
          notes: String, currency: String?, total: Int64, reverses: Int64?, corrects: Int64?,
          template: Int64?, tags: String, reversesOn: String?, adjustment: String?
        ) in
        for text in [
          date, documentDate, type, source, reference, externalReference, key, payee, description,
          notes, currency, tags, reversesOn, adjustment,
        ] { canonical.add(text) }
        for number in [total, reverses, corrects, template] { canonical.add(number) }
      },
      """
      SELECT entry_date, document_date, type, source, reference, external_reference, source_key,
        payee, description, notes, currency, total, reverses_entry_id, corrects_entry_id,
        template_id, tags, reverses_on, adjustment_kind
      FROM journal_entries WHERE business_id = :business AND id = :entry
      """, ["entry": entry])
    guard !found.isEmpty else { throw Refusal.noSuch(.entry(entry)) }
  }

  private func addLines(of entry: ID<Entry>, to canonical: inout CanonicalBytes) throws {
    _ = try rows(
      {
        (
          line: Int64, account: Int64, date: String, currency: String, debit: Int64,
          credit: Int64, mantissa: Int64?, scale: Int64?, rateDate: String?, rate: Int64?,
          rateSource: String?, baseDebit: Int64, baseCredit: Int64, unvalued: Int64,
          description: String, reference: String,
          department: Int64?, project: String, counterparty: String, taxCode: String?,
          tax: Int64?, quantity: Int64?, quantityScale: Int64?, unit: String?, tags: String
        ) in
        for number in [
          line, account, debit, credit, mantissa, scale, rate, baseDebit, baseCredit, unvalued,
          department, tax, quantity, quantityScale,
        ] { canonical.add(number) }
        for text in [
          date, currency, rateDate, rateSource, description, reference, project, counterparty,
          taxCode, unit, tags,
        ] { canonical.add(text) }
      },
      """
      SELECT line_number, account_id, entry_date, currency, debit, credit, rate_mantissa,
        rate_scale, rate_date, rate_id, rate_source, base_debit, base_credit, unvalued,
        description, reference, department_id, project, counterparty, tax_code, tax_amount,
        quantity_mantissa, quantity_scale, unit, tags
      FROM journal_lines WHERE business_id = :business AND entry_id = :entry
      ORDER BY line_number
      """, ["entry": entry])
  }

  /// Those that were there when it was submitted or posted, whether or not they are in sight still.
  private func addFiles(of entry: ID<Entry>, to canonical: inout CanonicalBytes) throws {
    let files = try rows(
      { (name: String, type: String, hash: String, description: String, line: String) in
        [name, type, hash, description, line]
      },
      """
      SELECT a.file_name, a.media_type, a.sha256, a.description,
        coalesce(
          (SELECT CAST(l.line_number AS TEXT) FROM journal_lines l
           WHERE l.business_id = :business AND l.id = a.line_id), '')
      FROM attachments a
      WHERE a.business_id = :business AND a.entry_id = :entry AND a.after_posting = 0
      ORDER BY a.id
      """, ["entry": entry])
    canonical.add(files.count)
    for text in files.joined() { canonical.add(text) }
  }
}
