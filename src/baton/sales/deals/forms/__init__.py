"""What people write about deals, cleaned; each form is one act."""

from baton.sales.deals.forms.closing import LoseForm, WinForm
from baton.sales.deals.forms.deals import LineForm, NextStepForm, OpenDealForm
from baton.sales.deals.forms.gates import GateForm, StageGateForm, ask_too
from baton.sales.deals.forms.one_field import FIELDS, field_form, one_field
from baton.sales.deals.forms.pipelines import PipelineForm, RemoveStageForm, StageForm

__all__ = [
    "FIELDS",
    "GateForm",
    "LineForm",
    "LoseForm",
    "NextStepForm",
    "OpenDealForm",
    "PipelineForm",
    "RemoveStageForm",
    "StageForm",
    "StageGateForm",
    "WinForm",
    "ask_too",
    "field_form",
    "one_field",
]
