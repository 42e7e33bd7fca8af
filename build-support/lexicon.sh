# shellcheck shell=bash
# The dictionaries in ext/core/text/lexicon/ as tables in C. Committed, so that a build needs no generator.

generate_lexicon() { # folder for the result
	local tool=$1/lexicon text=$root/ext/core/text

	"${CC:-cc}" -O2 -std=c11 -I"$root/ext/core" -o "$tool" "$root/build-support/lexicon.c" \
		"$text"/{normalize,utf8,lexicon_pattern,lexicon_compile,lexicon_pack,lexicon_list}.c \
		"$root/ext/core/base/result.c" && "$tool" "$text/lexicon" "$1"
}

write_lexicon() {
	local fresh

	fresh=$(mktemp -d)
	generate_lexicon "$fresh"
	cp "$fresh"/lexicon_*.inc "$root/ext/core/text/"
	rm -rf "$fresh"
}
