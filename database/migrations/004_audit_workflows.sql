-- What happened, what it cost, and what waits for whom (RULES §5, §6).

-- The end of each business's chain. It outlives archived records: the chain goes on from here.
CREATE TABLE audit_heads (
  business_id INTEGER PRIMARY KEY REFERENCES businesses (id) ON DELETE RESTRICT,
  sequence INTEGER NOT NULL DEFAULT 0 CHECK (sequence >= 0),
  hash TEXT NOT NULL CHECK (length(hash) = 64 AND hash NOT GLOB '*[^0-9a-f]*'),
  -- What the first record follows; put here when the business is made.
  genesis_hash TEXT NOT NULL
    CHECK (length(genesis_hash) = 64 AND genesis_hash NOT GLOB '*[^0-9a-f]*'),
  -- Records up to this one are in archive segments, not in audit_logs.
  archived_to INTEGER NOT NULL DEFAULT 0 CHECK (archived_to BETWEEN 0 AND sequence)
) STRICT;

-- Evidence. The id is for the full-text index; a record is known by its business and sequence.
-- It points at people, sessions and things without foreign keys: it outlives them. Free text has no
-- bounds here: a record that didn't fit would stop what it records.
CREATE TABLE audit_logs (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  -- From 1, without gaps.
  sequence INTEGER NOT NULL CHECK (sequence > 0),
  at INTEGER NOT NULL,
  event_type TEXT NOT NULL CHECK (event_type IN (
    'create', 'update', 'delete', 'view', 'export', 'import', 'approve', 'reject', 'cancel',
    'void', 'reverse', 'login', 'logout', 'password_change', 'permission_change',
    'workflow_start', 'workflow_complete', 'workflow_fail', 'api_call', 'system_event', 'error')),
  -- What was done, as a permission is written: journal.post.
  operation TEXT NOT NULL CHECK (length(operation) BETWEEN 1 AND 64),
  resource_type TEXT NOT NULL CHECK (length(resource_type) BETWEEN 1 AND 64),
  resource_id INTEGER,
  resource_name TEXT NOT NULL DEFAULT '',
  -- Null is the system.
  actor_id INTEGER,
  actor_name TEXT NOT NULL,
  acting_for INTEGER,
  session_id INTEGER,
  -- Terminal, host and program.
  origin TEXT NOT NULL DEFAULT '',
  -- One for everything that one command of a person brought about.
  correlation_id TEXT NOT NULL DEFAULT '',
  permission TEXT,
  -- The rules that spoke when access was decided.
  decision TEXT NOT NULL DEFAULT '',
  reason TEXT,
  status TEXT NOT NULL CHECK (status IN ('success', 'failure', 'partial', 'warning')),
  error_code TEXT,
  error_message TEXT,
  -- Only what changed.
  old_values TEXT CHECK (
    old_values IS NULL OR (json_valid(old_values) AND json_type(old_values) = 'object')),
  new_values TEXT CHECK (
    new_values IS NULL OR (json_valid(new_values) AND json_type(new_values) = 'object')),
  changed_fields TEXT NOT NULL DEFAULT '[]'
    CHECK (json_valid(changed_fields) AND json_type(changed_fields) = 'array'),
  -- Values are masked unless audit.reveal.
  sensitive INTEGER NOT NULL DEFAULT 0 CHECK (sensitive IN (0, 1)),
  risk_score INTEGER NOT NULL DEFAULT 0 CHECK (risk_score BETWEEN 0 AND 100),
  -- Of the entry that was posted, so that the chain covers the ledger.
  content_hash TEXT CHECK (length(content_hash) = 64 AND content_hash NOT GLOB '*[^0-9a-f]*'),
  compute_ms INTEGER NOT NULL DEFAULT 0 CHECK (compute_ms >= 0),
  rows_read INTEGER NOT NULL DEFAULT 0 CHECK (rows_read >= 0),
  rows_written INTEGER NOT NULL DEFAULT 0 CHECK (rows_written >= 0),
  vm_steps INTEGER NOT NULL DEFAULT 0 CHECK (vm_steps >= 0),
  storage_bytes INTEGER NOT NULL DEFAULT 0 CHECK (storage_bytes >= 0),
  network_bytes INTEGER NOT NULL DEFAULT 0 CHECK (network_bytes >= 0),
  api_calls INTEGER NOT NULL DEFAULT 0 CHECK (api_calls >= 0),
  -- Micro-credits, by the prices of price_version.
  credits INTEGER NOT NULL DEFAULT 0 CHECK (credits >= 0),
  price_version INTEGER,
  ai_model TEXT CHECK (length(ai_model) <= 100),
  ai_tokens INTEGER NOT NULL DEFAULT 0 CHECK (ai_tokens >= 0),
  previous_hash TEXT NOT NULL
    CHECK (length(previous_hash) = 64 AND previous_hash NOT GLOB '*[^0-9a-f]*'),
  hash TEXT NOT NULL CHECK (length(hash) = 64 AND hash NOT GLOB '*[^0-9a-f]*'),
  UNIQUE (business_id, sequence)
) STRICT;

