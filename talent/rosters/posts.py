"""Columns that say who holds which post: in one cell, in a column per body, or ticked."""

import re
from dataclasses import replace

from rosters.cleaning import Kind, squeeze, tick
from rosters.spec import Column
from talent.models.appointment import Post
from talent.rosters import deriving
from talent.rosters.vocabulary import RANK, body_said, looks_like_unit_and_posts, posts_kind, read_posts

POSTS = Column(
    "posts", "职务", posts_kind(),
    ("职务", "现任职务", "现职务", "担任职务", "村内职务", "岗位", "职位", "任职", "现任村内职务", "担任村内职务",
     "村级职务", "职务名称", "现任村级职务", "班子职务", "任职职务", "两委职务", "村两委职务", "村干部职务", "所任职务",
     "现职", "担任现职务", "在村担任职务", "现任岗位", "两委班子职务", "班子成员职务", "职务情况",
     "驻村职务", "派驻职务", "驻村担任职务", "队内职务", "选派职务", "驻村身份", "驻村岗位", "帮扶职务"),
    unsure=("任职情况", "人员身份", "身份", "人员类别", "类别", "任职类型"),
    by_values_alone="内容多为村级职务",
)  # fmt: skip
PARTY_POSTS = Column(
    "posts.party", "党组织职务", posts_kind("party"),
    ("党组织职务", "党内职务", "支部职务", "党支部职务", "村党组织职务", "党组织内职务", "党总支职务", "村党支部职务",
     "党委职务", "支委会职务", "党组织任职", "党组织任职情况", "支部任职", "党务职务", "党支部委员会职务", "党组织班子职务"),
    groups=(("职务", ("党组织", "党支部", "支部", "党内", "党委", "党总支", "村党组织", "支委会", "村党支部")),
            ("任职", ("党组织", "党支部", "支部", "党内", "村党组织", "支委会", "村党支部")),
            *((body, ("职务", "任职", "职务名称", "现任职务")) for body in ("党组织", "党内", "党支部", "党总支", "村党委")), ("支部", ("职务", "任职", "现任职务"))),
    derive=deriving.of_body("party"),
)  # fmt: skip
VILLAGE_POSTS = Column(
    "posts.village_committee", "村（居）委会职务", posts_kind("village_committee"),
    ("村委会职务", "村委职务", "行政职务", "居委会职务", "村居委会职务", "村民委员会职务", "居民委员会职务", "村委会任职",
     "村委会内职务", "自治组织职务", "村居民委员会职务", "村社区委会职务", "村委会任职情况", "社区居委会职务", "村委会班子职务",
     "村社区居委会职务", "村委会或居委会职务", "村民自治组织职务"),
    groups=(("职务", ("村委会", "村委", "居委会", "村居委会", "村民委员会", "行政", "村居民委员会", "自治组织")),
            ("任职", ("村委会", "村委", "居委会", "村居委会", "村民委员会", "行政")),
            ("村委", ("职务", "任职", "现任职务")), ("居委", ("职务", "任职", "现任职务")),
            ("村民委员会", ("职务", "任职")), ("村居委会", ("职务", "任职"))),
    derive=deriving.of_body("village_committee"),
)  # fmt: skip
SUPERVISION_POSTS = Column(
    "posts.supervision", "监委会职务", posts_kind("supervision"),
    ("监委会职务", "村监会职务", "村务监督委员会职务", "监督委员会职务", "监委职务", "村监委会职务", "居务监督委员会职务",
     "村务监督职务", "村居务监督委员会职务", "监委会任职", "村务监督委员会任职", "监督委职务", "村监督委员会职务"),
    groups=(("职务", ("监委会", "村监会", "村务监督委员会", "监督委员会", "村监委会", "监委", "村居务监督委员会")),
            ("任职", ("监委会", "村监会", "村务监督委员会", "监督委员会", "村监委会")),
            ("监委会", ("职务", "任职")), ("监督委员会", ("职务", "任职")), ("村监会", ("职务", "任职"))),
    derive=deriving.of_body("supervision"),
)  # fmt: skip
BODY = Column(
    "body", "所属班子", Kind("text", lambda hint="": lambda raw: (None, None), lambda text: body_said(text) is not None),
    ("班子", "所属班子", "班子类别", "班子名称", "组织", "组织名称", "组织类别", "所属组织", "机构", "班子类型"), by_values=True, compared_only=True,
)  # fmt: skip
UNIT_AND_POSTS = Column(
    "posts.unit", "单位及职务", replace(posts_kind(), looks=looks_like_unit_and_posts),
    ("单位及职务", "单位职务", "工作单位及职务", "工作单位职务", "所在单位及职务", "所在单位职务", "任职单位及职务", "现工作单位及职务",
     "现任职单位及职务", "单位及现任职务", "所在村及职务", "村及职务", "村职务", "职务及单位", "工作单位及现任职务"),
    by_values=True, yields_to="posts", derive=deriving.unit_and_posts,
)  # fmt: skip
OTHER_POSTS = Column(
    "posts.other", "兼任职务", posts_kind(), ("兼任职务", "兼职情况", "其他职务", "兼职", "兼任情况", "其他兼职"),
    unsure=("职务2", "职务二", "第二职务", "职务②", "兼任职务1", "兼任职务一"), by_values=True,
)  # fmt: skip
THIRD_POSTS = Column(
    "posts.third", "兼任职务（二）", posts_kind(), ("兼任职务二", "兼任职务2", "兼职2", "兼职二"),
    unsure=("兼任职务", "其他职务", "兼职", "职务3", "职务三", "第三职务", "职务③"), by_values=True, is_further=True,
)  # fmt: skip

