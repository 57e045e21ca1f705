"""Writes of the cadre appointment form: what was typed on its page, or came in with a .lrmx file."""

from django.core.exceptions import ValidationError
from django.db import transaction

from core.identity import id_problem
from core.text import tight
from core.writes import change_rows, create_rows, delete_rows
from talent import approval_form, lrmx
from talent.models import ApprovalForm, FamilyMember, Person

FILLED = ("age_on", "filled_on", "filled_by")  # of the day and the hand that wrote the form: no ledger knows them


@transaction.atomic
def keep_approval_form(person, filled, *, by):
    """Keep a whole form of `person` (lrmx.Filled), its texts, family lines and photograph; returns the row kept."""
    Person.objects.select_for_update().get(pk=person.pk)
    kept = ApprovalForm.objects.filter(person=person).first()
    form = kept or ApprovalForm(person=person)
    for name in lrmx.TAGS:
        setattr(form, name, filled.texts.get(name, ""))
    form.photo, form.others = filled.photo, filled.others
    form.id_number = filled.id_number or None
    form.full_clean(exclude=["person"] if kept is None else None, validate_constraints=False)
    names = [*lrmx.TAGS, "others", "id_number", "photo"]
    form = _kept(form, names, kept, by)
    _keep_family(form, filled.family, by)
    return form


def take_lrmx(person, content, *, on, by):
    """Keep what the bytes of an .lrmx file say of `person`: texts that say what the ledger says are left to the ledger, but
    for when and by whom the form was filled in.

    Raises ValidationError when the file is no form, is of somebody else, or holds a text too long for its line."""
    came = lrmx.read(content)
    _same_person(person, came)
    known = approval_form.from_ledger(person, on, by)
    came.texts = {name: text for name, text in came.texts.items() if name in FILLED or text != known.get(name, "")}
    if person.id_number:
        came.id_number = ""
    elif came.id_number and id_problem(came.id_number):
        raise ValidationError("表里的身份证号不是有效的 18 位号码，没有读入。请核对表里的号码。")
    return keep_approval_form(person, came, by=by)


def _same_person(person, came):
    """Refuse the form of somebody else: by the number where both know one, else by the name."""
    number = tight(came.id_number).upper()
    if number and person.id_number:
        if number != tight(person.id_number).upper():
            raise ValidationError(f"表里的身份证号与{person.name}档案里的不同，不是同一个人的表，没有读入。")
    elif tight(came.texts.get("name", "")) != tight(person.name):
        raise ValidationError(f"表里的姓名与“{person.name}”不同，没有读入。请核对是不是选错了文件。")


def _kept(form, names, kept, by):
    if kept is None:
        return create_rows([form], by=by)[0]
    change_rows([form], names, by=by)
    return form


def _keep_family(form, lines, by):
    """Write the family lines anew where one of them differs."""
    old = list(form.family.all())
    names = list(lrmx.FAMILY)
    if [{name: getattr(row, name) for name in names} for row in old] == lines:
        return
    delete_rows(old, by=by, reason="重填家庭成员")
    new = [FamilyMember(form=form, position=place, **line) for place, line in enumerate(lines, 1)]
    for row in new:
        row.full_clean(exclude=["form"])
    create_rows(new, by=by)
