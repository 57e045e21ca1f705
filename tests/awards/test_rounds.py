"""A round of an award from the scheme to the certificate, as the county runs it and townships nominate in it."""

import datetime
import io
import re

import docx
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from awards import ranking
from awards.models import (
    Award,
    AwardObjection,
    AwardPublicity,
    AwardRound,
    AwardScheme,
    AwardScore,
    DepartmentOpinion,
    Nomination,
    NominationAttachment,
)
from core import indicators
from core.models import AuditEntry, SpecialDay
from tests import factories
from tests.awards.conftest import FOREIGN, HOME, LATER, ON, agreed, nominated, publicised, ready, text

PDF = b"%PDF-1.4 deeds"


def url(held, step=""):
    return f"/awards/rounds/{held.pk}/{step}"


def file(name="事迹.pdf", content=PDF):
    return {"file": SimpleUploadedFile(name, content)}


def publicise(client, held, *rows, on=ON):
    given = {"publicity-on": on.isoformat(), "publicity-place": "政务公开栏", "publicity-contact": "县委组织部 0000"}
    return client.post(url(held, "publicise/"), given | {"chosen": [row.pk for row in rows]})


def decide(client, held, *rows, on=LATER, **more):
    given = {"decision-on": on.isoformat(), "decision-document_no": "清委〔2024〕20号"}
    given |= {f"decision-{name}": value for name, value in more.items()}
    return client.post(url(held, "decide/"), given | {"chosen": [row.pk for row in rows]})


def test_a_scheme_and_a_round_with_quotas(county, places):
    scheme = {"name": "乡村振兴贡献奖", "level": "county", "approval_no": "清评组〔2021〕3号", "individual_places": "10", "collective_places": "5"}  # fmt: skip
    county.post("/awards/schemes/new/", scheme)
    found = AwardScheme.objects.get()

    county.post("/awards/rounds/new/", {
        "scheme": found.pk, "year": "2024", "individual_places": "10", "collective_places": "5", "individual_bonus": "3000",
        "collective_bonus": "10000", "opens_on": "2024-11-01", f"individuals_{factories.OWN}": "2",
    })  # fmt: skip

    held = AwardRound.objects.get()
    assert (held.individual_places, held.individual_bonus) == (10, 3000)
    assert list(held.quotas.values_list("township_id", "individuals", "collectives")) == [(factories.OWN, 2, 0)]
    assert "乡村振兴贡献奖" in text(county.get("/awards/"))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [({"individual_places": "11"}, "超过批准的名额 10 个"), ({"year": "24"}, "四位年份"), ({"individual_bonus": "-1"}, "这个数太小"),
     ({"closes_on": "2024-10-01"}, "早于推荐开始"), ({"opens_on": "0001-01-01"}, "年之间的日期"), ({"opens_on": "2024-02-30"}, "日期")],
)  # fmt: skip
def test_a_wrong_round_is_told_and_stays(county, places, wrong, told):
    scheme = factories.award_scheme(name="乡村振兴贡献奖")
    AwardScheme.objects.filter(pk=scheme.pk).update(approval_no="清评组〔2021〕3号", individual_places=10)
    given = {"scheme": scheme.pk, "year": "2024", "individual_bonus": "0", "collective_bonus": "0", "opens_on": "2024-11-01", "honours": "绶带"}  # fmt: skip

    page = text(county.post("/awards/rounds/new/", given | wrong), 400)

    assert told in page
    assert "绶带" in page
    assert not AwardRound.objects.exists()


def test_places_ask_for_an_approval(county, places):
    page = text(county.post("/awards/schemes/new/", {"name": "奖", "level": "county", "individual_places": "10"}), 400)

    assert "请先填批准文号" in page


# --- nomination


def nominate(client, held, village=HOME, kind="individual", **fields):
    return client.post(f"{url(held)}nominate/{kind}/?village={village}", {"achievements": "带动就业"} | fields)


def test_a_clerk_nominates_a_person_and_a_collective(clerk, held):
    someone = factories.person("张三", village=HOME)

    nominate(clerk, held, person=someone.pk, unit="甲山村党支部书记", category="industry")
    nominate(clerk, held, kind="collective", collective="甲山村合作社", leader_name="李四", phone="13912345678")

    one, other = Nomination.objects.order_by("pk")
    assert (one.person, one.township_id, one.village_id, one.category) == (someone, factories.OWN, HOME, "industry")
    assert (other.collective, other.person, other.phone) == ("甲山村合作社", None, "13912345678")
    page = text(clerk.get(url(held)))
    assert "张三" in page
    assert "甲山村合作社" in page


