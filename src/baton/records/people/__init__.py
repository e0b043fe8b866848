"""People and companies: who they are, how to reach them, what they allowed."""
