from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from app.settings.views import View, Views, ViewsFile

names = st.text(min_size=1, max_size=20)
views = st.builds(
    View,
    names,
    st.text(max_size=20),
    st.lists(st.sampled_from(["failed", "open"]), unique=True).map(tuple),
    st.dictionaries(names, st.lists(names), max_size=3),
)


@given(st.lists(views, max_size=4, unique_by=lambda view: view.name), views)
def test_views_are_read_back_as_they_were_written(named, last):
    kept = Views(tuple(named), last)
    with TemporaryDirectory() as folder:
        ViewsFile(Path(folder)).write(kept)
        assert ViewsFile(Path(folder)).read() == (kept, None)


def test_a_view_takes_the_place_of_an_older_one_of_its_name():
    kept = Views().with_view(View("b", "old")).with_view(View("A")).with_view(View("b", "new"))
    assert [(view.name, view.query) for view in kept.named] == [("A", ""), ("b", "new")]
    assert kept.without("b").view("b") is None


def test_the_table_as_it_was_left_comes_back(tmp_path: Path):
    file = ViewsFile(tmp_path)
    assert file.read() == (Views(), None)
    left = Views().with_last(View("", columns={"shown": ["status", "amount"]}))
    file.write(left)
    assert ViewsFile(tmp_path).read() == (left, None)


def test_a_damaged_file_is_kept_aside_and_said(tmp_path: Path):
    file = ViewsFile(tmp_path)
    (tmp_path / "views.json").write_text('{"views": [{"name": 7}]}')
    found, problem = file.read()
    assert found == Views()
    assert problem is not None
    assert "views.damaged.json" in problem.title
    assert (tmp_path / "views.damaged.json").read_text() == '{"views": [{"name": 7}]}'
    assert file.read() == (Views(), None)


def test_names_of_views_are_the_same_in_any_case():
    kept = Views().with_view(View("Failed ones", "status:failed"))
    assert kept.view("FAILED ones") == View("Failed ones", "status:failed")
    assert kept.with_view(View("failed ONES")).named == (View("failed ONES"),)
    assert kept.without("failed ones").named == ()


@given(st.binary(max_size=40) | st.sampled_from((b"[]", b'{"named": 1}', b'{"named": [{"name": 3}]}', b"{", b"null")))
def test_whatever_lies_in_the_file_the_table_can_be_shown(content):
    with TemporaryDirectory() as folder:
        file = ViewsFile(Path(folder))
        (Path(folder) / "views.json").write_bytes(content)
        found, problem = file.read()
        assert found == Views()
        assert problem is None or problem.advice


def test_a_folder_where_the_file_should_be_is_a_problem_that_is_said_and_nothing_is_moved(tmp_path: Path):
    file = ViewsFile(tmp_path)
    (tmp_path / "views.json").mkdir()
    found, problem = file.read()
    assert found == Views()
    assert problem is not None
    assert (tmp_path / "views.json").is_dir()
