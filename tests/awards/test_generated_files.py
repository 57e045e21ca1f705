"""Every file that awards, the fund, evaluation, safeguards, support and village life write: opened by a program that is not
ours, its figures those of REST. A view that answers with a file and is not here fails."""

import ast
import datetime
import inspect
import shutil
import subprocess

import pypdfium2 as pdfium
import pytest
from django.urls import get_resolver, reverse

from awards import actions
from awards.models import Award
from tests import factories
from tests.awards.conftest import HOME, LATER, ON, publicised, ready
from tests.reports.rest import figures
from tests.rosters.test_libreoffice import cells, opened

APPS = ("awards.views", "villages.", "talent.views.party", "talent.views.villages")
WRITERS = {
    "download",
    "as_it_came",
    "answer",
    "excel",
}  # rosters.listing.download, awards.views.access; talent.views.sheet.answer and excel with ?xlsx
# What is handed back as it came in.
AS_IT_CAME = {"nomination_attachment", "evaluation_evidence", "meeting_attachment"}
# Takes a POST and shows the village's page again.
BESIDE_ITS_PAGE = {"kinship_new"}
PAPERS = ("award_notice", "evaluation_notice", "village_word")  # in Word
LISTS = (
    "support_policies", "support_applications", "support_payments", "leaving", "safeguards", "safeguard_people", "party_life", "party_records",
    "party_activities", "village_projects", "village_project_totals", "cultural_activities", "villages",
    "award_rounds", "evaluations", "inspections", "safeguard_standards",
)  # fmt: skip


def routes(patterns=None):
    """(name, view) of every route of ours."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern.url_patterns)
        elif pattern.name and hasattr(pattern.callback, "__module__"):
            yield pattern.name, inspect.unwrap(pattern.callback)


def writes(view):
    """Whether the view, or a function of its module that it calls, answers with a file."""
    tree = ast.parse(inspect.getsource(inspect.getmodule(view)))
    functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    seen, waiting = set(), [view.__name__]
    while waiting:
        name = waiting.pop()
        if name in WRITERS:
            return True
        if name in functions and name not in seen:
            seen.add(name)
            calls = (node.func for node in ast.walk(functions[name]) if isinstance(node, ast.Call))
            waiting += [
                call.attr if isinstance(call, ast.Attribute) else call.id
                for call in calls
                if isinstance(call, ast.Attribute | ast.Name)
            ]
    return False


@pytest.fixture
def done(county, held):
    """A round run to its end, with the fund, and a row in every list. The addresses of the files by the name of their route."""
    second = factories.user("county_staff", factories.COUNTY)
    row = ready(held, "欧阳䶮", category="industry")
    group = ready_collective(held)
    notice = publicised(held, row, group)
    actions.decide(held, {row.pk, group.pk}, on=LATER, document_no="清委〔2024〕20号", by=county.user)
    award = Award.objects.get(person=row.person)
    actions.certify([award], on=LATER, by=county.user)
    fund = paid(county.user, second, award)
    village = factories.village(HOME)
    factories.appointment(
        person=factories.person("村干部", village=village), village=village, start=datetime.date(2021, 3, 1)
    )
    policy = factories.support_policy()
    factories.support_application(policy=policy, village=village)
    factories.safeguard(village=village, year=2024)
    branch = factories.party_branch(village=village)
    factories.meeting(branch=branch, held_on=ON)
    factories.village_project(village=village, invested_on=ON)
    factories.cultural_activity(village=village, held_on=ON)
    scheme = factories.evaluation_scheme(published_on=LATER)
    factories.evaluation(scheme=scheme, village=village, grade="excellent", graded_on=ON)
    finding = factories.inspection_finding()
    county.get("/", {"on": LATER.isoformat()})
    assert fund.balance == 17_000
    keyed = {
        "award_sheet": (held.pk,), "award_notice": (notice.pk,), "award_certificate": (award.pk,), "fund_ledger": (),
        "fund_reconciled": (), "evaluation_sheet": (scheme.pk,), "evaluation_notice": (scheme.pk,), "inspection_sheet": (finding.inspection_id,),
    }  # fmt: skip
    found = {name: reverse(name, args=keys) for name, keys in keyed.items()}
    found |= {name: f"{reverse(name)}?xlsx=1" for name in LISTS}
    found["support_what_if"] = f"{reverse('support_what_if', args=[policy.pk])}?xlsx=1"
    return found | {"village": f"/villages/{HOME}/?xlsx=1", "village_word": f"/villages/{HOME}/?word=1"}


def ready_collective(held):
    row = factories.nomination(
        round=held, collective="甲山村茶叶合作社", eligibility="passed", village=factories.village(HOME)
    )
    for name in ("县纪委监委机关", "县公安局", "县农业农村局"):
        factories.opinion(nomination=row, department=name)
    return row


def paid(by, second, award):
    """The fund with 20 000 yuan, of which the award's bonus was paid."""
    fund = factories.fund()
    income = factories.fund_entry(fund=fund, amount=20_000, on=ON, made_by=by)
    factories.fund_budget(fund=fund, year=2024)
    told = {
        "fund": fund,
        "award": award,
        "form": "bonus",
        "amount": 3000,
        "on": LATER,
        "party": "欧阳䶮",
        "basis": "文",
    }
    (entry,) = actions.ask_payments([type(income)(**told)], by=by)
    actions.check_entry(entry, accept=True, on=LATER, note="", by=second)
    fund.refresh_from_db()
    return fund