def test_a_clerk_nominates_nobody_of_another_township(clerk, held):
    stranger = factories.person("王五", village=FOREIGN)

    assert nominate(clerk, held, FOREIGN, person=stranger.pk).status_code == 400
    assert nominate(clerk, held, HOME, person=stranger.pk).status_code == 400
    assert not Nomination.objects.exists()


def test_a_township_stays_within_its_quota(clerk, held):
    factories.award_quota(round=held, individuals=1, collectives=0)
    nominated(held)

    page = text(nominate(clerk, held, person=factories.person("李四", village=HOME).pk), 400)

    assert "推荐个人的名额已经用完" in page
    assert "带动就业" in page
    assert "推荐集体的名额已经用完" in text(nominate(clerk, held, kind="collective", collective="社"), 400)


def test_a_round_that_is_closed_takes_no_nomination_of_a_township(clerk, county, held):
    AwardRound.objects.update(closes_on=datetime.date(2024, 11, 1), opens_on=datetime.date(2024, 10, 1))

    page = text(nominate(clerk, held, person=factories.person("李四", village=HOME).pk), 400)
    nominate(county, held, kind="collective", collective="社")

    assert "现在不接受推荐" in page
    assert [row.collective for row in Nomination.objects.all()] == ["社"]


def test_the_same_person_is_nominated_once(clerk, held):
    row = nominated(held)

    page = text(nominate(clerk, held, person=row.person_id), 400)

    assert "已在这一轮推荐中" in page


def test_deeds_are_changed_until_the_county_has_decided(clerk, county, held):
    row = nominated(held)

    clerk.post(f"/awards/nominations/{row.pk}/", {"achievements": "新的事迹", "unit": "支部"})
    county.post(url(held, "examine/"))
    page = text(clerk.post(f"/awards/nominations/{row.pk}/", {"achievements": "再改"}), 400)

    row.refresh_from_db()
    assert row.achievements == "新的事迹"
    assert "县里已经审核" in page


def test_the_phone_of_a_collective_is_masked_and_kept(clerk, held):
    row = factories.nomination(round=held, collective="合作社", phone="13912345678", village=factories.village(HOME))

    page = text(clerk.get(f"/awards/nominations/{row.pk}/"))
    clerk.post(f"/awards/nominations/{row.pk}/", {"achievements": "事迹", "phone": row.phone_masked})

    row.refresh_from_db()
    assert "13912345678" not in page
    assert (row.phone, row.achievements) == ("13912345678", "事迹")


def test_an_attachment_is_kept_encrypted_and_comes_back(clerk, held):
    row = nominated(held)

    clerk.post(f"/awards/nominations/{row.pk}/attach/", file())

    kept = NominationAttachment.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM awards_nominationattachment")
        assert PDF not in bytes(cursor.fetchone()[0])
    answer = clerk.get(f"/awards/attachments/{kept.pk}/")
    assert answer.content == PDF
    assert "attachment" in answer["Content-Disposition"]
    assert not AuditEntry.objects.filter(after__has_key="content").exists()
    assert "content" not in clerk.get(f"/api/v1/nomination-attachments/{kept.pk}/").json()


@pytest.mark.parametrize(
    ("sent", "told"),
    [(file("事迹.exe", b"MZ"), "不是可以收的文件"), (file("事迹.pdf", b"<html>"), "扩展名要和内容相符"), ({}, "还没有选择文件"),
     (file("a" * 120 + ".pdf"), "文件名超过 100 个字"), (file("大.pdf", PDF + b"0" * (10 * 1024 * 1024)), "超过 10 MB")],
)  # fmt: skip
def test_a_file_that_is_not_taken_is_told(clerk, held, sent, told):
    row = nominated(held)

    assert told in text(clerk.post(f"/awards/nominations/{row.pk}/attach/", sent), 400)
    assert not NominationAttachment.objects.exists()


def test_files_are_limited_and_dropped(clerk, held):
    row = nominated(held)
    for number in range(6):
        answer = clerk.post(f"/awards/nominations/{row.pk}/attach/", file(f"{number}.pdf", PDF + b"%d" % number))

    clerk.post(f"/awards/attachments/{row.attachments.first().pk}/drop/")

    assert "最多 5 个附件" in text(answer, 400)
    assert row.attachments.count() == 4


def test_a_clerk_of_another_township_sees_nothing(browser, held):
    row = nominated(held)
    kept = factories.attachment(nomination=row)
    neighbour = browser("township_clerk", factories.NEIGHBOUR)

    assert "张三" not in text(neighbour.get(url(held)))
    assert "张三" not in "".join(str(cell) for cell in sheet_cells(neighbour, held))
    for address in (
        f"/awards/nominations/{row.pk}/",
        f"/awards/attachments/{kept.pk}/",
        f"/api/v1/nominations/{row.pk}/",
    ):
        assert neighbour.get(address).status_code == 404
    for step in ("attach/", "withdraw/"):
        assert neighbour.post(f"/awards/nominations/{row.pk}/{step}", file()).status_code == 404