CREATE TRIGGER audit_logs_chain BEFORE INSERT ON audit_logs
BEGIN
  SELECT RAISE(ABORT, 'CF030 the record doesn''t continue the chain')
  WHERE NOT EXISTS (
    SELECT 1 FROM audit_heads
    WHERE business_id = NEW.business_id AND sequence + 1 = NEW.sequence
      AND hash = NEW.previous_hash);
END;

CREATE TRIGGER audit_logs_head AFTER INSERT ON audit_logs
BEGIN
  UPDATE audit_heads SET sequence = NEW.sequence, hash = NEW.hash
  WHERE business_id = NEW.business_id;
END;

CREATE TRIGGER audit_logs_update BEFORE UPDATE ON audit_logs
BEGIN
  SELECT RAISE(ABORT, 'CF031 the audit log is only ever added to');
END;

-- A file that holds archived records; while it is open, those records may leave audit_logs.
CREATE TABLE archive_segments (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  first_sequence INTEGER NOT NULL CHECK (first_sequence > 0),
  last_sequence INTEGER NOT NULL,
  -- What the first record follows, and the hash of the last.
  first_hash TEXT NOT NULL CHECK (length(first_hash) = 64),
  last_hash TEXT NOT NULL CHECK (length(last_hash) = 64),
  file_name TEXT NOT NULL CHECK (length(file_name) BETWEEN 1 AND 255),
  file_sha256 TEXT NOT NULL
    CHECK (length(file_sha256) = 64 AND file_sha256 NOT GLOB '*[^0-9a-f]*'),
  size_bytes INTEGER NOT NULL CHECK (size_bytes >= 0),
  status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'done')),
  created_by INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  done_at INTEGER,
  UNIQUE (business_id, id),
  UNIQUE (business_id, first_sequence),
  CHECK (last_sequence >= first_sequence),
  CHECK ((status = 'done') = (done_at IS NOT NULL))
) STRICT;

CREATE TRIGGER archive_segments_insert BEFORE INSERT ON archive_segments
BEGIN
  SELECT RAISE(ABORT, 'CF032 an archive takes the oldest records, whole and as they are')
  WHERE NEW.status <> 'open'
    OR NOT EXISTS (
      SELECT 1 FROM audit_heads
      WHERE business_id = NEW.business_id AND archived_to + 1 = NEW.first_sequence)
    OR NOT EXISTS (
      SELECT 1 FROM audit_logs
      WHERE business_id = NEW.business_id AND sequence = NEW.first_sequence
        AND previous_hash = NEW.first_hash)
    OR NOT EXISTS (
      SELECT 1 FROM audit_logs
      WHERE business_id = NEW.business_id AND sequence = NEW.last_sequence
        AND hash = NEW.last_hash);
END;

CREATE TRIGGER archive_segments_update BEFORE UPDATE ON archive_segments
BEGIN
  SELECT RAISE(ABORT, 'CF032 of an archive only its end is ever written')
  WHERE OLD.status <> 'open' OR NEW.status <> 'done' OR NEW.id <> OLD.id
    OR NEW.business_id <> OLD.business_id OR NEW.first_sequence <> OLD.first_sequence
    OR NEW.last_sequence <> OLD.last_sequence OR NEW.first_hash <> OLD.first_hash
    OR NEW.last_hash <> OLD.last_hash OR NEW.file_name <> OLD.file_name
    OR NEW.file_sha256 <> OLD.file_sha256 OR NEW.size_bytes <> OLD.size_bytes
    OR NEW.created_by <> OLD.created_by OR NEW.created_at <> OLD.created_at;
END;

CREATE TRIGGER archive_segments_delete BEFORE DELETE ON archive_segments
BEGIN
  SELECT RAISE(ABORT, 'CF032 an archive stays');
END;

-- Only what an open archive covers, and only once a later record says that it was archived.
CREATE TRIGGER audit_logs_delete BEFORE DELETE ON audit_logs
BEGIN
  SELECT RAISE(ABORT, 'CF031 the audit log is only ever added to')
  WHERE NOT EXISTS (
    SELECT 1
    FROM archive_segments s
    JOIN audit_logs r ON r.business_id = s.business_id AND r.resource_type = 'archive_segment'
      AND r.resource_id = s.id AND r.status = 'success' AND r.sequence > s.last_sequence
    WHERE s.business_id = OLD.business_id AND s.status = 'open'
      AND OLD.sequence BETWEEN s.first_sequence AND s.last_sequence);
