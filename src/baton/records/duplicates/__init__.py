"""Who may be who: a matcher for any table of people, pairs among ours, a queue to merge them."""