def sheet_cells(client, held):
    book = openpyxl.load_workbook(io.BytesIO(client.get(url(held, "nominations.xlsx")).content))
    return [cell.value for row in book.active.iter_rows() for cell in row]


def test_a_nomination_is_withdrawn_with_a_reason(clerk, held):
    row = nominated(held)

    assert "还没有填" in text(clerk.post(f"/awards/nominations/{row.pk}/withdraw/", {}), 400)
    clerk.post(f"/awards/nominations/{row.pk}/withdraw/", {"reason": "本人放弃"})

    row.refresh_from_db()
    assert (row.withdrawn_on, row.withdraw_reason) == (ON, "本人放弃")


def withdrawn(row, reason="本人放弃"):
    """The nomination, taken back."""
    row.withdrawn_on, row.withdraw_reason = ON, reason
    row.save()
    return row


def test_whoever_was_withdrawn_is_nominated_anew_from_what_was_said_before(clerk, held):
    before = withdrawn(nominated(held, eligibility="failed", eligibility_reasons="事迹不实"))
    page = text(clerk.get(f"/awards/nominations/{before.pk}/"))
    again = re.search(r'href="([^"]*again=[^"]*)"', page)[1].replace("&amp;", "&")

    assert "带动就业 30 户" in text(clerk.get(again))
    clerk.post(again, {"person": before.person_id, "achievements": "带动就业 31 户", "category": "industry"})

    new = held.nominations.standing().get()
    assert (new.person, new.achievements, new.eligibility) == (before.person, "带动就业 31 户", "")
    page = text(clerk.get(f"/awards/nominations/{new.pk}/"))
    assert "2024-11-04 撤回：本人放弃" in page
    assert "资格审核不合格" in page
    assert "重新推荐" not in text(clerk.get(f"/awards/nominations/{before.pk}/"))  # somebody did


def test_a_collective_that_was_withdrawn_is_nominated_anew(clerk, held):
    withdrawn(factories.nomination(round=held, collective="甲山村合作社", village_id=HOME))
    address = url(held, f"nominate/collective/?village={HOME}")

    clerk.post(address, {"collective": "甲山村合作社"})
    twice = clerk.post(address, {"collective": "甲山村合作社"})

    assert "已在这一轮推荐中" in text(twice, 400)
    assert held.nominations.count() == 2


def test_a_standing_nomination_is_not_made_twice_on_the_page_nor_in_the_admin(clerk, county, held):
    row = nominated(held)
    address = url(held, f"nominate/individual/?village={HOME}")
    told = {"round": held.pk, "township": factories.OWN, "nominee_type": "individual", "person": row.person_id}

    assert "这个人已在这一轮推荐中" in text(clerk.post(address, {"person": row.person_id}), 400)
    assert "这个人已在这一轮推荐中" in text(county.post("/admin/awards/nomination/add/", told))
    withdrawn(row)
    county.post("/admin/awards/nomination/add/", told)
    assert held.nominations.count() == 2


@pytest.mark.parametrize("key", ["", "x", "9" * 40, "-1"])
def test_what_was_said_before_is_only_that_of_a_withdrawn_one_in_sight(browser, held, key):
    row = withdrawn(nominated(held, village=FOREIGN, achievements="别处的事迹"))
    clerk = browser("township_clerk")

    for one in (key, row.pk):
        assert "别处的事迹" not in text(clerk.get(url(held, f"nominate/individual/?village={HOME}&again={one}")))


def test_once_the_round_is_closed_nobody_is_offered_to_nominate_anew(clerk, held):
    row = withdrawn(nominated(held))
    clerk.get("/", {"on": LATER.isoformat()})

    assert "重新推荐" not in text(clerk.get(f"/awards/nominations/{row.pk}/"))


# --- eligibility


def outcome(client, held, row):
    client.post(url(held, "examine/"))
    row.refresh_from_db()
    return row.eligibility, row.eligibility_reasons


def test_eligibility_comes_from_the_ledger_with_its_reasons(county, held):
    assert outcome(county, held, nominated(held)) == (
        "passed", "事迹和所在村齐全；台账没有处分和联审否决记录；近 2 年没有获得这项表彰",
    )  # fmt: skip


def test_a_finding_of_the_joint_review_stands_against(county, held):
    row = nominated(held)
    factories.review_mark(person=row.person, village=row.village, result="found", reason="受党内警告", decided_on=ON)

    verdict, reasons = outcome(county, held, row)

    assert verdict == "failed"
    assert "受党内警告" in reasons


