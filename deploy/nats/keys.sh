#!/usr/bin/env bash
# Makes a key for each user of accounts.conf: DIR/<user>.nk holds the secret seed for the
# program, DIR/keys.env the public keys for the servers. Existing keys are kept.
#
#   deploy/nats/keys.sh deploy/keys
set -euo pipefail
dir=${1:?usage: keys.sh DIR}
cd "$(dirname "$0")/../.."
mkdir -p "$dir"
umask 077
: > "$dir/keys.env"
for user in system operator publisher ingester annotator notifier desk-a desk-b; do
  seed=$dir/$user.nk
  [ -s "$seed" ] || go run github.com/nats-io/nkeys/nk -gen user > "$seed"
  name=$(echo "$user" | tr 'a-z-' 'A-Z_')_NKEY
  echo "$name=$(go run github.com/nats-io/nkeys/nk -inkey "$seed" -pubout)" >> "$dir/keys.env"
done
# The programs run as another user, who has to read the seeds.
chmod 644 "$dir"/*.nk "$dir/keys.env"
echo "keys are in $dir"
