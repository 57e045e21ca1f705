"""村干部报酬标准表: what a post is paid in a whole year."""

from awards.roster_apply import standards as apply
from awards.roster_export import county as export
from rosters.cleaning import choice, line, number, squeeze
from rosters.spec import Column, Roster, register
from talent.models.appointment import VILLAGE_POST_CHOICES

POST_WORDS = {word: key for key, label in VILLAGE_POST_CHOICES for word in (label, squeeze(label))} | {
    "书记": "party_secretary", "村党支部书记": "party_secretary", "村书记": "party_secretary", "主任": "village_director",
    "村主任": "village_director", "村委会主任": "village_director", "监委会主任": "supervision_director",
}  # fmt: skip


def _money(field, label, *spellings):
    return Column(field, label, number("元", base="元"), (label, *spellings))


COLUMNS = (
    Column("standard_year", "标准年度", number("年"), ("标准年度", "执行年度", "报酬标准年度")),
    Column("standard_post", "标准职务", choice("standard_post", POST_WORDS, "unknown_standard_post", "、".join(label for _, label in VILLAGE_POST_CHOICES)), ("标准职务", "岗位职务", "职务岗位", "报酬职务")),
    _money("standard_basic", "基本报酬标准", "基本报酬年标准", "年基本报酬标准"),
    _money("standard_performance", "绩效报酬标准", "绩效报酬年标准", "年绩效报酬标准"),
    _money("standard_allowance", "补贴标准", "补贴年标准", "年补贴标准"),
    Column("standard_no", "标准依据", line, ("标准依据", "标准文号", "执行文号")),
)  # fmt: skip

STANDARDS = register(
    Roster(
        slug="safeguard_standards",
        page="保障",
        title="村干部报酬标准表",
        of_county=True,
        purpose="定一个年度每个职务的基本报酬、绩效报酬和补贴标准，“保障”按它算应发。",
        matching="按年度和职务找：有的更正，没有的新记一条。标准由县委组织部定，乡镇只能看。导出的是数据时点所在年度的标准。",
        columns=COLUMNS,
        required=("standard_year", "standard_post"),
        has_place=False,
        duplicate_field="standard_post",
        identities=apply.identities,
        compare=apply.compare,
        apply=apply.write,
        export=export.standards,
        choices=export.standard_choices,
        export_permission="awards.view_safeguardstandard",
        leading=tuple(column.field for column in COLUMNS),
        standard=tuple(column.field for column in COLUMNS),
        template_note="填表说明：一个年度一个职务一行；金额按元填全年标准；依据写文号。",
    )
)
