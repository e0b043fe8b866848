from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.colleagues.queries import readers_for


class ShareForm(forms.Form):
    """With whom, and how far."""

    who = forms.ChoiceField(
        label=_("With whom"), error_messages={"required": _("Choose a colleague or a team.")}
    )
    may = forms.ChoiceField(
        label=_("They may"),
        choices=[("look", _("look at it")), ("edit", _("look at it and change it"))],
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, data: Any = None, *, user: User, who: str = "") -> None:
        super().__init__(data, initial={"who": who, "may": "look"})
        nobody = [("", "")]
        self.fields["who"].choices = [*nobody, *readers_for(user)]  # type: ignore[attr-defined] # of a ChoiceField

    @property
    def may_edit(self) -> bool:
        return bool(self.cleaned_data["may"] == "edit")