def test_a_finding_that_a_later_review_cleared_no_longer_does(county, held):
    row = nominated(held)
    mark = factories.review_mark(person=row.person, village=row.village, result="found", reason="警告", decided_on=ON)
    mark.result, mark.reason = "clear", ""
    mark.save()

    assert outcome(county, held, row)[0] == "passed"


def test_leaving_the_pool_over_discipline_stands_against(county, held):
    row = nominated(held)
    factories.reserve(person=row.person, village=row.village, end=ON, end_reason="discipline")

    assert "因违纪违法退出后备库" in outcome(county, held, row)[1]


@pytest.mark.parametrize(("end", "verdict"), [(None, "failed"), (ON, "failed"), (ON - datetime.timedelta(1), "passed")])
def test_a_decision_in_effect_stands_against_and_is_not_told_in_words(county, held, end, verdict):
    row = nominated(held)
    factories.integrity_record(person=row.person, start=datetime.date(2024, 1, 2), end=end, reason="酒后驾车")

    found, reasons = outcome(county, held, row)

    assert found == verdict
    assert ("廉政记录" in reasons) == (verdict == "failed")
    assert "酒后驾车" not in reasons
    assert "警告" not in reasons


@pytest.mark.parametrize(("year", "verdict"), [(2023, "failed"), (2022, "failed"), (2021, "passed")])
def test_the_same_award_is_not_given_again_within_the_years(county, held, year, verdict):
    row = nominated(held)
    factories.award(scheme=held.scheme, person=row.person, year=year, decided_on=datetime.date(year, 12, 20))

    assert outcome(county, held, row)[0] == verdict


def test_an_award_that_was_withdrawn_stands_against_for_good(county, held):
    row = nominated(held)
    factories.award(person=row.person, year=2012, decided_on=datetime.date(2012, 1, 1), withdrawn_on=datetime.date(2013, 1, 1),
                    withdraw_reason="虚报", withdraw_no="1号")  # fmt: skip

    assert "已被撤销" in outcome(county, held, row)[1]


def test_a_review_that_wants_somebody_replaced_stands_against(county, held):
    row = nominated(held)
    sheet = factories.team_review(village=row.village, status="decided", team_class="好", decided_on=ON)
    factories.person_review(team=sheet, person=row.person, proposal="adjust", reason="不胜任")

    assert "调整撤换" in outcome(county, held, row)[1]


def test_what_is_not_known_stays_open_and_is_decided_by_hand(county, held):
    row = nominated(held, achievements="")

    assert outcome(county, held, row) == ("", "主要事迹没有填")
    assert "审核意见" in text(county.post(f"/awards/nominations/{row.pk}/verdict/", {"verdict": "passed"}), 400)
    county.post(f"/awards/nominations/{row.pk}/verdict/", {"verdict": "passed", "reasons": "材料已补"})
    row.refresh_from_db()
    assert (row.eligibility, row.eligibility_reasons) == ("passed", "材料已补")


# --- opinions and scores


def give_opinion(client, held, *rows, **fields):
    given = {"department": "县公安局", "opinion": "agreed", "given_on": ON.isoformat()} | fields
    sent = {f"opinion-{name}": value for name, value in given.items()}
    return client.post(url(held, "opinions/"), sent | {"chosen": [row.pk for row in rows]})


def test_a_department_says_what_it_thinks_of_those_ticked(county, held):
    one, other = nominated(held), nominated(held, "李四")

    give_opinion(county, held, one, other)
    give_opinion(county, held, other, opinion="refused", reason="正被调查")

    found = DepartmentOpinion.objects.order_by("nomination_id").values_list("opinion", "reason")
    assert list(found) == [("agreed", ""), ("refused", "正被调查")]
    assert "县公安局不同意" in text(county.get(url(held)))


def test_a_refusal_without_reason_is_told_and_the_ticks_stay(county, held):
    row = nominated(held)

    page = text(give_opinion(county, held, row, opinion="refused"), 400)

    assert "请写明具体情况" in page
    assert f'value="{row.pk}" aria-label="勾选张三" checked' in page
    assert "没有选择" in text(give_opinion(county, held), 400)


def score(client, judge, **points):
    return client.post(f"/awards/judges/{judge.pk}/", points)


def test_scores_make_a_ranking(county, held):
    one, two, three = (ready(held, name) for name in ("甲", "乙", "丙"))
    for given in ((90, 80, 80), (92, 81, 80)):
        judge = factories.judge(round=held)
        score(county, judge, **{f"points_{row.pk}": value for row, value in zip((one, two, three), given, strict=True)})

    lines = ranking.rank(held, [one, two, three], ON)["individual"]

    assert [(line.nomination.nominee, str(line.mean), line.rank, line.is_within) for line in lines] == [
        ("甲", "91.00", 1, True), ("乙", "80.50", 2, True), ("丙", "80.00", 3, False),
    ]  # fmt: skip
    assert "91.00" in text(county.get(url(held)))


