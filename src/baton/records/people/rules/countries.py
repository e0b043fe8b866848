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
    "GB": ("United Kingdom", "UK", "Great Britain", "GBR"),
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
# Those that are seldom met, by their English names alone.
SELDOM = """
    AD Andorra, AF Afghanistan, AG Antigua and Barbuda, AL Albania, AM Armenia, AO Angola,
    AZ Azerbaijan, BA Bosnia and Herzegovina, BB Barbados, BD Bangladesh, BF Burkina Faso,
    BH Bahrain, BI Burundi, BJ Benin, BM Bermuda, BN Brunei, BO Bolivia, BS Bahamas, BT Bhutan,
    BW Botswana, BY Belarus, BZ Belize, CD DR Congo, CF Central African Republic, CG Congo,
    CI Côte d'Ivoire, CM Cameroon, CR Costa Rica, CU Cuba, CV Cape Verde, DJ Djibouti, DM Dominica,
    DO Dominican Republic, DZ Algeria, EC Ecuador, ER Eritrea, ET Ethiopia, FJ Fiji,
    FO Faroe Islands, GA Gabon, GD Grenada, GE Georgia, GG Guernsey, GH Ghana, GI Gibraltar,
    GL Greenland, GM Gambia, GN Guinea, GQ Equatorial Guinea, GT Guatemala, GW Guinea-Bissau,
    GY Guyana, HN Honduras, HT Haiti, IM Isle of Man, IQ Iraq, IR Iran, JE Jersey, JM Jamaica,
    JO Jordan, KG Kyrgyzstan, KH Cambodia, KW Kuwait, KZ Kazakhstan, LA Laos, LB Lebanon,
    LI Liechtenstein, LK Sri Lanka, LR Liberia, LS Lesotho, LY Libya, MC Monaco, MD Moldova,
    ME Montenegro, MG Madagascar, MK North Macedonia, ML Mali, MM Myanmar, MN Mongolia, MO Macao,
    MR Mauritania, MU Mauritius, MV Maldives, MW Malawi, MZ Mozambique, NA Namibia, NE Niger,
    NI Nicaragua, NP Nepal, OM Oman, PA Panama, PG Papua New Guinea, PR Puerto Rico, PS Palestine,
    PY Paraguay, QA Qatar, RW Rwanda, SC Seychelles, SD Sudan, SL Sierra Leone, SM San Marino,
    SN Senegal, SO Somalia, SR Suriname, SS South Sudan, SV El Salvador, SY Syria, SZ Eswatini,
    TD Chad, TG Togo, TJ Tajikistan, TM Turkmenistan, TN Tunisia, TT Trinidad and Tobago,
    TZ Tanzania, UG Uganda, UY Uruguay, UZ Uzbekistan, VA Vatican City, VE Venezuela, XK Kosovo,
    YE Yemen, ZM Zambia, ZW Zimbabwe
"""
NAMES |= {one[:2]: (one[3:],) for one in " ".join(SELDOM.split()).split(", ")}
CODES = {name.casefold(): code for code, names in NAMES.items() for name in names}
PARTS = {"england": "GB", "scotland": "GB", "wales": "GB"}  # they stay what they are


def region_of(country: str) -> str:
    """Two letters for "DE", "de" or "Germany"; "" where unknown."""
    word = " ".join(country.split()).casefold()
    code = CODES.get(word) or PARTS.get(word)
    if code:
        return code
    return word.upper() if word.upper() in phonenumbers.SUPPORTED_REGIONS else ""


def read_country(text: str) -> str:
    """The one name of the country that these words mean; the words where they mean none."""
    code = "" if text.casefold() in PARTS else region_of(text)
    return NAMES[code][0] if code in NAMES else text


def spellings_of(country: str) -> Sequence[str]:
    """The word itself and all others that mean the same country."""
    code = region_of(country)
    return (country, code, *NAMES.get(code, ())) if code else (country,)
