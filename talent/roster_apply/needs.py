"""Rows that are about a need of a survey and somebody matched with it: which need, which match, which person of the pool."""

from collections import defaultdict

from core.text import tight
from rosters.cleaning import clean_one
from rosters.comparison import OUTSIDE, outside
from talent.models import Demand, DemandRound, Match
from talent.roster_apply import who
from talent.roster_apply.townships import codes_of
from talent.rosters import persons

TOWNSHIP_DIGITS = 9
GONE = ("post", "round_gone", "这次需求调查已经删除，请作废这份表，选择另一次重新上传")
NO_TOWNSHIP = ("township", "missing_field:township", "乡镇没有填，请补上")
NO_NEED = (
    "post", "no_need",
    "这次调查里没有这项需求，请核对乡镇、村、需求单位和“需要什么人”；新的需求先用《人才需求汇总表》登记",
)  # fmt: skip
SEVERAL = ("id_number", "several_of_that_name", "没有身份证号，这项需求的人选里有几位同名的人，请补上身份证号")
OTHER_NAME = ("name", "name_differs", "此身份证号在系统中登记的是另一个姓名，请核对是否同一人")


def held_round(scope):
    """The survey that the upload is about; None when it was deleted."""
    return DemandRound.objects.filter(pk=scope.target_id).first()


def townships_of(rows, scope):
    """The code of each row's township: that of its village, the one it names, or the uploader's own."""
    own = scope.code if len(scope.code) == TOWNSHIP_DIGITS else None
    return [
        row.village_code[:TOWNSHIP_DIGITS] if row.village_code else code or (None if row.values.get("township") else own)
        for row, code in zip(rows, codes_of(rows, scope), strict=True)
    ]  # fmt: skip


def need_words(values):
    """What tells a need of one survey from the others in a file."""
    return tuple(tight(values.get(name) or "") for name in ("township", "village", "unit", "post"))


class Needs:
    """The needs of a survey below the division of `scope` and who was matched with them, read once for all rows; the
    matches are locked when about to be written."""

    def __init__(self, held, rows, scope):
        self.scope = scope
        self.townships = townships_of(rows, scope)
        needs = Demand.objects.filter(round=held).below(scope.code).select_related("township", "village")
        self.needs = {
            _key(need.township_id, need.village_id, need.unit, need.post): need for need in needs.order_by("-pk")
        }
        self.people = who.people_by_digest([who.digest_of(row) for row in rows], scope)
        self.matches = defaultdict(list)
        for match in self._matches(held):
            self.matches[match.demand_id].append(match)

    def _matches(self, held):
        found = Match.objects.below(self.scope.code).filter(demand__round=held).order_by("pk")
        found = found.select_related("talent__person", "demand__township", "demand__village")
        return found.select_for_update(of=("self",)) if self.scope.lock else found

    def find(self, index, row):
        """(need, None) of a row, or (None, why there is none)."""
        township = self.townships[index]
        if not township:
            return None, NO_TOWNSHIP
        if outside(township, self.scope.code):
            return None, ("village" if row.village_code else "township", *OUTSIDE[1:])
        key = _key(township, row.village_code, row.values.get("unit") or "", row.values["post"])
        need = self.needs.get(key)
        return need, None if need else NO_NEED

    def match(self, row, need):
        """(match, None) with the person of a row, (None, None) when nobody is matched so far, or (None, why it is open).

        By ID number, or by name among those matched with the need: whose file is kept elsewhere is a name only."""
        if row.values.get("id_number"):
            person = self.person(row)
            fitting = [one for one in self.matches[need.pk] if person and one.talent.person_id == person.pk]
            return (fitting[-1] if fitting else None), None
        name = row.values["name"]
        fitting = [one for one in self.matches[need.pk] if _name_of(one) == name]
        return (None, SEVERAL) if len(fitting) > 1 else (fitting[0] if fitting else None, None)

    def person(self, row):
        """Whose ID number the row has; None for nobody's."""
        return self.people.get(who.digest_of(row))


def differing_name(row, match):
    """What to look at when the row's name is not the one that its ID number is known by; or None."""
    return OTHER_NAME if row.values["name"] != _name_of(match) else None


def _key(township, village, unit, post):
    return (township, village, tight(unit), tight(post))


def _name_of(match):
    """The name as a cell reads: without what was typed between its characters."""
    return clean_one(persons.NAME.kind, match.talent.person.name)[0]
