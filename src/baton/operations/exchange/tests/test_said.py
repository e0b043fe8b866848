"""Each line of a file is mapped once for each kind of object that it brings."""

from collections import Counter
from pathlib import Path

import pytest
from django.utils import timezone

from baton.operations.exchange.actions import import_files, said
from baton.operations.exchange.actions.matching import plan
from baton.operations.exchange.actions.recognising import recipe_for
from baton.operations.exchange.actions.said import Said
from baton.operations.exchange.actions.writing import Pending
from baton.operations.exchange.rules.mapping import Mapped, Mapper
from baton.records.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
PEOPLE = Path(__file__).parent / "files" / "hubspot" / "contacts.csv"


def of_line(number):
    values = {"full_name": f"Ann {number}", "at": timezone.now(), "said_source": "ü\x1f"}
    return Pending(number, Mapped(f"k{number}", values, {"size": number}, ({"stage": "mql"},)))


@pytest.mark.parametrize("in_memory", [said.IN_MEMORY, 1])
def test_what_lines_say_comes_back_by_job_as_often_as_it_is_asked(in_memory, monkeypatch):
    monkeypatch.setattr(said, "IN_MEMORY", in_memory)
    first, second = plan([PEOPLE], recipe_for([PEOPLE]))[:2]
    lines = [of_line(number) for number in range(2_300)]
    with Said() as kept:
        for one in lines:
            kept.keep(first, one)
            if one.line % 2:
                kept.keep(second, one)

        together = list(zip(kept.by(first), kept.by(second), strict=False))

        assert list(kept.by(first)) == lines
        assert list(kept.by(second)) == lines[1::2]
        assert together == list(zip(lines, lines[1::2], strict=False))


def test_no_line_is_mapped_twice(monkeypatch):
    mapped: Counter[tuple[int, int]] = Counter()
    usual = Mapper.map

    def count(self, line):
        mapped[id(self), line.number] += 1
        return usual(self, line)

    monkeypatch.setattr(Mapper, "map", count)
    recipe = recipe_for([PEOPLE])

    import_files(paths=[PEOPLE], recipe=recipe, at=timezone.now())

    assert Person.objects.exists()
    assert set(mapped.values()) == {1}
    # Two of the three work for one company, of which the file says no more than the name.
    assert sorted(Counter(mapper for mapper, _line in mapped).values()) == [2, 3]
