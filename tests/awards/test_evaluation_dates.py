"""Scores and ballots on the day on which they stood; what a township proposes, within its places for 优秀."""

import datetime

import pytest

from awards import scoring
from awards.models import EvaluationAppeal, EvaluationScheme, EvaluationScore
from tests import factories
from tests.awards.conftest import FOREIGN, HOME, given, text
from tests.awards.evaluating import POINTS, fill, finished, items, rows, url

EARLY, LATE = datetime.date(2024, 11, 4), datetime.date(2024, 11, 20)


def day(client, on):
    client.get("/", {"on": on.isoformat()})


def total(scheme, row, on=None):
    line = next(one for one in scoring.lines(scheme, on=on) if one.row.pk == row.pk)
    return None if line.total is None else float(line.total)


@pytest.fixture
def corrected(clerk, scheme):
    """Scored on 4 November, the first object's 工作实绩 corrected from 40 to 20 on 20 November."""
    fill(clerk, scheme, POINTS)
    day(clerk, LATE)
    row, item = rows(scheme)[0], items(scheme)["工作实绩"]
    clerk.post(url(scheme, "scores/"), {f"p_{row.pk}_{item.pk}": 20})
    return row


def test_a_total_is_that_of_the_day(clerk, county, scheme, corrected):
    assert total(scheme, corrected, EARLY) == 100
    assert total(scheme, corrected, LATE - datetime.timedelta(1)) == 100
    assert total(scheme, corrected, LATE) == total(scheme, corrected) == 80
    assert total(scheme, corrected, EARLY - datetime.timedelta(1)) is None

    for on, told in ((EARLY, "100.00"), (LATE, "80.00")):
        day(county, on)
        assert f"{told} 分" in text(county.get(f"/evaluations/objects/{corrected.pk}/"))
    day(county, EARLY)
    assert "100.00" in text(county.get(url(scheme)))
    assert 'value="20.00"' in text(clerk.get(url(scheme, "scores/")))  # what is filled in is the latest


def test_a_correction_on_the_same_day_takes_the_place(clerk, scheme, corrected):
    item = items(scheme)["工作实绩"]
    clerk.post(url(scheme, "scores/"), {f"p_{corrected.pk}_{item.pk}": 30})
    kept = EvaluationScore.objects.filter(evaluation=corrected, item=item).order_by("start")

    assert [(one.township_points, one.start, one.end) for one in kept] == [
        (40, EARLY, LATE - datetime.timedelta(1)), (30, LATE, None),
    ]  # fmt: skip


def test_points_taken_back_are_gone_from_that_day_on(clerk, scheme, corrected):
    item = items(scheme)["工作实绩"]
    key = f"p_{corrected.pk}_{item.pk}"
    day(clerk, LATE + datetime.timedelta(5))
    clerk.post(url(scheme, "scores/"), {key: "", f"initial-{key}": "20.00"})

    assert total(scheme, corrected) is None
    assert total(scheme, corrected, LATE) == 80
    day(clerk, EARLY)  # and given again by somebody who looks at an earlier day
    assert clerk.post(url(scheme, "scores/"), {key: "25"}).status_code == 302
    assert EvaluationScore.objects.standing(None).get(
        evaluation=corrected, item=item
    ).start == LATE + datetime.timedelta(5)


def test_ballots_count_from_the_day_on_which_they_were_counted(clerk, scheme, corrected):
    corrected.refresh_from_db()
    assert corrected.counted_on == EARLY

    counts = {"issued": 50, "returned": 45, "valid": 40, "satisfied": 20, "fair": 0, "dissatisfied": 20}
    posted = {f"b{row.pk}-{name}": value for row in rows(scheme) for name, value in counts.items()}
    posted |= {f"b{row.pk}-reason": "漏记一组" for row in rows(scheme)}
    assert clerk.post(url(scheme, "ballots/"), posted).status_code == 302
    corrected.refresh_from_db()
    assert (corrected.satisfied, corrected.counted_on) == (20, EARLY)  # a correction of what was counted then
    kept = corrected.corrections.get()
    assert (kept.satisfied, kept.reason, kept.by, kept.corrected_on) == (40, "漏记一组", clerk.user, LATE)
    page = text(clerk.get(f"/evaluations/objects/{corrected.pk}/"))
    assert "2024-11-20 " in page
    assert f"{clerk.user.name}更正" in page
    assert "原来发出 50，收回 45，有效 40；满意 40，基本满意 0，不满意 0。原因：漏记一组" in page
    day(clerk, EARLY - datetime.timedelta(1))
    assert "没有票数" in text(clerk.get(f"/evaluations/objects/{corrected.pk}/"))


