"""Screens of strangers and of sellers."""
