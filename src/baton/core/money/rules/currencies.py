from baton.core.errors import RuleViolation, gettext_noop

# ISO 4217, and five that are gone but still stand in old files: ANG, BGN, CUC, HRK, LTL.
_CODES = """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP
    BYN BZD CAD CDF CHF CLP CNY COP CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP
    GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES
    KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LTL LYD MAD MDL MGA MKD MMK MNT MOP MRU
    MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD
    RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY
    TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
"""
_WITHOUT_MINOR_UNIT = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_WITH_THOUSANDTHS = "BHD IQD JOD KWD LYD OMR TND"
CURRENCIES = frozenset(_CODES.split())
MINOR_UNITS = dict.fromkeys(_WITHOUT_MINOR_UNIT.split(), 0) | dict.fromkeys(
    _WITH_THOUSANDTHS.split(), 3
)

# Each sign with the currencies it may mean; the first is the one it is shown for.
SIGNS: dict[str, tuple[str, ...]] = {
    "€": ("EUR",),
    "$": ("USD", "AUD", "CAD", "CLP", "COP", "HKD", "MXN", "NZD", "SGD", "TWD"),
    "£": ("GBP", "EGP", "FKP", "GIP", "SHP"),
    "¥": ("JPY", "CNY"),
    "₹": ("INR",),
    "₩": ("KRW",),
    "₪": ("ILS",),
    "₺": ("TRY",),
    "₴": ("UAH",),
    "₫": ("VND",),
    "₦": ("NGN",),
}
SIGN_OF = {meanings[0]: sign for sign, meanings in SIGNS.items()}


class UnknownCurrency(RuleViolation, ValueError):
    """Not a code of ISO 4217."""


def check_currency(code: str) -> str:
    """The code in capitals; raises UnknownCurrency."""
    known = code.strip().upper()
    if known not in CURRENCIES:
        raise UnknownCurrency(
            gettext_noop("“%(code)s” is not a currency code, like EUR or USD."), code=code[:20]
        )
    return known


def minor_units(currency: str) -> int:
    """How many decimals the currency knows (ISO 4217): 2 for most, 0 for JPY, 3 for KWD."""
    return MINOR_UNITS.get(currency, 2)
