"""Need, bench and gaps; grooming, assessment, promotion, in and out, as the office does it on the pages."""

import datetime
import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import AuditEntry
from talent.models import Appointment, ReserveAssessment, ReserveCandidate
from tests import factories
from tests.reserves.conftest import BESIDE, FOREIGN, HOME, ON, text

GROOMED = {
    "target": "secretary",
    "planned_post": "party_secretary",
    "readiness": "now",
    "mentor": "王副书记",
    "measures": "跟班学习",
}


def place(code=HOME, **fields):
    return factories.reserve(**{"village": code} | fields)


def sheet(answer):
    return openpyxl.load_workbook(io.BytesIO(answer.content)).active


def assessed(**fields):
    return {"year": "2024", "half": "1", "result": "继续培养", "remarks": "可以", "assessed_on": "2024-07-01"} | fields


def test_the_need_follows_the_team_of_the_date(county):
    for name in ("张三", "李四"):
        factories.appointment(person=factories.person(name, village=HOME), post="village_committee_member")
    place()

    page = text(county.get("/reserves/", {"division": factories.OWN}))

    assert "0/2" in page  # secretaries' reserves, 1:2 although the seat is empty
    assert "1/2" in page


@pytest.mark.parametrize(("gap", "shown"), [("", True), ("any", True), ("secretary", True), ("other", False)])
def test_villages_by_their_gap(county, gap, shown):
    assert ("甲山村" in text(county.get("/reserves/", {"gap": gap}))) == shown


def test_the_gap_table_as_excel_has_the_ratio_of_each_village(county):
    place()

    rows = [[cell.value for cell in row] for row in sheet(county.get("/reserves/gaps.xlsx")).iter_rows(min_row=4)]

    assert rows[0] == ["城关镇", "甲山村", 2, 0, 2, 0, 1, 0, 2, 1, 0, "否"]


@pytest.mark.parametrize(
    ("asked", "name"),
    [({"target": "secretary"}, "书记甲"), ({"post": "party_secretary"}, "书记甲"), ({"post": "none"}, "其他乙"), ({"readiness": "now"}, "书记甲"), ({"readiness": "none"}, "其他乙"),
     ({"source": "veteran"}, "书记甲"), ({"kind": "recruited"}, "其他乙"), ({"q": "其他"}, "其他乙"),
     ({"look": "no_mentor"}, "其他乙"), ({"look": "over_age"}, "其他乙"), ({"look": "unassessed"}, "其他乙")],
)  # fmt: skip
def test_the_bench_narrows(county, asked, name):
    one = place(
        person=factories.person("书记甲", village=HOME),
        target="secretary",
        planned_post="party_secretary",
        readiness="now",
        source="veteran",
        mentor="王",
    )
    factories.reserve_assessment(candidate=one)
    old = factories.person("其他乙", village=HOME, id_number=factories.id_number(datetime.date(1970, 1, 1)))
    ReserveCandidate.objects.filter(pk=one.pk).update(start=datetime.date(2024, 1, 1))
    one.person.birth_date = datetime.date(1990, 1, 1)
    one.person.save()
    place(person=old, kind="recruited")

    page = text(county.get("/reserves/bench/", asked))

    assert [found for found in ("书记甲", "其他乙") if found in page] == [name]


def test_the_bench_says_how_long_and_what_was_last_found(county):
    factories.reserve_assessment(candidate=place(start=datetime.date(2021, 3, 31)), result="成熟，可使用")

    page = text(county.get("/reserves/bench/"))

    assert "3年5个月" in page
    assert "2024年上半年 成熟，可使用" in page


def test_the_bench_as_excel_is_what_is_asked(county):
    place(person=factories.person("张三", village=HOME), mentor="王副书记")
    place(person=factories.person("李四", village=HOME))

    rows = list(sheet(county.get("/reserves/bench.xlsx", {"look": "no_mentor"})).iter_rows(min_row=4, values_only=True))

    assert [row[2] for row in rows] == ["李四"]


def test_somebody_of_the_village_is_put_in(clerk):
    someone = factories.person("张三", village=HOME)

    clerk.post(f"/reserves/new/?village={HOME}", GROOMED | {"person": someone.pk, "start": "2024-08-01"})

    found = ReserveCandidate.objects.get()
    assert (found.person, found.village_id, found.mentor, found.readiness) == (someone, HOME, "王副书记", "now")
    assert AuditEntry.objects.filter(model="talent.reservecandidate", verb="create").exists()


def test_nobody_is_put_in_twice_and_what_was_typed_stays(clerk):
    taken = place(start=datetime.date(2024, 10, 1))  # not yet in the pool on the site's date

    page = text(
        clerk.post(f"/reserves/new/?village={HOME}", GROOMED | {"person": taken.person_id, "start": "2024-08-01"})
    )

    assert "已在后备库中" in page
    assert "王副书记" in page


def test_grooming_is_written(clerk):
    one = place()

    clerk.post(f"/reserves/{one.pk}/groom/", GROOMED)

    one.refresh_from_db()
    assert {name: getattr(one, name) for name in GROOMED} == GROOMED


def test_an_assessment_a_half_year_and_a_second_corrects_it(clerk):
    one = place()
    clerk.post(f"/reserves/{one.pk}/assess/", assessed())

    clerk.post(f"/reserves/{one.pk}/assess/", assessed(result="需加强"))

    found = ReserveAssessment.objects.get()
    assert (found.result, found.by, found.period) == ("需加强", clerk.user, "2024年上半年")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [({"result": "很好"}, "选择一个有效的选项"), ({"assessed_on": "2020-01-01"}, "早于入库时间"), ({"half": "2", "assessed_on": "2024-06-01"}, "还没有到这个半年")],
)  # fmt: skip
def test_a_wrong_assessment_is_told(clerk, wrong, told):
    one = place()

    page = text(clerk.post(f"/reserves/{one.pk}/assess/", assessed(**wrong)))

    assert told in page
    assert not ReserveAssessment.objects.exists()


