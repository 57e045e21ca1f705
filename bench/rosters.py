"""script/bench rosters: importing a roster by the product, by django-import-export, by DRF, and the floor, in one run.

Every run has its own process and its own copy of the database. Rounds are interleaved, medians are compared: figures of
one run of this command may be set against each other, never those of two."""

import argparse
import json
import os
import platform
import shutil
import statistics
import sys
from datetime import date
from pathlib import Path

from bench import county, databases
from config.postgres import VAR_DIR

WAYS = {
    "engine": "本系统：读文件（子进程）到入库，全部核对、加密、留痕",
    "again": "本系统：同一文件再导入一次",
    "floor": "底线：calamine 读 + COPY 相同的行进相同的表，不核对",
    "floor_business": "底线：同上，只写人员、学历、任职三张表",
    "die_default": "django-import-export，默认（试导入 + 导入）",
    "die_bulk": "django-import-export，最快配置（use_bulk、缓存外键）",
    "die_fastest": "django-import-export，同上，并事先一次查出已有人员",
    "drf": "DRF ModelSerializer(many=True)",
    "preview": "网页：上传到看见核对页",
}
PEERS = ("die_default", "die_bulk", "die_fastest", "drf")
SLOW = {"die_default": 1, "die_bulk": 3, "die_fastest": 3, "drf": 3}  # rounds at most: minutes each
# At 5,000 rows: (what, way, bound); a way is to take at least (or at most) so many times the engine's time.
TARGETS = (("die_default", 60), ("die_bulk", 15), ("drf", 10))


def arguments():
    parser = argparse.ArgumentParser(prog="script/bench rosters", description=__doc__)
    parser.add_argument("--sizes", default="500,5000,50000", help="rows of the workbooks")
    parser.add_argument("--rounds", type=int, default=5, help="runs of each way, interleaved")
    parser.add_argument(
        "--peers-up-to", type=int, default=5000, metavar="ROWS", help="larger files only by the product and the floor"
    )
    parser.add_argument("--without", nargs="*", default=(), choices=PEERS, help="peers to leave out")
    return parser.parse_args()


def ways_for(rows, options):
    return [way for way in _ways_at(rows, options.peers_up_to) if way not in options.without]


def _ways_at(rows, peers_up_to):
    own = [way for way in WAYS if way not in PEERS and (way != "preview" or rows <= 500)]
    return own + list(PEERS) if rows <= peers_up_to else own


def measure(rows, options, folder):
    """{way: [figures of each run]} for one workbook."""
    folder.mkdir(parents=True)
    roster = county.roster(rows)
    (folder / "roster.xlsx").write_bytes(roster.content)
    (folder / "small.xlsx").write_bytes(county.roster(rows, first=12).content)
    (folder / "divisions.csv").write_text(roster.divisions, encoding="utf-8")
    template = f"bench_{rows}"
    databases.make_template(template, folder / "divisions.csv")
    databases.in_copy(template, "-m", "bench.run", "keep", str(folder))
    found = {way: [] for way in ways_for(rows, options)}
    for number in range(options.rounds):
        for way, runs in found.items():
            if number < SLOW.get(way, options.rounds):
                runs.append(json.loads(databases.in_copy(template, "-m", "bench.run", way, str(folder))))
                print(f"  {rows} {way} {json.dumps(runs[-1])}", file=sys.stderr, flush=True)
    databases.drop(template)
    _same_rows(found)
    return found


def _same_rows(found):
    """All ways must have left the same people, posts and levels."""
    written = {way: runs[0]["written"] for way, runs in found.items() if way != "preview"}
    if len({tuple(counts) for counts in written.values()}) != 1:
        sys.exit(f"bench: the ways do not write the same rows: {written}")


def median(runs, name="seconds"):
    return statistics.median(run[name] for run in runs)


