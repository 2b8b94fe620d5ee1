-- Departments, and what people may do beyond what their role says (RULES §4).

CREATE TABLE departments (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT
    CHECK (business_id > 0),
  parent_id INTEGER,
  code TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 32 AND code = trim(code)),
  name TEXT NOT NULL CHECK (length(trim(name)) BETWEEN 1 AND 100),
  type TEXT NOT NULL DEFAULT 'other' CHECK (type IN (
    'executive', 'finance', 'accounting', 'hr', 'operations', 'sales', 'marketing', 'procurement',
    'it', 'legal', 'compliance', 'customer_service', 'warehouse', 'production', 'quality',
    'research', 'other')),
  head_user_id INTEGER,
  cost_centre_code TEXT CHECK (length(cost_centre_code) BETWEEN 1 AND 32),
  status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'inactive', 'deleted')),
  -- Lines dated earlier keep the department; later ones may not name it (R37).
  inactive_from_date TEXT
    CHECK (inactive_from_date GLOB '????-??-??'
      AND date(inactive_from_date, '+0 days') IS inactive_from_date),
  created_at INTEGER NOT NULL,
  updated_at INTEGER,
  deleted_at INTEGER,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  UNIQUE (business_id, id),
  FOREIGN KEY (business_id, parent_id) REFERENCES departments (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, head_user_id) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  CHECK (parent_id <> id),
  CHECK ((status = 'deleted') = (deleted_at IS NOT NULL)),
  CHECK (status = 'active' OR inactive_from_date IS NOT NULL OR deleted_at IS NOT NULL)
) STRICT;

CREATE UNIQUE INDEX departments_code ON departments (business_id, lower(code))
  WHERE deleted_at IS NULL;

CREATE TRIGGER departments_cycle BEFORE UPDATE OF parent_id ON departments
  WHEN NEW.parent_id IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'CF004 a department can''t stand below itself')
  WHERE OLD.id IN (
    WITH RECURSIVE above (id) AS (
      VALUES (NEW.parent_id)
      UNION
      SELECT d.parent_id
      FROM above
      JOIN departments d ON d.business_id = OLD.business_id AND d.id = above.id
      WHERE d.parent_id IS NOT NULL)
    SELECT id FROM above);
END;

CREATE TRIGGER departments_soft_delete BEFORE UPDATE OF status ON departments
  WHEN NEW.status = 'deleted' AND OLD.status <> 'deleted'
BEGIN
  SELECT RAISE(ABORT, 'CF005 departments below it are still there')
  WHERE EXISTS (
    SELECT 1 FROM departments
    WHERE business_id = OLD.business_id AND parent_id = OLD.id AND deleted_at IS NULL);
END;

CREATE TRIGGER departments_delete BEFORE DELETE ON departments
BEGIN
  SELECT RAISE(ABORT, 'CF007 a department is never removed, only marked deleted');
END;

CREATE TRIGGER departments_tenant BEFORE UPDATE OF id, business_id ON departments
  WHEN NEW.business_id <> OLD.business_id OR NEW.id <> OLD.id
BEGIN
  SELECT RAISE(ABORT, 'CF003 a row stays in its business');
END;

-- Below which department each stands, by day: reports of days that are past go on reading the tree
-- of those (R37). Today's is in departments too, and is the one that access goes by.
CREATE TABLE department_parents (
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  department_id INTEGER NOT NULL,
  parent_id INTEGER NOT NULL,
  from_date TEXT NOT NULL
    CHECK (from_date GLOB '????-??-??' AND date(from_date, '+0 days') IS from_date),
  -- The last day; the last there is where it stands there still.
  until_date TEXT NOT NULL DEFAULT '9999-12-31'
    CHECK (until_date GLOB '????-??-??' AND date(until_date, '+0 days') IS until_date),
  PRIMARY KEY (business_id, department_id, from_date),
  FOREIGN KEY (business_id, department_id) REFERENCES departments (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, parent_id) REFERENCES departments (business_id, id)
    ON DELETE RESTRICT,
  CHECK (parent_id <> department_id),
  CHECK (until_date >= from_date)
) STRICT, WITHOUT ROWID;

-- Where it starts is where it always was.
CREATE TRIGGER departments_parent_insert AFTER INSERT ON departments
  WHEN NEW.parent_id IS NOT NULL
