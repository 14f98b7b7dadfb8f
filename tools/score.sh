#!/usr/bin/env bash
# Measures the finders against the annotated corpora that stand beside the repository, and
# prints a table with the figures of the last time (docs/score.tsv) beside those of now.
# What was missed and what was false is listed in bin/score/SET.KIND.txt.
set -euo pipefail
cd "$(dirname "$0")/.."
shared=../shared
if [ ! -f "$shared/score/score.py" ]; then
  echo "score: the corpora are not here: expected $shared with score/ and corpora/ beside this repository" >&2
  exit 1
fi
work=bin/score
rm -rf "$work" && mkdir -p "$work"
cp "$shared/corpora/gold/seed.jsonl" "$work/seed"
cat "$shared"/corpora/gold/{seed,mideast,sanctions,ukraine,world}.jsonl > "$work/gold"
cp "$shared/corpora/polnear/dev.jsonl" "$work/polnear"
for set in seed gold polnear; do
  # The day of an article says who was in office.
  sed 's/"date": "/"published": "/' "$work/$set" > "$work/$set.dated"
  bin/readout annotate "$work/$set.dated" > "$work/$set.found"
done
measure() { # set kind measures...
  python3 "$shared/score/score.py" "$2" "$work/$1" "$work/$1.found" --show > "$work/$1.$2.txt"
  python3 "$shared/score/score.py" "$2" "$work/$1" "$work/$1.found" --json | python3 tools/figures.py "$@"
}
{
  measure polnear statements attributed content_half content_exact pieces_speaker pieces_cue pieces_parts recall_by_kind spans_all
  measure seed statements attributed content_half pieces_speaker pieces_cue pieces_parts recall_by_kind speaker_name_accuracy act_accuracy
  python3 tools/figures.py verbatim "$work/seed" "$work/seed.found"
  for set in seed gold; do
    measure $set conditions with_setter fields traps
    measure $set denials with_denier fields traps
    measure $set sanctions with_imposer fields traps
    measure $set casualties found fields traps
  done
  bin/evaluate-language | python3 tools/figures.py treebank
} > "$work/now"
touch docs/score.tsv
printf '%-8s %-11s %-24s %6s %6s %6s   %s\n' set kind measure P R F1 'last time'
while IFS=$'\t' read -r set kind name p r f; do
  last=$(awk -F'\t' -v s="$set" -v k="$kind" -v n="$name" '$1==s && $2==k && $3==n {print $6}' docs/score.tsv)
  printf '%-8s %-11s %-24s %6s %6s %6s   %s\n' "$set" "$kind" "$name" "$p" "$r" "$f" "${last:--}"
done < "$work/now"
cp "$work/now" docs/score.tsv
