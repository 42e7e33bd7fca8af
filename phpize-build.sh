#!/usr/bin/env bash
# Builds, tests and shows Vestnik. Each subcommand first installs what it misses on Debian 12.
set -euo pipefail
shopt -s nullglob

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
for part in say packages sources arginfo lexicon rules variants php-source suites numbering; do
	# shellcheck source=/dev/null
	. "$root/build-support/$part.sh"
done

usage() {
	cat <<'TEXT'
Usage: ./phpize-build.sh COMMAND

  demo              run a shop's day and show what was sent and why
  test [SUITE ...]  run all tests, or only the named suites
  build             build the extension: .build/nts/vestnik.so
  install           build and install it for Debian's PHP
  lint              static checks only
  numbering [FILE]  compile the official numbering plan, or say how
  bench [NAME]      measure, each figure beside a baseline of the same run
  asan              run the PHP tests with a PHP and an extension under ASAN and UBSAN
  clean             remove .build

For those who change it:
  sources           rewrite the list of C sources in config.m4
  arginfo           regenerate ext/vestnik_arginfo.h from ext/vestnik.stub.php
  lexicon           compile the dictionaries of ext/core/text/lexicon/
  rules             write docs/rules.md and docs/rules.ru.md from the table of rules
  format            format the C sources
TEXT
}

# Hands over to a script of the tests that has the built extension in .build/php.
run_with_extension() { # packages, script, arguments
	need_packages "$1"
	need_variant nts
	export VESTNIK_PHP=$build_dir/php
	shift
	exec "$root/tests/$1/run" "${@:2}"
}

install_extension() {
	local config ini extensions as_root=()

	need_packages build
	need_variant nts
	config=$(php_config_of system)
	extensions=$("$config" --extension-dir)
	[ "$(id -u)" -eq 0 ] || as_root=(sudo)
	"${as_root[@]}" make -C "$build_dir/nts" -s install
	ini=$("$config" --ini-dir 2>/dev/null || true)
	say "Installed $extensions/vestnik.so. To load it everywhere on Debian:"
	say "  echo 'extension=vestnik.so' > /etc/php/8.2/mods-available/vestnik.ini && phpenmod vestnik"
	say "Elsewhere put 'extension=vestnik.so' into a file in ${ini:-the ini folder that 'php --ini' names}."
	say "Then restart PHP-FPM, and set vestnik.store per pool or vhost."
}

command=${1:-}
[ $# -eq 0 ] || shift
case $command in
demo) run_with_extension demo demo "$@" ;;
bench) run_with_extension bench bench "$@" ;;
test) need_packages test && run_suites "$@" ;;
lint) need_packages lint && run_suites lint ;;
asan) need_packages asan && run_suites phpt-asan ;;
build) need_packages build && need_variant nts && say "Built $build_dir/nts/vestnik.so" ;;
install) install_extension ;;
numbering) need_packages build && need_variant nts && import_numbering "$@" ;;
sources) write_sources ;;
arginfo) need_packages lint && write_arginfo ;;
lexicon) need_packages build && write_lexicon ;;
rules) need_packages build && write_rules ;;
format) need_packages lint && format_sources | (cd "$root" && xargs clang-format-14 -i) ;;
clean) rm -rf "$build_dir" ;;
-h | --help | help) usage ;;
*)
	usage >&2
	exit 2
	;;
esac