def test_equal_scores_over_the_last_place_are_undecided(held):
    rows = [ready(held, name) for name in ("甲", "乙", "丙")]
    judge = factories.judge(round=held)
    for row, value in zip(rows, (90, 80, 80), strict=True):
        factories.award_score(judge=judge, nomination=row, points=value)

    lines = ranking.rank(held, rows, ON)["individual"]

    assert [line.state for line in lines] == ["名额内", "同分跨名额", "同分跨名额"]


@pytest.mark.parametrize(
    ("given", "mean"), [([70, 80, 90], "80.00"), ([0, 80, 80, 81, 100], "80.33"), ([], "None"), ([90], "90.00")]
)
def test_the_highest_and_the_lowest_fall_away_from_five_judges_on(given, mean):
    assert str(ranking.mean([ranking.Decimal(one) for one in given], 5)) == mean


def test_a_judge_of_the_same_village_gives_no_score(county, held):
    near, far = ready(held), ready(held, "王五", village=FOREIGN)
    judge = factories.judge(round=held, village=factories.village(HOME))

    page = text(county.get(f"/awards/judges/{judge.pk}/"))
    score(county, judge, **{f"points_{near.pk}": 99, f"points_{far.pk}": 88})

    assert "与评委同村" in page
    kept = {
        row.nomination.nominee: (row.points, row.recusal)
        for row in AwardScore.objects.select_related("nomination__person")
    }
    assert kept == {"张三": (None, "与评委同村"), "王五": (88, "")}


def test_a_judge_gives_no_score_to_a_relative_or_to_himself(county, held):
    row, own = ready(held), ready(held, "赵六", village=FOREIGN)
    judge = factories.judge(round=held, person=own.person)
    factories.kinship(first=row.person, second=own.person, relation="sibling")

    score(county, judge, **{f"points_{row.pk}": 99, f"points_{own.pk}": 99})

    assert set(AwardScore.objects.values_list("points", "recusal")) == {(None, "与评委是兄弟姐妹"), (None, "评委本人")}


def test_a_judge_who_declares_it_gives_no_score(county, held):
    row = ready(held)
    judge = factories.judge(round=held)

    page = text(score(county, judge, **{f"points_{row.pk}": 90, f"recusal_{row.pk}": "曾是同事"}), 400)
    score(county, judge, **{f"recusal_{row.pk}": "曾是同事"})

    assert "不能都填" in page
    assert AwardScore.objects.get().recusal == "曾是同事"


def test_odd_points_are_told(county, held):
    row, judge = ready(held), factories.judge(round=held)

    for odd in ("101", "-1", "优", "NaN", "1e9"):
        assert score(county, judge, **{f"points_{row.pk}": odd}).status_code == 400
    assert not AwardScore.objects.exists()


def test_a_judge_is_registered_with_the_file_of_the_ledger(county, held):
    someone = factories.person("评委甲", village=HOME)

    county.post(url(held, "judges/"), {"name": "评委甲", "unit": "县农业农村局", "id_number": someone.id_number})

    judge = held.judges.get()
    assert judge.person == someone
    assert someone.id_number not in text(county.get(url(held, "judges/")))


def test_a_clerk_sees_no_scores(clerk, held):
    row = ready(held)
    factories.award_score(nomination=row, points="77.25")

    assert "77.25" not in text(clerk.get(f"/awards/nominations/{row.pk}/"))
    assert "平均分" not in text(clerk.get(url(held)))
    assert clerk.get("/api/v1/award-scores/").status_code == 403


# --- publicity


def test_publicity_lasts_five_working_days(county, held):
    row = ready(held)

    publicise(county, held, row)

    notice = AwardPublicity.objects.get()
    assert (notice.starts_on, notice.ends_on, notice.days) == (ON, datetime.date(2024, 11, 11), 5)
    page = text(county.get(f"/awards/publicities/{notice.pk}/"))
    assert "还剩 5 个工作日" in page


def test_publicity_over_holidays_and_worked_weekends(county, held):
    told = {"basis": "通知", "division": factories.division(factories.COUNTY), "year": 2024}
    for day in range(1, 8):
        SpecialDay.objects.create(date=datetime.date(2024, 10, day), is_working=False, **told)
    for day in (datetime.date(2024, 9, 29), datetime.date(2024, 10, 12)):
        SpecialDay.objects.create(date=day, is_working=True, **told)

    publicise(county, held, ready(held), on=datetime.date(2024, 9, 27))

    assert AwardPublicity.objects.get().ends_on == datetime.date(2024, 10, 10)


