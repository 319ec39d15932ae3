"""Build one made-up site with this project and with a peer, in turn, and compare.

Three things are measured: a cold build, one with nothing changed, and one after an edit of a body.
Each ratio is that of two runs side by side in time, so that what else the machine does weighs on both;
what is printed is the median of the ratios. Memory is measured in runs of its own, which are not timed.

All lies in a temporary folder, in memory where the system has such a place: a disk makes every tool
slower, and the slower the disk, the more alike they look. This project runs there as a copy that
has the same packages, so that its own folder stays as it is.
"""

import importlib.metadata
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.beside import measure_beside
from benchmarks.corpus import Corpus, make_corpus
from benchmarks.pictures import measure_pictures
from benchmarks.report import SCENARIOS
from benchmarks.tools import Tool, make_own, make_peer
from catalogue.problems import Refused

MEMORY = Path("/dev/shm")  # noqa: S108  # where Linux keeps files in memory
BYTES_A_POST = 300_000  # more than the two sites and their caches take
INTERVAL = 0.02  # seconds between two looks at the memory


@dataclass
class Runs:
    """The seconds of each run of one tool, by the clock and of all processors."""

    seconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    peak: int | None = None  # bytes; None where it cannot be measured


def measure(
    posts: int,
    topics: int,
    peer: str,
    runs: int,
    print_progress: Callable[[str], None],
    environ: Mapping[str, str],
    copy_project: Callable[[Path], None],
) -> dict[str, Any]:
    """Make up a site, build it in turn with this project and the peer, and return all figures.

    `copy_project` makes a copy of this project, without content, in a new folder; `environ` are the
    environment variables for both.
    """
    with work_folder(posts) as work:
        print_progress(f"Making up {posts:,} posts in {topics:,} topics ...")
        corpus = make_corpus(posts, topics)
        own = make_own(corpus, work / "own", environ, copy_project)
        tools = {"own": own, "peer": make_peer(peer, corpus, work / peer, environ)}
        results = {name: {key: Runs() for key in tools} for name in SCENARIOS}
        for name in SCENARIOS:
            print_progress(f"{SCENARIOS[name]}: memory ...")
            for key, tool in tools.items():
                prepare_run(name, tool, corpus, runs)
                results[name][key].peak = watch_memory(tool)
                check_site(name, tool, corpus, runs)
        for name in SCENARIOS:
            for number in range(runs):
                print_progress(f"{SCENARIOS[name]}: {number + 1} of {runs} ...")
                for key, tool in tools.items():
                    prepare_run(name, tool, corpus, number)
                    seconds, cpu = run_timed(tool)
                    results[name][key].seconds.append(seconds)
                    results[name][key].cpu.append(cpu)
                    check_site(name, tool, corpus, number)
        print_progress("the plugins, and photographs ...")
        return {
            "posts": posts,
            "topics": topics,
            "runs": runs,
            "peer": f"{peer} {importlib.metadata.version(peer)}",
            "machine": describe_machine(work),
            "memory": "the largest sum of the proportional set sizes (PSS) of all processes, "
            f"looked at every {INTERVAL * 1000:.0f} ms",
            "scenarios": {name: compare_runs(**pair) for name, pair in results.items()},
            "sites": {key: count_files(tool.folder / "output") for key, tool in tools.items()},
            "plugins": measure_plugins(own, work / "costs"),
            "pictures": measure_pictures(work / "pictures"),
            "beside": measure_beside(own.folder / "content"),
        }


@contextmanager
def work_folder(posts: int) -> Iterator[Path]:
    """Yield a folder for everything, in memory if there is room; remove it at the end."""
    with suppress(OSError):
        if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > posts * BYTES_A_POST:
            with tempfile.TemporaryDirectory(prefix="bench-", dir=MEMORY) as name:
                yield Path(name)
                return
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as name:
        yield Path(name)


def prepare_run(scenario: str, tool: Tool, corpus: Corpus, number: int) -> None:
    """Make what a run is to find; an edit is another one for each number."""
    if scenario == "cold":
        tool.clear()
    elif scenario == "edit":
        path = tool.folder / "content" / "posts" / f"{select_edited(corpus, number)}.md"
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(f"\n{format_remark(number)} when nobody had asked for it.\n")


def select_edited(corpus: Corpus, number: int) -> str:
    """Return the slug of the post that an edit changes: one in the middle of the site."""
    return corpus.posts[(len(corpus.posts) // 3 + 7 * number) % len(corpus.posts)].slug


def format_remark(number: int) -> str:
    """Return how the paragraph begins that an edit adds to a post."""
    return f"Remark {number} came to mind later,"


def check_site(scenario: str, tool: Tool, corpus: Corpus, number: int) -> None:
    """Raise Refused for a run after which a post has no page, or the edit is not in its page."""
    pages = tool.folder / "output" / "posts"
    lost = [post.slug for post in corpus.posts if not (pages / post.slug / "index.html").is_file()]
    if lost:
        raise Refused(f"{tool.name} has made no page of {len(lost)} posts, such as {lost[0]}.")
    page = pages / select_edited(corpus, number) / "index.html"
    if scenario == "edit" and format_remark(number) not in page.read_text(encoding="utf-8"):
        raise Refused(f"{tool.name} has not published the edit of {page.parent.name}.")


def run_timed(tool: Tool) -> tuple[float, float]:
    """Run a tool; return the seconds by the clock, and of all processors (0 where unknown)."""
    with tempfile.TemporaryFile() as log:
        before, start = read_cpu(), time.perf_counter()
        done = subprocess.run(
            tool.command,
            cwd=tool.folder,
            env=tool.environ,
            stdout=log,
            stderr=subprocess.STDOUT,
            check=False,
        )
        seconds, cpu = time.perf_counter() - start, read_cpu() - before
        log.seek(0)
        check_run(tool, done.returncode, log.read())
    return seconds, cpu


def check_run(tool: Tool, code: int, log: bytes) -> None:
    """Raise Refused for a run that failed, with the last of what it said."""
    if code:
        said = "\n".join(log.decode("utf-8", "replace").splitlines()[-20:])
        raise Refused(f"{tool.name} ended with {code}:\n{said}")


def read_cpu() -> float:
    """Return the seconds of all processors that ended children have taken."""
    if sys.platform == "win32":
        return 0.0
    import resource

    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def watch_memory(tool: Tool) -> int | None:
    """Run a tool and return the largest sum of its processes' memory; None where no system tells."""
    if not Path("/proc/self/smaps_rollup").exists():
        run_timed(tool)
        return None
    peak = 0
    with (
        tempfile.TemporaryFile() as log,
        subprocess.Popen(
            tool.command,
            cwd=tool.folder,
            env=tool.environ,
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
    """Return the processes of a session (Linux, proc(5): the sixth field of `stat`)."""
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
    """Return the bytes a process has in memory; a page that several share is divided among them."""
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
        env=own.environ,
        capture_output=True,
        check=False,
    )
    check_run(own, done.returncode, done.stderr)
    costs: dict[str, dict[str, float]] = json.loads(done.stdout)
    return costs


def compare_runs(own: Runs, peer: Runs) -> dict[str, Any]:
    """Return how the runs of one scenario compare: medians, and the median of the pairs' ratios.

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
    """Return how many files a site has, and their bytes."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return {"files": len(sizes), "bytes": sum(sizes)}


def describe_machine(work: Path) -> dict[str, Any]:
    """Return what was measured on."""
    return {
        "system": platform.platform(),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "in_memory": work.is_relative_to(MEMORY),
    }
