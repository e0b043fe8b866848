"""Imports over the API: files in, what came of them out, and back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from baton.operations.exchange.models import Import
from baton.operations.exchange.tests.conftest import RECIPE
from baton.records.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
URL = "/api/v1/exchange/imports/"
LEADS = b"""id,name,mail,source,since,size
1,Lena Fischer,lena@halden.example,search,2026-01-05,40
2,Jonas Weil,no address,,2026-01-06,
"""


@pytest.fixture
def ask(api_client, admin, settings, tmp_path, run_background):
    """Posts a form, or nothing, as a program of the admin; then the jobs run."""
    settings.HOME = tmp_path / "home"

    def post(path="", user=admin, **data):
        answer = api_client(user).post(f"{URL}{path}", data)
        run_background()
        return answer

    return post


def sent(**more):
    recipe = SimpleUploadedFile("shop.toml", RECIPE.encode())
    return {"file": SimpleUploadedFile("leads.csv", LEADS), "recipe": recipe, **more}


def test_file_comes_in_by_its_recipe_and_goes_again(ask, api_client, admin):
    answer = ask(**sent())

    assert (answer.status_code, answer.json()["state"]) == (201, "running")
    path = answer.json()["key"]
    told = api_client(admin).get(f"{URL}{path}/").json()
    assert (told["state"], told["source"], told["started_by"]) == ("done", "shop", str(admin.key))
    assert (told["total"], told["done"]) == (2, 2)
    assert told["report"]["totals"] == {"created": 1, "updated": 0, "unchanged": 0, "failed": 1}
    assert told["report"]["errors"][0]["column"] == "mail"
    lines = b"".join(api_client(admin).get(f"{URL}{path}/mend/").streaming_content).decode()
    assert lines.splitlines()[1].startswith("2,Jonas Weil,no address")
    assert api_client(admin).get(f"{URL}{path}/mend/?file=1").status_code == 404

    assert ask(f"{path}/undo/").json()["state"] == "undoing"

    told = api_client(admin).get(f"{URL}{path}/").json()
    assert (told["state"], told["report"]["stays"]) == ("undone", [])
    assert not Person.objects.living().exists()
    assert ask(f"{path}/undo/").status_code == 409


def test_dry_run_waits_for_its_start_or_is_left(ask, api_client, admin):
    path = ask(**sent(dry_run="true")).json()["key"]
    told = api_client(admin).get(f"{URL}{path}/").json()
    assert (told["state"], told["report"]["totals"]["created"]) == ("ready", 1)
    assert not Person.objects.exists()

    ask(f"{path}/start/")

    assert Person.objects.get().full_name == "Lena Fischer"
    assert ask(f"{path}/start/").status_code == 409
    other = ask(**sent(dry_run="true")).json()["key"]
    assert ask(f"{other}/cancel/").json()["state"] == "stopped"
    assert ask(f"{other}/cancel/").status_code == 409


def test_file_that_baton_knows_needs_no_recipe_and_another_asks_for_columns(ask):
    known = SimpleUploadedFile("a.csv", b"Name,Mail\nAda Lund,ada@halden.example\n")
    strange = SimpleUploadedFile("b.csv", b"Shelf,Count\nA,4\n")

    ask(file=known)
    ask(file=strange)

    assert [*Import.objects.order_by("pk").values_list("state", flat=True)] == ["done", "asking"]
    assert Person.objects.get().full_name == "Ada Lund"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Choose one to 20 files."),
        (sent(zone="Mars"), "Mars"),
        (sent(dry_run="perhaps"), "dry_run"),
        (sent(recipe=SimpleUploadedFile("r.toml", b"name = ")), "valid TOML"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_a_sentence(ask, data, words):
    answer = ask(**data)

    assert answer.status_code == 422
    assert words in answer.json()["detail"]
    assert not Import.objects.exists()


def test_key_of_a_rep_brings_nothing_in(ask, rep, api_client, admin):
    path = ask(**sent(dry_run="true")).json()["key"]

    tried = [ask(user=rep, **sent()), *(ask(f"{path}/{act}/", user=rep) for act in ACTS)]

    assert {one.status_code for one in tried} == {403}
    assert api_client(rep).get(f"{URL}{path}/").status_code == 403
    assert Import.objects.get().state == "ready"


ACTS = ("start", "cancel", "undo")


def test_file_larger_than_other_bodies_comes_in(ask, api_client, admin):
    rows = LEADS + b"3,Mira Holm,mira@holm.example,search,2026-01-07,%s\n" % (b"0" * 2_000_000)

    answer = ask(**sent(file=SimpleUploadedFile("leads.csv", rows)))

    assert answer.status_code == 201


def test_name_longer_than_a_disk_takes_keeps_its_ending(ask):
    answer = ask(**sent(file=SimpleUploadedFile("数" * 110 + ".csv", LEADS)))

    [name] = answer.json()["files"]
    assert (answer.status_code, name.endswith("数.csv"), len(name.encode()) <= 120) == (
        201,
        True,
        True,
    )


@pytest.mark.parametrize("recipe", [b"no recipe", b"#" * 1_000_001])
def test_recipe_that_is_none_leaves_nothing_behind(ask, settings, recipe):
    answer = ask(**sent(recipe=SimpleUploadedFile("shop.toml", recipe)))

    assert answer.status_code == 422
    assert not Import.objects.exists()
    assert not list((settings.HOME / "imports").glob("*"))


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=ü"])
def test_body_without_a_boundary_is_refused_in_words(api_client, admin, kind):
    answer = api_client(admin).generic("POST", URL, b"x", content_type=kind)

    assert (answer.status_code, "multipart" in answer.json()["detail"]) == (400, True)


def test_too_many_files_are_refused_in_words(api_client, admin):
    files = [SimpleUploadedFile(f"{number}.csv", LEADS) for number in range(150)]

    answer = api_client(admin).post(URL, {"file": files})

    assert (answer.status_code, "too many files" in answer.json()["detail"]) == (422, True)
