"""An open recruitment from the notice to the pool, as the county runs it and a clerk sees it."""

import datetime
import io
from decimal import Decimal

import docx
import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import AuditEntry, SpecialDay
from talent import actions, recruiting
from talent.models import Recruitment, RecruitmentApplication, ReserveCandidate
from talent.views.recruitments.forms import ApplicationForm
from tests import factories
from tests.reserves.conftest import BESIDE, FOREIGN, HOME, ON, text

REST = dict.fromkeys(("physical", "inspection", "publicity"), "passed")
NOTICE = {
    "title": "2025年公开招聘", "year": "2025", "min_age": "18", "max_age": "35", "party": "any", "household": "any",
    "written_weight": "60", "interview_weight": "40", "tie_break": "interview", "published_on": "2024-08-01",
    "applies_until": "2024-08-20", f"places_{factories.OWN}": "2",
}  # fmt: skip


def applied(held, name="张三", village=HOME, born=datetime.date(1995, 1, 1), **fields):
    someone = factories.person(name, village=village, id_number=factories.id_number(born), phone="13912345678")
    return factories.recruitment_application(
        **{"recruitment": held, "person": someone, "village": village, "household": "township"} | fields
    )


def scored(held, name, written, interview, **fields):
    return applied(held, name, eligibility="passed", written=written, interview=interview, **fields)


def engage(client, held, *applications, on="2024-08-20"):
    given = {"chosen": [one.pk for one in applications], "on": on, "document_no": "清组〔2024〕9号"}
    return client.post(f"/recruitments/{held.pk}/engage/", given)


def lines(held):
    """{name: Line} of the whole ranking."""
    places = dict(held.quotas.values_list("township_id", "places"))
    ranked = recruiting.rank(list(held.applications.select_related("person", "recruitment").order_by("pk")), places)
    return {line.application.person.name: line for ranking in ranked.values() for line in ranking.lines}


def test_a_notice_with_its_places(county):
    county.post("/recruitments/new/", NOTICE)

    held = Recruitment.objects.get()
    assert dict(held.quotas.values_list("township_id", "places")) == {factories.OWN: 2}
    assert held.division_id == factories.COUNTY


@pytest.mark.parametrize(
    ("wrong", "told"),
    [({"written_weight": "70"}, "相加应为 100"), ({f"places_{factories.OWN}": ""}, "还没有填名额"), ({"max_age": "17"}, "年龄上限低于下限"),
     ({"applies_until": "2024-07-01"}, "报名截止早于公告日期")],
)  # fmt: skip
def test_a_wrong_notice_is_told_and_stays(county, wrong, told):
    page = text(county.post("/recruitments/new/", NOTICE | wrong))

    assert told in page
    assert "2025年公开招聘" in page
    assert not Recruitment.objects.exists()


def test_places_never_fall_below_the_engaged(county, held):
    one = scored(held, "张三", 80, 80, **REST)
    engage(county, held, one)

    page = text(county.post(f"/recruitments/{held.pk}/edit/", NOTICE | {f"places_{factories.NEIGHBOUR}": "1", f"places_{factories.OWN}": "",
                                                                         "publicised_from": "2024-08-20", "publicised_until": "2024-08-27"}))  # fmt: skip

    assert "超过改后的名额" in page


@pytest.mark.parametrize(
    ("fields", "level", "verdict", "reason"),
    [({}, "bachelor", "passed", "本科"), ({"born": datetime.date(1980, 1, 1)}, "bachelor", "failed", "44 周岁"),
     ({}, "senior_middle", "failed", "高中"), ({}, None, "", "没有登记学历"), ({"household": "elsewhere"}, "bachelor", "failed", "户籍在其他县"),
     ({"household": ""}, "bachelor", "", "没有填户籍")],
)  # fmt: skip
def test_eligibility_comes_from_the_ledger_with_its_reason(county, held, fields, level, verdict, reason):
    one = applied(held, **fields)
    if level:
        factories.education(person=one.person, level=level)

    county.post(f"/recruitments/{held.pk}/review/")

    one.refresh_from_db()
    assert (one.eligibility, reason in one.eligibility_reasons) == (verdict, True)


def test_the_age_is_that_of_the_deadline(county, held):
    one = applied(held, born=datetime.date(1988, 7, 1))  # 36 the day after the deadline
    factories.education(person=one.person, level="bachelor")

    county.post(f"/recruitments/{held.pk}/review/")

    one.refresh_from_db()
    assert one.eligibility == "passed"


