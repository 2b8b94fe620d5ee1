-- The books: currencies, periods, the chart of accounts, entries and their lines, and the ledger
-- that posting writes (RULES §3).

CREATE TABLE currencies (
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT
    CHECK (business_id > 0),
  -- ISO 4217, or a unit of the business's own as it writes it.
  code TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 32 AND code = trim(code)),
  exponent INTEGER NOT NULL CHECK (exponent BETWEEN 0 AND 9),
  symbol TEXT NOT NULL DEFAULT '' CHECK (length(symbol) <= 16),
  name TEXT NOT NULL DEFAULT '' CHECK (length(name) <= 100),
  PRIMARY KEY (business_id, code)
) STRICT, WITHOUT ROWID;

-- Every amount ever written in it would change its value.
CREATE TRIGGER currencies_exponent BEFORE UPDATE OF exponent ON currencies
  WHEN NEW.exponent <> OLD.exponent
BEGIN
  SELECT RAISE(ABORT, 'CF039 the decimals of a currency are fixed once an entry uses it')
  WHERE EXISTS (
    SELECT 1 FROM journal_lines WHERE business_id = OLD.business_id AND currency = OLD.code);
END;

CREATE TRIGGER currencies_tenant BEFORE UPDATE OF business_id, code ON currencies
  WHEN NEW.business_id <> OLD.business_id OR NEW.code <> OLD.code
BEGIN
  SELECT RAISE(ABORT, 'CF003 a row stays in its business');
END;

-- Units of to_currency for one unit of from_currency: mantissa × 10^−scale. One direction is
-- stored; the other is computed at use (R29).
CREATE TABLE exchange_rates (
  -- No number twice: a line that is being written may be valued with one that was removed since.
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  from_currency TEXT NOT NULL,
  to_currency TEXT NOT NULL,
  rate_date TEXT NOT NULL
    CHECK (rate_date GLOB '????-??-??' AND date(rate_date, '+0 days') IS rate_date),
  kind TEXT NOT NULL DEFAULT 'spot' CHECK (kind IN ('spot', 'average', 'closing', 'budget')),
  source TEXT NOT NULL DEFAULT 'manual' CHECK (source IN ('manual', 'import', 'derived')),
  rate_mantissa INTEGER NOT NULL CHECK (rate_mantissa > 0),
  rate_scale INTEGER NOT NULL CHECK (rate_scale BETWEEN 0 AND 12),
  -- Nothing is valued with a draft.
  status TEXT NOT NULL DEFAULT 'confirmed' CHECK (status IN ('draft', 'confirmed')),
  created_by INTEGER,
  created_at INTEGER NOT NULL,
  -- Another took its place, and lines rest on it: nothing is valued with it any more.
  superseded_at INTEGER,
  UNIQUE (business_id, id),
  FOREIGN KEY (business_id, from_currency) REFERENCES currencies (business_id, code)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, to_currency) REFERENCES currencies (business_id, code)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, created_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  CHECK (from_currency <> to_currency)
) STRICT;

CREATE UNIQUE INDEX exchange_rates_day
  ON exchange_rates (business_id, from_currency, to_currency, kind, status, rate_date)
  WHERE superseded_at IS NULL;

-- Lines rest on it: another is kept in its place.
CREATE TRIGGER exchange_rates_fixed BEFORE UPDATE OF from_currency, to_currency, rate_date, kind,
  source, rate_mantissa, rate_scale, created_by, created_at ON exchange_rates
BEGIN
  SELECT RAISE(ABORT, 'CF050 a rate stays as it was kept');
END;

CREATE TRIGGER exchange_rates_superseded BEFORE UPDATE OF superseded_at ON exchange_rates
  WHEN OLD.superseded_at IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'CF050 what was superseded stays so');
END;

CREATE TRIGGER exchange_rates_tenant BEFORE UPDATE OF id, business_id ON exchange_rates
  WHEN NEW.business_id <> OLD.business_id OR NEW.id <> OLD.id
BEGIN
  SELECT RAISE(ABORT, 'CF003 a row stays in its business');
END;

CREATE TABLE fiscal_years (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT
    CHECK (business_id > 0),
  -- The calendar year in which it ends; of a year of weeks, that of the day a week before. One that
  -- an import made before another has the number before: two can end in the same calendar year.
  year INTEGER NOT NULL CHECK (year BETWEEN 1 AND 9999),
  start_date TEXT NOT NULL
    CHECK (start_date GLOB '????-??-??' AND date(start_date, '+0 days') IS start_date),
  end_date TEXT NOT NULL
    CHECK (end_date GLOB '????-??-??' AND date(end_date, '+0 days') IS end_date),
  status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'closed')),
  closed_by INTEGER,
  closed_at INTEGER,
  UNIQUE (business_id, id),
  UNIQUE (business_id, year),
  FOREIGN KEY (business_id, closed_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  CHECK (end_date >= start_date),
  CHECK ((status = 'closed') = (closed_at IS NOT NULL))
) STRICT;

CREATE TRIGGER fiscal_years_overlap BEFORE INSERT ON fiscal_years
BEGIN
  SELECT RAISE(ABORT, 'CF008 the days belong to another fiscal year already')
  WHERE EXISTS (
    SELECT 1 FROM fiscal_years
    WHERE business_id = NEW.business_id AND start_date <= NEW.end_date
      AND end_date >= NEW.start_date);
END;

CREATE TRIGGER fiscal_years_fixed BEFORE UPDATE OF id, business_id, year, start_date, end_date
  ON fiscal_years
  WHEN NEW.id <> OLD.id OR NEW.business_id <> OLD.business_id OR NEW.year <> OLD.year
    OR NEW.start_date <> OLD.start_date OR NEW.end_date <> OLD.end_date
BEGIN
  SELECT RAISE(ABORT, 'CF009 the days of a fiscal year are fixed');
END;

CREATE TABLE accounting_periods (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  fiscal_year INTEGER NOT NULL,
  number INTEGER NOT NULL CHECK (number BETWEEN 0 AND 14),
  kind TEXT NOT NULL CHECK (kind IN ('opening', 'normal', 'adjusting', 'closing')),
  name TEXT NOT NULL CHECK (length(trim(name)) BETWEEN 1 AND 50),
  start_date TEXT NOT NULL
    CHECK (start_date GLOB '????-??-??' AND date(start_date, '+0 days') IS start_date),
  end_date TEXT NOT NULL
    CHECK (end_date GLOB '????-??-??' AND date(end_date, '+0 days') IS end_date),
  status TEXT NOT NULL DEFAULT 'future' CHECK (status IN ('future', 'open', 'closed', 'locked')),
  closed_by INTEGER,
  closed_at INTEGER,
  locked_by INTEGER,
  locked_at INTEGER,
  UNIQUE (business_id, id),
  UNIQUE (business_id, fiscal_year, number),
  FOREIGN KEY (business_id, fiscal_year) REFERENCES fiscal_years (business_id, year)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, closed_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, locked_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  CHECK (end_date >= start_date),
  CHECK (kind = CASE number WHEN 0 THEN 'opening' WHEN 13 THEN 'adjusting' WHEN 14 THEN 'closing'
    ELSE 'normal' END),
  CHECK (kind = 'normal' OR start_date = end_date),
  CHECK ((status = 'locked') = (locked_at IS NOT NULL)),
  CHECK (status NOT IN ('closed', 'locked') OR closed_at IS NOT NULL),
  -- Who locks isn't who closed.
  CHECK (locked_by <> closed_by)
) STRICT;

CREATE TRIGGER accounting_periods_insert BEFORE INSERT ON accounting_periods
BEGIN
  SELECT RAISE(ABORT, 'CF009 a period lies within its fiscal year')
  WHERE NOT EXISTS (
    SELECT 1 FROM fiscal_years
    WHERE business_id = NEW.business_id AND year = NEW.fiscal_year
      AND start_date <= NEW.start_date AND end_date >= NEW.end_date);
  SELECT RAISE(ABORT, 'CF008 the days belong to another period already')
  WHERE NEW.kind = 'normal' AND EXISTS (
    SELECT 1 FROM accounting_periods
    WHERE business_id = NEW.business_id AND fiscal_year = NEW.fiscal_year AND kind = 'normal'
      AND start_date <= NEW.end_date AND end_date >= NEW.start_date);
END;

CREATE TRIGGER accounting_periods_fixed BEFORE UPDATE OF start_date, end_date, number, kind,
  fiscal_year ON accounting_periods
  WHEN NEW.start_date <> OLD.start_date OR NEW.end_date <> OLD.end_date
    OR NEW.number <> OLD.number OR NEW.kind <> OLD.kind OR NEW.fiscal_year <> OLD.fiscal_year
BEGIN
  SELECT RAISE(ABORT, 'CF009 the days of a period are fixed once an entry is in it')
  WHERE EXISTS (
    SELECT 1 FROM journal_entries WHERE business_id = OLD.business_id AND period_id = OLD.id);
  SELECT RAISE(ABORT, 'CF009 a period lies within its fiscal year')
  WHERE NOT EXISTS (
    SELECT 1 FROM fiscal_years
    WHERE business_id = OLD.business_id AND year = NEW.fiscal_year
      AND start_date <= NEW.start_date AND end_date >= NEW.end_date);
  SELECT RAISE(ABORT, 'CF008 the days belong to another period already')
  WHERE NEW.kind = 'normal' AND EXISTS (
    SELECT 1 FROM accounting_periods
    WHERE business_id = OLD.business_id AND fiscal_year = NEW.fiscal_year AND kind = 'normal'
      AND id <> OLD.id AND start_date <= NEW.end_date AND end_date >= NEW.start_date);
END;

CREATE TRIGGER accounting_periods_lifecycle BEFORE UPDATE OF status ON accounting_periods
  WHEN NEW.status <> OLD.status
BEGIN
  SELECT RAISE(ABORT, 'CF011 a locked period stays locked') WHERE OLD.status = 'locked';
  SELECT RAISE(ABORT, 'CF011 a period opens, closes, reopens or is locked, in that order')
  WHERE OLD.status || '>' || NEW.status
    NOT IN ('future>open', 'open>closed', 'closed>open', 'closed>locked');
  SELECT RAISE(ABORT, 'CF011 the fiscal year is closed, or a later period of it is locked')
  WHERE OLD.status = 'closed' AND NEW.status = 'open' AND (
    EXISTS (
      SELECT 1 FROM fiscal_years
      WHERE business_id = OLD.business_id AND year = OLD.fiscal_year AND status = 'closed')
    OR EXISTS (
      SELECT 1 FROM accounting_periods
      WHERE business_id = OLD.business_id AND fiscal_year = OLD.fiscal_year
        AND number > OLD.number AND status = 'locked'));
END;

CREATE TRIGGER accounting_periods_locked BEFORE UPDATE ON accounting_periods
  WHEN OLD.status = 'locked' AND NEW.status = 'locked'
BEGIN
  SELECT RAISE(ABORT, 'CF011 a locked period stays as it is');
END;

CREATE TRIGGER accounting_periods_delete BEFORE DELETE ON accounting_periods
BEGIN
  SELECT RAISE(ABORT, 'CF011 a closed period stays') WHERE OLD.status IN ('closed', 'locked');
  SELECT RAISE(ABORT, 'CF009 a period with entries in it stays')
  WHERE EXISTS (
    SELECT 1 FROM journal_entries WHERE business_id = OLD.business_id AND period_id = OLD.id);
  SELECT RAISE(ABORT, 'CF056 of the periods of a year only the last can be removed')
  WHERE OLD.kind = 'normal' AND EXISTS (
    SELECT 1 FROM accounting_periods
    WHERE business_id = OLD.business_id AND fiscal_year = OLD.fiscal_year AND kind = 'normal'
      AND start_date > OLD.start_date);
END;

CREATE TRIGGER accounting_periods_tenant BEFORE UPDATE OF id, business_id ON accounting_periods
  WHEN NEW.business_id <> OLD.business_id OR NEW.id <> OLD.id
BEGIN
  SELECT RAISE(ABORT, 'CF003 a row stays in its business');
END;

-- Who may post into a closed period, and until when.
CREATE TABLE period_exceptions (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  period_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  -- Null is any series.
  series TEXT CHECK (series IN ('GJ', 'AJ', 'CL', 'RV', 'RC', 'OB', 'CO')),
  reason TEXT NOT NULL CHECK (length(trim(reason)) BETWEEN 5 AND 500),
  until_at INTEGER NOT NULL,
  granted_by INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  revoked_at INTEGER,
  UNIQUE (business_id, id),
  FOREIGN KEY (business_id, period_id) REFERENCES accounting_periods (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, user_id) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, granted_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  CHECK (until_at > created_at)
) STRICT;

CREATE TRIGGER period_exceptions_fixed BEFORE UPDATE OF id, business_id, period_id, user_id, series,
  reason, until_at, granted_by, created_at ON period_exceptions
BEGIN
  SELECT RAISE(ABORT, 'CF047 a grant is revoked, never rewritten');
END;

CREATE TRIGGER period_exceptions_revoked BEFORE UPDATE OF revoked_at ON period_exceptions
  WHEN OLD.revoked_at IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'CF043 what was revoked stays revoked');
END;

CREATE TRIGGER period_exceptions_delete BEFORE DELETE ON period_exceptions
BEGIN
  SELECT RAISE(ABORT, 'CF047 a grant is revoked, never removed');
