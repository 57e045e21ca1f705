"""The report that writes itself: its figures, its annex, its wording with versions, what is refused and where."""

import io
import re
import shutil
import subprocess
from decimal import Decimal

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from config.reports import wording
from config.reports.tables import TABLES
from core import indicators, report
from core.models import AuditEntry, ReportTemplate
from core.parameters import UNSET
from tests import factories
from tests.reports.rest import figures, rest
from tests.reports.test_tables import plant
from tests.reserves.conftest import ON, text
from tests.rosters.test_libreoffice import cells, opened

PLACEHOLDER = re.compile(r"\{\{(\w+)(?::(\w+))?\}\}")


@pytest.fixture
def planted(places):
    plant()


def url(name, kind="experience"):
    return reverse(name, args=[kind])


def paper(client, kind="experience", **asked):
    answer = client.get(url("report_essay_file", kind), asked)
    assert answer.status_code == 200
    return docx.Document(io.BytesIO(answer.content))


def typed(words, base=0, **more):
    return {"text": words, "base": base} | more


def saved(client, words, base=0):
    answer = client.post(url("report_essay_edit"), typed(words, base))
    assert answer.status_code == 302, answer.content.decode()


@pytest.mark.parametrize("kind", wording.SHIPPED)
def test_the_shipped_wording_names_only_figures_that_exist(kind):
    assert report.problems(wording.SHIPPED[kind]) == []


@pytest.mark.parametrize("kind", wording.SHIPPED)
@pytest.mark.parametrize("code", [None, factories.OWN])
def test_every_number_in_word_is_the_figure_of_rest(county, planted, kind, code):
    told = figures(ON, code)
    body = "\n".join(line.text for line in paper(county, kind, **({"division": code} if code else {})).paragraphs)
    unit = "城关镇" if code else "清源县"

    for line in wording.SHIPPED[kind].splitlines():
        numbers = [told[found[1]]["value"] for found in PLACEHOLDER.finditer(line) if found[1] in told]
        if not line.strip() or "分乡镇" in line or (line.startswith("?") and not any(numbers)):
            continue
        words = {"单位": unit, "时点": "2024年9月1日", "年度": "2024"}
        pattern = re.escape(line.lstrip("#? "))
        for found in PLACEHOLDER.finditer(line):
            key, part = found[1], found[2] or ""
            shown = words.get(key) or rf"{re.escape(said(told[key], part))}\[\d+\]"
            pattern = pattern.replace(re.escape(found[0]), shown, 1)
        assert re.search(pattern, body), line


def said(figure, part):
    if part == "占比":
        return "—" if figure["percent"] is None else f"{figure['percent']:g}%"
    if part == "其余":
        return str(figure["denominator"] - figure["numerator"])
    return str(figure["denominator"] if part == "应有" else figure["value"])


def test_the_annex_gives_definition_date_and_names(county, planted):
    saved(county, "# 题\n在任“两委”干部 {{cadres}} 人，{{college_cadre_villages:占比}}。")

    document = paper(county)
    annex = [line.text for line in document.paragraphs]
    row = [cell.text for cell in document.tables[0].rows[1].cells]

    assert row[:3] == ["[1]", "村“两委”干部", str(figures(ON)["cadres"]["value"])]
    assert row[4] == indicators.get("cadres").definition
    assert any("2024-09-01" in line for line in annex)
    listed = next(line for line in annex if "钱青（" in line)
    assert "赵头（城关镇甲山村）" in listed
    assert f"共 {figures(ON)['cadres']['value']} 个" in listed


def test_numbers_are_raised_and_the_paper_is_official(county, planted):
    document = paper(county)
    raised = [run.text for line in document.paragraphs for run in line.runs if run.font.superscript]

    assert raised[:2] == ["[1]", "[2]"]
    assert round(document.sections[0].top_margin.mm) == 37


def test_a_long_list_is_cut_and_counted(county, planted):
    county.post(reverse("parameter", args=["report_names"]), {"typed": "2", "start": "2024-01-01", "basis": "要求"})

    lines = [line.text for line in paper(county).paragraphs]
    names = next(line for line in lines if "……等共 3 个（条）" in line)

    assert names.count("、") == 1
    assert any("只列前 2 个" in line and "2024-09-01" in line for line in lines)


def test_nothing_is_said_of_what_there_was_not(county, planted):
    saved(
        county,
        "?挂职 {{secondments}} 人。\n？驻村 {{stationed}} 人、挂职 {{secondments}} 人。\n?不带数的一句。\n挂职 {{secondments}} 人整。",
    )

    page = text(county.get(url("report_essay")))

    assert "<p>挂职 0<sup>[2]</sup> 人。</p>" not in page
    assert "驻村 3<sup>[1]</sup> 人、挂职 0<sup>[2]</sup> 人。" in page
    assert "不带数的一句。" in page
    assert "挂职 0<sup>[2]</sup> 人整。" in page


def test_a_sum_to_the_cent_is_told_whole(county, planted):
    granted = {"state": "approved", "amount": Decimal("1234.56"), "decided_on": ON}
    factories.support_application(**granted)
    saved(county, "扶持 {{support_granted_wan}} 万元。")

    assert figures(ON)["support_granted_wan"]["value"] == 0.123456
    assert "扶持 0.123456<sup>[1]</sup> 万元。" in text(county.get(url("report_essay")))


def test_by_township(county, planted):
    saved(county, "各乡镇：{{villages:分乡镇}}。")

    assert "各乡镇：城关镇 2、柳林镇 1" in text(county.get(url("report_essay")))


