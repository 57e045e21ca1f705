"""A complete roster lists who serves and is not in it; ending their posts is a decision of its own."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import AuditEntry
from rosters import importer, spec
from rosters.comparison import Row, Scope
from rosters.models import Upload
from talent.models import Appointment
from tests import factories
from tests.rosters import county
from tests.rosters.clerks import committed, page, press, press_as_shown, sent, undone

pytestmark = pytest.mark.django_db
CHAFU, OTHER, NEIGHBOUR = "350723101201", "350723101202", "350723102201"


def row(name="张三", posts="村委委员", number=None, village="茶富村", start="2021.03"):
    return (village, name, number or factories.id_number(), "大专", posts, start, "13900001111")


def serving(name, village=CHAFU, post="village_committee_member", start=factories.START, **fields):
    return factories.appointment(
        person=factories.person(name, village=village, **fields), village=village, post=post, start=start
    )


@pytest.fixture
def guangze(db):
    county.load()


@pytest.fixture
def clerk(guangze, client):
    user = county.clerk()
    client.force_login(user)
    return user


def complete(client, upload):
    press(client, "roster_choose", upload, rows="good", complete="on")
    upload.refresh_from_db()
    return upload


def complete_and_committed(client, *people):
    upload = complete(client, sent(client, *people))
    press_as_shown(client, "roster_preview", "roster_confirm", upload, rows="good", complete="on")
    upload.refresh_from_db()
    assert upload.status == "committed"
    return upload


def names(upload):
    return [found.name for found in importer.absent(upload)]


def end(client, upload, *keys, **fields):
    about = {"on": "2024-05-31", "reason": "resigned", "document_no": "寨委〔2024〕5号"} | fields
    return press(client, "roster_missing", upload, who=list(keys), **about)


def keys_of(upload):
    return [found.key for found in importer.absent(upload)]


def test_without_the_tick_nobody_is_listed(clerk, client):
    serving("赵六")
    upload = sent(client, row())

    assert "不在此次名册中" not in page(client, "roster_preview", upload).replace("不在表上", "")
    assert names(upload) == []


def test_the_box_says_which_villages_a_complete_roster_covers(clerk, client):
    assert "这份名册已列全：本乡镇各村的在任干部都在表上" in page(client, "roster_preview", sent(client, row()))

    client.force_login(county.staff())
    assert "这份名册已列全：表上所列各村的在任干部都在表上" in page(
        client, "roster_preview", sent(client, row(), name="县.xlsx")
    )


def test_a_complete_roster_without_gaps_says_so(clerk, client):
    upload = complete(client, sent(client, row()))

    assert "不在此次名册中 <b>0</b>" in page(client, "roster_preview", upload)
    assert "本乡镇各村在任的人都在表上。" in page(client, "roster_preview", upload, show="missing")


def test_a_complete_roster_lists_who_is_not_in_it(clerk, client):
    serving("赵六")
    upload = complete(client, sent(client, row()))

    text = page(client, "roster_preview", upload)
    assert "不在此次名册中 <b>1</b>" in text
    assert "赵六" in page(client, "roster_preview", upload, show="missing")


def test_a_townships_roster_covers_all_its_villages_a_countys_those_it_names(clerk, client):
    for name, village in (("甲", CHAFU), ("乙", OTHER), ("丙", NEIGHBOUR)):
        serving(name, village)
    upload = sent(client, row())
    assert "本乡镇各村的在任干部都在表上" in page(client, "roster_preview", upload)
    assert names(complete(client, upload)) == ["甲", "乙"]

    client.force_login(county.staff())
    upload = sent(client, row(), name="县.xlsx")
    assert "所列各村的在任干部都在表上" in page(client, "roster_preview", upload)
    assert names(complete(client, upload)) == ["甲"]


def test_rows_with_problems_still_name_their_people(clerk, client):
    bad_post, bad_number = serving("赵六"), serving("钱七")
    serving("孙八")
    upload = sent(
        client, row("赵六", "护林员", bad_post.person.id_number), row("钱七", number=bad_number.person.id_number[:-1])
    )

    assert names(complete(client, upload)) == ["孙八"]


def test_only_who_serves_on_the_rosters_date_counts(clerk, client):
    ended = serving("赵六")
    Appointment.objects.filter(pk=ended.pk).update(end=datetime.date(2022, 1, 1))
    serving("钱七", start=datetime.date(2025, 1, 1))
    upload = sent(client, row(start="2021.03"), as_of="2024-12-31")

    assert names(complete(client, upload)) == []


def test_supervision_and_clerk_count_only_where_the_roster_lists_any(clerk, client):
    serving("赵六", post="supervision_director")
    assert names(complete(client, sent(client, row()))) == []

    assert names(complete(client, sent(client, row(posts="监委会委员"), name="b.xlsx"))) == ["赵六"]


def test_committing_ends_nobody_and_the_result_says_so(clerk, client):
    seat = serving("赵六")
    upload = complete_and_committed(client, row())

    seat.refresh_from_db()
    assert seat.end is None
    assert "在任但不在此次名册中的有" in page(client, "roster_result", upload)


def test_an_empty_or_shrunken_file_ends_nobody(clerk, client):
    people = [row(f"人{number}") for number in range(5)]
    committed(client, *people)

    complete_and_committed(client, row("人九"), people[0])

    assert Appointment.objects.filter(end=None).count() == 6


def test_ending_is_a_batch_of_its_own_and_undoable(clerk, client):
    seats = [serving(name) for name in ("赵六", "钱七")]
    upload = complete_and_committed(client, row())
    assert "不在此次名册中的 2 人" in page(client, "roster_missing", upload)

    answer = end(client, upload, keys_of(upload)[0])

    batch = Upload.objects.get(follows=upload)
    assert answer["Location"] == reverse("roster_result", args=[batch.pk])
    ended = Appointment.objects.get(end__isnull=False)
    assert (ended.end, ended.end_reason, ended.end_document_no) == (
        datetime.date(2024, 5, 31), "resigned", "寨委〔2024〕5号",
    )  # fmt: skip
    assert "已办理免职 1 人" in page(client, "roster_result", batch)
    assert "不在名册中的 1 人" in client.get(reverse("roster_home")).content.decode()
    assert AuditEntry.objects.filter(batch=batch.pk, verb="dismiss").count() == 1
    assert len(names(upload)) == 1

    undone(client, batch)
    assert not Appointment.objects.filter(pk__in=[seat.pk for seat in seats]).exclude(end=None).exists()


def test_a_second_press_finds_the_first_ending(clerk, client):
    serving("赵六")
    upload = complete_and_committed(client, row())
    keys = keys_of(upload)

    first, second = end(client, upload, *keys), end(client, upload, *keys)

    assert first["Location"] == second["Location"]
    assert Upload.objects.filter(follows=upload).count() == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"on": ""}, "请填免职日期"),
        ({"on": "2999-01-01"}, "日期晚于今天"),
        ({"on": "2020-01-01"}, "赵六 2021-03-31 才开始"),
        ({"reason": ""}, "请选择免职原因"),
        ({"reason": "x"}, "请选择免职原因"),
        ({"document_no": "长" * 51}, "文号超过 50 个字"),
        ({"who": []}, "还没有选人"),
        ({"who": ["350723102201-1"]}, "此后已有变动"),
    ],
)
def test_what_is_missing_or_wrong_is_told_and_nobody_is_ended(clerk, client, fields, words):
    serving("赵六")
    upload = complete_and_committed(client, row())

    answer = press(
        client, "roster_missing", upload,
        **{"who": keys_of(upload), "on": "2024-05-31", "reason": "resigned", "document_no": ""} | fields,
    )  # fmt: skip

    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not Appointment.objects.exclude(end=None).exists()


def test_nobody_is_ended_before_the_roster_itself_is_in(clerk, client):
    seat = serving("赵六")
    upload = complete(client, sent(client, row()))

    end(client, upload, *keys_of(upload))

    seat.refresh_from_db()
    assert seat.end is None


def test_a_roster_with_nothing_to_write_can_still_end(clerk, client):
    people = row()
    committed(client, people)
    serving("赵六")
    upload = complete(client, sent(client, people, name="再传.xlsx"))

    end(client, upload, *keys_of(upload))

    assert Appointment.objects.exclude(end=None).count() == 1


def test_where_the_county_reviews_the_county_ends(clerk, client):
    serving("赵六")
    upload = complete_and_committed(client, row())
    importer.set_reviewed({"committee"}, ["committee"], by=county.staff())

    end(client, upload, *keys_of(upload))
    assert not Appointment.objects.exclude(end=None).exists()
    client.force_login(county.staff())
    end(client, upload, *keys_of(upload))
    assert Appointment.objects.exclude(end=None).count() == 1


def test_the_neighbours_roster_does_not_exist(guangze, client):
    client.force_login(county.clerk("350723102"))
    serving("赵六", NEIGHBOUR)
    theirs = complete_and_committed(client, row(village="止马村"))
    client.force_login(county.clerk())

    assert client.get(reverse("roster_missing", args=[theirs.pk])).status_code == 404
    assert end(client, theirs, *keys_of(theirs)).status_code == 404
    assert press(client, "roster_choose", theirs, rows="all").status_code == 404


@pytest.mark.parametrize("role", ["leader", "auditor", "system_admin"])
def test_other_roles_may_not_end(clerk, client, role):
    serving("赵六")
    upload = complete_and_committed(client, row())
    client.force_login(county.user(role, role=role))

    assert end(client, upload, *keys_of(upload)).status_code == 403
    assert not Appointment.objects.exclude(end=None).exists()


def test_after_the_rows_are_gone_nobody_is_called_missing(clerk, client):
    serving("赵六")
    upload = complete_and_committed(client, row())

    importer.purge(upload.expires_at + datetime.timedelta(days=1))

    assert names(upload) == []
    assert "在任但不在" not in page(client, "roster_result", upload)


def test_no_page_shows_a_number(clerk, client):
    seat = serving("赵六", phone="13900009999")
    upload = complete_and_committed(client, row())

    texts = [page(client, "roster_missing", upload), page(client, "roster_preview", upload, show="missing")]

    for text in texts:
        assert seat.person.id_number not in text
        assert not re.search(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])", text)


def test_twenty_absents_cost_the_queries_of_two(clerk, client):
    costs = []
    for size in (2, 20):
        for number in range(size):
            serving(f"人{number}")
        upload = complete_and_committed(client, row())
        keys = keys_of(upload)
        with CaptureQueriesContext(connection) as shown:
            page(client, "roster_missing", upload)
        with CaptureQueriesContext(connection) as ended:
            end(client, upload, *keys)
        costs.append((len(shown), len(ended)))
    assert costs[0] == costs[1]


def of_kind(kind, *people):
    """Who is missing from a roster of this kind, in the words of its list."""
    rows = [
        Row(index, index + 2, {"name": name, "id_number": number}, CHAFU, [])
        for index, (name, number) in enumerate(people)
    ]
    found = spec.get(kind).absence.find(rows, Scope(county.TOWNSHIP, datetime.date(2024, 12, 31)))
    return found, [(absent.name, absent.holds) for absent in found]


def test_reserves_are_missing_and_leave_the_pool(clerk):
    in_it = factories.reserve(person=factories.person("甲", village=CHAFU))
    out = factories.reserve(person=factories.person("乙", village=CHAFU), target="secretary")

    found, told = of_kind("reserve", ("甲", in_it.person.id_number))
    assert told == [("乙", "书记后备")]

    on = datetime.date(2024, 5, 31)
    spec.get("reserve").absence.end(list(found[0].rows), on=on, reason="left", document_no="", by=clerk, batch=None)
    out.refresh_from_db()
    assert (out.end, out.end_reason) == (on, "left")


def test_people_sent_in_are_missing_and_withdrawn_specialists_are_not(clerk):
    out = factories.stationing(person=factories.person("乙", village=CHAFU))
    factories.stationing(person=factories.person("丙", village=CHAFU), role="specialist")

    found, told = of_kind("stationed")
    assert told == [("乙", "第一书记")]

    on = datetime.date(2024, 5, 31)
    spec.get("stationed").absence.end(
        list(found[0].rows), on=on, reason="期满轮换", document_no="", by=clerk, batch=None
    )
    out.refresh_from_db()
    assert (out.end, out.end_reason) == (on, "期满轮换")