END;

-- What a check of a period found and somebody judged to be well all the same (R24): the finding is
-- in the words that they saw, so that a waiver is of nothing else.
CREATE TABLE period_waivers (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  period_id INTEGER NOT NULL,
  period_check TEXT NOT NULL CHECK (period_check IN (
    'suspense', 'opening', 'control', 'valued', 'revalued', 'reconciled', 'intercompany')),
  finding TEXT NOT NULL CHECK (length(finding) BETWEEN 1 AND 20000),
  reason TEXT NOT NULL CHECK (length(trim(reason)) BETWEEN 5 AND 500),
  waived_by INTEGER NOT NULL,
  waived_at INTEGER NOT NULL,
  UNIQUE (business_id, id),
  FOREIGN KEY (business_id, period_id) REFERENCES accounting_periods (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, waived_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT
) STRICT;

CREATE TRIGGER period_waivers_fixed BEFORE UPDATE ON period_waivers
BEGIN
  SELECT RAISE(ABORT, 'CF047 what was accepted stays as it was said');
END;

CREATE TRIGGER period_waivers_delete BEFORE DELETE ON period_waivers
BEGIN
  SELECT RAISE(ABORT, 'CF047 what was accepted stays said');
END;

CREATE TABLE accounts (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT
    CHECK (business_id > 0),
  number TEXT NOT NULL CHECK (length(number) BETWEEN 1 AND 32 AND number = trim(number)),
  name TEXT NOT NULL CHECK (length(trim(name)) BETWEEN 1 AND 200),
  description TEXT NOT NULL DEFAULT '' CHECK (length(description) <= 1000),
  parent_id INTEGER,
  -- How many stand above it; kept by triggers.
  level INTEGER NOT NULL DEFAULT 0 CHECK (level BETWEEN 0 AND 7),
  type TEXT NOT NULL CHECK (type IN (
    'asset', 'contra_asset', 'liability', 'contra_liability', 'equity', 'contra_equity',
    'revenue', 'contra_revenue', 'expense', 'contra_expense')),
  category TEXT NOT NULL,
  is_header INTEGER NOT NULL DEFAULT 0 CHECK (is_header IN (0, 1)),
  -- Of a subledger: every line needs a counterparty.
  is_control INTEGER NOT NULL DEFAULT 0 CHECK (is_control IN (0, 1)),
  -- Null is any.
  currency TEXT,
  -- Emptied by year-end close although it is equity: drawings, dividends.
  closes INTEGER NOT NULL DEFAULT 0 CHECK (closes IN (0, 1)),
  -- A monetary item, revalued at the closing rate.
  revalue INTEGER NOT NULL DEFAULT 0 CHECK (revalue IN (0, 1)),
  requires_department INTEGER NOT NULL DEFAULT 0 CHECK (requires_department IN (0, 1)),
  -- Of which department a line is that names none (R34).
  usual_department_id INTEGER,
  is_system INTEGER NOT NULL DEFAULT 0 CHECK (is_system IN (0, 1)),
  cash_flow_class TEXT
    CHECK (cash_flow_class IN ('cash', 'operating', 'investing', 'financing', 'noncash')),
  bank_name TEXT CHECK (length(bank_name) <= 100),
  bank_account_number TEXT CHECK (length(bank_account_number) <= 64),
  bank_code TEXT CHECK (length(bank_code) <= 34),
  last_reconciled_on TEXT
    CHECK (last_reconciled_on GLOB '????-??-??'
      AND date(last_reconciled_on, '+0 days') IS last_reconciled_on),
  last_reconciled_balance INTEGER,
  status TEXT NOT NULL DEFAULT 'active'
    CHECK (status IN ('active', 'inactive', 'closed', 'deleted')),
  archived_at INTEGER,
  deleted_at INTEGER,
  created_by INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  UNIQUE (business_id, id),
  FOREIGN KEY (business_id, parent_id) REFERENCES accounts (business_id, id) ON DELETE RESTRICT,
  FOREIGN KEY (business_id, usual_department_id) REFERENCES departments (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, currency) REFERENCES currencies (business_id, code)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, created_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  -- Which category a type may have (R5).
  CHECK (CASE type
    WHEN 'asset' THEN category IN (
      'cash', 'bank', 'accounts_receivable', 'inventory', 'prepaid', 'fixed_assets', 'intangibles',
      'investments', 'other_assets', 'suspense', 'intercompany')
    WHEN 'contra_asset' THEN category IN (
      'accumulated_depreciation', 'accounts_receivable', 'suspense')
    WHEN 'liability' THEN category IN (
      'accounts_payable', 'accrued', 'unearned_revenue', 'notes_payable', 'current_liabilities',
      'long_term_liabilities', 'taxes_payable', 'intercompany')
    WHEN 'contra_liability' THEN category = 'debt_discount'
    WHEN 'equity' THEN category IN (
      'owners_equity', 'retained_earnings', 'common_stock', 'dividends', 'opening_balance_equity',
      'income_summary', 'translation_adjustment')
    WHEN 'contra_equity' THEN category IN ('owners_equity', 'dividends', 'treasury_stock')
    WHEN 'revenue' THEN category IN (
      'sales_income', 'service_income', 'interest_income', 'other_income', 'fx_gain_loss',
      'fx_unrealised', 'rounding')
    WHEN 'contra_revenue' THEN category = 'sales_returns'
    WHEN 'expense' THEN category IN (
      'cost_of_goods_sold', 'salaries', 'rent', 'utilities', 'depreciation', 'interest_expense',
      'tax_expense', 'other_expense', 'fx_gain_loss', 'fx_unrealised', 'rounding')
    WHEN 'contra_expense' THEN category IN ('cost_of_goods_sold', 'purchase_returns')
  END),
  CHECK (category <> 'dividends' OR closes = 1),
  -- Closing takes the result there, or by way of it.
  CHECK (category NOT IN ('retained_earnings', 'income_summary') OR closes = 0),
  CHECK (closes = 0 OR type NOT IN ('asset', 'contra_asset', 'liability', 'contra_liability')),
  -- A heading carries nothing that only lines have (R6).
  CHECK (is_header = 0 OR
    (currency IS NULL AND is_control = 0 AND revalue = 0 AND requires_department = 0
      AND usual_department_id IS NULL)),
  CHECK (parent_id <> id),
  CHECK ((status = 'deleted') = (deleted_at IS NOT NULL)),
  CHECK (status = 'deleted' OR (status = 'active') = (archived_at IS NULL))
) STRICT;

CREATE UNIQUE INDEX accounts_number ON accounts (business_id, lower(number))
  WHERE deleted_at IS NULL;

CREATE TRIGGER accounts_parent_insert BEFORE INSERT ON accounts
  WHEN NEW.parent_id IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'CF035 an account and the one above it are of the same class')
  WHERE EXISTS (
    SELECT 1 FROM accounts
    WHERE business_id = NEW.business_id AND id = NEW.parent_id
      AND replace(type, 'contra_', '') <> replace(NEW.type, 'contra_', ''));
  SELECT RAISE(ABORT, 'CF034 the tree of accounts is at most 8 levels deep')
  WHERE EXISTS (
    SELECT 1 FROM accounts
    WHERE business_id = NEW.business_id AND id = NEW.parent_id AND level >= 7);
END;

CREATE TRIGGER accounts_level_insert AFTER INSERT ON accounts
  WHEN NEW.level <> 0 OR NEW.parent_id IS NOT NULL
BEGIN
  UPDATE accounts
  SET level = 1 + coalesce(
    (SELECT level FROM accounts WHERE business_id = NEW.business_id AND id = NEW.parent_id), -1)
  WHERE business_id = NEW.business_id AND id = NEW.id;
END;

CREATE TRIGGER accounts_parent_update BEFORE UPDATE OF parent_id, type ON accounts
  WHEN NEW.parent_id IS NOT OLD.parent_id OR NEW.type <> OLD.type
BEGIN
  SELECT RAISE(ABORT, 'CF004 an account can''t stand below itself')
  WHERE OLD.id IN (
    WITH RECURSIVE above (id) AS (
      VALUES (NEW.parent_id)
      UNION
      SELECT a.parent_id
      FROM above
      JOIN accounts a ON a.business_id = OLD.business_id AND a.id = above.id
      WHERE a.parent_id IS NOT NULL)
    SELECT id FROM above);
  SELECT RAISE(ABORT, 'CF035 an account and those above and below it are of the same class')
  WHERE EXISTS (
    SELECT 1 FROM accounts
    WHERE business_id = OLD.business_id AND id = NEW.parent_id
      AND replace(type, 'contra_', '') <> replace(NEW.type, 'contra_', ''))
    OR EXISTS (
      SELECT 1 FROM accounts
      WHERE business_id = OLD.business_id AND parent_id = OLD.id
        AND replace(type, 'contra_', '') <> replace(NEW.type, 'contra_', ''));
END;

CREATE TRIGGER accounts_level_parent AFTER UPDATE OF parent_id ON accounts
  WHEN NEW.parent_id IS NOT OLD.parent_id
BEGIN
  UPDATE accounts
  SET level = 1 + coalesce(
    (SELECT level FROM accounts WHERE business_id = NEW.business_id AND id = NEW.parent_id), -1)
  WHERE business_id = NEW.business_id AND id = NEW.id;
END;

-- Fires itself again for the children of the children.
CREATE TRIGGER accounts_level_children AFTER UPDATE OF level ON accounts
  WHEN NEW.level <> OLD.level
BEGIN
  UPDATE accounts SET level = NEW.level + 1
  WHERE business_id = NEW.business_id AND parent_id = NEW.id;
END;

CREATE TRIGGER accounts_level BEFORE UPDATE OF level ON accounts
  WHEN NEW.level <> OLD.level
BEGIN
  SELECT RAISE(ABORT, 'CF034 the tree of accounts is at most 8 levels deep')
  WHERE NEW.level > 7;
  SELECT RAISE(ABORT, 'CF034 the level of an account follows from the one above it')
  WHERE NEW.level IS NOT 1 + coalesce(
    (SELECT level FROM accounts WHERE business_id = OLD.business_id AND id = NEW.parent_id), -1);
END;

CREATE TRIGGER accounts_fixed BEFORE UPDATE OF type, currency, is_header ON accounts
  WHEN NEW.type <> OLD.type OR NEW.currency IS NOT OLD.currency OR NEW.is_header <> OLD.is_header
BEGIN
  SELECT RAISE(ABORT, 'CF036 an account that entries use can''t become a heading')
  WHERE NEW.is_header = 1 AND OLD.is_header = 0 AND EXISTS (
    SELECT 1 FROM journal_lines WHERE business_id = OLD.business_id AND account_id = OLD.id);
  SELECT RAISE(ABORT, 'CF037 type and currency of an account are fixed once something is posted')
  WHERE (NEW.type <> OLD.type OR NEW.currency IS NOT OLD.currency) AND EXISTS (
    SELECT 1 FROM general_ledger WHERE business_id = OLD.business_id AND account_id = OLD.id);
END;

CREATE TRIGGER accounts_archive BEFORE UPDATE OF status ON accounts
  WHEN NEW.status <> OLD.status AND NEW.status <> 'active'
BEGIN
  SELECT RAISE(ABORT, 'CF038 the books can''t do without this account')
  WHERE OLD.is_system = 1;
  SELECT RAISE(ABORT, 'CF005 accounts below it are still in use')
  WHERE EXISTS (
    SELECT 1 FROM accounts
    WHERE business_id = OLD.business_id AND parent_id = OLD.id
      AND (status = 'active' OR (NEW.status = 'deleted' AND status <> 'deleted')));
  SELECT RAISE(ABORT, 'CF006 the account has a balance')
  WHERE EXISTS (
    SELECT 1 FROM general_ledger
    WHERE business_id = OLD.business_id AND account_id = OLD.id
    GROUP BY currency
    HAVING sum(debit) <> sum(credit))
    OR (
      SELECT sum(base_debit) <> sum(base_credit) FROM general_ledger
      WHERE business_id = OLD.business_id AND account_id = OLD.id);
  SELECT RAISE(ABORT, 'CF006 entries that aren''t posted yet use the account')
  WHERE EXISTS (
    SELECT 1
    FROM journal_entries e
    CROSS JOIN journal_lines l ON l.business_id = e.business_id AND l.entry_id = e.id
    WHERE e.business_id = OLD.business_id
      AND e.status IN ('draft', 'pending_approval', 'approved') AND l.account_id = OLD.id);
  SELECT RAISE(ABORT, 'CF007 an account that was ever used can only be archived')
  WHERE NEW.status = 'deleted' AND EXISTS (
    SELECT 1 FROM journal_lines WHERE business_id = OLD.business_id AND account_id = OLD.id);
END;

-- A grant for a heading is one for what stands below it.
CREATE TRIGGER accounts_access_insert AFTER INSERT ON accounts
BEGIN
  UPDATE access_version SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER accounts_access_update AFTER UPDATE OF parent_id ON accounts
BEGIN
  UPDATE access_version SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER accounts_delete BEFORE DELETE ON accounts
BEGIN
  SELECT RAISE(ABORT, 'CF007 an account is never removed, only marked deleted');
END;

CREATE TRIGGER accounts_tenant BEFORE UPDATE OF id, business_id ON accounts
  WHEN NEW.business_id <> OLD.business_id OR NEW.id <> OLD.id