END;

CREATE TRIGGER audit_heads_insert BEFORE INSERT ON audit_heads
BEGIN
  SELECT RAISE(ABORT, 'CF030 a chain starts at its genesis')
  WHERE NEW.sequence <> 0 OR NEW.hash <> NEW.genesis_hash OR NEW.archived_to <> 0
    OR EXISTS (SELECT 1 FROM audit_heads WHERE business_id = NEW.business_id);
END;

CREATE TRIGGER audit_heads_update BEFORE UPDATE ON audit_heads
BEGIN
  SELECT RAISE(ABORT, 'CF030 only a new record moves the head of the chain')
  WHERE NEW.business_id <> OLD.business_id OR NEW.genesis_hash <> OLD.genesis_hash
    OR ((NEW.sequence <> OLD.sequence OR NEW.hash <> OLD.hash) AND (
      NEW.sequence <> OLD.sequence + 1 OR NOT EXISTS (
        SELECT 1 FROM audit_logs
        WHERE business_id = OLD.business_id AND sequence = NEW.sequence AND hash = NEW.hash
          AND previous_hash = OLD.hash)));
  SELECT RAISE(ABORT, 'CF032 an archive takes the oldest records, whole and as they are')
  WHERE NEW.archived_to <> OLD.archived_to AND (
    NOT EXISTS (
      SELECT 1 FROM archive_segments
      WHERE business_id = OLD.business_id AND first_sequence = OLD.archived_to + 1
        AND last_sequence = NEW.archived_to)
    OR EXISTS (
      SELECT 1 FROM audit_logs
      WHERE business_id = OLD.business_id AND sequence <= NEW.archived_to));
END;

CREATE TRIGGER audit_heads_delete BEFORE DELETE ON audit_heads
BEGIN
  SELECT RAISE(ABORT, 'CF030 a chain has no end');
END;

