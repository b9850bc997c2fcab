#!/usr/bin/env python3
"""Fits the weights of the same-figure test: fit_figure_weights.py --bin TALLYWATCH [--write] CLUSTER.json… [PAIRS.jsonl…]

A cluster file has {cluster, articles, claims, relations}; claims of one `figure` are of one figure. A pairs file has a row
{id, a: {text, focus, source, date}, b, relation} a line. Every pair of claims that `compare --explain` gives and the files
know is a row: its evidence, and whether both are of one figure. Pairs that a scope tells apart are left out: no weight is
asked for them. Prints what a logistic regression reaches on each file when it was fitted on the others, and with --write
puts the weights of all of them into Sources/Comparing/Tables/figure_weights.tsv. Needs numpy.
"""
import argparse
import json
import pathlib
import subprocess
import tempfile

import numpy

TABLE = pathlib.Path(__file__).parent.parent / "Sources/Comparing/Tables/figure_weights.tsv"
SAME = {"agree", "refine", "refines", "update", "contradict", "corrected"}
RIDGE = 2.0


def compare(binary, a, b):
    with tempfile.TemporaryDirectory() as folder:
        for name, article in (("a", a), ("b", b)):
            pathlib.Path(folder, name).write_text(json.dumps(article))
        run = subprocess.run(
            [binary, "compare", f"{folder}/a", f"{folder}/b", "--json", "--explain"],
            capture_output=True, text=True, check=True,
        )
    return json.loads(run.stdout)["relations"]


def equal(a, b):
    return (a is None) == (b is None) and (a is None or abs(a - b) <= 1e-6 * max(1, abs(a)))


def gold(claim, candidates):
    found = [
        g for g in candidates
        if equal(claim["low"], g["low"]) and equal(claim["high"], g["high"])
        and (claim["sentence"] in g["sentence"] or g["sentence"] in claim["sentence"])
    ]
    near = [g for g in found if claim["surface"] in g["surface"] or g["surface"] in claim["surface"]]
    return (near or found or [None])[0]


def cluster_rows(binary, cluster):
    articles = [a for a in cluster["articles"] if not a.get("revision_of") and not a.get("near_copy_of")]
    articles.sort(key=lambda a: a["published"])
    told = {(r["a"], r["b"]): r["relation"] for r in cluster["relations"]}
    claims = {a["id"]: [k for k in cluster["claims"] if k["article"] == a["id"]] for a in articles}
    for i, earlier in enumerate(articles):
        for later in articles[i + 1:]:
            documents = [{k: x[k] for k in ("title", "outlet", "published", "text")} for x in (earlier, later)]
            for row in compare(binary, *documents):
                a, b = gold(row["a"], claims[earlier["id"]]), gold(row["b"], claims[later["id"]])
                if a and b:
                    same = a["figure"] == b["figure"] or told.get((a["id"], b["id"])) in SAME
                    yield row, same, (a["id"], b["id"], earlier["id"], later["id"])


def pair_rows(binary, pairs):
    for pair in pairs:
        a, b = sorted((pair["a"], pair["b"]), key=lambda x: x.get("date") or "")
        documents = [
            {"title": "", "outlet": x.get("source"), "published": x.get("date"), "text": x["text"]} for x in (a, b)
        ]

        def covers(claim, focus):
            return focus in claim["surface"] or claim["surface"] in focus

        for row in compare(binary, *documents):
            if covers(row["a"], a["focus"]) and covers(row["b"], b["focus"]):
                yield row, pair["relation"] in SAME, (pair["id"],) * 4
                break


def fit(x, y):
    """Weights of a ridge logistic regression, the last one its bias, by Newton's method."""
    x = numpy.hstack([x, numpy.ones((len(x), 1))])
    ridge = RIDGE * numpy.eye(x.shape[1])
    ridge[-1, -1] = 0
    weights = numpy.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + numpy.exp(-x @ weights))
        step = numpy.linalg.solve(x.T @ (x * (p * (1 - p))[:, None]) + ridge, x.T @ (y - p) - ridge @ weights)
        weights += step
        if abs(step).max() < 1e-8:
            break
    return weights


def likelihood(x, weights):
    return 1 / (1 + numpy.exp(-(x @ weights[:-1] + weights[-1])))


def score(p, y, keys, threshold):
    """Precision and recall of the pairs that are the best of either of their claims."""
    best = {}
    for value, (file, (a, b, earlier, later)) in zip(p, keys):
        for key in ((file, a, later), (file, b, earlier)):
            best[key] = max(best.get(key, 0), value)
    hit = numpy.array([
        v >= threshold and (v == best[file, a, later] or v == best[file, b, earlier])
        for v, (file, (a, b, earlier, later)) in zip(p, keys)
    ])
    true = (hit & (y == 1)).sum()
    precision, recall = true / max(1, hit.sum()), true / max(1, (y == 1).sum())
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", required=True)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("files", nargs="+")
    arguments = parser.parse_args()
    rows, keys, left_out = [], [], 0
    for file in arguments.files:
        if file.endswith(".jsonl"):
            found = pair_rows(arguments.bin, map(json.loads, open(file)))
        else:
            found = cluster_rows(arguments.bin, json.load(open(file)))
        for row, same, key in found:
            if row["likeness"] == 0:
                left_out += same
                continue
            if row["a"]["predicate"] == "age":
                continue
            rows.append((row["evidence"], same))
            keys.append((file, key))
    names = [line.split("\t")[0] for line in open(TABLE) if not line.startswith("#")][1:]
    x = numpy.array([[e[n] for n in names] for e, _ in rows])
    y = numpy.array([float(s) for _, s in rows])
    files = numpy.array([f for f, _ in keys])
    p = numpy.zeros(len(y))
    for file in arguments.files:
        p[files == file] = likelihood(x[files == file], fit(x[files != file], y[files != file]))
    print(f"{len(y)} pairs, {int(y.sum())} of one figure; {left_out} of one figure were told apart by a scope")
    for threshold in (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6):
        print(f"threshold {threshold}: precision %.3f recall %.3f F1 %.3f" % score(p, y, keys, threshold))
    for file in arguments.files:
        chosen = files == file
        mine = [k for k, c in zip(keys, chosen) if c]
        print(f"{pathlib.Path(file).stem}: precision %.3f recall %.3f F1 %.3f" % score(p[chosen], y[chosen], mine, 0.25))
    weights = fit(x, y)
    if arguments.write:
        head = [line for line in open(TABLE) if line.startswith("#")]
        lines = [f"bias\t{weights[-1]:.2f}\n"] + [f"{n}\t{w:.2f}\n" for n, w in zip(names, weights)]
        TABLE.write_text("".join(head + lines))


main()
