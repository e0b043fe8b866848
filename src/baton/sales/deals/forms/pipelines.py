"""Pipelines and their stages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baton.sales.deals.forms.parts import text_field
from baton.sales.deals.models import Stage
from baton.sales.deals.queries import open_stages


class PipelineForm(forms.Form):
    name = text_field(max_length=120, label=_("Name"))


class StageForm(forms.Form):
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = text_field(max_length=80, label=_("Name"))
    probability = forms.IntegerField(
        min_value=0, max_value=100, label=_("Probability in per cent"), required=False
    )


class RemoveStageForm(forms.Form):
    """Where its deals go."""

    def __init__(self, *args: Any, stage: Stage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [one for one in open_stages(stage.pipeline) if one.pk != stage.pk]
        self.fields["move_to"] = forms.ModelChoiceField(
            queryset=Stage.objects.filter(pk__in=[one.pk for one in others]),
            to_field_name="key",
            label=_("Move its deals to"),
            empty_label=None,
        )
