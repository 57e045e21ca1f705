"""The words clerks use for schooling, political status and posts."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from rosters.cleaning import Kind, choice, is_blank, squeeze
from rosters.cleaning.base import meant, quote, remembered, unknown_words
from rosters.problems import Found
from rosters.reader.frame import bare_heading
from talent.models.appointment import Post

EDUCATION_WORDS = {
    "小学": "primary",
    "初中": "junior_middle",
    "高中": "senior_middle",
    **dict.fromkeys(("中专", "中技", "职高", "技校", "中专(中技)"), "secondary_vocational"),
    **dict.fromkeys(("大专", "专科", "高职", "大学专科"), "junior_college"),
    **dict.fromkeys(("本科", "大学", "大学本科"), "bachelor"),
    **dict.fromkeys(("硕士", "研究生", "硕士研究生"), "master"),
    **dict.fromkeys(("博士", "博士研究生"), "doctor"),
}
EDUCATION_ORDER = (
    "primary", "junior_middle", "senior_middle", "secondary_vocational", "junior_college", "bachelor", "master", "doctor",
)  # fmt: skip
DEMOCRATIC_PARTIES = {
    "民革": "会员 党员", "民盟": "盟员", "民建": "会员", "民进": "会员", "农工党": "党员", "农工民主党": "党员",
    "致公党": "党员", "中国致公党": "党员", "九三学社": "社员", "九三": "社员", "台盟": "盟员",
}  # fmt: skip
POLITICAL_WORDS = {
    **dict.fromkeys(
        ("中共党员", "党员", "正式党员", "中共正式党员", "中国共产党党员", "共产党员", "中国共产党员"), "party_member"
    ),
    **dict.fromkeys(("中共预备党员", "预备党员", "预备", "党员(预备)", "中共党员(预备)"), "probationary_party_member"),
    **dict.fromkeys(("共青团员", "团员"), "youth_league"),
    "民主党派": "democratic_party",
    **{
        name + ending: "democratic_party"
        for name, endings in DEMOCRATIC_PARTIES.items()
        for ending in ["", *endings.split()]
    },
    **dict.fromkeys(("群众", "普通群众", "一般群众"), "masses"),
}

BACKGROUND_WORDS = {
    **dict.fromkeys(("致富能手", "带富能手", "致富带头人", "致富带富能手", "农村致富带头人", "种养大户"), "prosperous_household"),
    **dict.fromkeys(("返乡知识青年", "返乡青年", "返乡大学生"), "returning_youth"),
    **dict.fromkeys(("退役军人", "退伍军人", "复员退伍军人"), "veteran"),
    **dict.fromkeys(("外出务工返乡人员", "外出务工返乡", "返乡人员", "返乡农民工", "返乡务工人员"), "migrant_returnee"),
    **dict.fromkeys(("高校毕业生", "大学毕业生", "大学生"), "graduate"),
    **dict.fromkeys(("大学生村官", "选聘大学生村官", "选聘高校毕业生到村任职"), "village_official"),
    **dict.fromkeys(("合作社负责人", "农民专业合作社负责人", "专业合作组织负责人", "专业合作社负责人"), "cooperative_leader"),
    **dict.fromkeys(("其他", "其他人员"), "other"),
}  # fmt: skip

education = choice(
    "education", EDUCATION_WORDS, "unknown_education", "小学、初中、高中、中专、大专、本科、硕士研究生或博士研究生",
    strip="毕业|文化|学历",
)  # fmt: skip
political_status = choice(
    "political_status",
    POLITICAL_WORDS,
    "unknown_political_status",
    "中共党员、中共预备党员、共青团员、民主党派或群众",
    strip="[。.,，;；]",
    beside=r"\(?\d{4}[.年/\-]\d{1,2}(?:[月.\-/]\d{0,2})?日?(?:入党)?\)?",
)
background = choice(
    "background", BACKGROUND_WORDS, "unknown_background", "致富能手、返乡知识青年、退役军人、外出务工返乡人员、高校毕业生、大学生村官、合作社负责人或其他"
)  # fmt: skip

PARTY = "(?:党支部|党总支部|党总支|党委|党组织|支部|总支)"
COMMITTEE = "(?:村委会|村民委员会|居委会|居民委员会)"
SUPERVISION = "(?:村务监督委员会|居务监督委员会|监督委员会|监委会|村监会|居监会|监督委|监委)"
PLACE = "(?:村|社区)?"
POST_PATTERNS = (
    (Post.PARTY_SECRETARY, f"{PLACE}{PARTY}?书记|{PLACE}支书"),
    (Post.PARTY_DEPUTY_SECRETARY, f"{PLACE}{PARTY}?(?:专职)?副书记|{PLACE}副支书"),
    (Post.PARTY_COMMITTEE_MEMBER, f"{PLACE}支委|{PLACE}{PARTY}(?:委员会)?委员"),
    (Post.VILLAGE_DIRECTOR, f"{PLACE}(?:{COMMITTEE}|村委|居委)?主任"),
    (Post.VILLAGE_DEPUTY_DIRECTOR, f"{PLACE}(?:{COMMITTEE}|村委|居委)?副主任"),
    (Post.VILLAGE_COMMITTEE_MEMBER, f"{PLACE}(?:村委|居委)|{PLACE}(?:{COMMITTEE}|村委|居委)委员|村委员"),
    (Post.SUPERVISION_DIRECTOR, f"{PLACE}{SUPERVISION}主任"),
    (Post.SUPERVISION_MEMBER, f"{PLACE}{SUPERVISION}委员"),
    (Post.CLERK, f"{PLACE}文书"),
    (Post.FIRST_SECRETARY, "(?:驻村)?第一书记"),
    (Post.TEAM_LEADER, "(?:驻村)?(?:工作队)?队长|(?:驻村)?工作队长"),
    (Post.TEAM_MEMBER, "(?:驻村)?(?:工作队)?队员|(?:驻村)?工作队员"),
)
BOTH_COMMITTEES = re.compile(f"{PLACE}支?两委委员")
ONE_POST = tuple((post, re.compile(pattern)) for post, pattern in POST_PATTERNS)
# Bare words in the column of a body mean the post of that body.
BARE = {
    "party": {
        "书记": Post.PARTY_SECRETARY,
        "副书记": Post.PARTY_DEPUTY_SECRETARY,
        "委员": Post.PARTY_COMMITTEE_MEMBER,
        "主任": None,
        "副主任": None,
    },
    "village_committee": {
        "主任": Post.VILLAGE_DIRECTOR,
        "副主任": Post.VILLAGE_DEPUTY_DIRECTOR,
        "委员": Post.VILLAGE_COMMITTEE_MEMBER,
    },
    "supervision": {"主任": Post.SUPERVISION_DIRECTOR, "委员": Post.SUPERVISION_MEMBER, "副主任": None},
}
# 村党总支部副书记村民委员会副主任村务监督委员会委员 is 24 long.
LONGEST_WORD = 30
SEPARATORS = re.compile(r"[、，,;；/+＋|&。]|兼任|兼|\n|\r")
ONE_SHOULDER = re.compile(r"[(]?“?(?:是|实行)?“?一肩挑”?[)]?")
OR_COMMUNITY = re.compile(r"(?<=村)[(](?:居|社区)[)]")  # 村（居）委会主任, 村（社区）党组织书记
COUNTED = "0123456789"  # 支委1, 支委2
QUOTES = str.maketrans("", "", "“”\"‘’'")


@lru_cache(maxsize=4096)
def one_post(word, body=""):
    """The posts that one word names: usually one, two for 两委委员, none when it is unknown."""
    if body and word in BARE[body]:
        return (BARE[body][word],) if BARE[body][word] else ()
    if BOTH_COMMITTEES.fullmatch(word):
        return (Post.PARTY_COMMITTEE_MEMBER, Post.VILLAGE_COMMITTEE_MEMBER)
    for post, pattern in ONE_POST:
        if pattern.fullmatch(word):
            return (post,)
    return ()


def split_posts(word, body=""):
    """书记主任 written in one go: the fewest known posts that make up the whole word."""
    if len(word) > LONGEST_WORD:
        return ()
    if found := one_post(word, body):
        return found
    for length in range(len(word) - 2, 1, -1):
        head = one_post(word[:length], body)
        if head and (rest := split_posts(word[length:], body)):
            return (*head, *rest)
    return ()


def read_posts(raw, body=""):
    """(posts in order of rank, the part that is no post or None) of a cell."""
    found = sort_out(raw, body)
    return ([], found.unknown[0]) if found.unknown else (found.posts, None)


@dataclass
class Sorted:
    """A cell of posts: `posts` in order of rank, `unknown` parts, and those that were `told` {part: code}."""

    posts: list = field(default_factory=list)
    unknown: list = field(default_factory=list)
    told: dict = field(default_factory=dict)


def sort_out(raw, body="", told=None):
    """What the parts of a cell are; `told` {part: code} are those that somebody decided."""
    text = squeeze(raw.replace("\n", "、").replace("\r", "、") if isinstance(raw, str) else raw).translate(QUOTES)
    both_hats = "一肩挑" in text
    text = OR_COMMUNITY.sub("", ONE_SHOULDER.sub("", text))
    found = Sorted()
    for part in filter(None, SEPARATORS.split(text.replace("(", "、").replace(")", ""))):
        if posts := split_posts(part, body) or split_posts(part.rstrip(COUNTED), body):
            found.posts.extend(post.value for post in posts)
        elif told and (told.get(part) == "" or told.get(part) in RANK):
            found.told[part] = told[part]
            found.posts.extend(filter(None, [told[part]]))
        else:
            found.unknown.append(part)
    if both_hats and not (found.posts or found.unknown):
        found.posts = [Post.PARTY_SECRETARY.value, Post.VILLAGE_DIRECTOR.value]
    found.posts = sorted(set(found.posts), key=RANK.__getitem__)
    return found


RANK = {post.value: rank for rank, post in enumerate(Post)}


LABELS = {post.value: post.label for post in Post}


COMMITTEE_EXAMPLES = "如“党支部书记”“村委会主任”“支委”“村委”"


def _posts_reader(body, told=None, examples=COMMITTEE_EXAMPLES):
    def clean(raw):
        if isinstance(raw, (list, tuple)):
            return _clean_codes(raw)
        if is_blank(raw):
            return [], None
        found = sort_out(raw, body, told)
        if unknown := found.unknown:
            message = f"{quote(unknown[0])}不是规定的职务，请写{examples}，一人多职用顿号隔开"
            return None, Found("unknown_post", message, unknown_words(*unknown))
        return found.posts, meant(found.told, LABELS) if found.told else None

    return remembered(clean)


def _clean_codes(raw):
    """Posts as a page or REST gives them: a list of codes or of texts."""
    posts = set()
    for part in raw:
        if part in RANK:
            posts.add(part)
            continue
        found = sort_out(part)
        if found.unknown:
            return None, Found("unknown_post", f"{quote(found.unknown[0])}不是规定的职务")
        posts.update(found.posts)
    return sorted(posts, key=RANK.__getitem__), None


# A heading or a cell that is nothing but the name of a body: what stands below or beside it is of that body.
BODY_SAID = {
    "party": "(?:党支部|党总支部?|党委|党组织|支部|支委)(?:委员会|会)?",
    "village_committee": "(?:村民委员会|居民委员会|村委会|居委会|村委|居委|社区居委会)",
    "supervision": SUPERVISION,
}
BODY_PATTERNS = [
    (body, re.compile(f"(?:中共)?.{{0,6}}?{pattern}(?:班子)?(?:成员|干部)?")) for body, pattern in BODY_SAID.items()
]
LONGEST_BODY = 14


def body_said(text):
    """party, village_committee or supervision for 二、村务监督委员会（3人）; None for whatever says more."""
    bare = bare_heading(text)
    if len(bare) > LONGEST_BODY:
        return None
    return next((body for body, pattern in reversed(BODY_PATTERNS) if pattern.fullmatch(bare)), None)


def looks_like_unit_and_posts(text):
    """寨里镇茶富村党支部书记: what a text ends with is a post, whatever stands before it."""
    first = next(filter(None, SEPARATORS.split(squeeze(text).translate(QUOTES))), "")[-LONGEST_WORD:]
    return any(split_posts(first[start:]) for start in range(len(first) - 1))


def looks_like_posts(text, body=""):
    return not is_blank(text) and read_posts(text, body)[1] is None


def posts_kind(body="", offered=None, examples=COMMITTEE_EXAMPLES):
    """Posts in a cell; `body` is party, village_committee or supervision where the column belongs to one. An unknown word
    may be read as one of `offered` (all of them without it); `examples` are what is written instead."""
    return Kind(
        "posts",
        lambda hint="": _posts_reader(body, examples=examples),
        lambda text: looks_like_posts(text, body),
        empty=[],
        of_place=True,
        within=lambda part, hint, told: _posts_reader(body or part, told, examples),
        options=tuple((code, label) for code, label in LABELS.items() if offered is None or code in offered),
        learn=lambda hint, told: _posts_reader(body, told, examples),
    )
