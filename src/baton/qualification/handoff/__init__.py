"""The agreement and what it demands: routing, clocks, verdicts, recycling."""
