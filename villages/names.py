"""Which township and village a clerk means: official names, short forms, 村委会 and 居委会, former names."""

import difflib
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from core.scope import inside
from core.text import pinyin, tight
from rosters.cleaning import is_blank
from rosters.places import Place
from rosters.problems import Found

TOWNSHIP_KINDS = ("街道办事处", "街道", "镇", "乡")
OFFICES = re.compile(r"(人民政府|政府|党委|党工委|办事处)$")
ABOVE = re.compile(r"^(?:.{2,8}?省)?(?:.{1,7}?市)?(.{1,8}?[县市区旗])(?=.{2,})")
TOWNSHIP_PART = re.compile(r"^(.{1,8}?(?:街道办事处|街道|镇|乡))[-—/、,，·:：]*(.+)$")
LONGEST_NAME = 20
JOINTS = "-—/、,，·:：()"
VILLAGE_ENDINGS = ("村委会", "村民委员会", "行政村")
COMMUNITY_ENDINGS = ("居委会", "居民委员会", "社区居委会", "社区居民委员会")
ORGANISATIONS = re.compile(r"(党支部|党总支部?|党委|支部|总支部?|两委)(委员会)?$")
# A part of a village: 茶富村3组, 茶富村上坪自然村.
PART = re.compile(
    r"(?<=村)(第?([0-9]{1,2}|[一二三四五六七八九十]{1,3})|[\u4e00-\u9fff]{1,4})(村民小组|小组|组|自然村|屯)$"
)
# 山头村(5人). Few digits: where any number of them may stand, a cell of 32,000 digits takes half a minute.
HEAD_COUNT = re.compile(r"[(（]?(?<![0-9])[0-9]{1,4}[人名][)）]?$")
QUOTES = str.maketrans("", "", "“”\"‘’'`*")


@dataclass(frozen=True)
class VillageEntry:
    code: str
    name: str
    kind: str
    township_code: str
    township: str
    former: tuple[str, ...] = ()


def suggestion(text, names):
    """“，是不是……” with the name nearest in writing, by sound where several are (大州 is 大洲, not 大青); or nothing."""
    text = text[:LONGEST_NAME]
    near = difflib.get_close_matches(text, list(names), n=5, cutoff=0.5)
    if not near:
        return ""
    sound = pinyin(text)
    best = max(near, key=lambda name: difflib.SequenceMatcher(None, sound, pinyin(name)).ratio())
    return f"，是不是“{best}”"


def stem(name, kind):
    """The bare name: 坪山村 and 坪山社区 → 坪山."""
    ending = "社区" if kind == "community" else "村"
    return name.removesuffix(ending) if len(name) > len(ending) else name


def strict_forms(entry):
    bare = stem(entry.name, entry.kind)
    yield bare
    endings = COMMUNITY_ENDINGS if entry.kind == "community" else VILLAGE_ENDINGS
    for ending in endings:
        yield bare + ending


def lenient_forms(entry):
    """Forms that only count when no village has them as a regular one: 山头村村委会, former names."""
    endings = COMMUNITY_ENDINGS[:2] if entry.kind == "community" else VILLAGE_ENDINGS
    for ending in endings:
        yield entry.name + ending
    yield from entry.former


