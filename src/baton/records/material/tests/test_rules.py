import pytest

from baton.records.material.rules import (
    Piece,
    Reason,
    Wanted,
    fit_of,
    fitting,
    holes,
    is_alike,
    path_of,
    unanswered,
)

ANN = Wanted(persona_id=1, stage="comparing", language="de-AT", objection="It is too expensive!")


@pytest.mark.parametrize(
    ("piece", "reasons"),
    [
        ({"persona_ids": frozenset({1})}, [Reason.PERSONA]),
        ({"persona_ids": frozenset({2})}, None),
        ({"stage": "comparing"}, [Reason.STAGE]),
        ({"stage": "problem"}, None),
        ({"stage": "problem", "objection": "too expensive"}, [Reason.OBJECTION]),
        ({"language": "de"}, None),  # alone it says nothing
        ({"language": "de", "stage": "comparing"}, [Reason.STAGE, Reason.LANGUAGE]),
        ({"language": "fr", "stage": "comparing"}, None),
        ({"competitor": "Meterly"}, None),
        ({}, None),
    ],
)
def test_material_fits_for_reasons(piece, reasons):
    fit = fit_of(Piece(material_id=7, **piece), ANN)

    assert (list(fit.reasons) if fit else None) == reasons


def test_best_comes_first_and_what_was_seen_is_left_out():
    pieces = [
        Piece(material_id=1, stage="comparing"),
        Piece(material_id=2, stage="comparing", use_count=9),
        Piece(material_id=3, objection="Too expensive"),
        Piece(material_id=4, persona_ids=frozenset({1})),
        Piece(material_id=5, persona_ids=frozenset({1})),
    ]

    found = fitting(pieces, ANN, seen={4}, most=3)

    assert [fit.material_id for fit in found] == [3, 5, 2]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("No budget", "no  budget.", True),
        ("budget", "We have no budget this year", True),
        ("IT", "It is quiet", False),
        ("", "", False),
        ("price", "priceless", False),
    ],
)
def test_objections_are_alike(one, other, alike):
    assert is_alike(one, other) is alike


@pytest.mark.parametrize(
    ("link", "path"),
    [("https://fenn.example/guide/?a=1", "/guide"), ("https://fenn.example/", ""), ("", "")],
)
def test_link_is_known_by_its_path(link, path):
    assert path_of(link) == path


def test_stage_has_a_hole_for_each_persona_without_anything():
    pieces = [
        Piece(material_id=1, stage="problem"),
        Piece(material_id=2, stage="decision", persona_ids=frozenset({1})),
    ]

    assert holes(pieces, ["problem", "comparing", "decision"], [1, 2]) == [
        ("comparing", None),
        ("decision", 2),
    ]


def test_objection_without_an_answer_is_told_once():
    pieces = [Piece(material_id=1, objection="No budget")]

    assert unanswered(pieces, ["No time", "no time.", "We have no budget"]) == ["No time"]
