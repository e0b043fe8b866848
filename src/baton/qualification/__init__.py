"""Where both teams meet: score, lifecycle, and the handoff under a written agreement."""
