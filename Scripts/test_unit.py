#!/usr/bin/python3
"""Runs a daemon in what tallywatch.service makes of the system, without systemd, and looks whether everything works.

test_unit.py BINARY; needs root, and the Debian package python3-seccomp. What the unit asks of the kernel is done here by
the same means: mounts (ProtectSystem, ProtectHome, ProtectProc, ProcSubset, PrivateTmp, PrivateDevices), an own user
without capabilities or new privileges, and system call filters (SystemCallFilter, RestrictAddressFamilies,
RestrictNamespaces, MemoryDenyWriteExecute, LockPersonality, RestrictRealtime).
"""
import ctypes
import http.server
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent.parent
# Read before anything is hidden: the checkout may stand in a folder that the unit takes away.
UNIT = (HERE / "systemd/tallywatch.service").read_text().splitlines()
USER = 65534
CLONE_NEWNS, CLONE_NEWIPC = 0x00020000, 0x08000000
# Every CLONE_NEW… of clone(2).
NAMESPACES = 0x7E020000 | 0x80


def settings(key):
    """The values of a key of the unit, in order."""
    return [line.partition("=")[2] for line in UNIT if line.partition("=")[0] == key]


def calls(group):
    """The system calls of a group of systemd's, whole."""
    text = subprocess.run(["systemd-analyze", "syscall-filter", group], check=True, capture_output=True, text=True)
    names = set()
    for line in text.stdout.splitlines()[1:]:
        word = line.strip()
        if word.startswith("@"):
            names |= calls(word)
        elif word and not word.startswith("#"):
            names.add(word)
    return names


def allowed_calls():
    allowed = set()
    for value in settings("SystemCallFilter"):
        for word in value.lstrip("~").split():
            named = calls(word) if word.startswith("@") else {word}
            allowed = allowed - named if value.startswith("~") else allowed | named
    return allowed


def filter_calls(allowed):
    """Loads the filters of the unit for this process and its children."""
    import seccomp
    from seccomp import Arg, EQ, MASKED_EQ, NE

    denied = seccomp.ERRNO(1)
    calls_filter = seccomp.SyscallFilter(denied)
    for name in sorted(allowed):
        try:
            calls_filter.add_rule(seccomp.ALLOW, name)
        except (RuntimeError, OSError, ValueError):
            pass  # Of another machine.
    restrictions = seccomp.SyscallFilter(seccomp.ALLOW)
    families = settings("RestrictAddressFamilies")[0].split()
    numbers = {getattr(socket, name).value for name in families}
    for family in range(0, 46):
        if family not in numbers:
            restrictions.add_rule(seccomp.ERRNO(97), "socket", Arg(0, EQ, family))
    # MemoryDenyWriteExecute
    restrictions.add_rule(denied, "mmap", Arg(2, MASKED_EQ, 6, 6))
    restrictions.add_rule(denied, "mprotect", Arg(2, MASKED_EQ, 4, 4))
    restrictions.add_rule(denied, "pkey_mprotect", Arg(2, MASKED_EQ, 4, 4))
    restrictions.add_rule(denied, "shmat", Arg(2, MASKED_EQ, 0o100000, 0o100000))
    # RestrictNamespaces
    for bit in range(64):
        if NAMESPACES & (1 << bit):
            for name in ("clone", "unshare"):
                restrictions.add_rule(denied, name, Arg(0, MASKED_EQ, 1 << bit, 1 << bit))
    restrictions.add_rule(denied, "setns")
    restrictions.add_rule(seccomp.ERRNO(38), "clone3")
    # LockPersonality, RestrictRealtime
    restrictions.add_rule(denied, "personality", Arg(0, NE, 0))
    restrictions.add_rule(denied, "sched_setscheduler", Arg(1, NE, 0))
    restrictions.load()
    # Last: it denies the call that loads filters.
    calls_filter.load()


def mount(*arguments):
    subprocess.run(["mount", *arguments], check=True)


