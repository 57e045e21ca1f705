"""Whatever is kept and whatever a roster says: what the preview accepts, the database takes, and it is done once."""

import datetime
import random

import pytest

from rosters import importer
from rosters.models import Upload
from talent.models import ReserveCandidate, RuralTalent, Stationing
from tests import factories
from tests.rosters.test_role_rosters import HEADERS, HERE, ROLES
from tests.rosters.workbooks import xlsx

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 22)
BUILDERS = {"reserve": factories.reserve, "stationed": factories.stationing, "talent": factories.rural_talent}
MODELS = {"reserve": ReserveCandidate, "stationed": Stationing, "talent": RuralTalent}
VILLAGES = {HERE: "甲村", "990121100202": "乙村"}
FIRSTS = {
    "reserve": ("书记", "村干部", ""),
    "stationed": ("第一书记", "队长", "队员", "第一书记、队长"),
    "talent": ("生产型", "治理型", ""),
}
PEOPLE = 60


@pytest.fixture
def clerk():
    for code, name in VILLAGES.items():
        factories.village(code, name)
    return factories.user("township_clerk", factories.OWN)


def periods(drawn):
    """Up to three periods that do not meet, the last perhaps still running or ending in the future."""
    days = sorted(drawn.sample(range(0, 4000, 17), 6))
    dates = [datetime.date(2016, 3, 1) + datetime.timedelta(found) for found in days]
    found = list(zip(dates[::2], dates[1::2], strict=True))[: drawn.randint(0, 3)]
    if found and drawn.random() < 0.6:
        found[-1] = (found[-1][0], drawn.choice((None, datetime.date(2027, 6, 30))))
    return found


def row(drawn, kind, someone):
    start = drawn.choice(("", "2016.03", "2019.07", "2022.11.05", "2024.02", "2026.11", "2027.03", "2027.09"))
    rest = [drawn.choice((text, "", "清空")) for text in (*ROLES[kind][1:3], ROLES[kind][4])]
    village = VILLAGES[drawn.choice((someone.village_id, HERE))]
    return (village, someone.name, someone.id_number, drawn.choice(FIRSTS[kind]), *rest[:2], start, rest[2])


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("kind", sorted(BUILDERS))
def test_what_the_preview_accepts_is_written_and_then_unchanged(clerk, kind, seed):
    drawn = random.Random(seed)
    people = [factories.person(village=drawn.choice(tuple(VILLAGES))) for _ in range(PEOPLE)]
    for someone in people:
        for start, end in periods(drawn):
            BUILDERS[kind](person=someone, start=start, end=end)
    rows = [list(HEADERS[kind]), *[list(row(drawn, kind, someone)) for someone in people]]

    first = _upload(clerk, kind, rows)
    assert importer.confirm(first, by=clerk).state == "done"
    again = _upload(clerk, kind, rows)

    assert 0 < first.counts["error"] < PEOPLE
    assert first.writes > PEOPLE // 3
    assert [(found.diff, found.problems) for found in again.rows.filter(change__in=["new", "changed"])] == []
    assert again.counts["error"] <= first.counts["error"]


def _upload(clerk, kind, rows):
    found = importer.upload(by=clerk, kind=kind, filename="名册.xlsx", content=xlsx(rows), as_of=TODAY)
    return Upload.objects.get(pk=found.pk)
