extension Attempt {
  /// Businesses, people and sessions.
  static let people = [
    Attempt(
      "two businesses of one slug",
      """
      INSERT INTO businesses (slug, name, base_currency, created_at, updated_at)
      VALUES ('harbour', 'x', 'USD', 1, 1)
      """, unique),
    Attempt(
      "a slug with a space",
      """
      INSERT INTO businesses (slug, name, base_currency, created_at, updated_at)
      VALUES ('har bour', 'x', 'USD', 1, 1)
      """, check),
    Attempt("a thirteenth month", "UPDATE businesses SET fiscal_year_start_month = 13", check),
    Attempt("too short a retention", "UPDATE businesses SET audit_retention_years = 7", check),
    Attempt("an unknown tier", "UPDATE businesses SET subscription_tier = 'gold'", check),
    Attempt("removing a business", "DELETE FROM businesses WHERE id = 2", "CF007"),
    Attempt(
      "deleting a business with posted entries",
      "UPDATE businesses SET status = 'deleted', deleted_at = 9 WHERE id = 1", "CF049"),
    Attempt(
      "another base currency under posted entries",
      "UPDATE businesses SET base_currency = 'EUR' WHERE id = 1", "CF053"),
    Attempt(
      "another rounding", "UPDATE businesses SET rounding = 'half_even' WHERE id = 2", "CF040"),
    Attempt(
      "suspending the instance", "UPDATE businesses SET status = 'suspended' WHERE id = 0", "CF041"),
    Attempt(
      "a member of the instance",
      """
      INSERT INTO business_memberships (business_id, user_id, role, created_at)
      VALUES (0, 1, 'owner', 1)
      """, check),
    Attempt(
      "one e-mail address in two spellings",
      "INSERT INTO users (email, display_name, created_at) VALUES ('ADA@example.com', 'x', 1)",
      unique),
    Attempt(
      "an active person without a password",
      "UPDATE users SET password_hash = NULL WHERE id = 1", check),
    Attempt("removing a person", "DELETE FROM users WHERE id = 5", "CF007"),
    Attempt(
      "demoting the last owner",
      "UPDATE business_memberships SET role = 'viewer' WHERE id = 1", "CF010"),
    Attempt(
      "suspending the last owner",
      "UPDATE business_memberships SET status = 'suspended' WHERE id = 4", "CF010"),
    Attempt(
      "suspending the person who owns a business alone",
      "UPDATE users SET status = 'suspended' WHERE id = 4", "CF010"),
    Attempt(
      "suspending both owners, one after the other",
      "UPDATE business_memberships SET role = 'owner' WHERE id = 5;"
        + "UPDATE users SET status = 'suspended' WHERE id = 5;"
        + "UPDATE users SET status = 'suspended' WHERE id = 1", "CF010"),
    Attempt(
      "demoting an owner when the other can't sign in",
      "UPDATE business_memberships SET role = 'owner' WHERE id = 5;"
        + "UPDATE users SET status = 'suspended' WHERE id = 5;"
        + "UPDATE business_memberships SET role = 'director' WHERE id = 1", "CF010"),
    Attempt(
      "removing a membership", "DELETE FROM business_memberships WHERE id = 3", "CF007"),
    Attempt(
      "an unknown role", "UPDATE business_memberships SET role = 'admin' WHERE id = 3", check),
    Attempt(
      "moving a membership", "UPDATE business_memberships SET business_id = 2 WHERE id = 3",
      "CF003"),
    Attempt(
      "reporting to oneself", "UPDATE business_memberships SET reports_to = 3 WHERE id = 3",
      "CF004"),
    Attempt(
      "reporting in a circle", "UPDATE business_memberships SET reports_to = 3 WHERE id = 1",
      "CF004"),
    Attempt(
      "reporting to somebody of another business",
      "UPDATE business_memberships SET reports_to = 4 WHERE id = 3", foreignKey),
    Attempt(
      "a usual business that isn't there",
      "UPDATE users SET usual_business_id = 99 WHERE id = 1", foreignKey),
    Attempt(
      "a department of another business",
      "UPDATE business_memberships SET department_id = 60 WHERE id = 3", "CF044"),
    Attempt(
      "joining into a department of another business",
      """
      INSERT INTO business_memberships (business_id, user_id, role, department_id, created_at)
      VALUES (2, 3, 'viewer', 50, 1)
      """, "CF044"),
    Attempt(
      "a session in a business that one isn't in",
      session(business: 2, user: 1), "CF042"),
    Attempt(
      "a session of a suspended member",
      "UPDATE business_memberships SET status = 'suspended' WHERE id = 3;"
        + session(business: 1, user: 3), "CF042"),
    Attempt(
      "a session in a business from somebody else's sign-in",
      session(business: 1, user: 1).replacing("(90, 0, 1", with: "(90, 0, 2"), "CF042"),
    Attempt(
      "a session in a business from no sign-in",
      session(business: 1, user: 1).replacing("(1, 1, 90", with: "(1, 1, NULL"), "CF042"),
    Attempt(
      "a sign-in from a sign-in",
      session(business: 1, user: 1).replacing("(1, 1, 90", with: "(0, 1, 90"), check),
    Attempt(
      "a session's token that isn't a hash",
      session(business: 1, user: 1).replacing(Seed.hash("c"), with: "secret"), check),
    Attempt(
      "giving a session to somebody else",
      session(business: 1, user: 1) + "UPDATE user_sessions SET user_id = 2", "CF003"),
    Attempt(
      "bringing back a revoked session",
      session(business: 1, user: 1)
        + "UPDATE user_sessions SET revoked_at = 5; UPDATE user_sessions SET revoked_at = NULL",
      "CF043"),
    Attempt(
      "bringing back a revoked key",
      """
      INSERT INTO api_keys (business_id, name, prefix, key_hash, status, created_by, created_at,
        revoked_at)
      VALUES (1, 'k', 'cf_1', '\(Seed.hash("d"))', 'revoked', 1, 1, 2);
      UPDATE api_keys SET status = 'active', revoked_at = NULL
      """, "CF043"),
  ]

