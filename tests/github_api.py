"""A stand-in for GitHub's REST API: one repository, with its Pages, its workflows and its issues."""

import json
import re
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

ROOT_PATH = "/repos/ann/shelf/"
BOT = {"login": "github-actions[bot]"}


class Stand(BaseHTTPRequestHandler):
    """Answers for the server's `state`: what is in `ways` by method and path first, then the issues."""

    def do_GET(self):
        self.handle_request(None)

    def do_POST(self):
        self.handle_request(self.read_body())

    def do_PATCH(self):
        self.handle_request(self.read_body())

    def read_body(self):
        return json.loads(self.rfile.read(int(self.headers["Content-Length"])))

    def handle_request(self, data):
        server, parts = self.server, urlsplit(self.path)
        assert parts.path.startswith(ROOT_PATH)
        name = parts.path.removeprefix(ROOT_PATH)
        server.asked.append((self.command, name, self.headers["Authorization"], data))
        if (self.command, name) in server.ways:
            return self.answer(*server.ways[self.command, name])
        if name == "issues" and self.command == "GET":
            query = parse_qs(parts.query)
            size, page = int(query["per_page"][0]), int(query["page"][0])
            assert (query["state"], query["sort"]) == (["all"], ["updated"])
            return self.answer(200, server.issues[(page - 1) * size : page * size])
        if name == "issues":
            issue = {"number": server.next_number, "state": "open", "user": BOT, **data}
            server.next_number += 1
            server.issues.insert(0, issue)
            return self.answer(201, issue)
        if match := re.fullmatch(r"issues/(\d+)", name):
            (issue,) = [each for each in server.issues if each["number"] == int(match[1])]
            issue.update(data)
            server.issues.sort(key=lambda each: each is not issue)
            return self.answer(200, issue)
        return self.answer(404, {"message": "Not Found"})

    def answer(self, status, data, headers=None):
        self.send_response(status)
        for key, value in (headers or {}).items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(json.dumps(data).encode())

    def log_message(self, *words):
        pass


@contextmanager
def serving_api():
    """Yield the server; its `asked` are the requests, its `ways` answers, its `issues` the state."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Stand)
    server.asked, server.ways, server.issues, server.next_number = [], {}, [], 1
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def make_environ(server, folder):
    """Return the variables of a run on GitHub, whose event stands in a file of a folder."""
    return {
        "GITHUB_API_URL": f"http://127.0.0.1:{server.server_port}",
        "GITHUB_REPOSITORY": "ann/shelf",
        "GITHUB_SERVER_URL": "https://github.com",
        "GITHUB_REF_NAME": "trunk",
        "GITHUB_TOKEN": "secret",
        "GITHUB_EVENT_PATH": str(folder / "event.json"),
    }
