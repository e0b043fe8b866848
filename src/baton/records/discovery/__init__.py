"""Guides for the first talk: what is asked, what was said, and which fields an answer fills."""