BEGIN
  SELECT RAISE(ABORT, 'CF003 a row stays in its business');
END;

-- What is used of a budget is computed from the ledger.
CREATE TABLE budgets (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  account_id INTEGER NOT NULL,
  department_id INTEGER,
  period_id INTEGER NOT NULL,
  edition TEXT NOT NULL DEFAULT 'original'
    CHECK (edition IN ('original', 'revised', 'forecast')),
  -- Debit-positive, in minor units of the base currency.
  amount INTEGER NOT NULL,
  status TEXT NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'approved')),
  note TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 500),
  created_by INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  approved_by INTEGER,
  approved_at INTEGER,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  UNIQUE (business_id, id),
  FOREIGN KEY (business_id, account_id) REFERENCES accounts (business_id, id) ON DELETE RESTRICT,
  FOREIGN KEY (business_id, department_id) REFERENCES departments (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, period_id) REFERENCES accounting_periods (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, created_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, approved_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  CHECK ((status = 'approved') = (approved_at IS NOT NULL))
) STRICT;

-- One for all departments (0) and one for each.
CREATE UNIQUE INDEX budgets_cell
  ON budgets (business_id, account_id, period_id, edition, coalesce(department_id, 0));

CREATE TRIGGER budgets_tenant BEFORE UPDATE OF id, business_id ON budgets
  WHEN NEW.business_id <> OLD.business_id OR NEW.id <> OLD.id
BEGIN
  SELECT RAISE(ABORT, 'CF003 a row stays in its business');
END;

CREATE TABLE entry_templates (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  name TEXT NOT NULL CHECK (length(trim(name)) BETWEEN 1 AND 100),
  type TEXT NOT NULL DEFAULT 'standard' CHECK (type IN (
    'standard', 'adjusting', 'closing', 'reversing', 'recurring', 'opening', 'correction')),
  description TEXT NOT NULL DEFAULT '' CHECK (length(description) <= 500),
  reference TEXT NOT NULL DEFAULT '' CHECK (length(reference) <= 100),
  notes TEXT NOT NULL DEFAULT '' CHECK (length(notes) <= 4000),
  payee TEXT NOT NULL DEFAULT '' CHECK (length(payee) <= 200),
  status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'inactive', 'deleted')),
  created_by INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER,
  deleted_at INTEGER,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  UNIQUE (business_id, id),
  FOREIGN KEY (business_id, created_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  CHECK ((status = 'deleted') = (deleted_at IS NOT NULL))
) STRICT;

CREATE UNIQUE INDEX entry_templates_name ON entry_templates (business_id, lower(name))
  WHERE deleted_at IS NULL;

CREATE TRIGGER entry_templates_tenant BEFORE UPDATE OF id, business_id ON entry_templates
  WHEN NEW.business_id <> OLD.business_id OR NEW.id <> OLD.id
BEGIN
  SELECT RAISE(ABORT, 'CF003 a row stays in its business');
END;

CREATE TABLE entry_template_lines (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  template_id INTEGER NOT NULL,
  line_number INTEGER NOT NULL CHECK (line_number BETWEEN 1 AND 10000),
  account_id INTEGER NOT NULL,
  currency TEXT NOT NULL,
  -- Where the amount comes from: itself, a share of an account's balance, or the last occurrence.
  amount_rule TEXT NOT NULL DEFAULT 'fixed' CHECK (amount_rule IN ('fixed', 'share', 'last')),
  -- Debit-positive, in minor units of the currency.
  amount INTEGER NOT NULL DEFAULT 0,
  -- Millionths of the balance.
  share INTEGER CHECK (share BETWEEN -1000000 AND 1000000),
  share_account_id INTEGER,
  description TEXT NOT NULL DEFAULT '' CHECK (length(description) <= 500),
  department_id INTEGER,
  project TEXT NOT NULL DEFAULT '' CHECK (length(project) <= 100),
  counterparty TEXT NOT NULL DEFAULT '' CHECK (length(counterparty) <= 200),
  reference TEXT NOT NULL DEFAULT '' CHECK (length(reference) <= 200),
  -- As of journal_lines.
  tax_code TEXT CHECK (length(tax_code) BETWEEN 1 AND 32),
  tax_amount INTEGER,
  quantity_mantissa INTEGER,
  quantity_scale INTEGER CHECK (quantity_scale BETWEEN 0 AND 12),
  unit TEXT CHECK (length(unit) <= 32),
  tags TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tags)),
  UNIQUE (business_id, id),
  UNIQUE (business_id, template_id, line_number),
  FOREIGN KEY (business_id, template_id) REFERENCES entry_templates (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, account_id) REFERENCES accounts (business_id, id) ON DELETE RESTRICT,
  FOREIGN KEY (business_id, share_account_id) REFERENCES accounts (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, currency) REFERENCES currencies (business_id, code)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, department_id) REFERENCES departments (business_id, id)
    ON DELETE RESTRICT,
  CHECK ((quantity_mantissa IS NULL) = (quantity_scale IS NULL)),
  CHECK ((amount_rule = 'share') = (share IS NOT NULL AND share_account_id IS NOT NULL))
) STRICT;

CREATE TRIGGER entry_template_lines_tenant BEFORE UPDATE OF id, business_id ON entry_template_lines
  WHEN NEW.business_id <> OLD.business_id OR NEW.id <> OLD.id
BEGIN
  SELECT RAISE(ABORT, 'CF003 a row stays in its business');
END;

CREATE TABLE recurring_schedules (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  template_id INTEGER NOT NULL,
  rule TEXT NOT NULL CHECK (rule IN (
    'weekly', 'monthly', 'monthly_last_day', 'monthly_last_business_day', 'quarterly', 'yearly')),
  -- Every so many weeks, months, quarters or years.
  step INTEGER NOT NULL DEFAULT 1 CHECK (step BETWEEN 1 AND 120),
  -- Day of the month that dates are clamped from, so that 31 doesn't drift to 28.
  anchor_day INTEGER CHECK (anchor_day BETWEEN 1 AND 31),
  start_on TEXT NOT NULL
    CHECK (start_on GLOB '????-??-??' AND date(start_on, '+0 days') IS start_on),
  end_on TEXT CHECK (end_on GLOB '????-??-??' AND date(end_on, '+0 days') IS end_on),
  occurrences INTEGER CHECK (occurrences > 0),
  next_on TEXT CHECK (next_on GLOB '????-??-??' AND date(next_on, '+0 days') IS next_on),
  action TEXT NOT NULL DEFAULT 'draft' CHECK (action IN ('draft', 'submit', 'post')),
  status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'paused', 'ended')),
  created_by INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  UNIQUE (business_id, id),
  FOREIGN KEY (business_id, template_id) REFERENCES entry_templates (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, created_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  CHECK (end_on >= start_on)
) STRICT;

CREATE TRIGGER recurring_schedules_tenant BEFORE UPDATE OF id, business_id ON recurring_schedules
  WHEN NEW.business_id <> OLD.business_id OR NEW.id <> OLD.id
BEGIN
  SELECT RAISE(ABORT, 'CF003 a row stays in its business');
END;

-- How what some accounts took is spread, whenever somebody has it spread.
CREATE TABLE allocation_rules (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  name TEXT NOT NULL CHECK (length(trim(name)) BETWEEN 1 AND 100),
  -- Whose lines of the accounts; null is those of none.
  department_id INTEGER,
  basis TEXT NOT NULL CHECK (basis IN ('shares', 'headcount', 'balance')),
  basis_account_id INTEGER,
  created_by INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  -- From when nothing is spread by it any more.
  ended_at INTEGER,
  UNIQUE (business_id, id),
  FOREIGN KEY (business_id, department_id) REFERENCES departments (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, basis_account_id) REFERENCES accounts (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, created_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  CHECK ((basis = 'balance') = (basis_account_id IS NOT NULL))
) STRICT;

CREATE UNIQUE INDEX allocation_rules_name ON allocation_rules (business_id, lower(name))
  WHERE ended_at IS NULL;

CREATE TRIGGER allocation_rules_tenant BEFORE UPDATE OF id, business_id ON allocation_rules
  WHEN NEW.business_id <> OLD.business_id OR NEW.id <> OLD.id
BEGIN
  SELECT RAISE(ABORT, 'CF003 a row stays in its business');
END;

-- The accounts that a rule spreads, each by itself.
CREATE TABLE allocation_sources (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  rule_id INTEGER NOT NULL,
  line_number INTEGER NOT NULL CHECK (line_number BETWEEN 1 AND 10000),
  account_id INTEGER NOT NULL,
  UNIQUE (business_id, id),
  UNIQUE (business_id, rule_id, line_number),
  UNIQUE (business_id, rule_id, account_id),
  FOREIGN KEY (business_id, rule_id) REFERENCES allocation_rules (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, account_id) REFERENCES accounts (business_id, id) ON DELETE RESTRICT
) STRICT;

CREATE TRIGGER allocation_sources_tenant BEFORE UPDATE OF id, business_id ON allocation_sources
  WHEN NEW.business_id <> OLD.business_id OR NEW.id <> OLD.id
BEGIN
  SELECT RAISE(ABORT, 'CF003 a row stays in its business');
END;

CREATE TABLE allocation_targets (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  rule_id INTEGER NOT NULL,
  line_number INTEGER NOT NULL CHECK (line_number BETWEEN 1 AND 10000),
  -- Null is that from which the part comes.
  account_id INTEGER,
  department_id INTEGER,
  -- Millionths of the whole, where it is spread by those.
  share INTEGER CHECK (share BETWEEN 0 AND 1000000),
  UNIQUE (business_id, id),
  UNIQUE (business_id, rule_id, line_number),
  FOREIGN KEY (business_id, rule_id) REFERENCES allocation_rules (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, account_id) REFERENCES accounts (business_id, id) ON DELETE RESTRICT,
  FOREIGN KEY (business_id, department_id) REFERENCES departments (business_id, id)
    ON DELETE RESTRICT
) STRICT;

CREATE TRIGGER allocation_targets_tenant BEFORE UPDATE OF id, business_id ON allocation_targets
  WHEN NEW.business_id <> OLD.business_id OR NEW.id <> OLD.id
BEGIN
  SELECT RAISE(ABORT, 'CF003 a row stays in its business');
END;

CREATE TABLE bank_statements (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  account_id INTEGER NOT NULL,
  currency TEXT NOT NULL,
  from_date TEXT NOT NULL
    CHECK (from_date GLOB '????-??-??' AND date(from_date, '+0 days') IS from_date),
  to_date TEXT NOT NULL CHECK (to_date GLOB '????-??-??' AND date(to_date, '+0 days') IS to_date),
  -- Debit-positive, in minor units of the currency; opening + Σ lines = closing.
  opening_balance INTEGER NOT NULL,
  closing_balance INTEGER NOT NULL,
  reference TEXT NOT NULL DEFAULT '' CHECK (length(reference) <= 100),
  file_name TEXT NOT NULL DEFAULT '' CHECK (length(file_name) <= 255),
  file_sha256 TEXT CHECK (length(file_sha256) = 64),
  imported_by INTEGER NOT NULL,
  imported_at INTEGER NOT NULL,
  UNIQUE (business_id, id),
  FOREIGN KEY (business_id, account_id) REFERENCES accounts (business_id, id) ON DELETE RESTRICT,
  FOREIGN KEY (business_id, currency) REFERENCES currencies (business_id, code)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, imported_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  CHECK (to_date >= from_date)
) STRICT;

CREATE TRIGGER bank_statements_tenant BEFORE UPDATE OF id, business_id ON bank_statements
  WHEN NEW.business_id <> OLD.business_id OR NEW.id <> OLD.id
BEGIN
  SELECT RAISE(ABORT, 'CF003 a row stays in its business');
END;

CREATE TABLE bank_statement_lines (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  statement_id INTEGER NOT NULL,
  -- The statement's own, so that a line that comes twice is known within its account.
  account_id INTEGER NOT NULL,
  line_number INTEGER NOT NULL CHECK (line_number > 0),
  booked_on TEXT NOT NULL
    CHECK (booked_on GLOB '????-??-??' AND date(booked_on, '+0 days') IS booked_on),
  value_date TEXT
    CHECK (value_date GLOB '????-??-??' AND date(value_date, '+0 days') IS value_date),
  -- Debit-positive, in minor units of the statement's currency.
  amount INTEGER NOT NULL CHECK (amount <> 0),
  text TEXT NOT NULL DEFAULT '' CHECK (length(text) <= 1000),
  counterparty TEXT NOT NULL DEFAULT '' CHECK (length(counterparty) <= 200),
  reference TEXT NOT NULL DEFAULT '' CHECK (length(reference) <= 200),
  -- What the bank calls the line, where it does.
  bank_id TEXT CHECK (length(bank_id) BETWEEN 1 AND 100),
  -- Counts equal lines of one day: two identical coffees are two rows.
  occurrence INTEGER NOT NULL DEFAULT 1 CHECK (occurrence > 0),
  -- The account on the other side that the rules for the bank's files name.
  suggestion TEXT NOT NULL DEFAULT '' CHECK (length(suggestion) <= 500),
  status TEXT NOT NULL DEFAULT 'unmatched'
    CHECK (status IN ('unmatched', 'matched', 'ignored')),
  UNIQUE (business_id, id),
  UNIQUE (business_id, statement_id, line_number),
  FOREIGN KEY (business_id, statement_id) REFERENCES bank_statements (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, account_id) REFERENCES accounts (business_id, id) ON DELETE RESTRICT
) STRICT;

CREATE UNIQUE INDEX bank_statement_lines_bank_id
  ON bank_statement_lines (business_id, account_id, bank_id) WHERE bank_id IS NOT NULL;
CREATE UNIQUE INDEX bank_statement_lines_occurrence
  ON bank_statement_lines (business_id, account_id, booked_on, amount, text, occurrence)
  WHERE bank_id IS NULL;

CREATE TRIGGER bank_statement_lines_fixed BEFORE UPDATE OF id, business_id, statement_id,
  account_id, line_number, booked_on, value_date, amount, text, counterparty, reference, bank_id,
  occurrence, suggestion ON bank_statement_lines
BEGIN
  SELECT RAISE(ABORT, 'CF050 what the bank wrote stays as it came');
END;

CREATE TABLE reconciliations (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  account_id INTEGER NOT NULL,
  statement_id INTEGER,
  as_of_date TEXT NOT NULL
    CHECK (as_of_date GLOB '????-??-??' AND date(as_of_date, '+0 days') IS as_of_date),
  -- Debit-positive, in minor units of the account's currency.
  statement_balance INTEGER NOT NULL,
  book_balance INTEGER,
  outstanding INTEGER,
  status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'closed')),
  prepared_by INTEGER NOT NULL,
  prepared_at INTEGER NOT NULL,
  approved_by INTEGER,
  -- In a small business, or in an emergency on record.
  self_approved INTEGER NOT NULL DEFAULT 0 CHECK (self_approved IN (0, 1)),
  closed_at INTEGER,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  UNIQUE (business_id, id),
  FOREIGN KEY (business_id, account_id) REFERENCES accounts (business_id, id) ON DELETE RESTRICT,
  FOREIGN KEY (business_id, statement_id) REFERENCES bank_statements (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, prepared_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, approved_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  -- Who approves isn't who prepared, unless that is said.
  CHECK (self_approved = 1 OR approved_by <> prepared_by),
  CHECK (self_approved = 0 OR status = 'closed'),
  CHECK ((status = 'closed') = (closed_at IS NOT NULL)),
  -- It closes only without a difference.
  CHECK (status = 'open' OR (
    book_balance IS NOT NULL AND outstanding IS NOT NULL
    AND book_balance - outstanding = statement_balance))
) STRICT;

