-- Takes back 001_core_tenant_users.

DROP TABLE api_keys;
DROP TABLE user_sessions;
DROP VIEW member_names;
DROP TABLE business_memberships;
DROP TABLE unknown_addresses;
DROP TABLE recovery_codes;
DROP TABLE users;
DROP TABLE businesses;
