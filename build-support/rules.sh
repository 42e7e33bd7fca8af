# shellcheck shell=bash
# docs/rules.md and docs/rules.ru.md: the table of rules in ext/core/law/rules.c, the examples that the tests run, and what
# build-support/rules/ adds in words.

generate_rules() { # folder for the result
	local folder=$root/build-support/rules core=$root/ext/core flags

	flags=$(pkg-config --cflags --libs jansson libcrypto) || return
	# shellcheck disable=SC2086
	"${CC:-cc}" -O0 -std=c11 -I"$core" -o "$1/table" "$folder/table.c" "$core"/{base,law,text}/*.c $flags -lm &&
		"$1/table" >"$1/table.json" &&
		php -n -d display_errors=stderr "$folder/render.php" "$1/table.json" en >"$1/rules.md" &&
		php -n -d display_errors=stderr "$folder/render.php" "$1/table.json" ru >"$1/rules.ru.md"
}

write_rules() {
	local fresh

	fresh=$(mktemp -d)
	generate_rules "$fresh" || die "docs/rules.md cannot be made"
	cp "$fresh"/rules.md "$fresh"/rules.ru.md "$root/docs/"
	rm -rf "$fresh"
}
