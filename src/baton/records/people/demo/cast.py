"""Who is in the story: invented companies that use much energy, and the people who pay for it.

Fennmark makes energy meters; it sells to whoever must prove what a plant uses.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """One person: when they became known, in days before the story is told, and how."""

    name: str
    job_title: str
    company: str
    days_ago: int
    source: str  # a key of SOURCES
    owner: str = ""  # a key of the users' cast


@dataclass(frozen=True)
class Source:
    """How somebody first came: origin, channel, campaign's code, landing page."""

    origin: str
    channel: str = ""
    campaign: str = ""
    landing_page: str = ""
    said: str = ""


SOURCES = {
    "webinar": Source("marketing", "event", "iso-webinar", "/p/iso-webinar/", "Your webinar"),
    "guide": Source("marketing", "organic_search", "audit-guide", "/p/audit-guide/", "Searched"),
    "ads": Source("marketing", "paid_search", "energy-monitoring", "/p/energy-monitoring/"),
    "linkedin": Source(
        "marketing", "paid_social", "linkedin-plants", "/p/audit-guide/", "LinkedIn"
    ),
    "fair": Source("marketing", "event", "meter-days", "", "Your stand at Meter Days"),
    "letter": Source("marketing", "email", "monthly-letter", "/p/demo/", "The monthly letter"),
    "search": Source("marketing", "organic_search", "", "/p/demo/", "Searched for meters"),
    "direct": Source("marketing", "direct", "", "/p/demo/", "A colleague"),
    "outbound": Source("sales"),
    "partner": Source("partner", "referral", "", "", "Our auditor"),
    "customer": Source("customer", "referral", "", "", "Halden Foods told us"),
}

# name | industry | employees | city | country
COMPANIES = """
Halden Foods | Food | 620 | Malmö | Sweden
Orbis Pharma | Pharma | 1800 | Leverkusen | Germany
Corvid Health | Health | 340 | Utrecht | Netherlands
Umber Bakery | Food | 210 | Gent | Belgium
Isla Fruit | Food | 480 | Valencia | Spain
Vantage Seafood | Food | 390 | Bergen | Norway
Pinehurst Dairy | Food | 760 | Aarhus | Denmark
Brightwell Health | Health | 1250 | Leeds | United Kingdom
Tamarind Labs | Pharma | 150 | Basel | Switzerland
Solstice Logistics | Logistics | 900 | Rotterdam | Netherlands
Yarrow Farms | Food | 260 | Lyon | France
Lumio Vaccines | Pharma | 540 | Graz | Austria
Zephyr Freight | Logistics | 1100 | Hamburg | Germany
Kestrel Steel | Metal | 2300 | Linz | Austria
Marlow Paper | Paper | 870 | Tampere | Finland
Aldery Glass | Glass | 410 | Liège | Belgium
Quill Plastics | Plastics | 320 | Brno | Czechia
Torvik Cement | Building materials | 1500 | Trondheim | Norway
Sable Textiles | Textiles | 230 | Porto | Portugal
Ember Ceramics | Building materials | 180 | Modena | Italy
"""

