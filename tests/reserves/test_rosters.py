"""Applicants and scores by upload; the reserve roster with what grooming needs."""

import datetime

import pytest

from rosters import importer, spec
from talent.models import RecruitmentApplication, ReserveAssessment, ReserveCandidate
from tests import factories
from tests.reserves.conftest import FOREIGN, HOME
from tests.rosters.handing import codes, committed, hand_in, row_of, sent_back

HEADER = (
    "报考乡镇",
    "报考村",
    "姓名",
    "性别",
    "身份证号",
    "学历",
    "户籍",
    "准考证号",
    "笔试成绩",
    "面试成绩",
    "联系电话",
)
RESERVE = ("乡镇", "村", "姓名", "身份证号", "培养方向", "拟任具体职务", "储备类别", "培养联系人", "培养措施")


@pytest.fixture
def staff(places):
    return factories.user("county_staff", factories.COUNTY, name="县经办")


def row(number, written="", interview="", village="甲山村", township="城关镇", name="张三"):
    return (township, village, name, "男", number, "本科", "本县其他乡镇", "2024001", written, interview, "13800001111")


def test_applicants_get_a_file_and_an_application(staff, held):
    number = factories.id_number()

    committed(staff, "applicants", HEADER, row(number), target_id=held.pk)

    one = RecruitmentApplication.objects.select_related("person").get()
    assert (one.village_id, one.household, one.ticket_no, one.recruitment) == (HOME, "county", "2024001", held)
    assert one.person.educations.get().level == "bachelor"


def test_scores_by_the_same_roster_change_the_application(staff, held):
    number = factories.id_number()
    committed(staff, "applicants", HEADER, row(number), target_id=held.pk)
    RecruitmentApplication.objects.update(eligibility="passed")

    committed(staff, "applicants", HEADER, row(number, "85.5", 78), target_id=held.pk)

    one = RecruitmentApplication.objects.get()
    assert (str(one.written), str(one.interview)) == ("85.50", "78.00")


def test_scores_wait_for_the_review(staff, held):
    number = factories.id_number()
    committed(staff, "applicants", HEADER, row(number), target_id=held.pk)

    assert "not_reviewed" in codes(hand_in(staff, "applicants", HEADER, row(number, 85, 78), target_id=held.pk))


def test_a_score_out_of_range_is_told_at_its_cell(staff, held):
    number = factories.id_number()
    committed(staff, "applicants", HEADER, row(number), target_id=held.pk)
    RecruitmentApplication.objects.update(eligibility="passed")

    upload = hand_in(staff, "applicants", HEADER, row(number, 185, 78), target_id=held.pk)

    assert [(found["field"], found["code"]) for found in row_of(upload).problems if found["level"] == "error"] == [
        ("written", "score_range")
    ]


def test_a_township_without_places_is_told(staff, held):
    held.quotas.filter(township_id=factories.NEIGHBOUR).delete()

    upload = hand_in(
        staff, "applicants", HEADER, row(factories.id_number(), village="丙田村", township="柳林镇"), target_id=held.pk
    )

    assert "no_places" in codes(upload)


def test_nobody_applies_for_two_villages(staff, held):
    number = factories.id_number()
    committed(staff, "applicants", HEADER, row(number), target_id=held.pk)

    assert "applied_elsewhere" in codes(
        hand_in(staff, "applicants", HEADER, row(number, village="乙水村"), target_id=held.pk)
    )


def test_scores_of_the_engaged_stay(staff, held):
    number = factories.id_number()
    committed(staff, "applicants", HEADER, row(number), target_id=held.pk)
    one = RecruitmentApplication.objects.get()
    place = factories.reserve(person=one.person, village=HOME, kind="recruited")
    steps = dict.fromkeys(("eligibility", "physical", "inspection", "publicity"), "passed")
    RecruitmentApplication.objects.update(**steps, written=80, interview=80, engaged_on=place.start, place=place)

    same = hand_in(staff, "applicants", HEADER, row(number, 80, 80), target_id=held.pk)
    other = hand_in(staff, "applicants", HEADER, row(number, 90, 80), target_id=held.pk)

    assert row_of(same).change == "unchanged"
    assert "engaged_already" in codes(other)


def test_the_export_comes_back_unchanged(staff, held):
    for village in (HOME, FOREIGN):
        someone = factories.person("李四", village=village)
        factories.education(person=someone)
        factories.recruitment_application(
            recruitment=held, person=someone, village=village, household="township", eligibility="passed", written=88, interview=79.5
        )  # fmt: skip

    upload = sent_back("applicants", staff, target_id=held.pk)

    assert [found.change for found in upload.rows.all()] == ["unchanged", "unchanged"]


def test_a_clerk_uploads_onto_no_recruitment(held):
    clerk = factories.user("township_clerk", factories.OWN)

    upload = hand_in(clerk, "applicants", HEADER, row(factories.id_number()), target_id=held.pk)

    assert upload.refusal_code == "unknown_target"


