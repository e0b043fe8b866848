"""Pipelines, stages, lines, next steps, won and lost with reasons."""
