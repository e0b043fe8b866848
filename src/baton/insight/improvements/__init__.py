"""What was changed, from when, which figure should move by it and which way: the days before and
after, with the chance that luck made the difference."""
