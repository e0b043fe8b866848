"""Every pair of colours that meets on a screen: 4.5 for words, 3 for controls and fills."""

import re
from pathlib import Path

import pytest

ASSETS = Path(__file__).parents[1] / "assets"
COLOUR = re.compile(r"--([\w-]+):\s*light-dark\((#[0-9A-Fa-f]{6}),\s*(#[0-9A-Fa-f]{6})\)")
WORDS, EDGES = 4.5, 3.0


def colours(css: str) -> dict[str, tuple[str, str]]:
    return {name: (light, dark) for name, light, dark in COLOUR.findall(css)}


TOKENS = colours((ASSETS / "css/tokens.css").read_text().partition(".hue-")[0])
HUES = {
    name: colours(body)
    for name, body in re.findall(
        r"\.hue-(\w+)\s*{([^}]*)}", (ASSETS / "css/tokens.css").read_text()
    )
}
INSIGHT = colours((ASSETS / "insight.css").read_text())
BRANDS = {
    name: colours(body)
    for name, body in re.findall(
        r"\[data-brand=(\w+)\]\s*{([^}]*)}", (ASSETS / "css/public-tokens.css").read_text()
    )
}
PLANES = ["canvas", "sunken", "surface", "card", "raise", "hover", "quote"]
PAIRS = [
    *[(words, plane, WORDS) for words in ("text", "text2", "text3") for plane in PLANES],
    *[(words, plane, WORDS) for words in ("good", "warn", "bad") for plane in PLANES],
    *[("accent-text", plane, WORDS) for plane in (*PLANES, "accent-soft")],
    *[("text", plane, WORDS) for plane in ("accent-soft", "mark", "press")],
    ("text2", "accent-soft", WORDS),
    ("accent-fg", "accent", WORDS),
    ("accent-fg", "danger", WORDS),
    ("ink-fg", "ink", WORDS),
    ("ink-bad", "ink", WORDS),
    ("ink-link", "ink", WORDS),
    *[(edge, plane, EDGES) for edge in ("ctl", "focus") for plane in ("surface", "card", "canvas")],
    ("accent", "surface", EDGES),
]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def worst(first: tuple[str, str], second: tuple[str, str]) -> float:
    return min(contrast(first[theme], second[theme]) for theme in (0, 1))


def test_contrast_of_black_on_white_is_21():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_tokens_are_readable_in_light_and_dark(front, back, least):
    assert worst(TOKENS[front], TOKENS[back]) >= least


@pytest.mark.parametrize("hue", HUES)
def test_hue_is_readable_as_badge_and_seen_as_fill(hue):
    colours_of = HUES[hue]

    assert worst(colours_of["f"], colours_of["b"]) >= WORDS
    assert worst(colours_of["f"], TOKENS["surface"]) >= WORDS
    assert worst(colours_of["c"], TOKENS["surface"]) >= EDGES


@pytest.mark.parametrize("step", range(7))
def test_number_in_a_heat_cell_is_readable(step):
    words = INSIGHT["q-light" if step > 4 else "q-dark"]

    assert worst(words, INSIGHT[f"q{step}"]) >= WORDS


@pytest.mark.parametrize("brand", BRANDS)
def test_brand_preset_is_readable(brand):
    preset = BRANDS[brand]

    assert worst(preset["on-brand"], preset["brand"]) >= WORDS
    assert worst(preset["brand-text"], TOKENS["surface"]) >= WORDS
    assert worst(preset["brand-text"], preset["brand-soft"]) >= WORDS
    assert worst(TOKENS["text"], preset["brand-soft"]) >= WORDS


def test_no_colour_is_written_outside_the_tokens():
    css = [path for path in ASSETS.rglob("*.css") if "tokens" not in path.name]
    written = [
        (path.name, found)
        for path in css
        for found in re.findall(r"#[0-9A-Fa-f]{3,8}\b", path.read_text())
        if path.name != "insight.css"
    ]

    assert written == []
