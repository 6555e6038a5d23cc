#!/bin/sh
# Write run.txt and dev.txt anew from pyproject.toml; see README.md beside. Arguments go to uv.
set -eu
cd "$(dirname "$0")/.."

compile() {
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
        --custom-compile-command "sh requirements/renew.sh" "$@"
}

compile pyproject.toml --output-file requirements/run.txt "$@"
compile --group dev --constraint requirements/run.txt --output-file requirements/dev.txt "$@"

# The pin of Intel Macs alone is indented: a script that takes a pin from each line finds one for each name.
for file in requirements/run.txt requirements/dev.txt; do
    sed "s/^pikepdf==.* sys_platform == 'darwin'/  &/" "$file" > "$file.new" # on a Mac, -i is another option
    mv "$file.new" "$file"
done
