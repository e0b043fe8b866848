"""Judging both together: which marketing made which revenue."""