def test_publicity_without_the_calendar_is_refused_not_guessed(county, held):
    page = text(publicise(county, held, ready(held), on=datetime.date(2024, 12, 30)), 400)

    assert "还没有录入 2025 年的放假调休安排" in page
    assert "政务公开栏" in page
    assert not AwardPublicity.objects.exists()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2024-02-30", ""])
def test_an_odd_day_of_publicity_is_told(county, held, day):
    row = ready(held)
    given = {"publicity-on": day, "publicity-place": "栏", "publicity-contact": "部", "chosen": [row.pk]}

    assert county.post(url(held, "publicise/"), given).status_code == 400


@pytest.mark.parametrize(
    ("change", "told"),
    [({"eligibility": ""}, "还不是合格"), ({"eligibility": "failed"}, "还不是合格"),
     ({"withdrawn_on": ON, "withdraw_reason": "放弃"}, "已经撤回")],
)  # fmt: skip
def test_who_is_not_ready_is_not_publicised(county, held, change, told):
    assert told in text(publicise(county, held, ready(held, **change)), 400)


def test_publicity_waits_for_every_department(county, held):
    row = nominated(held, eligibility="passed")
    factories.opinion(nomination=row, department="县公安局")

    assert "还缺县纪委监委机关、县农业农村局的意见" in text(publicise(county, held, row), 400)


def test_a_department_that_refuses_stops_publicity(county, held):
    row = ready(held)
    row.opinions.filter(department="县公安局").update(opinion="refused", reason="正被调查")

    assert "县公安局不同意张三：正被调查" in text(publicise(county, held, row), 400)


def test_no_more_in_publicity_than_places(county, held):
    rows = [ready(held, name) for name in ("甲", "乙", "丙")]

    assert "超过名额" in text(publicise(county, held, *rows), 400)
    publicise(county, held, *rows[:2])
    assert "已公示 2 个" in text(publicise(county, held, rows[2]), 400)


def test_who_was_withdrawn_later_was_in_publicity_before(county, held):
    row = ready(held)
    publicised(held, row)
    Nomination.objects.filter(pk=row.pk).update(withdrawn_on=datetime.date(2024, 11, 7), withdraw_reason="放弃")

    def running(day):
        return [one["label"] for one in indicators.rows("publicity_running", county.user, datetime.date(2024, 11, day))]

    assert running(6) == ["张三"]
    assert running(7) == []


def test_the_notice_masks_numbers(county, held):
    row = ready(held)
    other = factories.nomination(round=held, collective="合作社", phone="13812345678", eligibility="passed")
    notice = publicised(held, row, other)

    paper = docx.Document(io.BytesIO(county.get(f"/awards/publicities/{notice.pk}/notice.docx").content))

    cells = [cell.text for table in paper.tables for line in table.rows for cell in line.cells]
    told = "".join(line.text for line in paper.paragraphs)
    assert {"张三", "合作社", row.person.id_masked, row.person.phone_masked, other.phone_masked} <= set(cells)
    assert not {row.person.id_number, row.person.phone, "13812345678"} & set(cells)
    assert "自 2024-11-04 至 2024-11-11，共 5 个工作日" in told


def test_a_township_hands_out_its_own_part_of_the_notice(clerk, held):
    notice = publicised(held, ready(held), ready(held, "王五", village=FOREIGN))

    paper = docx.Document(io.BytesIO(clerk.get(f"/awards/publicities/{notice.pk}/notice.docx").content))

    cells = [cell.text for table in paper.tables for line in table.rows for cell in line.cells]
    assert "张三" in cells
    assert "王五" not in cells
    assert "（城关镇推荐的部分）" in [line.text for line in paper.paragraphs]


# --- objections and the decision


def object_to(client, notice, row, **fields):
    given = {"nomination": row.pk, "received_on": "2024-11-06", "channel": "signed", "content": "数据不实"}
    return client.post(f"/awards/publicities/{notice.pk}/", given | fields)


def answer(client, **fields):
    given = {"finding": "refused", "handling": "已核查，数据属实", "closed_on": "2024-11-08"}
    return client.post(f"/awards/objections/{AwardObjection.objects.get().pk}/", given | fields)


def test_an_open_objection_blocks_the_decision(county, held):
    row = ready(held)
    notice = publicised(held, row)
    object_to(county, notice, row)

    page = text(decide(county, held, row), 400)
    answer(county)
    decide(county, held, row)

    assert "还有异议没有办结" in page
    assert Award.objects.get().person == row.person


def test_an_objection_that_is_upheld_stops_the_award(county, held):
    row = ready(held)
    object_to(county, publicised(held, row), row)

    answer(county, finding="upheld", handling="数据虚报")

    assert "异议已查实" in text(decide(county, held, row), 400)
    assert not Award.objects.exists()


