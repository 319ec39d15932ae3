"""The GitHub workflows: pinned, with the least rights, and made of tasks that also run by hand."""

import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from building.settings import read_constants
from catalogue.authenticity import locate_key
from commands.launch.packages import locate_cache

ROOT = Path(__file__).resolve().parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.y*ml"))
PAGES = ROOT / ".github" / "workflows" / "pages.yml"


def read_yaml(path):
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


def select_steps(workflow):
    return [step for job in workflow["jobs"].values() for step in job.get("steps", [])]


@pytest.fixture
def pages():
    return read_yaml(PAGES)


@pytest.fixture(params=WORKFLOWS, ids=lambda path: path.name)
def path(request):
    return request.param


def test_every_action_is_pinned_by_commit_with_its_version_beside_it(path):
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if "uses:" in line]
    assert lines
    for line in lines:
        assert re.fullmatch(r"\s*(- )?uses: [\w-]+/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), (
            line
        )


def test_every_run_line_is_one_task_that_exists_and_holds_no_expression(path):
    listed = subprocess.run(
        [sys.executable, str(ROOT / "tasks.py")], capture_output=True, text=True, check=True
    ).stdout
    tasks = {line.split()[0] for line in listed.splitlines()[1:]}
    for step in select_steps(read_yaml(path)):
        for line in step.get("run", "").splitlines():
            assert re.fullmatch(rf"python3 tasks\.py ({'|'.join(tasks)})( [^|&;`]*)?", line), line
            assert "${{" not in line


def test_a_workflow_has_no_rights_of_its_own_and_never_runs_a_strangers_code_with_a_token(path):
    workflow = read_yaml(path)
    assert workflow["permissions"] == {}
    assert "pull_request_target" not in workflow["on"]
    assert "workflow_run" not in workflow["on"]


def test_no_checkout_leaves_its_token_behind(path):
    for step in select_steps(read_yaml(path)):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


DEFAULT_BRANCH = "github.ref_name == github.event.repository.default_branch"


def test_pages_builds_on_the_default_branch_on_pull_requests_and_by_hand(pages):
    assert pages["on"] == {
        "push": {"branches": ["**"], "tags-ignore": ["**"]},
        "pull_request": None,
        "workflow_dispatch": None,
    }
    assert pages["jobs"]["build"]["if"] == f"github.event_name != 'push' || {DEFAULT_BRANCH}"


def test_every_job_has_an_end(path):
    for name, job in read_yaml(path)["jobs"].items():
        assert job["timeout-minutes"] <= 45, name


def test_build_and_tests_only_read_and_the_deployment_only_deploys(pages):
    build, tests, deploy = (pages["jobs"][name] for name in ("build", "tests", "deploy"))
    assert len(pages["jobs"]) == 3
    assert build["permissions"] == {"contents": "read", "pages": "read", "actions": "read"}
    assert tests["permissions"] == {"contents": "read"}
    assert deploy["permissions"] == {"pages": "write", "id-token": "write"}
    assert [step["uses"].partition("@")[0] for step in deploy["steps"]] == ["actions/deploy-pages"]


def test_only_main_is_deployed_one_at_a_time_and_never_stopped_half_way(pages):
    deploy = pages["jobs"]["deploy"]
    assert deploy["needs"] == ["build", "tests"]
    assert DEFAULT_BRANCH in deploy["if"]
    assert "github.event_name != 'pull_request'" in deploy["if"]
    assert deploy["environment"]["name"] == "github-pages"
    assert deploy["concurrency"] == {"group": "pages", "cancel-in-progress": False}


def test_the_tests_run_on_every_supported_python_and_on_three_systems(pages):
    tests = pages["jobs"]["tests"]
    kinds = [(kind["system"], kind["python"]) for kind in tests["strategy"]["matrix"]["include"]]
    oldest = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    on_linux = [python for system, python in kinds if system.startswith("ubuntu-")]
    assert on_linux == ["3.11", "3.12", "3.13", "3.14"]
    assert f">={on_linux[0]}" == oldest["requires-python"]
    assert {system.partition("-")[0] for system, _ in kinds} == {"ubuntu", "windows", "macos"}
    assert tests["runs-on"] == "${{ matrix.system }}"
    (setup,) = [step for step in tests["steps"] if "setup-python@" in step.get("uses", "")]
    assert setup["with"]["python-version"] == "${{ matrix.python }}"
    assert [step["run"] for step in tests["steps"] if "run" in step] == ["python3 tasks.py test"]