class Gazetteer:
    """The townships and villages of one county on one date. Built from rows, so it needs no database."""

    def __init__(self, county_name, townships, villages, former_townships=()):
        """`townships`: {code: name}; `villages`: VillageEntry of each; `former_townships`: (code, former name)."""
        self.county_name = county_name
        self.townships = dict(townships)
        self.villages = {entry.code: entry for entry in villages}
        self._official, self._strict, self._lenient = defaultdict(list), defaultdict(list), defaultdict(list)
        for entry in self.villages.values():
            self._official[tight(entry.name)].append(entry)
            for form in set(strict_forms(entry)):
                self._strict[tight(form)].append(entry)
            for form in set(lenient_forms(entry)):
                self._lenient[tight(form)].append(entry)
        self._township_forms = self._index_townships()
        for code, name in former_townships:
            self._township_forms.setdefault(tight(name), code)
        self.resolve = lru_cache(maxsize=20_000)(self._resolve)

    @classmethod
    def of(cls, county_code, on):
        """The county as it is on the date `on`, former names included. Empty when the county is unknown."""
        from villages.models import Division, DivisionName, Village, VillageName

        names = dict(Division.objects.filter(code__startswith=county_code).values_list("code", "name"))
        former = defaultdict(list)
        for code, name in VillageName.objects.filter(village__township__code__startswith=county_code).values_list(
            "village_id", "name"
        ):
            former[code].append(name)
        villages = Village.objects.existing(on).filter(township__code__startswith=county_code)
        entries = [
            VillageEntry(code, name, kind, township, names[township], tuple(former[code]))
            for code, name, kind, township in villages.values_list("code", "name", "kind", "township_id")
        ]
        townships = {code: name for code, name in names.items() if len(code) == 9}
        former_townships = DivisionName.objects.filter(division_id__in=townships).values_list("division_id", "name")
        return cls(names.get(county_code, ""), townships, entries, former_townships)

    def _index_townships(self):
        """{form: code}: the full name, and the name without its kind where that is unique."""
        forms, short = {}, defaultdict(set)
        for code, name in self.townships.items():
            forms[tight(name)] = code
            for kind in TOWNSHIP_KINDS:
                if name.endswith(kind) and len(name) > len(kind):
                    short[tight(name.removesuffix(kind))].add(code)
                    break
            if name.endswith("街道"):
                forms[tight(name) + "办事处"] = code
        for form, codes in short.items():
            if len(codes) == 1:
                forms.setdefault(form, next(iter(codes)))
        return forms

    # --- townships

    def township_named(self, text):
        code = self._township_code(tight(text).translate(QUOTES))
        return self.townships.get(code)

    def _township_code(self, text):
        for form in (text, self._below_county(text), OFFICES.sub("", self._below_county(text))):
            if form in self._township_forms:
                return self._township_forms[form]
        return None

    def _below_county(self, text):
        """The text without the county (and what is above it) in front."""
        if self.county_name:
            before, found, after = text.partition(self.county_name)
            return after if found and len(before) <= 12 and after else text
        found = ABOVE.match(text)
        return text[found.end(1) :] if found else text

    def township_mentioned(self, text):
        text = tight(text)
        full = {code for code, name in self.townships.items() if tight(name) in text}
        if not full:
            return None
        # 大寨里镇 contains 寨里镇: the longer name is meant.
        longest = [
            code for code in full
            if not any(code != other and self.townships[code] in self.townships[other] for other in full)
        ]  # fmt: skip
        return self.townships[longest[0]] if len(longest) == 1 else None

    # --- villages

    def village_choices(self, code):
        """(code, township and name) of the villages of the division `code`, in the order of their codes."""
        entries = sorted(self.villages.values(), key=lambda entry: entry.code)
        return [(entry.code, f"{entry.township} {entry.name}") for entry in entries if inside(entry.code, code)]

    def is_village(self, text, township=None):
        return bool(self._candidates(tight(text).translate(QUOTES), self._code_of(township)))

    def village_mentioned(self, text, township):
        text, code = tight(text), self._code_of(township)
        hits = {
            entry.name
            for entry in self.villages.values()
            if tight(entry.name) in text and (code is None or entry.township_code == code)
        }
        longest = [name for name in hits if not any(name != other and name in other for other in hits)]
        return longest[0] if len(longest) == 1 else None

    def _code_of(self, township):
        return self._township_forms.get(tight(township)) if township else None

    def _candidates(self, text, township_code=None):
        """The villages a text fits, by the strictest form that fits any."""
        for index in (self._official, self._strict, self._lenient):
            entries = index.get(text, ())
            if township_code:
                entries = [entry for entry in entries if entry.township_code == township_code]
            if entries:
                return entries
        shorter = PART.sub("", HEAD_COUNT.sub("", ORGANISATIONS.sub("", text)))
        return self._candidates(shorter, township_code) if shorter != text and shorter else []

    def _resolve(self, township, village, assumed=None):
        typed = "" if is_blank(township) else tight(township).translate(QUOTES)
        code = self._code_of(assumed)
        if typed:
            code = self._township_code(typed)
            if code is None:
                return self._resolve_odd_township(township, typed, village)
        if is_blank(village):
            return Place(self.townships.get(code), None, code)
        if village in self.villages:
            return self._place_of(self.villages[village])
        text = tight(village).translate(QUOTES).removeprefix("中共")
        return self._resolve_village(code, text, village, bool(typed))

    def _resolve_odd_township(self, township, typed, village):
        """The township's cell may hold township and village together."""
        if is_blank(village):
            code, rest = self._split(typed) or (None, "")
            if code and rest:
                return self._resolve_village(code, rest, township, False)
        return Place(found=(("township", Found("unknown_township", self._township_message(township))),))

    def _resolve_village(self, code, text, raw, given):
        entries = self._candidates(text, code)
        in_cell = False
        if not entries and (named := self._township_code(text)):
            found = Found("unknown_village", f"只写了“{self.townships[named]}”，没有写村，请写明是哪个村（社区）")
            return Place(self.townships[named], None, named, found=(("village", found),), township_in_cell=True)
        if not entries and (split := self._split(text)):
            cell_code, rest = split
            if cell_code is None:
                return Place(
                    self.townships.get(code) if given else None,
                    found=(
                        ("township", Found("unknown_township", self._township_message(TOWNSHIP_PART.match(rest)[1]))),
                    ),
                    township_in_cell=True,
                )
            if code is None or cell_code == code or not given:
                code, text, in_cell = cell_code, rest, True
                entries = self._candidates(text, code)
        if len(entries) == 1:
            return self._place_of(entries[0], in_cell)
        found = ("village", self._ambiguous(raw, entries) if entries else self._unknown(text, code))
        return Place(self.townships.get(code), None, code, found=(found,), township_in_cell=in_cell)

    @staticmethod
    def _place_of(entry, in_cell=False):
        return Place(entry.township, entry.name, entry.township_code, entry.code, township_in_cell=in_cell)

    def _split(self, text):
        """(township code, village text) of a text that holds both; (None, text) when its township does not exist."""
        below = self._below_county(text)
        for form in sorted(self._township_forms, key=len, reverse=True):
            rest = below.removeprefix(form).lstrip(JOINTS).rstrip(")")
            if below.startswith(form) and rest and self._fits(form, rest):
                return self._township_forms[form], rest
        if below != text and self._candidates(below):
            entry = self._candidates(below)[0]
            return entry.township_code, below
        part = TOWNSHIP_PART.match(below)
        if part and (self._candidates(part[2]) or part[2].endswith(("村", "社区", "委会", "委员会"))):
            return None, below
        return None

    def _fits(self, form, rest):
        """A full township name is believed; a bare one (寨里山头村) only when the rest is a village there."""
        code = self._township_forms[form]
        return tight(self.townships[code]) == form or form.endswith("办事处") or bool(self._candidates(rest, code))

    # --- messages

    def _township_message(self, typed):
        text = tight(typed)
        more = suggestion(text, self.townships.values())
        return f"本县没有“{text[:12]}”{more}，请填写乡镇全称"

    def _ambiguous(self, raw, entries):
        names = "、".join(f"{entry.township}{entry.name}" for entry in entries[:4])
        return Found("ambiguous_village", f"“{tight(raw)[:12]}”对应不止一个村（{names}），请写明是哪一个")

    def _unknown(self, text, code):
        shown = text[:12]
        where = self.townships.get(code)
        if where and (elsewhere := self._candidates(text)):
            names = "、".join(sorted({entry.township for entry in elsewhere}))
            return Found("unknown_village", f"“{shown}”不在{where}，{names}有同名的村，请核对乡镇或村名")
        names = [entry.name for entry in self.villages.values() if not code or entry.township_code == code]
        more = suggestion(text, names)
        return Found("unknown_village", f"{where or '本县'}没有“{shown}”{more}，请填写村（社区）全称")
