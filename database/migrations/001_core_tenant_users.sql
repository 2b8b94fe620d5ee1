-- Who the tenants are, who the people are, and who belongs to what.
--
-- Written once for all five files: money is INTEGER minor units; *_at is INTEGER milliseconds UTC;
-- *_date and *_on are ISO days, checked with '+0 days' because date('2026-02-31') alone gives it
-- back; business_id is in every tenant table and in every foreign key between two of them, so that
-- no row can point at another business's. What a trigger refuses starts with a stable code, CFnnn;
-- database/README.md lists them.

CREATE TABLE businesses (
  id INTEGER PRIMARY KEY CHECK (id >= 0),
  slug TEXT NOT NULL
    CHECK (length(slug) BETWEEN 1 AND 63 AND slug NOT GLOB '*[^a-z0-9-]*' AND slug NOT GLOB '-*'),
  name TEXT NOT NULL CHECK (length(trim(name)) BETWEEN 1 AND 200),
  legal_name TEXT NOT NULL DEFAULT '' CHECK (length(legal_name) <= 200),
  registration_number TEXT CHECK (length(registration_number) <= 64),
  tax_number TEXT CHECK (length(tax_number) <= 64),
  industry TEXT CHECK (length(industry) <= 100),
  size TEXT CHECK (size IN ('micro', 'small', 'medium', 'large', 'enterprise')),
  email TEXT CHECK (length(email) <= 254),
  phone TEXT CHECK (length(phone) <= 40),
  website TEXT CHECK (length(website) <= 200),
  address_line1 TEXT CHECK (length(address_line1) <= 200),
  address_line2 TEXT CHECK (length(address_line2) <= 200),
  city TEXT CHECK (length(city) <= 100),
  region TEXT CHECK (length(region) <= 100),
  postal_code TEXT CHECK (length(postal_code) <= 20),
  country TEXT CHECK (country GLOB '[A-Z][A-Z]'),
  timezone TEXT NOT NULL DEFAULT 'UTC' CHECK (length(timezone) BETWEEN 1 AND 64),
  base_currency TEXT NOT NULL CHECK (length(base_currency) BETWEEN 1 AND 32),
  fiscal_year_start_month INTEGER NOT NULL DEFAULT 1
    CHECK (fiscal_year_start_month BETWEEN 1 AND 12),
  date_format TEXT NOT NULL DEFAULT 'YYYY-MM-DD' CHECK (length(date_format) BETWEEN 1 AND 32),
  rounding TEXT NOT NULL DEFAULT 'half_away' CHECK (rounding IN ('half_away', 'half_even')),
  subscription_tier TEXT NOT NULL DEFAULT 'trial'
    CHECK (subscription_tier IN ('trial', 'starter', 'professional', 'enterprise')),
  subscription_status TEXT NOT NULL DEFAULT 'active'
    CHECK (subscription_status IN ('active', 'suspended', 'cancelled', 'expired')),
  subscription_expires_at INTEGER,
  status TEXT NOT NULL DEFAULT 'active'
    CHECK (status IN ('active', 'inactive', 'suspended', 'deleted')),
  -- Who wrote an entry may post it; otherwise somebody else posts what they wrote.
  own_posting INTEGER NOT NULL DEFAULT 1 CHECK (own_posting IN (0, 1)),
  -- The mode of small businesses: who made an entry may approve it, and the entry says so.
  self_approval INTEGER NOT NULL DEFAULT 0 CHECK (self_approval IN (0, 1)),
  -- The last approval posts; otherwise somebody posts afterwards.
  posts_on_approval INTEGER NOT NULL DEFAULT 1 CHECK (posts_on_approval IN (0, 1)),
  -- How many normal periods may be open at once.
  open_periods_most INTEGER NOT NULL DEFAULT 2 CHECK (open_periods_most BETWEEN 1 AND 60),
  -- From which total on, in the base currency, what people enter needs a file that proves it.
  evidence_from INTEGER CHECK (evidence_from >= 0),
  -- What becomes of an entry that takes more than is planned.
  budget_check TEXT NOT NULL DEFAULT 'none' CHECK (budget_check IN ('none', 'warn', 'block')),
  -- How many days before an amount's own the rate that values it may be of.
  rate_age_days INTEGER NOT NULL DEFAULT 7 CHECK (rate_age_days BETWEEN 0 AND 366),
  idle_lock_minutes INTEGER NOT NULL DEFAULT 15 CHECK (idle_lock_minutes BETWEEN 0 AND 1440),
  -- Never fewer than the ten years that the strictest laws ask for.
  audit_retention_years INTEGER NOT NULL DEFAULT 10
    CHECK (audit_retention_years BETWEEN 10 AND 100),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  CHECK ((status = 'deleted') = (deleted_at IS NOT NULL))
) STRICT;

