"""Whatever a text does to its parser is told as a wrong text, and never as a mistake of the program's."""

import pytest

from app.texts.parsing import read_json, read_toml


def test_json_becomes_plain_values():
    assert read_json(b'{"a": [1, 2.5, null]}') == {"a": [1, 2.5, None]}
    assert read_json('"2.50"') == "2.50"
    assert read_json("2.50", parse_float=str) == "2.50"


def test_toml_becomes_plain_values():
    assert read_toml("a = [1, 2]") == {"a": [1, 2]}


@pytest.mark.parametrize("text", ["", "{", "[1,]", "[" * 200_000, '{"a":' * 200_000, "9" * 10_000, b"\xff\xfe"])
def test_json_that_cannot_be_read_is_a_value_error(text):
    with pytest.raises(ValueError, match=r"."):
        read_json(text)


@pytest.mark.parametrize(
    "text", ["a", "a = ", "a = " + "[" * 200_000, "a = " + "{b = " * 100_000, "a = " + "9" * 10_000, "a = 0000-99-99"]
)
def test_toml_that_cannot_be_read_is_a_value_error(text):
    with pytest.raises(ValueError, match=r"."):
        read_toml(text)
