"""One append-only row per object and action: history, audit, undo and trash all read it."""
