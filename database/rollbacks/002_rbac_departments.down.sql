-- Takes back 002_rbac_departments.

DROP TRIGGER business_memberships_access_update;
DROP TRIGGER business_memberships_access_insert;
DROP TRIGGER users_access_update;
DROP TABLE access_review_lines;
DROP TABLE access_reviews;
DROP TABLE duty_waivers;
DROP TABLE broken_glass;
DROP TABLE group_members;
DROP TABLE approval_delegations;
DROP TABLE access_control_lists;
DROP TABLE role_hierarchies;
DROP TABLE user_permissions;
DROP TABLE template_assignments;
DROP TABLE permission_templates;
DROP TABLE department_roles;
DROP TRIGGER business_memberships_department_update;
DROP TRIGGER business_memberships_department_insert;
ALTER TABLE business_memberships DROP COLUMN department_id;
DROP TABLE department_parents;
DROP TABLE departments;
DROP TABLE access_version;
