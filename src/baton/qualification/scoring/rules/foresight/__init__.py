"""How well an outcome can be foreseen from what was known before it.

``judging`` and ``learning`` bring scikit-learn with them: only a command, or a process of its own,
imports them. ``tests/test_foresight_doors.py`` holds that.
"""
