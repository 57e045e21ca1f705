"""The mid-term review of the demo county: the account's seventeen with people and reasons, and what is still open."""

import datetime

from core import indicators, rules
from talent.models import PersonReview, ReviewRound, TeamReview

IN_2024, NOW = datetime.date(2024, 12, 31), datetime.date(2026, 11, 22)


def figure(key, on):
    return next(one for one in indicators.measure(on) if one.key == key)


def test_every_village_was_reviewed_in_2023(demo):
    found = figure("teams_reviewed", IN_2024)

    assert (found.value, found.denominator) == (86, 86)


def test_the_seventeen_are_named_with_their_reasons(demo):
    found = indicators.listing(indicators.get("cadres_adjusted_review"), IN_2024)

    assert len(found) == 17
    assert all(row["label"] and row["details"]["调整原因"] and row["details"]["免职日期"] for row in found)


def test_no_adjusted_cadre_is_without_a_review(demo):
    for on in (IN_2024, NOW):
        assert indicators.listing(indicators.get("cadres_adjusted_review"), on, part="missing") == []


def test_each_of_the_seventeen_has_a_successor(demo):
    rows = PersonReview.objects.filter(team__round__as_of__year=2023, proposal="adjust")

    assert rows.count() == 17
    assert all({change.part for change in row.adjustments.all()} == {"ended", "successor"} for row in rows)


def test_the_look_back_of_2026_leaves_something_to_do(demo):
    found = {rule: len(rules.check(NOW, only=rule)) for rule in (
        "review_overdue", "weak_team_without_plan", "unfit_without_proposal", "adjustment_not_carried_out",
    )}  # fmt: skip

    assert found == {
        "review_overdue": 6, "weak_team_without_plan": 1, "unfit_without_proposal": 1, "adjustment_not_carried_out": 1,
    }  # fmt: skip


def test_weak_teams_were_found(demo):
    assert figure("teams_weak", IN_2024).value == 6
    assert figure("teams_weak", NOW).value == 2


def test_rows_keep_every_rule(demo):
    for model in (ReviewRound, TeamReview, PersonReview):
        for row in model.objects.select_related()[:200]:
            row.full_clean()
