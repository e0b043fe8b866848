"""Companies of a year: what they make, how large they are, what they are called; invented here."""

from dataclasses import dataclass
from random import Random

_WORDS = """
    Adler Alder Almhof Ambach Andor Arden Arvika Ashford Aurel Balder Bardo Basalt Belmar
    Bergson  Birk Bluefield Bolander Borea Brandis Brenner Brevik Caldera Calmont Cardo
    Carlow Castell  Cedarline Celtis Cobalt Corda Cranmoor Dahlen Dalby Delmont Dorado
    Dovre Drava Duna Eastmark  Edelhoff Eider Eldora Elmstead Emberley Esker Evenlode
    Fallow Farsund Ferro Fjordline Flint  Forsa Freyberg Galen Garda Gedda Glenmore Granit
    Greystone Grimstad Haldor Hansar Harlan  Hasel Helvia Heron Hollin Hornbeam Icarus
    Ilmen Inverness Isar Juno Jutta Kalmar Karst Keld  Kilda Kolding Korund Lagan Larch
    Larkfield Lemvig Linden Lipari Lomond Lunaris Lyngby Madrona  Magna Malven Maris
    Meridor Merkur Mistral Montara Morava Nadir Narvik Neckar Nimbus Norvang  Oakhurst
    Oberon Odra Olten Orla Ostara Palma Pegnitz Perla Pinella Porta Quartz Quell Radian
    Ravn Regulus Rhenus Rigel Rondo Rowan Sagitta Salix Sanden Sarek Selby Sequo Silvan
    Skagen  Solent Sorrel Stavoren Sterling Styria Sudara Talos Tarn Taunus Terra Thalia
    Tiller Torrent  Trent Turmalin Ulmus Umbria Valdor Vanto Varde Velden Verano Vesper
    Vinter Vistula Wadden  Weser Westray Wick Willow Xenia Yarrowdale Zeda Zenit
"""
STEMS = _WORDS.split()


@dataclass(frozen=True)
class Trade:
    """What a company does: what it may call itself, how many work there, how often it comes up."""

    industry: str
    kinds: tuple[str, ...]
    employees: tuple[int, int]
    weight: int


TRADES = (
    Trade("Food", ("Foods", "Bakery", "Dairy", "Brewery", "Mills", "Kitchens"), (30, 1400), 20),
    Trade("Metal", ("Steel", "Foundry", "Castings", "Forge", "Metalworks"), (40, 2600), 14),
    Trade("Plastics", ("Plastics", "Polymers", "Moulding", "Packaging"), (25, 900), 12),
    Trade("Logistics", ("Logistics", "Freight", "Cold Storage", "Depots"), (20, 1800), 12),
    Trade("Pharma", ("Pharma", "Labs", "Biotech", "Vaccines"), (40, 2400), 8),
    Trade("Paper", ("Paper", "Cartons", "Print", "Board"), (40, 1200), 7),
    Trade("Building materials", ("Cement", "Brick", "Ceramics", "Concrete"), (30, 1500), 8),
    Trade("Textiles", ("Textiles", "Weaving", "Dyeworks", "Laundry"), (20, 700), 6),
    Trade("Glass", ("Glass", "Optics"), (30, 800), 4),
    Trade("Health", ("Clinics", "Health", "Care"), (60, 3000), 6),
    Trade("Automotive", ("Automotive", "Axles", "Gears", "Brakes"), (50, 3200), 9),
    Trade("Chemicals", ("Chemicals", "Coatings", "Adhesives"), (30, 1600), 7),
)
TRADE_WEIGHTS = [trade.weight for trade in TRADES]
ENDINGS = ("mark", "line", "tec", "gard", "werk", "nova")
STEP = 7919  # prime: names that follow each other do not resemble each other


def company_name(number: int, trade: Trade) -> str:
    """Another one for each number: one stem while they last, then longer ones, then two."""
    place = number * STEP
    stem, rest = STEMS[place % len(STEMS)], number // len(STEMS)
    kind, second = trade.kinds[rest % len(trade.kinds)], rest // len(trade.kinds)
    if not second:
        return f"{stem} {kind}"
    if second <= len(ENDINGS) and number % 3:
        return f"{stem}{ENDINGS[second - 1]} {kind}"
    partner = STEMS[(place + second * 31) % len(STEMS)]
    return f"{stem} & {partner} {kind}"


def employees_of(trade: Trade, *, dice: Random) -> int:
    """Many small ones, few large ones."""
    least, most = trade.employees
    return int(least * (most / least) ** (dice.random() ** 2))
