"""Pages: made, filled with blocks, shown to the world and taken away again."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.errors import RuleViolation
from baton.core.keys import new_key
from baton.core.settings.models import Brand
from baton.marketing.capture.actions import editing
from baton.marketing.capture.models import Form, Page
from baton.marketing.capture.rules.blocks import (
    MOST_BLOCKS,
    Block,
    BlockKind,
    moved,
    with_texts,
)

RESERVED = frozenset({"consent", "hit"})  # addresses of the public space itself
FIELDS = frozenset({"title", "slug", "description", "form", "brand"})


class BadSlug(RuleViolation):
    """The address is empty, or one that the public space needs for itself."""


class TooMany(RuleViolation):
    """A page or form has as many parts as it may have."""


@transaction.atomic
def create_page(
    *,
    title: str,
    by: User | None,
    at: datetime,
    slug: str = "",
    description: str = "",
    form: Form | None = None,
    brand: Brand | None = None,
    blocks: Sequence[Block] = (),
) -> Page:
    """A new page, not yet published; its address is made of its title unless given.

    Raises BadSlug and AddressTaken.
    """
    page = Page(
        title=title,
        sort_key=title.casefold()[:160],
        slug=clean_slug(slug or title),
        description=description,
        form=form,
        brand=brand,
        blocks=[block.plain() for block in blocks],
    )
    return editing.make(page, by=by, at=at)


@transaction.atomic
def edit_page(
    *,
    page: Page,
    values: Mapping[str, Any],
    version: int | None,
    by: User | None,
    at: datetime,
) -> Page:
    """Title, slug, description, form, brand. Raises LostRace, BadSlug and AddressTaken."""
    if unknown := values.keys() - FIELDS:
        raise TypeError(f"Not to be edited: {', '.join(sorted(unknown))}")
    if "slug" in values:
        values = {**values, "slug": clean_slug(values["slug"])}
    if "title" in values:
        values = {**values, "sort_key": values["title"].casefold()[:160]}
    return editing.edit(page, values=values, version=version, by=by, at=at)


@transaction.atomic
def add_block(*, page: Page, kind: BlockKind, by: User | None, at: datetime) -> Block:
    """An empty block at the end of the page. Raises TooMany."""
    page = Page.objects.select_for_update().get(pk=page.pk)
    if len(page.blocks) >= MOST_BLOCKS:
        raise TooMany(_("A page has at most %(count)d blocks.") % {"count": MOST_BLOCKS})
    block = with_texts(Block(id=new_block_id(), kind=kind, texts={}), {})
    _set_blocks(page, [*page.pieces(), block], by=by, at=at)
    return block


@transaction.atomic
def write_block(
    *, page: Page, block_id: str, texts: Mapping[str, str], by: User | None, at: datetime
) -> Page:
    """New texts for one block; a block that is gone meanwhile stays gone."""
    page = Page.objects.select_for_update().get(pk=page.pk)
    blocks = [
        with_texts(block, texts) if block.id == block_id else block for block in page.pieces()
    ]
    return _set_blocks(page, blocks, by=by, at=at)


@transaction.atomic
def move_block(*, page: Page, block_id: str, steps: int, by: User | None, at: datetime) -> Page:
    """The block so many places further down (negative: up)."""
    page = Page.objects.select_for_update().get(pk=page.pk)
    return _set_blocks(page, moved(page.pieces(), block_id=block_id, steps=steps), by=by, at=at)


@transaction.atomic
def remove_block(
    *, page: Page, block_id: str, by: User | None, at: datetime, batch: UUID | None = None
) -> Page:
    """The page without that block; undoing ``batch`` brings it back."""
    page = Page.objects.select_for_update().get(pk=page.pk)
    values = {"blocks": [block.plain() for block in page.pieces() if block.id != block_id]}
    return editing.edit(page, values=values, version=None, by=by, at=at, batch=batch)


@transaction.atomic
def publish_page(*, page: Page, by: User | None, at: datetime) -> Page:
    """Show it to the world; one that is shown keeps its date."""
    page = Page.objects.select_for_update().get(pk=page.pk)
    values = {"published_at": page.published_at or at}
    return editing.edit(page, values=values, version=None, by=by, at=at)


@transaction.atomic
def unpublish_page(*, page: Page, by: User | None, at: datetime) -> Page:
    """Take it from the world: its address answers 404."""
    return editing.edit(page, values={"published_at": None}, version=None, by=by, at=at)


def clean_slug(text: str) -> str:
    """The address as it will stand in the browser. Raises BadSlug."""
    slug = slugify(text)[:80].strip("-_")
    if not slug or slug in RESERVED:
        raise BadSlug(
            _("Write an address like energy-guide; “%(slug)s” does not work.") % {"slug": text}
        )
    return slug


def first_blocks() -> list[Block]:
    """What a new page begins with: a few words, and the place of its form."""
    kinds = (BlockKind.TEXT, BlockKind.FORM)
    return [with_texts(Block(id=new_block_id(), kind=kind, texts={}), {}) for kind in kinds]


def new_block_id() -> str:
    """Short, and never met on the same page again."""
    return new_key().hex[-12:]


def _set_blocks(page: Page, blocks: Sequence[Block], *, by: User | None, at: datetime) -> Page:
    values = {"blocks": [block.plain() for block in blocks]}
    return editing.edit(page, values=values, version=None, by=by, at=at)
