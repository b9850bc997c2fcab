#!/usr/bin/env python3
"""Makes Extracting's tables of WordNet: the kinds of nouns, the verbs, and their irregular forms.

usage: list_wordnet_tables.py DICT
  DICT is the folder with WordNet's index.noun, data.noun, index.verb and verb.exc (Debian: wordnet-base,
  /usr/share/wordnet).
"""
import os, re, sys

# Synsets of WordNet 3.0, the special before the general.
KINDS = [("people", "00007846"), ("aircraft", "02686568"), ("item", "03343853"), ("animal", "00015388"),
         ("event", "07283608"), ("event", "07288639"), ("event", "00972621"), ("event", "00122661"), ("event", "00766234")]
TABLES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Sources", "Extracting", "Tables")
SOURCE = "Princeton WordNet 3.0 (https://wordnet.princeton.edu/license-and-commercial-use)"
WORD = re.compile(r"[a-z]+(-[a-z]+)*")


def write(name, heading, rows):
    with open(os.path.join(TABLES, name), "w") as table:
        table.write(f"# {heading}. Source: {SOURCE}.\n# Made by Scripts/list_wordnet_tables.py.\n")
        table.writelines(row + "\n" for row in sorted(rows))


def hypernyms(folder):
    parents = {}
    for line in open(os.path.join(folder, "data.noun")):
        if line.startswith("  "): continue
        fields = line.split("|")[0].split()
        pointers = fields[5 + 2 * int(fields[3], 16):]
        # Instances are names of single things, which are not counted.
        parents[fields[0]] = [p for mark, p in zip(pointers, pointers[1:]) if mark == "@"]
    return parents


def entries(folder, name):
    for line in open(os.path.join(folder, name)):
        if not line.startswith("  "): yield line.split()


def main():
    folder = sys.argv[1]
    parents = hypernyms(folder)

    def ancestors(synset):
        yield synset
        for parent in parents.get(synset, []): yield from ancestors(parent)

    kinds = []
    for fields in entries(folder, "index.noun"):
        if not WORD.fullmatch(fields[0]) or len(fields[0]) < 3: continue
        above = set(ancestors(fields[-int(fields[2])]))
        kind = next((name for name, synset in KINDS if synset in above), None)
        if kind: kinds.append(f"{fields[0]}\t{kind}")
    write("noun_kinds.tsv", "noun\tkind of its most frequent sense", kinds)

    verbs = {fields[0] for fields in entries(folder, "index.verb") if WORD.fullmatch(fields[0])}
    write("verbs.tsv", "verb in its base form", verbs)
    forms = [fields for fields in entries(folder, "verb.exc") if WORD.fullmatch(fields[0]) and fields[1] in verbs]
    write("verb_forms.tsv", "irregular form\tbase", [f"{form[0]}\t{form[1]}" for form in forms])


main()