CREATE UNIQUE INDEX businesses_slug ON businesses (slug) WHERE deleted_at IS NULL;

-- The instance itself: its rows are sign-ins, migrations and what happens before a business is
-- chosen. It keeps no books; its currency is ISO's code for none.
INSERT INTO businesses (id, slug, name, base_currency, created_at, updated_at)
VALUES (0, 'instance', 'This CoreFlow', 'XXX', 0, 0);

CREATE TRIGGER businesses_rounding BEFORE UPDATE OF rounding ON businesses
  WHEN NEW.rounding <> OLD.rounding
BEGIN
  SELECT RAISE(ABORT, 'CF040 how a business rounds is decided when it is made');
END;

CREATE TRIGGER businesses_instance BEFORE UPDATE OF id, status ON businesses
  WHEN NEW.id <> OLD.id OR (OLD.id = 0 AND NEW.status <> 'active')
BEGIN
  SELECT RAISE(ABORT, 'CF041 the instance is always active, and no business changes its id');
END;

CREATE TRIGGER businesses_delete BEFORE DELETE ON businesses
BEGIN
  SELECT RAISE(ABORT, 'CF007 a business is never removed, only marked deleted');
END;

CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  email TEXT NOT NULL CHECK (length(email) BETWEEN 3 AND 254 AND email LIKE '%_@_%'),
  username TEXT CHECK (length(trim(username)) BETWEEN 1 AND 64),
  display_name TEXT NOT NULL CHECK (length(trim(display_name)) BETWEEN 1 AND 100),
  -- Algorithm, parameters, salt and hash in one text; null until the invitation is accepted.
  password_hash TEXT CHECK (length(password_hash) BETWEEN 20 AND 512),
  password_changed_at INTEGER,
  password_reset_hash TEXT CHECK (length(password_reset_hash) = 64),
  password_reset_expires_at INTEGER,
  email_verified_at INTEGER,
  email_verification_hash TEXT CHECK (length(email_verification_hash) = 64),
  email_verification_expires_at INTEGER,
  -- Sealed with a key that isn't in this file: who reads the file can't make codes.
  totp_secret TEXT CHECK (length(totp_secret) <= 512),
  totp_enabled_at INTEGER,
  -- The time step of the last code that was taken, so that no code works twice.
  totp_last_step INTEGER,
  failed_attempts INTEGER NOT NULL DEFAULT 0 CHECK (failed_attempts >= 0),
  locked_until INTEGER,
  failed_at INTEGER,
  last_sign_in_at INTEGER,
  language TEXT NOT NULL DEFAULT 'en' CHECK (length(language) BETWEEN 2 AND 35),
  timezone TEXT NOT NULL DEFAULT 'UTC' CHECK (length(timezone) BETWEEN 1 AND 64),
  date_format TEXT NOT NULL DEFAULT 'YYYY-MM-DD' CHECK (length(date_format) BETWEEN 1 AND 32),
  theme TEXT NOT NULL DEFAULT '' CHECK (length(theme) <= 64),
  keymap TEXT NOT NULL DEFAULT '' CHECK (length(keymap) <= 64),
  -- The one that they mean where they name none.
  usual_business_id INTEGER REFERENCES businesses (id) ON DELETE RESTRICT,
  status TEXT NOT NULL DEFAULT 'pending'
    CHECK (status IN ('pending', 'active', 'suspended')),
  created_at INTEGER NOT NULL,
  updated_at INTEGER,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  CHECK (status <> 'active' OR password_hash IS NOT NULL),
  CHECK (totp_enabled_at IS NULL OR totp_secret IS NOT NULL)
) STRICT;

CREATE UNIQUE INDEX users_email ON users (lower(email));
CREATE UNIQUE INDEX users_username ON users (lower(username));

-- The trail names people by id for as long as it is kept.
CREATE TRIGGER users_delete BEFORE DELETE ON users
BEGIN
  SELECT RAISE(ABORT, 'CF007 a person is never removed, only suspended');
END;

CREATE TABLE recovery_codes (
  id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
  code_hash TEXT NOT NULL CHECK (length(code_hash) BETWEEN 20 AND 512),
  used_at INTEGER,
  created_at INTEGER NOT NULL,
  UNIQUE (user_id, code_hash)
) STRICT;

