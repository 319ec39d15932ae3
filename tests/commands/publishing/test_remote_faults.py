"""What git says of a remote is told in a sentence with what to do."""

import pytest

from commands.publishing.git import GitFault
from commands.publishing.remote_faults import explain_remote

SAID = {
    "no password": (
        "fatal: could not read Username for 'https://github.com': terminal prompts disabled",
        "origin does not let you in (could not read Username for 'https://github.com': terminal "
        "prompts disabled). Sign in, by: gh auth login",
    ),
    "a wrong password": (
        "remote: Invalid username or password.\n"
        "fatal: Authentication failed for 'https://github.com/ann/blog.git/'",
        "origin does not let you in (Invalid username or password).",
    ),
    "no right to write": (
        "remote: Permission to ann/blog.git denied to bea.\n"
        "fatal: unable to access 'https://github.com/ann/blog.git/': The requested URL returned "
        "error: 403",
        "origin does not let you in (Permission to ann/blog.git denied to bea).",
    ),
    "no key": (
        "git@github.com: Permission denied (publickey).\n"
        "fatal: Could not read from remote repository.",
        "origin does not let you in",
    ),
    "a remote without the right to write": (
        "error: insufficient permission for adding an object to repository database ./objects\n"
        "fatal: unpack failed",
        "Git is not allowed to write there (insufficient permission for adding an object to repository "
        "database ./objects). Give yourself the right to write there, then type the same command again.",
    ),
    "no network": (
        "fatal: unable to access 'https://github.com/ann/blog.git/': Could not resolve host: "
        "github.com",
        "origin cannot be reached",
    ),
    "a way that is not known": (
        "ssh: connect to host github.com port 22: No route to host\n"
        "fatal: Could not read from remote repository.",
        "origin cannot be reached (ssh: connect to host github.com port 22: No route to host). Look "
        "whether this computer is on the network,",
    ),
    "a key that others may read": (
        "@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@\n"
        "@         WARNING: UNPROTECTED PRIVATE KEY FILE!          @\n"
        "@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@\n"
        "Permissions 0644 for '/home/ann/.ssh/id_ed25519' are too open.\n"
        "git@github.com: Permission denied (publickey).\n"
        "fatal: Could not read from remote repository.",
        "The program ssh does not use a file that is not yours alone (/home/ann/.ssh/id_ed25519). "
        "Type: chmod 600 /home/ann/.ssh/id_ed25519, or, if another user owns it: sudo chown $USER "
        "/home/ann/.ssh/id_ed25519, then the same command again.",
    ),
    "settings of ssh that others may change": (
        "Bad owner or permissions on /home/ann/.ssh/config\n"
        "fatal: Could not read from remote repository.",
        "The program ssh does not use a file that is not yours alone (/home/ann/.ssh/config). ",
    ),
    "a host whose key is not known": (
        "Host key verification failed.\nfatal: Could not read from remote repository.",
        "This computer does not know the key of origin, or knows another (Host key verification "
        "failed). Type: git fetch origin, and answer yes if the key is the one that its host publishes "
        "(GitHub's: https://docs.github.com/authentication/keeping-your-account-and-data-secure/"
        "githubs-ssh-key-fingerprints), then the same command again.",
    ),
    "a host that has another key than before": (
        "@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@\n"
        "@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\n"
        "@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@\n"
        "Host key verification failed.\nfatal: Could not read from remote repository.",
        "This computer does not know the key of origin, or knows another (WARNING: REMOTE HOST "
        "IDENTIFICATION HAS CHANGED!).",
    ),
    "a certificate that is not trusted": (
        "fatal: unable to access 'https://github.com/ann/blog.git/': SSL certificate problem: unable to "
        "get local issuer certificate",
        "This computer does not trust the certificate of origin (unable to access "
        "'https://github.com/ann/blog.git/': SSL certificate problem: unable to get local issuer "
        "certificate). Look whether its clock is right; if it is, ask who runs this network,",
    ),
    "a way that ends for a reason of its own": (
        "command-line line 0: Bad configuration option: keys\n"
        "fatal: Could not read from remote repository.",
        "origin cannot be read (command-line line 0: Bad configuration option: keys). Mend that, and look "
        "whether its address is right, by: git remote -v, then the same command again.",
    ),
    "a repository that is none": (
        "remote: Repository not found.\nfatal: repository 'https://github.com/a/b.git/' not found",
        "origin is no repository, or none that you may see. Look at its address by: git remote -v, "
        "and change it by: git remote set-url origin ADDRESS.",
    ),
    "a repository of another user": (
        "fatal: detected dubious ownership in repository at '/media/stick/my blog.git'\n"
        "To add an exception for this directory, call:\n\n"
        "\tgit config --global --add safe.directory '/media/stick/my blog.git'\n"
        "fatal: Could not read from remote repository.",
        "The repository of origin belongs to another user, and git does not trust it (detected dubious "
        "ownership in repository at '/media/stick/my blog.git'). If it is yours, type, on the computer "
        "where it lies: git config --global --add safe.directory '/media/stick/my blog.git', then the "
        "same command again here.",
    ),
    "a repository of another user, in the words of an older git": (
        "fatal: unsafe repository ('/media/blog.git' is owned by someone else)\n"
        "To add an exception for this directory, call:\n\n"
        "\tgit config --global --add safe.directory /media/blog.git\n"
        "fatal: Could not read from remote repository.",
        "The repository of origin belongs to another user, and git does not trust it (unsafe repository "
        "('/media/blog.git' is owned by someone else)). If it is yours, type, on the computer where it "
        "lies: git config --global --add safe.directory /media/blog.git, then",
    ),
    "a repository of another user, without what to type": (
        "fatal: detected dubious ownership in repository at '/media/blog.git'",
        "The repository of origin belongs to another user, and git does not trust it (detected dubious "
        "ownership in repository at '/media/blog.git'). If it is yours, type, on the computer where it "
        "lies: git config --global --add safe.directory PATH, then",
    ),
    "a file of more than 100 MB": (
        "remote: error: GH001: Large files detected.\n"
        "remote: error: File content/images/film.mp4 is 143.00 MB; this exceeds GitHub's file size "
        "limit of 100.00 MB\n"
        "! [remote rejected] main -> main (pre-receive hook declined)",
        "origin takes no file of this size (File content/images/film.mp4 is 143.00 MB; this exceeds "
        "GitHub's file size limit of 100.00 MB). Take the file out of content/,",
    ),
    "a protected branch, and a file that is but large": (
        "remote: warning: File content/images/film.mp4 is 63.00 MB; this is larger than GitHub's "
        "recommended maximum file size of 50.00 MB\n"
        "remote: error: GH006: Protected branch update failed for refs/heads/main.\n"
        "! [remote rejected] main -> main (protected branch hook declined)",
        "A rule of origin refuses this (GH006: Protected branch update failed for refs/heads/main).",
    ),
    "a long address before the reason": (
        f"fatal: unable to access 'https://git.example.org/{'a' * 200}.git/': SSL certificate problem: "
        "unable to get local issuer certificate",
        "This computer does not trust the certificate of origin (unable to access … SSL certificate "
        "problem: unable to get local issuer certificate). Look whether",
    ),
    "a long reason": (
        f"fatal: the {'moon ' * 50}is in the wrong quarter",
        f"Git cannot do this with origin (the {'moon ' * 11}… {'moon ' * 14}is in the wrong quarter). "
        "Mend that,",
    ),
    "a reason in one long word": (
        f"fatal: {'x' * 200}",
        f"Git cannot do this with origin ({'x' * 60} … {'x' * 97}). Mend that,",
    ),
    "a protected branch": (
        "remote: error: GH006: Protected branch update failed for refs/heads/main.\n"
        "! [remote rejected] main -> main (protected branch hook declined)",
        "A rule of origin refuses this (GH006: Protected branch update failed for refs/heads/main).",
    ),
    "a remote that has moved": (
        "error: failed to push some refs\n!\tabc:refs/heads/main\t[rejected] (fetch first)",
        "origin has moved on meanwhile, from another computer or on the web. Type: "
        "git pull --rebase --autostash origin main, then the same command again.",
    ),
    "a lease that is over": (
        "!\tabc:refs/heads/gh-pages\t[rejected] (stale info)",
        "origin has moved on meanwhile",
    ),
    "a full disk": (
        "error: file write error: No space left on device\nfatal: unable to write loose object file",
        "There is no room to write (file write error: No space left on device).",
    ),
    "a remote at work": (
        "!\tabc:refs/heads/main\t[remote rejected] (cannot lock ref 'refs/heads/main': Unable to "
        "create '/x/main.lock': File exists.)",
        "origin is at work on this branch, or was stopped there",
    ),
    "an old kind of server": (
        "fatal: the receiving end does not support --atomic push",
        "origin cannot take the texts and the site in one step",
    ),
    "what nobody knows": (
        "fatal: the moon is in the wrong quarter",
        "Git cannot do this with origin (the moon is in the wrong quarter).",
    ),
    "nothing at all": ("", "Git cannot do this with origin (git gave no reason)."),
}


@pytest.mark.parametrize("name", SAID)
def test_git_s_words_become_a_sentence(name):
    said, sentence = SAID[name]
    told = explain_remote(GitFault(said), "origin", "main")
    assert told.startswith(sentence)
    assert told.endswith((".", "ADDRESS"))
    assert "fatal:" not in told


def test_no_control_character_of_a_remote_reaches_the_terminal():
    told = explain_remote(GitFault("remote: \x1b[2Jgone\nfatal: hung up"), "origin", "main")
    assert "\x1b" not in told
