#!/usr/bin/env python3
"""Lists the nouns that name a person in their most frequent sense, out of WordNet 3.0, into Extracting's tables.

usage: list_person_nouns.py DICT
  DICT is the folder with index.noun and data.noun (Debian: wordnet-base, /usr/share/wordnet).
"""
import os, re, sys

PERSON = "00007846"
TABLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Sources", "Extracting", "Tables", "person_nouns.tsv")


def hypernyms(folder):
    parents = {}
    for line in open(os.path.join(folder, "data.noun")):
        if line.startswith("  "): continue
        fields = line.split("|")[0].split()
        words = int(fields[3], 16)
        pointers = fields[5 + 2 * words:]
        parents[fields[0]] = [p for mark, p in zip(pointers, pointers[1:]) if mark == "@"]
    return parents


def main():
    folder = sys.argv[1]
    parents = hypernyms(folder)

    def is_person(synset):
        return synset == PERSON or any(is_person(p) for p in parents.get(synset, []))

    nouns = []
    for line in open(os.path.join(folder, "index.noun")):
        if line.startswith("  "): continue
        fields = line.split()
        senses = fields[-int(fields[2]):]
        # Names of single people are instances, which have no word of their own in a count.
        if re.fullmatch(r"[a-z]+(-[a-z]+)*", fields[0]) and len(fields[0]) > 2 and is_person(senses[0]):
            nouns.append(fields[0])
    with open(TABLE, "w") as table:
        table.write("# Source: Princeton WordNet 3.0 (https://wordnet.princeton.edu/license-and-commercial-use): nouns whose first\n"
                    "# sense is a kind of person. Made by Scripts/list_person_nouns.py.\n")
        table.writelines(noun + "\n" for noun in sorted(nouns))


main()