BEGIN
  INSERT INTO department_parents (business_id, department_id, parent_id, from_date)
  VALUES (NEW.business_id, NEW.id, NEW.parent_id, '0001-01-01');
END;

CREATE TRIGGER department_parents_overlap BEFORE INSERT ON department_parents
BEGIN
  SELECT RAISE(ABORT, 'CF071 the department stands below another on those days')
  WHERE EXISTS (
    SELECT 1 FROM department_parents
    WHERE business_id = NEW.business_id AND department_id = NEW.department_id
      AND from_date <= NEW.until_date AND until_date >= NEW.from_date);
END;

CREATE TRIGGER department_parents_tenant BEFORE UPDATE OF business_id, department_id
  ON department_parents
  WHEN NEW.business_id <> OLD.business_id OR NEW.department_id <> OLD.department_id
BEGIN
  SELECT RAISE(ABORT, 'CF003 a row stays in its business');
END;

CREATE TRIGGER department_parents_update BEFORE UPDATE OF parent_id, from_date, until_date
  ON department_parents
  WHEN NEW.parent_id <> OLD.parent_id OR NEW.from_date <> OLD.from_date
    OR OLD.until_date <> '9999-12-31'
BEGIN
  SELECT RAISE(ABORT, 'CF050 where a department stood stays as it was');
END;

CREATE TRIGGER department_parents_delete BEFORE DELETE ON department_parents
  WHEN OLD.until_date <> '9999-12-31'
BEGIN
  SELECT RAISE(ABORT, 'CF050 where a department stood stays as it was');
END;

-- A column added later can't have a key of two columns, so two triggers hold its tenant instead.
ALTER TABLE business_memberships ADD COLUMN department_id INTEGER;

CREATE TRIGGER business_memberships_department_insert BEFORE INSERT ON business_memberships
  WHEN NEW.department_id IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'CF044 the business has no such department')
  WHERE NOT EXISTS (
    SELECT 1 FROM departments WHERE business_id = NEW.business_id AND id = NEW.department_id);
END;

CREATE TRIGGER business_memberships_department_update BEFORE UPDATE OF department_id
  ON business_memberships
  WHEN NEW.department_id IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'CF044 the business has no such department')
  WHERE NOT EXISTS (
    SELECT 1 FROM departments WHERE business_id = NEW.business_id AND id = NEW.department_id);
END;

CREATE TABLE department_roles (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  department_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  role TEXT NOT NULL CHECK (role IN (
    'head', 'manager', 'supervisor', 'lead', 'senior', 'member', 'junior', 'intern')),
  can_approve_budget INTEGER NOT NULL DEFAULT 0 CHECK (can_approve_budget IN (0, 1)),
  can_manage_members INTEGER NOT NULL DEFAULT 0 CHECK (can_manage_members IN (0, 1)),
  can_view_reports INTEGER NOT NULL DEFAULT 0 CHECK (can_view_reports IN (0, 1)),
  can_create_requests INTEGER NOT NULL DEFAULT 0 CHECK (can_create_requests IN (0, 1)),
  -- In minor units of the base currency.
  approval_limit INTEGER CHECK (approval_limit >= 0),
  -- In force from the first up to, and not including, the second.
  starts_at INTEGER NOT NULL,
  ends_at INTEGER,
  created_by INTEGER,
  created_at INTEGER NOT NULL,
  UNIQUE (business_id, id),
  FOREIGN KEY (business_id, department_id) REFERENCES departments (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, user_id) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, created_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  CHECK (ends_at > starts_at)
) STRICT;

-- A person can have the same role again later, but never twice at one time.
CREATE TRIGGER department_roles_overlap_insert BEFORE INSERT ON department_roles
BEGIN
  SELECT RAISE(ABORT, 'CF045 the person has this role in the department at that time already')
  WHERE EXISTS (
    SELECT 1 FROM department_roles r
    WHERE r.business_id = NEW.business_id AND r.department_id = NEW.department_id
      AND r.user_id = NEW.user_id AND r.role = NEW.role
      AND (NEW.ends_at IS NULL OR r.starts_at < NEW.ends_at)
      AND (r.ends_at IS NULL OR NEW.starts_at < r.ends_at));
END;

