import phonenumbers
import pytest
from phonenumbers import PhoneNumberFormat

from baton.records.people import rules
from baton.records.people.rules import emails, phones


@pytest.mark.parametrize(
    ("given", "first", "last", "shown", "sorted_under"),
    [
        ({"first": "Jonas", "last": "Berg"}, "Jonas", "Berg", "Jonas Berg", "berg jonas"),
        ({"full": "Jonas Berg"}, "Jonas", "Berg", "Jonas Berg", "berg jonas"),
        ({"full": "Berg, Jonas"}, "Jonas", "Berg", "Jonas Berg", "berg jonas"),
        (
            {"full": "Anna van der Lind"},
            "Anna",
            "van der Lind",
            "Anna van der Lind",
            "van der lind anna",
        ),
        ({"full": "Cher"}, "Cher", "", "Cher", "cher"),
        ({"first": "Ana", "full": "Ana de Sá"}, "Ana", "", "Ana de Sá", "ana"),
        ({"email": "ana.lund@halden.example"}, "", "", "Ana Lund", "ana lund"),
        ({"email": "info@halden.example"}, "", "", "info@halden.example", "info@halden.example"),
        ({"email": "jb7.x@halden.example"}, "", "", "jb7.x@halden.example", "jb7.x@halden.example"),
        (
            {"first": " O\u200bla\n ", "last": "A\u030angstrom"},
            "O la",
            "Ångstrom",
            "O la Ångstrom",
            "ångstrom o la",
        ),
        ({}, "", "", "", ""),
    ],
)
def test_name_is_made_of_what_is_known(given, first, last, shown, sorted_under):
    made = rules.make_name(**given)

    assert (made.first, made.last, made.full, made.sort_key) == (first, last, shown, sorted_under)


@pytest.mark.parametrize(
    ("written", "shown", "compared", "is_mixed"),
    [
        (" J.Berg@Halden.Example ", "J.Berg@halden.example", "j.berg@halden.example", False),
        ("ann@bücher.example", "ann@bücher.example", "ann@xn--bcher-kva.example", False),
        ("Jürgen@halden.example", "Jürgen@halden.example", "jürgen@halden.example", False),
        ("\u0430nn@halden.example", "\u0430nn@halden.example", "\u0430nn@halden.example", True),
        ("почта@halden.example", "почта@halden.example", "почта@halden.example", False),
    ],
)
def test_mail_address_is_kept_and_compared(written, shown, compared, is_mixed):
    mail = rules.read_email(written)

    assert (mail.shown, mail.normalised, mail.is_mixed) == (shown, compared, is_mixed)


@pytest.mark.parametrize(
    "text",
    [
        "j.berg@halden.example", "Info@halden.example", "info@halden.example", "a..b@one.example",
        ".a@halden.example", "a.@halden.example", "a+b_c-1@x.halden.example", "a@-halden.example",
        "a@halden-.example", "a@xn--bcher-kva.example", "a@xn--zz.example", "a@ab--c.example",
        "a@localhost", "a@one.test", "a@one.invalid", "a@127.0.0.1", "a@halden.example.", "a@1.2",
        "a@halden..example", f"{'a' * 65}@halden.example", f"a@{'b' * 64}.example", "a@b.c1",
        f"{'a' * 64}@halden.example", "'a'@halden.example", "a/b@halden.example", "a@halden.local",
    ],
)  # fmt: skip
def test_usual_mail_addresses_are_read_as_all_others(text):
    def told(read):
        try:
            return read(text)
        except rules.UnreadableAddress as no:
            return str(no)

    assert told(rules.read_email) == told(emails._read)


@pytest.mark.parametrize(
    "text", ["", "ann", "ann@", "@halden.example", "a b@halden.example", "a@b"]
)
def test_what_is_no_mail_address_is_refused(text):
    with pytest.raises(rules.UnreadableAddress):
        rules.read_email(text)


@pytest.mark.parametrize(
    ("written", "country", "shown", "e164", "region"),
    [
        ("+46 8 555 0137", "", "+46 8 555 01 37", "+4685550137", "SE"),
        ("030 123456", "Germany", "+49 30 123456", "+4930123456", "DE"),
        ("030 123456", "de", "+49 30 123456", "+4930123456", "DE"),
        ("(11) 91234-5678", "Brasil", "+55 11 91234-5678", "+5511912345678", "BR"),
        ("030  123456", "", "030 123456", "", ""),
        ("030 123456", "Atlantis", "030 123456", "", ""),
        ("ext. 12", "DE", "ext. 12", "", ""),
    ],
)
def test_phone_number_is_read_with_its_country(written, country, shown, e164, region):
    phone = rules.read_phone(written, country=country)

    assert (phone.shown, phone.e164, phone.country) == (shown, e164, region)


