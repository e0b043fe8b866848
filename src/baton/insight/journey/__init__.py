"""The buyer's way from not knowing a problem to being a customer, across both teams: what they ask,
what we show them, how many go on, and where they stall."""
