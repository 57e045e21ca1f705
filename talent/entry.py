"""A person, post or place in the pool given by another system: checked by the rosters' validator, written by their actions."""

from dataclasses import dataclass

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction

from core.fields import digest
from core.scope import scope_code
from core.writes import change_rows
from rosters import spec
from rosters.comparison import Row, Verdict, outside
from rosters.places import gazetteer_of
from rosters.problems import Problem, problem
from rosters.reading import Context, check_rows
from rosters.spec import Roster
from talent import actions, roster_apply
from talent.models import Appointment, EducationLevel, Person, PoliticalStatus, ReserveCandidate, Sex
from talent.roster_apply.compare import HELD_ELSEWHERE, Plan
from talent.roster_apply.educations import Educations, kept_of
from talent.roster_apply.people import People, plain_texts
from talent.roster_apply.words import day
from talent.rosters import persons
from talent.rosters.committee import PARTY_JOINED
from talent.rosters.posts import TICKS
from talent.rosters.reserve import SOURCES
from villages.models import Village
from villages.rosters import TOWNSHIP, VILLAGE

# The file of a person alone, without posts: not a roster that anybody uploads, so it is not registered.
PERSON = Roster(
    slug="person",
    title="人员",
    columns=(
        TOWNSHIP, VILLAGE, *persons.FILE_COLUMNS, PARTY_JOINED),
    required=("name", "id_number", "village"),
    village_required=True,
    check_row=persons.check_person,
)  # fmt: skip
TAKEN = Problem("id_number", "id_exists", "error", "这个身份证号已在系统中，不能再新建；请查询后修改。")
NOBODY = Problem("person", "unknown_person", "error", "没有这个人员，请核对编号。")
# A code of ours as the text that a clerk would have typed.
WORDS = {
    "sex": {choice.value: choice.label for choice in Sex},
    "political_status": {choice.value: choice.label for choice in PoliticalStatus},
    "education": {choice.value: choice.label for choice in EducationLevel} | {"secondary_vocational": "中专"},
    "posts": {post.value: texts[0] for post, (texts, *_) in TICKS.items()},
    "source": {code: texts[0] for code, texts in SOURCES.items()},
}


class Refused(Exception):
    """What was given cannot be kept; `problems` say where and what to write instead."""

    def __init__(self, problems):
        self.problems = list(problems)
        super().__init__("; ".join(found.code for found in self.problems))


@dataclass(frozen=True)
class Kept:
    """A row that was written, with the problems that do not stand in its way."""

    row: object
    warnings: tuple


def create_person(given, *, by, on):
    """A new file from {field: text}. Raises Refused; an ID number that is known is never a second file."""
    checked = _check(PERSON, given, by, on)
    key = digest(checked.values["id_number"])
    with transaction.atomic():
        _refuse_known(key, by)
        people, verdict = People({}), Verdict()
        people.take(key, checked, verdict)
        person = people.get(key)
        educations = Educations({})
        educations.take(key, None, checked, verdict)
        _clean(person)
        roster_apply.write(Plan(people, educations, []), by=by, batch=None)
    return Kept(person, checked.warnings)


def change_person(person, given, *, by, on):
    """Change what is given of a file, judged as a whole row; a blank clears. Raises Refused."""
    _refuse_foreign(person, by)
    checked = _check(PERSON, _present(person) | given, by, on)
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person.pk)
        values = {name: checked.values.get(name) for name in (*given, "id_number")}
        people, educations = People({person.id_digest: person}), Educations(kept_of([person]))
        verdict = Verdict()
        stated = Row(0, 1, values, checked.village_code, checked.problems)
        people.take(person.id_digest, stated, verdict)
        educations.take(person.id_digest, person, stated, verdict)
        names = _set_directly(person, values, checked)
        people.changed.setdefault(person.pk, (person, set()))[1].update(names)
        _clean(person)
        roster_apply.write(Plan(people, educations, []), by=by, batch=None)
    return Kept(person, (*checked.warnings, *verdict.problems))


def _set_directly(person, values, checked):
    """What a roster row never does to a file: clear a field, move it to another village, correct the ID number."""
    empty = {**dict.fromkeys(plain_texts(), ""), "party_joined": None, "phone": None}
    cleared = {name: nothing for name, nothing in empty.items() if name in values and values[name] in (None, "")}
    if "birth_date" in values and values["birth_date"] is None:
        cleared["archive_birth_date"] = None
    for name, value in cleared.items():
        setattr(person, name, value)
    names = set(cleared)
    if person.village_id != checked.village_code:
        person.village_id = checked.village_code
        names.add("village")
    if person.id_number != values["id_number"]:
        person.id_number = values["id_number"]
        person.take_from_id()
        names |= {"id_number", "sex", "birth_date"}
    return names


def _present(person):
    """A kept file as the texts of a row."""
    found = {name: getattr(person, name) for name in (*plain_texts(), "id_number", "phone")}
    found["village"] = person.village_id
    found["party_joined"] = person.party_joined.isoformat() if person.party_joined else None
    return {name: text for name, text in found.items() if text}


def appoint(given, fields, *, by, on):
    """A new post: `given` {person, village, post, start} are judged with the person's file as a row of the committee
    roster; `fields` are the model's others. Raises Refused."""
    person = _person(given.get("person"), by)
    checked = _check(spec.get("committee"), _seat_row(person, given), by, on)
    seat = Appointment(person=person, village_id=checked.village_code, **fields)
    _take_seat(seat, checked)
    _clean(seat)
    actions.appoint([seat], by=by)
    return Kept(seat, checked.warnings)


