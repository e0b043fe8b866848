"""Mail that Baton itself writes to one reader: written down first, then sent, seen through."""