def test_a_test_that_fails_on_linux_keeps_the_site_from_being_published(pages):
    tests = pages["jobs"]["tests"]
    assert tests["continue-on-error"] == "${{ !startsWith(matrix.system, 'ubuntu-') }}"
    assert tests["if"] == "needs.build.outputs.code == 'true'"
    for step in tests["steps"]:
        assert not {"if", "continue-on-error"} & step.keys()
    wanted = ["success", "skipped"]
    assert re.findall(r"needs\.tests\.result == '(\w+)'", pages["jobs"]["deploy"]["if"]) == wanted


def test_a_text_does_not_wait_for_the_tests_of_the_code(pages):
    build, tests = pages["jobs"]["build"], pages["jobs"]["tests"]
    (step,) = [each for each in build["steps"] if "tasks.py changed" in each.get("run", "")]
    assert build["outputs"]["code"] == f"${{{{ steps.{step['id']}.outputs.code }}}}"
    assert "github.event.before" in step["env"]["BEFORE"]
    assert tests["needs"] == "build"
    (checkout,) = find_steps(pages, "actions/checkout@")
    assert build["steps"][checkout]["with"]["fetch-depth"] == 0


def test_what_is_published_was_built_by_a_python_that_was_tested(pages):
    (setup,) = [s for s in pages["jobs"]["build"]["steps"] if "setup-python@" in s.get("uses", "")]
    matrix = pages["jobs"]["tests"]["strategy"]["matrix"]["include"]
    assert {
        "system": pages["jobs"]["build"]["runs-on"],
        "python": setup["with"]["python-version"],
    } in matrix


def find_task(workflow, words):
    """Return the one step that runs a task with exactly these words."""
    (step,) = [s for s in select_steps(workflow) if s.get("run", "") == f"python3 tasks.py {words}"]
    return step


def test_the_address_that_pages_gives_reaches_the_build_through_the_environment(pages):
    (configure,) = [s for s in select_steps(pages) if "configure-pages@" in s.get("uses", "")]
    site = find_task(pages, "pages --address")
    assert site["env"] == {
        "SITE_URL": f"${{{{ steps.{configure['id']}.outputs.base_url }}}}",
        "IS_TEMPLATE": "${{ github.event.repository.is_template }}",
    }
    for words in ("check", 'build --siteurl "$SITE_URL"'):
        step = find_task(pages, words)
        assert step["env"] == {"SITE_URL": f"${{{{ steps.{site['id']}.outputs.address }}}}"}
    assert configure["if"] == "github.event_name != 'pull_request'"
    assert configure["continue-on-error"] is True  # before the two clicks it fails


def test_nothing_is_deployed_where_github_would_not_show_it(pages):
    shown = find_task(pages, "pages")
    assert shown["if"] == MAIN_ONLY
    assert shown["env"] == {"GITHUB_TOKEN": "${{ github.token }}"}
    assert (
        pages["jobs"]["build"]["outputs"]["shown"] == f"${{{{ steps.{shown['id']}.outputs.on }}}}"
    )
    assert "needs.build.outputs.shown == 'true'" in pages["jobs"]["deploy"]["if"]
    (upload,) = [
        s for s in select_steps(pages) if s.get("if") == "steps.shown.outputs.on == 'true'"
    ]
    assert upload["uses"].startswith("actions/upload-pages-artifact@")
    assert "name" not in upload["with"]  # the one by which the deployment finds it


def test_a_pull_request_shows_the_whole_site_and_deploys_none(pages):
    (upload,) = [
        step
        for step in select_steps(pages)
        if step.get("if") == "github.event_name == 'pull_request'"
    ]
    assert upload["uses"].startswith("actions/upload-pages-artifact@")
    assert upload["with"]["path"] == "output"
    assert upload["with"]["name"] != "github-pages"


