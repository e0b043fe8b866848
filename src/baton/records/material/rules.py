"""Which material fits somebody, and why; what is missing. No database, no clock."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit

SHORTEST = 4  # letters of an objection that is found within another
LANGUAGE = 2  # letters that name a language: "de" of "de-AT"


class Reason(StrEnum):
    """Why it is proposed, the heaviest first."""

    OBJECTION = "objection"
    RIVAL = "rival"
    PERSONA = "persona"
    PRODUCT = "product"
    USUAL = "usual"  # their persona often objects to that
    STAGE = "stage"
    LANGUAGE = "language"


WEIGHTS: Mapping[Reason, int] = {
    Reason.OBJECTION: 8,
    Reason.RIVAL: 6,
    Reason.PERSONA: 4,
    Reason.PRODUCT: 3,
    Reason.USUAL: 2,
    Reason.STAGE: 2,
    Reason.LANGUAGE: 1,
}
STRONG = frozenset({Reason.OBJECTION, Reason.RIVAL, Reason.PERSONA})  # whatever the stage


@dataclass(frozen=True, kw_only=True)
class Piece:
    """What is known of one material; "" and None are for all."""

    material_id: int
    persona_ids: frozenset[int] = frozenset()
    stage: str = ""
    language: str = ""
    objection: str = ""
    competitor: str = ""
    product_id: int | None = None
    use_count: int = 0


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Who is to read it, and what stands in the way of their deal."""

    persona_id: int | None = None
    stage: str = ""
    language: str = ""
    usual: Sequence[str] = ()  # what their persona often objects to
    objection: str = ""
    competitor: str = ""
    product_ids: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Fit:
    material_id: int
    reasons: tuple[Reason, ...]
    weight: int = field(default=0)


def fitting(
    pieces: Iterable[Piece], wanted: Wanted, *, seen: Collection[int] = (), most: int = 3
) -> list[Fit]:
    """The best few, but for what they have seen."""
    found = [
        (fit, piece.use_count)
        for piece in pieces
        if piece.material_id not in seen and (fit := fit_of(piece, wanted))
    ]
    found.sort(key=lambda one: (-one[0].weight, -one[1], one[0].material_id))
    return [fit for fit, _count in found[:most]]


def fit_of(piece: Piece, wanted: Wanted) -> Fit | None:
    """None where it is not for them, or nothing speaks for it."""
    if piece.persona_ids and wanted.persona_id not in piece.persona_ids:
        return None
    ours, theirs = piece.language[:LANGUAGE].lower(), wanted.language[:LANGUAGE].lower()
    if ours and theirs and ours != theirs:
        return None
    reasons = tuple(reason for reason in Reason if _holds(reason, piece, wanted))
    is_elsewhere = piece.stage and wanted.stage and piece.stage != wanted.stage
    if not reasons or (is_elsewhere and not STRONG.intersection(reasons)):
        return None
    if reasons == (Reason.LANGUAGE,):
        return None
    return Fit(piece.material_id, reasons, sum(WEIGHTS[reason] for reason in reasons))


def _holds(reason: Reason, piece: Piece, wanted: Wanted) -> bool:
    ours = piece.language[:LANGUAGE].lower()
    return {
        Reason.OBJECTION: is_alike(piece.objection, wanted.objection),
        Reason.RIVAL: is_alike(piece.competitor, wanted.competitor),
        Reason.PERSONA: bool(piece.persona_ids),
        Reason.PRODUCT: piece.product_id in wanted.product_ids,
        Reason.USUAL: any(is_alike(piece.objection, one) for one in wanted.usual),
        Reason.STAGE: bool(piece.stage) and piece.stage == wanted.stage,
        Reason.LANGUAGE: bool(ours) and ours == wanted.language[:LANGUAGE].lower(),
    }[reason]


def folded(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".!?")


def is_alike(one: str, other: str) -> bool:
    """The same, or one within the other; what is too short to mean much must be the same."""
    ours, theirs = folded(one), folded(other)
    if not ours or not theirs:
        return False
    shorter, longer = sorted((ours, theirs), key=len)
    return ours == theirs or (len(shorter) >= SHORTEST and f" {shorter} " in f" {longer} ")


def path_of(link: str) -> str:
    """What visits know a link by; "" for one that leads to a front page."""
    return urlsplit(link).path.rstrip("/")


def holes(
    pieces: Collection[Piece], stages: Sequence[str], persona_ids: Sequence[int]
) -> list[tuple[str, int | None]]:
    """Stage and persona without anything; None where a stage has nothing for anybody."""
    found: list[tuple[str, int | None]] = []
    for stage in stages:
        here = [piece for piece in pieces if piece.stage in {"", stage}]
        if any(not piece.persona_ids for piece in here):
            continue
        told = frozenset(one for piece in here for one in piece.persona_ids)
        if not told:
            found.append((stage, None))
        else:
            found += [(stage, one) for one in persona_ids if one not in told]
    return found


def unanswered(pieces: Collection[Piece], objections: Iterable[str]) -> list[str]:
    """Those that no material answers, each once, in their order."""
    known = [piece.objection for piece in pieces if piece.objection]
    alone = {folded(one): one for one in reversed(list(objections)) if folded(one)}
    return [
        one for one in reversed(alone.values()) if not any(is_alike(one, each) for each in known)
    ]