# name | job title | company | days ago | source | owner, where sales found them
PEOPLE = """
Jonas Weil | Head of energy | Halden Foods | 148 | guide
Lena Fischer | Quality manager | Halden Foods | 139 | webinar
Emil Vogt | Plant manager | Halden Foods | 91 | letter
Miriam Koch | Controller | Halden Foods | 60 | search
Ayla Demir | Energy manager | Orbis Pharma | 144 | webinar
Viktor Hahn | Head of sustainability | Orbis Pharma | 102 | linkedin
Petra Lang | Head of finance | Orbis Pharma | 66 | direct
Noor Visser | Facility manager | Corvid Health | 136 | ads
Bas Dekker | Energy manager | Corvid Health | 58 | guide
Hugo Martin | Plant manager | Umber Bakery | 131 | fair
Elise Claes | Owner | Umber Bakery | 47 | outbound | teo
Joana Faro | Energy manager | Isla Fruit | 127 | webinar
Diego Soler | Plant manager | Isla Fruit | 83 | linkedin
Carmen Ruiz | Head of finance | Isla Fruit | 39 | letter
Clara Moreau | Head of operations | Vantage Seafood | 122 | guide
Oskar Lund | Energy manager | Vantage Seafood | 88 | ads
Sigrid Moen | Sustainability lead | Vantage Seafood | 34 | webinar
Ben Okafor | Plant manager | Pinehurst Dairy | 118 | fair
Dario Conti | Energy manager | Pinehurst Dairy | 79 | guide
Freja Holst | Controller | Pinehurst Dairy | 31 | customer
Amira Haddad | Facility manager | Brightwell Health | 113 | search
Oliver Pike | Head of energy | Brightwell Health | 72 | ads
Grace Nolan | Sustainability lead | Brightwell Health | 27 | linkedin
Kenji Mori | Lab director | Tamarind Labs | 109 | direct
Lea Brunner | Facility manager | Tamarind Labs | 24 | guide
Paul Weber | Fleet manager | Solstice Logistics | 104 | fair
Sanne Bakker | Energy manager | Solstice Logistics | 55 | webinar
Jip Mulder | Head of operations | Solstice Logistics | 21 | letter
Greta Holm | Plant manager | Yarrow Farms | 99 | guide
Luc Perrin | Owner | Yarrow Farms | 44 | outbound | sam
Felix Braun | Energy manager | Lumio Vaccines | 96 | webinar
Sofia Lindqvist | Head of quality | Lumio Vaccines | 51 | linkedin
Anna Gruber | Head of finance | Lumio Vaccines | 18 | partner
Marek Novak | Warehouse manager | Zephyr Freight | 93 | ads
Ilse Wouters | Head of sustainability | Zephyr Freight | 49 | webinar
Timo Reuter | Energy manager | Zephyr Freight | 15 | guide
Stefan Auer | Head of energy | Kestrel Steel | 86 | fair
Katrin Moser | Plant manager | Kestrel Steel | 42 | linkedin
Lukas Eder | Controller | Kestrel Steel | 12 | letter
Aino Laine | Energy manager | Marlow Paper | 81 | guide
Ville Koski | Plant manager | Marlow Paper | 37 | webinar
Helmi Salo | Sustainability lead | Marlow Paper | 10 | ads
Tomas Brandt | Plant manager | Aldery Glass | 76 | fair
Julie Peeters | Energy manager | Aldery Glass | 29 | guide
Ruth Adler | Head of finance | Quill Plastics | 69 | search
Jakub Dvorak | Energy manager | Quill Plastics | 19 | webinar
Eva Kralova | Plant manager | Quill Plastics | 8 | linkedin
Nils Aune | Head of energy | Torvik Cement | 64 | outbound | ravi
Ingrid Vik | Head of sustainability | Torvik Cement | 26 | webinar
Arne Dahl | Plant manager | Torvik Cement | 6 | guide
Rui Lopes | Plant manager | Sable Textiles | 61 | ads
Ines Matos | Energy manager | Sable Textiles | 17 | letter
Paolo Riva | Owner | Ember Ceramics | 53 | partner
Giulia Serra | Energy manager | Ember Ceramics | 13 | guide
Marta Bellini | Head of finance | Ember Ceramics | 5 | direct
Yusuf Kaya | Energy manager | Umber Bakery | 4 | ads
Mia Sorensen | Energy manager | Halden Foods | 3 | search
Daan Smit | Plant manager | Corvid Health | 2 | webinar
Nadia Rahimi | Head of energy | Solstice Logistics | 1 | guide
Theo Lambert | Student of engineering |  | 7 | guide
"""


def parts() -> list[Part]:
    """In the order in which the story tells them."""
    rows = [[cell.strip() for cell in line.split("|")] for line in PEOPLE.strip().splitlines()]
    return [Part(row[0], row[1], row[2], int(row[3]), *row[4:]) for row in rows]


def companies() -> list[list[str]]:
    """Name, industry, employees, city, country."""
    return [[cell.strip() for cell in line.split("|")] for line in COMPANIES.strip().splitlines()]
