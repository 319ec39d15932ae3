"""Check the entries of a header against the schema of its kind of file."""

from collections.abc import Sequence
from typing import Any

from catalogue.header.dates import read_name_date
from catalogue.header.entries import Header, HeaderEntry, InvalidValue
from catalogue.header.foreign_entries import says_draft, translate_entries
from catalogue.header.foreign_keys import NOTHING, OFF, ON, RESERVED_WORDS, RESERVING, STATUS_WORDS
from catalogue.header.late_lines import check_late_lines
from catalogue.header.schema import FIELDS, HEADER_EXAMPLES, NOUNS, Field, fold_key, select_key
from catalogue.header.unknown_keys import describe_unknown_key, is_unused
from catalogue.header.value_checks import read_value, warn_of_value
from catalogue.problems import shorten

MOST_UNKNOWN = 10  # so many unknown keys are named one by one
USUAL_YEAR = 1990  # an earlier one is probably a slip
JOINED = frozenset(("Aliases", "Tags", "Category"))  # what several lines may say together
# A foreign value that cannot be read stops no post, but for these: the post would be another's, or public.
GRAVE = frozenset(("Author", "Status"))


def check_entries(entries: Sequence[HeaderEntry], kind: str, header: Header) -> None:
    """Check the entries against the schema; fill in the header's values, lines and problems."""
    fields = FIELDS[kind]
    others = [entry for entry in entries if not check_entry(entry, kind, header)]
    if header.values.get("Image"):
        others += [entry for entry in entries if fold_key(entry.name) == "image"]
    if others:
        check_others(others, kind, header)
    if kind == "post" and "Date" not in header.values and not has_fault("Date", header):
        set_date_of_name(header)
    if "Modified" in header.translated:
        drop_early_change(header)
    for item in fields.values():
        if item.required:
            check_required(item, kind, header)
    check_dates(header)
    if "Status" in fields and header.values.get("Status") != "draft":
        check_late_lines(header)


def check_entry(entry: HeaderEntry, kind: str, header: Header) -> bool:
    """Add one entry to the header, with what is wrong with it; False if its key is none of the site's.

    It is False too for a key that has a line already under another name, as programs write it.
    """
    key, is_guess = select_key(entry.name, kind)
    if not key or (key == "Date" and entry.has_mapping):
        return False
    name = fold_key(entry.name)
    if key in header.lines:
        if header.spelt.get(key) != name:
            return False
        seen = f"“{key}” is here a second time; line {header.lines[key]} has it already"
        header.report(entry.line, f"{seen}. Keep one of the two lines.")
        return True
    header.lines[key], header.spelt[key] = entry.line, name
    if key == "Status":
        prepare_status(entry, header)
    try:
        value = read_value(entry, FIELDS[kind][key])
    except InvalidValue as wrong:
        header.report(entry.line, str(wrong), "warning" if is_comment_list(entry, key) else "error")
        return True
    if value in ("", [], None):
        return True
    if is_guess:
        header.report(entry.line, f"“{entry.label}” is read as {key}. Write: {key}:", "warning")
    add_value(entry, FIELDS[kind][key], value, header)
    if name == "category" and key == "Category" and len(value) > 1:
        names = shorten(", ".join(value), 150)
        seen = "Category holds more than one name. They are read as tags"
        header.report(entry.line, f"{seen}; write: Tags: {names}", "warning")
    return True


def prepare_status(entry: HeaderEntry, header: Header) -> None:
    """Put the site's word in place of another program's, with a warning where it says another thing."""
    word = entry.word.casefold()
    if fold_key(entry.name) == "draft":
        status = "draft" if word in ON else "published" if word in OFF else ""
        entry.value = "" if word in NOTHING else entry.value
    else:
        status = STATUS_WORDS.get(word, "")
    if status and word in RESERVED_WORDS:
        seen = f"“{shorten(entry.word)}” keeps a text from some readers, and here a text has all or none"
        header.report(entry.line, f"{seen}. It stays a draft; write: Status: draft", "warning")
    if status:
        entry.value, entry.items = status, []


def is_comment_list(entry: HeaderEntry, key: str) -> bool:
    """Return True for comments that stand in the header itself: readers do not get them, but the post."""
    return key == "Comments" and (bool(entry.items) or entry.own.startswith("[{"))


def add_value(entry: HeaderEntry, item: Field, value: Any, header: Header) -> None:
    """Add a checked value to the header, with a warning where it may be meant in another way."""
    header.values[item.key] = value
    if text := warn_of_value(item, value):
        header.report(entry.line, text, "warning")


