"""Tell the demo's story, be one of its cast, and take all of it away again."""

from baton.core.demo.actions.catching_up import Standing, catch_up, heard_along
from baton.core.demo.actions.removing import remove_story
from baton.core.demo.actions.switching import NotOneOfThem, become, note_switch
from baton.core.demo.actions.telling import AlreadyTold, note_roots, tell_story
from baton.core.demo.actions.year import tell_year

__all__ = [
    "AlreadyTold",
    "NotOneOfThem",
    "Standing",
    "become",
    "catch_up",
    "heard_along",
    "note_roots",
    "note_switch",
    "remove_story",
    "tell_story",
    "tell_year",
]