CREATE TRIGGER department_roles_overlap_update BEFORE UPDATE OF role, starts_at, ends_at
  ON department_roles
BEGIN
  SELECT RAISE(ABORT, 'CF045 the person has this role in the department at that time already')
  WHERE EXISTS (
    SELECT 1 FROM department_roles r
    WHERE r.business_id = NEW.business_id AND r.department_id = NEW.department_id
      AND r.user_id = NEW.user_id AND r.role = NEW.role AND r.id <> OLD.id
      AND (NEW.ends_at IS NULL OR r.starts_at < NEW.ends_at)
      AND (r.ends_at IS NULL OR NEW.starts_at < r.ends_at));
END;

CREATE TRIGGER department_roles_tenant BEFORE UPDATE OF business_id, department_id, user_id
  ON department_roles
  WHEN NEW.business_id <> OLD.business_id OR NEW.department_id <> OLD.department_id
    OR NEW.user_id <> OLD.user_id
BEGIN
  SELECT RAISE(ABORT, 'CF003 a row stays in its business');
END;

CREATE TABLE permission_templates (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  name TEXT NOT NULL CHECK (length(trim(name)) BETWEEN 1 AND 100),
  description TEXT NOT NULL DEFAULT '' CHECK (length(description) <= 1000),
  type TEXT NOT NULL CHECK (type IN ('role', 'department', 'custom')),
  -- Objects of permission, effect and conditions, in the closed grammar of RULES §4.3.
  permissions TEXT NOT NULL CHECK (json_valid(permissions) AND json_type(permissions) = 'array'),
  is_system INTEGER NOT NULL DEFAULT 0 CHECK (is_system IN (0, 1)),
  status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'inactive')),
  created_by INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  UNIQUE (business_id, id),
  FOREIGN KEY (business_id, created_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT
) STRICT;

CREATE UNIQUE INDEX permission_templates_name ON permission_templates (business_id, lower(name));

CREATE TRIGGER permission_templates_system_update BEFORE UPDATE ON permission_templates
  WHEN OLD.is_system = 1
BEGIN
  SELECT RAISE(ABORT, 'CF046 the templates that come with CoreFlow can''t be changed');
END;

CREATE TRIGGER permission_templates_system_delete BEFORE DELETE ON permission_templates
  WHEN OLD.is_system = 1
BEGIN
  SELECT RAISE(ABORT, 'CF046 the templates that come with CoreFlow can''t be changed');
END;

CREATE TRIGGER permission_templates_tenant BEFORE UPDATE OF id, business_id ON permission_templates
  WHEN NEW.business_id <> OLD.business_id OR NEW.id <> OLD.id
BEGIN
  SELECT RAISE(ABORT, 'CF003 a row stays in its business');
END;

-- To whom a template applies: one person, everybody of a role, or everybody of a department.
CREATE TABLE template_assignments (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  template_id INTEGER NOT NULL,
  user_id INTEGER,
  role TEXT CHECK (role IN ('owner', 'director', 'manager', 'employee', 'viewer')),
  department_id INTEGER,
  starts_at INTEGER NOT NULL,
  ends_at INTEGER,
  granted_by INTEGER NOT NULL,
  reason TEXT NOT NULL DEFAULT '' CHECK (length(reason) <= 500),
  revoked_by INTEGER,
  revoked_at INTEGER,
  created_at INTEGER NOT NULL,
  UNIQUE (business_id, id),
  FOREIGN KEY (business_id, template_id) REFERENCES permission_templates (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, user_id) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, department_id) REFERENCES departments (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, granted_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, revoked_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  CHECK ((user_id IS NOT NULL) + (role IS NOT NULL) + (department_id IS NOT NULL) = 1),
  CHECK (granted_by <> user_id),
  CHECK (ends_at > starts_at)
) STRICT;

CREATE TRIGGER template_assignments_update BEFORE UPDATE ON template_assignments
  WHEN OLD.revoked_at IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'CF043 what was revoked stays revoked');
END;

CREATE TRIGGER template_assignments_delete BEFORE DELETE ON template_assignments
BEGIN
  SELECT RAISE(ABORT, 'CF047 a grant is revoked, never removed');
END;

CREATE TRIGGER template_assignments_tenant BEFORE UPDATE OF business_id ON template_assignments
  WHEN NEW.business_id <> OLD.business_id