  private static func session(business: Int, user: Int) -> String {
    """
    INSERT INTO user_sessions (id, business_id, user_id, token_hash, created_at, last_activity_at,
      expires_at)
    VALUES (90, 0, \(user), '\(Seed.hash("e"))', 1, 1, 99);
    INSERT INTO user_sessions (business_id, user_id, sign_in_id, token_hash, created_at,
      last_activity_at, expires_at)
    VALUES (\(business), \(user), 90, '\(Seed.hash("c"))', 1, 1, 99);

    """
  }

  /// The dock stood below operations until the ninth.
  private static let moved =
    "UPDATE department_parents SET until_date = '2026-01-09' WHERE department_id = 51;"

  /// Departments and grants.
  static let access = [
    Attempt(
      "a department below itself", "UPDATE departments SET parent_id = 51 WHERE id = 50", "CF004"),
    Attempt(
      "a department below one of another business",
      "UPDATE departments SET parent_id = 60 WHERE id = 51", foreignKey),
    Attempt(
      "deleting a department with another below",
      "UPDATE departments SET status = 'deleted', deleted_at = 9 WHERE id = 50", "CF005"),
    Attempt(
      "a department below two others on one day",
      "INSERT INTO department_parents (business_id, department_id, parent_id, from_date) "
        + "VALUES (1, 51, 52, '2026-01-10')", "CF071"),
    Attempt(
      "a department that stood below one of another business",
      "INSERT INTO department_parents (business_id, department_id, parent_id, from_date) "
        + "VALUES (1, 52, 60, '2026-01-10')", foreignKey),
    Attempt(
      "a department that stood below itself",
      "INSERT INTO department_parents (business_id, department_id, parent_id, from_date) "
        + "VALUES (1, 52, 52, '2026-01-10')", check),
    Attempt(
      "another place than a department had",
      "UPDATE department_parents SET parent_id = 52 WHERE department_id = 51", "CF050"),
    Attempt(
      "a place that ended, for longer",
      moved + "UPDATE department_parents SET until_date = '9999-12-31'", "CF050"),
    Attempt(
      "removing a place that a department had", moved + "DELETE FROM department_parents", "CF050"),
    Attempt("removing a department", "DELETE FROM departments WHERE id = 52", "CF007"),
    Attempt("moving a department", "UPDATE departments SET business_id = 2 WHERE id = 52", "CF003"),
    Attempt(
      "one code twice in two spellings",
      "INSERT INTO departments (business_id, code, name, created_at) VALUES (1, 'ops', 'x', 1)",
      unique),
    Attempt(
      "a day that isn't in the calendar",
      "UPDATE departments SET inactive_from_date = '2026-02-31' WHERE id = 52", check),
    Attempt(
      "a day in words", "UPDATE departments SET inactive_from_date = 'now' WHERE id = 52", check),
    Attempt(
      "one role twice at one time",
      departmentRole(from: 1, until: "NULL") + departmentRole(from: 50, until: "60"), "CF045"),
    Attempt(
      "stretching a role over the next",
      departmentRole(from: 1, until: "10") + departmentRole(from: 10, until: "20")
        + "UPDATE department_roles SET ends_at = 11 WHERE starts_at = 1", "CF045"),
    Attempt(
      "a window that ends before it begins", departmentRole(from: 9, until: "8"), check),
    Attempt(
      "changing a template of the program",
      """
      INSERT INTO permission_templates (business_id, name, type, permissions, is_system, created_at)
      VALUES (1, 'Auditor', 'role', '[]', 1, 1);
      UPDATE permission_templates SET permissions = '["*"]'
      """, "CF046"),
    Attempt(
      "removing a template of the program",
      """
      INSERT INTO permission_templates (business_id, name, type, permissions, is_system, created_at)
      VALUES (1, 'Auditor', 'role', '[]', 1, 1);
      DELETE FROM permission_templates
      """, "CF046"),
    Attempt("widening a grant", grant + "UPDATE user_permissions SET permission = '*'", "CF047"),
    Attempt("removing a grant", grant + "DELETE FROM user_permissions", "CF047"),
    Attempt(
      "bringing back a revoked grant",
      grant + "UPDATE user_permissions SET status = 'revoked', revoked_at = 2;"
        + "UPDATE user_permissions SET status = 'active', revoked_at = NULL", "CF043"),
    Attempt(
      "granting to oneself", grant.replacing("1, 3, ", with: "1, 1, "), check),
    Attempt(
      "a grant to somebody of another business", grant.replacing("1, 3, ", with: "1, 4, "),
      foreignKey),
    Attempt(
      "a role that inherits from itself",
      """
      INSERT INTO role_hierarchies (business_id, parent_role, child_role, created_at)
      VALUES (1, 'viewer', 'owner', 1)
      """, "CF004"),
    Attempt(
      "an access list for nobody",
      """
      INSERT INTO access_control_lists (business_id, subject_type, subject_id, principal_type,
        level, granted_by, created_at)
      VALUES (1, 'account', 11, 'user', 'read', 1, 1)
      """, check),
    Attempt(
      "renaming a group under its people", group + "UPDATE group_members SET group_name = 'B'",
      "CF047"),
    Attempt(
      "lifting the rules for more than an hour", glass.replacing("3600000", with: "3600001"),
      check),
    Attempt(
      "making the reason better afterwards", glass + "UPDATE broken_glass SET reason = 'fire'",
      "CF047"),
    Attempt(
      "lifting the rules for longer", glass + "UPDATE broken_glass SET ends_at = ends_at + 1",
      "CF047"),
    Attempt("forgetting that rules were lifted", glass + "DELETE FROM broken_glass", "CF047"),
    Attempt(
      "reviewing oneself", glass + review.replacing("= 1,", with: "= 2,"), check),
    Attempt(
      "changing a review", glass + review + "UPDATE broken_glass SET review = 'hm'", "CF043"),
    Attempt("widening a waiver", waiver + "UPDATE duty_waivers SET ends_at = 99", "CF047"),
    Attempt("removing a waiver", waiver + "DELETE FROM duty_waivers", "CF047"),
    Attempt(
      "bringing back a waiver",
      waiver + "UPDATE duty_waivers SET revoked_at = 5;"
        + "UPDATE duty_waivers SET revoked_at = NULL", "CF043"),
    Attempt("waiving for oneself", waiver.replacing("(1, 2,", with: "(1, 1,"), check),
    Attempt(
      "another title of a review", accessReview + "UPDATE access_reviews SET title = 'x'", "CF050"),
    Attempt(
      "removing a review",
      "INSERT INTO access_reviews VALUES (1, 1, 'Q4', 1, 9, NULL, NULL, NULL);"
        + "DELETE FROM access_reviews", "CF050"),
    Attempt("signing what isn't decided", accessReview + signed, "CF070"),
    Attempt(
      "signing a review again",
      accessReview + decided + signed + "UPDATE access_reviews SET signed_at = 12", "CF050"),
    Attempt(
      "another line of a signed review",
      accessReview + decided + signed + line.replacing("(1, 1, 1, 2", with: "(1, 1, 2, 2"), "CF070"),
    Attempt(
      "another line than was looked at",
      accessReview + "UPDATE access_review_lines SET value = 'viewer'", "CF050"),
    Attempt(
      "another decision after signing",
      accessReview + decided + signed + "UPDATE access_review_lines SET decision = 'revoke'",
      "CF050"),
    Attempt(
      "removing a line of a review", accessReview + "DELETE FROM access_review_lines", "CF050"),
    Attempt(
      "deciding on oneself",
      accessReview + decided.replacing("'keep', decided_by = 1", with: "'revoke', decided_by = 2"),
      check),
    Attempt("delegating to oneself", delegation(from: 2, to: 2), check),
    Attempt(
      "delegating to each other", delegation(from: 2, to: 5) + delegation(from: 5, to: 2), "CF048"),
    Attempt(
      "lengthening a grant's amount",
      delegation(from: 2, to: 5) + "UPDATE approval_delegations SET amount_limit = 9", "CF047"),
  ]

