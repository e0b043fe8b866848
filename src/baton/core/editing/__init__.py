"""Changing what is known where it stands: one field of a record, on its page or in a list."""
