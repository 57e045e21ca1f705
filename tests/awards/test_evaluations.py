"""The yearly evaluation from the scheme to the announcement and an appeal, as the county and the townships run it."""

import datetime
import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from awards import scoring
from awards.eligibility import examine
from awards.models import Evaluation, EvaluationAppeal, EvaluationItem, EvaluationScheme, EvaluationScore
from core import indicators
from talent.timeline import events
from tests import factories
from tests.awards.conftest import FOREIGN, HOME, ON, given, nominated, text
from tests.awards.evaluating import POINTS, fill, finished, graded, items, rows, url

CLOSES = datetime.date(2024, 12, 31)


def test_a_scheme_takes_its_items_from_the_template_and_its_objects_from_the_ledger(scheme):
    weights = {title: item.weight for title, item in items(scheme).items() if item.part == "score"}

    assert weights == {"政治表现": 30, "工作实绩": 40, "群众满意度": 30}
    assert {item.part for item in scheme.items.all()} == {"score", "plus", "minus", "veto"}
    assert scheme.evaluations.count() == 6
    assert rows(scheme)[0].post == "党组织书记"


@pytest.mark.parametrize(("kind", "count"), [("team", 2), ("reserve", 1), ("stationed", 1), ("talent", 1)])
def test_each_kind_of_object(county, cadres, kind, count):
    factories.reserve(village=HOME)
    factories.stationing(village=HOME)
    factories.rural_talent(village=HOME)

    county.post("/evaluations/new/", given(kind=kind))

    assert EvaluationScheme.objects.get().evaluations.count() == count


@pytest.mark.parametrize(
    ("wrong", "told"),
    [({"year": "24"}, "四位年份"), ({"closes": "2024-10-01"}, "截止日期早于开始日期"), ({"as_of": "0001-01-01"}, "年之间的日期"),
     ({"basic_from": "95"}, "分数线应为"), ({"opens": ""}, "还没有填"), ({"closes": "9999-12-31"}, "年之间的日期")],
)  # fmt: skip
def test_a_wrong_scheme_is_told_and_stays(county, cadres, wrong, told):
    page = text(county.post("/evaluations/new/", given(document_no="清委组〔2024〕9号") | wrong), 400)

    assert told in page
    assert "清委组〔2024〕9号" in page
    assert not EvaluationScheme.objects.exists()


def edited(scheme, **more):
    found = list(scheme.items.order_by("pk"))
    posted = {"items-TOTAL_FORMS": len(found), "items-INITIAL_FORMS": len(found)}
    for number, item in enumerate(found):
        for name in ("part", "title", "source", "weight", "most", "standard"):
            posted[f"items-{number}-{name}"] = getattr(item, name)
        posted[f"items-{number}-id"] = item.pk
    about = {name: value for name, value in given().items() if name not in ("year", "kind", "as_of")}
    return about | posted | more


def test_weights_are_of_a_hundred(county, scheme):
    page = text(county.post(url(scheme, "edit/"), edited(scheme, **{"items-0-weight": 50})), 400)

    assert "权重合计应为 100，现在是 120" in page
    assert items(scheme)["政治表现"].weight == 30


def test_weights_change_until_somebody_is_graded(county, scheme):
    changed = edited(scheme, **{"items-0-weight": 40, "items-1-weight": 30})
    county.post(url(scheme, "edit/"), changed)
    assert items(scheme)["政治表现"].weight == 40
    fill(county, scheme, POINTS)
    graded(county, scheme, ["excellent", "", "", "", ""])

    page = text(county.post(url(scheme, "edit/"), edited(scheme)), 400)

    assert "已经有对象定了等次" in page


def test_the_total_follows_from_scores_ballots_and_weights(county, scheme):
    fill(county, scheme, POINTS)

    totals = [float(line.total) for line in scoring.lines(scheme) if line.row.village_id == HOME]
    assert sorted(totals, reverse=True) == [100, 94, 85, 70, 40]
    assert "94.00" in text(county.get(url(scheme)))


def test_satisfaction_counts_the_fairly_satisfied_in_part(county, scheme):
    row = rows(scheme)[0]
    row.valid, row.satisfied, row.fair = 40, 20, 10

    assert scoring.satisfaction(row, 60) == 65  # 20 + 10 × 60 %


