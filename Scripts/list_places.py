#!/usr/bin/env python3
"""Makes TallyModel's table of countries, their regions, cities and peoples.

usage: list_places.py DICT
  DICT is the folder with WordNet's data.noun and data.adj (Debian: wordnet-base, /usr/share/wordnet).
  Needs Babel, which carries the Unicode CLDR's English names of territories.
"""
import os, re, sys
from babel import Locale

TABLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Sources", "TallyModel", "Tables", "places.tsv")
NO_COUNTRIES = {"EU", "EZ", "UN", "ZZ", "XA", "XB", "QO", "AQ"}
# Synsets of WordNet 3.0 whose instances are countries, and whose are states, provinces and regions of one.
COUNTRIES = {"08544813", "08698379", "08700255", "08696931", "08701942", "08702402", "08697827"}
CITIES = {"08524735", "08665504", "08691669", "08633957", "08695539", "08695198"}
REGIONS = {"08655464", "08654360", "08939562", "08821885", "08832447", "08803382", "08552138"}
# The names that news use and neither source has in this form, and the peoples that are younger than WordNet 3.0.
OTHERS = {
    "AE": "UAE Emirati", "BA": "Bosnia Bosnian", "CD": "Congo DRC DR_Congo Congolese", "CI": "Ivory_Coast Ivorian", "CV": "Cabo_Verde",
    "CZ": "Czech_Republic Czech", "GB": "UK U.K. Britain Great_Britain British", "HK": "Hong_Kong", "KR": "South_Korean",
    "KP": "North_Korean", "ME": "Montenegrin", "MK": "Macedonia Macedonian", "MM": "Myanmar Burma Burmese", "MO": "Macau Macao",
    "NL": "Dutch", "PS": "Palestine Palestinian", "SS": "South_Sudanese", "SZ": "Swaziland", "TL": "East_Timor Timorese",
    "TR": "Turkey Turkish", "US": "US U.S. USA America American", "VA": "Vatican", "XK": "Kosovar", "LA": "Laotian", "RS": "Serbian",
    "SK": "Slovak", "SI": "Slovenian Slovene", "HR": "Croatian", "ER": "Eritrean", "UZ": "Uzbek", "KZ": "Kazakh", "TJ": "Tajik",
    "KG": "Kyrgyz", "TM": "Turkmen", "AZ": "Azerbaijani", "AM": "Armenian", "GE": "Georgian", "MD": "Moldovan", "BY": "Belarusian",
    "UA": "Ukrainian", "LT": "Lithuanian", "LV": "Latvian", "EE": "Estonian", "PH": "Filipino Philippine", "TH": "Thai",
    "SO": "Somali", "DJ": "Djiboutian", "RW": "Rwandan", "BI": "Burundian", "ML": "Malian", "NE": "Nigerien", "BF": "Burkinabe",
    "SA": "Saudi", "QA": "Qatari", "KW": "Kuwaiti", "BH": "Bahraini", "OM": "Omani", "YE": "Yemeni", "IQ": "Iraqi", "IL": "Israeli",
    "PK": "Pakistani", "BD": "Bangladeshi", "AF": "Afghan", "LK": "Sri_Lankan", "NZ": "New_Zealander", "IE": "Irish", "PL": "Polish", "MV": "Maldivian", "BT": "Bhutanese",
}
# Words that name something else as often.
AMBIGUOUS = {"centre", "champagne", "irish person", "jersey", "pole", "sark"}


def synsets(folder, name):
    for line in open(os.path.join(folder, name), encoding="utf-8"):
        if line.startswith("  "): continue
        head, gloss = line.split("|", 1)
        fields = head.split()
        count = int(fields[3], 16)
        words = [re.sub(r"\(.*\)$", "", fields[4 + 2 * i]).replace("_", " ") for i in range(count)]
        pointers = fields[5 + 2 * count:]
        links = [(mark, target) for mark, target in zip(pointers, pointers[1:]) if not mark[0].isalnum()]
        yield fields[0], words, links, gloss.strip()


def main():
    rows = {}

    def add(name, kind, country):
        name = name.replace("’", "'").strip()
        if name[:1].isupper() and name.lower() not in AMBIGUOUS: rows.setdefault(name, (kind, country))

    codes = {}
    for code, name in Locale("en").territories.items():
        if len(code) != 2 or not code.isalpha() or code in NO_COUNTRIES: continue
        plain = re.sub(r" \(.*\)| SAR China| - .*", "", name)
        for form in {plain, plain.replace(" & ", " and ")}:
            add(form, "country", code)
            codes.setdefault(form.lower(), code)
    for code, names in OTHERS.items():
        for name in names.split():
            name = name.replace("_", " ")
            isPeople = re.search(r"(an|ian|ese|ish|i|er|Dutch|Czech|Thai|Afghan|Kazakh|Tajik|Uzbek|Kyrgyz|Turkmen|Slovak|Slovene|Kosovar|Somali|Burkinabe|Filipino|Philippine|Nigerien|Montenegrin)$", name)
            kind = "people" if isPeople and name not in ("Bosnia",) else "country"
            add(name, kind, code)
            if kind == "country": codes.setdefault(name.lower(), code)
    nouns = {}
    for synset, words, links, gloss in synsets(sys.argv[1], "data.noun"):
        classes = {target for mark, target in links if mark == "@i"}
        code = next((codes[w.lower()] for w in words if w.lower() in codes), None)
        if code and classes & COUNTRIES:
            nouns[synset] = code
            for word in words:
                if len(word) > 3: add(word, "country", code)
        elif classes & (REGIONS | COUNTRIES):
            for word in words:
                if len(word) > 3: add(word, "region", "-")
        elif classes & CITIES:
            for word in words:
                if len(word) > 3: add(word, "city", "-")
        inhabitant = re.match(r"(?:a|an) (?:native|inhabitant|native or inhabitant) (?:or \w+ )?of (?:the )?([A-Z][\w .]+?)(?:;|\(|$)", gloss)
        if inhabitant and inhabitant.group(1).strip().lower() in codes:
            for word in words: add(word, "people", codes[inhabitant.group(1).strip().lower()])
    for synset, words, links, gloss in synsets(sys.argv[1], "data.adj"):
        targets = [nouns[target] for mark, target in links if mark == "\\" and target in nouns]
        if targets:
            for word in words: add(word, "people", targets[0])
    with open(TABLE, "w", encoding="utf-8") as table:
        table.write("# name\twhat it names\tISO 3166 code of the country (\"-\" where a region's is not known). Source: Unicode CLDR (https://cldr.unicode.org)\n")
        table.write("# and Princeton WordNet 3.0 (https://wordnet.princeton.edu). Made by Scripts/list_places.py.\n")
        for name in sorted(rows): table.write("\t".join((name, *rows[name])) + "\n")


main()