def test_a_token_is_in_reach_of_those_tasks_alone_that_ask_github(path):
    for step in select_steps(read_yaml(path)):
        if "GITHUB_TOKEN" in step.get("env", {}):
            assert step["run"].split()[2] in {"pages", "due", "link-issue"}


def test_a_workflow_on_a_schedule_is_no_other_and_runs_at_least_weekly():
    """GitHub pauses a file whose schedule sleeps, and with it all else that stands in it."""
    times = {path.name: read_yaml(path)["on"].get("schedule") for path in WORKFLOWS}
    assert times.pop("pages.yml") is None
    for name, schedule in times.items():
        assert set(read_yaml(PAGES.with_name(name))["on"]) == {"schedule", "workflow_dispatch"}
        minute, hour, month_day, month, week_day = schedule[0]["cron"].split()
        assert minute not in {"0", "*"}
        assert (month_day, month) == ("*", "*")
        assert week_day in {"*", "1,4"}
        assert hour == "*" or name == "links.yml"


def test_the_care_of_links_may_write_one_issue_and_nothing_else():
    workflow = read_yaml(PAGES.with_name("links.yml"))
    (job,) = workflow["jobs"].values()
    assert job["permissions"] == {"contents": "read", "issues": "write"}
    assert workflow["concurrency"] == {"group": "links", "cancel-in-progress": False}
    assert "schedule" in job["if"]  # whose event says nothing of the default branch
    ask, tell = (
        find_task(workflow, words) for words in ("links --kept .cache/links.json", "link-issue")
    )
    assert ask["continue-on-error"] is True
    assert "env" not in ask
    kept = [
        s["with"]["path"]
        for s in job["steps"]
        if s.get("with", {}).get("key", "").startswith("links-")
    ]
    assert kept == [".cache/links.json"] * 2
    assert tell["env"] == {"GITHUB_TOKEN": "${{ github.token }}"}


def test_what_is_kept_of_pip_is_saved_by_main_alone_and_used_by_all():
    for path in WORKFLOWS:
        workflow = read_yaml(path)
        for job in workflow["jobs"].values():
            restores = [
                step for step in job["steps"] if step.get("with", {}).get("path") == "~/.cache/pip"
            ]
            if not restores:
                continue
            place = Path(locate_cache({"PIP_CACHE_DIR": job["env"]["PIP_CACHE_DIR"]}))
            assert place.parent == Path("~/.cache/pip").expanduser()
            assert "hashFiles('requirements.txt')" in restores[0]["with"]["key"]
            assert [MAIN_ONLY in step["if"] for step in restores[1:]] == [True] * (path == PAGES)


MAIN_ONLY = f"{DEFAULT_BRANCH} && github.event_name != 'pull_request'"


def find_steps(pages, action):
    steps = pages["jobs"]["build"]["steps"]
    return [number for number, step in enumerate(steps) if step.get("uses", "").startswith(action)]


def find_kept(pages):
    """Return the numbers of the two steps that keep what was read, the first and the last of them."""
    steps = pages["jobs"]["build"]["steps"]
    found = [
        n for n in find_steps(pages, "actions/cache/") if ".cache\n" in steps[n]["with"]["path"]
    ]
    names = [steps[number]["uses"].partition("@")[0] for number in found]
    assert names == ["actions/cache/restore", "actions/cache/save"]
    return found


def test_what_is_kept_comes_from_a_good_build_of_main_and_goes_to_no_pull_request(pages):
    steps = pages["jobs"]["build"]["steps"]
    restore, save = find_kept(pages)
    reads = [
        n for n, s in enumerate(steps) if re.search(r"tasks.py (check|build)", s.get("run", ""))
    ]
    assert restore < min(reads)
    assert save > max(reads)
    assert steps[restore]["if"] == steps[save]["if"] == MAIN_ONLY
    for name, value in steps[save].items():
        assert "always()" not in str(value), name  # so it is skipped after a build that failed