@pytest.mark.parametrize("post", ["party_committee_member", "clerk"])
def test_promotion_gives_the_post_and_ends_the_place(clerk, post):
    one = place()
    seat = {"post": post, "start": "2024-08-20", "how": "appointed", "term": "", "document_no": "城组〔2024〕3号"}

    clerk.post(f"/reserves/{one.pk}/promote/", seat)

    one.refresh_from_db()
    given = Appointment.objects.get()
    assert (given.person, given.post, given.document_no) == (one.person, post, "城组〔2024〕3号")
    assert (one.end, one.end_reason) == (datetime.date(2024, 8, 19), "promoted")


def test_no_promotion_to_a_seat_that_is_taken(clerk):
    one, factories_seat = place(), factories.appointment(village=HOME, post="party_secretary")
    seat = {"post": "party_secretary", "start": "2024-08-20", "how": "appointed", "document_no": "城组〔2024〕3号"}

    page = text(clerk.post(f"/reserves/{one.pk}/promote/", seat))

    assert "已有党组织书记" in page
    assert list(Appointment.objects.all()) == [factories_seat]
    one.refresh_from_db()
    assert one.end is None


def test_taking_out_needs_day_and_reason(clerk):
    one = place()

    page = text(clerk.post(f"/reserves/{one.pk}/leave/", {"end": "2024-08-31", "end_reason": ""}))
    clerk.post(f"/reserves/{one.pk}/leave/", {"end": "2024-08-31", "end_reason": "left"})

    assert "还没有填" in page
    one.refresh_from_db()
    assert (one.end, one.end_reason) == (datetime.date(2024, 8, 31), "left")


def test_who_has_left_is_not_dealt_with_again(clerk):
    one = place(end=datetime.date(2024, 5, 1), end_reason="left")

    page = text(clerk.post(f"/reserves/{one.pk}/groom/", GROOMED, follow=True))

    assert "已在 2024-05-01 出库" in page


@pytest.mark.parametrize("address", ["/reserves/{pk}/", "/reserves/{pk}/groom/", "/reserves/{pk}/promote/"])
def test_a_neighbours_candidate_does_not_exist(clerk, address):
    other = place(FOREIGN)

    assert clerk.get(address.format(pk=other.pk)).status_code == 404
    assert clerk.get(address.format(pk=999999)).status_code == 404
    assert clerk.get(f"/reserves/new/?village={FOREIGN}").status_code == 404
    assert "丙田村" not in text(clerk.get("/reserves/")) + text(clerk.get("/reserves/bench/")) + text(
        clerk.get("/reserves/outlook/")
    )


def test_a_leader_reads_and_writes_nothing(browser):
    one, leader = place(), browser("leader")

    assert "提任职务" not in text(leader.get(f"/reserves/{one.pk}/"))
    assert leader.post(f"/reserves/{one.pk}/groom/", GROOMED).status_code == 403
    assert leader.get("/reserves/new/").status_code == 403


def test_the_outlook_counts_age_lines_terms_and_followers(county):
    old = factories.person("老书记", village=HOME, id_number=factories.id_number(datetime.date(1965, 3, 1)))
    factories.appointment(person=old, post="party_secretary")
    factories.term(start=datetime.date(2021, 1, 1), end=datetime.date(2026, 1, 1))
    place(
        person=factories.person("接班人", village=HOME, id_number=factories.id_number(datetime.date(1990, 1, 1))),
        target="secretary",
    )

    one, three = (text(county.get("/reserves/outlook/", {"years": years})) for years in (1, 3))

    assert "老书记（书记） 2025.03" in one
    assert "2026-01-01" not in one
    assert "2026-01-01" in three
    assert "接班人" in one


def test_who_leaves_without_a_follower_is_short(county):
    old = factories.person("老书记", village=HOME, id_number=factories.id_number(datetime.date(1965, 3, 1)))
    factories.appointment(person=old, post="party_secretary")
    place(BESIDE, target="secretary")  # somebody of another village does not follow here

    page = text(county.get("/reserves/outlook/", {"gap": "1"}))
    row = next(sheet(county.get("/reserves/outlook.xlsx")).iter_rows(min_row=4, values_only=True))
    short = list(sheet(county.get("/reserves/outlook.xlsx", {"gap": "1"})).iter_rows(min_row=4, values_only=True))

    assert "缺 1" in page
    assert "乙水村" not in page
    assert row[-1] == 1
    assert [line[1] for line in short] == ["甲山村"]


def test_pages_cost_as_many_queries_for_many(county):
    def cost(url):
        with CaptureQueriesContext(connection) as asked:
            assert county.get(url).status_code == 200
        return len(asked)

    urls = (
        "/reserves/",
        "/reserves/bench/",
        "/reserves/outlook/",
        "/reserves/gaps.xlsx",
        "/reserves/bench.xlsx",
        "/recruitments/",
    )
    for _ in range(2):
        factories.reserve_assessment(candidate=place(person=factories.person(village=HOME)))
    for url in urls:
        cost(url)
    few = [cost(url) for url in urls]
    for _ in range(18):
        factories.reserve_assessment(candidate=place(person=factories.person(village=HOME)))
        factories.recruitment()

    assert [cost(url) for url in urls] == few


def test_the_date_decides(county):
    place(person=factories.person("张三", village=HOME), end=ON - datetime.timedelta(1), end_reason="left")

    assert "张三" not in text(county.get("/reserves/bench/"))
    assert "张三" in text(county.get("/reserves/bench/", {"on": "2024-01-01"}))
