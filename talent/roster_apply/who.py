"""Whose each row is: by ID number, by a number the file was merged from, or by name in its village where none is given."""

from collections import Counter
from dataclasses import dataclass, field

from core.collecting import in_pieces
from core.fields import digest
from core.identity import id_birth, id_problem
from rosters.comparison import OUTSIDE, outside
from talent.models import FormerIdNumber, Person

HELD_ELSEWHERE = (
    "id_number",
    "held_elsewhere",
    "此人的档案由其他单位管理，这里不能改动；如已调到本地，请联系县委组织部转移档案",
)
NOBODY = ("id_number", "who_is_it", "没有身份证号，也没有村，认不出是谁，请补上身份证号或所在村")
SEVERAL = ("id_number", "several_of_that_name", "没有身份证号，本村有几位同名的人，请补上身份证号")
OTHER_SEX = ("id_number", "other_of_that_name", "没有身份证号，本村的同名人员性别与此不同，请补上身份证号")
WITHOUT_NUMBER = (
    "id_number",
    "known_without_number",
    "系统里也没有此人的身份证号，按姓名和村认出；有了号码，请先在人员页面登记",
)
NO_VILLAGE = ("village", "missing_field:village", "此人还没有档案，请补上所在村（社区），才能建立")
KNOWN = (
    "id_number",
    "likely_known",
    "本单位已有同名、同出生日期而身份证号不同的人，请核对身份证号；入库后可在“疑似同一人”里合并",
)
FORMER = ("id_number", "former_number", "这是此人合并前登记的号码，按现用号码的档案处理，档案里的号码不变")


def digest_of(row):
    """The digest of the row's ID number when it is a valid one, else None."""
    number = row.values.get("id_number")
    return digest(number) if number and id_problem(number) is None else None


def people_by_digest(digests, scope):
    """{digest: Person} of those known, also by a number that was merged away; locked when about to be written."""
    wanted = {found: found for found in digests if found}
    former = dict(FormerIdNumber.objects.filter(id_digest__among=wanted).values_list("id_digest", "person_id"))
    people = Person.objects.filter(id_digest__among=wanted) | Person.objects.filter(pk__among=former.values())
    people = people.order_by("pk")
    if scope.lock:
        people = people.select_for_update()
    # What derives from the name or the phone is not compared.
    people = people.defer("pinyin", "initials", "phone_digest")
    people = in_pieces(people, "village_id", "sex", "ethnicity", "political_status")
    found = {person.pk: person for person in people}
    for person in found.values():
        person.id_digest = wanted.get(person.id_digest, person.id_digest)  # equal ones as one object
    known = {person.id_digest: person for person in found.values() if person.id_digest in wanted}
    return {former_digest: found[pk] for former_digest, pk in former.items()} | known


def repeated(keys):
    """The keys of people whom several rows name."""
    return {key for key, times in Counter(keys).items() if times > 1}


@dataclass
class Known:
    """`keys` tell people apart, one for each row (None: not to be told); `people` {key: Person} are those on file."""

    keys: list
    people: dict = field(default_factory=dict)


def identify(rows, verdicts, scope, is_person):
    """Say whose each row is; rows of nobody, of several or of another township's people are refused."""
    digests = [digest_of(row) if is_person(row.values) else None for row in rows]
    known = Known(list(digests), people_by_digest(digests, scope))
    _by_name(rows, verdicts, scope, is_person, known)
    for row, verdict, key in zip(rows, verdicts, known.keys, strict=True):
        if row.village_code and outside(row.village_code, scope.code):
            verdict.refuse(*OUTSIDE)  # and nothing else is told about the row
        elif key in known.people and outside(known.people[key].village_id, scope.code):
            verdict.refuse(*HELD_ELSEWHERE)
        elif key and key not in known.people and not row.village_code and not row.refused:
            verdict.refuse(*NO_VILLAGE)
    return known


