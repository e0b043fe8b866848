"""All that was done in the house: who, what, when, by which way and from where."""
