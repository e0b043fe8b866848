"""Fit and engagement: points by rule, decaying, explained."""