def test_the_key_is_kept_with_what_it_vouches_for(pages, monkeypatch):
    steps = pages["jobs"]["build"]["steps"]
    restore, save = find_kept(pages)
    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.setattr(sys, "platform", "linux")  # as the machine of the workflow
    key = locate_key().relative_to(Path.home())
    cache = Path(read_constants()["READING_CACHE"])
    monkeypatch.undo()
    wanted = [cache.parent.as_posix(), "output", f"~/{key.parent.as_posix()}"]
    for number in (restore, save):
        assert steps[number]["with"]["path"].split() == wanted
    prefix = steps[restore]["with"]["restore-keys"]
    assert steps[restore]["with"]["key"].startswith(prefix)
    for part in ("runner.os", "python-version", "hashFiles('requirements.txt')"):
        assert part in prefix
    assert steps[save]["with"]["key"] == "${{ steps.kept.outputs.cache-primary-key }}"
    assert steps[restore]["id"] == "kept"


def test_nothing_that_is_kept_comes_with_the_repository(pages, tmp_path):
    """What a pull request has brought into these folders is not even checked out."""
    (checkout,) = find_steps(pages, "actions/checkout@")
    options = pages["jobs"]["build"]["steps"][checkout]["with"]
    assert options["sparse-checkout-cone-mode"] is False

    def git(*words):
        subprocess.run(["git", "-C", tmp_path, *words], check=True, capture_output=True)

    ours = [".cache/readings.sqlite3", "output/index.html"]
    names = [*ours, ".ci/run", "tasks.py", "content/posts/.cache/a.md", "content/output/a.md"]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    git("init", "--quiet")
    git("add", "--force", ".")
    who = ("-c", "user.name=A", "-c", "user.email=a@a.example", "-c", "commit.gpgsign=false")
    git(*who, "commit", "--quiet", "--message=All")
    git("config", "core.sparseCheckout", "true")
    patterns = tmp_path / ".git/info/sparse-checkout"
    patterns.parent.mkdir(exist_ok=True)
    patterns.write_text(options["sparse-checkout"])
    git("checkout", "--quiet", "--force")
    git("read-tree", "-mu", "HEAD")
    there = [name for name in names if (tmp_path / name).exists()]
    assert there == names[2:]


def test_newer_versions_are_asked_for_weekly_and_after_a_week_of_waiting():
    updates = read_yaml(ROOT / ".github" / "dependabot.yml")["updates"]
    assert {update["package-ecosystem"] for update in updates} == {"uv", "github-actions"}
    assert all(update["schedule"] == {"interval": "weekly"} for update in updates)
    assert all(update["cooldown"] == {"default-days": 7} for update in updates)


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", WORKFLOWS),
        ("vendor.dependabot", [ROOT / ".github" / "dependabot.yml"]),
    ],
)
def test_the_files_have_the_shape_that_github_asks_for(schema, files):
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *files]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def find_zizmor():
    """Return the path of the program, which has an ending on Windows."""
    return shutil.which("zizmor", path=sysconfig.get_path("scripts"))


def test_zizmor_finds_nothing_to_attack():
    command = [
        find_zizmor(),
        "--offline",
        "--persona",
        "pedantic",
        "--no-progress",
        ROOT / ".github",
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_zizmor_would_find_something(tmp_path):
    workflow = tmp_path / ".github" / "workflows" / "bad.yml"
    workflow.parent.mkdir(parents=True)
    text = PAGES.read_text(encoding="utf-8")
    workflow.write_text(text.replace('"$SITE_URL"', "${{ github.head_ref }}"), encoding="utf-8")
    command = [find_zizmor(), "--offline", "--no-progress", tmp_path]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode != 0
    assert "template-injection" in done.stdout


def test_what_stands_in_well_known_is_published(pages, build_site):
    uploads = [s["with"] for s in select_steps(pages) if "upload-pages" in s.get("uses", "")]
    assert [step["include-hidden-files"] for step in uploads] == [True, True]
    site = build_site({"extra/.well-known/security.txt": "Contact: mailto:desk@example.org\n"})
    hidden = [name for name in site.files if name.startswith(".")]
    assert hidden == [".well-known/security.txt"]
