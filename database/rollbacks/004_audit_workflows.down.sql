-- Takes back 004_audit_workflows.

DROP TABLE workflow_attachments;
DROP TABLE workflow_timers;
DROP TABLE workflow_transitions;
DROP TABLE workflow_votes;
DROP TABLE workflow_assignees;
DROP TABLE workflow_steps;
DROP TABLE workflow_instances;
DROP TABLE workflow_definitions;
DROP TABLE notifications;
DROP TABLE confirmations;
DROP TABLE system_events;
DROP TABLE activity_logs;
DROP TABLE price_list;
DROP TABLE audit_checkpoints;
DROP TABLE audit_secrets;
DROP TABLE archive_segments;
DROP TABLE audit_logs;
DROP TABLE audit_heads;