def check_others(entries: Sequence[HeaderEntry], kind: str, header: Header) -> None:
    """Check what stands under other names than the site's: of other programs, or unknown."""
    own, foreign, unknown = [], [], []
    for entry in entries:
        key = select_key(entry.name, kind)[0]
        if key and not entry.has_mapping:
            own.append((key, entry))
        elif key or is_unused(entry, kind):
            foreign.append(entry)
        else:
            unknown.append(entry)
    translated, unused = translate_entries(foreign, FIELDS[kind])
    for _, entry in (row for row in own if row[0] == "Status"):
        prepare_status(entry, header)
    for key, entry in [*own, *translated]:
        check_translated(key, entry, FIELDS[kind][key], header)
    for entry in unused:
        keep_unused(entry, kind, header)
    for entry in unknown[:MOST_UNKNOWN]:
        is_harmless = kind == "page" and select_key(entry.name, "post")[0] != ""
        level = "warning" if is_harmless else "error"
        header.report(entry.line, describe_unknown_key(entry, kind, header), level)
    if more := unknown[MOST_UNKNOWN:]:
        seen = f"{len(more):,} more unknown header lines begin here"
        remedy = "Move your text below the header, with a blank line before it."
        header.report(more[0].line, f"{seen}. {remedy}")


def check_translated(key: str, entry: HeaderEntry, item: Field, header: Header) -> None:
    """Add what another program's entry says, if the header does not say it already."""
    old = header.values.get(key)
    if old is not None and key not in JOINED and key != "Status":
        if old != entry.text and not (key == "Image" and header.lines[key] == entry.line):
            header.unused.setdefault(entry.label, entry.line)
        return
    try:
        value = read_value(entry, item)
    except InvalidValue as wrong:
        level = "error" if key in GRAVE else "warning"
        header.report(entry.line, str(wrong), level)
        return
    if value in ("", [], None) or (key == "Status" and old == "draft"):
        return
    if key == "Status" and value == "draft" and fold_key(entry.name) in RESERVING:
        seen = f"“{entry.label}” keeps this text from some readers, and here a text has all or none"
        header.report(entry.line, f"{seen}. It stays a draft until the line is deleted.", "warning")
    if key in JOINED and old:
        known = {word.casefold() for word in old}
        value = [*old, *(word for word in value if word.casefold() not in known)]
    header.lines.setdefault(key, entry.line)
    header.translated.add(key)
    add_value(entry, item, value, header)


def keep_unused(entry: HeaderEntry, kind: str, header: Header) -> None:
    """Keep the place of a line that is not used; but nothing that says “draft” is passed over."""
    if "Status" not in FIELDS[kind] and says_draft(entry):
        header.report(entry.line, describe_unknown_key(entry, kind, header))
    elif select_key(entry.name, kind)[0] != "Image":
        header.unused.setdefault(entry.label, entry.line)


def has_fault(key: str, header: Header) -> bool:
    """Return True if the line of a key has been reported already, or is there under a wrong name."""
    line = header.lines.get(key)
    return fold_key(key) in header.tried or any(p.line == line for p in header.problems)


def drop_early_change(header: Header) -> None:
    """Take out the day of a change that is before the text's own: a program wrote it, not the author."""
    if header.values["Modified"][:10] < header.values.get("Date", "")[:10]:
        del header.values["Modified"]


def set_date_of_name(header: Header) -> None:
    """Set the date from the file's name, if it begins with one."""
    if date := read_name_date(header.path):
        header.values["Date"] = date


def check_required(item: Field, kind: str, header: Header) -> None:
    """Report a key that must be there, unless its line has been reported already."""
    if item.key in header.values or has_fault(item.key, header):
        return
    line = header.lines.get(item.key, 1)
    if item.key not in header.lines:
        text = f"This {NOUNS[kind]} has no {item.key}. Add a line to its header"
    else:
        text = f"{item.key} is empty. Write"
    header.report(line, f"{text}: {HEADER_EXAMPLES[item.key]}")


def check_dates(header: Header) -> None:
    """Warn of dates that are probably slips."""
    for key in ("Date", "Modified"):
        value = header.values.get(key)
        if value and int(value[:4]) < USUAL_YEAR:
            seen = f"{key} is in the year {int(value[:4])}"
            line = header.lines.get(key, 1)  # the file's name has no line
            header.report(line, f"{seen}. Write another year if that is a slip.", "warning")
