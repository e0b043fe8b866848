"""First set-up, users, keys, backup and restore, doctor."""