def _by_name(rows, verdicts, scope, is_person, known):
    """Rows without an ID number: the only one of that name in the village, or somebody new there."""
    nameless = [
        index
        for index, row in enumerate(rows)
        if is_person(row.values)
        and row.values.get("name")
        and not row.values.get("id_number")
        and not (row.village_code and outside(row.village_code, scope.code))  # who lives elsewhere is not told
    ]
    of_name = _people_by_name([rows[index] for index in nameless], scope)
    for index in nameless:
        row = rows[index]
        found = of_name.get((row.village_code, row.values["name"]), [])
        if not row.village_code:
            verdicts[index].refuse(*NOBODY)
        elif len(found) > 1:
            verdicts[index].refuse(*SEVERAL)
        elif found and row.values.get("sex") and found[0].sex not in {"", row.values["sex"]}:
            verdicts[index].refuse(*OTHER_SEX)
        elif found:
            key = known.keys[index] = found[0].id_digest or _name_key(row)
            known.people[key] = found[0]
            _answer(row, verdicts[index], found[0])
        else:
            known.keys[index] = _name_key(row)


def _people_by_name(rows, scope):
    """{(village, name): [Person]} of the rows' names in their villages; locked when about to be written."""
    names = {row.values["name"] for row in rows}
    villages = {row.village_code for row in rows} - {None, ""}
    people = Person.objects.filter(name__among=names, village_id__among=villages).order_by("pk") if villages else []
    of_name = {}
    for person in people.select_for_update() if villages and scope.lock else people:
        of_name.setdefault((person.village_id, person.name), []).append(person)
    return of_name


def _answer(row, verdict, person):
    """Who is on file without a number need have none in the roster."""
    if not person.id_number:
        verdict.answer(row, "missing_id", *WITHOUT_NUMBER)


def add_those_without_number(rows, verdicts, keys, people, scope):
    """Put into `keys` and `people` whom rows without an ID number mean: the only one of that name in the village, on file
    without a number too."""
    asked = [
        index
        for index, row in enumerate(rows)
        if row.values.get("name")
        and not row.values.get("id_number")
        and row.village_code
        and not outside(row.village_code, scope.code)
    ]
    of_name = _people_by_name([rows[index] for index in asked], scope) if asked else {}
    for index in asked:
        row = rows[index]
        found = of_name.get((row.village_code, row.values["name"]), [])
        if len(found) == 1 and not found[0].id_number and not outside(found[0].village_id, scope.code):
            keys[index] = _name_key(row)
            people[keys[index]] = found[0]
            _answer(row, verdicts[index], found[0])


def _name_key(row):
    return f"{row.village_code} {row.values['name']}"


def hint_known(rows, verdicts, known, scope):
    """Say of new people that somebody of their name and birth is on file under another number."""
    fresh = [
        (index, row.values["name"], digest_key)
        for index, (row, digest_key) in enumerate(zip(rows, known.keys, strict=True))
        if digest_key and digest_key not in known.people and not row.refused and row.values.get("name")
    ]
    numbers = {index: rows[index].values.get("id_number") for index, _, _ in fresh}  # valid ones, or there were no key
    births = {index: id_birth(number) if number else None for index, number in numbers.items()}
    alike = Person.objects.below(scope.code).filter(
        name__among={name for _, name, _ in fresh}, birth_date__among=set(births.values())
    )
    pairs = set(alike.values_list("name", "birth_date")) if fresh else set()
    for index, name, _ in fresh:
        if (name, births[index]) in pairs:
            verdicts[index].warn(*KNOWN)


def hint_former(rows, verdicts, known):
    for row, verdict, key in zip(rows, verdicts, known.keys, strict=True):
        person = known.people.get(key)
        if verdict.refused or person is None or not row.values.get("id_number"):
            continue  # of somebody else's people nothing more is told
        if person.id_digest != key:
            verdict.hint(*FORMER)