CREATE TRIGGER reconciliations_tenant BEFORE UPDATE OF id, business_id, account_id
  ON reconciliations
  WHEN NEW.business_id <> OLD.business_id OR NEW.id <> OLD.id OR NEW.account_id <> OLD.account_id
BEGIN
  SELECT RAISE(ABORT, 'CF003 a row stays in its business');
END;

-- From which amount on whose approval an entry needs. Bands add up.
CREATE TABLE approval_bands (
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT
    CHECK (business_id > 0),
  -- Σ base debits of the entry, in minor units.
  minimum_amount INTEGER NOT NULL CHECK (minimum_amount >= 0),
  role TEXT NOT NULL CHECK (role IN ('manager', 'director', 'owner')),
  PRIMARY KEY (business_id, minimum_amount, role)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER approval_bands_tenant BEFORE UPDATE OF business_id ON approval_bands
  WHEN NEW.business_id <> OLD.business_id
BEGIN
  SELECT RAISE(ABORT, 'CF003 a row stays in its business');
END;

CREATE TABLE journal_entries (
  -- The audit log knows an entry by it, so a discarded draft's is never given again.
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT
    CHECK (business_id > 0),
  -- D-n while it has no number; may have gaps.
  draft_number INTEGER NOT NULL CHECK (draft_number > 0),
  -- These four are taken at posting, gapless by business, fiscal year and series (R13, R14).
  series TEXT,
  fiscal_year INTEGER,
  sequence INTEGER CHECK (sequence > 0),
  number TEXT,
  -- The day it counts for.
  entry_date TEXT NOT NULL
    CHECK (entry_date GLOB '????-??-??' AND date(entry_date, '+0 days') IS entry_date),
  document_date TEXT
    CHECK (document_date GLOB '????-??-??' AND date(document_date, '+0 days') IS document_date),
  period_id INTEGER,
  type TEXT NOT NULL DEFAULT 'standard' CHECK (type IN (
    'standard', 'adjusting', 'closing', 'reversing', 'recurring', 'opening', 'correction')),
  source TEXT NOT NULL DEFAULT 'manual' CHECK (source IN (
    'manual', 'invoice', 'bill', 'payment', 'receipt', 'payroll', 'inventory', 'depreciation',
    'import', 'system')),
  reference TEXT NOT NULL DEFAULT '' CHECK (length(reference) <= 200),
  -- Its number in the books it was imported from.
  external_reference TEXT CHECK (length(external_reference) <= 200),
  -- What makes a second import of the same thing find the first.
  source_key TEXT CHECK (length(source_key) BETWEEN 1 AND 200),
  payee TEXT NOT NULL DEFAULT '' CHECK (length(payee) <= 500),
  description TEXT NOT NULL DEFAULT '' CHECK (length(description) <= 1000),
  notes TEXT NOT NULL DEFAULT '' CHECK (length(notes) <= 16000),
  -- What its amounts were entered in; null where lines differ.
  currency TEXT,
  -- Σ base debits, in minor units.
  total INTEGER NOT NULL DEFAULT 0 CHECK (total >= 0),
  status TEXT NOT NULL DEFAULT 'draft' CHECK (status IN (
    'draft', 'pending_approval', 'approved', 'posted', 'reversed', 'voided')),
  -- Of those who act on an entry, null is the system.
  created_by INTEGER,
  created_at INTEGER NOT NULL,
  updated_by INTEGER,
  updated_at INTEGER,
  submitted_by INTEGER,
  submitted_at INTEGER,
  -- Counts submissions; approvals of an earlier one don't count.
  submit_round INTEGER NOT NULL DEFAULT 0 CHECK (submit_round >= 0),
  ever_submitted INTEGER NOT NULL DEFAULT 0 CHECK (ever_submitted IN (0, 1)),
  -- SHA-256 of what was submitted or posted, in hexadecimal.
  content_hash TEXT
    CHECK (length(content_hash) = 64 AND content_hash NOT GLOB '*[^0-9a-f]*'),
  approved_by INTEGER,
  approved_at INTEGER,
  self_approved INTEGER NOT NULL DEFAULT 0 CHECK (self_approved IN (0, 1)),
  -- The rule by which no person's approval was needed.
  exemption TEXT CHECK (length(exemption) BETWEEN 1 AND 200),
  posted_by INTEGER,
  posted_at INTEGER,
  voided_by INTEGER,
  voided_at INTEGER,
  void_reason TEXT CHECK (length(trim(void_reason)) BETWEEN 1 AND 500),
  reversed_at INTEGER,
  reverses_entry_id INTEGER,
  reversed_by_entry_id INTEGER,
  corrects_entry_id INTEGER,
  template_id INTEGER,
  -- The day on which it is taken back by itself.
  reverses_on TEXT
    CHECK (reverses_on GLOB '????-??-??' AND date(reverses_on, '+0 days') IS reverses_on),
  -- What an adjusting entry is for; null where nobody said.
  adjustment_kind TEXT CHECK (adjustment_kind IN (
    'accrual', 'deferral', 'depreciation', 'estimate', 'revaluation')),
  tags TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tags)),
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  UNIQUE (business_id, id),
  UNIQUE (business_id, draft_number),
  FOREIGN KEY (business_id, period_id) REFERENCES accounting_periods (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, fiscal_year) REFERENCES fiscal_years (business_id, year)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, currency) REFERENCES currencies (business_id, code)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, created_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, updated_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, submitted_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, approved_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, posted_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, voided_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, reverses_entry_id) REFERENCES journal_entries (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, reversed_by_entry_id) REFERENCES journal_entries (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, corrects_entry_id) REFERENCES journal_entries (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, template_id) REFERENCES entry_templates (business_id, id)
    ON DELETE RESTRICT,
  CHECK (type <> 'closing' OR source = 'system'),
  CHECK (type = 'adjusting' OR adjustment_kind IS NULL),
  -- A draft may be of another day or type until it is submitted.
  CHECK (status IN ('draft', 'voided') OR reverses_on IS NULL
    OR (type = 'adjusting' AND reverses_on > entry_date)),
  CHECK (series = CASE type
    WHEN 'standard' THEN 'GJ'
    WHEN 'adjusting' THEN 'AJ'
    WHEN 'closing' THEN 'CL'
    WHEN 'reversing' THEN 'RV'
    WHEN 'recurring' THEN 'RC'
    WHEN 'opening' THEN 'OB'
    WHEN 'correction' THEN 'CO'
  END),
  CHECK (number = series || '-' || fiscal_year || '-' || printf('%06d', sequence)),
  -- A number, the moment of posting and the hash: all of a posted entry, none of another.
  CHECK (CASE WHEN status IN ('posted', 'reversed')
    THEN series IS NOT NULL AND fiscal_year IS NOT NULL AND sequence IS NOT NULL
      AND number IS NOT NULL AND period_id IS NOT NULL AND posted_at IS NOT NULL
      AND content_hash IS NOT NULL AND length(trim(description)) > 0
    ELSE series IS NULL AND fiscal_year IS NULL AND sequence IS NULL AND number IS NULL
      AND posted_by IS NULL AND posted_at IS NULL
  END),
  CHECK (status NOT IN ('pending_approval', 'approved') OR (
    submitted_at IS NOT NULL AND submit_round > 0 AND ever_submitted = 1
    AND content_hash IS NOT NULL)),
  CHECK (status <> 'approved' OR approved_at IS NOT NULL),
  CHECK (status NOT IN ('draft', 'pending_approval')
    OR (approved_by IS NULL AND approved_at IS NULL AND self_approved = 0)),
  CHECK ((status = 'voided') = (voided_at IS NOT NULL AND void_reason IS NOT NULL)),
  CHECK ((status = 'reversed') = (reversed_at IS NOT NULL)),
  CHECK ((reversed_at IS NULL) = (reversed_by_entry_id IS NULL))
) STRICT;

CREATE UNIQUE INDEX journal_entries_number
  ON journal_entries (business_id, fiscal_year, series, sequence) WHERE fiscal_year IS NOT NULL;
CREATE UNIQUE INDEX journal_entries_number_text
  ON journal_entries (business_id, number) WHERE number IS NOT NULL;
CREATE UNIQUE INDEX journal_entries_source_key
  ON journal_entries (business_id, source_key) WHERE source_key IS NOT NULL;
-- One reversal each; one that was given up doesn't count.
CREATE UNIQUE INDEX journal_entries_reverses
  ON journal_entries (business_id, reverses_entry_id)
  WHERE reverses_entry_id IS NOT NULL AND status <> 'voided';

CREATE TABLE journal_lines (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  entry_id INTEGER NOT NULL,
  line_number INTEGER NOT NULL CHECK (line_number BETWEEN 1 AND 100000),
  account_id INTEGER NOT NULL,
  -- The entry's, so that an account's register reads one index in the order of the books; posting
  -- refuses any other.
  entry_date TEXT NOT NULL
    CHECK (entry_date GLOB '????-??-??' AND date(entry_date, '+0 days') IS entry_date),
  currency TEXT NOT NULL,
  -- In minor units of the line's currency. A sum that no longer fits 64 bits is an error, not a
  -- wrong figure: sum() and STRICT see to that.
  debit INTEGER NOT NULL DEFAULT 0 CHECK (debit >= 0),
  credit INTEGER NOT NULL DEFAULT 0 CHECK (credit >= 0),
  -- Units of base currency for one: mantissa × 10^−scale.
  rate_mantissa INTEGER CHECK (rate_mantissa > 0),
  rate_scale INTEGER CHECK (rate_scale BETWEEN 0 AND 12),
  rate_date TEXT CHECK (rate_date GLOB '????-??-??' AND date(rate_date, '+0 days') IS rate_date),
  -- The one that it is or is the inverse of; null where it follows from two, or is the line's own.
  rate_id INTEGER,
  rate_source TEXT CHECK (rate_source IN ('manual', 'import', 'derived')),
  -- In minor units of the business's base currency.
  base_debit INTEGER NOT NULL DEFAULT 0 CHECK (base_debit >= 0),
  base_credit INTEGER NOT NULL DEFAULT 0 CHECK (base_credit >= 0),
  -- No rate was found for it: the base amount is 0 until a revaluation values it.
  unvalued INTEGER NOT NULL DEFAULT 0 CHECK (unvalued IN (0, 1)),
  description TEXT NOT NULL DEFAULT '' CHECK (length(description) <= 1000),
  reference TEXT NOT NULL DEFAULT '' CHECK (length(reference) <= 200),
  department_id INTEGER,
  project TEXT NOT NULL DEFAULT '' CHECK (length(project) <= 100),
  counterparty TEXT NOT NULL DEFAULT '' CHECK (length(counterparty) <= 200),
  tax_code TEXT CHECK (length(tax_code) BETWEEN 1 AND 32),
  -- In minor units of the line's currency.
  tax_amount INTEGER,
  -- mantissa × 10^−scale units.
  quantity_mantissa INTEGER,
  quantity_scale INTEGER CHECK (quantity_scale BETWEEN 0 AND 12),
  unit TEXT CHECK (length(unit) <= 32),
  reconciliation_status TEXT NOT NULL DEFAULT 'uncleared'
    CHECK (reconciliation_status IN ('uncleared', 'cleared', 'reconciled')),
  cleared_at INTEGER,
  cleared_by INTEGER,
  reconciliation_id INTEGER,
  tags TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tags)),
  UNIQUE (business_id, id),
  UNIQUE (business_id, entry_id, line_number),
  FOREIGN KEY (business_id, entry_id) REFERENCES journal_entries (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, account_id) REFERENCES accounts (business_id, id) ON DELETE RESTRICT,
  FOREIGN KEY (business_id, currency) REFERENCES currencies (business_id, code)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, rate_id) REFERENCES exchange_rates (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, department_id) REFERENCES departments (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, reconciliation_id) REFERENCES reconciliations (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, cleared_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  -- One side only, the same in both currencies; the line's own amount is 0 only where a revaluation
  -- changes the base amount (V2).
  CHECK (debit = 0 OR (credit = 0 AND base_credit = 0)),
  CHECK (credit = 0 OR base_debit = 0),
  CHECK (base_debit = 0 OR base_credit = 0),
  CHECK (debit > 0 OR credit > 0 OR base_debit > 0 OR base_credit > 0),
  CHECK (unvalued = 0 OR (base_debit = 0 AND base_credit = 0)),
  CHECK ((rate_mantissa IS NULL) = (rate_scale IS NULL)),
  CHECK ((rate_mantissa IS NULL) = (rate_source IS NULL)),
  CHECK (rate_id IS NULL OR rate_source IS NOT NULL),
  CHECK ((quantity_mantissa IS NULL) = (quantity_scale IS NULL)),
  CHECK ((reconciliation_status = 'uncleared') = (cleared_at IS NULL)),
  CHECK (cleared_by IS NULL OR cleared_at IS NOT NULL),
  CHECK (reconciliation_status <> 'reconciled' OR reconciliation_id IS NOT NULL)
) STRICT;

