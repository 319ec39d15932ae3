"""Each line that a workflow runs does its work here too, as it is written, beside a stand-in for GitHub."""

import json
import os
import re
import subprocess
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from ruamel.yaml import YAML

from tests.conftest import LEAST, PROJECT, write_files
from tests.forked import CODE, copy, leave_out_extras
from tests.github_api import make_environ, serving_api

FOLDER = PROJECT / ".github" / "workflows"
# What GitHub puts in place of an expression; of one that is not here no test knows what it would be.
VALUES = {
    "github.token": "secret",
    "github.event_name == 'pull_request' && github.event.pull_request.base.sha || github.event.before": "0"
    * 40,
    "github.event.repository.is_template": "false",
    "steps.pages.outputs.base_url": "https://ann.github.io/shelf",
}
LIVE = b"/\n/posts/shelves/\n"  # the list of addresses of the site that readers have now
POST = "Title: Shelves\nDate: 2026-01-02\nTags: Reading\n\nOf [oak](../pages/about.md).\n"
WAITING = "Title: Tea\nDate: 2098-01-02\nTags: Reading\n\nIt waits.\n"
TESTS = "python3 tasks.py test"  # all of these tests, and this one among them

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the jobs run on Linux")


class Runner:
    """A machine of GitHub's that runs the steps of a job one after the other, up to one that fails."""

    def __init__(self, folder, server, live):
        self.folder, self.live, self.outputs = folder, live, {}
        self.site = folder / "site"
        shims = folder / "shims"
        shims.mkdir()
        python = shims / "python3"
        script = f'"{sys.executable}" "{PROJECT / "tests/run_task.py"}" "{self.site}"'
        python.write_text(f'#!/bin/sh\n[ "$1" = tasks.py ] || exit 99\nshift\nexec {script} "$@"\n')
        python.chmod(0o755)
        (folder / "event.json").write_text(json.dumps({"repository": {"fork": False}}))
        self.summary = folder / "summary.md"
        self.environ = {
            **os.environ,
            **make_environ(server, folder),
            "PATH": f"{shims}{os.pathsep}{os.environ['PATH']}",
            "GITHUB_ACTIONS": "true",
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "HOME": str(folder),
        }
        del self.environ["GITHUB_TOKEN"]  # it is where a step asks for it, and nowhere else

    def fill(self, text):
        """Return a value of a workflow with its expressions worked out."""

        def work_out(match):
            words = match[1].split(".")
            if words[0] == "steps" and words[1] in self.outputs:
                return self.outputs[words[1]][words[3]]
            return VALUES[match[1]]

        return re.sub(r"\$\{\{ (.*?) \}\}", work_out, text)

    def run(self, name):
        """Run the lines of a workflow; return each with its exit code and what it printed."""
        workflow = YAML(typ="safe").load((FOLDER / name).read_text(encoding="utf-8"))
        done = {}
        for job in workflow["jobs"].values():
            for step in job["steps"]:
                if "run" not in step or step["run"] == TESTS:
                    continue
                output = self.folder / "output.txt"
                output.write_text("")
                env = {key: self.fill(value) for key, value in step.get("env", {}).items()}
                if "--live" in step["run"]:  # nothing outside of this machine is asked
                    env["SITE_URL"] = self.live
                run = subprocess.run(
                    ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]],
                    cwd=self.site,
                    env={**self.environ, "GITHUB_OUTPUT": str(output), **env},
                    stdin=subprocess.DEVNULL,
                    capture_output=True,
                    text=True,
                )
                rows = dict(line.split("=", 1) for line in output.read_text().splitlines())
                self.outputs[step.get("id", "")] = rows
                done[step["run"]] = run.returncode, run.stdout + run.stderr
        return done


@contextmanager
def serving_list(data):
    """Yield the address of a site that has a list of its addresses, and nothing else."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200 if self.path == "/shelf/addresses.txt" else 404)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *words):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/shelf"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """Run all workflows one after the other; return what each line did, the page, and the requests."""
    folder = tmp_path_factory.mktemp("runs")
    site = folder / "site"
    site.mkdir()
    copy(CODE, site)
    leave_out_extras(site)
    texts = {"posts/shelves.md": POST, "posts/tea.md": WAITING}
    write_files(site / "content", {**LEAST, **texts})
    with serving_api() as server, serving_list(LIVE) as live:
        server.ways["GET", "pages"] = (200, {"build_type": "workflow"})
        server.ways["GET", "actions/workflows"] = (200, {"workflows": []})
        server.ways["GET", "actions/workflows/pages.yml/runs"] = (200, {"workflow_runs": []})
        server.ways["POST", "actions/workflows/pages.yml/dispatches"] = (200, {})
        runner = Runner(folder, server, live)
        done = {name.name: runner.run(name.name) for name in sorted(FOLDER.glob("*.yml"))}
        yield runner, done, list(server.asked)


def test_every_line_of_every_workflow_runs_as_it_is_written(runs):
    _, done, _ = runs
    lines = [(line, *end) for workflow in done.values() for line, end in workflow.items()]
    assert len(lines) >= 8
    for line, code, told in lines:
        assert code == 0, (line, told)
        assert "Traceback" not in told


def test_an_address_that_readers_have_and_would_lose_stops_the_run(runs):
    runner, *_ = runs
    with serving_list(LIVE + b"/posts/weeding/\n") as live:
        done = subprocess.run(
            [
                sys.executable,
                PROJECT / "tests/run_task.py",
                runner.site,
                "addresses",
                "--live",
                live,
            ],
            cwd=runner.site,
            env=runner.environ,
            capture_output=True,
            text=True,
        )
    assert done.returncode == 1
    assert "/posts/weeding/ was published and is gone" in done.stdout + done.stderr


def test_the_steps_hand_on_what_they_found_out(runs):
    runner, *_ = runs
    assert runner.outputs["changed"] == {"code": "true"}
    assert runner.outputs["site"] == {"address": "https://ann.github.io/shelf"}
    assert runner.outputs["shown"] == {"on": "true"}
    assert (runner.site / "output/posts/shelves/index.html").is_file()
    assert (runner.site / ".cache/links.json").is_file()


def test_the_page_of_the_run_says_what_was_built_and_what_waits_and_by_which_clock(runs):
    runner, *_ = runs
    page = runner.summary.read_text(encoding="utf-8")
    assert "1 post, 1 page, 1 topic" in page
    assert "“Tea” goes live Thursday 2 January 2098 at 00:00" in page
    assert "By the clock of UTC" in page
    assert "Actions → Waiting posts → Enable workflow" in page
    assert "It is published when the job “Publish the site” of this run is done." in page


def test_github_is_asked_with_the_token_for_what_the_rights_allow_and_nothing_else(runs):
    *_, asked = runs
    assert {(method, name) for method, name, *_ in asked} == {
        ("GET", "pages"),
        ("GET", "actions/workflows"),
        ("GET", "actions/workflows/pages.yml/runs"),
        ("POST", "actions/workflows/pages.yml/dispatches"),
        ("GET", "issues"),
    }
    assert {token for *_, token, _ in asked} == {"Bearer secret"}
