"""The last leg: deals from the first talk to won or lost."""
