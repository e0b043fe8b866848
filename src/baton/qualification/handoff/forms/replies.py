"""How marketing answers a verdict."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baton.qualification.handoff.models import Reply
from baton.qualification.handoff.rules import ReplyKind


class ReplyForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Marketing's answer"),
        choices=[
            (ReplyKind.MENDED, _("Mended: what led to it is changed")),
            (ReplyKind.DISPUTED, _("Disputed: something speaks against it")),
            (ReplyKind.AGREED, _("Agreed: sales is right")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you answer.")},
    )
    note = forms.CharField(
        label=_("What was changed, or what speaks against it"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, reply: Reply | None) -> None:
        initial = {"kind": reply.kind, "note": reply.note} if reply else {}
        super().__init__(data, initial=initial)
