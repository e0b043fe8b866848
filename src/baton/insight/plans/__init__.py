"""The plan of a quarter that both heads sign: targets, budget, launches, capacity, and what it
assumes, which the weekly review checks."""
