"""A department's column of the joint review: whom it is about, what is kept, what somebody typed."""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.utils import timezone

from core.dates import parse_date
from core.text import plain
from talent.models import Candidate, JointReviewMark, Person
from villages.models import Village

Result = JointReviewMark.Result
LABELS = dict(Result.choices)
LONGEST = {name: JointReviewMark._meta.get_field(name).max_length for name in ("reason", "document_no", "reviewer")}
TITLES = {"reason": "具体情况", "document_no": "文号", "reviewer": "审核人"}


class Column:
    """The column of `department` for the division `code`: its candidates, nobody else."""

    def __init__(self, department, code):
        self.department = department
        self.items = list(department.items.order_by("pk"))
        self.candidates = Candidate.objects.below(code).filter(round=department.round_id).exclude(
            status=Candidate.Status.DISQUALIFIED, blocked_reason=""
        )  # fmt: skip

    def people(self):
        """(village code, pinyin, person's key) of everybody who stands, in this order."""
        rows = self.candidates.order_by("village_id", "person__pinyin", "person_id")
        return rows.values_list("village_id", "person__pinyin", "person_id").distinct()

    @property
    def waiting(self):
        """How many people lack a result on some item of this column."""
        marked = JointReviewMark.objects.filter(item__in=self.items).order_by().values_list("person_id", flat=True)
        counts = defaultdict(int)
        for person in marked:
            counts[person] += 1
        people = set(self.candidates.order_by().values_list("person_id", flat=True))
        return sum(counts[person] < len(self.items) for person in people)

    def kept(self, keys):
        """person's key → {item's key: mark}."""
        found = defaultdict(dict)
        for row in JointReviewMark.objects.filter(item__in=self.items, person_id__in=keys).order_by("pk"):
            found[row.person_id][row.item_id] = row
        return found

    def lines(self, page, given=None):
        """A dict per person of the page, with what is kept, or what was typed and refused (`given`)."""
        rows = list(page)
        keys = {row[2] for row in rows}
        people = Person.objects.in_bulk(keys)
        villages = Village.objects.select_related("township").in_bulk({row[0] for row in rows}, field_name="code")
        kept = self.kept(keys)
        return [
            {"person": people[key], "village": villages[code], **self._shown(key, kept[key], given)}
            for code, _, key in rows
        ]

    def _shown(self, key, marks, given):
        told = next((row for row in marks.values() if row.result == Result.FOUND), None)
        reason, number = (told.reason, told.document_no) if told else ("", "")
        if given is not None:
            reason, number = given.get(f"reason-{key}", ""), given.get(f"number-{key}", "")
        cells = []
        for item in self.items:
            chosen = marks[item.pk].result if item.pk in marks else ""
            if given is not None:
                chosen = given.get(f"result-{item.pk}-{key}", "")
            cells.append({"name": f"result-{item.pk}-{key}", "title": item.title, "chosen": chosen})
        return {"cells": cells, "reason": reason, "number": number}

    def typed(self, page, given):
        """Unsaved results of what differs from what is kept; ValidationError names everybody who is wrong."""
        rows = [(code, key) for code, _, key in page]
        head = _head(given)
        people = Person.objects.in_bulk({key for _, key in rows})
        villages = Village.objects.in_bulk({code for code, _ in rows}, field_name="code")
        kept = self.kept(people)
        marks, problems = [], []
        for key, code in {key: code for code, key in rows}.items():
            told = {"person": people[key], "village": villages[code]}
            try:
                marks += [row for item in self.items if (row := self._mark(item, key, told, kept[key], given, head))]
            except ValidationError as refused:
                problems += refused.messages
        if problems:
            raise ValidationError(problems)
        return marks

    def _mark(self, item, key, told, kept, given, head):
        result = given.get(f"result-{item.pk}-{key}", "")
        if not result and "rest_clear" in given:
            result = Result.CLEAR.value
        if not result:
            return None
        if result not in LABELS:
            raise ValidationError(f"{told['person']}“{item.title}”的结论请选 无、有 或 不掌握。")
        found = result == Result.FOUND
        reason = _text(given, f"reason-{key}", "reason", told["person"]) if found else ""
        number = (_text(given, f"number-{key}", "document_no", told["person"]) if found else "") or head["document_no"]
        if found and not reason:
            raise ValidationError(f"{told['person']}“{item.title}”的结论为“有”，请写明具体情况。")
        known = kept.get(item.pk)
        if (
            known is not None
            and known.result == result
            and (not found or (known.reason, known.document_no) == (reason, number))
        ):
            return None
        return JointReviewMark(
            item=item, result=result, reason=reason, document_no=number, decided_on=head["decided_on"],
            reviewer=head["reviewer"], **told,
        )  # fmt: skip


def _head(given):
    """What holds for all that is saved together."""
    on = parse_date(given.get("decided_on"))
    if on is None:
        raise ValidationError("请填出具日期，例如 2026-11-24。")
    if on > timezone.localdate():
        raise ValidationError(f"出具日期 {on} 还没有到，请填来文的日期。")
    return {"decided_on": on, **{name: _text(given, name, name) for name in ("document_no", "reviewer")}}


def _text(given, name, field, person=""):
    text = plain(given.get(name, ""))
    if len(text) > LONGEST[field]:
        raise ValidationError(f"{person}{TITLES[field]}超过 {LONGEST[field]} 个字，请写短一些。")
    return text