def test_the_reserve_roster_brings_post_readiness_and_measures_and_comes_back(staff):
    number = factories.id_number()
    line = ("城关镇", "甲山村", "张三", number, "其他村干部", "村委会主任", "近期可用", "王副书记", "跟班学习")

    committed(staff, "reserve", RESERVE, line)

    one = ReserveCandidate.objects.get()
    assert (one.target, one.planned_post, one.readiness, one.measures) == (
        "other",
        "village_director",
        "now",
        "跟班学习",
    )
    assert [found.change for found in sent_back("reserve", staff).rows.all()] == ["unchanged"]


ASSESSED = ("乡镇", "村", "姓名", "身份证号", "研判年度", "半年", "研判结果", "研判意见", "研判日期")


@pytest.fixture
def candidate(places):
    someone = factories.person("后备甲", village=HOME)
    return factories.reserve(person=someone, village=HOME, start=datetime.date(2022, 5, 1))


def found(
    candidate, result="继续培养", half="上半年", opinion="跟班学习有进步", on="2024.07.10", year=2024, number=None
):
    number = candidate.person.id_number if number is None else number
    return ("城关镇", "甲山村", candidate.person.name, number, year, half, result, opinion, on)


def test_an_assessment_by_roster_is_one_of_the_candidate(staff, candidate):
    committed(staff, "reserve_assessments", ASSESSED, found(candidate))

    one = ReserveAssessment.objects.get()
    assert (one.candidate, one.period, one.result, one.remarks) == (
        candidate, "2024年上半年", "继续培养", "跟班学习有进步",
    )  # fmt: skip
    assert (one.assessed_on, one.by) == (datetime.date(2024, 7, 10), staff)


def test_the_same_half_year_again_corrects_the_first(staff, candidate):
    committed(staff, "reserve_assessments", ASSESSED, found(candidate))

    upload = committed(
        staff, "reserve_assessments", ASSESSED, found(candidate, result="成熟，可使用", opinion="", number="")
    )

    one = ReserveAssessment.objects.get()
    assert (one.result, one.remarks) == ("成熟，可使用", "跟班学习有进步")
    assert row_of(upload).change == "changed"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"result": "马马虎虎"}, "not_in_list"), ({"result": ""}, "missing_field:assessed_result"),
        ({"on": "2024.05.30", "half": "下半年"}, "half_not_begun"), ({"on": "2024.07"}, "day_wanted"),
        ({"on": "2022.04.30", "year": 2022}, "not_in_pool"), ({"year": 24.5}, "bad_year"), ({"half": "三季度"}, "unknown_half"),
        ({"opinion": "长" * 301}, "too_long"),
    ],
)  # fmt: skip
def test_what_does_not_fit_an_assessment_is_told(staff, candidate, wrong, code):
    upload = hand_in(staff, "reserve_assessments", ASSESSED, found(candidate, **wrong))

    assert code in codes(upload)
    assert row_of(upload).change == "none"


def test_an_assessment_before_entering_is_no_correction(staff, candidate):
    committed(staff, "reserve_assessments", ASSESSED, found(candidate))

    upload = hand_in(staff, "reserve_assessments", ASSESSED, found(candidate, on="2022.04.30", year=2022))
    moved = hand_in(staff, "reserve_assessments", ASSESSED, found(candidate, on="2024.01.02"))

    assert "not_in_pool" in codes(upload)
    assert row_of(moved).change == "changed"


def test_a_row_without_a_result_records_nothing(staff, candidate):
    upload = committed(staff, "reserve_assessments", ASSESSED, found(candidate, result="", opinion="", on=""))

    assert row_of(upload).change == "unchanged"
    assert not ReserveAssessment.objects.exists()


def test_a_candidate_of_the_neighbour_is_not_assessed(candidate):
    clerk = factories.user("township_clerk", factories.NEIGHBOUR)

    assert "outside_scope" in codes(hand_in(clerk, "reserve_assessments", ASSESSED, found(candidate)))


def test_the_export_is_the_list_to_fill_in_and_comes_back_unchanged(staff, candidate):
    other = factories.reserve(person=factories.person("后备乙", village=HOME), village=HOME)
    committed(staff, "reserve_assessments", ASSESSED, found(other))

    rows = spec.get("reserve_assessments").rows_to_export(factories.COUNTY, datetime.date(2024, 7, 10))
    upload = sent_back("reserve_assessments", staff)

    assert [(row["name"], row["assessed_half"], row["assessed_result"]) for row in rows] == [
        ("后备甲", "上半年", None), ("后备乙", "上半年", "继续培养"),
    ]  # fmt: skip
    assert {row.change for row in upload.rows.all()} == {"unchanged"}


def test_an_undo_takes_the_assessments_back(staff, candidate):
    upload = committed(staff, "reserve_assessments", ASSESSED, found(candidate))

    importer.undo(upload, by=staff)

    assert not ReserveAssessment.objects.exists()