def test_no_decision_on_a_day_before_the_objection_was_closed(county, held):
    row = ready(held)
    object_to(county, publicised(held, row), row)
    answer(county, closed_on="2024-11-20")

    assert "的异议 2024-11-20 才办结" in text(decide(county, held, row), 400)
    decide(county, held, row, on=datetime.date(2024, 11, 20))
    assert Award.objects.get().person == row.person


def test_an_objection_is_answered_whole_and_once(county, held):
    row = ready(held)
    object_to(county, publicised(held, row), row)

    assert answer(county, handling="").status_code == 400
    assert "不早于收到日期" in text(answer(county, closed_on="2024-11-01"), 400)
    answer(county)

    assert answer(county).status_code == 403
    assert AwardObjection.objects.get().finding == "refused"


def test_an_objection_before_the_publicity_is_told(county, held):
    row = ready(held)

    page = text(object_to(county, publicised(held, row), row, received_on="2024-11-01"), 400)

    assert "早于公示开始" in page
    assert "数据不实" in page


def test_a_clerk_sees_no_objection(clerk, held):
    row = ready(held)
    notice = publicised(held, row)
    found = factories.objection(nomination=row, content="举报内容", received_on=ON)

    assert "举报内容" not in text(clerk.get(f"/awards/nominations/{row.pk}/"))
    assert "异议" not in text(clerk.get(f"/awards/publicities/{notice.pk}/"))
    assert clerk.get(f"/awards/objections/{found.pk}/").status_code == 403
    assert object_to(clerk, notice, row).status_code == 403


def test_the_decision_makes_awards_on_the_pages(county, held):
    row = ready(held, category="industry")
    group = agreed(
        factories.nomination(round=held, collective="甲山村", eligibility="passed", village=factories.village(HOME))
    )
    publicised(held, row, group)

    decide(county, held, row, group)

    one, other = Award.objects.order_by("bonus")
    assert (one.person, one.bonus, one.document_no, one.decided_on) == (row.person, 3000, "清委〔2024〕20号", LATER)
    assert (other.collective, other.village_id, other.bonus) == ("甲山村", HOME, 10_000)
    county.get("/", {"on": LATER.isoformat()})
    assert "2024 年度 乡村振兴贡献奖" in text(county.get(f"/people/{row.person_id}/"))
    assert "乡村振兴贡献奖" in text(county.get(f"/villages/{HOME}/"))


def test_what_came_since_the_review_of_eligibility_stops_the_decision(county, held):
    row = ready(held)
    publicised(held, row)
    factories.integrity_record(person=row.person, start=ON, reason="酒后驾车")

    page = decide(county, held, row).content.decode()

    assert not Award.objects.exists()
    assert "资格审核之后台账有了新情况" in page
    assert "影响期内的处分" in page
    assert "酒后驾车" not in page

    decide(county, held, row, recheck="处分决定已经撤销")
    row.refresh_from_db()

    assert Award.objects.get().nomination == row
    assert "影响期内的处分（处理），由县委组织部核定；仍予表彰：处分决定已经撤销" in row.eligibility_reasons
    assert AuditEntry.objects.filter(object_id=str(row.pk), verb="change").latest("pk").reason == "处分决定已经撤销"


def test_what_the_review_of_eligibility_knew_is_not_asked_about_again(county, held):
    row = ready(held)
    factories.integrity_record(person=row.person, start=ON)
    row.eligibility_reasons = "廉政记录里有影响期内的处分（处理），由县委组织部核定；经研究不影响推荐"
    publicised(held, row)

    decide(county, held, row)

    assert Award.objects.get().nomination == row


@pytest.mark.parametrize("on", ["2024-11-11", "2024-11-05"])
def test_the_decision_waits_for_the_end_of_publicity(county, held, on):
    row = ready(held)
    publicised(held, row)

    page = text(decide(county, held, row, on=datetime.date.fromisoformat(on)), 400)

    assert "公示到 2024-11-11 才结束" in page
    assert "清委〔2024〕20号" in page


def test_a_calendar_that_was_put_right_since_lengthens_the_publicity(county, held):
    row = ready(held)
    publicised(held, row)
    lines = "放假 2024-11-06 补登\n放假 2024-11-11 补登"
    assert county.post("/parameters/calendar/2024/", {"lines": lines, "basis": "更正"}).status_code == 302

    assert "5 个工作日到 2024-11-13 才满" in text(decide(county, held, row), 400)
    decide(county, held, row, on=datetime.date(2024, 11, 14))
    assert Award.objects.get().person == row.person


def test_no_decision_without_publicity_or_beyond_the_places(county, held):
    rows = [ready(held, name) for name in ("甲", "乙", "丙")]

    assert "还没有公示" in text(decide(county, held, rows[0]), 400)
    publicised(held, *rows)
    assert "超过名额" in text(decide(county, held, *rows), 400)
    assert not Award.objects.exists()


