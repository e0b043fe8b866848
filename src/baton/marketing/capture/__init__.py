"""Hosted pages, forms and first-party visits: how a stranger becomes a lead."""