def test_a_township_scores_its_own_until_it_hands_in(clerk, scheme):
    fill(clerk, scheme, POINTS)
    assert set(EvaluationScore.objects.values_list("county_points", flat=True)) == {None}

    clerk.post(url(scheme, "hand-in/"))
    key = f"p_{rows(scheme)[0].pk}_{items(scheme)['政治表现'].pk}"
    clerk.post(url(scheme, "scores/"), {key: 1})

    assert all(row.handed_in_on == ON for row in rows(scheme))
    assert rows(scheme, FOREIGN)[0].handed_in_on is None
    assert not EvaluationScore.objects.filter(township_points=1).exists()


def test_what_is_not_whole_is_not_handed_in(clerk, scheme):
    answer = clerk.post(url(scheme, "hand-in/"), follow=True)

    assert "还有 5 个对象没有评完" in text(answer)
    assert not Evaluation.objects.exclude(handed_in_on=None).exists()


def test_a_neighbours_object_is_not_on_the_sheet(clerk, scheme):
    foreign = rows(scheme, FOREIGN)[0]

    clerk.post(url(scheme, "scores/"), {f"p_{foreign.pk}_{items(scheme)['政治表现'].pk}": 30})

    assert not EvaluationScore.objects.exists()
    assert clerk.get(f"/evaluations/objects/{foreign.pk}/").status_code == 404


def test_the_county_reviews_beside_the_township_and_returns(clerk, county, scheme):
    fill(clerk, scheme, POINTS)
    clerk.post(url(scheme, "hand-in/"))
    row, item = rows(scheme)[0], items(scheme)["政治表现"]

    county.post(url(scheme, "scores/"), {f"p_{row.pk}_{item.pk}": 20})
    county.post(url(scheme, f"return/?division={factories.OWN}"), {"reason": "依据不足"})

    score = EvaluationScore.objects.get(evaluation=row, item=item)
    assert (score.township_points, score.county_points, score.points) == (30, 20, 20)
    assert {one.returned_for for one in rows(scheme)} == {"依据不足"}
    assert "退回：依据不足" in text(clerk.get(url(scheme)))


@pytest.mark.parametrize(
    ("points", "told"), [("31", "这个数太大"), ("-1", "这个数太小"), ("很好", "数字"), ("NaN", "数字")]
)
def test_wrong_points_are_told_at_their_place(clerk, scheme, points, told):
    key = f"p_{rows(scheme)[0].pk}_{items(scheme)['政治表现'].pk}"

    page = text(clerk.post(url(scheme, "scores/"), {key: points}), 400)

    assert told in page
    assert f'value="{points}"' in page
    assert not EvaluationScore.objects.exists()


def test_a_sheet_left_open_takes_nothing_back(county, scheme):
    row, item = rows(scheme)[0], items(scheme)["政治表现"]
    factories.evaluation_score(evaluation=row, item=item, township_points=None, county_points=25)
    key = f"p_{row.pk}_{item.pk}"

    county.post(url(scheme, "scores/"), {key: "", f"initial-{key}": ""})  # shown before somebody else gave 25
    assert EvaluationScore.objects.get().county_points == 25

    county.post(url(scheme, "scores/"), {key: "", f"initial-{key}": "25"})
    assert not EvaluationScore.objects.standing(None).exists()


def test_what_adds_takes_or_vetoes_needs_evidence(clerk, scheme):
    row, veto = rows(scheme)[0], items(scheme)["弄虚作假"]

    page = text(clerk.post(url(scheme, "scores/"), {f"p_{row.pk}_{veto.pk}": 1}), 400)
    assert "要写明依据" in page

    clerk.post(url(scheme, "scores/"), {f"p_{row.pk}_{veto.pk}": 1, f"e_{row.pk}_{veto.pk}": "清纪〔2024〕3号"})
    assert EvaluationScore.objects.get().evidence == "清纪〔2024〕3号"


