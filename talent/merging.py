"""Two files of one human made one: everything that hangs on either stays, and the other number is remembered."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import UniqueConstraint

from core import audit
from core.writes import change_rows, create_rows, delete_rows
from talent.models import (
    Appointment,
    FormerIdNumber,
    Person,
    RecruitmentApplication,
    ReserveAssessment,
    ReserveCandidate,
    RuralTalent,
    Secondment,
    Stationing,
    StationingAssessment,
)

# Rows of these that say the same and overlap become one that lasts as long as both.
KEYS = {
    Appointment: ("village_id", "post"),
    ReserveCandidate: ("village_id", "target"),
    Stationing: ("village_id", "role"),
    RuralTalent: ("village_id",),
    Secondment: ("division_id", "host_unit"),
}
# Of what hangs on such rows once: what two must not say differently to become one. Of others the kept one's answer stands.
SAYS = {
    ReserveAssessment: ("result", "remarks"),
    StationingAssessment: ("grade", "remarks"),
    RecruitmentApplication: (
        "recruitment_id", "village_id", "eligibility", "written", "interview", "extra", "physical", "inspection", "publicity",
        "engaged_on", "withdrawn_on",
    ),
}  # fmt: skip
OWN = (
    "archive_birth_date",
    "ethnicity",
    "native_place",
    "political_status",
    "party_joined",
    "work_started",
    "background",
    "phone",
    "remarks",
)
LEFT_OUT = {"id", "person", "remarks"}


def hanging(person):
    """[(model, name of its field, rows)] of everything that is about the person."""
    found = []
    for relation in Person._meta.related_objects:
        rows = list(relation.related_model._default_manager.filter(**{relation.field.name: person}).order_by("pk"))
        if rows:
            found.append((relation.related_model, relation.field.name, rows))
    return found


@transaction.atomic
def merge(keep, other, *, by, reason):
    """Move everything of `other` to `keep`, fill what `keep` lacks, remember the other ID number; `other` goes.

    What stands in both the same way stays once; overlapping periods of one post become one. Raises ValidationError with
    what stands in the way, and then nothing has changed."""
    for pk in sorted((keep.pk, other.pk)):
        Person.objects.select_for_update().get(pk=pk)
    # Posts and places first: what hangs on them goes with them, and may become one with what is there.
    for model, field, _ in sorted(hanging(other), key=lambda found: found[0] not in KEYS):
        for row in model._default_manager.filter(**{field: other}).order_by("pk"):
            _move(model, field, row, keep, by, reason)
    number = other.id_number
    taken = _fill(keep, other)
    delete_rows([other], by=by, reason=reason)
    if keep.id_number is None and number:
        keep.id_number = number
        keep.take_from_id()
        taken += ["id_number", "sex", "birth_date"]
    elif number:
        create_rows([FormerIdNumber(person=keep, id_number=number)], by=by)
    change_rows([keep], taken, by=by, reason=reason)
    audit.record(by=by, verb="merge", obj=keep, before={"merged": other.pk}, reason=reason)


def _fill(keep, other):
    """The names of fields that `keep` lacks and `other` has; they are taken over."""
    names = [name for name in OWN if not getattr(keep, name) and getattr(other, name)]
    for name in names:
        setattr(keep, name, getattr(other, name))
    return names


def _move(model, field, row, keep, by, reason):
    """Hand one row over, or let it go where `keep` has it already."""
    try:
        with transaction.atomic():
            twin = _twin(model, field, row, keep)
            fuller = _fuller(model, field, row, keep)
            if twin is not None or fuller is not None or _says_the_same(model, field, row, keep):
                _hand_on(row, twin or fuller, by, reason)
                delete_rows([row], by=by, reason=reason)
                _lengthen(twin, row, by, reason)
                _complete(fuller, row, field, by, reason)
            else:
                setattr(row, field, keep)
                change_rows([row], [field], by=by, reason=reason)
    except IntegrityError:
        told = f"两份档案的{model._meta.verbose_name}有冲突（{row}），请先改正其中一条，再合并。"
        raise ValidationError(told) from None


def _hand_on(row, kept, by, reason):
    """What hangs on a row that goes (assessments, an application, confirmations, matches) hangs on the one that stays.
    Two that may stand there only once become one. Anything else with a history of its own stays, and then the database
    refuses to let its row go."""
    for relation in type(row)._meta.related_objects if kept is not None else ():
        model, name = relation.related_model, relation.field.name
        for child in model._default_manager.filter(**{name: row}).order_by("pk"):
            there = _standing(relation, child, kept)
            if there is None:
                setattr(child, name, kept)
                change_rows([child], [name], by=by, reason=reason)
            elif not model._meta.related_objects:
                _join(there, child, name, by, reason)


def _standing(relation, child, kept):
    """What hangs on the row that stays and beside which `child` may not stand, or None."""
    model, name = relation.related_model, relation.field.name
    keys = [{}] if relation.one_to_one else []
    keys += [{one: getattr(child, one) for one in names} for names in _once(model, name)]
    found = (model._default_manager.filter(**key, **{name: kept}).first() for key in keys)
    return next((one for one in found if one is not None), None)


def _join(there, child, name, by, reason):
    """Let what stands there tell what only `child` told, and let `child` go. Raises ValidationError where they differ."""
    model = type(child)
    pairs = [(getattr(there, one), getattr(child, one)) for one in SAYS.get(model, ())]
    if any(one not in (None, "") and another not in (None, "") and one != another for one, another in pairs):
        raise ValidationError(f"两份档案的{model._meta.verbose_name}有冲突（{child}），请先改正其中一条，再合并。")
    delete_rows([child], by=by, reason=reason)
    _complete(there if model in SAYS else None, child, name, by, reason)


def _lengthen(twin, row, by, reason):
    """Let the row that stays cover the period of the one that went too."""
    if twin is None:
        return
    twin.start, twin.end = min(twin.start, row.start), _later(twin.end, row.end)
    why = [name for name in ("end_kind", "end_reason") if hasattr(twin, name)]
    if twin.end is None:
        for name in why:
            setattr(twin, name, "")
    change_rows([twin], ["start", "end", *why], by=by, reason=reason)


def _later(one, another):
    """The later of two last days; None is still running."""
    return None if one is None or another is None else max(one, another)


def _twin(model, field, row, keep):
    """The row of `keep` that says the same as `row` for a period that touches it."""
    if model not in KEYS:
        return None
    same = {name: getattr(row, name) for name in KEYS[model]}
    for kept in model._default_manager.filter(**{field: keep}, **same).order_by("start", "pk"):
        if (kept.end is None or kept.end >= row.start) and (row.end is None or row.end >= kept.start):
            return kept
    return None


def _fuller(model, field, row, keep):
    """The row of `keep` beside which `row` may not stand (one of each level of education, say), where neither contradicts
    the other: what one leaves empty the other tells."""
    for names in _once(model, field):
        key = {name: getattr(row, name) for name in names}
        kept = model._default_manager.filter(**{field: keep}, **key).first()
        if kept is not None and not any(one and another and one != another for one, another in _both(kept, row, field)):
            return kept
    return None


def _once(model, field):
    """The fields of each constraint by which a person can have such a row only once, without the person's own."""
    for constraint in model._meta.constraints:
        names = getattr(constraint, "fields", ())
        if isinstance(constraint, UniqueConstraint) and constraint.condition is None and field in names:
            yield [name for name in names if name != field]


def _both(kept, row, field):
    names = [one.attname for one in row._meta.concrete_fields if one.name not in LEFT_OUT and one.name != field]
    return [(getattr(kept, name), getattr(row, name)) for name in names]


def _complete(kept, row, field, by, reason):
    """Let the row that stays tell what only the one that went told."""
    if kept is None:
        return
    told = [
        one for one in row._meta.concrete_fields if one.name not in {"id", field} and not getattr(kept, one.attname)
    ]
    told = [one for one in told if getattr(row, one.attname)]
    for one in told:
        setattr(kept, one.attname, getattr(row, one.attname))
    if told:
        change_rows([kept], [one.name for one in told], by=by, reason=reason)


def _says_the_same(model, field, row, keep):
    """True when `keep` has a row that is equal but for whose it is."""
    values = {
        one.attname: getattr(row, one.attname)
        for one in model._meta.concrete_fields
        if one.name not in LEFT_OUT and one.name != field
    }
    return model._default_manager.filter(**{field: keep}, **values).exists()
