"""Channels, form fields, page blocks, visits and limits: no database, no clock, no web."""

from baton.marketing.capture.rules.blocks import Block, BlockKind, arrange, read_block
from baton.marketing.capture.rules.channels import (
    Channel,
    Source,
    given_source,
    link_query,
    read_source,
)
from baton.marketing.capture.rules.cleaning import clean_line, clean_text
from baton.marketing.capture.rules.fields import (
    FieldKind,
    Fills,
    Flaw,
    FormField,
    read_answers,
    read_field,
)
from baton.marketing.capture.rules.visits import Seen, cut

__all__ = [
    "Block",
    "BlockKind",
    "Channel",
    "FieldKind",
    "Fills",
    "Flaw",
    "FormField",
    "Seen",
    "Source",
    "arrange",
    "clean_line",
    "clean_text",
    "cut",
    "given_source",
    "link_query",
    "read_answers",
    "read_block",
    "read_field",
    "read_source",
]
