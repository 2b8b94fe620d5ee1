import Domain
import Store

extension Sight {
  /// Those of the ledger's tables of which something is left out, as somebody sees them: each takes
  /// the place of the table of its name. They say in SQL what `Reach.contains` says of one thing, and
  /// are changed with it; `SightTests` holds what they show to what is decided one by one.
  ///
  /// A clause must cover all that an entry has where it allows, and touch any of it where it denies:
  /// so many of the entry's lines must be within it. What isn't known counts for a deny only.
  var tables: [StaticString] {
    var tables = [Self.reachTables]
    if entries.isWhole && entries.denies.isEmpty {
      if !entries.closed.isEmpty { tables.append(Self.unhiddenTables) }
    } else {
      tables += [Self.entriesTable, Self.linesTable, Self.ledgerTable]
    }
    return tables + (accounts.isEverything ? [] : [Self.accountsTable])
  }

  private static let reachTables: StaticString = """
    clauses AS MATERIALIZED (
      SELECT value ->> 'scope' AS scope, value ->> 'deny' AS deny, value ->> 'own' AS own,
        value ->> 'reader' AS reader,
        value ->> 'own_counts' AS own_counts, value ->> 'least' AS least, value ->> 'most' AS most,
        value ->> 'kind' AS kind, value ->> 'thing' AS thing, value -> 'types' AS types,
        value -> 'sources' AS sources, value -> 'periods' AS periods,
        value -> 'accounts' AS accounts, value -> 'classes' AS classes,
        value -> 'departments' AS departments
      FROM json_each(:reach, '$.clauses')),
    listed AS MATERIALIZED (
      SELECT value ->> 'scope' AS scope, value ->> 'open' AS open, value ->> 'kind' AS kind,
        value ->> 'id' AS id
      FROM json_each(:reach, '$.listed'))
    """

  /// Where lists alone hide something. Their things have indexes, and what is left of a sum is the sum
  /// without them, so that whoever sees nearly everything doesn't wait for every entry to be looked
  /// at. `IN` rather than a join, for which SQLite would read all entries into a filter first.
  private static let unhiddenTables: StaticString = """
    hidden AS MATERIALIZED (
      SELECT id FROM listed WHERE scope = 'entry' AND open = 0 AND kind = 'journal_entry'
      UNION
      SELECT l.entry_id FROM main.journal_lines l
      WHERE l.business_id = :business
        AND l.account_id IN (
          SELECT id FROM listed WHERE scope = 'entry' AND open = 0 AND kind = 'account')
      UNION
      SELECT l.entry_id FROM main.journal_lines l
      WHERE l.business_id = :business
        AND l.department_id IN (
          SELECT id FROM listed WHERE scope = 'entry' AND open = 0 AND kind = 'department')
      UNION
      SELECT e.id FROM main.journal_entries e
      WHERE e.business_id = :business
        AND e.created_by IN (
          SELECT m.user_id FROM business_memberships m
          WHERE m.business_id = :business AND m.department_id IN (
            SELECT id FROM listed WHERE scope = 'entry' AND open = 0 AND kind = 'department'))
        AND NOT EXISTS (
          SELECT 1 FROM main.journal_lines l
          WHERE l.business_id = :business AND l.entry_id = e.id AND l.department_id IS NOT NULL)),
    journal_entries AS NOT MATERIALIZED (
      SELECT e.* FROM main.journal_entries e
      WHERE e.business_id = :business AND e.id NOT IN (SELECT id FROM hidden)),
    journal_lines AS NOT MATERIALIZED (
      SELECT l.* FROM main.journal_lines l
      WHERE l.business_id = :business AND l.entry_id NOT IN (SELECT id FROM hidden)),
    general_ledger AS NOT MATERIALIZED (
      SELECT business_id, account_id, period_id, currency, sum(debit) AS debit,
        sum(credit) AS credit, sum(base_debit) AS base_debit, sum(base_credit) AS base_credit,
        sum(line_count) AS line_count
      FROM (
        SELECT business_id, account_id, period_id, currency, debit, credit, base_debit,
          base_credit, line_count
        FROM main.general_ledger WHERE business_id = :business
        UNION ALL
        SELECT l.business_id, l.account_id, e.period_id, l.currency, -l.debit, -l.credit,
          -l.base_debit, -l.base_credit, -1
        FROM main.journal_entries e
        CROSS JOIN main.journal_lines l ON l.business_id = :business AND l.entry_id = e.id
        WHERE e.business_id = :business AND e.status IN ('posted', 'reversed')
          AND e.id IN (SELECT id FROM hidden))
      GROUP BY business_id, account_id, period_id, currency
      HAVING sum(line_count) > 0)
    """