def test_a_verdict_by_hand_has_its_reason(county, held):
    one = applied(held)
    url = f"/recruitments/applications/{one.pk}/"

    page = text(county.post(url, {"eligibility": "passed", "household": "township"}))
    county.post(url, {"eligibility": "passed", "household": "township", "eligibility_reasons": "毕业证原件已核对"})

    one.refresh_from_db()
    assert "请写明理由" in page
    assert (one.eligibility, one.eligibility_reasons) == ("passed", "毕业证原件已核对")


@pytest.mark.parametrize(("typed", "told"), [("101", "不大于 100"), ("-1", "不小于 0")])
def test_a_score_is_from_0_to_100(county, held, typed, told):
    one = applied(held, eligibility="passed", eligibility_reasons="已核对")

    page = text(
        county.post(
            f"/recruitments/applications/{one.pk}/",
            {"eligibility": "passed", "eligibility_reasons": "已核对", "written": typed},
        )
    )

    assert told in page


def test_the_total_is_weighed_and_rounded_half_up(held):
    one = scored(held, "张三", Decimal("80.15"), Decimal("70.1"))

    assert one.total == Decimal("76.13")  # 48.09 + 28.04


def test_the_ranking_selects_within_the_places(held):
    for name, written in (("甲", 80), ("乙", 90), ("丙", 70)):
        scored(held, name, written, 80)
    applied(held, "未考")

    ranked = lines(held)

    assert [(name, line.rank, line.state) for name, line in ranked.items()] == [
        ("乙", 1, "入围"), ("甲", 2, "未入围"), ("丙", 3, "未入围"), ("未考", None, "待审查"),
    ]  # fmt: skip


def test_equal_totals_go_by_the_interview_and_are_shown(held):
    scored(held, "甲", 80, 80)
    scored(held, "乙", 60, 100)  # 36 + 40 = 76
    scored(held, "丙", 80, 70)  # 48 + 28 = 76

    ranked = lines(held)

    assert (ranked["乙"].rank, ranked["丙"].rank) == (2, 3)
    assert (ranked["乙"].tied, ranked["丙"].tied, ranked["甲"].tied) == (True, True, False)


def test_equal_in_everything_over_the_last_place_waits_for_an_extra_test(county, held):
    one, two = scored(held, "甲", 80, 80), scored(held, "乙", 80, 80)
    before = lines(held)

    refused = text(engage(county, held, one))
    RecruitmentApplication.objects.filter(pk=two.pk).update(extra=85)

    assert {line.state for line in before.values()} == {recruiting.UNDECIDED}
    assert not any(line.is_selected for line in before.values())
    assert "不能超名额聘用" in refused
    assert lines(held)["乙"].is_selected


def test_who_fails_or_gives_up_makes_room_for_the_next(held):
    scored(held, "甲", 90, 90, physical="failed")
    scored(held, "乙", 85, 85, withdrawn_on=datetime.date(2024, 8, 1))
    scored(held, "丙", 60, 60)

    ranked = lines(held)

    assert ranked["丙"].is_selected
    assert (ranked["甲"].state, ranked["乙"].state) == ("体检不合格", "放弃")


def test_the_figure_leads_to_the_application(county, held):
    one = scored(held, "甲", 90, 80, **REST)
    engage(county, held, one)
    place = ReserveCandidate.objects.get()

    figure = text(county.get("/figures/reserves_recruited/"))
    candidate = text(county.get(f"/reserves/{place.pk}/"))

    assert f'href="/reserves/{place.pk}/"' in figure
    assert held.title in figure
    assert "清组〔2024〕9号" in figure
    assert f'href="/recruitments/applications/{one.pk}/"' in candidate


DAYS = {
    "written_on": datetime.date(2024, 7, 5), "interviewed_on": datetime.date(2024, 7, 12), "physical_on": datetime.date(2024, 7, 19),
    "inspected_on": datetime.date(2024, 7, 26),
}  # fmt: skip


