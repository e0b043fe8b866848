"""Texts of old programs and cells that are hard to part: read exactly."""

import pytest

from baton.operations.exchange.rules.reading import open_sheet

GERMAN = "Name,Firma\nKäthe Weiß,Möbel Schäfer\nGünther Höß,Straßenbau Süd\nJörg Öhm,Bäckerei\n"
FRENCH = "Nom,Société\nHélène Lefèvre,Société d'été\nFrançois Noël,Café à l'œuvre\n"
SPANISH = "Nombre,Empresa\nÍñigo Muñoz,Cañas y Piñas\nJosé Peña,Año Nuevo\nÁngel Núñez,El Niño\n"
POLISH = "Imię,Firma\nŁukasz Źdźbło,Spółka Żółta\nMałgorzata Wiśniewska,Usługi Księgowe\n"
CZECH = "Jméno,Firma\nJiří Dvořák,Železářství Šťastný\nRůžena Křížová,Účetnictví\n"
RUSSIAN = "Имя,Компания\nИван Петров,ООО Ромашка\nОльга Смирнова,Завод Север\n"
JAPANESE = "氏名,会社\n山田太郎,株式会社ヤマダ\n佐藤花子,サトウ商店\n"
CHINESE = "姓名,公司\n王小明,北京科技有限公司\n李丽,上海贸易公司\n"
ONE_UMLAUT = "Name,Ort\nAnn,Oslo\nHölzl,Wien\n" + "Ben,Rome\n" * 99


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((GERMAN, name) for name in ("utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1")),
        *((GERMAN, name) for name in ("mac_roman", "utf-16-le", "utf-16-be")),
        *((FRENCH, name) for name in ("cp1252", "mac_roman")),
        *((SPANISH, name) for name in ("cp1252", "latin-1", "mac_roman")),
        *((POLISH, name) for name in ("cp1250", "utf-8")),
        *((CZECH, name) for name in ("cp1250", "utf-16-le")),
        *((RUSSIAN, name) for name in ("cp1251", "utf-16-le")),
        *((JAPANESE, name) for name in ("shift_jis", "utf-16-be")),
        *((CHINESE, name) for name in ("gbk", "utf-16-le")),
        *((ONE_UMLAUT, name) for name in ("cp1252", "utf-8")),
        ("Name,Ort\nPeña,Cádiz\n", "cp1252"),
        ("Name,Ort\nBjørn Åsen,Tromsø\n", "latin-1"),
        ("Name,Preis\n“Ann” – it’s,5 €\n", "cp1252"),
        ("Name,Ort\nŁucja,Łódź\n", "cp1250"),
    ],
)
def test_text_is_read_as_it_was_written(tmp_path, text, encoding):
    path = tmp_path / "old.csv"
    path.write_bytes(text.encode(encoding))

    sheet = open_sheet(path)

    rows = [list(sheet.header), *(cells for _number, cells in sheet.rows())]
    assert rows == [line.split(",") for line in text.splitlines()]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('a,b\n1,"two, and more"\n', [["1", "two, and more"]]),
        ('a,b\n1,"ha ""ha"" ha"\n', [["1", 'ha "ha" ha']]),
        ('a,b\n1,"two\nlines"\n2,x\n', [["1", "two\nlines"], ["2", "x"]]),
        ('a,b\r\n1,"two\r\nlines"\r\n2,x\r\n', [["1", "two\r\nlines"], ["2", "x"]]),
        ('a,b\n1,"first ""line""\nsecond"\n', [["1", 'first "line"\nsecond']]),
        ('a,b\n1,""\n"",2\n', [["1", ""], ["", "2"]]),
        ("a,b\r\n1,\r\n,2\r\n", [["1", ""], ["", "2"]]),
        ('a,b\n1,"{""at"": [1, 2], ""is"": ""x""}"\n', [["1", '{"at": [1, 2], "is": "x"}']]),
        ("a,b\n1,ʤ\n", [["1", "ʤ"]]),
        ("a;b\n1,5;2\n", [["1,5", "2"]]),
        ("a,b\n1,2", [["1", "2"]]),
    ],
)  # fmt: skip
def test_cells_are_parted_exactly(tmp_path, text, rows):
    path = tmp_path / "odd.csv"
    path.write_bytes(text.encode())

    assert [cells for _number, cells in open_sheet(path).rows()] == rows
