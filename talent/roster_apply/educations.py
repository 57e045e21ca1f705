"""Education levels: what a row states, compared with the levels that are kept."""

from collections import defaultdict

from core.collecting import in_pieces, unsaved
from rosters.comparison import CLEARED
from talent.models import Education, EducationLevel, EducationMode
from talent.roster_apply import words

MODES = (("education_full_time", EducationMode.FULL_TIME), ("education_on_job", EducationMode.ON_JOB))
RANK = {level.value: level.rank for level in EducationLevel}


def stated(values):
    """[(field, mode or None, level)] of a row; a mode of None is a column that does not say which."""
    by_mode = [(field, mode, values[field]) for field, mode in MODES if values.get(field)]
    if by_mode or not values.get("education"):
        return by_mode
    return [("education", None, values["education"])]


def bare(education):
    """Only a level, no school or certificate behind it: a later statement may correct it."""
    return not (education.school or education.major or education.graduated_on or education.certificate_no)


def kept_of(people):
    """{person pk: [Education]} of what is kept of `people`."""
    kept = defaultdict(list)
    found = Education.objects.filter(person_id__among=[person.pk for person in people]).order_by("pk")
    for education in in_pieces(found, "level", "mode"):
        kept[education.person_id].append(education)
    return kept


def highest(educations):
    return max(educations, key=lambda education: RANK[education.level], default=None)


class Educations:
    """The education rows a set of rows writes."""

    def __init__(self, kept, repeated=frozenset()):
        self.kept = kept  # person pk → [Education]
        self.repeated = repeated  # as of People
        self.added, self.changed, self.deleted = [], {}, []  # added: (key, level, mode)
        self._said = {}

    def take(self, key, person, row, verdict):
        """Take over what the row states of the person kept (None: somebody new); `key` tells people apart."""
        cleared = row.values.get(CLEARED, ())
        for field, mode in (*MODES, ("education", None)):
            if field in cleared:
                self._clear(person, field, mode, verdict)
        known = self._said if key in self.repeated else {}
        for field, mode, level in stated(row.values):
            said = known.setdefault((key, mode), (level, row))
            if said[0] != level:
                message = f"与此人在{said[1].place}所填不同，按{said[1].place}入库，请核对"
                verdict.warn(field, "differs_in_file", message)
            elif said[1] is row:
                self._compare(key, person, field, mode, level, verdict)

    def new(self, people):
        """The levels to insert, of saved people."""
        added = ({"person_id": people.get(key).pk, "level": level, "mode": mode} for key, level, mode in self.added)
        return unsaved(Education, added)

    def _clear(self, person, field, mode, verdict):
        """清空: levels that came from a roster go, one with its school or certificate stays."""
        kept = self.kept.get(person.pk, []) if person else []
        meant = [education for education in kept if mode is None or education.mode == mode]
        plain = [education for education in meant if bare(education)]
        left = [education for education in meant if education not in plain]
        if plain:
            best = highest(left)
            verdict.diff[field] = (words.education(highest(meant).level), words.education(best.level if best else None))
            self.deleted += plain
            self.kept[person.pk] = [education for education in kept if education not in plain]
        if left:
            verdict.warn(
                field, "education_documented", "系统中的学历带有院校或证书，没有清空；确需删除请在人员页面修改"
            )

    def _compare(self, key, person, field, mode, level, verdict):
        if person is None:  # nothing is kept of somebody new
            self._raise(key, [], None, mode, level)
            return
        kept = self.kept.get(person.pk, [])
        of_mode = [education for education in kept if mode is None or education.mode == mode]
        best = highest(of_mode)
        if best is not None and best.level == level:
            return
        verdict.diff[field] = (words.education(best.level if best else None), words.education(level))
        if best is not None and RANK[best.level] > RANK[level]:
            self._lower(of_mode, mode, level, field, verdict)
        else:
            self._raise(key, kept, best, mode, level)

    def _raise(self, key, kept, best, mode, level):
        """A higher level, or the first one: a level that came from a roster gives way, a documented one stays beside it."""
        wanted = mode or EducationMode.UNSPECIFIED
        plain = next((item for item in kept if item.level == level and item.mode == EducationMode.UNSPECIFIED), None)
        if mode is not None and plain is not None and bare(plain):
            self._set(plain, level, wanted)
        elif best is not None and best.mode == wanted and bare(best):
            self._set(best, level, wanted)
        else:
            self.added.append((key, level, wanted.value))

    def _lower(self, of_mode, mode, level, field, verdict):
        """A lower level corrects what an earlier roster said, never what stands in the file with its school."""
        above = [education for education in of_mode if RANK[education.level] > RANK[level]]
        if any(not bare(item) or item.mode != (mode or EducationMode.UNSPECIFIED) for item in above):
            old = verdict.diff.pop(field)[0]
            verdict.warn(field, "education_lower", f"系统中已有更高的“{old}”，没有改动；确需更正请在人员页面修改")
            return
        if any(item.level == level for item in of_mode):
            drop = above
        else:
            self._set(above[0], level, above[0].mode)
            drop = above[1:]
        for item in drop:
            self.deleted.append(item)
            of_mode.remove(item)

    def _set(self, education, level, mode):
        education.level, education.rank, education.mode = level, RANK[level], mode
        if education.pk:
            self.changed[education.pk] = education
