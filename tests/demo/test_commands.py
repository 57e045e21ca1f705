"""manage.py indicators and findings."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from core import indicators, rules


def run(*arguments):
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def as_json(*arguments):
    return json.loads(run(*arguments, "--json"))


def test_indicators_as_json(demo):
    printed = as_json("indicators", "--on", "2024-12-31")

    assert list(printed) == list(indicators.REGISTRY)
    college = printed["college_cadre_villages"]
    assert {name: college[name] for name in ("value", "numerator", "denominator", "unit", "percent")} == {
        "value": 80, "numerator": 80, "denominator": 86, "unit": "村", "percent": 93.02,
    }  # fmt: skip
    assert college["label"] == "有大专及以上学历村干部的村"
    assert printed["cadres_adjusted"]["denominator"] is None


@pytest.mark.parametrize("key", ["one_shoulder", "reserves", "people_trained", "secretary_classes", "seats_vacant"])
def test_rows_count_up_to_the_figure(demo, key):
    rows = as_json("indicators", "--rows", key, "--on", "2026-11-22")

    assert sum(row["amount"] for row in rows) == as_json("indicators", "--on", "2026-11-22")[key]["numerator"]


def test_division_narrows(demo):
    assert as_json("indicators", "--on", "2024-12-31", "--division", "990121101")["villages"]["value"] == 11
    rows = as_json("indicators", "--rows", "college_cadre_villages", "--part", "missing", "--on", "2024-12-31")
    assert len(rows) == 6


def test_tables_are_readable(demo):
    assert "80/86（93.02%）" in run("indicators", "--on", "2024-12-31")
    assert "共 17 条" in run("indicators", "--rows", "cadres_adjusted", "--on", "2024-12-31")
    assert "青山乡 下坪村党组织书记空缺，请尽快补齐。上一任离任日期：2026-08-20" in run(
        "findings", "--on", "2026-11-22"
    )


def test_findings_as_json(demo):
    found = as_json("findings", "--on", "2026-11-22", "--division", "990121200")

    vacant = next(finding for finding in found if finding["code"] == "secretary_vacant")
    assert vacant["severity"] == "error"
    assert vacant["village_code"].startswith("990121200")
    assert {finding["code"] for finding in found} <= set(rules.RULES)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("indicators", "--on", "2024-13-01"), "不是日期"),
        (("indicators", "--division", "99012"), "区划代码应为"),
        (("indicators", "--division", "990199"), "库中没有"),
        (("indicators", "--rows", "nothing"), "没有指标"),
        (("indicators", "--rows", "villages", "--part", "missing"), "没有这一部分"),
        (("findings", "--rule", "nothing"), "没有规则"),
    ],
)
def test_wrong_arguments_get_a_sentence(db, arguments, said):
    with pytest.raises(CommandError, match=said):
        run(*arguments)
