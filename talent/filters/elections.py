"""Filters of the REST lists about elections."""

from django_filters import rest_framework as filters

from core.filters import PersonRowFilters, RowFilters, VillageRowFilters
from talent.models import Candidate, ElectionBallot, ElectionRound, ElectionStep, JointReviewMark


class ElectionRoundFilters(RowFilters):
    kind = filters.ChoiceFilter(choices=ElectionRound.Kind.choices, label="类型")
    incoming = filters.NumberFilter("incoming_id", label="新一届编号")


class OfRoundFilters(RowFilters):
    round = filters.NumberFilter("round_id", label="换届轮次编号")


class ElectionStepFilters(OfRoundFilters):
    per = filters.ChoiceFilter(choices=ElectionStep.Per.choices, label="由谁办")


class ElectionVillageFilters(VillageRowFilters):
    round = filters.NumberFilter("round_id", label="换届轮次编号")


class OfPlaceFilters(RowFilters):
    place = filters.NumberFilter("place_id", label="换届村编号")
    round = filters.NumberFilter("place__round_id", label="换届轮次编号")


class ElectionBallotFilters(OfPlaceFilters):
    committee = filters.ChoiceFilter(choices=ElectionBallot._meta.get_field("committee").choices, label="选举")


class CandidateFilters(PersonRowFilters):
    round = filters.NumberFilter("round_id", label="换届轮次编号")
    post = filters.ChoiceFilter(choices=Candidate._meta.get_field("post").choices, label="拟任职务")
    status = filters.ChoiceFilter(choices=Candidate.Status.choices, label="状态")
    blocked = filters.BooleanFilter("blocked_reason", method="by_block", label="县级联审有否决结论")

    def by_block(self, rows, name, blocked):
        return rows.exclude(blocked_reason="") if blocked else rows.filter(blocked_reason="")


class JointReviewItemFilters(RowFilters):
    department = filters.NumberFilter("department_id", label="联审部门编号")


class JointReviewMarkFilters(PersonRowFilters):
    item = filters.NumberFilter("item_id", label="联审事项编号")
    round = filters.NumberFilter("item__department__round_id", label="换届轮次编号")
    result = filters.ChoiceFilter(choices=JointReviewMark.Result.choices, label="结论")
