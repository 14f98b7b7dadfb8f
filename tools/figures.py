"""Turns what the measuring programs print into lines of one table.

    figures.py SET KIND MEASURE...   reads one line of JSON as score.py prints it
    figures.py verbatim GOLD FOUND   counts the verbatim stretches that a statement holds
    figures.py treebank              reads what internal/language/evaluate prints

A line: set, kind, measure, precision, recall and F1 (or the one figure there is), with tabs.
"""
import json
import re
import sys


def line(*parts):
    print("\t".join(str(p) for p in parts))


def scores(set_name, kind, measures):
    found = json.load(sys.stdin)
    for name in measures:
        value = found.get(name)
        if value is None:
            continue
        if name == "recall_by_kind":
            for k in ("direct", "indirect", "mixed"):
                line(set_name, kind, "recall " + k, "-", "-", value[k]["attributed"])
        elif name == "fields":
            for field, x in sorted(value.items()):
                line(set_name, kind, "%s right of %d" % (field, x["asked"]), "-", "-", x["accuracy"])
        elif name == "traps":
            line(set_name, kind, "traps of %d" % value["of"], "-", "-", value["hit"])
        elif isinstance(value, dict) and "f1" in value:
            line(set_name, kind, name, value["p"], value["r"], value["f1"])
        elif isinstance(value, dict):
            for part, x in value.items():
                line(set_name, kind, name + " " + part, "-", "-", x)
        else:
            line(set_name, kind, name, "-", "-", value)


def ends(span):
    return (span["start"], span["end"]) if isinstance(span, dict) else tuple(span)


def verbatim(gold_path, found_path):
    """A stretch is found when the parts of one statement hold all of it, marks aside."""
    found = {}
    for row in open(found_path, encoding="utf-8"):
        article = json.loads(row)
        found[article["id"]] = article.get("statements") or []
    held = total = 0
    for row in open(gold_path, encoding="utf-8"):
        article = json.loads(row)
        for statement in article.get("statements") or []:
            for start, end in (ends(q) for q in statement.get("quoted") or []):
                total += 1
                words = {i for i in range(start, end) if article["text"][i].isalnum()}
                held += any(words <= {i for p in s["parts"] for i in range(*ends(p))} for s in found.get(article["id"], []))
    line("seed", "statements", "verbatim of %d" % total, "-", "-", held)


def treebank():
    for row in sys.stdin:
        m = re.match(r"(\S+(?: news)?) +given tokens: (.*?) +plain text: (.*)", row)
        if not m:
            continue
        for kind, text in (("tokens", m[2]), ("raw", m[3])):
            for name, value in re.findall(r"(\S+) ([\d.]+)", text):
                line(m[1].replace(" ", "-"), kind, name, "-", "-", value)


if __name__ == "__main__":
    if sys.argv[1] == "verbatim":
        verbatim(sys.argv[2], sys.argv[3])
    elif sys.argv[1] == "treebank":
        treebank()
    else:
        scores(sys.argv[1], sys.argv[2], sys.argv[3:])