BEGIN
  SELECT RAISE(ABORT, 'CF003 a row stays in its business');
END;

CREATE TABLE user_permissions (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  user_id INTEGER NOT NULL,
  -- A key such as journal.post, a pattern such as journal.*, or * for all.
  permission TEXT NOT NULL
    CHECK (length(permission) BETWEEN 1 AND 64 AND permission NOT GLOB '*[^a-z.*]*'),
  effect TEXT NOT NULL CHECK (effect IN ('allow', 'deny')),
  origin TEXT NOT NULL DEFAULT 'custom'
    CHECK (origin IN ('role', 'department', 'template', 'custom')),
  template_id INTEGER,
  subject_type TEXT CHECK (length(subject_type) BETWEEN 1 AND 32),
  subject_id INTEGER,
  -- In minor units of the base currency.
  amount_limit INTEGER CHECK (amount_limit >= 0),
  conditions TEXT NOT NULL DEFAULT '{}'
    CHECK (json_valid(conditions) AND json_type(conditions) = 'object'),
  starts_at INTEGER NOT NULL,
  ends_at INTEGER,
  granted_by INTEGER NOT NULL,
  reason TEXT NOT NULL CHECK (length(trim(reason)) BETWEEN 1 AND 500),
  status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'revoked', 'expired')),
  revoked_by INTEGER,
  revoked_at INTEGER,
  revoked_reason TEXT CHECK (length(revoked_reason) <= 500),
  created_at INTEGER NOT NULL,
  UNIQUE (business_id, id),
  FOREIGN KEY (business_id, user_id) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, template_id) REFERENCES permission_templates (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, granted_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, revoked_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  CHECK (subject_id IS NULL OR subject_type IS NOT NULL),
  CHECK ((origin = 'template') = (template_id IS NOT NULL)),
  CHECK ((status = 'revoked') = (revoked_at IS NOT NULL)),
  CHECK (effect = 'deny' OR granted_by <> user_id),
  CHECK (ends_at > starts_at)
) STRICT;

CREATE TRIGGER user_permissions_fixed BEFORE UPDATE OF id, business_id, user_id, permission, effect,
  origin, template_id, subject_type, subject_id, amount_limit, conditions, starts_at, granted_by,
  reason, created_at ON user_permissions
BEGIN
  SELECT RAISE(ABORT, 'CF047 a grant is revoked, never rewritten');
END;

CREATE TRIGGER user_permissions_revoked BEFORE UPDATE ON user_permissions
  WHEN OLD.status = 'revoked'
BEGIN
  SELECT RAISE(ABORT, 'CF043 what was revoked stays revoked');
END;

-- Who could do what on a past day is answered from these rows.
CREATE TRIGGER user_permissions_delete BEFORE DELETE ON user_permissions
BEGIN
  SELECT RAISE(ABORT, 'CF047 a grant is revoked, never removed');
END;

-- The rows of business 0 hold for every business.
CREATE TABLE role_hierarchies (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  parent_role TEXT NOT NULL
    CHECK (parent_role IN ('owner', 'director', 'manager', 'employee', 'viewer')),
  child_role TEXT NOT NULL
    CHECK (child_role IN ('owner', 'director', 'manager', 'employee', 'viewer')),
  -- The parent receives what the child is allowed.
  inherit_permissions INTEGER NOT NULL DEFAULT 1 CHECK (inherit_permissions IN (0, 1)),
  -- The child receives what the parent is denied.
  inherit_restrictions INTEGER NOT NULL DEFAULT 1 CHECK (inherit_restrictions IN (0, 1)),
  created_at INTEGER NOT NULL,
  UNIQUE (business_id, id),
  UNIQUE (business_id, parent_role, child_role)
) STRICT;

INSERT INTO role_hierarchies (business_id, parent_role, child_role, created_at)
VALUES
  (0, 'owner', 'director', 0),
  (0, 'director', 'manager', 0),
  (0, 'manager', 'employee', 0),
  (0, 'employee', 'viewer', 0);

CREATE TRIGGER role_hierarchies_cycle BEFORE INSERT ON role_hierarchies
BEGIN
  SELECT RAISE(ABORT, 'CF004 a role can''t inherit from itself')
  WHERE NEW.parent_role IN (
    WITH RECURSIVE below (role) AS (
      VALUES (NEW.child_role)
      UNION
      SELECT h.child_role
      FROM below
      JOIN role_hierarchies h
        ON h.business_id IN (0, NEW.business_id) AND h.parent_role = below.role)
    SELECT role FROM below);