  private static let entriesTable: StaticString = """
    journal_entries AS NOT MATERIALIZED (
      SELECT e.* FROM main.journal_entries e
      WHERE e.business_id = :business
        AND e.id NOT IN (
          SELECT id FROM listed WHERE scope = 'entry' AND open = 0 AND kind = 'journal_entry')
        AND NOT EXISTS (
          SELECT 1 FROM main.journal_lines l
          WHERE l.business_id = :business AND l.entry_id = e.id
            AND l.account_id IN (
              SELECT id FROM listed WHERE scope = 'entry' AND open = 0 AND kind = 'account'))
        AND NOT EXISTS (
          SELECT 1
          FROM (
            SELECT l.department_id AS id FROM main.journal_lines l
            WHERE l.business_id = :business AND l.entry_id = e.id AND l.department_id IS NOT NULL
            UNION ALL
            SELECT m.department_id FROM business_memberships m
            WHERE m.business_id = :business AND m.user_id = e.created_by
              AND m.department_id IS NOT NULL
              AND NOT EXISTS (
                SELECT 1 FROM main.journal_lines l
                WHERE l.business_id = :business AND l.entry_id = e.id
                  AND l.department_id IS NOT NULL)) d
          WHERE d.id IN (
            SELECT id FROM listed WHERE scope = 'entry' AND open = 0 AND kind = 'department'))
        AND coalesce((
          SELECT min(1 - c.deny) FROM clauses c
          WHERE c.scope = 'entry'
            AND (c.thing IS NULL OR c.kind = 'journal_entry' AND e.id = c.thing)
            AND (c.own = 0 OR coalesce(e.created_by = c.reader, c.deny))
            AND (c.least IS NULL OR e.total >= c.least)
            AND (c.most IS NULL OR e.total <= c.most)
            AND (c.types IS NULL OR e.type IN (SELECT value FROM json_each(c.types)))
            AND (c.sources IS NULL OR e.source IN (SELECT value FROM json_each(c.sources)))
            AND (c.periods IS NULL OR coalesce((
              SELECT p.status = 'open' AND 'open' IN (SELECT value FROM json_each(c.periods))
                OR p.kind = 'adjusting' AND 'adjusting' IN (SELECT value FROM json_each(c.periods))
              FROM accounting_periods p
              WHERE p.business_id = :business AND p.id = coalesce(
                e.period_id, (SELECT d.id FROM accounting_periods d
                  LEFT JOIN main.journal_entries o ON o.business_id = :business
                    AND o.id = e.reverses_entry_id AND o.entry_date = e.entry_date
                  WHERE d.business_id = :business
                    AND e.entry_date BETWEEN d.start_date AND d.end_date
                    AND (d.kind = 'normal' OR d.kind = 'adjusting'
                      AND (e.type IN ('adjusting', 'correction') OR d.id = o.period_id))
                  ORDER BY d.id = o.period_id DESC, d.status = 'open' DESC, d.kind = 'adjusting'
                  LIMIT 1))),
              c.deny))
            AND (c.accounts IS NULL OR (
              SELECT count(*) FILTER (
                  WHERE l.account_id IN (SELECT value FROM json_each(c.accounts)))
                >= CASE c.deny WHEN 1 THEN 1 ELSE max(count(*), 1) END
              FROM main.journal_lines l
              WHERE l.business_id = :business AND l.entry_id = e.id))
            AND (c.classes IS NULL OR (
              SELECT count(*) FILTER (
                  WHERE replace(a.type, 'contra_', '') IN (SELECT value FROM json_each(c.classes)))
                >= CASE c.deny WHEN 1 THEN 1 ELSE max(count(*), 1) END
              FROM main.journal_lines l
              JOIN main.accounts a ON a.business_id = :business AND a.id = l.account_id
              WHERE l.business_id = :business AND l.entry_id = e.id))
            AND (
              c.departments IS NULL OR c.own_counts = 1 AND e.created_by = c.reader
              OR (
                SELECT count(*) FILTER (
                    WHERE d.id IN (SELECT value FROM json_each(c.departments)))
                  >= CASE c.deny WHEN 1 THEN 1 ELSE max(count(*), 1) END
                FROM (
                  SELECT l.department_id AS id FROM main.journal_lines l
                  WHERE l.business_id = :business AND l.entry_id = e.id
                    AND l.department_id IS NOT NULL
                  UNION ALL
                  SELECT m.department_id FROM business_memberships m
                  WHERE m.business_id = :business AND m.user_id = e.created_by
                    AND m.department_id IS NOT NULL
                    AND NOT EXISTS (
                      SELECT 1 FROM main.journal_lines l
                      WHERE l.business_id = :business AND l.entry_id = e.id
                        AND l.department_id IS NOT NULL)) d))),
          e.id IN (
            SELECT id FROM listed
            WHERE scope = 'entry' AND open = 1 AND kind = 'journal_entry')) = 1)
    """