def test_rest_gives_the_scores_of_a_day(county, scheme, corrected):
    def asked(**query):
        return county.get("/api/v1/evaluation-scores/", query | {"evaluation": corrected.pk}).json()["results"]

    assert len(asked()) == 3
    assert {one["township_points"] for one in asked(on="2024-11-20")} == {"30.00", "20.00"}
    assert {one["township_points"] for one in asked(on="2024-11-04")} == {"30.00", "40.00"}


# --- what the township proposes


def propose(client, scheme, *grades):
    posted = {f"g_{row.pk}": grade for row, grade in zip(rows(scheme), grades, strict=True)}
    return client.post(url(scheme, "proposals/"), posted)


def test_a_township_proposes_within_its_places(clerk, scheme):
    fill(clerk, scheme, POINTS)
    page = text(clerk.get(url(scheme, "proposals/")))
    assert "优秀名额 1 名" in page
    assert page.count('value="excellent" selected') == 1

    refused = text(propose(clerk, scheme, "excellent", "excellent", "competent", "basic", "unfit"), 400)
    assert "优秀超过名额（不超过 20%）：城关镇 2 名（最多 1 名）" in refused
    assert refused.count('value="excellent" selected') == 2
    assert {row.proposed for row in rows(scheme)} == {""}

    assert propose(clerk, scheme, "excellent", "competent", "competent", "basic", "unfit").status_code == 302
    assert [row.proposed for row in rows(scheme)] == ["excellent", "competent", "competent", "basic", "unfit"]


def test_the_quota_holds_again_when_it_is_handed_in(clerk, county, scheme):
    fill(clerk, scheme, POINTS)
    propose(clerk, scheme, "excellent", "competent", "competent", "basic", "unfit")
    EvaluationScheme.objects.update(excellent_percent=10)

    page = text(clerk.post(url(scheme, "hand-in/"), follow=True))

    assert "城关镇 1 名（最多 0 名）" in page
    assert not any(row.handed_in_on for row in rows(scheme))
    EvaluationScheme.objects.update(excellent_percent=20)
    clerk.post(url(scheme, "hand-in/"))
    assert all(row.handed_in_on for row in rows(scheme))
    assert "已报县里的建议" in text(clerk.get(url(scheme, "proposals/")))


def test_who_is_vetoed_is_not_handed_in_as_anything_else(clerk, scheme):
    fill(clerk, scheme, POINTS)
    propose(clerk, scheme, "excellent", "competent", "competent", "basic", "unfit")
    veto = items(scheme)["弄虚作假"]
    factories.evaluation_score(evaluation=rows(scheme)[0], item=veto, township_points=1, evidence="查实")

    assert "有一票否决情形（弄虚作假），等次应为不称职" in text(clerk.post(url(scheme, "hand-in/"), follow=True))
    assert "有一票否决情形（弄虚作假），等次应为不称职" in text(
        propose(clerk, scheme, "competent", "", "", "", ""), 400
    )


def test_the_county_sees_what_was_proposed(clerk, county, scheme):
    fill(clerk, scheme, POINTS)
    propose(clerk, scheme, "competent", "excellent", "competent", "competent", "unfit")

    page = text(county.get(url(scheme, f"grades/?division={factories.OWN}")))

    rows_of = page.split("<tbody>")[1].split("<tr>")[1:]
    (second,) = [one for one in rows_of if "94.00" in one]
    assert 'value="excellent" selected' in second
    assert propose(county, scheme, "", "", "", "", "").status_code == 403


def test_other_townships_are_not_proposed(clerk, scheme):

    fill(clerk, scheme, POINTS)
    foreign = rows(scheme, FOREIGN)[0]
    clerk.post(url(scheme, "proposals/"), {f"g_{foreign.pk}": "unfit"})

    foreign.refresh_from_db()
    assert foreign.proposed == ""


# --- every kind of object, appeals in time, nothing changes once it is announced


@pytest.mark.parametrize("kind", ["team", "reserve", "stationed", "talent"])
def test_other_weights_are_tried_for_every_kind_of_object(county, cadres, kind):
    for _ in range(2):
        factories.reserve(village=HOME)
        factories.stationing(village=HOME, role="member", start=EARLY)
        factories.rural_talent(village=HOME)
    factories.village("990121100202", "乙水村")
    county.post("/evaluations/new/", given(kind=kind, as_of="2024-11-04"))
    scheme = EvaluationScheme.objects.get()
    found = items(scheme)
    places = list(scheme.evaluations.order_by("pk")[:2])
    for row, points in zip(places, ((30, 20), (15, 40)), strict=True):
        for title, value in zip(("政治表现", "工作实绩"), points, strict=True):
            factories.evaluation_score(evaluation=row, item=found[title], township_points=value)
        type(row).objects.filter(pk=row.pk).update(issued=9, returned=9, valid=9, satisfied=9, fair=0, dissatisfied=0)

    weights = {f"w_{found[title].pk}": w for title, w in (("政治表现", 65), ("工作实绩", 5), ("群众满意度", 30))}
    page = text(county.get(url(scheme, "what-if/"), weights))

    assert "2 个对象的名次或等次会变" in page
    assert not EvaluationScheme.objects.filter(items__weight=65).exists()


