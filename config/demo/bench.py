"""What is kept of the reserves beside their place in the pool: grooming and half-yearly assessments, some forgotten."""

import random

from config.demo.county import day
from config.demo.places import COUNTY
from core.models import ParameterValue
from core.writes import create_rows
from talent import actions
from talent.models import ReserveAssessment, ReserveCandidate
from talent.parameters.reserves import ASSESSMENT_RESULTS, LONG_YEARS

SEED = "bench 990121"
HALVES = ((2024, 1), (2024, 2), (2025, 1), (2025, 2), (2026, 1))
MEASURES = (
    "跟班学习，参与村务",
    "列为入党积极分子，参加培训",
    "参加学历提升",
    "担任网格员，压担子",
    "参与项目建设，现场锻炼",
    "结对帮带，每月谈心",
)
SECRETARY_POSTS = ("party_secretary",)
OTHER_POSTS = (
    "party_committee_member",
    "village_committee_member",
    "village_committee_member",
    "village_deputy_director",
    "clerk",
)
REMARKS = ("", "", "群众基础好，办事踏实。", "要多到组里走动，熟悉村情。", "能写会算，可先做文书。")
FORGOTTEN_EVERY = 23  # every so many-th candidate was not assessed in a half-year


def fill(county):
    """Grooming of everybody in the pool today, and assessments of each half-year since 2024."""
    rng = random.Random(SEED)
    places = list(
        ReserveCandidate.objects.select_related("person", "village").order_by(
            "village_id", "start", "person__id_digest"
        )
    )
    places.sort(key=lambda place: (place.village_id, place.start, place.person.id_number or place.person.name))
    _decide_how_long(county.by)
    _groom([place for place in places if place.end is None], rng, county.by)
    _assess(places, rng, county.by)


def _decide_how_long(by):
    """清源县 looks again at a reserve a year after the term: its own value, with its basis, beside the office's five years."""
    decided = ParameterValue(
        division_id=COUNTY[0], key=LONG_YEARS.key, start=day(2021, 1, 1), value=6,
        basis="清源县委组织部后备干部管理办法（虚构）：换届后一年内集中研判去留，取一届五年再加一年",
    )  # fmt: skip
    create_rows([decided], by=by)


def _groom(places, rng, by):
    for place in places:
        is_secretary = place.target == ReserveCandidate.Target.SECRETARY
        place.planned_post = rng.choice(SECRETARY_POSTS if is_secretary else OTHER_POSTS)
        place.readiness = rng.choice(("now", "long_term", "long_term"))
        place.measures = rng.choice(MEASURES)
    actions.groom(places, by=by)


def _assess(places, rng, by):
    results, rows = ASSESSMENT_RESULTS.default, []
    for year, half in HALVES:
        made = day(year, 6 * half, 25)
        there = [place for place in places if place.start < made and (place.end is None or place.end > made)]
        for number, place in enumerate(there, half):
            if number % FORGOTTEN_EVERY:
                result = results[0] if place.readiness == "now" else rng.choice(results[1:3] + results[1:2])
                rows.append(
                    ReserveAssessment(
                        candidate=place, year=year, half=half, result=result, remarks=rng.choice(REMARKS), assessed_on=made
                    )
                )  # fmt: skip
    actions.assess_reserves(rows, by=by)
