"""The county's own workbooks of trainees, degree students, nominees and villages: in, in again, out and in again; and
what is kept with odd texts and dates goes out and comes back unchanged."""

import datetime
import json
import random
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from awards.models import Award, Nomination
from core.models import AuditEntry
from rosters import importer
from rosters.models import Upload
from talent.models import Education, Person
from tests import factories
from tests.rosters import county
from tests.rosters.conftest import DATA
from tests.rosters.test_export_returns import NAMES, TEXTS, VILLAGES, somebody
from training.models import DegreeStudy, Enrollment
from villages.models import VillageFigures

pytestmark = pytest.mark.django_db

MODELS = {"trainees": Enrollment, "degree": DegreeStudy, "nominees": Nomination, "villages": VillageFigures}
NUMBERS = {"trainees": "07", "degree": "08", "nominees": "09", "villages": "10"}
BOOKS = pytest.mark.parametrize("kind", sorted(MODELS))


@pytest.fixture
def staff(db, client):
    county.load()
    user = county.staff()
    client.force_login(user)
    return user


@pytest.fixture
def targets(staff):
    """{kind: key of what its roster is about}."""
    held = factories.award_round(county.COUNTY, scheme=factories.award_scheme(county.COUNTY, "乡村振兴贡献奖"))
    days = {"start": datetime.date(2024, 5, 6), "end": datetime.date(2024, 5, 8)}
    session = factories.session(county.COUNTY, name="2024年光泽县村级后备干部能力提升培训班", number=1, **days)
    return {"trainees": session.pk, "nominees": held.pk}


def book(kind):
    return next(path for path in DATA.glob(f"{NUMBERS[kind]}*") if not path.name.endswith(".json"))


def sent(client, kind, content, target="", name="名册.xlsx"):
    form = {"kind": kind, "file": SimpleUploadedFile(name, content), f"target_{kind}": target}
    response = client.post(reverse("roster_upload"), form)
    return Upload.objects.get(pk=int(re.search(r"/rosters/(\d+)/", response["Location"])[1]))


def sent_book(client, kind, targets):
    return sent(client, kind, book(kind).read_bytes(), targets.get(kind, ""), book(kind).name)


def wanted(kind):
    return json.loads(book(kind).with_suffix(".expected.json").read_text(encoding="utf-8"))


@BOOKS
def test_a_workbook_comes_in_as_expected(staff, client, targets, kind):
    upload = sent_book(client, kind, targets)
    totals = wanted(kind)["totals"]

    assert upload.counts["error"] == totals["error"]
    assert upload.counts["new"] == totals["accept"] + totals["warn"] == upload.writes
    client.post(reverse("roster_confirm", args=[upload.pk]))

    assert MODELS[kind].objects.count() == upload.writes


@BOOKS
def test_a_workbook_again_changes_nothing(staff, client, targets, kind):
    first = sent_book(client, kind, targets)
    importer.confirm(first, by=staff)
    lines = AuditEntry.objects.exclude(verb__in=["upload", "import"]).count()

    again = sent_book(client, kind, targets)

    assert (again.writes, again.counts["unchanged"]) == (0, first.counts["new"])
    assert importer.confirm(again, by=staff).state == "done"
    assert AuditEntry.objects.exclude(verb__in=["upload", "import"]).count() == lines


@BOOKS
def test_a_workbook_goes_out_and_comes_back_unchanged(staff, client, targets, kind):
    importer.confirm(sent_book(client, kind, targets), by=staff)

    content = client.post(
        reverse("roster_export", args=[kind]), {"reason": "核对", "target": targets.get(kind, "")}
    ).content
    again = sent(client, kind, content, targets.get(kind, ""))

    assert again.rows_total >= MODELS[kind].objects.count() > 0  # villages without figures are listed as well
    assert again.counts["unchanged"] == again.rows_total


def test_the_workbook_of_trainees_names_its_class_itself(staff, client, targets):
    assert sent(client, "trainees", book("trainees").read_bytes()).target_id == targets["trainees"]


def test_every_value_of_the_workbook_of_villages_is_kept(staff, client, targets):
    importer.confirm(sent_book(client, "villages", targets), by=staff)

    for row in wanted("villages")["rows"]:
        if row["outcome"] != "error":
            values = row["values"]
            place = {"village__name": values["village"], "village__township__name": values["township"]}
            found = VillageFigures.objects.get(year=timezone.localdate().year, **place)
            assert float(found.collective_income_wan) == values["collective_income_wan"]
            assert (found.groups, found.households, found.population, found.party_members) == tuple(
                values[name] for name in ("groups", "households", "population", "party_members")
            )


