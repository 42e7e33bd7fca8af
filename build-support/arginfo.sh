# shellcheck shell=bash
# vestnik_arginfo.h from vestnik.stub.php, by PHP's own generator. It would fetch its parser; Debian packages it.

generate_arginfo() { # folder for the result
	local generator version php

	php=$("$(php_config_of system)" --php-binary)
	generator=$("$(php_config_of system)" --extension-dir)/build/gen_stub.php
	[ -r "$generator" ] || die "there is no $generator; is php8.2-dev installed?"
	version=$(sed -n 's/^[[:space:]]*\$version = "\(.*\)";/\1/p' "$generator" | head -n 1)
	mkdir -p "$1/PHP-Parser-$version/lib"
	ln -sfn /usr/share/php/PhpParser "$1/PHP-Parser-$version/lib/PhpParser"
	cp "$generator" "$1/gen_stub.php"
	cp "$root/ext/vestnik.stub.php" "$1/"
	"$php" -n -d extension=tokenizer "$1/gen_stub.php" -f "$1/vestnik.stub.php"
}

write_arginfo() {
	local fresh
	fresh=$(mktemp -d)

	generate_arginfo "$fresh"
	cp "$fresh/vestnik_arginfo.h" "$root/ext/vestnik_arginfo.h"
	rm -rf "$fresh"
}