END;

CREATE TRIGGER role_hierarchies_fixed BEFORE UPDATE OF business_id, parent_role, child_role
  ON role_hierarchies
  WHEN NEW.business_id <> OLD.business_id OR NEW.parent_role <> OLD.parent_role
    OR NEW.child_role <> OLD.child_role
BEGIN
  SELECT RAISE(ABORT, 'CF003 a row stays in its business');
END;

CREATE TABLE access_control_lists (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  subject_type TEXT NOT NULL CHECK (length(subject_type) BETWEEN 1 AND 32),
  subject_id INTEGER NOT NULL,
  principal_type TEXT NOT NULL
    CHECK (principal_type IN ('user', 'department', 'role', 'group')),
  user_id INTEGER,
  department_id INTEGER,
  role TEXT CHECK (role IN ('owner', 'director', 'manager', 'employee', 'viewer')),
  group_name TEXT CHECK (length(trim(group_name)) BETWEEN 1 AND 64),
  level TEXT NOT NULL CHECK (level IN ('none', 'read', 'write', 'delete', 'admin')),
  may_share INTEGER NOT NULL DEFAULT 0 CHECK (may_share IN (0, 1)),
  may_export INTEGER NOT NULL DEFAULT 0 CHECK (may_export IN (0, 1)),
  expires_at INTEGER,
  granted_by INTEGER NOT NULL,
  reason TEXT NOT NULL DEFAULT '' CHECK (length(reason) <= 500),
  revoked_by INTEGER,
  revoked_at INTEGER,
  created_at INTEGER NOT NULL,
  UNIQUE (business_id, id),
  FOREIGN KEY (business_id, user_id) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, department_id) REFERENCES departments (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, granted_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, revoked_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  CHECK ((principal_type = 'user') = (user_id IS NOT NULL)),
  CHECK ((principal_type = 'department') = (department_id IS NOT NULL)),
  CHECK ((principal_type = 'role') = (role IS NOT NULL)),
  CHECK ((principal_type = 'group') = (group_name IS NOT NULL))
) STRICT;

CREATE TRIGGER access_control_lists_fixed BEFORE UPDATE OF id, business_id, subject_type,
  subject_id, principal_type, user_id, department_id, role, group_name, level, may_share,
  may_export, granted_by, created_at ON access_control_lists
BEGIN
  SELECT RAISE(ABORT, 'CF047 a grant is revoked, never rewritten');
END;

CREATE TRIGGER access_control_lists_revoked BEFORE UPDATE ON access_control_lists
  WHEN OLD.revoked_at IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'CF043 what was revoked stays revoked');
END;

CREATE TRIGGER access_control_lists_delete BEFORE DELETE ON access_control_lists
BEGIN
  SELECT RAISE(ABORT, 'CF047 a grant is revoked, never removed');
END;

CREATE TABLE approval_delegations (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  from_user_id INTEGER NOT NULL,
  to_user_id INTEGER NOT NULL,
  -- Patterns of permissions; what the delegator has no more, the delegate has neither.
  permissions TEXT NOT NULL DEFAULT '["journal.approve"]'
    CHECK (json_valid(permissions) AND json_type(permissions) = 'array'),
  department_id INTEGER,
  -- In minor units of the base currency; null is the delegator's own limit.
  amount_limit INTEGER CHECK (amount_limit >= 0),
  starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  reason TEXT NOT NULL CHECK (length(trim(reason)) BETWEEN 1 AND 500),
  created_by INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  revoked_by INTEGER,
  revoked_at INTEGER,
  UNIQUE (business_id, id),
  FOREIGN KEY (business_id, from_user_id) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, to_user_id) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, department_id) REFERENCES departments (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, created_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, revoked_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  CHECK (from_user_id <> to_user_id),
  CHECK (ends_at > starts_at)
) STRICT;

