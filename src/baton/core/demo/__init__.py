"""The demo company: each module tells its part of one story, and all of it can be removed."""