-- The values behind the commitments of sensitive records. Law may ask for a row to be erased: the
-- chain verifies without it.
CREATE TABLE audit_secrets (
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  sequence INTEGER NOT NULL CHECK (sequence > 0),
  field TEXT NOT NULL CHECK (length(field) BETWEEN 1 AND 64),
  salt BLOB NOT NULL CHECK (length(salt) BETWEEN 16 AND 64),
  value TEXT NOT NULL,
  PRIMARY KEY (business_id, sequence, field)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER audit_secrets_update BEFORE UPDATE ON audit_secrets
BEGIN
  SELECT RAISE(ABORT, 'CF031 the audit log is only ever added to');
END;

-- Places outside this file that know a hash of the chain (RULES §6.3).
CREATE TABLE audit_checkpoints (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  sequence INTEGER NOT NULL CHECK (sequence >= 0),
  hash TEXT NOT NULL CHECK (length(hash) = 64 AND hash NOT GLOB '*[^0-9a-f]*'),
  cause TEXT NOT NULL CHECK (cause IN (
    'period_close', 'year_close', 'backup', 'export', 'archive', 'daily', 'manual')),
  destination TEXT NOT NULL DEFAULT '' CHECK (length(destination) <= 500),
  signature TEXT CHECK (length(signature) <= 512),
  created_by INTEGER,
  created_at INTEGER NOT NULL,
  UNIQUE (business_id, id)
) STRICT;

CREATE TRIGGER audit_checkpoints_update BEFORE UPDATE ON audit_checkpoints
BEGIN
  SELECT RAISE(ABORT, 'CF031 the audit log is only ever added to');
END;

CREATE TRIGGER audit_checkpoints_delete BEFORE DELETE ON audit_checkpoints
BEGIN
  SELECT RAISE(ABORT, 'CF031 the audit log is only ever added to');
END;

-- Micro-credits a unit. A new price is a new row; an old one stays as it was (RULES §6.7).
CREATE TABLE price_list (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  effective_from TEXT NOT NULL
    CHECK (effective_from GLOB '????-??-??' AND date(effective_from, '+0 days') IS effective_from),
  resource TEXT NOT NULL CHECK (length(resource) BETWEEN 1 AND 64),
  unit TEXT NOT NULL CHECK (length(unit) BETWEEN 1 AND 32),
  micro_credits_per_unit INTEGER NOT NULL CHECK (micro_credits_per_unit >= 0),
  UNIQUE (resource, effective_from)
) STRICT;

INSERT INTO price_list (version, effective_from, resource, unit, micro_credits_per_unit)
VALUES
  (1, '2000-01-01', 'compute', 'ms', 20),
  (1, '2000-01-01', 'db_read', 'row', 1),
  (1, '2000-01-01', 'db_write', 'row', 10),
  (1, '2000-01-01', 'storage', 'KiB written', 50),
  (1, '2000-01-01', 'storage_held', 'KiB-month', 5),
  (1, '2000-01-01', 'network', 'KiB', 30),
  (1, '2000-01-01', 'api_call', 'call', 100),
  (1, '2000-01-01', 'ai_tokens_in', '1000 tokens', 3000),
  (1, '2000-01-01', 'ai_tokens_out', '1000 tokens', 12000),
  (1, '2000-01-01', 'page', 'page', 200);

CREATE TRIGGER price_list_update BEFORE UPDATE ON price_list
BEGIN
  SELECT RAISE(ABORT, 'CF050 a price stays as it was; a new one is a new row');
END;

CREATE TRIGGER price_list_delete BEFORE DELETE ON price_list
BEGIN
  SELECT RAISE(ABORT, 'CF050 a price stays as it was; a new one is a new row');
END;

-- What people used, for a short while: which screens, how long, how many keys and never which.
CREATE TABLE activity_logs (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
  session_id INTEGER,
  at INTEGER NOT NULL,
  screen TEXT NOT NULL CHECK (length(screen) BETWEEN 1 AND 64),
  operation TEXT NOT NULL DEFAULT '' CHECK (length(operation) <= 64),
  duration_ms INTEGER NOT NULL CHECK (duration_ms >= 0),
  key_count INTEGER NOT NULL DEFAULT 0 CHECK (key_count >= 0),
  terminal_type TEXT NOT NULL DEFAULT '' CHECK (length(terminal_type) <= 64),
  terminal_columns INTEGER CHECK (terminal_columns BETWEEN 1 AND 10000),
  terminal_rows INTEGER CHECK (terminal_rows BETWEEN 1 AND 10000),
  UNIQUE (business_id, id)
) STRICT;

CREATE TRIGGER activity_logs_update BEFORE UPDATE ON activity_logs
BEGIN
  SELECT RAISE(ABORT, 'CF050 what was done stays as it was');
END;

CREATE TABLE system_events (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  at INTEGER NOT NULL,
  category TEXT NOT NULL CHECK (category IN (
    'security', 'performance', 'error', 'warning', 'info', 'debug')),
  severity TEXT NOT NULL CHECK (severity IN ('critical', 'high', 'medium', 'low', 'info')),
  source TEXT NOT NULL CHECK (length(source) BETWEEN 1 AND 64),
  code TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 64),
  message TEXT NOT NULL CHECK (length(message) BETWEEN 1 AND 2000),
  details TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(details) AND json_type(details) = 'object'),
  resolved_by INTEGER REFERENCES users (id) ON DELETE RESTRICT,
  resolved_at INTEGER,
  resolution TEXT CHECK (length(trim(resolution)) BETWEEN 1 AND 2000),
  UNIQUE (business_id, id),
  CHECK ((resolved_at IS NULL) = (resolution IS NULL))
) STRICT;

CREATE TRIGGER system_events_fixed BEFORE UPDATE OF id, business_id, at, category, severity,
  source, code, message, details ON system_events
BEGIN
  SELECT RAISE(ABORT, 'CF050 what happened stays as it was');
END;

-- What needs a second person: one holder of a permission asks, another confirms (RULES §4.9).
CREATE TABLE confirmations (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  permission TEXT NOT NULL CHECK (length(permission) BETWEEN 1 AND 64),
  subject_type TEXT NOT NULL CHECK (length(subject_type) BETWEEN 1 AND 64),
  subject_id INTEGER,
  -- What will be done, in the operation's own words.
  request TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(request) AND json_type(request) = 'object'),
  reason TEXT NOT NULL CHECK (length(trim(reason)) BETWEEN 1 AND 500),
  requested_by INTEGER NOT NULL,
  requested_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  status TEXT NOT NULL DEFAULT 'requested'
    CHECK (status IN ('requested', 'confirmed', 'declined', 'withdrawn', 'expired')),
  decided_by INTEGER,
  decided_at INTEGER,
  UNIQUE (business_id, id),
  FOREIGN KEY (business_id, requested_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, decided_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  CHECK (expires_at > requested_at),
  CHECK ((status = 'requested') = (decided_at IS NULL)),
  CHECK (status <> 'confirmed' OR (
    decided_by IS NOT NULL AND decided_by <> requested_by AND decided_at < expires_at))
) STRICT;

CREATE TRIGGER confirmations_update BEFORE UPDATE ON confirmations
BEGIN
  SELECT RAISE(ABORT, 'CF050 a request is decided once, as it was made')
  WHERE OLD.status <> 'requested' OR NEW.id <> OLD.id OR NEW.business_id <> OLD.business_id
    OR NEW.permission <> OLD.permission OR NEW.subject_type <> OLD.subject_type
    OR NEW.subject_id IS NOT OLD.subject_id OR NEW.request <> OLD.request
    OR NEW.reason <> OLD.reason OR NEW.requested_by <> OLD.requested_by
    OR NEW.requested_at <> OLD.requested_at OR NEW.expires_at <> OLD.expires_at;
