"""Saved views of lists: what stands in a list's address, under a name, for oneself or the team."""
