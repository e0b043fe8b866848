"""Personas: whom marketing means, and what sales says to them."""