CREATE TRIGGER approval_delegations_loop BEFORE INSERT ON approval_delegations
BEGIN
  SELECT RAISE(ABORT, 'CF048 two people can''t delegate to each other at one time')
  WHERE EXISTS (
    SELECT 1 FROM approval_delegations d
    WHERE d.business_id = NEW.business_id AND d.from_user_id = NEW.to_user_id
      AND d.to_user_id = NEW.from_user_id AND d.revoked_at IS NULL
      AND d.starts_at < NEW.ends_at AND NEW.starts_at < d.ends_at);
END;

CREATE TRIGGER approval_delegations_fixed BEFORE UPDATE OF id, business_id, from_user_id,
  to_user_id, permissions, department_id, amount_limit, starts_at, created_by, created_at
  ON approval_delegations
BEGIN
  SELECT RAISE(ABORT, 'CF047 a grant is revoked, never rewritten');
END;

CREATE TRIGGER approval_delegations_revoked BEFORE UPDATE ON approval_delegations
  WHEN OLD.revoked_at IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'CF043 what was revoked stays revoked');
END;

CREATE TRIGGER approval_delegations_delete BEFORE DELETE ON approval_delegations
BEGIN
  SELECT RAISE(ABORT, 'CF047 a grant is revoked, never removed');
END;

-- The groups that lists can name.
CREATE TABLE group_members (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  group_name TEXT NOT NULL CHECK (length(trim(group_name)) BETWEEN 1 AND 64),
  user_id INTEGER NOT NULL,
  created_by INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (business_id, id),
  UNIQUE (business_id, group_name, user_id),
  FOREIGN KEY (business_id, user_id) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, created_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT
) STRICT;

CREATE TRIGGER group_members_update BEFORE UPDATE ON group_members
BEGIN
  SELECT RAISE(ABORT, 'CF047 somebody is put into a group or taken out, never rewritten');
END;

-- When somebody lifted limits and separate duties for themselves (RULES §4.4), for an hour at the
-- most, and what another person thought of it afterwards.
CREATE TABLE broken_glass (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  user_id INTEGER NOT NULL,
  reason TEXT NOT NULL CHECK (length(trim(reason)) BETWEEN 1 AND 500),
  starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  review_due_at INTEGER NOT NULL,
  reviewed_by INTEGER,
  reviewed_at INTEGER,
  review TEXT CHECK (length(trim(review)) BETWEEN 1 AND 2000),
  UNIQUE (business_id, id),
  FOREIGN KEY (business_id, user_id) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, reviewed_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  CHECK (ends_at > starts_at AND ends_at <= starts_at + 3600000),
  CHECK (review_due_at >= ends_at),
  CHECK (reviewed_by <> user_id),
  CHECK ((reviewed_at IS NULL) = (reviewed_by IS NULL) AND (reviewed_at IS NULL) = (review IS NULL))
) STRICT;

CREATE TRIGGER broken_glass_fixed BEFORE UPDATE OF id, business_id, user_id, reason, starts_at,
  review_due_at ON broken_glass
BEGIN
  SELECT RAISE(ABORT, 'CF047 what was lifted is reviewed, never rewritten');
END;

CREATE TRIGGER broken_glass_shortened BEFORE UPDATE OF ends_at ON broken_glass
  WHEN NEW.ends_at > OLD.ends_at
BEGIN
  SELECT RAISE(ABORT, 'CF047 what was lifted can end sooner, never later');
END;

CREATE TRIGGER broken_glass_reviewed BEFORE UPDATE ON broken_glass
  WHEN OLD.reviewed_at IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'CF043 a review stays as it is');
END;

CREATE TRIGGER broken_glass_delete BEFORE DELETE ON broken_glass
BEGIN
  SELECT RAISE(ABORT, 'CF047 what was lifted is reviewed, never removed');
END;

-- Who may hold two permissions that one person had better not (RULES §4.6), until a day comes.
CREATE TABLE duty_waivers (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  user_id INTEGER NOT NULL,
  first_permission TEXT NOT NULL CHECK (length(first_permission) BETWEEN 1 AND 64),
  second_permission TEXT NOT NULL CHECK (length(second_permission) BETWEEN 1 AND 64),
  reason TEXT NOT NULL CHECK (length(trim(reason)) BETWEEN 1 AND 500),
  granted_by INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  revoked_by INTEGER,
  revoked_at INTEGER,
  UNIQUE (business_id, id),
  FOREIGN KEY (business_id, user_id) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, granted_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, revoked_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  CHECK (granted_by <> user_id),
  CHECK (ends_at > created_at)
) STRICT;

