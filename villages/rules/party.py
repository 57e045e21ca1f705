"""Checks of party life."""

from django.db.models import Exists, OuterRef

from core.indicators import Rows
from core.periods import dated_by
from core.rules import rule
from villages.indicators.party import with_gaps
from villages.models import BranchSize, PartyBranch


@rule(
    "party_life_gap", "组织生活有缺项", severity="warn",
    basis="《中国共产党支部工作条例（试行）》；次数和提示日见“参数设置”",
    message="{where}{label}缺：{缺项}。补开或补登记后消除。",
)  # fmt: skip
def party_life_gap(on):
    return Rows(with_gaps(on), kind="branch", key="pk", label="name", details={"缺项": "lacking"})


@rule(
    "branch_size_unknown", "党支部没有登记党员数", severity="info", basis="是否设支委会按正式党员数判断",
    message="{where}{label}没有登记正式党员数，判断不了要不要开支委会。",
)  # fmt: skip
def branch_size_unknown(on):
    known = BranchSize.objects.filter(dated_by(on, "start"), branch=OuterRef("pk"))
    unknown = PartyBranch.objects.existing(on).filter(~Exists(known))
    return Rows(unknown, kind="branch", key="pk", label="name")