END;

CREATE TABLE notifications (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  user_id INTEGER NOT NULL,
  -- What happened, as facts: the words are the reader's.
  notice TEXT NOT NULL
    CHECK (length(notice) <= 4000 AND json_valid(notice) AND json_type(notice) = 'object'),
  subject_type TEXT CHECK (length(subject_type) BETWEEN 1 AND 64),
  subject_id INTEGER,
  created_at INTEGER NOT NULL,
  read_at INTEGER,
  UNIQUE (business_id, id),
  FOREIGN KEY (business_id, user_id) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT
) STRICT;

CREATE TRIGGER notifications_tenant BEFORE UPDATE OF id, business_id, user_id ON notifications
  WHEN NEW.business_id <> OLD.business_id OR NEW.id <> OLD.id OR NEW.user_id <> OLD.user_id
BEGIN
  SELECT RAISE(ABORT, 'CF003 a row stays in its business');
END;

CREATE TRIGGER notifications_fixed
  BEFORE UPDATE OF notice, subject_type, subject_id, created_at ON notifications
BEGIN
  SELECT RAISE(ABORT, 'CF050 what somebody was told stays as it was');
END;

CREATE TABLE workflow_definitions (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT
    CHECK (business_id > 0),
  key TEXT NOT NULL CHECK (length(key) BETWEEN 1 AND 64 AND key NOT GLOB '*[^a-z0-9_.-]*'),
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  name TEXT NOT NULL CHECK (length(trim(name)) BETWEEN 1 AND 100),
  description TEXT NOT NULL DEFAULT '' CHECK (length(description) <= 2000),
  type TEXT NOT NULL CHECK (type IN (
    'approval', 'review', 'document', 'onboarding', 'procurement', 'expense', 'leave', 'invoice',
    'payment', 'custom')),
  -- What starts it: the type of object, and a condition on it.
  start_on TEXT NOT NULL DEFAULT '{}'
    CHECK (json_valid(start_on) AND json_type(start_on) = 'object'),
  -- Nodes and edges; publishing checks their shape (RULES §5.2).
  steps TEXT NOT NULL CHECK (json_valid(steps) AND json_type(steps) = 'object'),
  timeout_hours INTEGER CHECK (timeout_hours > 0),
  auto_approve_conditions TEXT CHECK (auto_approve_conditions IS NULL OR (
    json_valid(auto_approve_conditions) AND json_type(auto_approve_conditions) = 'array')),
  can_be_cancelled INTEGER NOT NULL DEFAULT 1 CHECK (can_be_cancelled IN (0, 1)),
  can_be_paused INTEGER NOT NULL DEFAULT 1 CHECK (can_be_paused IN (0, 1)),
  requires_comments INTEGER NOT NULL DEFAULT 0 CHECK (requires_comments IN (0, 1)),
  status TEXT NOT NULL DEFAULT 'draft'
    CHECK (status IN ('draft', 'active', 'inactive', 'archived')),
  created_by INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER,
  published_by INTEGER,
  published_at INTEGER,
  UNIQUE (business_id, id),
  UNIQUE (business_id, key, version),
  FOREIGN KEY (business_id, created_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, published_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  CHECK ((status = 'draft') = (published_at IS NULL))
) STRICT;

CREATE UNIQUE INDEX workflow_definitions_active ON workflow_definitions (business_id, key)
  WHERE status = 'active';

CREATE TRIGGER workflow_definitions_published BEFORE UPDATE OF id, business_id, key, version, name,
  type, start_on, steps, timeout_hours, auto_approve_conditions, can_be_cancelled, can_be_paused,
  requires_comments, created_by, created_at, published_by, published_at ON workflow_definitions
  WHEN OLD.status <> 'draft'
BEGIN
  SELECT RAISE(ABORT, 'CF060 a published workflow is changed by a new version');
END;

CREATE TRIGGER workflow_definitions_lifecycle BEFORE UPDATE OF status ON workflow_definitions
  WHEN NEW.status <> OLD.status
BEGIN
  SELECT RAISE(ABORT, 'CF060 a workflow can''t do this from where it is')
  WHERE OLD.status || '>' || NEW.status NOT IN (
    'draft>active', 'active>inactive', 'inactive>active', 'inactive>archived');
  SELECT RAISE(ABORT, 'CF060 instances of this version are still running')
  WHERE NEW.status = 'archived' AND EXISTS (
    SELECT 1 FROM workflow_instances
    WHERE business_id = OLD.business_id AND definition_id = OLD.id
      AND status IN ('draft', 'active', 'paused', 'waiting', 'failed'));
END;

CREATE TRIGGER workflow_definitions_delete BEFORE DELETE ON workflow_definitions
  WHEN OLD.status <> 'draft'
BEGIN
  SELECT RAISE(ABORT, 'CF060 a published workflow stays');
END;

CREATE TRIGGER workflow_definitions_tenant BEFORE UPDATE OF id, business_id ON workflow_definitions
  WHEN NEW.business_id <> OLD.business_id OR NEW.id <> OLD.id
BEGIN
  SELECT RAISE(ABORT, 'CF003 a row stays in its business');
END;

CREATE TABLE workflow_instances (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  -- Of one version: an instance ends on the one it began on.
  definition_id INTEGER NOT NULL,
  subject_type TEXT NOT NULL CHECK (length(subject_type) BETWEEN 1 AND 64),
  subject_id INTEGER,
  -- What the subject was when the instance began.
  subject_hash TEXT CHECK (length(subject_hash) = 64),
  title TEXT NOT NULL CHECK (length(trim(title)) BETWEEN 1 AND 200),
  data TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(data) AND json_type(data) = 'object'),
  priority TEXT NOT NULL DEFAULT 'normal'
    CHECK (priority IN ('low', 'normal', 'high', 'urgent', 'critical')),
  deadline_at INTEGER,
  status TEXT NOT NULL DEFAULT 'draft' CHECK (status IN (
    'draft', 'active', 'paused', 'waiting', 'completed', 'cancelled', 'failed', 'expired')),
  result TEXT CHECK (result IN ('approved', 'rejected', 'cancelled', 'done')),
  started_by INTEGER,
  started_at INTEGER,
  paused_at INTEGER,
  ended_at INTEGER,
  error TEXT CHECK (length(error) <= 2000),
  created_at INTEGER NOT NULL,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  UNIQUE (business_id, id),
  FOREIGN KEY (business_id, definition_id) REFERENCES workflow_definitions (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, started_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  CHECK ((status IN ('completed', 'cancelled', 'expired')) = (ended_at IS NOT NULL)),
  CHECK (status <> 'completed' OR result IS NOT NULL)
) STRICT;

CREATE TRIGGER workflow_instances_insert BEFORE INSERT ON workflow_instances
BEGIN
  SELECT RAISE(ABORT, 'CF061 only an active workflow can be started')
  WHERE NOT EXISTS (
    SELECT 1 FROM workflow_definitions
    WHERE business_id = NEW.business_id AND id = NEW.definition_id AND status = 'active');
END;

CREATE TRIGGER workflow_instances_lifecycle BEFORE UPDATE OF status ON workflow_instances
  WHEN NEW.status <> OLD.status
BEGIN
  SELECT RAISE(ABORT, 'CF061 an instance can''t do this from where it is')
  WHERE OLD.status || '>' || NEW.status NOT IN (
    'draft>active', 'draft>cancelled', 'active>paused', 'active>waiting', 'active>completed',
    'active>cancelled', 'active>failed', 'active>expired', 'waiting>active', 'waiting>paused',
    'waiting>completed', 'waiting>cancelled', 'waiting>failed', 'waiting>expired',
    'paused>active', 'paused>waiting', 'paused>completed', 'paused>cancelled', 'paused>failed',
    'paused>expired', 'failed>active', 'failed>cancelled');
END;

CREATE TRIGGER workflow_instances_tenant BEFORE UPDATE OF id, business_id, definition_id,
  subject_type, subject_id ON workflow_instances
  WHEN NEW.business_id <> OLD.business_id OR NEW.id <> OLD.id
    OR NEW.definition_id <> OLD.definition_id OR NEW.subject_type <> OLD.subject_type
    OR NEW.subject_id IS NOT OLD.subject_id
BEGIN
  SELECT RAISE(ABORT, 'CF003 a row stays in its business');
END;

CREATE TRIGGER workflow_instances_delete BEFORE DELETE ON workflow_instances
BEGIN
  SELECT RAISE(ABORT, 'CF007 an instance is never removed, only ended');
END;

CREATE TABLE workflow_steps (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  instance_id INTEGER NOT NULL,
  -- The node of the definition, and how often it was come to.
  node TEXT NOT NULL CHECK (length(node) BETWEEN 1 AND 64),
  visit INTEGER NOT NULL DEFAULT 1 CHECK (visit > 0),
  name TEXT NOT NULL DEFAULT '' CHECK (length(name) <= 200),
  type TEXT NOT NULL CHECK (type IN (
    'start', 'task', 'approval', 'review', 'notification', 'condition', 'parallel', 'join', 'wait',
    'system', 'end')),
  assigned_user_id INTEGER,
  assigned_role TEXT
    CHECK (assigned_role IN ('owner', 'director', 'manager', 'employee', 'viewer')),
  assigned_department_id INTEGER,
  claimed_by INTEGER,
  status TEXT NOT NULL DEFAULT 'pending' CHECK (status IN (
    'pending', 'active', 'completed', 'skipped', 'failed', 'cancelled', 'timeout')),
  decision TEXT CHECK (decision IN ('approve', 'reject', 'return', 'done', 'expired')),
  comment TEXT NOT NULL DEFAULT '' CHECK (length(comment) <= 2000),
  attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  due_at INTEGER,
  activated_at INTEGER,
  completed_by INTEGER,
  completed_at INTEGER,
  error TEXT CHECK (length(error) <= 2000),
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  UNIQUE (business_id, id),
  UNIQUE (business_id, instance_id, node, visit),
  FOREIGN KEY (business_id, instance_id) REFERENCES workflow_instances (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, assigned_user_id)
    REFERENCES business_memberships (business_id, user_id) ON DELETE RESTRICT,
  FOREIGN KEY (business_id, assigned_department_id) REFERENCES departments (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, claimed_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, completed_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT
) STRICT;

CREATE TRIGGER workflow_steps_lifecycle BEFORE UPDATE OF status ON workflow_steps
  WHEN NEW.status <> OLD.status
BEGIN
  SELECT RAISE(ABORT, 'CF062 a step can''t do this from where it is')
  WHERE OLD.status || '>' || NEW.status NOT IN (
    'pending>active', 'pending>cancelled', 'pending>skipped', 'active>completed',
    'active>skipped', 'active>failed', 'active>cancelled', 'active>timeout', 'failed>active',
    'failed>cancelled', 'timeout>active', 'timeout>completed', 'timeout>cancelled');
END;

CREATE TRIGGER workflow_steps_tenant BEFORE UPDATE OF id, business_id, instance_id, node, visit,
  type ON workflow_steps
  WHEN NEW.business_id <> OLD.business_id OR NEW.id <> OLD.id
    OR NEW.instance_id <> OLD.instance_id OR NEW.node <> OLD.node OR NEW.visit <> OLD.visit
    OR NEW.type <> OLD.type
BEGIN
  SELECT RAISE(ABORT, 'CF003 a row stays in its business');
END;

CREATE TRIGGER workflow_steps_delete BEFORE DELETE ON workflow_steps
BEGIN
  SELECT RAISE(ABORT, 'CF007 a step is never removed, only cancelled');
END;

-- Who may act on a step, as its assignee rule found when the step began, and why.
CREATE TABLE workflow_assignees (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  step_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  -- Order in a sequential approval; 0 where there is none.
  place INTEGER NOT NULL DEFAULT 0 CHECK (place >= 0),
  reason TEXT NOT NULL DEFAULT '' CHECK (length(reason) <= 500),
  assigned_at INTEGER NOT NULL,
  ended_at INTEGER,
  UNIQUE (business_id, id),
  UNIQUE (business_id, step_id, user_id),
  FOREIGN KEY (business_id, step_id) REFERENCES workflow_steps (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, user_id) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT
) STRICT;

CREATE TRIGGER workflow_assignees_tenant BEFORE UPDATE OF id, business_id, step_id, user_id
  ON workflow_assignees
  WHEN NEW.business_id <> OLD.business_id OR NEW.id <> OLD.id OR NEW.step_id <> OLD.step_id
    OR NEW.user_id <> OLD.user_id
BEGIN
  SELECT RAISE(ABORT, 'CF003 a row stays in its business');
END;

-- One vote a person a step; it can be changed while the step is active.
CREATE TABLE workflow_votes (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  step_id INTEGER NOT NULL,
  round INTEGER NOT NULL DEFAULT 1 CHECK (round > 0),
  user_id INTEGER NOT NULL,
  acting_for INTEGER,
  decision TEXT NOT NULL CHECK (decision IN ('approve', 'reject', 'return', 'abstain')),
  comment TEXT NOT NULL DEFAULT '' CHECK (length(comment) <= 2000),
  subject_hash TEXT CHECK (length(subject_hash) = 64),
  decided_at INTEGER NOT NULL,
  UNIQUE (business_id, id),
  UNIQUE (business_id, step_id, round, user_id),
  FOREIGN KEY (business_id, step_id) REFERENCES workflow_steps (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, user_id) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, acting_for) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT
) STRICT;

CREATE TRIGGER workflow_votes_insert BEFORE INSERT ON workflow_votes
BEGIN
  SELECT RAISE(ABORT, 'CF063 only an active step can be voted on')
  WHERE NOT EXISTS (
    SELECT 1 FROM workflow_steps
    WHERE business_id = NEW.business_id AND id = NEW.step_id AND status = 'active');
END;

CREATE TRIGGER workflow_votes_update BEFORE UPDATE ON workflow_votes
BEGIN
  SELECT RAISE(ABORT, 'CF003 a row stays in its business')
  WHERE NEW.id <> OLD.id OR NEW.business_id <> OLD.business_id OR NEW.step_id <> OLD.step_id
    OR NEW.round <> OLD.round OR NEW.user_id <> OLD.user_id;
  SELECT RAISE(ABORT, 'CF063 only an active step can be voted on')
  WHERE NOT EXISTS (
    SELECT 1 FROM workflow_steps
    WHERE business_id = OLD.business_id AND id = OLD.step_id AND status = 'active');
END;

CREATE TRIGGER workflow_votes_delete BEFORE DELETE ON workflow_votes
BEGIN
  SELECT RAISE(ABORT, 'CF050 a decision stays as it was made');
END;

-- Every change of an instance or a step; the state of an instance follows from these rows alone.
CREATE TABLE workflow_transitions (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  instance_id INTEGER NOT NULL,
  -- From 1 in each instance.
  sequence INTEGER NOT NULL CHECK (sequence > 0),
  from_step_id INTEGER,
  to_step_id INTEGER,
  from_status TEXT CHECK (length(from_status) <= 32),
  to_status TEXT NOT NULL CHECK (length(to_status) BETWEEN 1 AND 32),
  "trigger" TEXT NOT NULL CHECK ("trigger" IN (
    'user_action', 'auto_complete', 'timeout', 'condition_met', 'system_event', 'api_call')),
  -- Null is the system.
  actor_id INTEGER,
  acting_for INTEGER,
  reason TEXT NOT NULL DEFAULT '' CHECK (length(reason) <= 2000),
  data_hash TEXT CHECK (length(data_hash) = 64),
  at INTEGER NOT NULL,
  UNIQUE (business_id, id),
  UNIQUE (business_id, instance_id, sequence),
  FOREIGN KEY (business_id, instance_id) REFERENCES workflow_instances (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, from_step_id) REFERENCES workflow_steps (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, to_step_id) REFERENCES workflow_steps (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, actor_id) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, acting_for) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT
) STRICT;

