"""Keeping it running: import, export, backup, users, doctor."""
