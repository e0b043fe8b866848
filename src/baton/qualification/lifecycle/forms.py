from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baton.core.words import label_of
from baton.qualification.lifecycle.rules import ORDER, Stage, rank


class MoveForm(forms.Form):
    """Where a person stands instead, and why."""

    to_stage = forms.ChoiceField(label=_("Stage"))
    reason = forms.CharField(
        label=_("Why"),
        max_length=250,
        help_text=_("A colleague will ask."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, current: str, **more: Any) -> None:
        super().__init__(*args, **more)
        stages = [(stage.value, label_of(stage)) for stage in Stage if stage != current]
        # The usual move is one stage on.
        ahead = [stage.value for stage in ORDER if rank(stage) == rank(current) + 1]
        self.fields["to_stage"] = forms.ChoiceField(
            label=_("Stage"), choices=stages, initial=ahead[0] if ahead else None
        )
        self.order_fields(["to_stage", "reason"])


class CardForm(MoveForm):
    """The same where a card was dropped on a stage: only why is still to be said."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["reason"].widget.attrs["data-focus"] = True
