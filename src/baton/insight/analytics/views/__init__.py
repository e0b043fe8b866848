"""Screens of the reports: the closed loop, the pipeline, and who is behind each figure."""
