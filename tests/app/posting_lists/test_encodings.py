"""Encodings: told from the bytes or said by the user; and letters that came out of the wrong one."""

from itertools import product

import pytest

from app.posting_lists.encodings import ENCODINGS, codec_named, damaged_letters, decoded, readings_of
from app.posting_lists.problem import PostingListProblem
from app.posting_lists.reader import read_posting_list
from app.posting_lists.table import ReadingChoice

GERMAN = "Belegnummer;Referenz;Währung;Fehlermeldung\r\n;858eb772-c179;EUR;Kostenträger für Büro fehlt\r\n"
SENTENCES = {
    "German": GERMAN,
    "Danish": "Bilag;Tekst\nF1;Beløb på kontoen kan ikke bogføres\n",
    "Swedish": "Vernr;Text\nA1;Räkenskapsåret är stängt för Åsa\n",
    "French": "Pièce;Libellé\nN1;Écriture validée, numéro déjà clôturé\n",
    "Polish": "Numer;Opis\n1;Błąd księgowania: należność ściągnięta\n",
}
TOLD = [
    *product(("German", "Danish", "Swedish"), ("utf-8", "cp1252", "cp850", "mac_roman", "utf-16-le", "utf-32-be")),
    *product(("French",), ("utf-8", "cp1252", "cp850", "mac_roman")),
    *product(("Polish",), ("utf-8", "cp1250")),
]


@pytest.mark.parametrize(("language", "codec"), TOLD)
def test_the_usual_ones_are_told_from_the_bytes(language, codec):
    found = decoded(SENTENCES[language].encode(codec))
    assert (found.text, found.codec) == (SENTENCES[language], codec)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["without a mark", "with its mark"])
def test_wide_ones_are_told_with_and_without_their_mark(codec, mark):
    found = decoded((mark + GERMAN).encode(codec))
    assert (found.text, found.codec) == (GERMAN, codec)


@pytest.mark.parametrize("codec", ENCODINGS)
def test_the_one_that_the_user_says_is_taken(tmp_path, codec):
    path = tmp_path / "list.csv"
    path.write_bytes(GERMAN.encode(codec))
    found = read_posting_list(path, ReadingChoice(encoding=codec))
    assert found.row(0)[2] == "Währung"
    assert found.source.encoding == codec


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("Windows-1250", "cp1250"),
        ("windows 1252", "cp1252"),
        ("UTF8", "utf-8"),
        ("macroman", "mac_roman"),
        ("DOS 437", "cp437"),
        ("cp850", "cp850"),
        ("ISO-8859-15", "iso8859_15"),
        ("latin1", "cp1252"),
        ("UTF-32", "utf-32-le"),
    ],
)
def test_a_person_names_one_as_programs_do(name, codec):
    assert codec_named(name) == codec


def test_a_name_that_is_none_is_told_with_those_that_are():
    with pytest.raises(PostingListProblem, match="no encoding klingon") as raised:
        codec_named("klingon")
    assert "Windows-1250" in raised.value.advice


class TestReadings:
    def test_lines_beyond_ascii_are_shown_in_every_encoding(self):
        readings = readings_of(GERMAN.encode("mac_roman"))
        assert readings["mac_roman"] == tuple(GERMAN.splitlines())
        assert "KostentrŠger" in readings["cp1252"][1]
        assert len(set(readings.values())) > 4

    def test_where_all_read_the_same_there_are_none(self):
        assert readings_of(b"Reference;Voucher\na;1\n") == {}

    def test_what_was_told_as_text_of_two_bytes_can_be_read_as_the_other(self):
        readings = readings_of(GERMAN.encode("utf-16-le"))
        assert readings["utf-16-le"][0] == GERMAN.splitlines()[0]
        assert set(readings) == set(ENCODINGS)


@pytest.mark.parametrize(
    "text",
    [
        "KostentrŠger fehlt",
        "B³¹d",
        "KostentrÃ¤ger",
        "Kostentr\N{REPLACEMENT CHARACTER}ger",
        "Kostentr?ger fehlt",
        "f³r",
        "BŸro",
        "tr„ger",
        "M╝ller",
        "pŒ plads",
        "K├╝che",
        "sÃ¸knad",
        "f\x81r",
        "â€œx",
        "half \ud83d a sign",
        "Kostentrâ€žger",
        "12 â‚¬",
    ],
)
def test_damaged_letters_are_found(text):
    assert damaged_letters(text) in text
    assert damaged_letters(text)


@pytest.mark.parametrize(
    "text",
    [
        *SENTENCES.values(),
        "L'exercice n°2026 est clôturé",
        "No se encontró la cuenta 4980 (año) ¿qué?",
        "Tilikausi on suljettu, määrä €100",
        "Il periodo è chiuso, perché",
        "m² 25°C 10 µm ½ ±5 £20 §3",
        "see https://pleo.io/page?id=1",
        "it´s l‘hotel “quoted” „Beleg“",
        "Škoda Œuvre cœur Żółć ŁÓDŹ",
        "Why? Because. AT&T™ Lego® ✓",
        "",
    ],
)
def test_whole_letters_are_left_in_peace(text):
    assert damaged_letters(text) == ""


def test_letters_that_are_damaged_in_the_file_are_told(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes("Referenz;Meldung\na;KostentrÃ¤ger fehlt\n".encode())
    assert "Letters look damaged, such as in KostentrÃ¤ger" in " ".join(read_posting_list(path).source.remarks)
