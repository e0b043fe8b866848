"""The blocks of a page: added, written, moved, taken away."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from baton.core.access.doors import requires, user_of
from baton.core.changes.addresses import undo_of
from baton.core.errors import RuleViolation
from baton.core.keys import new_key
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.marketing.capture import actions
from baton.marketing.capture.editors import AddBlockForm, block_form
from baton.marketing.capture.models import Page
from baton.marketing.capture.permissions import EDIT_PAGES
from baton.marketing.capture.rules.blocks import Block, BlockKind
from baton.marketing.capture.views.loading import page_or_404
from baton.marketing.capture.views.pages import editor


@requires(EDIT_PAGES)
@require_POST
def add(request: HtmxRequest, key: UUID) -> HttpResponse:
    """One more block at the end, to be filled in next."""
    page = page_or_404(request, key, EDIT_PAGES)
    form = AddBlockForm(request.POST)
    if not form.is_valid():
        return editor(request, page, adding=form, status=422)
    kind = BlockKind(form.cleaned_data["kind"])
    try:
        block = actions.add_block(page=page, kind=kind, by=user_of(request), at=timezone.now())
    except RuleViolation as no:
        form.add_error("kind", str(no))
        return editor(request, page, adding=form, status=422)
    return go(request, f"{page.get_absolute_url()}?open={block.id}#block-{block.id}")


@requires(EDIT_PAGES)
@require_POST
def write(request: HtmxRequest, key: UUID, block_id: str) -> HttpResponse:
    """New texts for one block."""
    page, block = _find(request, key, block_id)
    form = block_form(block, request.POST)
    if not form.is_valid():
        return editor(request, page, block_form=form, block_id=block_id, status=422)
    actions.write_block(
        page=page,
        block_id=block_id,
        texts=form.cleaned_data,
        by=user_of(request),
        at=timezone.now(),
    )
    say(request, _("Saved."))
    return go(request, f"{page.get_absolute_url()}#block-{block_id}")


@requires(EDIT_PAGES)
@require_POST
def move(request: HtmxRequest, key: UUID, block_id: str) -> HttpResponse:
    """One place up (``steps=-1``) or down."""
    page, _block = _find(request, key, block_id)
    steps = -1 if request.POST.get("steps") == "-1" else 1
    actions.move_block(
        page=page, block_id=block_id, steps=steps, by=user_of(request), at=timezone.now()
    )
    return go(request, f"{page.get_absolute_url()}#block-{block_id}")


@requires(EDIT_PAGES)
@require_POST
def remove(request: HtmxRequest, key: UUID, block_id: str) -> HttpResponse:
    """Away with it; the toast brings it back."""
    page, _block = _find(request, key, block_id)
    batch = new_key()
    actions.remove_block(
        page=page, block_id=block_id, by=user_of(request), at=timezone.now(), batch=batch
    )
    say(request, _("The block is gone."), undo_url=undo_of(batch))
    return go(request, page.get_absolute_url())


def _find(request: HtmxRequest, key: UUID, block_id: str) -> tuple[Page, Block]:
    page = page_or_404(request, key, EDIT_PAGES)
    block = next((one for one in page.pieces() if one.id == block_id), None)
    if block is None:
        raise Http404
    return page, block
