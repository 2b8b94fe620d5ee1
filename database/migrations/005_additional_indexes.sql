-- Indexes: what pages and searches read, what foreign keys need, full text, and what the planner
-- has to know before there is anything to measure. Nothing here is a rule: those are in 001 to 004.

-- Pages, in the order in which they are shown; the last columns are the key of the next page.
CREATE INDEX business_memberships_user ON business_memberships (user_id, business_id);
CREATE INDEX users_usual_business ON users (usual_business_id);
CREATE INDEX user_sessions_user ON user_sessions (user_id, last_activity_at);
CREATE INDEX user_sessions_live ON user_sessions (business_id, user_id, expires_at)
  WHERE revoked_at IS NULL;
CREATE INDEX user_permissions_user ON user_permissions (business_id, user_id, status, permission);
CREATE INDEX access_control_lists_subject
  ON access_control_lists (business_id, subject_type, subject_id);
CREATE INDEX accounts_parent ON accounts (business_id, parent_id, number);
CREATE INDEX journal_entries_date ON journal_entries (business_id, entry_date, id);
CREATE INDEX journal_entries_status ON journal_entries (business_id, status, entry_date, id);
CREATE INDEX journal_entries_self_approved ON journal_entries (business_id, entry_date, id)
  WHERE self_approved = 1;
-- Covers an account's register and its sums.
CREATE INDEX journal_lines_register ON journal_lines (
  business_id, account_id, entry_date, entry_id, line_number, currency, debit, credit, base_debit,
  base_credit);
CREATE INDEX journal_lines_unvalued ON journal_lines (business_id, entry_id) WHERE unvalued = 1;
CREATE INDEX bank_statement_lines_date
  ON bank_statement_lines (business_id, account_id, booked_on, id);
CREATE INDEX recurring_schedules_due ON recurring_schedules (business_id, next_on)
  WHERE status = 'active';
CREATE INDEX audit_logs_at ON audit_logs (business_id, at, sequence);
CREATE INDEX audit_logs_actor ON audit_logs (business_id, actor_id, sequence);
CREATE INDEX audit_logs_resource
  ON audit_logs (business_id, resource_type, resource_id, sequence);
CREATE INDEX audit_logs_refused ON audit_logs (business_id, sequence) WHERE status = 'failure';
CREATE INDEX activity_logs_at ON activity_logs (business_id, at, id);
CREATE INDEX system_events_at ON system_events (business_id, at, id);
CREATE INDEX system_events_open ON system_events (business_id, severity, at)
  WHERE resolved_at IS NULL;
CREATE INDEX confirmations_open ON confirmations (business_id, expires_at)
  WHERE status = 'requested';
CREATE INDEX notifications_user ON notifications (business_id, user_id, id);
CREATE INDEX notifications_unread ON notifications (business_id, user_id)
  WHERE read_at IS NULL;
CREATE INDEX workflow_instances_status ON workflow_instances (business_id, status, deadline_at, id);
CREATE INDEX workflow_instances_subject
  ON workflow_instances (business_id, subject_type, subject_id);
CREATE INDEX workflow_steps_role ON workflow_steps (business_id, assigned_role, status, due_at)
  WHERE assigned_role IS NOT NULL;
CREATE INDEX workflow_timers_due ON workflow_timers (business_id, due_at)
  WHERE fired_at IS NULL AND cancelled_at IS NULL;

-- Foreign keys, in the order of the tables. Where most rows point nowhere, only the others are
-- indexed; a look-up by key never asks for null.
CREATE INDEX business_memberships_reports_to ON business_memberships (business_id, reports_to)
  WHERE reports_to IS NOT NULL;
CREATE INDEX business_memberships_invited_by ON business_memberships (business_id, invited_by)
  WHERE invited_by IS NOT NULL;