CREATE TRIGGER duty_waivers_fixed BEFORE UPDATE OF id, business_id, user_id, first_permission,
  second_permission, reason, granted_by, created_at, ends_at ON duty_waivers
BEGIN
  SELECT RAISE(ABORT, 'CF047 a waiver is ended, never rewritten');
END;

CREATE TRIGGER duty_waivers_revoked BEFORE UPDATE ON duty_waivers
  WHEN OLD.revoked_at IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'CF043 what was revoked stays revoked');
END;

CREATE TRIGGER duty_waivers_delete BEFORE DELETE ON duty_waivers
BEGIN
  SELECT RAISE(ABORT, 'CF047 a waiver is ended, never removed');
END;

-- Who looked through what everybody may do, and what they made of it. The digest is over all of it.
CREATE TABLE access_reviews (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  title TEXT NOT NULL CHECK (length(trim(title)) BETWEEN 1 AND 100),
  started_by INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  signed_by INTEGER,
  signed_at INTEGER,
  digest TEXT CHECK (length(digest) = 64 AND digest NOT GLOB '*[^0-9a-f]*'),
  UNIQUE (business_id, id),
  FOREIGN KEY (business_id, started_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, signed_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  CHECK ((signed_at IS NULL) = (signed_by IS NULL) AND (signed_at IS NULL) = (digest IS NULL))
) STRICT;

CREATE TABLE access_review_lines (
  id INTEGER PRIMARY KEY,
  business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE RESTRICT,
  review_id INTEGER NOT NULL,
  line_number INTEGER NOT NULL CHECK (line_number > 0),
  -- Null where it is about everybody of a role or a department.
  user_id INTEGER,
  kind TEXT NOT NULL
    CHECK (kind IN (
      'role', 'approver', 'limit', 'grant', 'template', 'delegation', 'post', 'group', 'list',
      'key')),
  -- The grant, the assignment of a template, the delegation, the role in a department, the row of a
  -- list or the API key.
  thing_id INTEGER,
  -- The role, the limit in minor units, the group or the department that is led.
  value TEXT NOT NULL DEFAULT '' CHECK (length(value) <= 64),
  description TEXT NOT NULL CHECK (length(description) BETWEEN 1 AND 1000),
  decision TEXT CHECK (decision IN ('keep', 'revoke')),
  decided_by INTEGER,
  decided_at INTEGER,
  comment TEXT NOT NULL DEFAULT '' CHECK (length(comment) <= 500),
  UNIQUE (business_id, id),
  UNIQUE (business_id, review_id, line_number),
  FOREIGN KEY (business_id, review_id) REFERENCES access_reviews (business_id, id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, user_id) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  FOREIGN KEY (business_id, decided_by) REFERENCES business_memberships (business_id, user_id)
    ON DELETE RESTRICT,
  -- Only where nobody else could, and then they keep it.
  CHECK (decided_by <> user_id OR decision = 'keep'),
  CHECK ((decision IS NULL) = (decided_by IS NULL) AND (decision IS NULL) = (decided_at IS NULL))
) STRICT;

CREATE TRIGGER access_reviews_fixed BEFORE UPDATE OF id, business_id, title, started_by, started_at
  ON access_reviews
BEGIN
  SELECT RAISE(ABORT, 'CF050 a review stays as it was begun');
END;

CREATE TRIGGER access_reviews_complete BEFORE UPDATE OF signed_at ON access_reviews
  WHEN OLD.signed_at IS NULL
BEGIN
  SELECT RAISE(ABORT, 'CF070 every line of a review is decided before it is signed')
  WHERE EXISTS (
    SELECT 1 FROM access_review_lines
    WHERE business_id = OLD.business_id AND review_id = OLD.id AND decision IS NULL);
END;

CREATE TRIGGER access_reviews_signed BEFORE UPDATE ON access_reviews
  WHEN OLD.signed_at IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'CF050 a review stays as it was signed');
END;

CREATE TRIGGER access_reviews_delete BEFORE DELETE ON access_reviews
BEGIN
  SELECT RAISE(ABORT, 'CF050 a review is kept for ever');
END;