-- What failed for addresses that nobody has, counted and locked as people's are: being locked out
-- tells nobody whom there is.
CREATE TABLE unknown_addresses (
  address_hash TEXT PRIMARY KEY CHECK (length(address_hash) = 64),
  failed_attempts INTEGER NOT NULL CHECK (failed_attempts > 0),
  locked_until INTEGER,
  attempted_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX unknown_addresses_attempted ON unknown_addresses (attempted_at);

CREATE TABLE business_memberships (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT
    CHECK (business_id > 0),
  user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
  role TEXT NOT NULL CHECK (role IN ('owner', 'director', 'manager', 'employee', 'viewer')),
  job_title TEXT NOT NULL DEFAULT '' CHECK (length(job_title) <= 100),
  -- The user, of the same business, to whom this one answers.
  reports_to INTEGER,
  may_approve INTEGER NOT NULL DEFAULT 0 CHECK (may_approve IN (0, 1)),
  -- In minor units of the base currency; null is the role's own, 0 is none.
  spending_limit INTEGER CHECK (spending_limit >= 0),
  status TEXT NOT NULL DEFAULT 'pending'
    CHECK (status IN ('active', 'inactive', 'suspended', 'pending')),
  invitation_hash TEXT UNIQUE CHECK (length(invitation_hash) = 64),
  invitation_expires_at INTEGER,
  invited_by INTEGER,
  joined_at INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  UNIQUE (business_id, id),
  UNIQUE (business_id, user_id),
  FOREIGN KEY (business_id, reports_to) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, invited_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  CHECK (reports_to <> user_id),
  CHECK ((invitation_hash IS NULL) = (invitation_expires_at IS NULL))
) STRICT;

CREATE TRIGGER business_memberships_last_owner BEFORE UPDATE OF role, status ON business_memberships
  WHEN OLD.role = 'owner' AND OLD.status = 'active'
    AND (NEW.role <> 'owner' OR NEW.status <> 'active')
BEGIN
  SELECT RAISE(ABORT, 'CF010 a business needs an active owner')
  WHERE NOT EXISTS (
    SELECT 1
    FROM business_memberships m
    JOIN users u ON u.id = m.user_id
    WHERE m.business_id = OLD.business_id AND m.role = 'owner' AND m.status = 'active'
      AND m.id <> OLD.id AND u.status = 'active');
END;

-- An owner who can't sign in owns nothing.
CREATE TRIGGER users_last_owner BEFORE UPDATE OF status ON users
  WHEN OLD.status = 'active' AND NEW.status <> 'active'
BEGIN
  SELECT RAISE(ABORT, 'CF010 a business needs an active owner')
  FROM business_memberships o
  JOIN businesses b ON b.id = o.business_id
  WHERE o.user_id = OLD.id AND o.role = 'owner' AND o.status = 'active' AND b.status <> 'deleted'
    AND NOT EXISTS (
      SELECT 1
      FROM business_memberships m
      JOIN users u ON u.id = m.user_id
      WHERE m.business_id = o.business_id AND m.role = 'owner' AND m.status = 'active'
        AND m.id <> o.id AND u.status = 'active');
END;

CREATE TRIGGER business_memberships_delete BEFORE DELETE ON business_memberships
BEGIN
  SELECT RAISE(ABORT, 'CF007 a membership is never removed, only ended');
END;

CREATE TRIGGER business_memberships_cycle BEFORE UPDATE OF reports_to ON business_memberships
  WHEN NEW.reports_to IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'CF004 a person can''t report to somebody who reports to them')
  WHERE OLD.user_id IN (
    WITH RECURSIVE above (user_id) AS (
      VALUES (NEW.reports_to)
      UNION
      SELECT m.reports_to
      FROM above
      JOIN business_memberships m ON m.business_id = OLD.business_id AND m.user_id = above.user_id
      WHERE m.reports_to IS NOT NULL)
    SELECT user_id FROM above);
END;

CREATE TRIGGER business_memberships_tenant BEFORE UPDATE OF business_id, user_id
  ON business_memberships
  WHEN NEW.business_id <> OLD.business_id OR NEW.user_id <> OLD.user_id
BEGIN
  SELECT RAISE(ABORT, 'CF003 a row stays in its business');
END;

-- What people are called in a business: until they have joined, by the address that was invited, as
-- what others call them is not for it to know.
CREATE VIEW member_names AS
SELECT m.business_id, m.user_id, iif(m.joined_at IS NULL, u.email, u.display_name) AS name
FROM business_memberships m JOIN users u ON u.id = m.user_id;

