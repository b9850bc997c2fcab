#!/usr/bin/env python3
"""Writes the manual page tallywatch(1) out of what `tallywatch --experimental-dump-help` says of itself."""
import json
import subprocess
import sys


def plain(text):
    """Text as roff takes it: no line begins with a control character, no escape is left."""
    lines = (text or "").replace("\\", "\\e").replace("-", "\\-").splitlines()
    return "\n".join("\\&" + line if line[:1] in ".'" else line for line in lines)


def usage(argument):
    names = argument.get("names", [])
    spelled = ["--" + n["name"] if n["kind"] != "short" else "-" + n["name"] for n in names]
    value = "<" + argument.get("valueName", "value") + ">"
    if argument["kind"] == "positional":
        return value
    return ", ".join(spelled) + ("" if argument["kind"] == "flag" else " " + value)


def arguments(command):
    for argument in command.get("arguments", []):
        if not argument.get("shouldDisplay", True):
            continue
        default = argument.get("defaultValue")
        print(".TP\n.B " + plain(usage(argument)))
        print(plain(argument.get("abstract", "")) + (f" (default: {plain(default)})" if default else ""))


def section(command, path):
    name = " ".join(path)
    if command["commandName"] == "help":
        return
    print(".SS " + plain(name))
    print(plain(command.get("abstract", "")))
    if command.get("discussion"):
        print(".PP\n" + plain(command["discussion"]))
    arguments(command)
    for inner in command.get("subcommands", []):
        section(inner, path + [inner["commandName"]])


def main():
    program, version = sys.argv[1:3]
    root = json.loads(subprocess.run([program, "--experimental-dump-help"], check=True, capture_output=True).stdout)
    root = root["command"]
    print(f'.TH TALLYWATCH 1 "" "Tallywatch {version}" "User Commands"')
    print(".SH NAME\ntallywatch \\- watch the figures in the news")
    print(".SH SYNOPSIS\n.B tallywatch\n.I command\n.RI [ options ]")
    print(".SH DESCRIPTION\n" + plain(root.get("abstract", "")))
    print(".PP\n" + plain(root.get("discussion", "")))
    print(".SH COMMANDS")
    for inner in root.get("subcommands", []):
        section(inner, [inner["commandName"]])
    print(".SH FILES\n.TP\n.I /etc/tallywatch/tallywatch.yaml\nThe configuration, tallywatch.yaml(5).")
    print(".TP\n.I /var/lib/tallywatch\nThe store.\n.TP\n.I /var/log/tallywatch/alerts.jsonl\nThe alerts.")
    print(".SH SEE ALSO\n.BR tallywatch.yaml (5),\n.BR journalctl (1)")


main()
