"""The day that a roster speaks of: told by our own file, proposed by the round, changed on the preview."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from rosters import marks
from rosters.models import Upload
from tests import factories
from tests.rosters import county
from tests.rosters.test_collection import ask, clerk_client, send, staff, text, today
from tests.rosters.test_giving_out import filled, request_of, template

__all__ = ["staff"]  # a fixture
pytestmark = pytest.mark.django_db
VILLAGE = "350723101201"
THEN = today(-40)


@pytest.fixture
def changed(staff):
    """A village whose secretary was replaced twenty days ago."""
    for name, start, end in (("前任", today(-400), today(-20)), ("现任", today(-19), None)):
        person = factories.person(name, village=VILLAGE, political_status="party_member")
        factories.appointment(person=person, village=VILLAGE, post="party_secretary", start=start, end=end)


def sent(client, content, **given):
    """As the page sends it: with today's date, unless another was typed."""
    file = SimpleUploadedFile("名册.xlsx", content)
    client.post(reverse("roster_upload"), {"file": file, "as_of": today().isoformat()} | given)
    return Upload.objects.order_by("-pk").first()


def test_the_template_of_a_round_comes_back_as_of_its_day(changed, client):
    ask(client, as_of=THEN.isoformat(), title="上月名册")
    clerk = clerk_client()

    upload = sent(clerk, template(clerk, request=request_of("上月名册").pk, content="filled", reason="报送"))

    assert upload.as_of == THEN
    assert (upload.counts["unchanged"], upload.counts["error"], upload.writes) == (1, 0, 0)
    assert f"按表里的数据日期 {THEN} 核对" in text(clerk, "roster_preview", upload.pk)


def test_an_export_of_an_earlier_day_comes_back_unchanged(changed, client):
    clerk = clerk_client()
    export = clerk.post(f"{reverse('roster_export', args=['committee'])}?on={THEN}", {"reason": "留底"}).content

    upload = sent(clerk, export)

    assert upload.as_of == THEN
    assert (upload.counts["unchanged"], upload.counts["error"], upload.writes) == (1, 0, 0)


def test_another_day_that_was_typed_is_taken(changed, client):
    ask(client, as_of=THEN.isoformat(), title="上月名册")
    clerk = clerk_client()

    upload = sent(clerk, template(clerk, request=request_of("上月名册").pk), as_of=today(-3).isoformat())

    assert upload.as_of == today(-3)


@pytest.mark.parametrize("on", ["2999-01-01", "yesterday", None, 7])
def test_a_day_that_cannot_be_is_not_taken(changed, client, on):
    mark = marks.signed(kind="committee", division=county.TOWNSHIP, on=on)

    assert sent(clerk_client(), filled(template(client), mark=mark)).as_of == today()


def test_the_round_proposes_its_day(changed, client):
    ask(client, as_of=THEN.isoformat(), title="上月名册")
    clerk = clerk_client()

    html = text(clerk, "roster_home")

    assert f'href="{reverse("roster_upload")}?as_of={THEN}"' in html
    assert f'name="as_of" value="{THEN}"' in text(clerk, "roster_upload", as_of=THEN.isoformat())


@pytest.mark.parametrize("on", ["2999-01-01", "x"])
def test_the_upload_page_takes_no_odd_day(changed, client, on):
    assert f'name="as_of" value="{today()}"' in text(client, "roster_upload", as_of=on)


def test_the_day_can_be_changed_on_the_preview(changed, client):
    ask(client, as_of=THEN.isoformat(), title="上月名册")
    clerk = clerk_client()
    upload = send(clerk)
    assert f'name="as_of" value="{THEN}"' in text(clerk, "roster_preview", upload.pk)

    clerk.post(reverse("roster_as_of", args=[upload.pk]), {"as_of": THEN.isoformat()})

    upload.refresh_from_db()
    assert (upload.as_of, upload.status) == (THEN, "read")
    assert "请核对日期" not in text(clerk, "roster_preview", upload.pk)


@pytest.mark.parametrize("on", ["2999-01-01", "x", ""])
def test_a_wrong_day_on_the_preview_is_told(changed, client, on):
    clerk = clerk_client()
    upload = send(clerk)

    clerk.post(reverse("roster_as_of", args=[upload.pk]), {"as_of": on})

    assert "请填一个不晚于今天的日期" in text(clerk, "roster_preview", upload.pk)
    upload.refresh_from_db()
    assert upload.as_of == today()


def test_a_day_told_on_the_preview_stays_when_the_columns_change(changed, client):
    ask(client, as_of=THEN.isoformat(), title="上月名册")
    clerk = clerk_client()
    upload = sent(clerk, template(clerk, request=request_of("上月名册").pk, content="filled", reason="报送"))

    clerk.post(reverse("roster_as_of", args=[upload.pk]), {"as_of": today().isoformat()})
    clerk.post(reverse("roster_kind", args=[upload.pk]), {"kind": "committee"})

    upload.refresh_from_db()
    assert upload.as_of == today()


def serve(about):
    factories.appointment(post="village_director", **about)
    if about["end"]:
        factories.appointment(post="party_committee_member", **about | {"start": today(-300)})


def test_an_application_of_later_stands_in_no_earlier_roster(staff, client):
    person = factories.person("申请人", village=VILLAGE)
    policy = factories.support_policy(county.COUNTY)
    factories.support_application(policy=policy, person=person, village=person.village, applied_on=today(-10))
    given = {"reason": "留底", "target": policy.pk}

    then = client.post(f"{reverse('roster_export', args=['support_applications'])}?on={THEN}", given)
    now = client.post(f"{reverse('roster_export', args=['support_applications'])}?on={today()}", given)

    assert "导出 0 行" in then.content.decode()
    assert now["Content-Type"].endswith("sheet")


PERIODS = {
    "committee": serve,
    "reserve": lambda about: factories.reserve(**about),
    "stationed": lambda about: factories.stationing(**about),
    "talent": lambda about: factories.rural_talent(**about),
    "secondments": lambda about: factories.secondment(**about),
}


@pytest.mark.parametrize("kind", PERIODS)
@pytest.mark.parametrize("on", [THEN, today()])
def test_of_two_periods_the_one_of_the_day_is_meant(staff, client, kind, on):
    """The same post twice, one period after the other: of each day the export comes back as what is kept."""
    person = factories.person("连任", village=VILLAGE, political_status="party_member")
    for start, end in ((today(-400), today(-20)), (today(-19), None)):
        PERIODS[kind]({"person": person, "village": VILLAGE, "start": start, "end": end})
    export = client.post(f"{reverse('roster_export', args=[kind])}?on={on}", {"reason": "留底"}).content

    upload = sent(client, export, kind=kind)

    assert upload.as_of == on
    told = [(row.change, row.diff, row.problems) for row in upload.rows.all()]
    assert {change for change, _, _ in told} == {"unchanged"}, told
