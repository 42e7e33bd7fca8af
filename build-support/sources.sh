# shellcheck shell=bash
# The list of C sources in config.m4: written out there, so that configure needs no globbing, and kept equal to the disk.

sources_of() { # folder, then options of find
	(cd "$root" && find "$@" -name '*.c' | LC_ALL=C sort)
}

print_source_list() { # variable, then files or folders
	printf '  %s="' "$1"
	shift
	printf '\\\n    %s ' "$@"
	printf '"\n'
}

source_block() {
	local binding core rooms

	mapfile -t binding < <(sources_of ext -maxdepth 1)
	mapfile -t core < <(sources_of ext/core)
	mapfile -t rooms < <(printf '%s\n' "${core[@]}" | sed 's,/[^/]*$,,' | LC_ALL=C sort -u)
	print_source_list vestnik_binding_sources "${binding[@]}"
	print_source_list vestnik_core_sources "${core[@]}"
	print_source_list vestnik_build_dirs ext "${rooms[@]}"
}

with_source_block() { # prints config.m4 with a fresh list
	local block

	block=$(source_block) || return
	BLOCK=$block awk '
		/dnl sources begin/ { print; print ENVIRON["BLOCK"]; inside = 1; next }
		/dnl sources end/ { inside = 0 }
		!inside { print }
	' "$root/config.m4"
}

sources_are_listed() {
	[ "$(with_source_block)" = "$(cat "$root/config.m4")" ]
}

write_sources() {
	local fresh

	fresh=$(with_source_block)
	if ! sources_are_listed; then
		printf '%s\n' "$fresh" >"$root/config.m4"
		say "config.m4: source list rewritten"
	fi
}

# C that is formatted: what ships. Tests keep their tables as their authors laid them.
format_sources() {
	(cd "$root" && find ext -name '*.[ch]' ! -name '*_arginfo.h' | LC_ALL=C sort)
}