@pytest.mark.parametrize(
    ("words", "where"),
    [
        ("一\n共 {{cadre}} 人", "第 2 行第 3 个字：没有“cadre”这个指标"),
        ("{{cadres:占比}}", "第 1 行第 1 个字：指标“cadres”没有占比"),
        ("{{villages:每村}}", "第 1 行第 1 个字：“villages”后面不能写“每村”"),
        ("有 {{villages} 个", "第 1 行第 3 个字：“{{”没有配对"),
        ("有 villages}} 个", "第 1 行第 11 个字：“}}”没有配对"),
        ("{{}}", "第 1 行第 1 个字"),
        ("{{cadres.__class__}}", "没有“cadres.__class__”这个指标"),
        ("{{'a'*10}}", "没有“&#x27;a&#x27;*10”这个指标"),
        ("{{单位:占比}}", "没有“单位”这个指标"),
        ("", "还没有填"),
        ("一" * (report.LONGEST + 1), "50000"),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(county, places, words, where):
    for button in ({}, {"preview": "1"}):
        answer = county.post(url("report_essay_edit"), typed(words, **button))
        page = answer.content.decode()

        assert answer.status_code == 400
        assert where in page
        assert not ReportTemplate.objects.exists()
        if 0 < len(words) < 100 and "'" not in words:
            assert words in page  # what was typed stays


def test_a_preview_shows_numbers_and_saves_nothing(county, planted):
    page = text(county.post(url("report_essay_edit"), typed("行政村 {{villages}} 个 {% now %} <b>", preview="1")))

    assert "行政村 3<sup>[1]</sup> 个 {% now %} &lt;b&gt;" in page
    assert not ReportTemplate.objects.exists()


def test_every_version_stays_and_can_be_taken_up(county, planted):
    saved(county, "甲稿 {{villages}}")
    saved(county, "乙稿 {{cadres}}", 1)

    assert "乙稿" in text(county.get(url("report_essay")))
    assert "甲稿 {{villages}}" in text(county.get(url("report_essay_edit"), {"version": 1}))
    assert "坚持把建强村级班子" in text(county.get(url("report_essay_edit"), {"version": 0}))
    assert county.get(url("report_essay_edit"), {"version": 9}).status_code == 404
    assert AuditEntry.objects.filter(model="core.reporttemplate").count() == 2


def test_nobody_overwrites_somebody_elses_version(county, places):
    saved(county, "甲稿")

    answer = county.post(url("report_essay_edit"), typed("丙稿", base=0))

    assert answer.status_code == 400
    assert "别人已保存了第 1 版" in answer.content.decode()
    assert "丙稿" in answer.content.decode()
    assert ReportTemplate.objects.get().text == "甲稿"


def test_a_clerk_reads_the_countys_wording_with_the_own_figures(clerk, county, planted):
    saved(county, "{{单位}}有 {{villages}} 个村，{{villages:分乡镇}}。")

    page = text(clerk.get(url("report_essay")))

    assert "城关镇有 2<sup>" in page
    assert "柳林镇" not in page
    assert clerk.get(url("report_essay_edit")).status_code == 403
    assert clerk.post(url("report_essay_edit"), typed("丁稿", 1)).status_code == 403
    assert clerk.get(url("report_essay_file"), {"division": factories.NEIGHBOUR}).status_code == 404


def test_another_county_keeps_its_own_wording(browser, county, places):
    factories.division(factories.OTHER_COUNTY)
    saved(county, "甲稿")

    assert "甲稿" not in text(browser(code=factories.OTHER_COUNTY).get(url("report_essay")))


def test_a_wording_whose_figure_is_gone_says_so(county, places):
    ReportTemplate.objects.create(division=county.user.division, kind="experience", version=1, text="共 {{gone}} 个")

    for name in ("report_essay", "report_essay_file"):
        assert "没有“gone”这个指标" in county.get(url(name)).content.decode()


def test_no_such_report(county):
    assert county.get(url("report_essay", "novel")).status_code == 404


def test_the_queries_do_not_grow(county, planted):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            county.get(url("report_essay"))
        return len(asked)

    cost()
    few = cost()
    for number in range(1, 5):
        plant(number)

    assert cost() == few


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice here; script/test-browser installs it")
def test_libreoffice_reads_what_we_write(county, planted, tmp_path):
    """Word as text and Excel as cells, opened by a program that is not ours."""
    (tmp_path / "essay.docx").write_bytes(county.get(url("report_essay_file")).content)
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to"]
    command += ["txt:Text (encoded):UTF8", "--outdir", str(tmp_path), str(tmp_path / "essay.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    files = {one.key: county.get(reverse("report_workbook", args=[one.key])).content for one in TABLES}
    files["changes"] = county.get(reverse("team_changes_sheet")).content
    found = opened(tmp_path, "ods", **files)
    essay = (tmp_path / "essay.txt").read_text(encoding="utf-8")

    assert f"在任村“两委”干部 {figures(ON)['cadres']['value']}[3] 人" in essay
    assert "数据说明和名单" in essay
    for name, content in files.items():
        assert cells(found[name].read_bytes()) == cells(content), name
    for one in TABLES:
        sheets = list(cells(found[one.key].read_bytes()).values())
        for told, rows in zip(rest(f"reports/{one.key}", ON), sheets, strict=True):
            assert [[row["place"], *map(as_cell, row["values"])] for row in told["rows"]] == between(rows, told["rows"])


def as_cell(value):
    return "" if value is None else str(float(value))


def between(rows, told):
    """As many rows as REST tells, from the first place on; what the county has not set is null there."""
    first = next(at for at, row in enumerate(rows) if row[0] == told[0]["place"])
    return [["" if cell == UNSET else cell for cell in row] for row in rows[first : first + len(told)]]