def test_an_appeal_comes_within_the_days_and_says_until_when_it_is_answered(county, clerk, scheme):
    finished(county, scheme)  # announced on 25 December
    row = rows(scheme)[4]
    for client in (county, clerk):
        day(client, datetime.date(2025, 2, 20))
    address = f"/evaluations/objects/{row.pk}/"
    assert "2025-01-24 以前可以申诉" in text(clerk.get(address))

    late = text(clerk.post(address, {"received_on": "2025-01-25", "content": "漏记一项"}), 400)
    assert "申诉应在 2025-01-24 以前提出" in late
    assert "漏记一项" in late
    clerk.post(address, {"received_on": "2025-01-24", "content": "漏记一项"})

    page = text(county.get(f"/evaluations/appeals/{EvaluationAppeal.objects.get().pk}/"))
    assert "2025-02-23 以前" in page
    assert ">没有办结<" in page


def test_what_was_announced_never_changes(county, clerk, scheme):
    finished(county, scheme)
    row, item = rows(scheme)[1], items(scheme)["工作实绩"]
    before = total(scheme, row)
    for client in (county, clerk):
        day(client, datetime.date(2025, 2, 20))
        client.post(url(scheme, "scores/"), {f"p_{row.pk}_{item.pk}": 1})
    refused = text(county.post(url(scheme, "edit/"), {
        "items-TOTAL_FORMS": 0, "items-INITIAL_FORMS": 0, "opens": "2024-11-01", "closes": "2024-12-31",
        "excellent_percent": 50, "excellent_from": 70, "competent_from": 60, "basic_from": 50, "fair_percent": 80,
    }), 400)  # fmt: skip
    county.post(url(scheme, "prepare/"))
    county.post(url(scheme, f"return/?division={factories.OWN}"), {"reason": "重评"})
    clerk.post(url(scheme, "hand-in/"))

    assert "已经公布" in refused
    assert total(scheme, row) == before
    assert [one.grade for one in rows(scheme)] == ["excellent", "competent", "competent", "basic", "unfit"]
    assert EvaluationScheme.objects.get().excellent_percent == 20


def recount(scheme, row, **more):
    """What the sheet sends of one object whose 满意 is corrected to 20, the others as they are shown."""
    shown = {"issued": 50, "returned": 45, "valid": 40, "satisfied": 40, "fair": 0, "dissatisfied": 0}
    posted = {f"b{one.pk}-{name}": count for one in rows(scheme) for name, count in shown.items()}
    return posted | {f"b{row.pk}-satisfied": 20} | {f"b{row.pk}-{name}": value for name, value in more.items()}


def test_counts_that_are_there_are_corrected_with_a_reason_only(clerk, scheme, corrected):
    refused = text(clerk.post(url(scheme, "ballots/"), recount(scheme, corrected)), 400)

    assert refused.count("票数登记过了，改动要写明更正原因。") == 1
    assert 'value="20"' in refused  # what was typed stays
    corrected.refresh_from_db()
    assert (corrected.satisfied, corrected.corrections.exists()) == (40, False)


@pytest.mark.parametrize("reason", [" ", "长" * 201, "漏\0记"])
def test_an_odd_reason_is_told(clerk, scheme, corrected, reason):
    text(clerk.post(url(scheme, "ballots/"), recount(scheme, corrected, reason=reason)), 400)

    assert not corrected.corrections.exists()


def test_whoever_was_corrected_and_emptied_stays_when_the_list_is_brought_up_to_the_ledger(
    county, clerk, scheme, corrected
):
    empty = dict.fromkeys(("issued", "returned", "valid", "satisfied", "fair", "dissatisfied"), "")
    clerk.post(url(scheme, "ballots/"), recount(scheme, corrected, reason="测评无效", **empty))
    EvaluationScore.objects.filter(evaluation=corrected).delete()
    corrected.person.appointments.all().delete()

    county.post(url(scheme, "prepare/"))

    corrected.refresh_from_db()
    assert (corrected.issued, corrected.corrections.get().issued) == (None, 50)


def test_corrections_are_read_by_rest_within_the_own_township(browser, clerk, scheme, corrected):
    clerk.post(url(scheme, "ballots/"), recount(scheme, corrected, reason="漏记一组"))
    address = f"/api/v1/ballot-corrections/?evaluation={corrected.pk}"

    assert [row["satisfied"] for row in clerk.get(address).json()["results"]] == [40]
    assert browser("township_clerk", factories.NEIGHBOUR).get(address).json()["results"] == []