-- Who changed an entry, after which submission (0: before the first): none who did since the last
-- may approve it, and where somebody else posts what one wrote, none who ever did may post it.
CREATE TABLE entry_editors (
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  entry_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  round INTEGER NOT NULL CHECK (round >= 0),
  PRIMARY KEY (business_id, entry_id, user_id, round),
  FOREIGN KEY (business_id, entry_id) REFERENCES journal_entries (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, user_id) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;

CREATE TRIGGER entry_editors_tenant BEFORE UPDATE ON entry_editors
BEGIN
  SELECT RAISE(ABORT, 'CF003 a row stays in its business');
END;

CREATE TRIGGER entry_editors_delete BEFORE DELETE ON entry_editors
BEGIN
  SELECT RAISE(ABORT, 'CF055 who changed an entry is forgotten only while it is a draft')
  WHERE NOT EXISTS (
    SELECT 1 FROM journal_entries
    WHERE business_id = OLD.business_id AND id = OLD.entry_id AND status = 'draft');
END;

-- Each account that an entry spreads, so that it is known again whatever becomes of its words
-- and lines.
CREATE TABLE allocated_entries (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  entry_id INTEGER NOT NULL,
  -- Null where it was said for this time only.
  rule_id INTEGER,
  account_id INTEGER NOT NULL,
  -- Whose lines of it; null is those of none.
  department_id INTEGER,
  -- The last day of the period in which the account took it.
  period_end TEXT NOT NULL
    CHECK (period_end GLOB '????-??-??' AND date(period_end, '+0 days') IS period_end),
  UNIQUE (business_id, id),
  UNIQUE (business_id, entry_id, account_id),
  FOREIGN KEY (business_id, entry_id) REFERENCES journal_entries (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, rule_id) REFERENCES allocation_rules (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, account_id) REFERENCES accounts (business_id, id) ON DELETE RESTRICT,
  FOREIGN KEY (business_id, department_id) REFERENCES departments (business_id, id)
    ON DELETE RESTRICT
) STRICT;

CREATE TRIGGER allocated_entries_tenant BEFORE UPDATE ON allocated_entries
BEGIN
  SELECT RAISE(ABORT, 'CF003 a row stays in its business');
END;

CREATE TRIGGER allocated_entries_delete BEFORE DELETE ON allocated_entries
BEGIN
  SELECT RAISE(ABORT, 'CF055 what an entry spreads is forgotten only while it is a draft')
  WHERE NOT EXISTS (
    SELECT 1 FROM journal_entries
    WHERE business_id = OLD.business_id AND id = OLD.entry_id AND status = 'draft');
END;

CREATE TABLE journal_approvals (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  entry_id INTEGER NOT NULL,
  -- The submission that was decided on.
  round INTEGER NOT NULL CHECK (round > 0),
  user_id INTEGER NOT NULL,
  -- Whose right was used, where it was delegated.
  acting_for INTEGER,
  decision TEXT NOT NULL CHECK (decision IN ('approve', 'reject')),
  reason TEXT CHECK (length(reason) <= 1000),
  content_hash TEXT NOT NULL
    CHECK (length(content_hash) = 64 AND content_hash NOT GLOB '*[^0-9a-f]*'),
  decided_at INTEGER NOT NULL,
  UNIQUE (business_id, id),
  -- One vote a person a round.
  UNIQUE (business_id, entry_id, round, user_id),
  FOREIGN KEY (business_id, entry_id) REFERENCES journal_entries (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, user_id) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, acting_for) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  CHECK (decision <> 'reject' OR length(trim(coalesce(reason, ''))) >= 5),
  CHECK (acting_for <> user_id)
) STRICT;

CREATE TRIGGER journal_approvals_insert BEFORE INSERT ON journal_approvals
BEGIN
  SELECT RAISE(ABORT, 'CF054 only the current submission of a pending entry can be decided on')
  WHERE NOT EXISTS (
    SELECT 1 FROM journal_entries
    WHERE business_id = NEW.business_id AND id = NEW.entry_id AND status = 'pending_approval'
      AND submit_round = NEW.round);
  SELECT RAISE(ABORT, 'CF014 the entry isn''t what was submitted')
  WHERE NOT EXISTS (
    SELECT 1 FROM journal_entries
    WHERE business_id = NEW.business_id AND id = NEW.entry_id
      AND content_hash = NEW.content_hash);
  SELECT RAISE(ABORT, 'CF015 who made, changed or submitted an entry can''t approve it')
  WHERE NEW.decision = 'approve'
    AND NOT EXISTS (SELECT 1 FROM businesses WHERE id = NEW.business_id AND self_approval = 1)
    AND NOT EXISTS (
      SELECT 1 FROM broken_glass
      WHERE business_id = NEW.business_id AND user_id = NEW.user_id
        AND starts_at <= NEW.decided_at AND ends_at > NEW.decided_at)
    AND (
      EXISTS (
        SELECT 1 FROM journal_entries
        WHERE business_id = NEW.business_id AND id = NEW.entry_id
          AND (created_by IN (NEW.user_id, NEW.acting_for)
            OR submitted_by IN (NEW.user_id, NEW.acting_for)))
      OR EXISTS (
        SELECT 1 FROM entry_editors
        WHERE business_id = NEW.business_id AND entry_id = NEW.entry_id
          AND round = NEW.round - 1 AND user_id IN (NEW.user_id, NEW.acting_for)));
END;

CREATE TRIGGER journal_approvals_update BEFORE UPDATE ON journal_approvals
BEGIN
  SELECT RAISE(ABORT, 'CF050 a decision stays as it was made');
END;

CREATE TRIGGER journal_approvals_delete BEFORE DELETE ON journal_approvals
BEGIN
  SELECT RAISE(ABORT, 'CF050 a decision stays as it was made');
END;

-- The last D-n of each business: a discarded one isn't used again.
CREATE TABLE draft_sequences (
  business_id INTEGER PRIMARY KEY REFERENCES businesses (id) ON DELETE RESTRICT,
  last_number INTEGER NOT NULL CHECK (last_number > 0)
) STRICT;

CREATE TRIGGER draft_sequences_update BEFORE UPDATE ON draft_sequences
  WHEN NEW.business_id <> OLD.business_id OR NEW.last_number < OLD.last_number
BEGIN
  SELECT RAISE(ABORT, 'CF024 a series only moves on');
END;

CREATE TRIGGER draft_sequences_delete BEFORE DELETE ON draft_sequences
BEGIN
  SELECT RAISE(ABORT, 'CF024 a series only moves on');
END;

CREATE TRIGGER journal_entries_draft_number AFTER INSERT ON journal_entries
BEGIN
  INSERT INTO draft_sequences (business_id, last_number)
  VALUES (NEW.business_id, NEW.draft_number)
  ON CONFLICT DO UPDATE SET last_number = max(last_number, excluded.last_number);
END;

