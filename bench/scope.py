"""What it costs to see only one's own people: .venv/bin/python bench/scope.py [PEOPLE] [--plan] [--keep]

Makes a county of that many people (50,000 without a number) in a database of its own under var/scope, opens the lists of people
and of people sent in, a search and a person's page as its clerk and as the county, and prints for each the slowest statement and
all of them together, in milliseconds of the database and of the whole answer. With --plan also how PostgreSQL runs the slowest one;
with --keep the county stays for the next run with --keep, to compare two ways of asking."""

import datetime
import os
import random
import shutil
import statistics
import sys
import time
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["XIANGCAI_VAR"] = str(ROOT / "var" / "scope")
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
PEOPLE = next((int(word) for word in sys.argv[1:] if word.isdigit()), 50_000)
COUNTY, TOWNSHIPS, VILLAGES = "990121", 20, 18
ASIDE = 0.02  # of the roles, those in another village than the one that keeps the file
TIMES = 7
# The columns of the list of people that can be sorted, by their place in it.
SORTED = ((0, "name"), (1, "sex"), (2, "township"), (4, "birth"), (5, "age"), (6, "people"), (8, "politics"))
WORDS = (("pinyin", "zhang"), ("characters", "建国"), ("a character", "国"), ("nobody", "龘"))


