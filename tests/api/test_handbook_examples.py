"""The examples of the handbook's page for other systems are run as they stand there."""

import itertools
import json
import re
import shlex
from pathlib import Path

import pytest

from rosters.api import shown
from rosters.limits import MAX_BYTES, MAX_ROWS, MEGABYTE
from rosters.models import Upload
from tests import factories
from tests.api.conftest import client_of

pytestmark = pytest.mark.django_db
PAGE = (Path(__file__).parents[2] / "docs" / "handbook" / "api.md").read_text(encoding="utf-8")
SHELL = re.compile(r"```bash\n(.*?)```", re.DOTALL)
ANSWERS = re.compile(r"```json\n(.*?)```", re.DOTALL)


def commands():
    """[(method, address, body or None)] of every curl of the page, in its order."""
    found = []
    for block in SHELL.findall(PAGE):
        words = shlex.split(block)
        starts = [place for place, word in enumerate(words) if word == "curl"] + [len(words)]
        found += [_command(words[start + 1 : end]) for start, end in itertools.pairwise(starts)]
    return found


def _command(words):
    options = {word: words[place + 1] for place, word in enumerate(words) if word in {"-X", "-d"}}
    headers = [words[place + 1] for place, word in enumerate(words) if word == "-H"]
    assert "Authorization: Token $TOKEN" in headers
    assert ("-d" in options) == ("Content-Type: application/json" in headers)
    (address,) = [word for word in words if word.startswith("$HOST")]
    return options.get("-X", "GET"), address.removeprefix("$HOST"), options.get("-d")


def test_every_example_works(db):
    for code, name in (("990121100201", "东山村"), ("990121100202", "西山村")):
        factories.village(code, name)
    client, known = client_of(factories.OWN, can_write=True), {"$ID": "", "$NEXT": ""}
    asked = commands()
    assert len(asked) >= 9

    for method, address, body in asked:
        for name, value in known.items():
            address = address.replace(name, value)
        answer = client.post(address, json.loads(body)) if method == "POST" else client.http.get(address)
        assert answer.status_code in {200, 201}, (address, answer.content.decode())
        told = answer.json()
        if "/rosters/" in address and method == "POST":
            known["$ID"] = str(told["id"])
            assert (told["state"], told["counts"]["new"], told["counts"]["error"]) == ("committed", 2, 0), told["rows"]
        elif "/changes/" in address:
            known["$NEXT"] = str(told["next"])

    assert list(Upload.objects.order_by("pk").values_list("status", flat=True)) == ["undone", "committed"]


def test_the_answer_shown_is_shaped_like_a_real_one():
    (example,) = map(json.loads, ANSWERS.findall(PAGE))

    assert set(example) <= set(shown.AnsweredSerializer().fields)
    assert set(example["counts"]) == set(shown.CountsSerializer().fields)
    assert set(example["rows"][0]) == set(shown.OutcomeSerializer().fields)
    assert set(example["rows"][1]["problems"][0]) == set(shown.ProblemSerializer().fields)


def test_limits_and_states_are_those_of_the_code():
    assert f"一次最多 {MAX_ROWS:,} 条、{MAX_BYTES // MEGABYTE} MB" in PAGE
    assert set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)) & set(Upload.Status.values) == {
        "committed", "submitted", "read", "dropped", "queued", "refused",
    }  # fmt: skip
