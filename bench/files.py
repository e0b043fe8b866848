"""Invented files in the shape of two public data sets: a marketplace's funnel, a B2B pipeline."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

LEADS, WON = 8_000, 842
DEALS, UNDATED = 8_800, 500
ORIGINS = {
    "organic_search": 29,
    "paid_search": 20,
    "social": 17,
    "unknown": 14,
    "direct_traffic": 6,
    "email": 6,
    "referral": 4,
    "": 4,
}
PRODUCTS = ("Meter", "Meter Pro", "MeterPlus", "Logger", "Logger Pro", "Gateway", "Portal")


def olist_like(folder: Path) -> list[Path]:
    """8,000 leads, and 842 of them won: the columns of ``examples/recipes/olist.toml``."""
    dice = Random(7)  # noqa: S311 -- invented rows, no secrets
    ids = [f"{dice.getrandbits(128):032x}" for _ in range(LEADS)]
    origins, weights = zip(*ORIGINS.items(), strict=True)
    first = [date(2025, 6, 1) + timedelta(days=dice.randrange(360)) for _ in ids]
    pages = [f"{dice.getrandbits(128):032x}" for _ in range(120)]
    leads = (
        (key, day, dice.choice(pages), dice.choices(origins, weights)[0])
        for key, day in zip(ids, first, strict=True)
    )
    sellers = dice.sample(range(LEADS), WON)
    won = (_won(dice, ids[place], first[place]) for place in sellers)
    return [
        _write(folder / "leads.csv", "mql_id first_contact_date landing_page_id origin", leads),
        _write(folder / "closed_deals.csv", _WON, won),
    ]


_WON = (
    "mql_id seller_id sdr_id sr_id won_date business_segment lead_type lead_behaviour_profile "
    "has_company has_gtin average_stock business_type declared_product_catalog_size "
    "declared_monthly_revenue"
)


def _won(dice: Random, key: str, first: date) -> Sequence[object]:
    moment = datetime.combine(first, datetime.min.time()) + timedelta(
        days=dice.randrange(1, 90), seconds=dice.randrange(86_400)
    )
    return (
        key,
        f"{dice.getrandbits(128):032x}",
        f"sdr{dice.randrange(19):029}",
        f"sr{dice.randrange(22):030}",
        moment,
        dice.choice(("pet", "health_beauty", "construction_tools", "household")),
        dice.choice(("online_medium", "online_big", "offline", "industry")),
        dice.choice(("cat", "eagle", "wolf", "")),
        *("", "", ""),
        dice.choice(("reseller", "manufacturer")),
        dice.choice(("", "10", "200")),
        f"{dice.choice((0, 0, 0, 5000, 20000))}.0",
    )


def maven_like(folder: Path) -> list[Path]:
    """Accounts, products, agents, 8,800 deals: the columns of ``examples/recipes/maven.toml``."""
    dice = Random(11)  # noqa: S311 -- invented rows, no secrets
    accounts = [f"Account {number}" for number in range(85)]
    agents = [f"Agent {number}" for number in range(35)]
    return [
        _write(
            folder / "accounts.csv",
            "account sector year_established revenue employees office_location subsidiary_of",
            (
                (name, "retail", 1990, "1100.5", dice.randrange(20, 9000), "Norway", "")
                for name in accounts
            ),
        ),
        _write(
            folder / "products.csv",
            "product series sales_price",
            ((name, name.split()[0], dice.randrange(50, 30_000)) for name in PRODUCTS),
        ),
        _write(
            folder / "sales_teams.csv",
            "sales_agent manager regional_office",
            ((name, f"Manager {n % 6}", f"Region {n % 3}") for n, name in enumerate(agents)),
        ),
        _write(
            folder / "sales_pipeline.csv",
            "opportunity_id sales_agent product account deal_stage engage_date close_date "
            "close_value",
            (_opportunity(dice, n, accounts, agents) for n in range(DEALS)),
        ),
    ]


def _opportunity(
    dice: Random, number: int, accounts: Sequence[str], agents: Sequence[str]
) -> Sequence[object]:
    stage = "Prospecting" if number < UNDATED else dice.choices(_STAGES, (48, 28, 18))[0]
    day = date(2025, 10, 1) + timedelta(days=dice.randrange(400))
    is_closed = stage in {"Won", "Lost"}
    return (
        f"K{number:07}",
        dice.choice(agents),
        dice.choice(PRODUCTS),
        dice.choice(accounts) if dice.random() > 0.16 else "",
        stage,
        "" if stage == "Prospecting" else day,
        day + timedelta(days=dice.randrange(1, 130)) if is_closed else "",
        (dice.randrange(50, 30_000) if stage == "Won" else 0) if is_closed else "",
    )


_STAGES = ("Won", "Lost", "Engaging")


def contacts_like(folder: Path, count: int) -> list[Path]:
    """Contacts as HubSpot exports them. Every twentieth is somebody whose address stood in the
    file before, under another id; ten work for one company."""
    dice = Random(13)  # noqa: S311 -- invented rows, no secrets
    rows = (_contact(dice, number) for number in range(count))
    return [_write(folder / "contacts.csv", _CONTACT, rows, between=",")]


_CONTACT = (
    "Record ID,First Name,Last Name,Email,Phone Number,Job Title,Company Name,City,Country/Region,"
    "Original Source,Lifecycle Stage,Create Date,Contact owner,Shoe size"
)


def _contact(dice: Random, number: int) -> Sequence[object]:
    twin = dice.randrange(number) // 20 * 20 if number % 20 == 19 else number
    day = date(2023, 1, 2) + timedelta(days=number % 900)
    return (
        100_000 + number,
        f"Given{twin % 911}",
        f"Family{twin % 7919}",
        f"given.family{twin}@halden{twin // 10}.example",
        f"+49 421 {1_000_000 + twin}",
        dice.choice(("Buyer", "Plant manager", "Quality lead", "")),
        f"Halden {number // 10}",
        dice.choice(("Bremen", "Leer", "Emden")),
        "Germany",
        dice.choice(("Organic Search", "Paid Search", "Direct Traffic", "Referrals")),
        dice.choice(("lead", "marketingqualifiedlead", "subscriber")),
        f"{day} {number % 12 + 7:02}:{number % 60:02}",
        f"rep{number % 20}@halden.example",
        36 + number % 12,
    )


def _write(
    path: Path, header: str, rows: Iterable[Sequence[object]], *, between: str | None = None
) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header.split(between))
        writer.writerows(rows)
    return path
