# shellcheck shell=bash
# What the suites share: counting, the closing line, and the build. Source it first:
#
#   . "$(dirname -- "${BASH_SOURCE[0]}")/../lib.sh"
#
# The suite's name is its file's name. The closing line is printed at the end, whatever happens; an early death of the
# script counts as a failure.
set -uo pipefail
shopt -s nullglob

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
suite=$(basename -- "$0")
passed=0
failed=0
skipped=0
closing=

for part in say packages sources arginfo variants php-source; do
	# shellcheck source=/dev/null
	. "$root/build-support/$part.sh"
done

finish() {
	closing=yes
	echo "SUITE $suite: $passed passed, $failed failed, $skipped skipped"
	[ "$failed" -eq 0 ]
	exit
}

close_early() {
	local status=$?

	if [ -z "$closing" ]; then
		echo "not ok - $suite ended early with status $status"
		failed=$((failed + 1))
		finish
	fi
}
trap close_early EXIT

ok() {
	passed=$((passed + 1))
	echo "ok - $*"
}

not_ok() {
	failed=$((failed + 1))
	echo "not ok - $*"
}

# A check that could not be made, and why: never silent.
skip() { # count, why
	skipped=$((skipped + $1))
	echo "SKIPPED $suite: $2"
}

# check NAME COMMAND…: one count; what the command said is shown when it fails.
check() {
	local name=$1 said

	shift
	if said=$("$@" 2>&1); then
		ok "$name"
	else
		not_ok "$name"
		printf '%s\n' "$said" | sed 's/^/    /'
	fi
}

# Runs a script of the tests that counts for itself; its last line says `N passed, N failed` or `…, N skipped`.
delegate() { # script, arguments
	local out status=0 line pattern='([0-9]+) passed, ([0-9]+) failed(, ([0-9]+) skipped)?$'

	out=$build_dir/logs/$suite.out
	mkdir -p "${out%/*}"
	if ! [ -x "$1" ]; then
		not_ok "there is no ${1#"$root"/}"
		finish
	fi
	"$@" 2>&1 | tee "$out" || status=$?
	line=$(tail -n 1 "$out")
	if [[ $line =~ $pattern ]]; then
		passed=$((passed + BASH_REMATCH[1]))
		failed=$((failed + BASH_REMATCH[2]))
		skipped=$((skipped + ${BASH_REMATCH[4]:-0}))
		if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then
			not_ok "status $status without a failure"
		fi
		if [ "$passed" -eq 0 ] && [ "$failed" -eq 0 ] && [ "$skipped" -eq 0 ]; then
			not_ok "ran nothing"
		fi
	else
		not_ok "no closing line, status $status"
	fi
	finish
}

# Builds the unit tests of core with a compiler and counts what each program says; a program without tests fails.
run_core_tests() { # compiler
	local build=$build_dir/core-$1 program programs out status sources

	if ! make -s -j2 -C "$root/tests/core" all CC="$1" BUILD="$build"; then
		not_ok "the tests of core do not build with $1"
		return
	fi
	mapfile -t programs < <(make -s -C "$root/tests/core" list CC="$1" BUILD="$build")
	sources=("$root"/tests/core/test_*.c)
	if [ "${#programs[@]}" -ne "${#sources[@]}" ] || [ "${#sources[@]}" -eq 0 ]; then
		not_ok "${#programs[@]} programs for ${#sources[@]} test files"
	fi
	for program in "${programs[@]}"; do
		status=0
		out=$(CMOCKA_MESSAGE_OUTPUT=TAP ASAN_OPTIONS=detect_leaks=1:detect_stack_use_after_return=1 \
			UBSAN_OPTIONS=print_stacktrace=1 timeout 300 "$program" 2>&1) || status=$?
		count_tap "${program##*/}" "$status" "$out"
	done
}

count_tap() { # program, status, output
	local name=$1 status=$2 out=$3 good bad skips

	good=$(grep -c '^ok ' <<<"$out")
	skips=$(grep -c '^not ok .*# SKIP' <<<"$out") # so cmocka says it
	bad=$(($(grep -c '^not ok ' <<<"$out") - skips))
	passed=$((passed + good))
	failed=$((failed + bad))
	skipped=$((skipped + skips))
	if [ "$bad" -ne 0 ]; then
		printf '%s\n' "$out"
	elif [ "$status" -ne 0 ] || [ "$good" -eq 0 ] ||
		grep -qE 'runtime error:|AddressSanitizer|LeakSanitizer' <<<"$out"; then
		not_ok "$name: status $status, $good tests"
		printf '%s\n' "$out"
	fi
	echo "$name: $good ok, $bad not ok"
}

# One way of running tests/phpt; without a PHP for it every test counts as skipped, and that is said.
run_phpt_leg() { # leg
	local status=0 count

	if [ "$1" = zts ] || [ "$1" = asan ]; then
		need_php "$1" || status=$?
		if [ "$status" -eq 3 ]; then
			count=$(find "$root/tests/phpt" -name '*.phpt' | wc -l)
			skip "$count" "NOTHING OF THIS LEG RAN: Debian's source package of PHP cannot be fetched here"
			finish
		fi
	fi
	delegate "$root/tests/run-phpt" "$1"
}