CREATE INDEX user_sessions_revoked_by ON user_sessions (revoked_by) WHERE revoked_by IS NOT NULL;
CREATE INDEX api_keys_created_by ON api_keys (business_id, created_by);
CREATE INDEX api_keys_revoked_by ON api_keys (business_id, revoked_by) WHERE revoked_by IS NOT NULL;
CREATE INDEX departments_parent ON departments (business_id, parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX department_parents_parent ON department_parents (business_id, parent_id, from_date);
CREATE INDEX departments_head ON departments (business_id, head_user_id)
  WHERE head_user_id IS NOT NULL;
CREATE INDEX department_roles_department ON department_roles (business_id, department_id, user_id);
CREATE INDEX department_roles_user ON department_roles (business_id, user_id);
CREATE INDEX department_roles_created_by ON department_roles (business_id, created_by)
  WHERE created_by IS NOT NULL;
CREATE INDEX permission_templates_created_by ON permission_templates (business_id, created_by)
  WHERE created_by IS NOT NULL;
CREATE INDEX template_assignments_template ON template_assignments (business_id, template_id);
CREATE INDEX template_assignments_user ON template_assignments (business_id, user_id)
  WHERE user_id IS NOT NULL;
CREATE INDEX template_assignments_department ON template_assignments (business_id, department_id)
  WHERE department_id IS NOT NULL;
CREATE INDEX template_assignments_granted_by ON template_assignments (business_id, granted_by);
CREATE INDEX template_assignments_revoked_by ON template_assignments (business_id, revoked_by)
  WHERE revoked_by IS NOT NULL;
CREATE INDEX user_permissions_template ON user_permissions (business_id, template_id)
  WHERE template_id IS NOT NULL;
CREATE INDEX user_permissions_granted_by ON user_permissions (business_id, granted_by);
CREATE INDEX user_permissions_revoked_by ON user_permissions (business_id, revoked_by)
  WHERE revoked_by IS NOT NULL;
CREATE INDEX access_control_lists_user ON access_control_lists (business_id, user_id)
  WHERE user_id IS NOT NULL;
CREATE INDEX access_control_lists_department ON access_control_lists (business_id, department_id)
  WHERE department_id IS NOT NULL;
CREATE INDEX access_control_lists_granted_by ON access_control_lists (business_id, granted_by);
CREATE INDEX access_control_lists_revoked_by ON access_control_lists (business_id, revoked_by)
  WHERE revoked_by IS NOT NULL;
CREATE INDEX group_members_user ON group_members (business_id, user_id);
CREATE INDEX group_members_created_by ON group_members (business_id, created_by);
CREATE INDEX duty_waivers_user ON duty_waivers (business_id, user_id);
CREATE INDEX duty_waivers_granted_by ON duty_waivers (business_id, granted_by);
CREATE INDEX duty_waivers_revoked_by ON duty_waivers (business_id, revoked_by)
  WHERE revoked_by IS NOT NULL;
CREATE INDEX access_reviews_started_by ON access_reviews (business_id, started_by);
CREATE INDEX access_reviews_signed_by ON access_reviews (business_id, signed_by)
  WHERE signed_by IS NOT NULL;
CREATE INDEX access_review_lines_user ON access_review_lines (business_id, user_id)
  WHERE user_id IS NOT NULL;
CREATE INDEX access_review_lines_decided_by ON access_review_lines (business_id, decided_by)
  WHERE decided_by IS NOT NULL;
CREATE INDEX broken_glass_user ON broken_glass (business_id, user_id, ends_at);
CREATE INDEX broken_glass_reviewed_by ON broken_glass (business_id, reviewed_by)
  WHERE reviewed_by IS NOT NULL;
CREATE INDEX approval_delegations_from
  ON approval_delegations (business_id, from_user_id, to_user_id);
CREATE INDEX approval_delegations_to ON approval_delegations (business_id, to_user_id, ends_at);
CREATE INDEX approval_delegations_department ON approval_delegations (business_id, department_id)
  WHERE department_id IS NOT NULL;
CREATE INDEX approval_delegations_created_by ON approval_delegations (business_id, created_by);
CREATE INDEX approval_delegations_revoked_by ON approval_delegations (business_id, revoked_by)
  WHERE revoked_by IS NOT NULL;
CREATE INDEX exchange_rates_from_currency ON exchange_rates (business_id, from_currency);
CREATE INDEX exchange_rates_to_currency ON exchange_rates (business_id, to_currency);
CREATE INDEX exchange_rates_created_by ON exchange_rates (business_id, created_by)
  WHERE created_by IS NOT NULL;
CREATE INDEX fiscal_years_closed_by ON fiscal_years (business_id, closed_by)
  WHERE closed_by IS NOT NULL;
CREATE INDEX accounting_periods_closed_by ON accounting_periods (business_id, closed_by)
  WHERE closed_by IS NOT NULL;
CREATE INDEX accounting_periods_locked_by ON accounting_periods (business_id, locked_by)
  WHERE locked_by IS NOT NULL;
CREATE INDEX period_exceptions_period ON period_exceptions (business_id, period_id, user_id);
CREATE INDEX period_exceptions_user ON period_exceptions (business_id, user_id);
CREATE INDEX period_exceptions_granted_by ON period_exceptions (business_id, granted_by);
CREATE INDEX period_waivers_period ON period_waivers (business_id, period_id);
CREATE INDEX period_waivers_waived_by ON period_waivers (business_id, waived_by);
CREATE INDEX accounts_currency ON accounts (business_id, currency) WHERE currency IS NOT NULL;
CREATE INDEX accounts_usual_department ON accounts (business_id, usual_department_id)
  WHERE usual_department_id IS NOT NULL;
CREATE INDEX accounts_created_by ON accounts (business_id, created_by) WHERE created_by IS NOT NULL;
CREATE INDEX budgets_department ON budgets (business_id, department_id)
  WHERE department_id IS NOT NULL;
CREATE INDEX budgets_period ON budgets (business_id, period_id);
CREATE INDEX budgets_created_by ON budgets (business_id, created_by);
CREATE INDEX budgets_approved_by ON budgets (business_id, approved_by)
  WHERE approved_by IS NOT NULL;
CREATE INDEX entry_templates_created_by ON entry_templates (business_id, created_by);
CREATE INDEX entry_template_lines_account ON entry_template_lines (business_id, account_id);
CREATE INDEX entry_template_lines_share_account
  ON entry_template_lines (business_id, share_account_id) WHERE share_account_id IS NOT NULL;
CREATE INDEX entry_template_lines_currency ON entry_template_lines (business_id, currency);
CREATE INDEX entry_template_lines_department ON entry_template_lines (business_id, department_id)
  WHERE department_id IS NOT NULL;
CREATE INDEX recurring_schedules_template ON recurring_schedules (business_id, template_id);
CREATE INDEX recurring_schedules_created_by ON recurring_schedules (business_id, created_by);
CREATE INDEX allocation_rules_department ON allocation_rules (business_id, department_id)
  WHERE department_id IS NOT NULL;
CREATE INDEX allocation_rules_basis_account ON allocation_rules (business_id, basis_account_id)
  WHERE basis_account_id IS NOT NULL;
CREATE INDEX allocation_rules_created_by ON allocation_rules (business_id, created_by);
CREATE INDEX allocation_sources_account ON allocation_sources (business_id, account_id);
CREATE INDEX allocation_targets_account ON allocation_targets (business_id, account_id)
  WHERE account_id IS NOT NULL;
CREATE INDEX allocation_targets_department ON allocation_targets (business_id, department_id)
  WHERE department_id IS NOT NULL;
CREATE INDEX allocated_entries_rule ON allocated_entries (business_id, rule_id)
  WHERE rule_id IS NOT NULL;
CREATE INDEX allocated_entries_account ON allocated_entries (business_id, account_id, period_end);
CREATE INDEX allocated_entries_department ON allocated_entries (business_id, department_id)
  WHERE department_id IS NOT NULL;
CREATE INDEX bank_statements_account ON bank_statements (business_id, account_id, to_date);
CREATE INDEX bank_statements_currency ON bank_statements (business_id, currency);
CREATE INDEX bank_statements_imported_by ON bank_statements (business_id, imported_by);
CREATE INDEX reconciliations_account ON reconciliations (business_id, account_id, as_of_date);
CREATE INDEX reconciliations_statement ON reconciliations (business_id, statement_id)
  WHERE statement_id IS NOT NULL;
CREATE INDEX reconciliations_prepared_by ON reconciliations (business_id, prepared_by);
CREATE INDEX reconciliations_approved_by ON reconciliations (business_id, approved_by)
  WHERE approved_by IS NOT NULL;
CREATE INDEX journal_entries_period ON journal_entries (business_id, period_id, entry_date)
  WHERE period_id IS NOT NULL;
CREATE INDEX journal_entries_currency ON journal_entries (business_id, currency)
  WHERE currency IS NOT NULL;
CREATE INDEX journal_entries_created_by ON journal_entries (business_id, created_by)
  WHERE created_by IS NOT NULL;
CREATE INDEX journal_entries_updated_by ON journal_entries (business_id, updated_by)
  WHERE updated_by IS NOT NULL;
CREATE INDEX journal_entries_submitted_by ON journal_entries (business_id, submitted_by)
  WHERE submitted_by IS NOT NULL;
CREATE INDEX journal_entries_approved_by ON journal_entries (business_id, approved_by)
  WHERE approved_by IS NOT NULL;
CREATE INDEX journal_entries_posted_by ON journal_entries (business_id, posted_by)
  WHERE posted_by IS NOT NULL;
CREATE INDEX journal_entries_voided_by ON journal_entries (business_id, voided_by)
  WHERE voided_by IS NOT NULL;
CREATE INDEX journal_entries_reverses_key ON journal_entries (business_id, reverses_entry_id)
  WHERE reverses_entry_id IS NOT NULL;
CREATE INDEX journal_entries_reversed_by ON journal_entries (business_id, reversed_by_entry_id)
  WHERE reversed_by_entry_id IS NOT NULL;
CREATE INDEX journal_entries_corrects ON journal_entries (business_id, corrects_entry_id)
  WHERE corrects_entry_id IS NOT NULL;
CREATE INDEX journal_entries_template ON journal_entries (business_id, template_id)
  WHERE template_id IS NOT NULL;
CREATE INDEX journal_lines_currency ON journal_lines (business_id, currency, account_id);
CREATE INDEX journal_lines_department ON journal_lines (business_id, department_id, entry_date)
  WHERE department_id IS NOT NULL;
CREATE INDEX journal_lines_rate ON journal_lines (business_id, rate_id) WHERE rate_id IS NOT NULL;
CREATE INDEX journal_lines_reconciliation ON journal_lines (business_id, reconciliation_id)
  WHERE reconciliation_id IS NOT NULL;
CREATE INDEX journal_lines_cleared_by ON journal_lines (business_id, cleared_by)
  WHERE cleared_by IS NOT NULL;
CREATE INDEX entry_editors_user ON entry_editors (business_id, user_id);
CREATE INDEX journal_approvals_user ON journal_approvals (business_id, user_id);
CREATE INDEX journal_approvals_acting_for ON journal_approvals (business_id, acting_for)
  WHERE acting_for IS NOT NULL;
CREATE INDEX general_ledger_period ON general_ledger (business_id, period_id);
CREATE INDEX general_ledger_currency ON general_ledger (business_id, currency);
CREATE INDEX recurring_occurrences_entry ON recurring_occurrences (business_id, entry_id)
  WHERE entry_id IS NOT NULL;
CREATE INDEX reconciliation_matches_reconciliation
  ON reconciliation_matches (business_id, reconciliation_id);
CREATE INDEX reconciliation_matches_line ON reconciliation_matches (business_id, line_id);
CREATE INDEX reconciliation_matches_matched_by ON reconciliation_matches (business_id, matched_by);
CREATE INDEX trial_balance_period ON trial_balance (business_id, period_id)
  WHERE period_id IS NOT NULL;
CREATE INDEX trial_balance_created_by ON trial_balance (business_id, created_by);
CREATE INDEX trial_balance_lines_account ON trial_balance_lines (business_id, account_id);
CREATE INDEX trial_balance_lines_currency ON trial_balance_lines (business_id, currency);
CREATE INDEX attachments_entry ON attachments (business_id, entry_id) WHERE entry_id IS NOT NULL;
CREATE INDEX attachments_line ON attachments (business_id, line_id) WHERE line_id IS NOT NULL;
CREATE INDEX attachments_period ON attachments (business_id, period_id) WHERE period_id IS NOT NULL;
CREATE INDEX attachments_sha256 ON attachments (business_id, sha256);
CREATE INDEX attachments_added_by ON attachments (business_id, added_by);
CREATE INDEX attachments_hidden_by ON attachments (business_id, hidden_by)
  WHERE hidden_by IS NOT NULL;
CREATE INDEX activity_logs_user ON activity_logs (user_id);
CREATE INDEX system_events_resolved_by ON system_events (resolved_by) WHERE resolved_by IS NOT NULL;
CREATE INDEX confirmations_requested_by ON confirmations (business_id, requested_by);
CREATE INDEX confirmations_decided_by ON confirmations (business_id, decided_by)
  WHERE decided_by IS NOT NULL;
CREATE INDEX workflow_definitions_created_by ON workflow_definitions (business_id, created_by);
CREATE INDEX workflow_definitions_published_by ON workflow_definitions (business_id, published_by)
  WHERE published_by IS NOT NULL;
CREATE INDEX workflow_instances_definition
  ON workflow_instances (business_id, definition_id, status);
CREATE INDEX workflow_instances_started_by ON workflow_instances (business_id, started_by)
  WHERE started_by IS NOT NULL;
CREATE INDEX workflow_steps_assigned
  ON workflow_steps (business_id, assigned_user_id, status, due_at)
  WHERE assigned_user_id IS NOT NULL;
CREATE INDEX workflow_steps_assigned_department
  ON workflow_steps (business_id, assigned_department_id, status, due_at)
  WHERE assigned_department_id IS NOT NULL;
CREATE INDEX workflow_steps_claimed_by ON workflow_steps (business_id, claimed_by)
  WHERE claimed_by IS NOT NULL;
CREATE INDEX workflow_steps_completed_by ON workflow_steps (business_id, completed_by)
  WHERE completed_by IS NOT NULL;
CREATE INDEX workflow_assignees_user ON workflow_assignees (business_id, user_id);
CREATE INDEX workflow_votes_user ON workflow_votes (business_id, user_id);
CREATE INDEX workflow_votes_acting_for ON workflow_votes (business_id, acting_for)
  WHERE acting_for IS NOT NULL;
CREATE INDEX workflow_transitions_from_step ON workflow_transitions (business_id, from_step_id)
  WHERE from_step_id IS NOT NULL;
CREATE INDEX workflow_transitions_to_step ON workflow_transitions (business_id, to_step_id)
  WHERE to_step_id IS NOT NULL;
CREATE INDEX workflow_transitions_actor ON workflow_transitions (business_id, actor_id)
  WHERE actor_id IS NOT NULL;
CREATE INDEX workflow_transitions_acting_for ON workflow_transitions (business_id, acting_for)
  WHERE acting_for IS NOT NULL;
CREATE INDEX workflow_timers_instance ON workflow_timers (business_id, instance_id);
CREATE INDEX workflow_timers_step ON workflow_timers (business_id, step_id)
  WHERE step_id IS NOT NULL;
CREATE INDEX workflow_attachments_attachment ON workflow_attachments (business_id, attachment_id);

-- Full text, without diacritics and case. The words are kept here, the texts only in their tables;
-- triggers keep both together, and what was there before is taken in at once. A search joins the
-- table and asks for its business there.
CREATE VIRTUAL TABLE businesses_fts USING fts5 (
  name, legal_name, slug,
  content = 'businesses', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2');

CREATE TRIGGER businesses_fts_insert AFTER INSERT ON businesses
BEGIN
  INSERT INTO businesses_fts (rowid, name, legal_name, slug)
  VALUES (NEW.id, NEW.name, NEW.legal_name, NEW.slug);
END;

CREATE TRIGGER businesses_fts_delete AFTER DELETE ON businesses
BEGIN
  INSERT INTO businesses_fts (businesses_fts, rowid, name, legal_name, slug)
  VALUES ('delete', OLD.id, OLD.name, OLD.legal_name, OLD.slug);
END;

CREATE TRIGGER businesses_fts_update AFTER UPDATE OF name, legal_name, slug ON businesses
BEGIN
  INSERT INTO businesses_fts (businesses_fts, rowid, name, legal_name, slug)
  VALUES ('delete', OLD.id, OLD.name, OLD.legal_name, OLD.slug);
  INSERT INTO businesses_fts (rowid, name, legal_name, slug)
  VALUES (NEW.id, NEW.name, NEW.legal_name, NEW.slug);
END;

INSERT INTO businesses_fts (businesses_fts) VALUES ('rebuild');

CREATE VIRTUAL TABLE users_fts USING fts5 (
  email, username, display_name,
  content = 'users', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2');

CREATE TRIGGER users_fts_insert AFTER INSERT ON users
BEGIN
  INSERT INTO users_fts (rowid, email, username, display_name)
  VALUES (NEW.id, NEW.email, NEW.username, NEW.display_name);
END;

CREATE TRIGGER users_fts_delete AFTER DELETE ON users
BEGIN
  INSERT INTO users_fts (users_fts, rowid, email, username, display_name)
  VALUES ('delete', OLD.id, OLD.email, OLD.username, OLD.display_name);
END;

CREATE TRIGGER users_fts_update AFTER UPDATE OF email, username, display_name ON users
BEGIN
  INSERT INTO users_fts (users_fts, rowid, email, username, display_name)
  VALUES ('delete', OLD.id, OLD.email, OLD.username, OLD.display_name);
  INSERT INTO users_fts (rowid, email, username, display_name)
  VALUES (NEW.id, NEW.email, NEW.username, NEW.display_name);
END;

INSERT INTO users_fts (users_fts) VALUES ('rebuild');

CREATE VIRTUAL TABLE accounts_fts USING fts5 (
  number, name, description,
  content = 'accounts', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2');

CREATE TRIGGER accounts_fts_insert AFTER INSERT ON accounts
BEGIN
  INSERT INTO accounts_fts (rowid, number, name, description)
  VALUES (NEW.id, NEW.number, NEW.name, NEW.description);
END;

CREATE TRIGGER accounts_fts_delete AFTER DELETE ON accounts
BEGIN
  INSERT INTO accounts_fts (accounts_fts, rowid, number, name, description)
  VALUES ('delete', OLD.id, OLD.number, OLD.name, OLD.description);
END;

CREATE TRIGGER accounts_fts_update AFTER UPDATE OF number, name, description ON accounts
BEGIN
  INSERT INTO accounts_fts (accounts_fts, rowid, number, name, description)
  VALUES ('delete', OLD.id, OLD.number, OLD.name, OLD.description);
  INSERT INTO accounts_fts (rowid, number, name, description)
  VALUES (NEW.id, NEW.number, NEW.name, NEW.description);
END;

INSERT INTO accounts_fts (accounts_fts) VALUES ('rebuild');

CREATE VIRTUAL TABLE journal_entries_fts USING fts5 (
  description, payee, reference, notes,
  content = 'journal_entries', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2');

CREATE TRIGGER journal_entries_fts_insert AFTER INSERT ON journal_entries
BEGIN
  INSERT INTO journal_entries_fts (rowid, description, payee, reference, notes)
  VALUES (NEW.id, NEW.description, NEW.payee, NEW.reference, NEW.notes);
END;

CREATE TRIGGER journal_entries_fts_delete AFTER DELETE ON journal_entries
BEGIN
  INSERT INTO journal_entries_fts (journal_entries_fts, rowid, description, payee, reference, notes)
  VALUES ('delete', OLD.id, OLD.description, OLD.payee, OLD.reference, OLD.notes);
END;

CREATE TRIGGER journal_entries_fts_update AFTER UPDATE OF description, payee, reference, notes
  ON journal_entries
BEGIN
  INSERT INTO journal_entries_fts (journal_entries_fts, rowid, description, payee, reference, notes)
  VALUES ('delete', OLD.id, OLD.description, OLD.payee, OLD.reference, OLD.notes);
  INSERT INTO journal_entries_fts (rowid, description, payee, reference, notes)
  VALUES (NEW.id, NEW.description, NEW.payee, NEW.reference, NEW.notes);
END;

INSERT INTO journal_entries_fts (journal_entries_fts) VALUES ('rebuild');

-- Most lines say nothing of their own.
CREATE VIEW journal_lines_text AS
SELECT id, description, reference, project, counterparty
FROM journal_lines
WHERE description <> '' OR reference <> '' OR project <> '' OR counterparty <> '';

CREATE VIRTUAL TABLE journal_lines_fts USING fts5 (
  description, reference, project, counterparty,
  content = 'journal_lines_text', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2');

CREATE TRIGGER journal_lines_fts_insert AFTER INSERT ON journal_lines
  WHEN NEW.description <> '' OR NEW.reference <> '' OR NEW.project <> '' OR NEW.counterparty <> ''
BEGIN
  INSERT INTO journal_lines_fts (rowid, description, reference, project, counterparty)
  VALUES (NEW.id, NEW.description, NEW.reference, NEW.project, NEW.counterparty);
END;

CREATE TRIGGER journal_lines_fts_delete AFTER DELETE ON journal_lines
  WHEN OLD.description <> '' OR OLD.reference <> '' OR OLD.project <> '' OR OLD.counterparty <> ''
BEGIN
  INSERT INTO journal_lines_fts (journal_lines_fts, rowid, description, reference, project,
    counterparty)
  VALUES ('delete', OLD.id, OLD.description, OLD.reference, OLD.project, OLD.counterparty);
END;

CREATE TRIGGER journal_lines_fts_update_old BEFORE UPDATE OF description, reference, project,
  counterparty ON journal_lines
  WHEN OLD.description <> '' OR OLD.reference <> '' OR OLD.project <> '' OR OLD.counterparty <> ''
BEGIN
  INSERT INTO journal_lines_fts (journal_lines_fts, rowid, description, reference, project,
    counterparty)
  VALUES ('delete', OLD.id, OLD.description, OLD.reference, OLD.project, OLD.counterparty);
END;

CREATE TRIGGER journal_lines_fts_update_new AFTER UPDATE OF description, reference, project,
  counterparty ON journal_lines
  WHEN NEW.description <> '' OR NEW.reference <> '' OR NEW.project <> '' OR NEW.counterparty <> ''
BEGIN
  INSERT INTO journal_lines_fts (rowid, description, reference, project, counterparty)
  VALUES (NEW.id, NEW.description, NEW.reference, NEW.project, NEW.counterparty);
END;

INSERT INTO journal_lines_fts (journal_lines_fts) VALUES ('rebuild');

CREATE VIRTUAL TABLE audit_logs_fts USING fts5 (
  operation, resource_name, actor_name, reason, error_message,
  content = 'audit_logs', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2');

CREATE TRIGGER audit_logs_fts_insert AFTER INSERT ON audit_logs
BEGIN
  INSERT INTO audit_logs_fts (rowid, operation, resource_name, actor_name, reason, error_message)
  VALUES (NEW.id, NEW.operation, NEW.resource_name, NEW.actor_name, NEW.reason, NEW.error_message);
END;

CREATE TRIGGER audit_logs_fts_delete AFTER DELETE ON audit_logs
BEGIN
  INSERT INTO audit_logs_fts (audit_logs_fts, rowid, operation, resource_name, actor_name, reason,
    error_message)
  VALUES ('delete', OLD.id, OLD.operation, OLD.resource_name, OLD.actor_name, OLD.reason,
    OLD.error_message);
END;

INSERT INTO audit_logs_fts (audit_logs_fts) VALUES ('rebuild');

-- What the planner would learn from large books. Without it every business looks small to it, and
-- posting into a large ledger reads all of the ledger: hundreds of times slower. Real figures take
-- the place of these when ANALYZE has run.
ANALYZE sqlite_schema;
DELETE FROM sqlite_stat1;

INSERT INTO sqlite_stat1 (tbl, idx, stat)
VALUES
  ('accounts', 'sqlite_autoindex_accounts_1', '400 400 1'),
  ('accounts', 'accounts_number', '400 400 1'),
  ('accounts', 'accounts_parent', '400 400 8 1'),
  ('accounts', 'accounts_currency', '40 40 10'),
  ('accounts', 'accounts_usual_department', '40 40 10'),
  ('accounts', 'accounts_created_by', '400 400 400'),
  ('accounting_periods', 'sqlite_autoindex_accounting_periods_1', '150 150 1'),
  ('accounting_periods', 'sqlite_autoindex_accounting_periods_2', '150 150 15 1'),
  ('audit_logs', 'sqlite_autoindex_audit_logs_1', '1000000 1000000 1'),
  ('audit_logs', 'audit_logs_at', '1000000 1000000 2 1'),
  ('audit_logs', 'audit_logs_actor', '1000000 1000000 50000 1'),
  ('audit_logs', 'audit_logs_resource', '1000000 1000000 100000 4 1'),
  ('audit_logs', 'audit_logs_refused', '20000 20000 1'),
  ('business_memberships', 'sqlite_autoindex_business_memberships_2', '50 50 1'),
  ('business_memberships', 'sqlite_autoindex_business_memberships_3', '50 50 1'),
  ('currencies', 'currencies', '180 180 1'),
  ('entry_sequences', 'entry_sequences', '70 70 7 1'),
  ('general_ledger', 'general_ledger', '30000 30000 100 50 1'),
  ('general_ledger', 'general_ledger_period', '30000 30000 250'),
  ('general_ledger', 'general_ledger_currency', '30000 30000 10000'),
  ('journal_entries', 'sqlite_autoindex_journal_entries_1', '300000 300000 1'),
  ('journal_entries', 'sqlite_autoindex_journal_entries_2', '300000 300000 1'),
  ('journal_entries', 'journal_entries_number', '300000 300000 30000 5000 1'),
  ('journal_entries', 'journal_entries_number_text', '300000 300000 1'),
  ('journal_entries', 'journal_entries_source_key', '100000 100000 1'),
  ('journal_entries', 'journal_entries_reverses', '1000 1000 1'),
  ('journal_entries', 'journal_entries_date', '300000 300000 100 1'),
  ('journal_entries', 'journal_entries_status', '300000 300000 60000 25 1'),
  ('journal_entries', 'journal_entries_period', '300000 300000 2500 100'),
  ('journal_entries', 'journal_entries_currency', '100000 100000 30000'),
  ('journal_entries', 'journal_entries_created_by', '300000 300000 30000'),
  ('journal_entries', 'journal_entries_updated_by', '20000 20000 2000'),
  ('journal_entries', 'journal_entries_submitted_by', '50000 50000 5000'),
  ('journal_entries', 'journal_entries_approved_by', '50000 50000 10000'),
  ('journal_entries', 'journal_entries_posted_by', '300000 300000 30000'),
  ('journal_entries', 'journal_entries_voided_by', '500 500 100'),
  ('journal_entries', 'journal_entries_reverses_key', '1000 1000 1'),
  ('journal_entries', 'journal_entries_reversed_by', '1000 1000 1'),
  ('journal_entries', 'journal_entries_corrects', '500 500 1'),
  ('journal_entries', 'journal_entries_template', '10000 10000 100'),
  ('journal_lines', 'sqlite_autoindex_journal_lines_1', '1000000 1000000 1'),
  ('journal_lines', 'sqlite_autoindex_journal_lines_2', '1000000 1000000 4 1'),
  ('journal_lines', 'journal_lines_register', '1000000 1000000 2500 3 1 1 1 1 1 1 1'),
  ('journal_lines', 'journal_lines_unvalued', '1000 1000 2'),
  ('journal_lines', 'journal_lines_currency', '1000000 1000000 300000 2500'),
  ('journal_lines', 'journal_lines_department', '300000 300000 20000 100'),
  ('journal_lines', 'journal_lines_reconciliation', '200000 200000 1000'),
  ('journal_lines', 'journal_lines_cleared_by', '200000 200000 50000');

ANALYZE sqlite_schema;