def prepare():
    """The county: people over all villages, a role for most of them, a few in a village beside."""
    from django.core.management import call_command
    from django.db import connection

    from talent.models import Person
    from villages.models import Division, Village

    call_command("migrate", verbosity=0)
    start = datetime.date(1949, 10, 1)
    Division.objects.create(code=COUNTY, name="清源县")
    codes = [f"{COUNTY}{100 + number}" for number in range(TOWNSHIPS)]
    Division.objects.bulk_create(Division(code=code, name=f"第{code[6:]}镇") for code in codes)
    villages = [f"{code}{201 + at}" for code in codes for at in range(VILLAGES)]
    Village.objects.bulk_create(
        Village(code=code, name=f"第{code[9:]}村", start=start, township_id=code[:9]) for code in villages
    )
    rng = random.Random("scope")
    people = Person.objects.bulk_create(people_of(villages, rng), batch_size=5000)
    for rows in roles(people, villages, rng):
        type(rows[0]).objects.bulk_create(rows, batch_size=5000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def people_of(villages, rng):
    from talent.models import Person

    surnames, given = "王李张刘陈杨黄赵吴周徐孙", "建国志强秀英桂兰明华文军永平春生玉梅海燕"
    for _ in range(PEOPLE):
        name = rng.choice(surnames) + "".join(rng.sample(given, 2))
        yield Person(
            name=name, village_id=rng.choice(villages), birth_date=datetime.date(rng.randint(1955, 2003), 3, 1)
        )


def roles(people, villages, rng):
    """Rows of every kind of role by which a township sees somebody, for overlapping parts of the people."""
    from talent.models import (
        Appointment,
        Candidate,
        ElectionRound,
        Post,
        ReserveCandidate,
        RuralTalent,
        Secondment,
        ServiceVisit,
        Stationing,
    )
    from villages.models import Term

    term = Term.objects.create(division_id=COUNTY, name="第十三届", start=datetime.date(2024, 3, 1))
    held = ElectionRound.objects.create(
        division_id=COUNTY, name="换届", incoming=term, election_day=datetime.date(2024, 3, 1), start=datetime.date(2024, 1, 1)
    )  # fmt: skip

    def some(share):
        for person in rng.sample(people, int(PEOPLE * share)):
            place = rng.choice(villages) if rng.random() < ASIDE else person.village_id
            yield {"person": person, "village_id": place, "start": datetime.date(2024, 3, rng.randint(1, 28))}

    def of(role):
        return {name: value for name, value in role.items() if name != "start"}

    member, day = Post.VILLAGE_COMMITTEE_MEMBER, datetime.date(2024, 5, 6)
    yield [Appointment(post=member, **role) for role in some(0.4)]
    yield [ReserveCandidate(target="other", **role) for role in some(0.2)]
    yield [Stationing(role="team_member", **role) for role in some(0.1)]
    yield [RuralTalent(**role) for role in some(0.3)]
    yield [Candidate(round=held, post=member, nominated_on=day, **of(role)) for role in some(0.3)]
    yield [ServiceVisit(end=role["start"], days=1, work="指导", **role) for role in some(0.1)]
    yield [
        Secondment(kind="down", division_id=role["village_id"][:9], home_unit="县局", host_unit="村", **role) for role in some(0.02)
    ]  # fmt: skip


class Statements:
    """The statements of one answer with the milliseconds that each took."""

    def __init__(self):
        self.taken = []

    def __call__(self, execute, sql, params, many, context):
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.taken.append(((time.perf_counter() - began) * 1000, sql, params))

    @property
    def slowest(self):
        return max(self.taken, key=lambda one: one[0])


def measure():
    """One line for each page and reader: the median of TIMES answers after a first one."""
    print(
        f"{PEOPLE} people, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}; milliseconds, median of {TIMES}"
    )
    print(f"{'page':28}{'reader':10}{'status':>8}{'statements':>12}{'slowest':>10}{'database':>10}{'answer':>10}")
    for reader, client in readers():
        for page, path in pages():
            measure_one(reader, client, page, path)


def readers():
    from django.conf import settings
    from django.test import Client

    from core.models import User

    settings.ALLOWED_HOSTS = ["testserver"]
    for reader, role, code in (("clerk", "township_clerk", f"{COUNTY}100"), ("county", "county_staff", COUNTY)):
        user = User.objects.filter(username=reader).first() or User.objects.create_user(
            reader, "Qingyuan-2024", name=reader, role=role, division_id=code, must_change_password=False
        )
        client = Client()
        client.force_login(user, backend="core.auth.RoleBackend")
        yield reader, client


def pages():
    from talent.models import Person

    someone = Person.objects.managed_in(f"{COUNTY}100").first()
    yield "list", "/admin/talent/person/"
    yield "list, page 20", "/admin/talent/person/?p=20"
    yield "list, page 500", "/admin/talent/person/?p=500"
    for number, column in SORTED:
        yield f"list by {column}", f"/admin/talent/person/?o={number}"
        yield f"list by {column}, back", f"/admin/talent/person/?o=-{number}"
    for name, words in WORDS:
        yield f"search by {name}", f"/admin/talent/person/?q={words}"
    yield "person", f"/people/{someone.pk}/"
    yield "people sent in", "/stationed/"
    yield "REST, a page", "/api/v1/persons/"


def measure_one(reader, client, page, path):
    from django.db import connection

    seconds, seen = [], []
    for _ in range(TIMES + 1):
        statements = Statements()
        began = time.perf_counter()
        with connection.execute_wrapper(statements):
            answer = client.get(path)
        seconds.append((time.perf_counter() - began) * 1000)
        seen.append(statements)
    seen, seconds = seen[1:], seconds[1:]
    slowest = statistics.median(one.slowest[0] for one in seen)
    database = statistics.median(sum(row[0] for row in one.taken) for one in seen)
    told = f"{page:28}{reader:10}{answer.status_code:>8}{len(seen[0].taken):>12}"
    print(f"{told}{slowest:>10.1f}{database:>10.1f}{statistics.median(seconds):>10.1f}", flush=True)
    if "--plan" in sys.argv:
        explain(*seen[0].slowest[1:])


def explain(sql, params):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {sql}", params)
        print("\n".join(f"    {line}" for (line,) in cursor.fetchall()))


def main():
    from config import postgres

    keep = "--keep" in sys.argv
    is_there = keep and postgres.DATA_DIR.exists()
    if not is_there:
        clear(postgres)
    try:
        django.setup()
        if not is_there:
            prepare()
        measure()
    finally:
        if not keep:
            clear(postgres)


def clear(postgres):
    """Nothing of an earlier run, and nothing left of this one."""
    if postgres.DATA_DIR.exists():
        postgres.stop(postgres.DATA_DIR)
        shutil.rmtree(postgres.DATA_DIR.resolve())
    shutil.rmtree(postgres.VAR_DIR, ignore_errors=True)
    Path(os.environ["XIANGCAI_VAR"]).mkdir(parents=True)


if __name__ == "__main__":
    main()
