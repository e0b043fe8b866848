"""Campaigns by channel and period, and all that marketing costs."""