CREATE TABLE user_sessions (
  id INTEGER PRIMARY KEY,
  -- 0 is a sign-in; entering a business from it opens another session, which ends with it.
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
  -- The sign-in that the business was entered from.
  sign_in_id INTEGER,
  token_hash TEXT NOT NULL UNIQUE
    CHECK (length(token_hash) = 64 AND token_hash NOT GLOB '*[^0-9a-f]*'),
  terminal TEXT NOT NULL DEFAULT '' CHECK (length(terminal) <= 200),
  host TEXT NOT NULL DEFAULT '' CHECK (length(host) <= 255),
  program TEXT NOT NULL DEFAULT '' CHECK (length(program) <= 200),
  -- When the person proved who they are by more than a password.
  second_factor_at INTEGER,
  created_at INTEGER NOT NULL,
  last_activity_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  revoked_at INTEGER,
  -- Who ended it, where it wasn't signed out of: its sign-in doesn't enter that business again.
  revoked_by INTEGER REFERENCES users (id) ON DELETE RESTRICT,
  revoked_reason TEXT CHECK (length(revoked_reason) <= 500),
  UNIQUE (business_id, id),
  CHECK ((business_id = 0) = (sign_in_id IS NULL))
) STRICT;

CREATE TRIGGER user_sessions_member BEFORE INSERT ON user_sessions
  WHEN NEW.business_id <> 0
BEGIN
  SELECT RAISE(ABORT, 'CF042 only an active member who signed in can work in a business')
  WHERE NOT EXISTS (
      SELECT 1 FROM business_memberships
      WHERE business_id = NEW.business_id AND user_id = NEW.user_id AND status = 'active')
    OR NOT EXISTS (
      SELECT 1 FROM user_sessions
      WHERE business_id = 0 AND id = NEW.sign_in_id AND user_id = NEW.user_id);
END;

CREATE TRIGGER user_sessions_revoked BEFORE UPDATE OF revoked_at ON user_sessions
  WHEN OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS NOT OLD.revoked_at
BEGIN
  SELECT RAISE(ABORT, 'CF043 what was revoked stays revoked');
END;

CREATE TRIGGER user_sessions_tenant BEFORE UPDATE OF business_id, user_id, sign_in_id, token_hash
  ON user_sessions
  WHEN NEW.business_id <> OLD.business_id OR NEW.user_id <> OLD.user_id
    OR NEW.sign_in_id IS NOT OLD.sign_in_id OR NEW.token_hash <> OLD.token_hash
BEGIN
  SELECT RAISE(ABORT, 'CF003 a row stays in its business');
END;

CREATE TABLE api_keys (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT
    CHECK (business_id > 0),
  name TEXT NOT NULL CHECK (length(trim(name)) BETWEEN 1 AND 100),
  -- The first characters of the key, by which people tell keys apart.
  prefix TEXT NOT NULL CHECK (length(prefix) BETWEEN 4 AND 16),
  key_hash TEXT NOT NULL UNIQUE
    CHECK (length(key_hash) = 64 AND key_hash NOT GLOB '*[^0-9a-f]*'),
  -- Patterns such as journal.*; never more than its creator holds at the time of use.
  permissions TEXT NOT NULL DEFAULT '[]'
    CHECK (json_valid(permissions) AND json_type(permissions) = 'array'),
  rate_limit_per_hour INTEGER NOT NULL DEFAULT 1000
    CHECK (rate_limit_per_hour BETWEEN 1 AND 1000000),
  usage_count INTEGER NOT NULL DEFAULT 0 CHECK (usage_count >= 0),
  -- The hour that is being counted, and the calls in it.
  window_started_at INTEGER,
  window_count INTEGER NOT NULL DEFAULT 0 CHECK (window_count >= 0),
  last_used_at INTEGER,
  status TEXT NOT NULL DEFAULT 'active'
    CHECK (status IN ('active', 'inactive', 'expired', 'revoked')),
  expires_at INTEGER,
  created_by INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  revoked_by INTEGER,
  revoked_at INTEGER,
  revoked_reason TEXT CHECK (length(revoked_reason) <= 500),
  UNIQUE (business_id, id),
  FOREIGN KEY (business_id, created_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, revoked_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  CHECK ((status = 'revoked') = (revoked_at IS NOT NULL))
) STRICT;

CREATE TRIGGER api_keys_revoked BEFORE UPDATE OF status ON api_keys
  WHEN OLD.status = 'revoked' AND NEW.status <> 'revoked'
BEGIN
  SELECT RAISE(ABORT, 'CF043 what was revoked stays revoked');
END;

CREATE TRIGGER api_keys_tenant BEFORE UPDATE OF business_id, created_by, key_hash ON api_keys
  WHEN NEW.business_id <> OLD.business_id OR NEW.created_by <> OLD.created_by
    OR NEW.key_hash <> OLD.key_hash
BEGIN
  SELECT RAISE(ABORT, 'CF003 a row stays in its business');
END;