def test_plus_and_minus_stay_within_their_limits(county, scheme):
    fill(county, scheme, POINTS)
    row, found = rows(scheme)[2], items(scheme)
    plus, minus = found["受到县级以上表彰"], found["受到通报批评"]

    county.post(url(scheme, "scores/"), {
        f"p_{row.pk}_{plus.pk}": 5, f"e_{row.pk}_{plus.pk}": "清委〔2024〕1号", f"p_{row.pk}_{minus.pk}": "2.5",
        f"e_{row.pk}_{minus.pk}": "清组〔2024〕2号",
        **{f"p_{row.pk}_{found[title].pk}": value for title, value in (("政治表现", 25), ("工作实绩", 30))},
    })  # fmt: skip

    line = next(one for one in scoring.lines(scheme) if one.row == row)
    assert float(line.total) == 87.5


@pytest.mark.parametrize(
    ("counts", "told"),
    [({"returned": 51}, "不能多于发出"), ({"satisfied": ""}, "六项票数要一起填"), ({"valid": 46}, "不能多于收回")],
)
def test_ballots_that_do_not_add_up_are_told(clerk, scheme, counts, told):
    row = rows(scheme)[0]
    whole = {"issued": 50, "returned": 45, "valid": 40, "satisfied": 30, "fair": 5, "dissatisfied": 5} | counts

    page = text(clerk.post(url(scheme, "ballots/"), {f"b{row.pk}-{name}": value for name, value in whole.items()}), 400)

    assert told in page
    row.refresh_from_db()
    assert row.issued is None


def test_grades_are_proposed_and_the_quota_holds(county, scheme):
    fill(county, scheme, POINTS)
    page = text(county.get(url(scheme, f"grades/?division={factories.OWN}")))
    assert "优秀名额 1 名" in page
    assert page.count('value="excellent" selected') == 1

    answer = graded(county, scheme, ["excellent", "excellent", "competent", "basic", "unfit"])

    assert "优秀超过名额（不超过 20%）：城关镇 2 名（最多 1 名）" in text(answer, 400)
    assert not Evaluation.objects.exclude(grade="").exists()


def test_a_veto_is_unfit(county, scheme):
    fill(county, scheme, POINTS)
    veto = items(scheme)["弄虚作假"]
    factories.evaluation_score(evaluation=rows(scheme)[0], item=veto, township_points=1, evidence="查实")

    answer = graded(county, scheme, ["excellent", "", "", "", ""])

    assert "有一票否决情形（弄虚作假），等次应为不称职" in text(answer, 400)


def test_who_is_not_whole_gets_no_grade(county, scheme):
    assert "还没有评完" in text(graded(county, scheme, ["competent", "", "", "", ""]), 400)


def test_other_weights_show_who_would_move_and_change_nothing(county, scheme):
    fill(county, scheme, [(30, 30), (20, 40), (25, 30), (20, 20), (5, 5)])
    found = items(scheme)
    weights = {"政治表现": 60, "工作实绩": 10, "群众满意度": 30}
    asked = {f"w_{found[title].pk}": weight for title, weight in weights.items()}

    page = text(county.get(url(scheme, "what-if/"), asked))

    assert "名次或等次会变" in page
    assert "1 → 1" not in page
    assert items(scheme)["政治表现"].weight == 30
    assert not EvaluationItem.objects.filter(weight=60).exists()


def test_other_weights_are_of_a_hundred_too(county, scheme):
    asked = {f"w_{item.pk}": 50 for item in scheme.items.filter(part="score")}

    assert "权重合计应为 100，现在是 150" in text(county.get(url(scheme, "what-if/"), asked), 400)


def test_results_are_announced_when_everybody_is_graded(county, scheme):
    fill(county, scheme, POINTS)
    graded(county, scheme, ["excellent", "competent", "competent", "basic", "unfit"])

    page = text(county.post(url(scheme, "publish/"), {"on": "2024-12-25"}, follow=True))

    assert "还有 1 个对象没有定等次" in page
    scheme.refresh_from_db()
    assert scheme.published_on is None