def test_the_ranking_is_that_of_the_date(county, held):
    Recruitment.objects.filter(pk=held.pk).update(**DAYS)
    held.refresh_from_db()
    late = applied(held, "晚来", applied_on=datetime.date(2024, 6, 20))
    one = scored(
        held, "甲", 90, 80, reviewed_on=datetime.date(2024, 7, 1), applied_on=datetime.date(2024, 6, 10), **REST
    )
    two = scored(held, "乙", 70, 70, applied_on=datetime.date(2024, 6, 10), withdrawn_on=datetime.date(2024, 7, 15))
    engage(county, held, one)

    def on(day):
        groups = county.get(f"/recruitments/{held.pk}/", {"on": f"2024-{day}"}).context["groups"]
        return {row["one"].person.name: row["line"] for group in groups for row in group["lines"]}

    assert set(on("06-19")) == {"甲", "乙"}
    assert late.person.name in on("06-20")
    assert on("06-30")["甲"].application.eligibility == ""
    assert (on("07-04")["甲"].application.written, on("07-05")["甲"].application.written) == (None, 90)
    assert (on("07-11")["甲"].rank, on("07-12")["甲"].rank, on("07-12")["乙"].rank) == (None, 1, 2)
    assert on("07-15")[two.person.name].state == "放弃"
    assert [on(day)["甲"].application.physical for day in ("07-18", "07-19")] == ["", "passed"]
    assert [on(day)["甲"].application.publicity for day in ("08-07", "08-08")] == ["", "passed"]
    assert [on(day)["甲"].state for day in ("08-19", "08-20")] == ["入围", "已聘用"]


def test_a_day_before_the_last_step_says_so_and_offers_no_recording(county, held):
    one = scored(held, "甲", 90, 80, **REST)
    engage(county, held, one)

    page = text(county.get(f"/recruitments/{held.pk}/", {"on": "2024-08-10"}))
    person = text(county.get(f"/recruitments/applications/{one.pk}/"))

    assert "这是 2024-08-10 那天的情况：1 人" in page
    assert "聘用并列入后备库" not in page
    assert "这是 2024-08-10 那天的情况" in person
    assert "已列入后备库" not in person
    assert "聘用并列入后备库" in text(county.get(f"/recruitments/{held.pk}/", {"on": "2024-08-20"}))


def test_a_day_before_the_application_says_so(county, held):
    one = applied(held, applied_on=datetime.date(2024, 6, 20))

    assert "2024-06-19 还没有报名" in text(county.get(f"/recruitments/applications/{one.pk}/", {"on": "2024-06-19"}))


def test_the_day_of_the_review_is_kept(county, held):
    one = applied(held)
    factories.education(person=one.person, level="bachelor")

    county.post(f"/recruitments/{held.pk}/review/")

    one.refresh_from_db()
    assert one.reviewed_on == ON


def test_the_list_counts_what_there_was_on_the_date(county, held):
    one = scored(
        held, "甲", 90, 80, reviewed_on=datetime.date(2024, 7, 1), applied_on=datetime.date(2024, 6, 10), **REST
    )
    engage(county, held, one)

    def counts(on):
        row = county.get("/recruitments/", {"on": on}).context["rows"][0]
        return row.applied, row.passed, row.engaged

    assert [counts(f"2024-{day}") for day in ("06-09", "06-10", "07-01", "08-20")] == [
        (0, 0, 0), (1, 0, 0), (1, 1, 0), (1, 1, 1)
    ]  # fmt: skip


def test_steps_are_recorded_in_their_order(county, held):
    one = scored(held, "甲", 90, 90)

    def send(step):
        given = {"chosen": [one.pk], "record": step}
        return county.post(f"/recruitments/{held.pk}/record/", given, follow=True)

    early = text(send("inspection:passed"))
    send("physical:passed")
    send("inspection:passed")

    one.refresh_from_db()
    assert "体检还没有登记为合格" in early
    assert (one.physical, one.inspection) == ("passed", "passed")


def test_nothing_is_recorded_for_who_is_beyond_the_places(county, held):
    scored(held, "甲", 90, 90)
    two = scored(held, "乙", 80, 80)

    page = text(
        county.post(f"/recruitments/{held.pk}/record/", {"chosen": [two.pk], "record": "physical:passed"}, follow=True)
    )

    assert "乙没有入围" in page


def test_the_engaged_enter_the_pool_linked_to_their_application(county, held):
    one = scored(held, "甲", 90, 90, **REST)

    engage(county, held, one)

    one.refresh_from_db()
    place = ReserveCandidate.objects.get()
    assert (place.kind, place.person, place.village_id, place.start) == (
        "recruited",
        one.person,
        HOME,
        datetime.date(2024, 8, 20),
    )
    assert (one.place, one.document_no) == (place, "清组〔2024〕9号")
    assert AuditEntry.objects.filter(model="talent.recruitmentapplication", verb="appoint").exists()


