"""Closed loop and pipeline reports: SQL files over the records."""