CREATE TRIGGER workflow_transitions_update BEFORE UPDATE ON workflow_transitions
BEGIN
  SELECT RAISE(ABORT, 'CF050 what happened stays as it was');
END;

CREATE TRIGGER workflow_transitions_delete BEFORE DELETE ON workflow_transitions
BEGIN
  SELECT RAISE(ABORT, 'CF050 what happened stays as it was');
END;

-- What is due when. A process takes a row for a while before it acts, so that no two do.
CREATE TABLE workflow_timers (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  instance_id INTEGER NOT NULL,
  step_id INTEGER,
  kind TEXT NOT NULL CHECK (kind IN ('remind', 'escalate', 'expire', 'wake', 'retry')),
  due_at INTEGER NOT NULL,
  leased_by TEXT CHECK (length(leased_by) <= 200),
  leased_until INTEGER,
  fired_at INTEGER,
  cancelled_at INTEGER,
  UNIQUE (business_id, id),
  FOREIGN KEY (business_id, instance_id) REFERENCES workflow_instances (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, step_id) REFERENCES workflow_steps (business_id, id)
    ON DELETE RESTRICT,
  CHECK ((leased_by IS NULL) = (leased_until IS NULL))
) STRICT;

CREATE TRIGGER workflow_timers_tenant BEFORE UPDATE OF id, business_id, instance_id, step_id
  ON workflow_timers
  WHEN NEW.business_id <> OLD.business_id OR NEW.id <> OLD.id
    OR NEW.instance_id <> OLD.instance_id OR NEW.step_id IS NOT OLD.step_id
BEGIN
  SELECT RAISE(ABORT, 'CF003 a row stays in its business');
END;

CREATE TABLE workflow_attachments (
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  instance_id INTEGER NOT NULL,
  attachment_id INTEGER NOT NULL,
  PRIMARY KEY (business_id, instance_id, attachment_id),
  FOREIGN KEY (business_id, instance_id) REFERENCES workflow_instances (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, attachment_id) REFERENCES attachments (business_id, id)
    ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;

CREATE TRIGGER workflow_attachments_update BEFORE UPDATE ON workflow_attachments
BEGIN
  SELECT RAISE(ABORT, 'CF052 evidence stays as it was attached');
END;

CREATE TRIGGER workflow_attachments_delete BEFORE DELETE ON workflow_attachments
BEGIN
  SELECT RAISE(ABORT, 'CF052 evidence is hidden, never removed');
END;
