"""ZIP files and vCards: taken when they are in order, refused in a sentence when they are not."""

import zipfile

import pytest

from baton.operations.exchange.rules import zipped
from baton.operations.exchange.rules.refusals import Unusable
from baton.operations.exchange.rules.vcards import read_cards
from baton.operations.exchange.tests.conftest import created
from baton.operations.exchange.tests.test_hubspot import FILES
from baton.records.people.models import Person

OLD = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=
=C3=B6rg
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg M=C3=BCller
TEL;CELL:+49 170 1234567
TEL;WORK;VOICE:+49 30 1234567
PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ
 SkZJRg==
END:VCARD
"""
NEW = """BEGIN:VCARD\r
VERSION:4.0\r
UID:urn:uuid:1\r
FN:Lena\\, Fischer\r
N:Fischer;Lena;;;\r
item1.EMAIL;TYPE=work:lena@halden.exa\r
 mple\r
EMAIL;PREF=1:first@halden.example\r
ORG:Halden Foods;Ovens\r
ADR;TYPE=work:;;Main Street 1;Oslo;;0150;Norway\r
NOTE:One\\nTwo\r
END:VCARD\r
"""


def a_zip(path, **texts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(name, text)
    return path


def test_cards_of_all_versions_are_read():
    old, new = read_cards(OLD + NEW)

    assert (old["Full name"], old["Last name"], old["First name"]) == (
        "Jörg Müller",
        "Müller",
        "Jörg",
    )
    assert (old["Phone"], old["Mobile"]) == ("+49 30 1234567", "+49 170 1234567")
    assert (new["Full name"], new["Email"]) == ("Lena, Fischer", "first@halden.example")
    assert (new["Other mails"], new["Organization"]) == ("lena@halden.example", "Halden Foods")
    assert (new["City"], new["Postcode"], new["Note"]) == ("Oslo", "0150", "One\nTwo")


def test_each_number_of_a_card_is_read():
    numbers = {"WORK": 1, "HOME": 2, "CELL": 3, "OTHER": 4, "FAX": 5}
    lines = "".join(f"TEL;TYPE={kind}:+49 30 555010{n}\r\n" for kind, n in numbers.items())

    [card] = read_cards(NEW.replace("END:", f"{lines}TEL;TYPE=CELL:+49 30 5550106\r\nEND:"))

    assert (card["Phone"], card["Mobile"]) == ("+49 30 5550101", "+49 30 5550103")
    assert card["Other phone"] == "+49 30 5550102; +49 30 5550104; +49 30 5550106"


def test_half_a_card_is_no_card():
    assert list(read_cards(NEW[: NEW.index("ORG")])) == []


@pytest.mark.django_db
@pytest.mark.usefixtures("company")
def test_cards_become_people_with_their_companies(run_known, tmp_path):
    path = tmp_path / "cards.vcf"
    path.write_text(OLD + NEW)

    assert created(run_known(path)) == {"company": 1, "person": 2}
    lena = Person.objects.get(last_name="Fischer")
    assert str(lena.company) == "Halden Foods"
    assert {one.address for one in lena.emails.all()} == {
        "first@halden.example",
        "lena@halden.example",
    }
    assert run_known(path)["totals"]["unchanged"] == 2


@pytest.mark.django_db
@pytest.mark.usefixtures("company")
def test_files_of_a_zip_come_in_together(run_known, tmp_path):
    texts = {f"export/{path.name}": path.read_text() for path in FILES.glob("*.csv")}
    path = a_zip(tmp_path / "hubspot.zip", **texts, **{"__MACOSX/x.csv": "a", "read.me": "b"})

    assert created(run_known(path)) == {"company": 1, "person": 3, "deal": 4, "activity": 5}


@pytest.mark.django_db
@pytest.mark.usefixtures("company")
@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: a_zip(path, **{"a.csv": "0" * 30_000_000}), "packed too tightly"),
        (lambda path: a_zip(path, **{"a.txt.bak": "x"}), "holds no CSV files"),
        (lambda path: a_zip(path, **{"[Content_Types].xml": "x"}), "cannot be read as"),
        (lambda path: path.write_bytes(a_zip(path, a="x" * 999).read_bytes()[:60]), "spreadsheet"),
    ],
)
def test_bad_zip_is_refused_in_a_sentence(run_known, tmp_path, make, words):
    path = tmp_path / "bad.zip"
    make(path)

    assert words in run_known(path, code=2)["refused"]
    assert not Person.objects.exists()


def test_what_comes_out_counts_and_not_what_the_zip_says(tmp_path, monkeypatch):
    monkeypatch.setattr(zipped, "MOST_BYTES", 1_000)
    path = a_zip(tmp_path / "x.zip", **{"a.csv": "a,b\n" * 200, "b.csv": "a,b\n" * 200})

    with pytest.raises(Unusable, match="holds more than"):
        list(zipped.unzip(path, tmp_path))