def test_nobody_beyond_the_quota(county, held):
    one, two = scored(held, "甲", 90, 90, **REST), scored(held, "乙", 80, 80, **REST)

    page = text(engage(county, held, one, two))

    assert "不能超名额聘用" in page
    assert not ReserveCandidate.objects.exists()


def test_the_engaged_keep_their_place_when_scores_are_corrected(county, held):
    one, two = scored(held, "甲", 90, 90, **REST), scored(held, "乙", 80, 80, **REST)
    engage(county, held, one)
    RecruitmentApplication.objects.filter(pk=two.pk).update(written=100)

    page = text(engage(county, held, two))

    assert "超过名额" in page
    assert ReserveCandidate.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "told"),
    [({"publicised_until": datetime.date(2024, 8, 7)}, "公示不足 5 个工作日"), ({"publicised_until": datetime.date(2024, 8, 2)}, "公示不足"), ({"publicised_until": datetime.date(2024, 8, 25)}, "才结束"),
     ({"publicised_until": None, "publicised_from": None}, "还没有填公示起止日期")],
)  # fmt: skip
def test_engagement_waits_for_the_publicity(county, held, change, told):
    one = scored(held, "甲", 90, 90, **REST)
    Recruitment.objects.filter(pk=held.pk).update(**change)

    page = text(engage(county, held, one))

    assert told in page
    assert "清组〔2024〕9号" in page  # what was typed stays
    assert not ReserveCandidate.objects.exists()


def test_without_the_calendar_of_the_year_publicity_is_not_guessed(county, held):
    one = scored(held, "甲", 90, 90, **REST)
    SpecialDay.objects.all().delete()

    assert "还没有录入 2024 年的放假调休安排" in text(engage(county, held, one))
    assert not ReserveCandidate.objects.exists()


def test_who_is_in_the_pool_already_is_named(county, held):
    one = scored(held, "甲", 90, 90, **REST)
    factories.reserve(person=one.person, village=BESIDE)

    assert "甲已在后备库中" in text(engage(county, held, one))


def test_a_clerk_sees_the_applicants_of_the_own_township_only(clerk, held):
    scored(held, "本镇人", 90, 90)
    other = scored(held, "邻镇人", 90, 90, village=FOREIGN)

    page = text(clerk.get(f"/recruitments/{held.pk}/"))

    assert "本镇人" in page
    assert "邻镇人" not in page + text(clerk.get("/recruitments/"))
    assert "聘用并列入后备库" not in page
    assert clerk.get(f"/recruitments/applications/{other.pk}/").status_code == 404
    assert engage(clerk, held, other).status_code == 403


@pytest.mark.parametrize(
    ("state", "names"), [("selected", ["甲"]), ("out", ["丙"]), ("waiting", ["丁"]), ("", ["甲", "乙", "丙", "丁"])]
)
def test_the_ranking_narrows_by_result(county, held, state, names):
    scored(held, "甲", 90, 90)
    scored(held, "乙", 80, 80)
    scored(held, "丙", 80, 80, physical="failed")
    applied(held, "丁")

    page = text(county.get(f"/recruitments/{held.pk}/", {"state": state}))

    assert [name for name in "甲乙丙丁" if f">{name}</a>" in page] == names


def test_the_ranking_as_excel_masks_numbers(county, held):
    one = scored(held, "甲", 80, 70)

    book = openpyxl.load_workbook(io.BytesIO(county.get(f"/recruitments/{held.pk}/ranking.xlsx").content))
    row = next(book.active.iter_rows(min_row=4, values_only=True))

    assert (row[1], row[2], row[16]) == (1, "甲", 76)
    assert one.person.id_number not in row
    assert one.person.id_masked in row


def cells(answer):
    """The rows of a workbook below its title and heading."""
    return list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(min_row=4, values_only=True))


def test_the_excel_is_narrowed_as_the_page(county, held):
    scored(held, "甲", 90, 90)
    scored(held, "丙", 80, 80, physical="failed")
    scored(held, "邻", 90, 90, village=FOREIGN)

    def names(**asked):
        return [row[2] for row in cells(county.get(f"/recruitments/{held.pk}/ranking.xlsx", asked))]

    assert names() == ["甲", "丙", "邻"]
    assert names(state="out") == ["丙"]
    assert names(division=factories.NEIGHBOUR) == ["邻"]


