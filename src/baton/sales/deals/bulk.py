"""What is done to many deals at once; each by the act that one of them takes."""

from collections.abc import Callable, Collection
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.editing.many import ManyEdit, edit_act, one_by_one
from baton.core.editing.slots import BulkAct, Doing
from baton.core.errors import RuleViolation
from baton.core.prepared import Prepared
from baton.core.ui.formats import grouped
from baton.core.ui.widgets import KeptChoiceField
from baton.sales.deals import actions
from baton.sales.deals.forms.parts import OwnerField
from baton.sales.deals.models import Deal, Stage
from baton.sales.deals.permissions import DELETE_DEALS, EDIT_DEALS
from baton.sales.deals.rules import StageKind
from baton.sales.deals.views.filling import DEAL, edit_one_deal


def _open_stages() -> QuerySet[Stage]:
    living = Stage.objects.living().of_kind(StageKind.OPEN).filter(pipeline__deleted_at=None)
    return living.select_related("pipeline").order_by("pipeline__position", "pipeline", "position")


_OPEN_STAGES = Prepared(_open_stages)


class _StageField(KeptChoiceField):
    """Open stages: a deal is won or lost one at a time, with its reason."""

    def __init__(self) -> None:
        super().__init__(
            among=_open_stages, shown=_OPEN_STAGES.rows, to_field_name="key", empty_label=None
        )

    def label_from_instance(self, stage: Stage) -> str:
        return f"{stage.name} ({stage.pipeline.name})"


def _counted(count: int) -> str:
    return ngettext("%(n)s deal", "%(n)s deals", count) % {"n": grouped(count)}


def _reached(permission: Permission) -> Callable[[User], QuerySet[Any]]:
    return lambda user: Deal.objects.living().visible_to(user, permission)


def _each(ids: Collection[int], change: Callable[[Deal], object]) -> int:
    """How many took it; the others say no and stay as they were. Raises it when all say no."""
    done, refusal = 0, None
    for deal in Deal.objects.filter(pk__in=ids).order_by("pk"):
        try:
            change(deal)
        except RuleViolation as no:
            refusal = no
        else:
            done += 1
    if refusal and not done:
        raise refusal
    return done


def _assign(ids: Collection[int], owner: User, doing: Doing) -> int:
    return _each(
        ids,
        lambda deal: actions.assign_owner(
            deal=deal, owner=owner, by=doing.by, at=doing.at, batch=doing.batch
        ),
    )


def _move(ids: Collection[int], stage: Stage, doing: Doing) -> int:
    return _each(
        ids,
        lambda deal: actions.move_deal(
            deal=deal, stage=stage, by=doing.by, at=doing.at, batch=doing.batch
        ),
    )


def _set_step(ids: Collection[int], step: str, doing: Doing) -> int:
    return _each(
        ids,
        lambda deal: actions.edit_deal(deal=deal, values={"next_step": step}, **vars(doing)),
    )


def _delete(ids: Collection[int], _chosen: None, doing: Doing) -> int:
    return actions.trash_deals(deal_ids=ids, by=doing.by, at=doing.at, batch=doing.batch)


DEALS = ManyEdit(
    object_type="deal",
    model=Deal,
    fields={name: one for name, one in DEAL.fields.items() if name != "next_step"},
    edit=one_by_one(edit_one_deal),
)
ACTS = (
    edit_act(
        DEALS, on="deals", permission=EDIT_DEALS, reach=_reached(EDIT_DEALS), counted=_counted
    ),
    BulkAct(
        on="deals",
        name="owner",
        label=gettext_lazy("Assign owner"),
        icon="user",
        permission=EDIT_DEALS,
        reach=_reached(EDIT_DEALS),
        control=lambda user: OwnerField(user=user),
        act=_assign,
        field="deal.owner",
        counted=_counted,
        done=lambda rows, owner: _("%(rows)s given to %(owner)s.") % {"rows": rows, "owner": owner},
        order=10,
    ),
    BulkAct(
        on="deals",
        name="stage",
        label=gettext_lazy("Move to stage"),
        icon="right",
        permission=EDIT_DEALS,
        reach=_reached(EDIT_DEALS),
        control=lambda user: _StageField(),
        act=_move,
        counted=_counted,
        done=lambda rows, stage: _("%(rows)s in %(stage)s now.") % {"rows": rows, "stage": stage},
        order=20,
    ),
    BulkAct(
        on="deals",
        name="step",
        label=gettext_lazy("Set next step"),
        icon="task",
        permission=EDIT_DEALS,
        reach=_reached(EDIT_DEALS),
        control=lambda user: forms.CharField(label=gettext_lazy("Next step"), max_length=200),
        act=_set_step,
        field="deal.next_step",
        counted=_counted,
        done=lambda rows, step: _("%(rows)s: next is “%(step)s”.") % {"rows": rows, "step": step},
        order=30,
    ),
    BulkAct(
        on="deals",
        name="delete",
        label=gettext_lazy("Delete"),
        icon="trash",
        permission=DELETE_DEALS,
        reach=_reached(DELETE_DEALS),
        act=_delete,
        counted=_counted,
        done=lambda rows, _chosen: _("%(rows)s deleted.") % {"rows": rows},
        is_danger=True,
        order=900,
    ),
)
