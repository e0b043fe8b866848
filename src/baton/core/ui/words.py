"""What a word of ours means, for templates; the words themselves stand in core/words.toml."""

from baton.core.words import definition_of as definition

__all__ = ["definition"]