def test_the_list_narrows_by_year_and_is_a_workbook(county, held):
    other = factories.recruitment(title="从前的公告", year=2023, published_on=datetime.date(2023, 1, 1),
                                  applies_until=datetime.date(2023, 2, 1))  # fmt: skip

    page = text(county.get("/recruitments/", {"year": "2023"}))

    assert other.title in page
    assert held.title not in page
    assert [row[0] for row in cells(county.get("/recruitments/", {"xlsx": "1"}))] == [held.title, other.title]
    assert [row[0] for row in cells(county.get("/recruitments/", {"xlsx": "1", "year": "2023"}))] == [other.title]
    assert [row[0] for row in cells(county.get("/recruitments/", {"xlsx": "1", "on": "2023-06-01"}))] == [other.title]


@pytest.mark.parametrize(("until", "is_told"), [("2024-08-27", True), ("2024-08-28", False)])
def test_too_short_a_publicity_is_told_at_the_notice(county, held, until, is_told):
    given = {
        "publicised_from": "2024-08-21",
        "publicised_until": until,
    }  # the first day is not counted: four working days, five

    answer = county.post("/recruitments/new/", NOTICE | given)

    assert ("公示不足 5 个工作日" in answer.content.decode()) == is_told
    assert Recruitment.objects.filter(title=NOTICE["title"]).exists() != is_told


def test_the_notice_of_publicity_names_who_passed_and_masks_numbers(county, held):
    one = scored(held, "甲", 90, 90, physical="passed", inspection="passed")
    scored(held, "邻", 90, 90, village=FOREIGN)  # 考察 is not done

    paper = docx.Document(io.BytesIO(county.get(f"/recruitments/{held.pk}/publicity.docx").content))
    cells = [cell.text for row in paper.tables[0].rows for cell in row.cells]

    assert "甲" in cells
    assert "邻" not in cells
    assert one.person.id_masked in cells
    assert one.person.phone_masked in cells
    assert one.person.id_number not in cells
    assert "自 2024-08-01 至 2024-08-08" in "".join(line.text for line in paper.paragraphs)
    assert paper.paragraphs[-1].text == "2024年8月1日"


def test_the_persons_time_line_tells_of_it(county, held):
    one = scored(held, "甲", 90, 80, **REST)
    engage(county, held, one)
    factories.reserve_assessment(candidate=ReserveCandidate.objects.get(), result="成熟，可使用")

    page = text(county.get(f"/people/{one.person_id}/"))

    assert "报考2024年村级后备干部公开招聘" in page
    assert "2024年上半年研判：成熟，可使用" in page


def test_the_ranking_costs_as_many_queries_for_many(county, held):
    def cost(url):
        with CaptureQueriesContext(connection) as asked:
            assert county.get(url).status_code == 200
        return len(asked)

    urls = [
        f"/recruitments/{held.pk}/",
        f"/recruitments/{held.pk}/ranking.xlsx",
        f"/recruitments/{held.pk}/publicity.docx",
    ]
    for village in (HOME, FOREIGN):
        scored(held, "甲", 80, 80, village=village, inspection="passed")
    for url in urls:
        cost(url)
    few = [cost(url) for url in urls]
    for number in range(18):
        scored(held, "乙", 60 + number, 60, village=BESIDE)

    assert [cost(url) for url in urls] == few


def test_correcting_by_hand_does_not_take_back_what_another_page_recorded(held):
    one = scored(held, "张三", 80, 80)
    stale, by = RecruitmentApplication.objects.get(pk=one.pk), factories.user()
    actions.record_step(held, {one.pk}, step="physical", result="passed", by=by)
    stale.remarks = "核对过"

    actions.change_applications([stale], by=by, names=ApplicationForm.Meta.fields)

    one.refresh_from_db()
    assert (one.physical, one.remarks) == ("passed", "核对过")


def test_who_was_engaged_meanwhile_is_not_corrected(held):
    one = scored(held, "张三", 80, 80)
    stale = RecruitmentApplication.objects.get(pk=one.pk)
    place = factories.reserve(person=one.person, kind="recruited")
    RecruitmentApplication.objects.filter(pk=one.pk).update(
        engaged_on=datetime.date(2024, 8, 20),
        document_no="1号",
        place=place,
        physical="passed",
        inspection="passed",
        publicity="passed",
    )

    with pytest.raises(ValidationError, match="张三已经聘用"):
        actions.change_applications([stale], by=factories.user())


@pytest.mark.parametrize("chosen", ["²", "9" * 5000])
def test_an_odd_key_is_nobodys(county, held, chosen):
    answer = county.post(reverse("recruitment_record", args=[held.pk]), {"chosen": chosen, "record": "physical:passed"})

    assert answer.status_code == 302
