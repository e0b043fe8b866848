"""Names of those who come in the course of a year: put together here, nobody's in particular."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Region:
    """Where names of a kind are at home: first names, family names, towns, countries."""

    first: tuple[str, ...]
    last: tuple[str, ...]
    towns: tuple[tuple[str, str], ...]  # town, country
    weight: int


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _towns(country: str, text: str) -> tuple[tuple[str, str], ...]:
    return tuple((town.strip(), country) for town in text.split(","))


REGIONS = (
    Region(
        first=_words(
            "Anja Birgit Carla Doreen Elke Franziska Gesa Hanna Imke Jana Kerstin Lotte Marlene "
            "Nadine Ronja Silke Tanja Ulrike Verena Wiebke Achim Bernd Carsten Detlef Eike Falk "
            "Gerrit Henning Ingo Jens Kilian Lennart Malte Norbert Ole Ralf Steffen Thilo Uwe Wolf"
        ),
        last=_words(
            "Ahlers Bachmann Behrens Böttcher Cordes Diekmann Ebert Engelke Fiedler Franke Gerlach "
            "Götz Haase Hellwig Hinrichs Jahnke Kessler Kirchner Kolbe Krämer Lindner Lüders "
            "Mertens Michels Neubert Ohlsen Pohlmann Quast Rademacher Rieger Sattler Schilling "
            "Seifert Stark Thamm Ullrich Vollmer Wendt Wiegand Zander"
        ),
        towns=(
            *_towns("Germany", "Bremen, Kassel, Ulm, Bielefeld, Chemnitz, Mannheim, Rostock"),
            *_towns("Germany", "Augsburg, Erfurt, Münster, Osnabrück, Heilbronn, Siegen"),
            *_towns("Austria", "Wels, Salzburg, Villach, Steyr"),
            *_towns("Switzerland", "Winterthur, Luzern, Aarau"),
        ),
        weight=30,
    ),
    Region(
        first=_words(
            "Agnes Brita Cecilia Dagny Ebba Frida Gunnel Hedda Ida Johanna Kajsa Linnea Maja Nanna "
            "Oda Ragna Signe Tuva Vilde Ylva Anders Bjarne Claes Didrik Espen Fredrik Gustav "
            "Henrik Ivar Joakim Kasper Lasse Magnus Njål Olof Peder Rasmus Sverre Torbjørn Viggo"
        ),
        last=_words(
            "Aasen Ahlgren Bakke Berglund Bjerke Dalgaard Ekström Fossum Friis Gundersen Hagen "
            "Hallberg Hedlund Isaksen Jepsen Kjær Knudsen Lindgaard Lunde Myhre Nordby Norling "
            "Overgaard Palmgren Qvist Rosdahl Sandvik Skoglund Solheim Stenberg Strand Sundby "
            "Thorsen Toft Ulvang Vestergaard Wallin Wikström Åkerman Østby"
        ),
        towns=(
            *_towns("Sweden", "Västerås, Örebro, Norrköping, Gävle, Borås"),
            *_towns("Norway", "Stavanger, Drammen, Ålesund"),
            *_towns("Denmark", "Odense, Vejle, Esbjerg, Kolding"),
        ),
        weight=20,
    ),
    Region(
        first=_words(
            "Anouk Britt Carlijn Danique Eline Femke Greetje Hilde Inge Jolien Katrien Lieke "
            "Marijke Nele Pien Roos Saskia Tess Veerle Willemijn Arjen Bram Cas Dirk Evert Floris "
            "Gijs Hidde Ivo Joost Koen Lars Maarten Niels Olivier Pieter Ruben Stijn Teun Wouter"
        ),
        last=_words(
            "Aerts Bogaert Brouwer Claessens Coppens Dijkstra Doorn Elzinga Evers Geerts Goossens "
            "Hendrix Hoekstra Huisman Jacobs Kuipers Lambrechts Leenders Maes Meijer Nijland "
            "Oosterhof Postma Quaden Reinders Roelofs Schouten Smeets Timmermans Ubels Veenstra "
            "Verbeke Vermeer Vos Wagenaar Willems Wolters Wuyts Zijlstra Zwart"
        ),
        towns=(
            *_towns("Netherlands", "Eindhoven, Zwolle, Tilburg, Breda, Groningen, Venlo"),
            *_towns("Belgium", "Hasselt, Kortrijk, Leuven, Namur"),
        ),
        weight=14,
    ),
    Region(
        first=_words(
            "Adèle Blanche Camille Delphine Estelle Flore Gaëlle Hélène Inès Juliette Léonie "
            "Margaux Nathalie Océane Pauline Romane Solène Thaïs Valérie Zoé Antoine Basile Cyril "
            "Damien Étienne Fabrice Gaspard Hervé Ivan Jérôme Kévin Laurent Matthieu Noé Olivier "
            "Pascal Quentin Rémi Sylvain Thibault"
        ),
        last=_words(
            "Arnaud Barbier Besson Bonnard Carlier Chauvet Collin Delorme Desprez Dumas Fabre "
            "Faucher Gauthier Gillet Guérin Hamel Jourdan Lacroix Lebrun Lemoine Maillard Mercier "
            "Navarre Noirot Olivier Paquet Perrot Pichon Renaud Rivière Roussel Sabatier Sorel "
            "Tessier Tournier Vasseur Verdier Viala Vidal Yvon"
        ),
        towns=(*_towns("France", "Lille, Nantes, Grenoble, Rennes, Metz, Dijon, Tours, Pau"),),
        weight=10,
    ),
    Region(
        first=_words(
            "Alba Beatriz Chiara Daniela Elisa Fiorella Ginevra Irene Jimena Lucía Marina Noemi "
            "Ornella Patrizia Rocío Silvia Teresa Valentina Ximena Yolanda Álvaro Bruno Carlos "
            "Davide Enzo Fabio Gonzalo Hugo Ignacio Jaime Lorenzo Matteo Nuno Óscar Pedro Raúl "
            "Sandro Tiago Vasco Xavier"
        ),
        last=_words(
            "Alves Barros Bianco Caruso Castro Cordeiro Coelho De-Luca Esposito Ferrer Figueroa "
            "Galli Gimeno Herrera Iglesias Leone Lozano Macedo Marchetti Marini Molina Neves "
            "Nogueira Orlandi Pascual Pinto Quintana Ribeiro Rinaldi Romero Sala Santoro Serrano "
            "Tavares Testa Urbano Valente Vega Vidal Zanetti"
        ),
        towns=(
            *_towns("Spain", "Zaragoza, Murcia, Burgos, Vigo, Girona"),
            *_towns("Italy", "Bergamo, Parma, Vicenza, Padova, Ancona"),
            *_towns("Portugal", "Braga, Aveiro, Setúbal"),
        ),
        weight=13,
    ),
    Region(
        first=_words(
            "Abigail Bronwyn Ciara Deirdre Eleanor Fiona Gemma Harriet Isla Jocelyn Keira Louisa "
            "Maeve Niamh Orla Philippa Rhian Sinead Tamsin Winifred Alistair Brendan Callum Declan "
            "Euan Fergus Gareth Hamish Ian Jasper Kieran Lewis Malcolm Niall Owen Piers Rhys "
            "Stuart Trevor Wesley"
        ),
        last=_words(
            "Abbott Ainsworth Barlow Beckett Byrne Calloway Corrigan Dalton Driscoll Eastwood "
            "Fenwick Garrity Hadley Harkness Hollis Ingram Keane Kirby Lockwood MacLeod Mallory "
            "Nolan Oakes Osborne Pembroke Penrose Quigley Rafferty Redfern Sheridan Sutcliffe "
            "Tennant Thorne Underhill Vaughan Wainwright Whitlock Winslow Wyatt Yates"
        ),
        towns=(
            *_towns("United Kingdom", "Derby, Swansea, Dundee, Hull, Bolton, Norwich"),
            *_towns("Ireland", "Cork, Limerick, Sligo"),
        ),
        weight=9,
    ),
    Region(
        first=_words(
            "Adriana Barbora Dorota Eliška Gabriela Halina Iveta Joanna Kinga Lenka Magdalena "
            "Natália Olga Pavla Renata Simona Tereza Urszula Wanda Zuzana Aleksander Bogdan Daniel "
            "Filip Grzegorz Igor Jaroslav Karel Leszek Marcin Ondřej Patrik Radek Stanislav "
            "Tadeusz Václav Wojciech Zbyněk Jerzy Milan"
        ),
        last=_words(
            "Adamski Baran Bílek Bureš Cieślak Czerny Dudek Fiala Gajda Górski Havel Hájek Jelínek "
            "Kaczmarek Kolář Konečný Krupa Kubát Lis Malý Marek Mazur Nowicki Ostrowski Pavlík "
            "Pokorný Rybár Sikora Sokol Szulc Šimek Tkaczyk Urban Vacek Wilk Witek Zając Zeman "
            "Žák Wrona"
        ),
        towns=(
            *_towns("Poland", "Wrocław, Katowice, Łódź, Bydgoszcz"),
            *_towns("Czechia", "Ostrava, Plzeň, Olomouc"),
        ),
        weight=9,
    ),
)
WEIGHTS = [region.weight for region in REGIONS]


def person_name(region: Region, *, dice: Random) -> str:
    """Mostly of the region; some moved there from another."""
    home = region if dice.random() > 0.12 else dice.choices(REGIONS, WEIGHTS)[0]
    last = dice.choice(home.last).replace("-", " ")
    if dice.random() < 0.04:
        last += f"-{dice.choice(region.last).replace('-', ' ')}"
    return f"{dice.choice(home.first)} {last}"