# Who is sent to a village from outside; everybody else with a post there belongs to its own team.
SENT = frozenset((Post.FIRST_SECRETARY.value, Post.TEAM_LEADER.value, Post.TEAM_MEMBER.value))

PARTY_GROUPS = ("党组织", "党支部", "支部", "党内", "党委", "支委", "党总支")
COMMITTEE_GROUPS = ("村委", "居委", "村民委员会", "居民委员会")
SUPERVISION_GROUPS = ("监委", "监督", "村监")
# post: (texts that name it anywhere, bare words under the header of its body, words of that body)
TICKS = {
    Post.PARTY_SECRETARY: (("书记", "党支部书记", "支部书记", "党组织书记", "村支书", "支书", "党总支书记", "党委书记", "村党组织书记"), ("书记",), PARTY_GROUPS),
    Post.PARTY_DEPUTY_SECRETARY: (("副书记", "党支部副书记", "支部副书记", "党组织副书记", "专职副书记"), ("副书记",), PARTY_GROUPS),
    Post.PARTY_COMMITTEE_MEMBER: (("支委", "支部委员", "党支部委员", "党组织委员", "支委委员"), ("委员", "支委"), PARTY_GROUPS),
    Post.VILLAGE_DIRECTOR: (("主任", "村主任", "村委会主任", "居委会主任", "村居委会主任", "村民委员会主任"), ("主任",), COMMITTEE_GROUPS),
    Post.VILLAGE_DEPUTY_DIRECTOR: (("副主任", "村委会副主任", "村副主任", "居委会副主任", "村居委会副主任"), ("副主任",), COMMITTEE_GROUPS),
    Post.VILLAGE_COMMITTEE_MEMBER: (("村委", "村委委员", "村委会委员", "居委", "居委会委员", "村居委会委员", "村居委委员"), ("委员", "村委", "居委"), COMMITTEE_GROUPS),
    Post.SUPERVISION_DIRECTOR: (("监委会主任", "村务监督委员会主任", "监督委员会主任", "村监会主任", "监委主任", "村监委会主任"), ("主任",), SUPERVISION_GROUPS),
    Post.SUPERVISION_MEMBER: (("监委会委员", "村务监督委员会委员", "监督委员会委员", "村监会委员", "监委委员", "村监委会委员"), ("委员",), SUPERVISION_GROUPS),
    Post.CLERK: (("文书", "村文书"), (), ()),
    Post.FIRST_SECRETARY: (("第一书记", "驻村第一书记"), (), ()),
    Post.TEAM_LEADER: (("队长", "工作队长", "工作队队长", "驻村工作队队长"), (), ()),
    Post.TEAM_MEMBER: (("队员", "工作队员", "工作队队员", "驻村工作队员"), (), ()),
}  # fmt: skip


# 一、 （二） 3. before a heading, and 1 2 3 behind the heading of one of several groups of columns.
NUMBERED = re.compile(r"^[(]?[一二三四五六七八九十\d]+[)、.．]+|\d+$")


def post_said(text):
    """[the post] that a heading, a group of columns or a sheet's name gives to all below it: 二、村委会主任; None where it names
    none or several, and for titles like 村书记名册: whoever is in those may have other posts as well."""
    posts, unknown = read_posts(NUMBERED.sub("", squeeze(text)))
    return posts if unknown is None and len(posts) == 1 else None


def tick_column(post):
    anywhere, bare, bodies = TICKS[post]
    groups = tuple((body, bare) for body in bodies)
    return Column(
        f"posts.{post.value}", post.label, tick, anywhere, groups, by_values=True, derive=deriving.ticked(post.value)
    )


TICK_COLUMNS = tuple(tick_column(post) for post in TICKS)
POST_COLUMNS = (POSTS, PARTY_POSTS, VILLAGE_POSTS, SUPERVISION_POSTS, OTHER_POSTS, THIRD_POSTS, *TICK_COLUMNS)


def is_sent(values):
    """True for who only has posts of those sent to the village, False for who has others, None without any."""
    posts = values.get("posts")
    return SENT.issuperset(posts) if posts else None


def combine_posts(values, fields):
    """posts.party, posts.clerk … → posts: a set in order of rank; None when any of the cells was not understood."""
    parts = [field for field in fields if field.startswith("posts")]
    if parts == ["posts"] or not parts:
        return
    posts = set()
    for field in parts:
        value = values.pop(field, [])
        if value is None:
            posts = None
        elif posts is not None:
            posts.update([field.partition(".")[2]] if value is True else value or [])
    values["posts"] = None if posts is None else sorted(posts, key=RANK.__getitem__)
