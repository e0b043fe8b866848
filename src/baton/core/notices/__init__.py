"""The inbox: what each user should know of, once, and only while they may still see it."""