def table(rows, found):
    """The figures of one workbook as a Markdown table."""
    engine, spent = median(found["engine"]), median(found["engine"], "processor")
    lines = [
        f"### {rows:,} 行 × {len(county.HEADER)} 列",
        "",
        "| 方式 | 秒（中位数） | 最快–最慢 | 是本系统的 | 处理器秒 | 是本系统的 | 毫秒/行 | 数据库语句 | 内存峰值（比空闲多 MB） | 轮数 |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for way, runs in found.items():
        seconds = [run["seconds"] for run in runs]
        middle = median(runs)
        lines.append(
            f"| {WAYS[way]} | {middle:.2f} | {min(seconds):.2f}–{max(seconds):.2f} | {middle / engine:.2f} 倍 | "
            f"{median(runs, 'processor'):.2f} | {median(runs, 'processor') / spent:.2f} 倍 | "
            f"{middle / rows * 1000:.2f} | {runs[0]['queries']:,} | {median(runs, 'megabytes'):.0f} | {len(runs)} |"
        )
    engine_runs, again = found["engine"], found["again"]
    child = median(engine_runs, "child_megabytes")
    lines += [
        "",
        f"本系统：读和核对 {median(engine_runs, 'read'):.2f} 秒，入库 {median(engine_runs, 'commit'):.2f} 秒；"
        f"读文件的子进程内存峰值 {child:.0f} MB；"
        f"再导入一次改写了人员、任职、学历的行：{'有' if any(run['rewritten'] for run in again) else '0'}。",
        "",
    ]
    return lines


def judged(results):
    """The targets, each with what was measured."""
    lines = []
    if 5000 in results:
        found = results[5000]
        engine = median(found["engine"])
        for way, times in TARGETS:
            if way in found:
                lines.append(
                    _line(
                        f"5,000 行比 {way} 快 {times} 倍以上", median(found[way]) / engine, times, "倍", at_least=True
                    )
                )
        lines.append(_line("5,000 行不超过底线的 3 倍", engine / median(found["floor"]), 3, "倍"))
        lines.append(_line("5,000 行再导入不慢于第一次", median(found["again"]) / engine, 1, "倍"))
    sizes = sorted(results)
    if len(sizes) > 1:
        per_row = [median(results[rows]["engine"]) / rows for rows in sizes]
        lines.append(_line(f"每行用时 {sizes[0]:,} → {sizes[-1]:,} 行不增加", per_row[-1] / per_row[0], 1.1, "倍"))
        queries = {results[rows]["engine"][0]["queries"] for rows in sizes}
        lines.append(_line("数据库语句数与行数无关（各档之差）", max(queries) - min(queries), 0, "句"))
    if 50_000 in results:
        lines.append(
            _line("50,000 行内存比空闲多不到 250 MB", median(results[50_000]["engine"], "megabytes"), 250, "MB")
        )
    if 500 in results:
        lines.append(_line("500 行一秒内看见核对页", median(results[500]["preview"]), 1, "秒"))
    return lines


def _line(what, measured, bound, unit, at_least=False):
    met = measured >= bound if at_least else measured <= bound
    return f"| {what} | {measured:.2f} {unit} | {'达到' if met else '**未达到**'} |"


def report(results):
    load = os.getloadavg()
    lines = [
        f"{date.today():%Y-%m-%d}，{platform.machine()}，{os.cpu_count()} 核，Python {platform.python_version()}，"
        f"结束时负载 {load[0]:.1f} / {load[1]:.1f} / {load[2]:.1f}。",
        "",
    ]
    for rows, found in results.items():
        lines += table(rows, found)
    return "\n".join([*lines, "| 目标 | 实测 | |", "|---|---|---|", *judged(results)])


def main():
    options = arguments()
    folder = VAR_DIR / "bench"
    shutil.rmtree(folder, ignore_errors=True)
    databases.make_base()
    results = {}
    try:
        for rows in map(int, options.sizes.split(",")):
            results[rows] = measure(rows, options, Path(folder) / str(rows))
    finally:
        databases.drop(databases.BASE)
        shutil.rmtree(folder, ignore_errors=True)
    print(report(results))


if __name__ == "__main__":
    main()