def test_an_appeal_is_heard_and_the_grade_of_each_day_stays(county, clerk, scheme):
    finished(county, scheme)
    row = rows(scheme)[4]
    for client in (county, clerk):
        client.get("/", {"on": "2025-01-20"})
    clerk.post(f"/evaluations/objects/{row.pk}/", {"received_on": "2025-01-05", "content": "工作实绩漏记一项"})
    heard = EvaluationAppeal.objects.get()
    assert clerk.post(f"/evaluations/appeals/{heard.pk}/", {"finding": "dismissed"}).status_code == 403

    answer = county.post(f"/evaluations/appeals/{heard.pk}/", {
        "finding": "upheld", "new_grade": "basic", "handling": "补记后 62 分", "closed_on": "2025-01-10",
    })  # fmt: skip

    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.grade == "basic"
    assert [one.grade_on for one in Evaluation.objects.graded(datetime.date(2025, 1, 9)).filter(pk=row.pk)] == ["unfit"]
    assert "2024年：申诉后更正为基本称职" in [event.text for event in events(row.person)]


def test_an_appeal_takes_no_more_places_than_there_are(county, scheme):
    finished(county, scheme)
    county.get("/", {"on": "2025-01-20"})
    heard = factories.evaluation_appeal(
        evaluation=rows(scheme)[1], received_on=datetime.date(2025, 1, 5), old_grade="competent"
    )

    answer = county.post(f"/evaluations/appeals/{heard.pk}/", {
        "finding": "upheld", "new_grade": "excellent", "handling": "复核", "closed_on": "2025-01-10",
    })  # fmt: skip

    assert "优秀超过名额" in text(answer, 400)


def test_after_the_announcement_nothing_changes(county, scheme):
    finished(county, scheme)

    answer = graded(county, scheme, ["competent"] * 5)

    assert "已经公布" in text(answer, 400)


def test_the_figures_open_on_any_date(county, scheme):
    finished(county, scheme)
    day = datetime.date(2024, 12, 31)

    def value(key, on=day):
        return indicators.figure(key, county.user, on).value

    assert (value("evaluated"), value("graded_excellent"), value("graded_unfit")) == (6, 1, 1)
    assert value("evaluated", datetime.date(2024, 12, 19)) == 0
    county.get("/", {"on": "2024-12-31"})
    assert "/evaluations/objects/" in text(county.get("/figures/graded_unfit/"))


def test_the_result_stands_on_the_persons_and_the_villages_page(county, scheme):
    finished(county, scheme)
    county.get("/", {"on": "2024-12-31"})

    assert "2024年：优秀" in text(county.get(f"/people/{rows(scheme)[0].person_id}/"))
    assert "优秀 1 名，称职 2 名，基本称职 1 名，不称职 1 名" in text(county.get(f"/villages/{HOME}/"))


def test_who_was_unfit_is_not_eligible_for_an_award(county, scheme, held):
    finished(county, scheme)
    row = nominated(held, person=rows(scheme)[4].person)

    (found,) = [one for one in examine([row], datetime.date(2024, 12, 31))[row.pk] if one.label == "年度考核"]

    assert (found.met, found.text) == (False, "2024年度村干部考核：不称职")


def test_the_workbook_holds_what_the_page_shows(county, scheme):
    finished(county, scheme)
    county.get("/", {"on": "2024-12-31"})

    book = openpyxl.load_workbook(io.BytesIO(county.get(url(scheme, "workbook/")).content))

    lines = list(book.active.iter_rows(min_row=3, values_only=True))
    assert lines[0][4:7] == ("政治表现（权重30）", "工作实绩（权重40）", "群众满意度（权重30）")
    assert (lines[1][4], lines[1][5], lines[1][6]) == (30, 40, 100)
    assert [line[-3] for line in lines[1:6]].count("优秀") == 1


@pytest.mark.parametrize("step", ["", "scores/", "ballots/", f"grades/?division={factories.OWN}"])
def test_queries_do_not_grow_with_the_objects(county, scheme, step):
    fill(county, scheme, POINTS)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            text(county.get(url(scheme, step)))
        return len(asked)

    queries()
    few = queries()
    for _ in range(10):
        seat = factories.appointment(village=HOME, post="village_committee_member")
        factories.evaluation(scheme=scheme, person=seat.person, village=seat.village)
    assert queries() == few
