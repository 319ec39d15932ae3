"""The open pages of a preview are told what was saved since they were drawn, and no page twice."""

import json

import pytest

from commands.serving.site_process import SiteProcess
from commands.serving.updates import Updates


def read_saved(updates, known):
    return json.loads(updates.read(known)[1])["saved"]


def test_a_page_is_told_what_was_saved_while_it_was_loaded():
    updates = Updates()
    updates.publish()
    drawn = updates.version
    updates.publish(addresses=["/about/"])
    updates.publish()
    assert read_saved(updates, updates.find_number(drawn)) == ["/about/"]


def test_a_page_that_was_drawn_after_a_save_is_not_told_of_it():
    updates = Updates()
    updates.publish(addresses=["/about/"])
    updates.publish()
    assert read_saved(updates, updates.find_number(updates.version)) == []


def test_of_two_saves_the_last_is_told():
    updates = Updates()
    drawn = updates.version
    updates.publish(addresses=["/posts/a/"])
    updates.publish(addresses=["/about/"])
    assert read_saved(updates, updates.find_number(drawn)) == ["/about/"]


@pytest.mark.parametrize(
    "version", ["", "-", "x", "0", "{name}", "{name}-", "{name}--1", "other-1"]
)
def test_a_page_of_no_known_state_is_told_of_no_save(version):
    updates = Updates()
    updates.publish(addresses=["/about/"])
    known = updates.find_number(version.format(name=updates.name))
    assert known is None
    assert read_saved(updates, known) == []


@pytest.mark.parametrize("number", ["9" * 5000, "²", "1.0", " 1", "1\n"])
def test_what_is_no_number_of_a_state_is_none(number):
    updates = Updates()
    assert updates.find_number(f"{updates.name}-{number}") is None


class Wire:
    """A connection that keeps what is sent."""

    def __init__(self):
        self.sent = []

    def send(self, message):
        self.sent.append(message)


class Site:
    """A site in which every text can be shown at once, at an address that is its path."""

    def __init__(self, content):
        self.memory, self.problems, self.content, self.catalogue = self, [], content, None

    def is_nothing(self, path):
        return False

    def update_text(self, path):
        return path != "new.md"

    def update(self):
        self.catalogue = None

    def find_addresses(self, paths):
        return [f"/{path}/" for path in paths]


def test_a_save_that_was_told_is_not_told_again_with_the_next(tmp_path, monkeypatch):
    wire = Wire()
    process = SiteProcess(Wire(), wire, Site(tmp_path))
    monkeypatch.setattr(process, "print_report", lambda fault: None)
    process.follow(["a.md"])
    process.follow(["b.md"])
    process.update()
    process.follow(["new.md"])
    monkeypatch.setattr("commands.serving.site_process.wait", lambda *_: [])
    process.update()
    told = [list(each.addresses) for each in wire.sent]
    assert told == [["/a.md/"], ["/b.md/"], [], ["/new.md/"]]
