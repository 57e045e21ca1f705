"""Lists of scores and ballots onto a scheme: the township's points, the county's beside them; export comes back unchanged."""

import datetime

import pytest

from awards.actions.evaluations import template_items
from awards.models import Evaluation, EvaluationScore
from rosters import importer
from tests import factories
from tests.rosters.handing import codes, committed, hand_in, queries, sent_back

pytestmark = pytest.mark.django_db

HEADER = (
    "乡镇", "村", "姓名", "身份证号", "政治表现", "工作实绩", "加减分", "发出", "收回", "有效", "满意", "基本满意", "不满意", "考核等次",
)  # fmt: skip
HOME, FOREIGN = "990121100201", "990121101201"
BALLOTS = (50, 45, 40, 30, 8, 2)


@pytest.fixture
def clerk():
    factories.division(factories.COUNTY, "清源县")
    for code, name, village in ((factories.OWN, "城关镇", HOME), (factories.NEIGHBOUR, "柳林镇", FOREIGN)):
        factories.division(code, name)
        factories.village(village, "甲山村" if village == HOME else "丙田村")
    return factories.user("township_clerk", factories.OWN, name="经办人")


@pytest.fixture
def scheme(clerk):
    made = factories.evaluation_scheme(year=2026)
    for item in template_items(made.opens):
        item.scheme = made
        item.save()
    return made


@pytest.fixture
def row(scheme):
    return factories.evaluation(scheme=scheme, person=factories.person("张三", village=HOME))


def line(row, politics=28, work=36, others="", ballots=BALLOTS, grade="", name="张三"):
    return (
        "城关镇",
        "甲山村",
        name,
        row.person.id_number if row.person_id else "",
        politics,
        work,
        others,
        *ballots,
        grade,
    )


def send(clerk, scheme, *rows, **more):
    return hand_in(clerk, "evaluations", HEADER, *rows, target_id=scheme.pk, **more)


def write(clerk, scheme, *rows, **more):
    return committed(clerk, "evaluations", HEADER, *rows, target_id=scheme.pk, **more)


def points():
    found = EvaluationScore.objects.select_related("item").order_by("item_id")
    return {one.item.title: (one.township_points, one.county_points, one.evidence) for one in found}


def test_a_township_gives_its_points_and_counts_its_ballots(clerk, scheme, row):
    write(clerk, scheme, line(row, others="受到县级以上表彰 5（清委〔2024〕1号）"))

    row.refresh_from_db()
    assert points() == {
        "政治表现": (28, None, ""), "工作实绩": (36, None, ""), "受到县级以上表彰": (5, None, "清委〔2024〕1号"),
    }  # fmt: skip
    assert (row.issued, row.satisfied, row.dissatisfied) == (50, 30, 2)


def test_the_county_gives_its_own_beside_them(clerk, scheme, row):
    write(clerk, scheme, line(row))

    write(factories.user("county_staff", factories.COUNTY), scheme, line(row, politics=25))

    assert points() == {"政治表现": (28, 25, ""), "工作实绩": (36, None, "")}


def test_a_team_has_no_name(clerk, scheme):
    team = factories.evaluation(scheme=scheme, person=None, village=HOME)

    write(clerk, scheme, line(team, name=""))

    assert EvaluationScore.objects.filter(evaluation=team).count() == 2


@pytest.mark.parametrize(
    ("cells", "code"),
    [({"politics": 31}, "points_refused"), ({"others": "弄虚作假 1"}, "points_refused"), ({"others": "跳高 1"}, "no_such_item"),
     ({"others": "表现好"}, "points_unread"), ({"ballots": (50, 51, 40, 30, 8, 2)}, "ballots_differ"),
     ({"name": "李四"}, "name_differs")],
)  # fmt: skip
def test_what_cannot_be_is_told_at_its_cell(clerk, scheme, row, cells, code):
    upload = send(clerk, scheme, line(row, **cells))

    assert code in codes(upload)


def test_who_is_not_evaluated_is_told(clerk, scheme, row):
    other = factories.evaluation(person=factories.person("王五", village=HOME))

    upload = send(clerk, scheme, line(other, name="王五"))

    assert "not_evaluated" in codes(upload)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"grade": "basic", "graded_on": factories.START}, "evaluation_graded"),
        ({"handed_in_on": factories.START}, "evaluation_handed_in"),
    ],
)
def test_what_is_closed_is_not_changed(clerk, scheme, row, fields, code):
    Evaluation.objects.filter(pk=row.pk).update(**fields)

    assert code in codes(send(clerk, scheme, line(row)))