def confine(folder, allowed):
    """Makes the calling process what the unit makes of the daemon; `folder` is all that it may write."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWNS | CLONE_NEWIPC) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    mount("--make-rprivate", "/")
    mount("-t", "proc", "-o", "subset=pid,hidepid=invisible", "proc", "/proc")
    for path in ("/tmp", "/var/tmp"):
        mount("-t", "tmpfs", "-o", "nosuid,nodev,mode=1777", "tmpfs", path)
    for path in ("/root", "/home"):
        mount("-t", "tmpfs", "-o", "mode=000", "tmpfs", path)
    mount("--rbind", "/", "/")
    mount("-o", "remount,bind,ro", "/")
    os.chdir("/")
    mount("--bind", folder, folder)
    mount("-o", "remount,bind,rw", folder)
    os.setgroups([])
    for capability in range(64):
        libc.prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP
    os.setresgid(USER, USER, USER)
    os.setresuid(USER, USER, USER)
    libc.prctl(38, 1, 0, 0, 0)  # PR_SET_NO_NEW_PRIVS
    os.umask(0o027)
    filter_calls(allowed)


def told(work, *arguments):
    """Says why work failed, which a child before its program cannot otherwise."""
    try:
        work(*arguments)
    except BaseException:
        traceback.print_exc()
        raise


class Site(http.server.BaseHTTPRequestHandler):
    """A feed with two articles that contradict each other, and a webhook."""

    hooks = []
    protocol_version = "HTTP/1.1"

    def answer(self, body, kind):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        samples = sorted((HERE / "Config/samples").glob("*.html"))[:4]
        if self.path == "/feed.xml":
            items = "".join(f"<item><title>Entry</title><link>/{file.name}</link></item>" for file in reversed(samples))
            feed = f'<rss version="2.0"><channel><title>Feed</title><link>/</link>{items}</channel></rss>'
            return self.answer(feed.encode(), "application/rss+xml")
        for file in samples:
            if self.path == "/" + file.name:
                return self.answer(file.read_bytes(), "text/html; charset=utf-8")
        self.answer(b"", "text/plain")

    def do_POST(self):
        Site.hooks.append(json.loads(self.rfile.read(int(self.headers["Content-Length"])))["id"])
        self.answer(b"", "text/plain")

    def log_message(self, *_):
        pass


def until(condition, what):
    for _ in range(600):
        try:
            if condition():
                return
        except (OSError, ValueError):
            pass
        time.sleep(0.05)
    raise SystemExit(f"test_unit: {what} did not happen within 30 s")


def main():
    probe = ["unshare", "--mount", "mount", "-t", "proc", "-o", "subset=pid", "proc", "/proc"]
    if os.geteuid() != 0 or subprocess.run(probe, capture_output=True).returncode != 0:
        print("test_unit: skipped, nothing can be mounted here")
        return
    folder = tempfile.mkdtemp(prefix="tallywatch-unit-", dir="/var/lib")
    try:
        try_in(folder, pathlib.Path(sys.argv[1]).resolve())
    finally:
        shutil.rmtree(folder)


def try_in(folder, binary):
    os.chmod(folder, 0o755)
    program = f"{folder}/tallywatch"
    shutil.copy(binary, program)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    site = f"http://127.0.0.1:{server.server_port}"
    state = f"{folder}/state"
    os.mkdir(state)
    os.chown(state, USER, USER)
    config = f"{folder}/tallywatch.yaml"
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with open(config, "w") as file:
        file.write(f"""store: sqlite://{state}/tallywatch.db
network: {{allow: ["127.0.0.0/8"]}}
sources: [{{name: wire, url: "{site}/feed.xml", every: 1s}}]
service: {{listen: "127.0.0.1:{port}"}}
alerts:
  first_poll: alert
  log: {{path: {state}/alerts.jsonl}}
  webhooks: [{{name: desk, url: "{site}/hook", secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw}}]
  sinks: [{{name: script, type: command, command: [/usr/bin/tee, -a, {state}/script]}}]
""")
    allowed = allowed_calls()
    journal = open(f"{folder}/journal", "w+")
    # libdispatch writes to syslog otherwise.
    daemon = subprocess.Popen(
        [program, "run", "--config", config], stderr=journal, env={**os.environ, "LIBDISPATCH_LOG": "stderr"},
        preexec_fn=lambda: told(confine, folder, allowed),
    )

    def lines():
        return [json.loads(line)["id"] for line in open(f"{state}/alerts.jsonl")]

    def text(path):
        return urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5).read().decode()

    try:
        until(lambda: len(lines()) > 1, "alerts in the log")
        until(lambda: set(Site.hooks) == set(lines()), "the webhooks")
        until(lambda: all(id in open(f"{state}/script").read() for id in lines()), "the command")
        until(lambda: "tallywatch_alerts_total" in text("/metrics") and text("/readyz") == "ready\n", "the metrics")
        if shutil.which("promtool"):
            subprocess.run(["promtool", "check", "metrics"], input=text("/metrics"), text=True, check=True)
        else:
            print("test_unit: promtool is not installed, the metrics were not checked with it")
        alert = lines()[0]
        subprocess.run([program, "ack", alert, "--config", config], check=True, stdout=subprocess.DEVNULL)
        os.rename(f"{state}/alerts.jsonl", f"{state}/alerts.jsonl.1")
        daemon.send_signal(signal.SIGHUP)
        until(lambda: os.path.exists(f"{state}/alerts.jsonl"), "a new log after SIGHUP")
        subprocess.run([program, "backup", f"{state}/copy.db", "--config", config], check=True, stdout=subprocess.DEVNULL)
        status = open(f"/proc/{daemon.pid}/status").read()
        for line in ("Seccomp:\t2", "NoNewPrivs:\t1", "CapEff:\t0000000000000000", "CapBnd:\t0000000000000000"):
            if line not in status:
                raise SystemExit(f"test_unit: the daemon is not confined: {line} is missing")
        daemon.terminate()
        if daemon.wait(timeout=60) != 0:
            raise SystemExit(f"test_unit: the daemon ended with {daemon.returncode}")
    finally:
        if daemon.poll() is None:
            daemon.kill()
        journal.seek(0)
        said = journal.read()
        print(said, end="")
    # Error 13, once, is that of libdispatch's own thread for timers and sockets, which no ordinary user may raise.
    if "errno=1\n" in said:
        raise SystemExit("test_unit: a system call that the unit forbids is wanted")
    print(f"test_unit: polled, logged, sent, ran a command, was reloaded and stopped with {len(allowed)} system calls")


main()
