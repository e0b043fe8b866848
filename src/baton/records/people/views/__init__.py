"""Screens of people and companies: lists, record pages, editing in place, history."""
