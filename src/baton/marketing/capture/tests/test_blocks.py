import json

import pytest

from baton.marketing.capture.rules.blocks import (
    ASKED,
    Block,
    BlockKind,
    arrange,
    moved,
    numbers,
    places,
    read_block,
    with_texts,
)


def block(kind: BlockKind, name: str = "", **texts: str) -> Block:
    return Block(id=name or kind.value, kind=kind, texts=texts)


HEADING, TEXT, FIGURES, LIST, QUOTE, FORM = (
    block(kind)
    for kind in (
        BlockKind.HEADING,
        BlockKind.TEXT,
        BlockKind.FIGURES,
        BlockKind.LIST,
        BlockKind.QUOTE,
        BlockKind.FORM,
    )
)


def test_page_is_arranged_in_pitch_form_and_sections():
    arrangement = arrange([TEXT, FORM, HEADING, FIGURES, LIST, QUOTE, block(BlockKind.TEXT, "end")])

    assert arrangement.pitch == (TEXT, HEADING)
    assert arrangement.form == FORM
    assert [(section.kind, [b.id for b in section.blocks]) for section in arrangement.sections] == [
        ("proof", ["figures"]),
        ("inside", ["list", "quote"]),
        ("flow", ["end"]),
    ]


def test_empty_page_is_arranged():
    arrangement = arrange([])

    assert (arrangement.pitch, arrangement.form, arrangement.sections) == ((), None, ())


@pytest.mark.parametrize(
    ("block_id", "steps", "expected"),
    [
        ("text", -1, ["text", "heading", "list"]),
        ("text", 1, ["heading", "list", "text"]),
        ("heading", -1, ["heading", "text", "list"]),
        ("list", 5, ["heading", "text", "list"]),
        ("gone", 1, ["heading", "text", "list"]),
    ],
)
def test_block_moves_within_the_ends(block_id, steps, expected):
    assert [b.id for b in moved([HEADING, TEXT, LIST], block_id=block_id, steps=steps)] == expected


def test_texts_are_those_of_the_kind_and_cut():
    longer = with_texts(QUOTE, {"text": "x" * 2000, "by": "Clara", "html": "<b>"})

    assert set(longer.texts) == {"text", "by"}
    assert len(longer.texts["text"]) == ASKED[BlockKind.QUOTE]["text"]


def test_items_are_lines_with_parts():
    figures = block(BlockKind.FIGURES, items="14 % | less energy | 2024\n\n9 weeks|to the audit")

    assert figures.lines() == [["14 %", "less energy", "2024"], ["9 weeks", "to the audit"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("36, 34 33;1.5", [36, 34, 33, 1.5]), ("a -3 nan inf 2", [2]), ("", [])],
)
def test_numbers_leaves_out_what_is_none(text, expected):
    assert numbers(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1-3, 7", {1, 2, 3, 7}), ("", set()), ("x-y, 2", {2}), ("58-999999", {58, 59, 60})],
)
def test_places_reads_ranges(text, expected):
    assert places(text) == expected


def test_block_survives_being_kept():
    quote = block(BlockKind.QUOTE, text="“We looked for years.”", by="Clara Rossi")

    assert read_block(json.loads(json.dumps(quote.plain()))) == quote