def test_a_department_that_refuses_after_all_stops_the_decision(county, held):
    row = ready(held)
    publicised(held, row)
    row.opinions.filter(department="县公安局").update(opinion="refused", reason="正被调查")

    assert "县公安局不同意张三：正被调查" in text(decide(county, held, row), 400)
    assert not Award.objects.exists()


def test_somebody_is_awarded_once(county, held):
    row = ready(held)
    publicised(held, row)
    decide(county, held, row)

    assert "已经表彰" in text(decide(county, held, row), 400)
    assert Award.objects.count() == 1


# --- certificate and withdrawal


def certified(client, held, name="张三", **fields):
    row = ready(held, name, **fields)
    publicised(held, row)
    decide(client, held, row)
    client.post(url(held, "certify/"), {"certify-on": "2024-11-20"})
    return row.award


def test_a_certificate_is_numbered_and_verified(county, clerk, held):
    award = certified(county, held, category="industry")

    assert award.certificate_no == "990121-BZ2024-00001"
    assert len(award.check_code) == 12
    right = {"number": award.certificate_no, "code": award.check_code.lower()}
    assert "证书有效：张三" in text(clerk.post("/awards/verify/", right))
    assert "没有这本证书" in text(clerk.post("/awards/verify/", right | {"code": "X" * 12}))


def test_the_name_of_another_township_is_not_told(county, browser, held):
    award = certified(county, held)
    right = {"number": award.certificate_no, "code": award.check_code}

    page = text(browser("township_clerk", factories.NEIGHBOUR).post("/awards/verify/", right))

    assert "证书有效：张*" in page
    assert "张三" not in page


def test_the_certificate_is_a_pdf_that_another_reader_opens(county, held):
    pdfium = pytest.importorskip("pypdfium2")
    award = certified(county, held, category="industry")

    answer = county.get(f"/awards/{award.pk}/certificate.pdf")

    document = pdfium.PdfDocument(answer.content)
    told = "".join(document[0].get_textpage().get_text_range().split())
    assert (len(document), answer["Content-Type"]) == (1, "application/pdf")
    for part in (
        "荣誉证书",
        "张三同志",
        "“乡村振兴贡献奖”先进个人（产业振兴）",
        "2024年11月12日",
        award.certificate_no,
    ):
        assert part.replace(" ", "") in told
    assert "-".join(award.check_code[at : at + 4] for at in (0, 4, 8)) in told


def test_an_award_is_withdrawn_by_a_document(county, held):
    award = certified(county, held)
    given = {"on": "2024-12-01", "document_no": "清委〔2024〕31号", "reason": "事迹失实"}

    assert "早于表彰日期" in text(county.post(f"/awards/{award.pk}/", given | {"on": "2024-11-01"}), 400)
    assert county.post(f"/awards/{award.pk}/", given | {"reason": ""}).status_code == 400
    county.post(f"/awards/{award.pk}/", given)

    award.refresh_from_db()
    assert (award.withdrawn_on, award.withdraw_no) == (datetime.date(2024, 12, 1), "清委〔2024〕31号")
    assert county.get(f"/awards/{award.pk}/certificate.pdf").status_code == 404
    right = {"number": award.certificate_no, "code": award.check_code}
    assert "2024-12-01 撤销（清委〔2024〕31号），证书失效" in text(county.post("/awards/verify/", right))
    county.get("/", {"on": "2024-12-31"})
    assert "撤销" in text(county.get(f"/people/{award.person_id}/"))
    assert county.post(f"/awards/{award.pk}/", given).status_code == 403


def test_a_clerk_neither_decides_nor_withdraws(clerk, county, held):
    award = certified(county, held)

    assert clerk.post(f"/awards/{award.pk}/", {"on": "2024-12-01"}).status_code == 403
    for step in ("examine/", "opinions/", "publicise/", "decide/", "certify/", "judges/", "edit/"):
        assert clerk.post(url(held, step)).status_code == 403


def test_the_round_costs_the_same_for_two_rows_as_for_twenty(county, held):
    def queries():
        with CaptureQueriesContext(connection) as counted:
            text(county.get(url(held)))
            county.get(url(held, "nominations.xlsx"))
        return len(counted)

    for number in range(2):
        ready(held, f"甲{number}")
    few = queries()
    for number in range(18):
        ready(held, f"乙{number}")

    assert queries() == few


def test_the_sheet_tells_how_far_each_has_come(county, held):
    row = ready(held)
    publicised(held, row)

    cells = sheet_cells(county, held)

    assert {"张三", "公示中", row.person.id_masked} <= set(cells)
    assert row.person.id_number not in cells
