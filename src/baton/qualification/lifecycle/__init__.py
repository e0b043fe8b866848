"""Stages from subscriber to evangelist, both ways, with history."""