-- The last number of each series; moved by posting only.
CREATE TABLE entry_sequences (
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  fiscal_year INTEGER NOT NULL,
  series TEXT NOT NULL CHECK (series IN ('GJ', 'AJ', 'CL', 'RV', 'RC', 'OB', 'CO')),
  last_number INTEGER NOT NULL DEFAULT 0 CHECK (last_number >= 0),
  PRIMARY KEY (business_id, fiscal_year, series),
  FOREIGN KEY (business_id, fiscal_year) REFERENCES fiscal_years (business_id, year)
    ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;

-- What is held where: written by posting in its own transaction, provable from the lines.
CREATE TABLE general_ledger (
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  account_id INTEGER NOT NULL,
  period_id INTEGER NOT NULL,
  currency TEXT NOT NULL,
  debit INTEGER NOT NULL DEFAULT 0 CHECK (debit >= 0),
  credit INTEGER NOT NULL DEFAULT 0 CHECK (credit >= 0),
  base_debit INTEGER NOT NULL DEFAULT 0 CHECK (base_debit >= 0),
  base_credit INTEGER NOT NULL DEFAULT 0 CHECK (base_credit >= 0),
  line_count INTEGER NOT NULL DEFAULT 0 CHECK (line_count >= 0),
  PRIMARY KEY (business_id, account_id, currency, period_id),
  FOREIGN KEY (business_id, account_id) REFERENCES accounts (business_id, id) ON DELETE RESTRICT,
  FOREIGN KEY (business_id, period_id) REFERENCES accounting_periods (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, currency) REFERENCES currencies (business_id, code)
    ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;

-- Closing = opening + debit − credit, debit-positive. Income and expense start each fiscal year at
-- 0; the others go on for ever. A period in which nothing moved has no row.
CREATE VIEW general_ledger_balances AS
SELECT
  business_id, account_id, period_id, fiscal_year, period_number, currency,
  running - debit + credit AS opening, debit, credit, running AS closing,
  base_running - base_debit + base_credit AS base_opening, base_debit, base_credit,
  base_running AS base_closing, line_count
FROM (
  SELECT
    g.business_id, g.account_id, g.period_id, p.fiscal_year, p.number AS period_number, g.currency,
    g.debit, g.credit, g.base_debit, g.base_credit, g.line_count,
    sum(g.debit - g.credit) OVER balance AS running,
    sum(g.base_debit - g.base_credit) OVER balance AS base_running
  FROM general_ledger g
  JOIN accounting_periods p ON p.business_id = g.business_id AND p.id = g.period_id
  JOIN accounts a ON a.business_id = g.business_id AND a.id = g.account_id
  WINDOW balance AS (
    PARTITION BY g.business_id, g.account_id, g.currency,
      CASE WHEN a.type IN ('revenue', 'contra_revenue', 'expense', 'contra_expense')
        THEN p.fiscal_year ELSE 0 END
    ORDER BY p.fiscal_year, p.number));

CREATE TRIGGER journal_lines_insert BEFORE INSERT ON journal_lines
BEGIN
  SELECT RAISE(ABORT, 'CF001 only the lines of a draft can be changed')
  WHERE NOT EXISTS (
    SELECT 1 FROM journal_entries
    WHERE business_id = NEW.business_id AND id = NEW.entry_id AND status = 'draft');
  SELECT RAISE(ABORT, 'CF051 only what is posted can be reconciled')
  WHERE NEW.reconciliation_id IS NOT NULL OR NEW.reconciliation_status <> 'uncleared';
END;

CREATE TRIGGER journal_lines_update BEFORE UPDATE OF id, business_id, entry_id, line_number,
  account_id, entry_date, currency, debit, credit, rate_mantissa, rate_scale, rate_date, rate_id,
  rate_source, base_debit, base_credit, unvalued, description, reference, department_id, project,
  counterparty, tax_code, tax_amount, quantity_mantissa, quantity_scale, unit, tags
  ON journal_lines
BEGIN
  SELECT RAISE(ABORT, 'CF003 a row stays in its business')
  WHERE NEW.business_id <> OLD.business_id OR NEW.id <> OLD.id;
  SELECT RAISE(ABORT, 'CF001 only the lines of a draft can be changed')
  WHERE NOT EXISTS (
    SELECT 1 FROM journal_entries
    WHERE business_id = OLD.business_id AND id = OLD.entry_id AND status = 'draft')
    OR NOT EXISTS (
      SELECT 1 FROM journal_entries
      WHERE business_id = OLD.business_id AND id = NEW.entry_id AND status = 'draft');
END;

CREATE TRIGGER journal_lines_cleared BEFORE UPDATE OF reconciliation_id,
  reconciliation_status, cleared_at, cleared_by ON journal_lines
BEGIN
  SELECT RAISE(ABORT, 'CF051 only what is posted can be reconciled')
  WHERE NOT EXISTS (
    SELECT 1 FROM journal_entries
    WHERE business_id = OLD.business_id AND id = OLD.entry_id
      AND status IN ('posted', 'reversed'));
  SELECT RAISE(ABORT, 'CF051 the reconciliation is closed')
  WHERE EXISTS (
    SELECT 1 FROM reconciliations
    WHERE business_id = OLD.business_id AND id = OLD.reconciliation_id AND status = 'closed')
    OR EXISTS (
      SELECT 1 FROM reconciliations
      WHERE business_id = OLD.business_id AND id = NEW.reconciliation_id
        AND (status = 'closed' OR account_id <> OLD.account_id));
END;

CREATE TRIGGER journal_lines_delete BEFORE DELETE ON journal_lines
BEGIN
  SELECT RAISE(ABORT, 'CF001 only the lines of a draft can be changed')
  WHERE NOT EXISTS (
    SELECT 1 FROM journal_entries
    WHERE business_id = OLD.business_id AND id = OLD.entry_id AND status = 'draft');
END;

CREATE TRIGGER journal_entries_insert BEFORE INSERT ON journal_entries
  WHEN NEW.status <> 'draft' OR NEW.submit_round <> 0 OR NEW.ever_submitted <> 0
    OR coalesce(NEW.submitted_by, NEW.submitted_at, NEW.content_hash, NEW.exemption, NEW.voided_by,
      NEW.voided_at, NEW.void_reason) IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'CF002 every entry starts as a draft');
END;

CREATE TRIGGER journal_entries_tenant BEFORE UPDATE OF id, business_id, draft_number, created_by,
  created_at ON journal_entries
  WHEN NEW.id <> OLD.id OR NEW.business_id <> OLD.business_id
    OR NEW.draft_number <> OLD.draft_number OR NEW.created_by IS NOT OLD.created_by
    OR NEW.created_at <> OLD.created_at
BEGIN
  SELECT RAISE(ABORT, 'CF003 a row stays in its business');
END;

-- From submission on, what was submitted is what is approved and posted.
CREATE TRIGGER journal_entries_content BEFORE UPDATE OF entry_date, document_date, type, source,
  reference, external_reference, source_key, payee, description, notes, currency, total,
  reverses_entry_id, corrects_entry_id, template_id, tags, reverses_on,
  adjustment_kind ON journal_entries
  WHEN OLD.status <> 'draft' AND (
    NEW.entry_date <> OLD.entry_date OR NEW.document_date IS NOT OLD.document_date
    OR NEW.type <> OLD.type OR NEW.source <> OLD.source OR NEW.reference <> OLD.reference
    OR NEW.external_reference IS NOT OLD.external_reference
    OR NEW.source_key IS NOT OLD.source_key OR NEW.payee <> OLD.payee
    OR NEW.description <> OLD.description OR NEW.notes <> OLD.notes
    OR NEW.currency IS NOT OLD.currency OR NEW.total <> OLD.total
    OR NEW.reverses_entry_id IS NOT OLD.reverses_entry_id
    OR NEW.corrects_entry_id IS NOT OLD.corrects_entry_id
    OR NEW.template_id IS NOT OLD.template_id OR NEW.tags <> OLD.tags
    OR NEW.reverses_on IS NOT OLD.reverses_on
    OR NEW.adjustment_kind IS NOT OLD.adjustment_kind)
BEGIN
  SELECT RAISE(ABORT, 'CF001 only a draft can be changed');
END;

-- Of a posted entry only the link to its reversal ever changes; of a reversed or voided one
-- nothing.
CREATE TRIGGER journal_entries_settled BEFORE UPDATE ON journal_entries
  WHEN OLD.status IN ('posted', 'reversed', 'voided') AND (
    NEW.period_id IS NOT OLD.period_id OR NEW.fiscal_year IS NOT OLD.fiscal_year
    OR NEW.series IS NOT OLD.series OR NEW.sequence IS NOT OLD.sequence
    OR NEW.number IS NOT OLD.number OR NEW.updated_by IS NOT OLD.updated_by
    OR NEW.updated_at IS NOT OLD.updated_at OR NEW.submitted_by IS NOT OLD.submitted_by
    OR NEW.submitted_at IS NOT OLD.submitted_at OR NEW.submit_round <> OLD.submit_round
    OR NEW.ever_submitted <> OLD.ever_submitted OR NEW.content_hash IS NOT OLD.content_hash
    OR NEW.approved_by IS NOT OLD.approved_by OR NEW.approved_at IS NOT OLD.approved_at
    OR NEW.self_approved <> OLD.self_approved OR NEW.exemption IS NOT OLD.exemption
    OR NEW.posted_by IS NOT OLD.posted_by OR NEW.posted_at IS NOT OLD.posted_at
    OR NEW.voided_by IS NOT OLD.voided_by OR NEW.voided_at IS NOT OLD.voided_at
    OR NEW.void_reason IS NOT OLD.void_reason OR NEW.version <> OLD.version
    OR (OLD.status <> 'posted' AND (
      NEW.reversed_at IS NOT OLD.reversed_at
      OR NEW.reversed_by_entry_id IS NOT OLD.reversed_by_entry_id)))
BEGIN
  SELECT RAISE(ABORT, 'CF001 what is posted or voided stays as it is');
END;

CREATE TRIGGER journal_entries_round BEFORE UPDATE OF submit_round, ever_submitted
  ON journal_entries
  WHEN (NEW.submit_round <> OLD.submit_round OR NEW.ever_submitted <> OLD.ever_submitted)
    AND NOT (OLD.status = 'draft' AND NEW.status = 'pending_approval'
      AND NEW.submit_round = OLD.submit_round + 1)
BEGIN
  SELECT RAISE(ABORT, 'CF012 an entry can''t do this from where it is');
END;

-- Four eyes are worth what these columns are: whoever could write them by themselves could approve
-- for somebody else, or exchange what was approved.
CREATE TRIGGER journal_entries_marks BEFORE UPDATE OF submitted_by, submitted_at, content_hash,
  approved_by, approved_at, self_approved, exemption, voided_by, voided_at, void_reason
  ON journal_entries
  WHEN NEW.status = OLD.status AND OLD.status IN ('draft', 'pending_approval', 'approved') AND (
    NEW.submitted_by IS NOT OLD.submitted_by OR NEW.submitted_at IS NOT OLD.submitted_at
    OR NEW.content_hash IS NOT OLD.content_hash OR NEW.approved_by IS NOT OLD.approved_by
    OR NEW.approved_at IS NOT OLD.approved_at OR NEW.self_approved <> OLD.self_approved
    OR NEW.exemption IS NOT OLD.exemption OR NEW.voided_by IS NOT OLD.voided_by
    OR NEW.voided_at IS NOT OLD.voided_at OR NEW.void_reason IS NOT OLD.void_reason)
BEGIN
  SELECT RAISE(ABORT, 'CF055 who decided on an entry, and on what, is written by deciding');
END;

CREATE TRIGGER journal_entries_lifecycle BEFORE UPDATE OF status ON journal_entries
  WHEN NEW.status <> OLD.status
BEGIN
  SELECT RAISE(ABORT, 'CF012 an entry can''t do this from where it is')
  WHERE OLD.status || '>' || NEW.status NOT IN (
    'draft>pending_approval', 'draft>posted', 'draft>voided', 'pending_approval>draft',
    'pending_approval>approved', 'pending_approval>voided', 'approved>draft', 'approved>posted',
    'approved>voided', 'posted>reversed');
  -- Each step writes its own marks, and going back to draft takes off those of approval.
  SELECT RAISE(ABORT, 'CF055 who decided on an entry, and on what, is written by deciding')
  WHERE (NEW.status <> 'pending_approval' AND (
      NEW.submitted_by IS NOT OLD.submitted_by OR NEW.submitted_at IS NOT OLD.submitted_at))
    OR (NEW.status NOT IN ('approved', 'draft') AND (
      NEW.approved_by IS NOT OLD.approved_by OR NEW.approved_at IS NOT OLD.approved_at
      OR NEW.self_approved <> OLD.self_approved))
    OR (NEW.exemption IS NOT OLD.exemption AND OLD.status || '>' || NEW.status
      NOT IN ('pending_approval>approved', 'draft>posted', 'approved>draft'))
    OR (NEW.content_hash IS NOT OLD.content_hash AND (
      NEW.status = 'voided' OR (NEW.status = 'draft' AND NEW.content_hash IS NOT NULL)))
    OR (NEW.status = 'draft' AND NEW.exemption IS NOT NULL)
    OR (NEW.status <> 'voided' AND (
      NEW.voided_by IS NOT NULL OR NEW.voided_at IS NOT NULL OR NEW.void_reason IS NOT NULL));
  SELECT RAISE(ABORT, 'CF012 submitting an entry starts a new round')
  WHERE NEW.status = 'pending_approval' AND NEW.submit_round <> OLD.submit_round + 1;
  -- At posting the hash changes once more: it then covers the number too.
  SELECT RAISE(ABORT, 'CF014 the entry isn''t what was submitted')
  WHERE NEW.status = 'approved' AND NEW.content_hash IS NOT OLD.content_hash;
  SELECT RAISE(ABORT, 'CF013 nobody has approved the entry')
  WHERE NEW.status = 'approved' AND NOT (NEW.approved_by IS NULL AND NEW.exemption IS NOT NULL)
    AND NOT EXISTS (
      SELECT 1 FROM journal_approvals
      WHERE business_id = NEW.business_id AND entry_id = NEW.id AND round = NEW.submit_round
        AND user_id = NEW.approved_by AND decision = 'approve');
  SELECT RAISE(ABORT, 'CF013 somebody rejected the entry')
  WHERE NEW.status = 'approved' AND EXISTS (
    SELECT 1 FROM journal_approvals
    WHERE business_id = NEW.business_id AND entry_id = NEW.id AND round = NEW.submit_round
      AND decision = 'reject');
  SELECT RAISE(ABORT, 'CF015 who made, changed or submitted an entry can''t approve it')
  WHERE NEW.status = 'approved' AND (
      NEW.approved_by IN (NEW.created_by, NEW.submitted_by)
      OR EXISTS (
        SELECT 1 FROM entry_editors
        WHERE business_id = NEW.business_id AND entry_id = NEW.id AND user_id = NEW.approved_by
          AND round = NEW.submit_round - 1))
    AND NOT (NEW.self_approved = 1 AND (
      EXISTS (SELECT 1 FROM businesses WHERE id = NEW.business_id AND self_approval = 1)
      OR EXISTS (
        SELECT 1 FROM broken_glass
        WHERE business_id = NEW.business_id AND user_id = NEW.approved_by
          AND starts_at <= NEW.approved_at AND ends_at > NEW.approved_at)));
  SELECT RAISE(ABORT, 'CF017 only the posted reversal of an entry makes it reversed')
  WHERE NEW.status = 'reversed' AND NOT EXISTS (
    SELECT 1 FROM journal_entries
    WHERE business_id = NEW.business_id AND id = NEW.reversed_by_entry_id
      AND reverses_entry_id = NEW.id AND status = 'posted');
END;

CREATE TRIGGER journal_entries_post_check BEFORE UPDATE OF status ON journal_entries
  WHEN NEW.status = 'posted' AND OLD.status IN ('draft', 'approved')
BEGIN
  SELECT RAISE(ABORT, 'CF019 the entry needs approval, or the rule that exempts it')
  WHERE OLD.status = 'draft' AND NEW.exemption IS NULL;
  SELECT RAISE(ABORT, 'CF057 somebody else posts what one wrote in this business')
  FROM businesses b
  WHERE b.id = NEW.business_id AND b.own_posting = 0
    AND NEW.type <> 'closing'
    AND (NEW.posted_by = NEW.created_by OR EXISTS (
      SELECT 1 FROM entry_editors
      WHERE business_id = NEW.business_id AND entry_id = NEW.id AND user_id = NEW.posted_by))
    AND NOT EXISTS (
      SELECT 1 FROM broken_glass
      WHERE business_id = NEW.business_id AND user_id = NEW.posted_by
        AND starts_at <= NEW.posted_at AND ends_at > NEW.posted_at);
  SELECT RAISE(ABORT, 'CF058 an entry of this amount needs a file that proves it')
  FROM businesses b
  WHERE b.id = NEW.business_id AND NEW.total >= b.evidence_from
    AND NEW.source NOT IN ('system', 'import')
    AND NEW.type IN ('standard', 'correction')
    AND NOT EXISTS (
      SELECT 1 FROM attachments
      WHERE business_id = NEW.business_id AND entry_id IN (NEW.id, NEW.corrects_entry_id)
        AND hidden_at IS NULL);
  SELECT CASE
    WHEN count(*) < 2 THEN
      RAISE(ABORT, 'CF020 an entry has at least two lines')
    WHEN sum(base_debit) <> sum(base_credit)
      OR (min(currency) = max(currency) AND sum(debit) <> sum(credit)) THEN
      RAISE(ABORT, 'CF021 debits and credits differ')
    WHEN sum(base_debit) <> NEW.total OR min(entry_date) <> NEW.entry_date
      OR max(entry_date) <> NEW.entry_date THEN
      RAISE(ABORT, 'CF021 the total and the date of an entry are those of its lines')
  END
  FROM journal_lines
  WHERE business_id = NEW.business_id AND entry_id = NEW.id;
  SELECT CASE
    WHEN a.is_header = 1 OR a.status <> 'active' THEN
      RAISE(ABORT, 'CF023 an account is a heading or no longer in use')
    WHEN l.currency <> a.currency AND (l.debit > 0 OR l.credit > 0) THEN
      RAISE(ABORT, 'CF028 an account holds another currency than its line')
    WHEN l.currency = b.base_currency
      AND (l.debit <> l.base_debit OR l.credit <> l.base_credit OR l.unvalued = 1) THEN
      RAISE(ABORT, 'CF027 in the base currency a line has one amount, and is never unvalued')
    WHEN a.requires_department = 1 AND l.department_id IS NULL AND NEW.type <> 'closing'
      AND (l.debit > 0 OR l.credit > 0) THEN
      RAISE(ABORT, 'CF026 a line needs a department')
    -- What was booked for a department before it closed can be taken back ever after, and closed
    -- with its year.
    WHEN NEW.reverses_entry_id IS NULL AND NEW.type <> 'closing'
      AND (d.inactive_from_date <= NEW.entry_date OR d.deleted_at IS NOT NULL) THEN
      RAISE(ABORT, 'CF026 the department of a line isn''t in use on its date')
  END
  FROM journal_lines l
  JOIN accounts a ON a.business_id = l.business_id AND a.id = l.account_id
  JOIN businesses b ON b.id = l.business_id
  LEFT JOIN departments d ON d.business_id = l.business_id AND d.id = l.department_id
  WHERE l.business_id = NEW.business_id AND l.entry_id = NEW.id;
  SELECT RAISE(ABORT, 'CF022 the period isn''t open for this date')
  WHERE NOT EXISTS (
    SELECT 1 FROM accounting_periods p
    WHERE p.business_id = NEW.business_id AND p.id = NEW.period_id
      AND p.fiscal_year = NEW.fiscal_year AND NEW.entry_date BETWEEN p.start_date AND p.end_date
      AND (p.status = 'open' OR (p.status = 'closed' AND EXISTS (
        SELECT 1 FROM fiscal_years y
        WHERE y.business_id = NEW.business_id AND y.year = p.fiscal_year AND y.status = 'open')
        AND EXISTS (
        SELECT 1 FROM period_exceptions x
        WHERE x.business_id = NEW.business_id AND x.period_id = NEW.period_id
          AND x.user_id = NEW.posted_by AND (x.series IS NULL OR x.series = NEW.series)
          AND x.revoked_at IS NULL AND NEW.posted_at >= x.created_at
          AND NEW.posted_at < x.until_at))));
  SELECT RAISE(ABORT, 'CF029 the period doesn''t take entries of this type')
  FROM accounting_periods
  WHERE business_id = NEW.business_id AND id = NEW.period_id
    AND NOT CASE kind
      WHEN 'opening' THEN NEW.type = 'opening'
      WHEN 'closing' THEN NEW.type = 'closing'
      -- What takes an entry back on its own day goes where that is.
      WHEN 'adjusting' THEN NEW.type IN ('adjusting', 'correction') OR EXISTS (
        SELECT 1 FROM journal_entries
        WHERE business_id = NEW.business_id AND id = NEW.reverses_entry_id
          AND period_id = NEW.period_id)
      ELSE NEW.type NOT IN ('opening', 'closing')
    END;
  SELECT RAISE(ABORT, 'CF017 only a posted entry that is no reversal itself can be reversed')
  WHERE NEW.reverses_entry_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM journal_entries
    WHERE business_id = NEW.business_id AND id = NEW.reverses_entry_id AND status = 'posted'
      AND reverses_entry_id IS NULL AND entry_date <= NEW.entry_date);
  SELECT RAISE(ABORT, 'CF018 a reversal takes back exactly what it reverses')
  WHERE NEW.reverses_entry_id IS NOT NULL AND EXISTS (
    SELECT 1 FROM journal_lines
    WHERE business_id = NEW.business_id AND entry_id IN (NEW.id, NEW.reverses_entry_id)
    GROUP BY account_id, currency
    HAVING sum(debit) <> sum(credit) OR sum(base_debit) <> sum(base_credit));
  SELECT RAISE(ABORT, 'CF024 the number isn''t the next of its series')
  WHERE NEW.sequence IS NOT 1 + coalesce((
    SELECT last_number FROM entry_sequences
    WHERE business_id = NEW.business_id AND fiscal_year = NEW.fiscal_year
      AND series = NEW.series), 0);
