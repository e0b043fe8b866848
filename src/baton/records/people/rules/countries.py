"""Countries as people and exports write them, and which of these words mean the same."""

from collections.abc import Sequence

import phonenumbers

# Names beside the two letters of ISO 3166. (phonenumbers knows all names, but keeps them behind
# 100 MB of geography.)
NAMES: dict[str, tuple[str, ...]] = {
    "AE": ("United Arab Emirates", "UAE", "ARE"),
    "AR": ("Argentina", "ARG"),
    "AT": ("Austria", "Österreich", "AUT"),
    "AU": ("Australia", "AUS"),
    "BE": ("Belgium", "België", "Belgique", "Belgien", "BEL"),
    "BG": ("Bulgaria", "BGR"),
    "BR": ("Brazil", "Brasil", "BRA"),
    "CA": ("Canada", "CAN"),
    "CH": ("Switzerland", "Schweiz", "Suisse", "Svizzera", "CHE"),
    "CL": ("Chile", "CHL"),
    "CN": ("China", "CHN"),
    "CO": ("Colombia", "COL"),
    "CY": ("Cyprus", "CYP"),
    "CZ": ("Czechia", "Czech Republic", "Česko", "Tschechien", "CZE"),
    "DE": ("Germany", "Deutschland", "Allemagne", "Alemania", "Germania", "DEU"),
    "DK": ("Denmark", "Danmark", "Dänemark", "DNK"),
    "EE": ("Estonia", "EST"),
    "EG": ("Egypt", "EGY"),
    "ES": ("Spain", "España", "Spanien", "Espagne", "ESP"),
    "FI": ("Finland", "Suomi", "Finnland", "FIN"),
    "FR": ("France", "Frankreich", "Francia", "FRA"),
    "GB": ("United Kingdom", "UK", "Great Britain", "England", "GBR"),
    "GR": ("Greece", "GRC"),
    "HK": ("Hong Kong", "HKG"),
    "HR": ("Croatia", "Hrvatska", "HRV"),
    "HU": ("Hungary", "Magyarország", "HUN"),
    "ID": ("Indonesia", "IDN"),
    "IE": ("Ireland", "Irland", "IRL"),
    "IL": ("Israel", "ISR"),
    "IN": ("India", "IND"),
    "IS": ("Iceland", "ISL"),
    "IT": ("Italy", "Italia", "Italien", "Italie", "ITA"),
    "JP": ("Japan", "JPN"),
    "KE": ("Kenya", "KEN"),
    "KR": ("Korea", "South Korea", "Korea, Republic of", "KOR"),
    "LT": ("Lithuania", "LTU"),
    "LU": ("Luxembourg", "Luxemburg", "LUX"),
    "LV": ("Latvia", "LVA"),
    "MA": ("Morocco", "MAR"),
    "MT": ("Malta", "MLT"),
    "MX": ("Mexico", "México", "MEX"),
    "MY": ("Malaysia", "MYS"),
    "NG": ("Nigeria", "NGA"),
    "NL": ("Netherlands", "The Netherlands", "Nederland", "Niederlande", "Holland", "NLD"),
    "NO": ("Norway", "Norge", "Norwegen", "NOR"),
    "NZ": ("New Zealand", "NZL"),
    "PE": ("Peru", "Perú", "PER"),
    "PH": ("Philippines", "PHL"),
    "PK": ("Pakistan", "PAK"),
    "PL": ("Poland", "Polska", "Polen", "POL"),
    "PT": ("Portugal", "PRT"),
    "RO": ("Romania", "România", "ROU"),
    "RS": ("Serbia", "SRB"),
    "RU": ("Russia", "Russian Federation", "RUS"),
    "SA": ("Saudi Arabia", "SAU"),
    "SE": ("Sweden", "Sverige", "Schweden", "SWE"),
    "SG": ("Singapore", "SGP"),
    "SI": ("Slovenia", "SVN"),
    "SK": ("Slovakia", "SVK"),
    "TH": ("Thailand", "THA"),
    "TR": ("Türkiye", "Turkey", "Türkei", "TUR"),
    "TW": ("Taiwan", "TWN"),
    "UA": ("Ukraine", "UKR"),
    "US": ("United States", "United States of America", "USA"),
    "VN": ("Vietnam", "Viet Nam", "VNM"),
    "ZA": ("South Africa", "ZAF"),
}
CODES = {name.casefold(): code for code, names in NAMES.items() for name in names}


def region_of(country: str) -> str:
    """Two letters for "DE", "de" or "Germany"; "" where unknown."""
    word = " ".join(country.split()).casefold()
    if word in CODES:
        return CODES[word]
    return word.upper() if word.upper() in phonenumbers.SUPPORTED_REGIONS else ""


def spellings_of(country: str) -> Sequence[str]:
    """The word itself and all others that mean the same country."""
    code = region_of(country)
    return (country, code, *NAMES.get(code, ())) if code else (country,)
