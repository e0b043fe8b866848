"""Products, what people buy of them, with or without a rep, and what they pay again."""