def change_appointment(seat, given, fields, *, by, on):
    """Change a post's dates, papers or the post itself; person and village stay. Raises Refused."""
    row = {"village": seat.village_id, "post": seat.post, "start": seat.start.isoformat()} | given
    checked = _check(spec.get("committee"), _seat_row(seat.person, row), by, _while_there(seat.village, on))
    return _change(seat, fields, checked, lambda kept: _take_seat(kept, checked), by)


def _seat_row(person, given):
    kept = _present(person) | {"sex": person.sex}
    kept = {name: kept[name] for name in ("name", "id_number", "sex", "political_status") if kept.get(name)}
    return kept | {"village": given.get("village"), "posts": given.get("post"), "start_date": given.get("start")}


def _take_seat(seat, checked):
    posts = checked.values["posts"]
    if len(posts) != 1:
        raise Refused([problem("post", "one_post", "一次只写一个职务，兼任的请分别新建。")])
    if not checked.values["start_date"]:
        raise Refused([problem("start", "missing_field:start", "任现职时间没有填，请补上。")])
    seat.post, seat.start = posts[0], day(checked.values["start_date"])


def enter_pool(given, fields, *, by, on):
    """A new place in the reserve pool, judged as a row of the reserve roster. Raises Refused."""
    person = _person(given.get("person"), by)
    checked = _check(spec.get("reserve"), _pool_row(person, given), by, on)
    place = ReserveCandidate(person=person, village_id=checked.village_code, **fields)
    place.source = checked.values["source"] or ""
    _clean(place)
    actions.enter_pool([place], by=by)
    return Kept(place, checked.warnings)


def change_place(place, given, fields, *, by, on):
    """Change a place in the pool, or end it; person and village stay. Raises Refused."""
    row = {"village": place.village_id, "source": place.source} | given
    checked = _check(spec.get("reserve"), _pool_row(place.person, row), by, _while_there(place.village, on))

    def take(kept):
        kept.source = checked.values["source"] or ""

    return _change(place, fields, checked, take, by)


def _pool_row(person, given):
    kept = {"name": person.name, "id_number": person.id_number, "sex": person.sex}
    return kept | {"village": given.get("village"), "source": given.get("source")}


def _change(row, fields, checked, take, by):
    """Write `fields` and what `take` sets of a kept row, under its lock."""
    with transaction.atomic():
        kept = type(row).objects.select_for_update(of=("self",)).select_related("person", "village").get(pk=row.pk)
        ended = kept.end is None and fields.get("end") is not None
        for name, value in fields.items():
            setattr(kept, name, value)
        take(kept)
        _clean(kept)
        names = [field.name for field in kept._meta.concrete_fields if not field.primary_key]
        dismissing = ended and isinstance(kept, Appointment)
        change_rows([kept], names, by=by, verb="dismiss" if dismissing else "change")
    return Kept(kept, checked.warnings)


# --- what all of them share


@dataclass(frozen=True)
class Checked:
    values: dict
    village_code: str
    problems: list
    warnings: tuple
    excel_row: int = 1


def _check(roster, given, by, on):
    """The one validator's answer for one row; raises Refused on any error. `given["village"]` is a 12-digit code."""
    code = str(given.get("village") or "")
    village = Village.objects.visible_to(by).existing(on).filter(code=code).select_related("township").first()
    texts = {name: WORDS.get(name, {}).get(value, value) for name, value in given.items()}
    if village is not None:
        texts |= {"township": village.township.name, "village": village.name}
    county = (code if village else by.division_id.ljust(6, "0"))[:6]
    row = check_rows(roster, [texts], Context(county, on, gazetteer_of(county, on)))[0]
    errors = [_renamed(found) for found in row.problems if found.level == "error"]
    if (village is None or row.village_code != code) and not any(found.field == "village" for found in errors):
        errors.append(problem("village", "unknown_village", "没有这个村，请填 12 位村级代码。"))
    if errors:
        raise Refused(_without_names(errors) if village is None else errors)
    return Checked(row.values, code, list(row.problems), (*row.problems, *row.hints))


def _renamed(found):
    """A problem under the name that the field has at this door."""
    name = {"posts": "post", "start_date": "start"}.get(found.field, found.field)
    return Problem(name, found.code, found.level, found.message)


def _without_names(errors):
    """A code that names no village of the caller's is answered alike, whether it exists elsewhere or not."""
    unknown = problem("village", "unknown_village", "没有这个村，请填 12 位村级代码。")
    kept = [found for found in errors if found.field not in {"village", "township"}]
    missing = [found for found in errors if found.code == "missing_field:village"]
    return [*kept, *(missing or [unknown])]


def _person(pk, by):
    person = Person.objects.visible_to(by).filter(pk=pk).first() if pk else None
    if person is None:
        raise Refused([NOBODY])
    if outside(person.village_id, scope_code(by)):
        raise Refused([problem("person", *HELD_ELSEWHERE[1:])])
    return person


def _refuse_known(key, by):
    known = Person.objects.filter(id_digest=key).first()
    if known is not None:
        raise Refused([problem(*HELD_ELSEWHERE) if outside(known.village_id, scope_code(by)) else TAKEN])


def _while_there(village, on):
    """`on`, or the last day of a village that was merged away before: its rows are judged as of then."""
    return min(on, village.end) if village.end else on


def _refuse_foreign(person, by):
    """A file that is only seen, because of a role here, is changed by those who keep it."""
    if outside(person.village_id, scope_code(by)):
        raise Refused([problem("village", *HELD_ELSEWHERE[1:])])


def _clean(row):
    """The model's own checks and the database's constraints, as problems."""
    try:
        row.full_clean()
    except ValidationError as error:
        raise Refused(
            Problem("" if name == NON_FIELD_ERRORS else name, found.code or "invalid", "error", text)
            for name, errors in error.error_dict.items()
            for found in errors
            for text in found.messages
        ) from None