def test_the_graduates_of_the_workbook_have_their_new_level(staff, client, targets):
    importer.confirm(sent_book(client, "degree", targets), by=staff)
    graduated = [row for row in wanted("degree")["rows"] if row["outcome"] != "error" and row["values"]["is_graduated"]]

    assert DegreeStudy.objects.filter(outcome="graduated").count() == len(graduated) > 0
    assert Education.objects.filter(mode="on_job").count() == len(graduated)


def test_a_clerk_takes_only_the_own_rows_of_the_countys_workbook(staff, client, targets):
    client.force_login(county.clerk())

    for kind in MODELS:
        upload = sent_book(client, kind, targets)
        own = [
            row for row in wanted(kind)["rows"] if row["values"]["township"] == "寨里镇" and row["outcome"] != "error"
        ]
        assert upload.counts["new"] == len(own) > 0, kind


# --- odd texts and dates


def attend(drawn, about, target):
    factories.enrollment(
        **{name: about[name] for name in ("person", "village", "remarks")}, session_id=target,
        job_title=drawn.choice(TEXTS)[:100], lodging=drawn.random() < 0.5, halal=drawn.random() < 0.5,
        result=drawn.choice([one for one in Enrollment.Result.values if one != Enrollment.Result.DRAFT]),
    )  # fmt: skip


def study(drawn, about, target):
    ended = drawn.random() < 0.5
    texts = {name: drawn.choice(TEXTS)[:30] for name in ("school", "major", "study_mode", "job_title")}
    factories.degree_study(
        **about, **texts, target=drawn.choice(DegreeStudy.Target.values), outcome="graduated" if ended else "studying",
        end=about["start"] + datetime.timedelta(drawn.choice((900, 1000))) if ended else None,
    )  # fmt: skip


def recommend(drawn, about, target):
    texts = {name: drawn.choice(TEXTS)[:30] for name in ("unit", "achievements", "leader_name", "remarks")}
    texts["category"] = drawn.choice(("", *Award.Category.values))
    if drawn.random() < 0.5:
        factories.nomination(round_id=target, person=about["person"], **texts)
        return
    count = drawn.choice((None, 0, 12))
    factories.nomination(round_id=target, collective=f"集体{Nomination.objects.count()}", member_count=count, **texts)


DRAWN = {"trainees": attend, "degree": study, "nominees": recommend}


@pytest.mark.parametrize("kind", sorted(DRAWN))
@pytest.mark.parametrize("seed", range(3))
def test_odd_texts_and_dates_come_back_unchanged(client, kind, seed):
    factories.division(factories.OWN, "城关镇")
    for code in VILLAGES:
        factories.village(code, f"第{code[-1]}村")
    clerk = factories.user("township_clerk", factories.OWN)
    target = {"trainees": factories.session, "nominees": factories.award_round}.get(kind, factories.division)().pk
    drawn = random.Random(seed)
    for _ in range(25):
        DRAWN[kind](drawn, somebody(drawn, drawn.choice(VILLAGES)), target)
    client.force_login(clerk)

    content = client.post(reverse("roster_export", args=[kind]), {"reason": "核对", "target": target}).content
    again = sent(client, kind, content, target if kind in {"trainees", "nominees"} else "")

    told = [(row.change, row.diff, row.problems) for row in again.rows.all() if row.change != "unchanged"]
    assert told == []
    assert again.rows_total == 25
    assert Person.objects.filter(name__in=NAMES).exists()


def test_odd_figures_of_villages_come_back_unchanged(client):
    drawn = random.Random(1)
    for number in range(201, 226):
        factories.village_figures(
            village=factories.village(f"{factories.OWN}{number}", f"第{number}村"), year=timezone.localdate().year,
            groups=drawn.choice((None, 0, 12)), population=drawn.choice((None, 1200, 2_000_000_000)),
            arable_land_mu=drawn.choice((None, 0, "0.05", "9999999999.99")), secretary_name=drawn.choice(NAMES),
            collective_income_wan=drawn.choice((None, "0.0001", "12345.6789", 100)), remarks=drawn.choice(TEXTS),
        )  # fmt: skip
    client.force_login(factories.user("township_clerk", factories.OWN))

    again = sent(
        client, "villages", client.post(reverse("roster_export", args=["villages"]), {"reason": "核对"}).content
    )

    told = [(row.diff, row.problems) for row in again.rows.all() if row.change != "unchanged"]
    assert told == []
    assert again.rows_total == 25
