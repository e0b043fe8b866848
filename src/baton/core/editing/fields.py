"""The fields of a record that are edited in place: how each is typed, shown and handed on."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django import forms

from baton.core.access.models import User

MOST_LINES = 3  # of a list, before "and 2 more"


@dataclass(frozen=True)
class Asking:
    """Who saves, and when: some values need it to become what the action takes."""

    user: User
    at: datetime
    present: Mapping[str, Any] = field(default_factory=dict)  # the record's own fields as they are


@dataclass(frozen=True, kw_only=True)
class RecordField:
    """``text_of`` stands in the control; ``value_of`` turns what was typed into the value."""

    name: str
    label: Any
    control: Callable[[Any, User], forms.Field]  # of a record, for a user
    text_of: Callable[[Any], str] = lambda record: ""
    value_of: Callable[[Any, Asking], Any] = lambda typed, asking: typed
    shown_of: Callable[[Any], str] | None = None  # where it is not the text of the control
    is_open: Callable[[Any], bool] = lambda record: True  # may it be edited now?
    template: str = "editing/values/text.html"
    group: str = "details"  # in which part of the page it stands
    heading: str = ""  # of a group that the company made
    read_only_for: Collection[str] = ()  # roles, as an own field says itself


class ValueForm(forms.Form):
    """One field of a record. ``was`` is what it held when the form was opened."""

    was = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    def __init__(self, *args: Any, field: forms.Field, **rest: Any) -> None:
        super().__init__(*args, **rest)
        field.widget.attrs.setdefault("data-focus", True)
        self.fields["value"] = field
        keep = getattr(field, "keep", None)
        if keep:  # a choice that is none any more may stay, but not come back: that is a lost race
            keep(str(self["was"].value() or ""))


@dataclass(frozen=True, kw_only=True)
class Prop:
    """One line of a record's details: the label, the value, and where it is edited."""

    field: RecordField
    record: Any
    edit_url: str  # empty: may not be edited by this user
    is_saved: bool = False  # just now: the focus goes back to it

    @property
    def id(self) -> str:
        return f"prop-{self.field.name}"

    @cached_property
    def text(self) -> str:
        """Asked once: some ask the database."""
        shown = self.field.shown_of or self.field.text_of
        return shown(self.record)

    @property
    def shown_all(self) -> list[str]:
        """Each entry of a list."""
        return self.text.splitlines()

    @property
    def shown_lines(self) -> list[str]:
        return self.text.splitlines()[:MOST_LINES]

    @property
    def more(self) -> int:
        return max(0, len(self.text.splitlines()) - MOST_LINES)