CREATE TRIGGER access_review_lines_insert BEFORE INSERT ON access_review_lines
BEGIN
  SELECT RAISE(ABORT, 'CF070 a review that is signed takes no more lines')
  WHERE EXISTS (
    SELECT 1 FROM access_reviews
    WHERE business_id = NEW.business_id AND id = NEW.review_id AND signed_at IS NOT NULL);
END;

CREATE TRIGGER access_review_lines_fixed BEFORE UPDATE OF id, business_id, review_id, line_number,
  user_id, kind, thing_id, value, description ON access_review_lines
BEGIN
  SELECT RAISE(ABORT, 'CF050 a line of a review is decided, never rewritten');
END;

CREATE TRIGGER access_review_lines_signed BEFORE UPDATE ON access_review_lines
BEGIN
  SELECT RAISE(ABORT, 'CF050 a review stays as it was signed')
  WHERE EXISTS (
    SELECT 1 FROM access_reviews
    WHERE business_id = OLD.business_id AND id = OLD.review_id AND signed_at IS NOT NULL);
END;

CREATE TRIGGER access_review_lines_delete BEFORE DELETE ON access_review_lines
BEGIN
  SELECT RAISE(ABORT, 'CF050 a review is kept for ever');
END;

-- Moves whenever anything did by which access is decided, in whatever business: what was read at
-- the same number is still so.
CREATE TABLE access_version (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  version INTEGER NOT NULL
) STRICT;

INSERT INTO access_version (id, version) VALUES (1, 1);

CREATE TRIGGER business_memberships_access_insert AFTER INSERT ON business_memberships
BEGIN
  UPDATE access_version SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER business_memberships_access_update AFTER UPDATE OF role, status,
  department_id, spending_limit, may_approve, reports_to ON business_memberships
BEGIN
  UPDATE access_version SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER users_access_update AFTER UPDATE OF status ON users
BEGIN
  UPDATE access_version SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER departments_access_insert AFTER INSERT ON departments
BEGIN
  UPDATE access_version SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER departments_access_update AFTER UPDATE ON departments
BEGIN
  UPDATE access_version SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER department_roles_access_insert AFTER INSERT ON department_roles
BEGIN
  UPDATE access_version SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER department_roles_access_update AFTER UPDATE ON department_roles
BEGIN
  UPDATE access_version SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER department_roles_access_delete AFTER DELETE ON department_roles
BEGIN
  UPDATE access_version SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER permission_templates_access_update AFTER UPDATE ON permission_templates
BEGIN
  UPDATE access_version SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER template_assignments_access_insert AFTER INSERT ON template_assignments
BEGIN
  UPDATE access_version SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER template_assignments_access_update AFTER UPDATE ON template_assignments
BEGIN
  UPDATE access_version SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER user_permissions_access_insert AFTER INSERT ON user_permissions
BEGIN
  UPDATE access_version SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER user_permissions_access_update AFTER UPDATE ON user_permissions
BEGIN
  UPDATE access_version SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER role_hierarchies_access_insert AFTER INSERT ON role_hierarchies
BEGIN
  UPDATE access_version SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER role_hierarchies_access_update AFTER UPDATE ON role_hierarchies
BEGIN
  UPDATE access_version SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER role_hierarchies_access_delete AFTER DELETE ON role_hierarchies
BEGIN
  UPDATE access_version SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER access_control_lists_access_insert AFTER INSERT ON access_control_lists
BEGIN
  UPDATE access_version SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER access_control_lists_access_update AFTER UPDATE ON access_control_lists
BEGIN
  UPDATE access_version SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER approval_delegations_access_insert AFTER INSERT ON approval_delegations
BEGIN
  UPDATE access_version SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER approval_delegations_access_update AFTER UPDATE ON approval_delegations
BEGIN
  UPDATE access_version SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER group_members_access_insert AFTER INSERT ON group_members
BEGIN
  UPDATE access_version SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER group_members_access_delete AFTER DELETE ON group_members
BEGIN
  UPDATE access_version SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER broken_glass_access_insert AFTER INSERT ON broken_glass
BEGIN
  UPDATE access_version SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER broken_glass_access_update AFTER UPDATE ON broken_glass
BEGIN
  UPDATE access_version SET version = version + 1 WHERE id = 1;
END;