  private static func departmentRole(from start: Int, until end: String) -> String {
    """
    INSERT INTO department_roles (business_id, department_id, user_id, role, starts_at, ends_at,
      created_at)
    VALUES (1, 50, 3, 'lead', \(start), \(end), 1);

    """
  }

  private static let grant = """
    INSERT INTO user_permissions (business_id, user_id, permission, effect, starts_at, granted_by,
      reason, created_at)
    VALUES (1, 3, 'journal.*', 'allow', 1, 1, 'cover', 1);

    """

  private static let group = """
    INSERT INTO group_members (business_id, group_name, user_id, created_by, created_at)
    VALUES (1, 'A', 3, 1, 1);

    """

  private static let glass = """
    INSERT INTO broken_glass (business_id, user_id, reason, starts_at, ends_at, review_due_at)
    VALUES (1, 2, 'flood', 0, 3600000, 9000000);

    """

  private static let waiver = """
    INSERT INTO duty_waivers (business_id, user_id, first_permission, second_permission, reason,
      granted_by, created_at, ends_at)
    VALUES (1, 2, 'import.run', 'recon.approve', 'two of us', 1, 1, 9);

    """

  private static let line = """
    INSERT INTO access_review_lines (business_id, review_id, line_number, user_id, kind, value,
      description)
    VALUES (1, 1, 1, 2, 'role', 'manager', 'is manager');

    """

  private static let accessReview =
    "INSERT INTO access_reviews VALUES (1, 1, 'Q4', 1, 9, NULL, NULL, NULL);" + line

  private static let decided = """
    UPDATE access_review_lines SET decision = 'keep', decided_by = 1, decided_at = 10;

    """

  private static let signed = """
    UPDATE access_reviews SET signed_by = 1, signed_at = 11, digest = '\(Seed.hash("a"))';

    """

  private static let review = """
    UPDATE broken_glass SET reviewed_by = 1, reviewed_at = 5, review = 'rightly';

    """

  private static func delegation(from: Int, to: Int) -> String {
    """
    INSERT INTO approval_delegations (business_id, from_user_id, to_user_id, starts_at, ends_at,
      reason, created_by, created_at)
    VALUES (1, \(from), \(to), 1, 9, 'leave', 1, 1);

    """
  }
}
