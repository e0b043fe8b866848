"""The weekly review: an agenda out of the week's data, minutes, decisions and tasks, kept as they
were when it ended."""
