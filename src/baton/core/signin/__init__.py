"""How somebody comes in and stays in: sign-in, the second step, sessions, invitations."""
