"""A team goes to a village in one step; rotation ends one stay and begins the next; who is refused says why."""

import datetime

import pytest

from core.models import AuditEntry
from talent.dispatching import NotSent, rotate
from talent.models import Person, Stationing
from tests import factories
from tests.stationed.forms import VILLAGE, ending, somebody, team


@pytest.fixture
def village(db):
    return factories.village(VILLAGE)


def test_a_team_is_stationed_in_one_step(sign_in, village):
    known = factories.person("苏强先", village=village)

    answer = sign_in("township_clerk").post(
        "/stationed/dispatch/",
        team(somebody(), somebody("苏强先", id_number=known.id_number, role="team_leader"), due="2026-03-01"),
    )

    assert answer.status_code == 302
    stays = Stationing.objects.order_by("role")
    assert [(stay.person.name, stay.role, stay.village_id) for stay in stays] == [
        ("罗凤", "first_secretary", VILLAGE),
        ("苏强先", "team_leader", VILLAGE),
    ]
    assert {stay.due for stay in stays} == {datetime.date(2026, 3, 1)}
    assert stays[1].person == known
    assert AuditEntry.objects.filter(model="talent.stationing", verb="create").count() == 2


@pytest.mark.parametrize(
    ("members", "fields", "words"),
    [
        ((), {}, "请至少填写一名派驻人员"),
        ((somebody(id_number="350723198301013160"),), {}, "校验"),
        ((somebody(),), {"due": "2023-01-01"}, "轮换日期早于派驻时间"),
        ((somebody(),), {"village": "990121101201"}, "有效"),
        ((somebody(), somebody("")), {}, "还没有填"),
    ],
)
def test_what_is_wrong_keeps_everybody_back_and_what_was_typed_stays(sign_in, village, members, fields, words):
    factories.village("990121101201")

    page = sign_in("township_clerk").post("/stationed/dispatch/", team(*members, **fields)).content.decode()

    assert words in page
    assert not Stationing.objects.exists()
    assert not members or "罗凤" in page


def test_the_same_number_twice_is_one_too_many(sign_in, village):
    number = factories.id_number()

    page = sign_in().post("/stationed/dispatch/", team(*[somebody(id_number=number, role="team_member")] * 2))

    assert "填了两行" in page.content.decode()


def test_a_number_of_somebody_else_is_not_taken(sign_in, village):
    kept = factories.person("王五", village=village)

    page = sign_in().post("/stationed/dispatch/", team(somebody(id_number=kept.id_number))).content.decode()

    assert "姓名不同" in page
    assert "王五" not in page


def test_a_file_of_another_township_is_refused_without_its_name(sign_in, village):
    theirs = factories.person("邻家人", village="990121101201")
    sent = team(somebody("邻家人", id_number=theirs.id_number))

    page = sign_in("township_clerk").post("/stationed/dispatch/", sent).content.decode()

    assert "由其他单位管理" in page
    assert not Stationing.objects.exists()


def test_one_refused_member_keeps_the_new_file_of_the_other_back(sign_in, village):
    kept = factories.person("王五", village=village)

    sign_in().post("/stationed/dispatch/", team(somebody(), somebody("别人", id_number=kept.id_number)))

    assert list(Person.objects.all()) == [kept]


def test_rotation_ends_one_and_begins_the_next_day(sign_in, village):
    stay = factories.stationing(village=village, team="一队")
    after = somebody("龙真")

    sign_in("township_clerk").post(
        f"/stationed/{stay.pk}/end/", ending(**{f"s-{name}": value for name, value in after.items()})
    )

    stay.refresh_from_db()
    follower = Stationing.objects.get(person__name="龙真")
    assert (stay.end, stay.end_kind) == (datetime.date(2024, 6, 30), "rotated")
    assert (follower.start, follower.role, follower.team) == (datetime.date(2024, 7, 1), "first_secretary", "一队")


def test_nothing_ends_when_the_successor_is_refused(sign_in, village):
    stay = factories.stationing(village=village)
    kept = factories.person("王五", village=village)
    after = somebody("别人", id_number=kept.id_number)

    page = sign_in().post(f"/stationed/{stay.pk}/end/", ending(**{f"s-{name}": value for name, value in after.items()}))

    stay.refresh_from_db()
    assert stay.end is None
    assert "姓名不同" in page.content.decode()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"end_kind": "recalled"}, "召回请写明原因"),
        ({"end": "2020-01-01"}, "早于派驻时间"),
        ({"end_kind": ""}, "还没有填"),
    ],
)
def test_an_end_without_its_reason_is_told(sign_in, village, fields, words):
    stay = factories.stationing(village=village)

    assert words in sign_in().post(f"/stationed/{stay.pk}/end/", ending(**fields)).content.decode()


def test_an_extension_moves_the_rotation(sign_in, village):
    stay = factories.stationing(village=village)
    sent = {
        "team": "",
        "due": "2025-12-31",
        "dispatch_unit": stay.dispatch_unit,
        "unit_level": "",
        "original_post": "",
        "funds_wan": "1.5",
        "remarks": "",
    }

    sign_in().post(f"/stationed/{stay.pk}/", sent)

    stay.refresh_from_db()
    assert (stay.due, stay.funds_wan) == (datetime.date(2025, 12, 31), 1.5)


def test_a_leader_reads_and_writes_nothing(sign_in, village):
    stay, leader = factories.stationing(village=village), sign_in("leader")

    page = leader.post(f"/stationed/{stay.pk}/", {"due": "2025-12-31"})

    stay.refresh_from_db()
    assert (page.status_code, stay.due) == (200, None)
    assert leader.get("/stationed/dispatch/").status_code == 403


def test_a_stay_is_ended_once(village):
    """Two pages show the same stay; the second press does not begin a second successor."""
    stay = factories.stationing(village=village, start=datetime.date(2024, 1, 1))
    seen, by = Stationing.objects.get(pk=stay.pk), factories.user()
    told = {"kind": "rotated", "reason": "", "successor": None, "by": by, "on": datetime.date(2026, 6, 30)}
    rotate(stay, last=datetime.date(2026, 6, 1), **told)

    with pytest.raises(NotSent):
        rotate(seen, last=datetime.date(2026, 6, 20), **told)