END;

-- The order matters: while the entry has a number that its series hasn't reached, and only then,
-- the ledger can be written. So nothing but this trigger can.
CREATE TRIGGER journal_entries_post AFTER UPDATE OF status ON journal_entries
  WHEN NEW.status = 'posted' AND OLD.status <> 'posted'
BEGIN
  INSERT INTO entry_sequences (business_id, fiscal_year, series)
  VALUES (NEW.business_id, NEW.fiscal_year, NEW.series)
  ON CONFLICT DO NOTHING;
  INSERT INTO general_ledger (
    business_id, account_id, period_id, currency, debit, credit, base_debit, base_credit,
    line_count)
  SELECT
    business_id, account_id, NEW.period_id, currency, sum(debit), sum(credit), sum(base_debit),
    sum(base_credit), count(*)
  FROM journal_lines
  WHERE business_id = NEW.business_id AND entry_id = NEW.id
  GROUP BY account_id, currency
  ON CONFLICT (business_id, account_id, period_id, currency) DO UPDATE SET
    debit = debit + excluded.debit,
    credit = credit + excluded.credit,
    base_debit = base_debit + excluded.base_debit,
    base_credit = base_credit + excluded.base_credit,
    line_count = line_count + excluded.line_count;
  UPDATE entry_sequences SET last_number = NEW.sequence
  WHERE business_id = NEW.business_id AND fiscal_year = NEW.fiscal_year AND series = NEW.series;
END;

CREATE TRIGGER journal_entries_delete BEFORE DELETE ON journal_entries
  WHEN OLD.status <> 'draft' OR OLD.ever_submitted = 1
BEGIN
  SELECT RAISE(ABORT, 'CF016 an entry that was ever submitted or posted stays');
END;

CREATE TRIGGER entry_sequences_insert BEFORE INSERT ON entry_sequences
  WHEN NEW.last_number <> 0
BEGIN
  SELECT RAISE(ABORT, 'CF024 a series starts at 0');
END;

CREATE TRIGGER entry_sequences_update BEFORE UPDATE ON entry_sequences
BEGIN
  SELECT RAISE(ABORT, 'CF024 only posting moves a series on')
  WHERE NEW.business_id <> OLD.business_id OR NEW.fiscal_year <> OLD.fiscal_year
    OR NEW.series <> OLD.series OR NEW.last_number <> OLD.last_number + 1
    OR NOT EXISTS (
      SELECT 1 FROM journal_entries
      WHERE business_id = OLD.business_id AND fiscal_year = OLD.fiscal_year
        AND series = OLD.series AND sequence = NEW.last_number);
END;

CREATE TRIGGER entry_sequences_delete BEFORE DELETE ON entry_sequences
BEGIN
  SELECT RAISE(ABORT, 'CF024 only posting moves a series on');
END;

CREATE TRIGGER general_ledger_insert BEFORE INSERT ON general_ledger
BEGIN
  SELECT RAISE(ABORT, 'CF025 only posting writes the ledger')
  WHERE NOT EXISTS (
    SELECT 1
    FROM accounting_periods p
    JOIN entry_sequences s ON s.business_id = p.business_id AND s.fiscal_year = p.fiscal_year
    JOIN journal_entries e ON e.business_id = s.business_id AND e.fiscal_year = s.fiscal_year
      AND e.series = s.series AND e.sequence = s.last_number + 1
    WHERE p.business_id = NEW.business_id AND p.id = NEW.period_id
      AND e.period_id = NEW.period_id);
END;

CREATE TRIGGER general_ledger_update BEFORE UPDATE ON general_ledger
BEGIN
  SELECT RAISE(ABORT, 'CF025 only posting writes the ledger')
  WHERE NEW.business_id <> OLD.business_id OR NEW.account_id <> OLD.account_id
    OR NEW.period_id <> OLD.period_id OR NEW.currency <> OLD.currency
    OR NEW.debit < OLD.debit OR NEW.credit < OLD.credit OR NEW.base_debit < OLD.base_debit
    OR NEW.base_credit < OLD.base_credit OR NEW.line_count <= OLD.line_count
    OR NOT EXISTS (
      SELECT 1
      FROM accounting_periods p
      JOIN entry_sequences s ON s.business_id = p.business_id AND s.fiscal_year = p.fiscal_year
      JOIN journal_entries e ON e.business_id = s.business_id AND e.fiscal_year = s.fiscal_year
        AND e.series = s.series AND e.sequence = s.last_number + 1
      WHERE p.business_id = OLD.business_id AND p.id = OLD.period_id
        AND e.period_id = OLD.period_id);
END;

CREATE TRIGGER general_ledger_delete BEFORE DELETE ON general_ledger
BEGIN
  SELECT RAISE(ABORT, 'CF025 only posting writes the ledger');
END;

CREATE TRIGGER businesses_books BEFORE UPDATE OF base_currency, status ON businesses
  WHEN NEW.base_currency <> OLD.base_currency
    OR (NEW.status = 'deleted' AND OLD.status <> 'deleted')
BEGIN
  SELECT RAISE(ABORT, 'CF053 the base currency is fixed once something is posted')
  WHERE NEW.base_currency <> OLD.base_currency
    AND EXISTS (SELECT 1 FROM general_ledger WHERE business_id = OLD.id);
  SELECT RAISE(ABORT, 'CF049 a business with posted entries can''t be deleted')
  WHERE NEW.status = 'deleted'
    AND EXISTS (SELECT 1 FROM general_ledger WHERE business_id = OLD.id);
END;

CREATE TABLE recurring_occurrences (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  schedule_id INTEGER NOT NULL,
  occurrence_date TEXT NOT NULL
    CHECK (occurrence_date GLOB '????-??-??'
      AND date(occurrence_date, '+0 days') IS occurrence_date),
  entry_id INTEGER,
  -- Numbers of the lines that the entry was written from: what comes to nothing is left out of it.
  template_lines TEXT NOT NULL DEFAULT '' CHECK (template_lines NOT GLOB '*[^0-9 ]*'),
  status TEXT NOT NULL CHECK (status IN ('made', 'flagged', 'skipped')),
  reason TEXT NOT NULL DEFAULT '' CHECK (length(reason) <= 500),
  created_at INTEGER NOT NULL,
  UNIQUE (business_id, id),
  -- Running the schedule twice makes nothing twice.
  UNIQUE (business_id, schedule_id, occurrence_date),
  FOREIGN KEY (business_id, schedule_id) REFERENCES recurring_schedules (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, entry_id) REFERENCES journal_entries (business_id, id)
    ON DELETE RESTRICT,
  CHECK (status <> 'made' OR entry_id IS NOT NULL)
) STRICT;

CREATE TRIGGER recurring_occurrences_tenant BEFORE UPDATE OF business_id, schedule_id,
  occurrence_date ON recurring_occurrences
  WHEN NEW.business_id <> OLD.business_id OR NEW.schedule_id <> OLD.schedule_id
    OR NEW.occurrence_date <> OLD.occurrence_date
BEGIN
  SELECT RAISE(ABORT, 'CF003 a row stays in its business');
END;

