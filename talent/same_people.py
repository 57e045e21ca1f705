"""Files that may be one human: same name and birth under two numbers, numbers a slip apart, one phone for two."""

from dataclasses import dataclass

from django.db import connection

from core.scope import code_range
from talent.models import Person

# The pairs in one statement, each once. Somebody without a number is compared by name and birth like everybody else. A
# join for each ground: with "or" between them every person would be compared with every other.
PAIRS = """
WITH mine AS MATERIALIZED (
    SELECT id, name, birth_date, village_id, phone_digest FROM talent_person
    WHERE village_id >= %(low)s AND village_id < %(high)s
), alike AS (
    SELECT first.id AS first_id, second.id AS second_id FROM mine first
    JOIN mine second ON second.name = first.name AND second.birth_date = first.birth_date AND second.id > first.id
    UNION
    SELECT first.id, second.id FROM mine first
    JOIN mine second ON second.name = first.name AND second.village_id = first.village_id AND second.id > first.id
    UNION
    SELECT first.id, second.id FROM mine first
    JOIN mine second ON second.phone_digest = first.phone_digest AND second.id > first.id
)
SELECT first.id, second.id, first.name = second.name, first.birth_date = second.birth_date,
       first.phone_digest = second.phone_digest
FROM alike JOIN mine first ON first.id = alike.first_id JOIN mine second ON second.id = alike.second_id
WHERE NOT EXISTS (SELECT FROM talent_notsameperson told
                  WHERE told.first_id = first.id AND told.second_id = second.id)
ORDER BY first.id, second.id
"""
BODY = 17  # the digits before the check digit, which follows from them


@dataclass(frozen=True)
class Pair:
    """Two people and why they may be one; `strength` 3 to 1, the likeliest first."""

    first: Person
    second: Person
    reasons: tuple[str, ...]
    strength: int


def pairs(code):
    """The pairs of people managed below the division `code` that nobody has told apart, the likeliest first."""
    low, high = code_range(code)
    with connection.cursor() as cursor:
        cursor.execute(PAIRS, {"low": low, "high": high})
        found = cursor.fetchall()
    ids = {pk for row in found for pk in row[:2]}
    people = Person.objects.select_related("village__township").in_bulk(ids)
    judged = (_judge(people[first], people[second], *same) for first, second, *same in found)
    return sorted((pair for pair in judged if pair), key=lambda pair: (-pair.strength, pair.first.pk, pair.second.pk))


def _judge(first, second, same_name, same_birth, same_phone):
    slip = slips(first.id_number, second.id_number)
    reasons = [
        ("姓名和出生日期相同，身份证号不同", 2 if same_name and same_birth else 0),
        (slip, 3 if slip and same_name else 0),
        ("联系电话相同", 1 if same_phone else 0),
    ]
    if first.id_number is None or second.id_number is None:
        reasons[0] = ("姓名和出生日期相同，其中一份没有身份证号", reasons[0][1])
    said = tuple(text for text, strength in reasons if strength)
    return Pair(first, second, said, sum(strength for _, strength in reasons)) if said else None


def slips(first, second):
    """How two ID numbers differ by one slip of the hand: a digit, or two neighbours swapped; "" when they differ more.

    The last digit follows from the others, so a slip in two valid numbers shows in it as well."""
    if not first or not second or len(first) != len(second):
        return ""
    places = [place for place in range(min(BODY, len(first))) if first[place] != second[place]]
    if len(places) == 1:
        return f"身份证号只差第 {places[0] + 1} 位"
    if len(places) == 2 and places[1] == places[0] + 1 and first[places[0]] == second[places[1]]:
        swapped = first[places[1]] == second[places[0]]
        return f"身份证号第 {places[0] + 1}、{places[1] + 1} 位写反" if swapped else ""
    return ""


def pair_of(code, first, second):
    """The Pair of these two people when it is still open below `code`, or None."""
    wanted = {first, second}
    return next((pair for pair in pairs(code) if {pair.first.pk, pair.second.pk} == wanted), None)
