# shellcheck shell=bash
# What the static checks share. They run from the root of the project; `problem` says what is wrong, and the status at
# the end is 1 when there was one.
set -uo pipefail
shopt -s nullglob

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
cd "$root" || exit
problems=0

for part in say packages sources arginfo lexicon rules variants php-source; do
	# shellcheck source=/dev/null
	. "$root/build-support/$part.sh"
done

problem() {
	problems=$((problems + 1))
	printf '%s\n' "$*"
}

# Runs a command and counts its failure as a problem.
try() {
	"$@" || problem "failed: $*"
}

done_checking() {
	[ "$problems" -eq 0 ]
	exit
}

# Files of the project, without what is built or fetched: project_files [tests of find]
project_files() {
	find . '(' -name .git -o -name .build -o -name node_modules ')' -prune -o -type f "$@" -print |
		sed 's,^\./,,' | LC_ALL=C sort
}

core_sources() {
	find ext/core -name '*.c' | LC_ALL=C sort
}

core_headers() {
	find ext/core -name '*.h' | LC_ALL=C sort
}

# How core is compiled everywhere: without any path to PHP's headers.
core_flags=(-std=c11 -Wall -Wextra -Wshadow -Wconversion -Werror -Iext/core)
