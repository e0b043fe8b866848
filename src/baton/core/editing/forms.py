"""The page that asks which field of many rows becomes what."""

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baton.core.access.models import User
from baton.core.editing.many import LONGEST, ManyEdit, Said
from baton.core.errors import RuleViolation


class FieldOfMany(forms.Form):
    """The field; once it is chosen, its control, and the tick that empties it."""

    field = forms.ChoiceField(label=gettext_lazy("Field"))
    value = forms.Field(required=False)
    empties = forms.BooleanField(label=gettext_lazy("Empty it"), required=False)

    def __init__(self, kind: ManyEdit, user: User, said: QueryDict) -> None:
        is_sent = said.get("do") == "save"
        self.kind, self.user, self.said = kind, user, said
        self.name = said.get("field", "")
        super().__init__(said if is_sent else None, initial={"field": self.name}, auto_id="many-%s")
        fields = kind.fields_for(user)
        choices = sorted(((name, str(one.label)) for name, one in fields.items()), key=_by_words)
        self.chosen = cast(forms.ChoiceField, self.fields["field"])
        self.chosen.choices = [("", _("Choose a field")), *choices]
        if self.name in fields:
            self.fields["value"] = kind.control(self.name, user)
            self.fields["value"].required = False
            self.fields["value"].widget.attrs["data-focus"] = True
        else:
            del self.fields["value"], self.fields["empties"]

    @property
    def typed(self) -> str:
        """“country:Norway”, as a run keeps it."""
        lines = [] if self.said.get("empties") else self.said.getlist("value")
        return f"{self.name}:" + "\n".join(lines)

    def clean(self) -> dict[str, Any]:
        """With ``value`` as what the act is given."""
        name, _colon, typed = self.typed.partition(":")
        if "value" not in self.fields or self.errors:
            return self.cleaned_data
        if not typed.strip() and not self.said.get("empties"):
            self.add_error("value", _("Say what it becomes, or tick that it is emptied."))
        elif len(self.typed) > LONGEST:
            self.add_error("value", _("That is too long to be written to many at once."))
        else:
            try:
                said = Said(self.kind, name, typed, self.user)
                said.cleaned()
                self.cleaned_data["value"] = said
            except RuleViolation as no:
                self.add_error("value", str(no))
        return self.cleaned_data


def _by_words(choice: tuple[str, str]) -> str:
    return choice[1].casefold()
