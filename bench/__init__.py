"""What Baton costs beside the bare database. Figures are shown, never asserted."""
