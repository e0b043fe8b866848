"""From a TOML file to a recipe: whatever means nothing is refused, since a typo would go unseen."""

import re
import string
import tomllib
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from baton.core.errors import Word, gettext_noop
from baton.operations.exchange.rules.recipe import (
    CUSTOM,
    FileRecipe,
    ObjectRecipe,
    Recipe,
    Skip,
    Spec,
    StageSpec,
)
from baton.operations.exchange.rules.refusals import Unusable

WHOLE = ("name", "label", "source", "zone", "currency", "formats", "join", "alias", "file")
FILE = ("label", "known_by", "skip", "ignore", "continues", "object")
OBJECT = ("type", "key", "also", "fields", "keep_empty", "dated", "undated", "repeats", "rest")
SPEC = ("column", "template", "fixed", "alias", "only_known", "unknown", "by", "begins")
MORE = ("if_known", "starred", "split", "decimal", "kind", "label")
YES_OR_NO = {"only_known", "if_known", "starred"}
WAYS = ("email", "domain", "name")
RECIPE = Word(gettext_noop("the recipe"))  # as a place in it
SOURCES = ("column", "template", "fixed")
CODE = re.compile(r"[\w-]{1,60}")  # of a custom field


def read_recipe(path: Path, *, zone: str = "UTC") -> Recipe:
    """``zone``: of a recipe that names none. Raises Unusable with the place in the recipe."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        words = gettext_noop("The recipe %(path)s cannot be read. Name an existing TOML file.")
        raise Unusable(words, path=path) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        words = gettext_noop("The recipe %(file)s is not valid TOML: %(why)s.")
        raise Unusable(words, file=path.name, why=error) from error
    try:
        return _recipe(path.stem, {"zone": zone, **raw})
    except (KeyError, TypeError, AttributeError) as error:
        words = gettext_noop("The recipe %(file)s lacks %(what)s or has it in a wrong shape.")
        raise Unusable(words, file=path.name, what=error) from error


def _recipe(stem: str, raw: dict[str, Any]) -> Recipe:
    _refuse_unknown(raw, WHOLE, RECIPE)
    aliases = {name: _alias(name, table) for name, table in raw.get("alias", {}).items()}
    currency = _words(raw, "currency", RECIPE, longest=3).upper()
    if currency and not re.fullmatch("[A-Z]{3}", currency):
        words = gettext_noop("currency = “%(text)s” is no currency. Write it like EUR.")
        raise Unusable(words, text=currency)
    recipe = Recipe(
        name=_words(raw, "name", RECIPE, longest=120) or stem[:120],
        source=_words({"source": raw["source"]}, "source", RECIPE, longest=40),
        zone=_zone(raw["zone"]),
        currency=currency,
        formats=_formats(raw.get("formats", [])),
        files=tuple(_file(one, number) for number, one in enumerate(raw["file"], 1)),
        aliases=aliases,
        joins=_yes(raw, "join", RECIPE),
        label=_words(raw, "label", RECIPE, longest=120),
    )
    if not recipe.source or not recipe.files:
        raise Unusable(gettext_noop("A recipe needs a source and at least one [[file]]."))
    for one in recipe.files:
        for thing in one.objects:
            _refuse_unknown_aliases(one, thing, aliases)
    return recipe


def _refuse_unknown_aliases(
    file: FileRecipe, thing: ObjectRecipe, aliases: Collection[str]
) -> None:
    specs = [("key", thing.key), *thing.fields.items()]
    specs += [("stage", stage.stage) for stage in thing.stages]
    for name, spec in [(name, each) for name, one in specs for each in one.ways]:
        if spec.alias and spec.alias not in aliases:
            words = gettext_noop("%(file)s, %(field)s: there is no table [alias.%(alias)s].")
            raise Unusable(words, file=file.label, field=name, alias=spec.alias)


def _refuse_unknown(raw: Collection[str], known: Collection[str], where: str) -> None:
    if unknown := set(raw) - set(known):
        words = gettext_noop("“%(word)s” means nothing in %(where)s. Use one of: %(known)s.")
        raise Unusable(words, word=min(unknown), where=where, known=", ".join(known))


def _words(raw: dict[str, Any], name: str, where: str, *, longest: int = 200) -> str:
    text = raw.get(name, "")
    if not isinstance(text, str):
        words = gettext_noop("%(name)s in %(where)s must be text in quotes, not %(value)s.")
        raise Unusable(words, name=name, where=where, value=text)
    if len(text) > longest:
        words = gettext_noop(
            "%(name)s in %(where)s is longer than %(most)s characters. Shorten it."
        )
        raise Unusable(words, name=name, where=where, most=longest)
    return text


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        words = gettext_noop("zone = “%(name)s” is no time zone. Write it like Europe/Berlin.")
        raise Unusable(words, name=name) from error


def _formats(raw: Any) -> tuple[str, ...]:
    """Patterns that Python can read a date with; whether one fits a cell shows later."""
    if not isinstance(raw, list) or not all(isinstance(one, str) for one in raw):
        words = gettext_noop("formats must be a list of patterns like %(pattern)s.")
        raise Unusable(words, pattern='["%d.%m.%Y"]')
    for pattern in raw:
        try:
            datetime.strptime("", pattern)  # noqa: DTZ007 -- only asks whether it is a pattern
        except (ValueError, re.error) as error:
            if isinstance(error, re.error) or "does not match" not in str(error):
                words = gettext_noop(
                    "formats: “%(pattern)s” is no pattern of a date. Write it like %(good)s."
                )
                raise Unusable(words, pattern=pattern, good="%d.%m.%Y") from error
    return tuple(raw)


def _alias(name: str, table: dict[str, Any]) -> dict[str, str]:
    for other, ours in table.items():
        if not isinstance(ours, str):
            words = gettext_noop(
                "[alias.%(alias)s]: “%(text)s” must have text in quotes, not %(value)s."
            )
            raise Unusable(words, alias=name, text=other, value=ours)
    return dict(table)


def _file(raw: dict[str, Any], number: int) -> FileRecipe:
    label = _words(raw, "label", "[[file]]") or f"file {number}"
    _refuse_unknown(raw, FILE, f"[[file]] “{label}”")
    return FileRecipe(
        label=label,
        objects=tuple(_object(one, label) for one in raw["object"]),
        known_by=tuple(frozenset(_list(one, "known_by", label)) for one in raw.get("known_by", ())),
        skip=tuple(_skip(one, label) for one in raw.get("skip", ())),
        ignore=frozenset(_list(raw.get("ignore", []), "ignore", label)),
        continues=_words(raw, "continues", label),
    )


def _skip(raw: dict[str, Any], label: str) -> Skip:
    where = f"{label}, skip"
    _refuse_unknown(raw, ("column", "begins"), where)
    return Skip(_spec(raw["column"], where), tuple(_list(raw["begins"], "begins", where)))


def _list(raw: Any, name: str, where: str) -> list[str]:
    if not isinstance(raw, list) or not all(isinstance(one, str) for one in raw):
        words = gettext_noop("%(name)s in %(where)s must be a list of texts in quotes.")
        raise Unusable(words, name=name, where=where)
    return raw


def _object(raw: dict[str, Any], label: str) -> ObjectRecipe:
    _refuse_unknown(raw, (*OBJECT, "stage"), f"[[file.object]] of “{label}”")
    undated = raw.get("undated", "keep")
    if undated not in {"keep", "fail"}:
        words = gettext_noop("undated = “%(value)s” is unknown: write keep or fail.")
        raise Unusable(words, value=undated)
    kind = _words({"type": raw["type"]}, "type", label)
    thing = ObjectRecipe(
        type=kind,
        key=_spec(raw["key"], f"{label}, key of {kind}"),
        fields={
            name: _spec(one, f"{label}, {name}")
            for name, one in _flat(raw.get("fields", {})).items()
        },
        also=_spec(raw["also"], f"{label}, also of {kind}") if "also" in raw else None,
        keep_empty=frozenset(raw.get("keep_empty", ())),
        dated=_words(raw, "dated", label),
        undated=undated,
        repeats=_yes(raw, "repeats", label),
        rest=_words(raw, "rest", label),
        stages=tuple(_stage(one, label) for one in raw.get("stage", ())),
    )
    _check_named(thing, label)
    return thing


def _check_named(thing: ObjectRecipe, label: str) -> None:
    named = {*thing.keep_empty, thing.dated} - {""}
    if unknown := named - set(thing.fields):
        words = gettext_noop(
            "%(file)s: “%(name)s” is no field that this %(kind)s is given. "
            "Name a field, not a column."
        )
        raise Unusable(words, file=label, name=min(unknown), kind=thing.type)


def _yes(raw: dict[str, Any], name: str, where: str) -> bool:
    answer = raw.get(name, False)
    if not isinstance(answer, bool):
        words = gettext_noop("%(where)s: %(name)s must be true or false.")
        raise Unusable(words, where=where, name=name)
    return answer


def _stage(raw: dict[str, Any], label: str) -> StageSpec:
    where = f"{label}, [[file.object.stage]]"
    _refuse_unknown(raw, ("stage", "at", "owner"), where)
    owner, stage = raw.get("owner"), raw["stage"]
    return StageSpec(
        _spec({"fixed": stage} if isinstance(stage, str) else stage, where),
        _spec(raw["at"], where),
        _spec(owner, where) if owner else None,
    )


def _flat(fields: dict[str, Any]) -> dict[str, Any]:
    """``custom.segment`` may be written as a dotted key."""
    custom = fields.get("custom", {})
    for code in custom:
        if not CODE.fullmatch(code):
            words = gettext_noop("custom.%(code)s: use letters, digits, _ and -, at most 60.")
            raise Unusable(words, code=code)
    plain = {name: one for name, one in fields.items() if name != "custom"}
    return plain | {f"{CUSTOM}{name}": one for name, one in custom.items()}


def _spec(raw: Any, where: str) -> Spec:
    """Text names a column; of a list each is asked where those before it are empty."""
    if isinstance(raw, list) and raw:
        first, *others = [_spec(one, where) for one in raw]
        return replace(first, others=tuple(others))
    if isinstance(raw, str):
        raw = {"column": raw}
    _refuse_unknown(raw, (*SPEC, *MORE), where)
    for name in set(raw) - YES_OR_NO:
        _words(raw, name, where, longest=120 if name == "label" else 2000)
    for name in sorted(YES_OR_NO):
        _yes(raw, name, where)
    if sum(bool(raw.get(name)) for name in SOURCES) != 1:
        words = gettext_noop("%(where)s: say where the text comes from by one of: %(sources)s.")
        raise Unusable(words, where=where, sources=", ".join(SOURCES))
    if raw.get("by", WAYS[0]) not in WAYS:
        words = gettext_noop("%(where)s: by must be one of: %(ways)s.")
        raise Unusable(words, where=where, ways=", ".join(WAYS))
    spec = Spec(**raw)
    _check_template(spec, where)
    return spec


def _check_template(spec: Spec, where: str) -> None:
    try:
        parsed = list(string.Formatter().parse(spec.template))
    except ValueError as error:
        words = gettext_noop(
            "%(where)s: “%(template)s” is no template. Write columns like {product}."
        )
        raise Unusable(words, where=where, template=spec.template) from error
    for _text, name, form, conversion in parsed:
        if name is not None and (not name or form or conversion):
            words = gettext_noop(
                "%(where)s: braces in “%(template)s” must hold a column and nothing else."
            )
            raise Unusable(words, where=where, template=spec.template)