def test_an_export_comes_back_unchanged(clerk, scheme, row):
    write(clerk, scheme, line(row, others="受到县级以上表彰 5（清委〔2024〕1号；乡镇推荐）"))

    assert {one.change for one in sent_back("evaluations", clerk, scheme.pk).rows.all()} == {"unchanged"}


def test_counts_that_are_there_are_corrected_with_a_reason_only(clerk, scheme, row):
    write(clerk, scheme, line(row))
    recounted = line(row, ballots=(50, 45, 40, 20, 8, 12))

    assert "correction_reason" in codes(send(clerk, scheme, recounted))
    header, long = (*HEADER, "票数更正原因"), (*recounted, "长" * 201)
    assert "too_long" in codes(hand_in(clerk, "evaluations", header, long, target_id=scheme.pk))
    upload = committed(clerk, "evaluations", header, (*recounted, "漏记一组"), target_id=scheme.pk)

    kept = row.corrections.get()
    assert (kept.satisfied, kept.reason, kept.by) == (30, "漏记一组", clerk)
    assert {one.change for one in sent_back("evaluations", clerk, scheme.pk).rows.all()} == {"unchanged"}
    importer.undo(upload, by=clerk)
    row.refresh_from_db()
    assert (row.satisfied, row.corrections.exists()) == (30, False)


def test_undo_takes_the_scores_back(clerk, scheme, row):
    upload = write(clerk, scheme, line(row))

    importer.undo(upload, by=clerk)

    row.refresh_from_db()
    assert not EvaluationScore.objects.exists()
    assert row.issued is None


def test_queries_do_not_grow(clerk, scheme, row):
    more = [
        factories.evaluation(scheme=scheme, person=factories.person(f"李{n}", village=HOME)) for n in "甲乙丙丁戊己庚辛"
    ]

    def confirmed(some):
        upload = send(clerk, scheme, *(line(one, name=one.person.name) for one in some))
        return queries(lambda: importer.confirm(upload, by=clerk))

    assert confirmed(more[:2]) == confirmed(more[2:])


# --- what the township proposes, and the day from which points count

PROPOSING = ("乡镇", "村", "姓名", "身份证号", "工作实绩", "加减分", "建议等次")


def proposing(row, grade, work="", others=""):
    return ("城关镇", "甲山村", row.person.name, row.person.id_number, work, others, grade)


@pytest.fixture
def five(scheme):
    """Five objects of the own township: one place for 优秀."""
    return [factories.evaluation(scheme=scheme, person=factories.person(f"李{n}", village=HOME)) for n in "甲乙丙丁戊"]


def test_a_roster_takes_proposals_within_the_places(clerk, scheme, five):
    committed(
        clerk, "evaluations", PROPOSING, proposing(five[0], "优秀"), proposing(five[1], "称职"), target_id=scheme.pk
    )
    assert list(Evaluation.objects.order_by("pk").values_list("proposed", flat=True)[:2]) == ["excellent", "competent"]

    more = hand_in(
        clerk, "evaluations", PROPOSING, proposing(five[1], "优秀"), proposing(five[2], "称职"), target_id=scheme.pk
    )
    assert codes(more) == {"excellent_beyond"}
    assert [row.change for row in more.rows.order_by("order")] == ["none", "changed"]
    assert "建议优秀 2 名，最多 1 名" in str([row.problems for row in more.rows.all()])

    swapped = hand_in(
        clerk, "evaluations", PROPOSING, proposing(five[0], "称职"), proposing(five[1], "优秀"), target_id=scheme.pk
    )
    assert {row.change for row in swapped.rows.all()} == {"changed"}


def test_a_vetoed_object_is_proposed_as_unfit_alone(clerk, scheme, five):
    veto = "弄虚作假 1（清纪〔2026〕3号）"
    wrong = hand_in(clerk, "evaluations", PROPOSING, proposing(five[0], "称职", others=veto), target_id=scheme.pk)
    assert codes(wrong) == {"vetoed"}

    committed(clerk, "evaluations", PROPOSING, proposing(five[0], "不称职", others=veto), target_id=scheme.pk)
    assert Evaluation.objects.get(pk=five[0].pk).proposed == "unfit"
    assert {one.change for one in sent_back("evaluations", clerk, scheme.pk).rows.all()} == {"unchanged"}