def test_no_view_writes_a_file_that_is_not_opened_here(done):
    writing = {name for name, view in routes() if view.__module__.startswith(APPS) and writes(view)}

    assert writing == (set(done) - {"village_word"}) | AS_IT_CAME | BESIDE_ITS_PAGE


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice here; script/test-browser installs it")
def test_another_program_reads_every_file_and_the_figures_are_those_of_rest(county, done, tmp_path):
    told = figures(LATER)
    answers = {name: county.get(address) for name, address in done.items()}
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(done, 200)
    books = {name: one.content for name, one in answers.items() if "spreadsheet" in one["Content-Type"]}
    assert set(done) - set(books) == {*PAPERS, "award_certificate"}

    found = opened(tmp_path, "ods", **books)
    sheets = {name: cells(content) for name, content in books.items()}
    for name in books:
        assert cells(found[name].read_bytes()) == sheets[name], name
    _agree_with_rest(sheets, told)
    _papers_as_text(answers, told, tmp_path)
    certificate = pdfium.PdfDocument(answers["award_certificate"].content)
    assert "欧阳䶮同志" in "".join(certificate[0].get_textpage().get_text_range().split())


def _agree_with_rest(sheets, told):
    def body(name):
        return next(iter(sheets[name].values()))[3:]

    assert float(body("fund_ledger")[-1][5]) == told["fund_balance_wan"]["value"] * 10_000
    out = sum(float(row[4] or 0) for row in body("fund_ledger"))
    assert out == sum(float(row[6]) for row in body("fund_reconciled")) == told["fund_paid_wan"]["value"] * 10_000
    kinds = [row[1] for row in body("award_sheet") if row[15]]
    assert (kinds.count("个人"), kinds.count("集体")) == (
        told["awards_individual"]["value"],
        told["awards_collective"]["value"],
    )
    headings = next(iter(sheets["village_projects"].values()))[2]
    amount = next(at for at, heading in enumerate(headings) if "万元" in heading)
    invested = sum(float(row[amount]) for row in body("village_projects"))
    assert invested == told["projects_invested_wan"]["value"] > 0
    assert len(body("cultural_activities")) == told["culture_activities"]["value"] == 1
    townships, whole = body("village_project_totals")[:-1], body("village_project_totals")[-1]
    assert [float(whole[at]) for at in (2, 13)] == [invested, told["culture_activities"]["value"]]
    assert sum(float(row[2]) for row in townships) == invested
    villages = body("villages")
    assert len(villages) == told["villages"]["value"] + told["communities"]["value"]
    assert sum(float(row[4]) for row in villages) == told["cadres"]["value"]
    assert {row[0] for row in body("support_what_if")} == {"仍符合"}


def _papers_as_text(answers, told, folder):
    for name in PAPERS:
        (folder / f"{name}.docx").write_bytes(answers[name].content)
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to"]
    paths = [str(folder / f"{name}.docx") for name in PAPERS]
    subprocess.run(
        [*command, "txt:Text (encoded):UTF8", "--outdir", str(folder), *paths],
        check=True,
        capture_output=True,
        timeout=180,
    )
    notice, graded, village = ((folder / f"{name}.txt").read_text(encoding="utf-8") for name in PAPERS)
    said = f"拟表彰个人 {told['awards_individual']['value']} 名、集体 {told['awards_collective']['value']} 个"
    assert said in notice
    assert "自 2024-11-04 至 2024-11-11，共 5 个工作日" in notice
    assert "欧阳䶮" in notice
    assert "甲山村" in village
    excellent = told["graded_excellent"]["value"]
    assert f"共 {told['evaluated']['value']} 个对象，其中优秀 {excellent} 个" in graded
    assert excellent == 1