  private static let linesTable: StaticString = """
    journal_lines AS NOT MATERIALIZED (
      SELECT l.* FROM main.journal_lines l
      WHERE l.business_id = :business
        AND EXISTS (
          SELECT 1 FROM journal_entries e
          WHERE e.business_id = :business AND e.id = l.entry_id))
    """

  /// The order of its groups is that of no index of lines, so that SQLite looks at each entry once
  /// rather than once a line, but where one account is asked for.
  private static let ledgerTable: StaticString = """
    general_ledger AS NOT MATERIALIZED (
      SELECT l.business_id, l.account_id, e.period_id, l.currency, sum(l.debit) AS debit,
        sum(l.credit) AS credit, sum(l.base_debit) AS base_debit,
        sum(l.base_credit) AS base_credit, count(*) AS line_count
      FROM journal_entries e
      JOIN main.journal_lines l ON l.business_id = :business AND l.entry_id = e.id
      WHERE e.status IN ('posted', 'reversed')
      GROUP BY e.period_id, l.account_id, l.currency, l.business_id)
    """

  private static let accountsTable: StaticString = """
    accounts AS NOT MATERIALIZED (
      SELECT a.* FROM main.accounts a
      WHERE a.business_id = :business
        AND a.id NOT IN (
          SELECT id FROM listed WHERE scope = 'account' AND open = 0 AND kind = 'account')
        AND coalesce((
          SELECT min(1 - c.deny) FROM clauses c
          WHERE c.scope = 'account'
            AND (c.thing IS NULL OR c.kind = 'account' AND a.id = c.thing)
            AND (c.accounts IS NULL OR a.id IN (SELECT value FROM json_each(c.accounts)))
            AND (c.classes IS NULL
              OR replace(a.type, 'contra_', '') IN (SELECT value FROM json_each(c.classes)))
            AND c.departments IS NULL
            AND (c.deny = 1
              OR c.own = 0 AND c.least IS NULL AND c.most IS NULL AND c.types IS NULL
                AND c.sources IS NULL AND c.periods IS NULL)),
          a.id IN (
            SELECT id FROM listed WHERE scope = 'account' AND open = 1 AND kind = 'account')) = 1)
    """

  /// What `tables` are narrowed by.
  var json: String {
    let scopes = [("entry", entries), ("account", accounts)]
    return JSON.object([
      .init(
        "clauses",
        .array(
          scopes.flatMap { scope, reach in
            reach.allows.map { $0.clause(scope, of: reach.person, isDeny: false) }
              + reach.denies.map { $0.clause(scope, of: reach.person, isDeny: true) }
          })),
      .init("listed", .array(scopes.flatMap { $1.listed($0) })),
    ]).text
  }
}

extension Reach {
  fileprivate func listed(_ scope: String) -> [JSON] {
    func row(_ thing: Thing, isOpen: Bool) -> JSON {
      [
        "scope": .string(scope), "open": .integer(isOpen ? 1 : 0),
        "kind": .string(thing.kind.rawValue), "id": .integer(thing.id),
      ]
    }
    return closed.map { row($0, isOpen: false) } + open.map { row($0, isOpen: true) }
  }
}

extension Conditions {
  fileprivate func clause(
    _ scope: String, of reader: ID<User>?, isDeny: Bool
  ) -> JSON {
    func number(_ money: Money?) -> JSON { money.map { .integer($0.minorUnits) } ?? .null }
    func flag(_ isSet: Bool) -> JSON { .integer(isSet ? 1 : 0) }
    func words<Word: RawRepresentable<String>>(_ words: Set<Word>?) -> JSON? {
      words.map { .array($0.map { .string($0.rawValue) }) }
    }
    let sets: [(String, JSON?)] = [
      ("types", words(entryTypes)), ("sources", words(sources)), ("periods", words(periods)),
      ("classes", words(accountClasses)),
      ("accounts", accounts.map { .array($0.map { .integer($0.value) }) }),
      ("departments", departments.map { .array($0.map { .integer($0.value) }) }),
    ]
    return .object(
      [
        .init("scope", .string(scope)), .init("deny", flag(isDeny)),
        .init("reader", reader.map { .integer($0.value) } ?? .null), .init("own", flag(ownOnly)),
        .init("own_counts", flag(ownCounts)), .init("least", number(amountAtLeast)),
        .init("most", number(amountAtMost)), .init("kind", .text(thing?.kind.rawValue)),
        .init("thing", thing.map { .integer($0.id) } ?? .null),
      ] + sets.compactMap { name, set in set.map { .init(name, $0) } })
  }
}