def test_points_of_a_roster_count_from_its_day_and_undo_brings_the_old_back(clerk, scheme, five):
    first, later = datetime.date(2026, 11, 1), datetime.date(2026, 11, 20)
    committed(clerk, "evaluations", PROPOSING, proposing(five[0], "", work=30), target_id=scheme.pk, as_of=first)
    upload = committed(
        clerk, "evaluations", PROPOSING, proposing(five[0], "", work=35), target_id=scheme.pk, as_of=later
    )

    def points(on):
        return [float(one.points) for one in EvaluationScore.objects.standing(on).order_by("pk")]

    assert (points(first), points(later)) == ([30], [35])
    importer.undo(upload, by=clerk)
    assert (points(first), points(later), points(None)) == ([30], [30], [30])


# --- the grades that the county gives


def graded(row, grade, **cells):
    return line(row, name=row.person.name, grade=grade, **cells)


@pytest.fixture
def staff(clerk):
    return factories.user("county_staff", factories.COUNTY)


def grades_of(scheme):
    return list(scheme.evaluations.order_by("pk").values_list("grade", flat=True))


def test_the_county_grades_by_a_roster_what_is_whole_and_within_the_places(staff, scheme, five):
    past = datetime.date(2026, 3, 5)
    first = [graded(one, grade) for one, grade in zip(five[:2], ("优秀", "称职"), strict=True)]

    write(staff, scheme, *first, as_of=past)

    assert grades_of(scheme) == ["excellent", "competent", "", "", ""]
    assert {one.graded_on for one in Evaluation.objects.exclude(grade="")} == {past}
    assert {one.change for one in sent_back("evaluations", staff, scheme.pk).rows.all()} == {"unchanged"}
    beyond = send(staff, scheme, graded(five[2], "优秀"))
    assert "excellent_beyond" in codes(beyond)
    swapped = (graded(five[0], "称职"), graded(five[1], "优秀"))
    write(staff, scheme, *swapped, as_of=past)
    assert grades_of(scheme) == ["competent", "excellent", "", "", ""]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"ballots": ("",) * 6}, "还没有评完（群众满意度）"),
        ({"others": "严重违纪违法 1（纪委）"}, "等次应为不称职"),
    ],
)
def test_a_grade_that_the_page_refuses_is_refused_at_its_cell(staff, scheme, five, cells, told):
    veto = next(item.title for item in scheme.items.all() if item.part == "veto")
    cells = {name: value.replace("严重违纪违法", veto) if name == "others" else value for name, value in cells.items()}

    upload = send(staff, scheme, graded(five[0], "称职", **cells))

    problem = next(one for one in upload.rows.get().problems if one["code"] == "grade_refused")
    assert (problem["field"], told in problem["message"]) == ("final_grade", True)


def test_a_graded_ones_scores_stay_and_a_townships_grade_is_not_taken(clerk, staff, scheme, five):
    write(clerk, scheme, graded(five[0], "优秀"))
    assert grades_of(scheme)[0] == ""
    write(staff, scheme, graded(five[0], "称职"))

    assert "evaluation_graded" in codes(send(staff, scheme, graded(five[0], "基本称职", politics=20)))
    assert points()["政治表现"] == (28, None, "")


def test_undo_takes_grades_back_with_the_scores_of_the_same_list(staff, scheme, five):
    first = write(staff, scheme, graded(five[0], "优秀"))
    again = write(staff, scheme, graded(five[0], "称职"), graded(five[1], "优秀"))

    importer.undo(again, by=staff)
    assert grades_of(scheme) == ["excellent", "", "", "", ""]

    importer.undo(first, by=staff)
    assert grades_of(scheme) == [""] * 5
    assert not EvaluationScore.objects.filter(evaluation=five[0]).exists()


def test_undo_leaves_grades_that_were_announced_meanwhile(staff, scheme, five):
    upload = write(staff, scheme, graded(five[0], "称职"))
    scheme.published_on = factories.START
    scheme.save()

    why = {one.why for one in importer.look(upload, by=staff).kept}

    assert why == {"县里已经定等次"}
    assert grades_of(scheme)[0] == "competent"


def test_once_announced_a_list_grades_nobody(staff, scheme, five):
    scheme.published_on = factories.START
    scheme.save()

    assert send(staff, scheme, graded(five[0], "称职")).refusal_code == "unknown_target"
