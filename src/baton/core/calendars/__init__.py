"""Who is away and when the company rests: leave of users, the company's own free days."""