CREATE TABLE reconciliation_matches (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  reconciliation_id INTEGER NOT NULL,
  statement_line_id INTEGER NOT NULL,
  line_id INTEGER NOT NULL,
  -- 0 to 1000; null is a person's own choice.
  score INTEGER CHECK (score BETWEEN 0 AND 1000),
  matched_by INTEGER NOT NULL,
  matched_at INTEGER NOT NULL,
  UNIQUE (business_id, id),
  UNIQUE (business_id, statement_line_id, line_id),
  FOREIGN KEY (business_id, reconciliation_id) REFERENCES reconciliations (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, statement_line_id) REFERENCES bank_statement_lines (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, line_id) REFERENCES journal_lines (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, matched_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT
) STRICT;

CREATE TRIGGER reconciliation_matches_insert BEFORE INSERT ON reconciliation_matches
BEGIN
  SELECT RAISE(ABORT, 'CF051 the reconciliation is closed')
  WHERE EXISTS (
    SELECT 1 FROM reconciliations
    WHERE business_id = NEW.business_id AND id = NEW.reconciliation_id AND status = 'closed');
END;

CREATE TRIGGER reconciliation_matches_update BEFORE UPDATE ON reconciliation_matches
BEGIN
  SELECT RAISE(ABORT, 'CF051 a match is undone and made again, never rewritten');
END;

CREATE TRIGGER reconciliation_matches_delete BEFORE DELETE ON reconciliation_matches
BEGIN
  SELECT RAISE(ABORT, 'CF051 the reconciliation is closed')
  WHERE EXISTS (
    SELECT 1 FROM reconciliations
    WHERE business_id = OLD.business_id AND id = OLD.reconciliation_id AND status = 'closed');
END;

-- What was proved by closing stays as it was proved; opening it again is a step of its own.
CREATE TRIGGER reconciliations_closed BEFORE UPDATE ON reconciliations
  WHEN OLD.status = 'closed' AND (NEW.status <> 'open'
    OR NEW.statement_id IS NOT OLD.statement_id OR NEW.as_of_date <> OLD.as_of_date
    OR NEW.statement_balance <> OLD.statement_balance OR NEW.prepared_by <> OLD.prepared_by
    OR NEW.prepared_at <> OLD.prepared_at)
BEGIN
  SELECT RAISE(ABORT, 'CF051 the reconciliation is closed');
END;

CREATE TRIGGER reconciliations_self_approved BEFORE UPDATE ON reconciliations
  WHEN NEW.self_approved = 1
BEGIN
  SELECT RAISE(ABORT, 'CF015 who had a hand in a reconciliation can''t approve it')
  WHERE NOT EXISTS (SELECT 1 FROM businesses WHERE id = NEW.business_id AND self_approval = 1)
    AND NOT EXISTS (
      SELECT 1 FROM broken_glass
      WHERE business_id = NEW.business_id AND user_id = NEW.approved_by
        AND starts_at <= NEW.closed_at AND ends_at > NEW.closed_at);
END;

CREATE TRIGGER reconciliations_delete BEFORE DELETE ON reconciliations
  WHEN OLD.status = 'closed'
BEGIN
  SELECT RAISE(ABORT, 'CF051 the reconciliation is closed');
END;

CREATE TRIGGER bank_statements_closed BEFORE UPDATE ON bank_statements
BEGIN
  SELECT RAISE(ABORT, 'CF051 a closed reconciliation rests on the statement')
  WHERE EXISTS (
    SELECT 1 FROM reconciliations
    WHERE business_id = OLD.business_id AND statement_id = OLD.id AND status = 'closed');
END;

CREATE TRIGGER bank_statement_lines_insert BEFORE INSERT ON bank_statement_lines
BEGIN
  SELECT RAISE(ABORT, 'CF051 a closed reconciliation rests on the statement')
  WHERE EXISTS (
    SELECT 1 FROM reconciliations
    WHERE business_id = NEW.business_id AND statement_id = NEW.statement_id AND status = 'closed');
END;

CREATE TRIGGER bank_statement_lines_status BEFORE UPDATE OF status ON bank_statement_lines
  WHEN NEW.status <> OLD.status
BEGIN
  SELECT RAISE(ABORT, 'CF051 a closed reconciliation rests on the statement')
  WHERE EXISTS (
    SELECT 1 FROM reconciliations
    WHERE business_id = OLD.business_id AND statement_id = OLD.statement_id AND status = 'closed')
    OR EXISTS (
      SELECT 1
      FROM reconciliation_matches m
      JOIN reconciliations r ON r.business_id = m.business_id AND r.id = m.reconciliation_id
      WHERE m.business_id = OLD.business_id AND m.statement_line_id = OLD.id
        AND r.status = 'closed')
    OR OLD.status = 'ignored' AND EXISTS (
      SELECT 1
      FROM bank_statements s
      JOIN reconciliations r ON r.business_id = s.business_id AND r.account_id = s.account_id
      WHERE s.business_id = OLD.business_id AND s.id = OLD.statement_id AND r.status = 'closed'
        AND r.as_of_date >= OLD.booked_on AND r.closed_at >= s.imported_at);
END;

-- One that is matched can't be removed anyway: its matches point at it.
CREATE TRIGGER bank_statement_lines_delete BEFORE DELETE ON bank_statement_lines
BEGIN
  SELECT RAISE(ABORT, 'CF051 a closed reconciliation rests on the statement')
  WHERE EXISTS (
    SELECT 1 FROM reconciliations
    WHERE business_id = OLD.business_id AND statement_id = OLD.statement_id AND status = 'closed')
    OR OLD.status = 'ignored' AND EXISTS (
      SELECT 1
      FROM bank_statements s
      JOIN reconciliations r ON r.business_id = s.business_id AND r.account_id = s.account_id
      WHERE s.business_id = OLD.business_id AND s.id = OLD.statement_id AND r.status = 'closed'
        AND r.as_of_date >= OLD.booked_on AND r.closed_at >= s.imported_at);
END;

-- A trial balance as it was handed out, for ever.
CREATE TABLE trial_balance (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  -- Where its days are those of one.
  period_id INTEGER,
  -- The first day that counts as movement.
  from_date TEXT NOT NULL
    CHECK (from_date GLOB '????-??-??' AND date(from_date, '+0 days') IS from_date),
  as_of_date TEXT NOT NULL
    CHECK (as_of_date GLOB '????-??-??' AND date(as_of_date, '+0 days') IS as_of_date),
  -- The moment whose knowledge it shows; null is the moment it was made.
  known_at INTEGER,
  kind TEXT NOT NULL DEFAULT 'adjusted'
    CHECK (kind IN ('unadjusted', 'adjusted', 'post-closing')),
  basis TEXT NOT NULL DEFAULT 'base' CHECK (basis IN ('base', 'transaction')),
  run_number INTEGER NOT NULL DEFAULT 1 CHECK (run_number > 0),
  -- The last audit record there was.
  audit_sequence INTEGER NOT NULL CHECK (audit_sequence >= 0),
  -- In the base currency, whatever the lines are in.
  total_debit INTEGER NOT NULL CHECK (total_debit >= 0),
  total_credit INTEGER NOT NULL CHECK (total_credit >= 0),
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
  -- Null is the system, as at the end of a year.
  created_by INTEGER,
  created_at INTEGER NOT NULL,
  -- A period that it covers was opened again.
  superseded_at INTEGER,
  UNIQUE (business_id, id),
  UNIQUE (business_id, as_of_date, kind, basis, run_number),
  FOREIGN KEY (business_id, period_id) REFERENCES accounting_periods (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, created_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  CHECK (from_date <= as_of_date),
  CHECK (total_debit = total_credit)
) STRICT;

CREATE TRIGGER trial_balance_update BEFORE UPDATE OF id, business_id, period_id, from_date,
  as_of_date, known_at, kind, basis, run_number, audit_sequence, total_debit, total_credit, sha256,
  created_by, created_at ON trial_balance
BEGIN
  SELECT RAISE(ABORT, 'CF050 a snapshot stays as it was made');
END;

CREATE TRIGGER trial_balance_superseded BEFORE UPDATE OF superseded_at ON trial_balance
  WHEN OLD.superseded_at IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'CF050 what was superseded stays so');
END;

CREATE TRIGGER trial_balance_delete BEFORE DELETE ON trial_balance
BEGIN
  SELECT RAISE(ABORT, 'CF050 a snapshot stays as it was made');
END;

CREATE TABLE trial_balance_lines (
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  trial_balance_id INTEGER NOT NULL,
  line_number INTEGER NOT NULL CHECK (line_number > 0),
  -- Null for what earlier years earned that no closing took away, which is on none.
  account_id INTEGER,
  currency TEXT NOT NULL,
  -- Both as they were then.
  account_number TEXT NOT NULL CHECK (length(account_number) <= 32),
  account_name TEXT NOT NULL CHECK (length(account_name) <= 200),
  -- Debit-positive, in minor units of the currency; closing = opening + debit − credit.
  opening INTEGER NOT NULL,
  debit INTEGER NOT NULL CHECK (debit >= 0),
  credit INTEGER NOT NULL CHECK (credit >= 0),
  closing INTEGER NOT NULL,
  PRIMARY KEY (business_id, trial_balance_id, line_number),
  UNIQUE (business_id, trial_balance_id, account_id, currency),
  FOREIGN KEY (business_id, trial_balance_id) REFERENCES trial_balance (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, account_id) REFERENCES accounts (business_id, id) ON DELETE RESTRICT,
  FOREIGN KEY (business_id, currency) REFERENCES currencies (business_id, code)
    ON DELETE RESTRICT,
  CHECK (closing = opening + debit - credit),
  CHECK ((account_number = '') = (account_id IS NULL)),
  CHECK ((account_name = '') = (account_id IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER trial_balance_lines_update BEFORE UPDATE ON trial_balance_lines
BEGIN
  SELECT RAISE(ABORT, 'CF050 a snapshot stays as it was made');
END;

CREATE TRIGGER trial_balance_lines_delete BEFORE DELETE ON trial_balance_lines
BEGIN
  SELECT RAISE(ABORT, 'CF050 a snapshot stays as it was made');
END;

-- Each file once in a business, however often it is attached.
CREATE TABLE attachment_contents (
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT
    CHECK (business_id > 0),
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
  size_bytes INTEGER NOT NULL CHECK (size_bytes BETWEEN 0 AND 33554432),
  -- Null where the file lies beside the database.
  content BLOB,
  PRIMARY KEY (business_id, sha256),
  CHECK (length(content) = size_bytes)
) STRICT;

CREATE TRIGGER attachment_contents_update BEFORE UPDATE ON attachment_contents
BEGIN
  SELECT RAISE(ABORT, 'CF052 evidence stays as it was attached');
END;

CREATE TABLE attachments (
  -- The audit log knows a file by it, so that of one taken off a draft is never given again.
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  entry_id INTEGER,
  -- The one of the entry that it proves; null is all of it.
  line_id INTEGER,
  period_id INTEGER,
  file_name TEXT NOT NULL CHECK (length(file_name) BETWEEN 1 AND 255),
  media_type TEXT NOT NULL DEFAULT 'application/octet-stream' CHECK (length(media_type) <= 100),
  sha256 TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '' CHECK (length(description) <= 500),
  -- Of an entry's files the others are in its hash, which approvals and posting are bound to.
  after_posting INTEGER NOT NULL DEFAULT 0 CHECK (after_posting IN (0, 1)),
  added_by INTEGER NOT NULL,
  added_at INTEGER NOT NULL,
  hidden_by INTEGER,
  hidden_at INTEGER,
  hidden_reason TEXT CHECK (length(trim(hidden_reason)) BETWEEN 1 AND 500),
  UNIQUE (business_id, id),
  FOREIGN KEY (business_id, entry_id) REFERENCES journal_entries (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, line_id) REFERENCES journal_lines (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, period_id) REFERENCES accounting_periods (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, sha256) REFERENCES attachment_contents (business_id, sha256)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, added_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, hidden_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  CHECK (entry_id IS NULL OR period_id IS NULL),
  CHECK (line_id IS NULL OR entry_id IS NOT NULL),
  CHECK (CASE WHEN hidden_at IS NULL
    THEN hidden_by IS NULL AND hidden_reason IS NULL
    ELSE hidden_by IS NOT NULL AND hidden_reason IS NOT NULL END)
) STRICT;

-- What is being approved keeps the evidence that was submitted with it.
CREATE TRIGGER attachments_insert BEFORE INSERT ON attachments
  WHEN NEW.entry_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM journal_entries
    WHERE business_id = NEW.business_id AND id = NEW.entry_id
      AND (status = 'draft' AND NEW.after_posting = 0
        OR status IN ('posted', 'reversed') AND NEW.after_posting = 1))
BEGIN
  SELECT RAISE(ABORT, 'CF052 evidence is added to a draft, or after posting and marked so');
END;

CREATE TRIGGER attachments_insert_line BEFORE INSERT ON attachments
  WHEN NEW.line_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM journal_lines
    WHERE business_id = NEW.business_id AND id = NEW.line_id AND entry_id = NEW.entry_id)
BEGIN
  SELECT RAISE(ABORT, 'CF052 evidence is of a line of its own entry');
END;

-- The lines of a draft are written anew whenever it is changed.
CREATE TRIGGER attachments_update_line BEFORE UPDATE OF line_id ON attachments
  WHEN NOT EXISTS (
    SELECT 1 FROM journal_entries
    WHERE business_id = OLD.business_id AND id = OLD.entry_id AND status = 'draft')
    OR NEW.line_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM journal_lines
      WHERE business_id = OLD.business_id AND id = NEW.line_id AND entry_id = OLD.entry_id)
BEGIN
  SELECT RAISE(ABORT, 'CF052 evidence stays with the line that it is of');
END;

CREATE TRIGGER attachments_update BEFORE UPDATE OF id, business_id, entry_id, period_id, file_name,
  media_type, sha256, description, after_posting, added_by, added_at ON attachments
BEGIN
  SELECT RAISE(ABORT, 'CF052 evidence stays as it was attached');
END;

CREATE TRIGGER attachments_hide BEFORE UPDATE OF hidden_by, hidden_at, hidden_reason ON attachments
  WHEN OLD.hidden_at IS NOT NULL OR EXISTS (
    SELECT 1 FROM journal_entries
    WHERE business_id = OLD.business_id AND id = OLD.entry_id
      AND status IN ('pending_approval', 'approved'))
BEGIN
  SELECT RAISE(ABORT, 'CF052 evidence is hidden once, and not while its entry is being approved');
END;

CREATE TRIGGER attachments_delete BEFORE DELETE ON attachments
  WHEN NOT EXISTS (
    SELECT 1 FROM journal_entries
    WHERE business_id = OLD.business_id AND id = OLD.entry_id AND status = 'draft'
      AND ever_submitted = 0)
BEGIN
  SELECT RAISE(ABORT, 'CF052 evidence is hidden, never removed');
END;
