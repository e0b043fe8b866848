"""The index over words: a record is found when each typed word begins one of its own.

The database keeps it by triggers, in the transaction of whatever writes; `docs/search.md` says why.
"""
