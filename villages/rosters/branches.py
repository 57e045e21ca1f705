"""党支部名册: the branches of villages and how many full members and groups they have."""

from rosters.cleaning import date, line, number
from rosters.spec import Column, Roster, register
from villages import roster_branches
from villages.roster_export import places
from villages.rosters.villages import TOWNSHIP, VILLAGE

BRANCHES = register(
    Roster(
        slug="party_branches",
        page="组织生活",
        title="村党支部名册",
        purpose="登记各村的党支部、正式党员数和党小组数；设不设支委会、欠不欠支委会和党小组会按它判断。",
        matching=(
            "按乡镇、村和支部名称找支部，没有的是新支部。党员数从“党员数日期”起算，不填的按“名册截至”；和那一天已登记的相同就不再记，"
            "不同的记为从那一天起的新数，以前的数不变。"
        ),
        columns=(
            TOWNSHIP, VILLAGE,
            Column("party_branch", "支部名称", line, ("支部名称", "党支部名称", "所属支部"), unsure=("党支部", "支部", "党组织名称")),
            Column("founded", "成立日期", date, ("支部成立日期", "支部成立时间", "成立日期", "成立时间", "建立时间")),
            Column("dissolved", "撤销日期", date, ("支部撤销日期", "撤销日期", "撤销时间")),
            Column("full_members", "正式党员数", number("人"), ("正式党员数", "正式党员", "正式党员人数")),
            Column("party_groups", "党小组数", number("个"), ("党小组数", "党小组", "党小组个数")),
            Column("counted_on", "党员数日期", date, ("党员数日期", "党员数统计日期", "党员数截至日期", "党员数截至")),
        ),
        required=("village", "party_branch"),
        village_required=True,
        duplicate_field="party_branch",
        identities=roster_branches.identities,
        compare=roster_branches.compare,
        apply=roster_branches.write,
        export=roster_branches.export,
        choices=places,
        export_permission="villages.view_partybranch",
        leading=("township", "village", "party_branch", "full_members", "party_groups"),
        standard=(
            "township", "village", "party_branch", "founded", "dissolved", "full_members", "party_groups", "counted_on",
        ),
        template_note="填表说明：一个支部一行；带 * 的必填；新支部要填成立日期；日期写到日；没有党小组的填 0。",
    )
)  # fmt: skip
