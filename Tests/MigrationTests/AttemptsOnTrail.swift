extension Attempt {
  /// The audit log and its chain.
  static let audit = [
    Attempt("leaving out a record", record(5, after: "3", hash: "5"), "CF030"),
    Attempt("a record twice", record(3, after: "2", hash: "4"), "CF030"),
    Attempt("a record after another", record(4, after: "2", hash: "4"), "CF030"),
    Attempt(
      "a record of a business without a chain",
      record(1, after: "0", hash: "1").replacing("VALUES (1, ", with: "VALUES (7, "), "CF030"),
    Attempt("changing a record", "UPDATE audit_logs SET reason = 'x' WHERE sequence = 2", "CF031"),
    Attempt("removing the last record", "DELETE FROM audit_logs WHERE sequence = 3", "CF031"),
    Attempt("removing all records", "DELETE FROM audit_logs", "CF031"),
    Attempt(
      "replacing a record",
      record(2, after: "1", hash: "8").replacing("INSERT", with: "INSERT OR REPLACE"), "CF030"),
    Attempt("an unknown event", record(4, after: "3", hash: "4", event: "fun"), check),
    Attempt(
      "values that aren't JSON",
      record(4, after: "3", hash: "4").replacing("status,", with: "old_values, status,")
        .replacing("'success'", with: "'x', 'success'"), check),
    Attempt(
      "moving the head", "UPDATE audit_heads SET sequence = 9 WHERE business_id = 1", "CF030"),
    Attempt(
      "another hash at the head",
      "UPDATE audit_heads SET hash = '\(Seed.hash("f"))' WHERE business_id = 1", "CF030"),
    Attempt("removing the head", "DELETE FROM audit_heads WHERE business_id = 1", "CF030"),
    Attempt(
      "starting the chain again",
      "INSERT OR REPLACE INTO audit_heads (business_id, hash, genesis_hash) "
        + "VALUES (1, '\(Seed.hash("0"))', '\(Seed.hash("0"))')", "CF030"),
    Attempt(
      "archiving newer records before older ones", segment(first: 2, last: 2, "1", "2"), "CF032"),
    Attempt(
      "archiving what isn't there", segment(first: 1, last: 9, "0", "9"), "CF032"),
    Attempt(
      "an archive of other records", segment(first: 1, last: 2, "0", "7"), "CF032"),
    Attempt(
      "emptying the log before the archive is on record",
      segment(first: 1, last: 2, "0", "2") + "DELETE FROM audit_logs WHERE sequence <= 2", "CF031"),
    Attempt(
      "removing more than was archived",
      segment(first: 1, last: 2, "0", "2") + archiveRecord
        + "DELETE FROM audit_logs WHERE sequence <= 3", "CF031"),
    Attempt(
      "removing after the archive is done",
      segment(first: 1, last: 2, "0", "2") + archiveRecord
        + "UPDATE archive_segments SET status = 'done', done_at = 9;"
        + "DELETE FROM audit_logs WHERE sequence <= 2", "CF031"),
    Attempt(
      "another file for an archive",
      segment(first: 1, last: 2, "0", "2") + "UPDATE archive_segments SET file_name = 'x'",
      "CF032"),
    Attempt(
      "removing an archive",
      segment(first: 1, last: 2, "0", "2") + "DELETE FROM archive_segments", "CF032"),
    Attempt(
      "saying that records are archived",
      "UPDATE audit_heads SET archived_to = 2 WHERE business_id = 1", "CF032"),
    Attempt(
      "another secret behind a commitment",
      "INSERT INTO audit_secrets VALUES (1, 1, 'iban', x'\(Seed.hash("0"))', 'a');"
        + "UPDATE audit_secrets SET value = 'b'", "CF031"),
    Attempt(
      "removing an anchor",
      """
      INSERT INTO audit_checkpoints (business_id, sequence, hash, cause, created_at)
      VALUES (1, 3, '\(Seed.hash("3"))', 'manual', 9);
      DELETE FROM audit_checkpoints
      """, "CF031"),
    Attempt("another price", "UPDATE price_list SET micro_credits_per_unit = 0", "CF050"),
    Attempt("removing a price", "DELETE FROM price_list", "CF050"),
    Attempt(
      "confirming one's own request",
      confirmation
        + "UPDATE confirmations SET status = 'confirmed', decided_by = 1, decided_at = 5",
      check),
    Attempt(
      "confirming too late",
      confirmation
        + "UPDATE confirmations SET status = 'confirmed', decided_by = 5, decided_at = 99", check),
    Attempt(
      "deciding twice",
      confirmation + "UPDATE confirmations SET status = 'declined', decided_by = 5, decided_at = 5;"
        + "UPDATE confirmations SET status = 'confirmed'", "CF050"),
    Attempt(
      "another request under the same decision",
      confirmation + "UPDATE confirmations SET subject_id = 101", "CF050"),
    Attempt(
      "a notice that is no JSON", notice.replacing("'{}'", with: "'Hello'"), check),
    Attempt(
      "rewording a notice", notice + "UPDATE notifications SET notice = '{\"a\":1}'", "CF050"),
    Attempt(
      "rewording an event",
      """
      INSERT INTO system_events (business_id, at, category, severity, source, code, message)
      VALUES (1, 1, 'error', 'high', 'store', 'full', 'The disk is full');
      UPDATE system_events SET message = 'fine'
      """, "CF050"),
  ]

  static func record(
    _ sequence: Int, after previous: Character, hash: Character, event: String = "update",
    resource: String = "'user', NULL"
  ) -> String {
    """
    INSERT INTO audit_logs (business_id, sequence, at, event_type, operation, resource_type,
      resource_id, actor_name, status, previous_hash, hash)
    VALUES (1, \(sequence), 4, '\(event)', 'x.y', \(resource), 'Ada', 'success',
      '\(Seed.hash(previous))', '\(Seed.hash(hash))');

    """
  }

  static func segment(first: Int, last: Int, _ before: Character, _ end: Character) -> String {
    """
    INSERT INTO archive_segments (id, business_id, first_sequence, last_sequence, first_hash,
      last_hash, file_name, file_sha256, size_bytes, created_by, created_at)
    VALUES (1, 1, \(first), \(last), '\(Seed.hash(before))', '\(Seed.hash(end))', 'a.gz',
      '\(Seed.hash("a"))', 9, 1, 4);

    """
  }

  static let archiveRecord = record(
    4, after: "3", hash: "4", resource: "'archive_segment', 1")

  private static let confirmation = """
    INSERT INTO confirmations (business_id, permission, subject_type, subject_id, reason,
      requested_by, requested_at, expires_at)
    VALUES (1, 'period.lock', 'period', 105, 'year is done', 1, 1, 50);

    """

  private static let notice = """
    INSERT INTO notifications (business_id, user_id, notice, created_at) VALUES (1, 1, '{}', 1);

    """

  /// Workflows.
  static let workflows = [
    Attempt(
      "changing a published workflow",
      workflow + "UPDATE workflow_definitions SET steps = "
        + "'{\"a\":1}'", "CF060"),
    Attempt(
      "removing a published workflow", workflow + "DELETE FROM workflow_definitions", "CF060"),
    Attempt(
      "a published workflow as a draft again",
      workflow + "UPDATE workflow_definitions SET status = 'draft', published_at = NULL", "CF060"),
    Attempt(
      "archiving a workflow that runs",
      workflow + instance + "UPDATE workflow_definitions SET status = 'inactive';"
        + "UPDATE workflow_definitions SET status = 'archived'", "CF060"),
    Attempt(
      "two active versions",
      workflow
        + """
        INSERT INTO workflow_definitions (business_id, key, version, name, type, steps, status,
          created_by, created_at, published_at)
        VALUES (1, 'journal', 2, 'Journal', 'approval', '{}', 'active', 1, 1, 2)
        """, unique),
    Attempt(
      "starting what isn't active",
      workflow + "UPDATE workflow_definitions SET status = 'inactive';" + instance, "CF061"),
    Attempt(
      "finishing what was cancelled",
      workflow + instance
        + """
        UPDATE workflow_instances SET status = 'cancelled', ended_at = 9;
        UPDATE workflow_instances SET status = 'completed', result = 'done'
        """, "CF061"),
    Attempt(
      "another subject for an instance",
      workflow + instance + "UPDATE workflow_instances SET subject_id = 1003", "CF003"),
    Attempt(
      "removing an instance", workflow + instance + "DELETE FROM workflow_instances", "CF007"),
    Attempt(
      "finishing a step that never began",
      workflow + instance + step + "UPDATE workflow_steps SET status = 'completed'", "CF062"),
    Attempt("removing a step", workflow + instance + step + "DELETE FROM workflow_steps", "CF007"),
    Attempt(
      "voting on a step that isn't active",
      workflow + instance + step
        + """
        INSERT INTO workflow_votes (business_id, step_id, user_id, decision, decided_at)
        VALUES (1, 1, 2, 'approve', 9)
        """, "CF063"),
    Attempt(
      "changing what happened",
      workflow + instance + transition + "UPDATE workflow_transitions SET reason = 'x'", "CF050"),
    Attempt(
      "removing what happened",
      workflow + instance + transition + "DELETE FROM workflow_transitions", "CF050"),
  ]

  private static let workflow = """
    INSERT INTO workflow_definitions (id, business_id, key, version, name, type, steps, status,
      created_by, created_at, published_at)
    VALUES (1, 1, 'journal', 1, 'Journal', 'approval', '{}', 'active', 1, 1, 2);

    """

  private static let instance = """
    INSERT INTO workflow_instances (id, business_id, definition_id, subject_type, subject_id, title,
      status, created_at)
    VALUES (1, 1, 1, 'journal_entry', 1001, 'D-1001', 'active', 3);

    """

  private static let step = """
    INSERT INTO workflow_steps (id, business_id, instance_id, node, type)
    VALUES (1, 1, 1, 'approve', 'approval');

    """

  private static let transition = """
    INSERT INTO workflow_transitions (business_id, instance_id, sequence, to_status, "trigger", at)
    VALUES (1, 1, 1, 'active', 'user_action', 3);

    """
}
