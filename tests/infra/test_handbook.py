"""The handbook agrees with the code, and whatever it points at exists."""

import re
from fnmatch import fnmatchcase
from pathlib import Path
from urllib.parse import unquote

import pytest

from config import handbook
from config.handbook import answers
from tests.infra.codes import APPS, in_code, refusals

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "deploy").glob("*.md")])
PUT_IN = re.compile(r"\{[^}]*\}|…")


@pytest.mark.django_db
def test_generated_pages_are_up_to_date():
    old = [
        name
        for name, text in handbook.pages().items()
        if not (handbook.FOLDER / name).exists() or (handbook.FOLDER / name).read_text(encoding="utf-8") != text
    ]

    assert old == [], "run: .venv/bin/python manage.py write_handbook"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_and_pictures_exist(page):
    links = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if not link.startswith(("http", "#"))]
    missing = [link for link in links if not (page.parent / unquote(link.partition("#")[0])).exists()]

    assert missing == []


def test_every_picture_is_shown():
    shown = {
        (page.parent / link).resolve() for page in PAGES for link in LINK.findall(page.read_text(encoding="utf-8"))
    }

    assert [path.name for path in (ROOT / "docs" / "images").rglob("*.png") if path not in shown] == []


def test_every_code_has_an_answer():
    known = answers.codes() | answers.NOT_FOR_CLERKS.keys()
    without = {
        code: sorted(places)
        for code, places in in_code(ROOT).items()
        if not any(fnmatchcase(code, pattern) for pattern in known)
    }

    assert without == {}


def test_no_answer_is_about_a_code_that_is_gone():
    found = in_code(ROOT)
    gone = {
        pattern
        for pattern in answers.codes() | answers.NOT_FOR_CLERKS.keys()
        if not any(fnmatchcase(code, pattern) for code in found)
    }

    assert gone == set()


def test_answers_quote_what_the_code_says():
    sources = [*(path for app in APPS for path in (ROOT / app).rglob("*.py")), *(ROOT / "templates").rglob("*.html")]
    said = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    quotes = [piece.strip() for _, _, group in answers.GROUPS for one in group for piece in PUT_IN.split(one.says)]

    assert [quote for quote in quotes if quote not in said] == []


def test_every_refusal_of_an_action_has_an_answer():
    """What is not done when a button is pressed, and files that are not read: told in so many words somewhere."""
    told = [
        [piece.strip() for piece in PUT_IN.split(one.says) if piece.strip()]
        for _, _, group in answers.GROUPS
        for one in group
    ]
    without = {
        place: said
        for place, said in refusals(ROOT / "rosters")
        if "management" not in place and not any(all(piece in said for piece in pieces) for pieces in told)
    }

    assert without == {}
