"""Turn a draft into a post: set its date, take the draft mark away, check it, say its address."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from building.settings import read_constants
from catalogue.dates import read_clock, read_moment
from catalogue.problems import count_errors, format_count, write_report
from catalogue.project import CONTENT
from commands.writing.header_edit import drop_draft, find_reserving_line, read_bytes, set_value
from commands.writing.post_files import (
    CommandFault,
    check_content_folder,
    explained_writing,
    find_post_file,
    format_place,
    print_fault,
)
from commands.writing.post_state import describe_state, print_done
from commands.writing.trial import Trial, list_own, restore_lines
from commands.writing.write_files import File, lock_content, write_files


def publish_post(file: str, content: Path = CONTENT) -> int:
    """Publish the draft `file`, which is a file, a slug or an address; return the exit code.

    Exit codes: 0 done, 1 something in the post is to be mended first and nothing was changed, 2 there
    is no such post.
    """
    try:
        check_content_folder(content)
        settings = read_constants()
        with lock_content(content) as was_killed:
            return publish(find_post_file(file, content)[0], content, settings, was_killed)
    except CommandFault as fault:
        return print_fault(fault)


def publish(path: Path, content: Path, settings: Mapping[str, Any], was_killed: bool) -> int:
    """Publish one draft and print where it is; return the exit code.

    After a killed command, a post that is no draft any more is that command's.
    """
    trial = Trial(content, settings)
    name = path.relative_to(content).as_posix()
    record = trial.readings.records.get(name)
    if record is None:
        raise CommandFault(f"{format_place(content, path)}: this file cannot be read as a post.", 1)
    zone = ZoneInfo(settings["TIMEZONE"])
    if not record.is_draft and not count_errors(record.problems):
        place = format_place(content, path)
        if not was_killed:
            raise CommandFault(f"{place}: this is no draft. {describe_state(record, zone)}", 1)
        print_done(place, record, trial.settings, zone)
        return 0
    before = path.read_bytes()
    data = make_public(before, name, format_place(content, path), zone)
    after = trial.judge({name: data})
    problems = list_own(trial.judge(), after, name)
    if count_errors(problems):
        write_report(restore_lines(problems, name, before, data), content)
        raise CommandFault("Nothing was changed; it is a draft still.", 1)
    if after.records[name].is_draft:  # the words that a new post begins with are no text
        unwritten = [
            problem for problem in after.records[name].problems if "until then" in problem.text
        ]
        write_report(restore_lines(unwritten, name, before, data), content)
        raise CommandFault("Nothing was changed; it is a draft still.", 1)
    with explained_writing(format_place(content, path)):
        write_files([File(path, data, before)])
    print_done(format_place(content, path), after.records[name], trial.settings, zone)
    write_report(problems, content)
    if others := count_errors(after.problems):
        of_others = format_count(
            others, "error in another file keeps", "errors in other files keep"
        )
        print(f"{of_others} the site from being built. Type: python3 tasks.py check")
    return 0


def make_public(data: bytes, path: str, place: str, zone: ZoneInfo) -> bytes:
    """Return a draft's bytes as those of a post, dated now unless a later date stands there.

    `path` is below the content folder, `place` is for messages. Raises CommandFault if it cannot be done.
    """
    header = read_bytes(data, "post", path)
    if line := find_reserving_line(data, header):
        seen = "this line keeps the text from some readers"
        raise CommandFault(f"{place}:{line}: {seen}. Take it out if everybody may read it.", 1)
    if header.values.get("Status") == "draft":
        line = header.lines.get("Status", 1)
        data = drop_draft(data, path)
        if not data:
            seen = "the draft mark cannot be taken out here without a change to something else"
            raise CommandFault(f"{place}:{line}: {seen}. Take it out by hand.", 1)
    now = read_clock().astimezone(zone)
    date = header.values.get("Date")
    if date and read_moment(date, zone).timestamp() > now.timestamp():
        return data
    stamp = f"{now:%Y-%m-%d %H:%M}"
    dated = set_value(data, path, "Date", stamp)
    if not dated:
        line = header.lines.get("Date", 1)
        raise CommandFault(f"{place}:{line}: the date cannot be set here. Write: Date: {stamp}", 1)
    return dated
