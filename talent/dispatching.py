"""People named in a form and sent somewhere, or taken into the pool of talents, in one step: known by ID number, or given a file; all of them or nobody."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction

from core.scope import scope_code
from core.text import tight
from rosters.comparison import outside
from talent import actions, entry
from talent.models import Person, Stationing
from talent.roster_apply.who import HELD_ELSEWHERE

NAMED_OTHERWISE = "与系统中这个身份证号的姓名不同，请核对姓名和身份证号。"
NO_FILE = "此人在系统中还没有档案，请填写挂职村以便建档，或先在“人员”里新建档案。"


class NotSent(Exception):
    """Somebody cannot be sent; `errors` is {place in the list: {field or "": [messages]}}."""

    def __init__(self, errors):
        self.errors = errors
        super().__init__(f"{len(errors)} refused")


@transaction.atomic
def dispatch(members, *, by, on):
    """Station the people of `members` [({name, id_number, phone}, unsaved Stationing)]; whoever is new gets a file.

    Raises NotSent, and then nothing has changed."""
    _name(members, by, on)
    return actions.station([stay for _, stay in members], by=by)


@transaction.atomic
def rotate(stay, *, last, kind, reason, successor, by, on):
    """End a stay on its day `last` and begin that of `successor` (as a member of `dispatch`; None = nobody yet).

    Raises NotSent, also when somebody else has just ended it."""
    if Stationing.objects.select_for_update().get(pk=stay.pk).end is not None:
        raise NotSent({0: {"": ["别人刚登记过这段派驻的结束，没有再登记。请刷新后核对。"]}})
    actions.withdraw([stay], on=last, kind=kind, reason=reason, by=by)
    return dispatch([successor], by=by, on=on) if successor else []


@transaction.atomic
def second(given, secondment, *, by, on):
    """Begin a secondment of somebody who is named in a form. Raises NotSent."""
    _name([(given, secondment)], by, on)
    return actions.second([secondment], by=by)


@transaction.atomic
def enter_talent(given, talent, *, by, on):
    """Take somebody who is named in a form into the pool of rural talents. Returns the place; raises NotSent."""
    _name([(given, talent)], by, on)
    return actions.enter_talent_pool([talent], by=by)[0]


def _name(members, by, on):
    """Give every row its person, and check it by its model; raises NotSent for those that cannot stand."""
    refused = {}
    for place, (given, row) in enumerate(members):
        try:
            row.person = person_for(given, row.village, by=by, on=on)
            row.full_clean()
        except ValidationError as error:
            told = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
            refused[place] = {"" if name == NON_FIELD_ERRORS else name: texts for name, texts in told.items()}
    if refused:
        raise NotSent(refused)


def person_for(given, village, *, by, on):
    """The person with the ID number in `given`, else a new file kept by `village`; ValidationError in the clerk's words."""
    known = Person.objects.with_id_number(given["id_number"]).first()
    if known is None:
        return _new_file(given, village, by, on)
    if outside(known.village_id, scope_code(by)):
        raise ValidationError({"id_number": [f"{HELD_ELSEWHERE[2]}。"]})
    if tight(known.name) != tight(given["name"]):
        raise ValidationError({"name": [NAMED_OTHERWISE]})
    return known


def _new_file(given, village, by, on):
    if village is None:
        raise ValidationError({"id_number": [NO_FILE]})
    try:
        return entry.create_person(given | {"village": village.code}, by=by, on=on).row
    except entry.Refused as refused:
        told = {}
        for found in refused.problems:
            told.setdefault(found.field if found.field in given else "", []).append(found.message)
        raise ValidationError({name or NON_FIELD_ERRORS: texts for name, texts in told.items()}) from None
