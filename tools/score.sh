#!/usr/bin/env bash
# Measures the finders against the annotated corpora that stand beside the repository, and
# prints a table with the figures of the last time (docs/score.tsv) beside those of now.
set -euo pipefail
cd "$(dirname "$0")/.."
shared=../shared
if [ ! -f "$shared/score/score.py" ]; then
  echo "score: the corpora are not here: expected $shared with score/ and corpora/ beside this repository" >&2
  exit 1
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
gold=$shared/corpora/gold
cat "$gold"/seed.jsonl > "$work/seed"
cat "$gold"/mideast.jsonl "$gold"/sanctions.jsonl "$gold"/ukraine.jsonl "$gold"/world.jsonl > "$work/gold"
cat "$shared"/corpora/polnear/dev.jsonl > "$work/polnear"
for set in seed gold polnear; do
  # The day of an article says who was in office.
  sed 's/"date": "/"published": "/' "$work/$set" > "$work/$set.dated"
  bin/readout annotate "$work/$set.dated" > "$work/$set.found"
done
measure() { # set kind measure
  python3 "$shared/score/score.py" "$2" "$work/$1" "$work/$1.found" --json |
    python3 -c 'import json,sys; m=json.load(sys.stdin)["'"$3"'"]; print("%s\t%s\t%s\t%s\t%s\t%s" % ("'"$1"'","'"$2"'","'"$3"'",m["p"],m["r"],m["f1"]))'
}
{
  for set in seed polnear; do
    for name in attributed content_half pieces_speaker pieces_cue pieces_parts; do measure $set statements $name; done
  done
  for set in seed gold; do
    measure $set conditions with_setter
    measure $set denials with_denier
    measure $set sanctions with_imposer
    measure $set casualties found
  done
} > "$work/now"
touch docs/score.tsv
printf '%-8s %-11s %-14s %6s %6s %6s   %s\n' set kind measure P R F1 'F1 last time'
while IFS=$'\t' read -r set kind name p r f; do
  last=$(awk -F'\t' -v s="$set" -v k="$kind" -v n="$name" '$1==s && $2==k && $3==n {print $6}' docs/score.tsv)
  printf '%-8s %-11s %-14s %6s %6s %6s   %s\n' "$set" "$kind" "$name" "$p" "$r" "$f" "${last:--}"
done < "$work/now"
cp "$work/now" docs/score.tsv
