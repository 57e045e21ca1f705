"""Rosters about one role of people: reserve, stationed, talent. What a commit writes, changes and refuses."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rosters import importer, spec, writer
from rosters.models import Upload
from talent.models import Person, ReserveCandidate, RuralTalent, Stationing
from tests import factories
from tests.rosters.workbooks import xlsx

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 22)
VILLAGE = "甲村"
BORN = datetime.date(1985, 5, 6)
RESERVE = ("村", "姓名", "身份证号", "来源类别", "培养方向", "培养联系人", "入库时间", "联系电话", "备注")
STATIONED = ("派驻村", "姓名", "身份证号", "派出单位", "原单位职务", "驻村职务", "派驻时间")
TALENT = ("村", "姓名", "身份证号", "人才类别", "专业特长", "是否示范户", "入库时间")


@pytest.fixture
def clerk():
    factories.village("990121100201", VILLAGE)
    factories.village("990121100202", "乙村")
    factories.village("990121101201", "丙村")
    return factories.user("township_clerk", factories.OWN)


def hand_in(clerk, kind, header, *rows):
    content = xlsx([list(header), *[list(row) for row in rows]])
    return importer.upload(by=clerk, kind=kind, filename="名册.xlsx", content=content, as_of=TODAY)


def committed(clerk, kind, header, *rows):
    upload = hand_in(clerk, kind, header, *rows)
    assert importer.confirm(upload, by=clerk).state == "done", [row.problems for row in upload.rows.all()]
    return Upload.objects.get(pk=upload.pk)


def row_of(upload, number=0):
    return upload.rows.order_by("order")[number]


def codes(upload, number=0):
    return {problem["code"] for problem in row_of(upload, number).problems}


def candidate(number=None, **more):
    row = dict(zip(RESERVE, (VILLAGE, "张三", number or factories.id_number(BORN), "退役军人", "党支部书记", "李副书记", "2024.06", None, None), strict=True))  # fmt: skip
    return tuple((row | more).values())


def test_new_candidate_gets_file_and_place(clerk):
    committed(clerk, "reserve", RESERVE, candidate())

    place = ReserveCandidate.objects.get()
    assert (place.person.name, place.village.name, place.target, place.source) == (
        "张三",
        VILLAGE,
        "secretary",
        "veteran",
    )
    assert (place.mentor, place.start) == ("李副书记", datetime.date(2024, 6, 1))


def test_same_candidates_again_change_nothing(clerk):
    number = factories.id_number(BORN)
    committed(clerk, "reserve", RESERVE, candidate(number))

    again = hand_in(clerk, "reserve", RESERVE, candidate(number))

    assert again.counts["unchanged"] == 1
    assert again.writes == 0


def test_changed_target_is_shown_and_written(clerk):
    number = factories.id_number(BORN)
    committed(clerk, "reserve", RESERVE, candidate(number))

    upload = committed(clerk, "reserve", RESERVE, candidate(number, 培养方向="村委会主任"))

    assert row_of(upload).diff == {"target_post": ["书记后备", "其他村干部后备"]}
    assert ReserveCandidate.objects.get().target == "other"


def test_blank_leaves_and_the_word_clears(clerk):
    number = factories.id_number(BORN)
    committed(clerk, "reserve", RESERVE, candidate(number, 备注="骨干", 联系电话="13800001111"))

    blank = hand_in(clerk, "reserve", RESERVE, candidate(number, 培养联系人=None))
    cleared = committed(clerk, "reserve", RESERVE, candidate(number, 培养联系人="清空", 备注="清空", 联系电话="清空"))

    assert blank.writes == 0
    assert row_of(cleared).diff["mentor"] == ["李副书记", None]
    place = ReserveCandidate.objects.get()
    assert (place.mentor, place.remarks, place.person.phone) == ("", "", None)


def test_missing_start_is_the_rosters_date_and_said(clerk):
    upload = committed(clerk, "reserve", RESERVE, candidate(入库时间=None))

    assert "start_assumed" in codes(upload)
    assert ReserveCandidate.objects.get().start == TODAY


def test_candidate_of_another_village_is_refused(clerk):
    place = factories.reserve(village="990121100202")

    upload = hand_in(clerk, "reserve", RESERVE, candidate(place.person.id_number))

    assert "in_another_pool" in codes(upload)
    assert row_of(upload).outcome == "error"


def test_neighbours_person_is_refused_without_being_named(clerk):
    other = factories.person("王五", village="990121101201")

    upload = hand_in(clerk, "reserve", RESERVE, candidate(other.id_number))

    assert codes(upload) == {"held_elsewhere"}
    assert "王五" not in str(row_of(upload).problems)


def test_neighbours_village_is_refused(clerk):
    assert codes(hand_in(clerk, "reserve", RESERVE, candidate(村="丙村"))) & {"outside_scope", "unknown_village"}


def test_serving_cadre_as_candidate_is_warned_about(clerk):
    seat = factories.appointment(village="990121100201")

    upload = hand_in(clerk, "reserve", RESERVE, candidate(seat.person.id_number, 姓名=seat.person.name))

    assert "is_serving" in codes(upload)
    assert row_of(upload).outcome == "warn"


def test_period_after_an_ended_one_must_begin_later(clerk):
    old = factories.reserve(
        village="990121100201", start=datetime.date(2022, 1, 1), end=datetime.date(2024, 8, 1), end_reason="left"
    )

    upload = hand_in(clerk, "reserve", RESERVE, candidate(old.person.id_number, 姓名=old.person.name))

    assert "period_overlap" in codes(upload)


def test_namesake_of_the_same_birth_is_warned_about(clerk):
    factories.person("张三", village="990121100202", id_number=factories.id_number(BORN))

    upload = hand_in(clerk, "reserve", RESERVE, candidate())

    assert "likely_known" in codes(upload)
    assert row_of(upload).outcome == "warn"


def test_merged_number_finds_the_file(clerk):
    person = factories.person("张三", village="990121100201")
    former = factories.former_id_number(person=person)

    upload = committed(clerk, "reserve", RESERVE, candidate(former.id_number))

    assert "former_number" in codes(upload)
    assert ReserveCandidate.objects.get().person == person
    assert Person.objects.count() == 1


def test_stay_is_written_by_village_and_role(clerk):
    number = factories.id_number(BORN)
    row = (VILLAGE, "赵六", number, "县财政局", "科员", "第一书记", "2025.05")
    committed(clerk, "stationed", STATIONED, row)

    upload = committed(clerk, "stationed", STATIONED, (*row[:4], "副股长", *row[5:]))

    stay = Stationing.objects.get()
    assert (stay.role, stay.dispatch_unit, stay.original_post) == ("first_secretary", "县财政局", "副股长")
    assert row_of(upload).diff == {"original_post": ["科员", "副股长"]}


def test_village_post_does_not_belong_among_the_sent_in(clerk):
    row = (VILLAGE, "赵六", factories.id_number(BORN), "县财政局", "科员", "村委会主任", "2025.05")

    assert "not_sent_in" in codes(hand_in(clerk, "stationed", STATIONED, row))


def test_talent_is_written_and_changed(clerk):
    number = factories.id_number(BORN)
    committed(clerk, "talent", TALENT, (VILLAGE, "钱七", number, "种养能手", "白茶", "否", "2023.06"))

    upload = committed(clerk, "talent", TALENT, (VILLAGE, "钱七", number, "种养能手", "白茶、食用菌", "是", "2023.06"))

    found = RuralTalent.objects.get()
    assert (found.category, found.specialty, found.is_demonstration) == ("production", "白茶、食用菌", True)
    assert row_of(upload).diff == {"specialty": ["白茶", "白茶、食用菌"], "is_demonstration": ["否", "是"]}


def queries(call):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        call()
    return len(captured)


@pytest.mark.parametrize("kind", ["reserve", "talent"])
def test_as_many_queries_for_twenty_rows_as_for_two(clerk, kind):
    def rows(count):
        if kind == "reserve":
            return [candidate(姓名=f"张{number:02}") for number in range(count)]
        return [
            (VILLAGE, f"钱{number:02}", factories.id_number(BORN), "经营型", "电商", "否", None)
            for number in range(count)
        ]

    header = RESERVE if kind == "reserve" else TALENT
    committed(clerk, kind, header, *rows(1))

    assert queries(lambda: committed(clerk, kind, header, *rows(2))) == queries(
        lambda: committed(clerk, kind, header, *rows(20))
    )


# What the county keeps for all, or what its staff alone know: it goes round in test_giving_out.
OF_COUNTY = {
    "approved_seats", "award_rounds", "awards_given", "demand_rounds", "election_rounds", "fund_entries", "integrity", "recruitments",
    "review_rounds", "sessions",
}  # fmt: skip
OF_TOWNSHIPS = [one.slug for one in spec.importable() if one.export and not one.target and one.slug not in OF_COUNTY]


@pytest.mark.parametrize("kind", OF_TOWNSHIPS)
def test_export_comes_back_unchanged(clerk, kind):
    place = "990121100201"
    factories.appointment(village=place, start=datetime.date(2021, 3, 1))
    factories.reserve(village=place, source="graduate", mentor="某", remarks="备", start=datetime.date(2023, 6, 1))
    factories.stationing(village=place, original_post="科员", start=datetime.date(2024, 6, 1))
    factories.rural_talent(village=place, is_demonstration=True, start=datetime.date(2024, 6, 1))
    factories.village_figures(village=factories.village(place), year=TODAY.year)
    factories.degree_study(village=place)
    factories.training_wish(village=place, year=TODAY.year)
    factories.plan_line(plan=factories.training_plan(factories.OWN, year=TODAY.year))
    specialist = factories.stationing(
        person=factories.person("周技术", village=place), village=place, role="specialist"
    )
    factories.service_visit(person=specialist.person, village=place, start=TODAY, end=TODAY)
    factories.secondment(village=place)
    factories.topic_requirement()
    factories.teacher()
    factories.major()
    factories.study_term(study=factories.degree_study(village=place))
    factories.safeguard(village=place, year=TODAY.year)
    held = factories.meeting(branch=factories.party_branch(village=place), held_on=TODAY)
    factories.resolution(meeting=held)
    factories.party_activity(person=factories.person("帮扶人", village=place), start=TODAY)
    factories.village_project(village=place, invested_on=TODAY)
    factories.cultural_activity(village=place, held_on=TODAY)
    factories.safeguard_standard(year=TODAY.year)
    roster = spec.get(kind)
    rows = roster.export(factories.OWN, TODAY)
    content = writer.export(roster, rows, place="某镇", on=TODAY, by=clerk)

    upload = importer.upload(by=clerk, kind=kind, filename="导出.xlsx", content=content, as_of=TODAY)

    assert upload.rows_total == len(rows) >= 1
    assert upload.counts["unchanged"] == len(rows), [(row.diff, row.problems) for row in upload.rows.all()]