def test_usual_phone_numbers_are_read_as_all_others():
    kinds = (phonenumbers.PhoneNumberType.FIXED_LINE, phonenumbers.PhoneNumberType.MOBILE)
    regions = sorted(phonenumbers.SUPPORTED_REGIONS)
    examples = [
        phonenumbers.example_number_for_type(one, kind) for one in regions for kind in kinds
    ]
    shown = phonenumbers.PhoneNumberFormat.INTERNATIONAL
    texts = [phonenumbers.format_number(one, shown) for one in examples if one]

    quick = {text: found for text in texts if (found := phones.read_usual(text))}

    assert len(quick) > 200
    assert quick == {text: phonenumbers.parse(text) for text in quick}


def test_numbers_are_written_as_the_library_writes_them():
    shown = phonenumbers.PhoneNumberFormat.INTERNATIONAL
    kinds = phonenumbers.PhoneNumberType.values()
    examples = [
        phonenumbers.example_number_for_type(region, kind)
        for region in sorted(phonenumbers.SUPPORTED_REGIONS)
        for kind in kinds
    ]
    written = [phonenumbers.format_number(one, shown) for one in examples if one]
    others = [text[:-1] + end for text in written for end in ("", "7", "77", " ext. 5")]

    read = {text: rules.read_phone(text) for text in others}

    assert len(read) > 2000
    assert read == {text: _of_library(text) for text in read}


def _of_library(text):
    number = phonenumbers.parse(text)
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason != phonenumbers.ValidationResult.IS_POSSIBLE:
        return rules.ReadPhone(shown=text, e164="", country="")
    return rules.ReadPhone(
        shown=phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL),
        e164=phonenumbers.format_number(number, PhoneNumberFormat.E164),
        country=phonenumbers.region_code_for_number(number) or "",
    )


@pytest.mark.parametrize("text", ["+49 030 1234567", "+1 1 415 555 0100", "+999 123456", "+49 123"])
def test_unusual_phone_numbers_are_left_to_parsing(text):
    assert phones.read_usual(text) is None


@pytest.mark.parametrize(
    ("written", "domain"),
    [
        ("halden.example", "halden.example"),
        ("https://www.Halden.example/jobs?x=1", "halden.example"),
        ("ann@halden.example", "halden.example"),
        ("www.halden.example:8080", "halden.example"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("", ""),
        ("halden", ""),
        ("http://a b.example", ""),
        ("../etc/passwd", ""),
    ],
)
def test_domain_is_read_from_what_people_write(written, domain):
    assert rules.read_domain(written) == domain


def test_provider_of_private_mail_is_no_company():
    assert rules.domain_of("ann@gmail.com") == ""
    assert rules.domain_of("ann@www.halden.example") == "halden.example"


@pytest.mark.parametrize(
    ("role", "usual", "not_open"),
    [
        ("rep", "sales", {"marketing"}),
        ("sales_manager", "sales", {"marketing"}),
        ("marketer", "marketing", {"sales"}),
        ("owner", "sales", set()),
    ],
)
def test_neither_side_adds_people_to_the_other_sides_account(role, usual, not_open):
    assert rules.usual_origin(role) == usual
    assert set(rules.Origin) - set(rules.origins_open_to(role)) == not_open


def test_machines_form_of_a_number_is_that_of_the_library():
    seen = 0
    for region in phonenumbers.SUPPORTED_REGIONS:
        number = phonenumbers.example_number(region)
        written = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL) if number else ""
        read = rules.read_phone(written, country=region)
        if read.e164:
            again = phonenumbers.parse(written, region)
            assert read.e164 == phonenumbers.format_number(again, PhoneNumberFormat.E164)
            seen += 1
    assert seen > 200


def test_a_place_that_is_read_again_is_each_ones_own():
    first, second = (rules.read_postal({"city": " Bremen ", "kind": "Home"}) for _ in range(2))
    first["city"] = "Leer"

    assert second == {
        "kind": "home",
        "street": "",
        "postcode": "",
        "city": "Bremen",
        "region": "",
        "country": "",
    }
