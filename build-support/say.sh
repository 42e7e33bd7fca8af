# shellcheck shell=bash
# What the build tells a person.

say() {
	printf '%s\n' "$*" >&2
}

die() {
	say "phpize-build.sh: $*"
	exit 1
}
