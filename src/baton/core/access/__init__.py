"""Who may do what: users, teams, roles, scopes, shares, sign-in and API keys."""
