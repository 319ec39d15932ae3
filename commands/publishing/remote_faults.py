"""What a remote or the way to it refuses, in plain words with a remedy."""

import re
import shlex

from catalogue.problems import format_name
from commands.publishing.git import GitFault

# What git says of a repository of another user, before and since 2.38.
UNTRUSTED = r"dubious ownership in repository|unsafe repository"
# What is looked for in git's words, and what is said instead; the first that is found counts.
CAUSES = (
    (
        UNTRUSTED,
        "the repository of {remote} belongs to another user, and git does not trust it ({reason}). If it is "
        "yours, type, on the computer where it lies: {trust}, then the same command again here.",
    ),
    (
        r"fetch first|non-fast-forward|stale info|cannot lock ref.*(?:but expected|already exists)",
        "{remote} has moved on meanwhile, from another computer or on the web. Type: "
        "{pull}, then the same command again.",
    ),
    (
        r"GH001|exceeds GitHub's file size limit|larger than(?! GitHub's recommended)|too large",
        "{remote} takes no file of this size ({reason}). Take the file out of content/, or make it "
        "smaller, then type the same command again.",
    ),
    (
        r"GH00[69]|protected branch|rule violations|pre-receive hook declined|hook declined",
        "a rule of {remote} refuses this ({reason}). On GitHub the rules are in Settings → Rules and "
        "Settings → Branches: allow yourself to push there, then type the same command again.",
    ),
    (
        # Of a file or folder; `ann@host: Permission denied` is said of a key.
        r"insufficient permission for adding|"
        r"(?:create|write|open|append|mkdir|rename|unlink)[^\n]*: Permission denied",
        "git is not allowed to write there ({reason}). Give yourself the right to write there, then type "
        "the same command again.",
    ),
    (
        r"UNPROTECTED PRIVATE KEY FILE|Bad owner or permissions on",
        "the program ssh does not use a file that is not yours alone ({file}). Type: chmod 600 {file}, or, "
        "if another user owns it: sudo chown $USER {file}, then the same command again.",
    ),
    (
        "Host key verification failed",
        "this computer does not know the key of {remote}, or knows another ({reason}). Type: git fetch "
        "{remote}, and answer yes if the key is the one that its host publishes (GitHub's: "
        "https://docs.github.com/authentication/keeping-your-account-and-data-secure/"
        "githubs-ssh-key-fingerprints), then the same command again.",
    ),
    (
        r"Authentication failed|could not read (?:Username|Password)|terminal prompts disabled|"
        r"Permission denied|Permission to .* denied|error: 403|returned error: 401|"
        r"Invalid username",
        "{remote} does not let you in ({reason}). Sign in, by: gh auth login, or with a key (see "
        "https://docs.github.com/authentication), then type the same command again.",
    ),
    (
        r"No space left|Disk quota|unable to write|out of disk",
        "there is no room to write ({reason}). Make room on the disk, then type the same command again.",
    ),
    (
        r"cannot lock ref|\.lock': File exists|Unable to create '.*\.lock'",
        "{remote} is at work on this branch, or was stopped there ({reason}). Wait a minute, then type "
        "the same command again.",
    ),
    (
        r"does not support --atomic|does not support",
        "{remote} cannot take the texts and the site in one step ({reason}). Publish without --branch.",
    ),
    (
        r"remote rejected|\[rejected\]|deny|declined",
        "{remote} refuses this ({reason}). Mend that there, then type the same command again.",
    ),
    (
        r"Repository not found|does not appear to be a git repository|not found|No such remote|"
        r"returned error: 404",
        "{remote} is no repository, or none that you may see. Look at its address by: git remote -v, "
        "and change it by: git remote set-url {remote} ADDRESS.",
    ),
    (
        r"SSL certificate|certificate verif",
        "this computer does not trust the certificate of {remote} ({reason}). Look whether its clock is "
        "right; if it is, ask who runs this network, then type the same command again.",
    ),
    (
        r"Could not resolve|Could not connect|Failed to connect|unable to access|timed out|"
        r"Connection (?:refused|reset|closed)|Network is unreachable|No route to host|"
        r"hung up|early EOF",
        "{remote} cannot be reached ({reason}). Look whether this computer is on the network, then type "
        "the same command again.",
    ),
    (  # what git says after whatever ended the way, such as ssh
        r"Could not read from remote",
        "{remote} cannot be read ({reason}). Mend that, and look whether its address is right, by: git "
        "remote -v, then the same command again.",
    ),
)
NO_CAUSE = (
    r"(?!)",
    "git cannot do this with {remote} ({reason}). Mend that, then type the same command again.",
)
# The longest reason, in characters, and how many of its first ones are left of a longer one.
LONGEST, FIRST = 160, 60
REJECTED = re.compile(r"! \[(?:remote )?rejected\].*?\((.+)\)\s*$", re.MULTILINE)
TRUST = re.compile(
    r"^(?:remote:)?\s*(git config --global --add safe\.directory .+?)\s*$", re.MULTILINE
)
KEPT = re.compile(
    r"^(?:Permissions (?:\d+ )?for|Bad owner or permissions on) '?(.+?)'?(?: are too open\.)?\s*$",
    re.MULTILINE,
)
TOLD = re.compile(r"^remote:\s*(?:(?:fatal|error):\s*)?(\S.*?)\s*$", re.MULTILINE)


def format_pull(remote: str, branch: str) -> str:
    """Return what to type to have here what a branch of a remote has, with one's own work kept."""
    return f"git pull --rebase --autostash {format_name(remote)} {format_name(branch)}"


def explain_remote(fault: GitFault, remote: str, branch: str) -> str:
    """Return in a sentence or two what a remote or the way to it refuses, and what to do.

    `remote` and `branch` are the names of where the texts are published to.
    """
    found = (cause for cause in CAUSES if re.search(cause[0], fault.said, re.IGNORECASE))
    pattern, sentence = next(found, NO_CAUSE)
    text = sentence.format(
        remote=format_name(remote),
        reason=find_reason(fault, pattern),
        pull=format_pull(remote, branch),
        trust=find_trust(fault),
        file=find_file(fault),
    )
    return text if text.startswith(remote) else text[0].upper() + text[1:]


def find_trust(fault: GitFault) -> str:
    """Return what to type so that git trusts a repository: what it says itself, with the right path."""
    told = TRUST.search(fault.said)
    return format_name(told[1]) if told else "git config --global --add safe.directory PATH"


def find_file(fault: GitFault) -> str:
    """Return the file that ssh does not use, as it is typed in a command."""
    told = KEPT.search(fault.said)
    return shlex.quote(format_name(told[1])) if told else "FILE"


def find_reason(fault: GitFault, pattern: str) -> str:
    """Return the words of the remote itself; where it has none, those of git.

    Of several lines that is the last which has what is looked for: the first may be but a heading.
    """
    told = TOLD.findall(fault.said)
    named = [line for line in told if re.search(pattern, line, re.IGNORECASE)]
    rejected = REJECTED.search(fault.said)
    reason = (
        named[-1] if named else told[0] if told else rejected[1] if rejected else fault.first_line
    )
    return cut_middle(format_name(reason)).rstrip(".")


def cut_middle(text: str) -> str:
    """Return a text without so many words in its middle as are too many: what is wrong stands at an end."""
    if len(text) <= LONGEST:
        return text
    start, end = text[: FIRST + 1], text[FIRST - LONGEST + len(" … ") - 1 :]
    start = start.rpartition(" ")[0] or start[:FIRST]
    return f"{start} … {end.partition(' ')[2] or end[1:]}"
