# shellcheck shell=bash
# Runs test suites, two at a time, and sums up what they count. A suite is an executable .ci/suites/NAME whose last
# line on standard output is `SUITE NAME: N passed, N failed, N skipped`; its status is 0 only when nothing failed. Lines
# that begin with `= ` are figures and shown.

# Longest first. Every file in .ci/suites runs; one that is named here and missing is a failure.
suites_expected=(phpt-valgrind crash fpm lint core-clang-asan core-gcc-asan phpt-zts meta phpt phpt-repeat
	gateway module demo lexicon replay readme)
# Not part of `test`: run by their own subcommand.
suites_apart=(phpt-asan)
suite_time_limit=30m
suites_at_once=2

all_suites() {
	local file name

	printf '%s\n' "${suites_expected[@]}"
	for file in "$root"/.ci/suites/*; do
		name=${file##*/}
		case " ${suites_expected[*]} ${suites_apart[*]} " in
		*" $name "*) ;;
		*) printf '%s\n' "$name" ;;
		esac
	done
}

run_one_suite() { # name: never fails; leaves its log and its counts
	local name=$1 log=$log_dir/$1.log status=0 line

	if [ -x "$root/.ci/suites/$name" ]; then
		timeout --kill-after=20s "$suite_time_limit" "$root/.ci/suites/$name" >"$log" 2>"$log.err" </dev/null ||
			status=$?
		line=$(tail -n 1 "$log")
		cat "$log.err" >>"$log"
		rm -f "$log.err"
	else
		echo "There is no suite .ci/suites/$name" >"$log"
		status=127
		line=
	fi
	summary_of "$name" "$status" "$line" >"$log_dir/$name.summary"
}

# The suite's own line when it can be believed, else one failure.
summary_of() { # name, status, last line
	local name=$1 status=$2 line=$3 pattern

	pattern="^SUITE $name: ([0-9]+) passed, ([0-9]+) failed, ([0-9]+) skipped\$"
	if ! [[ $line =~ $pattern ]]; then
		echo "0 1 0 no closing line, status $status"
	elif [ "${BASH_REMATCH[1]}" -eq 0 ] && [ "${BASH_REMATCH[2]}" -eq 0 ] && [ "${BASH_REMATCH[3]}" -eq 0 ]; then
		echo "0 1 0 ran nothing"
	elif [ "$status" -ne 0 ] && [ "${BASH_REMATCH[2]}" -eq 0 ]; then
		echo "${BASH_REMATCH[1]} 1 ${BASH_REMATCH[3]} counted no failure, but ended with status $status"
	else
		echo "${BASH_REMATCH[1]} ${BASH_REMATCH[2]} ${BASH_REMATCH[3]}"
	fi
}

report_suite() { # name, seconds
	local name=$1 passed failed skipped note

	read -r passed failed skipped note <"$log_dir/$name.summary"
	printf '%-16s %5d passed, %d failed, %d skipped  (%d s)%s\n' \
		"$name" "$passed" "$failed" "$skipped" "$2" "${note:+  $note}"
	grep -h '^= ' "$log_dir/$name.log" || true # figures, for whoever reads the run
	total_passed=$((total_passed + passed))
	total_failed=$((total_failed + failed))
	total_skipped=$((total_skipped + skipped))
	if [ "$failed" -ne 0 ]; then
		echo "--- $name, the end of .build/logs/$name.log"
		tail -n 60 "$log_dir/$name.log"
		echo "---"
	elif [ "$skipped" -ne 0 ]; then
		grep -h '^SKIPPED' "$log_dir/$name.log" || true
	fi
}

run_suites() {
	local suites=("$@") waiting running=0 pid name
	local total_passed=0 total_failed=0 total_skipped=0
	local -A name_of started

	if [ ${#suites[@]} -eq 0 ]; then
		mapfile -t suites < <(all_suites)
	fi
	mkdir -p "$log_dir"
	waiting=("${suites[@]}")
	while [ ${#waiting[@]} -gt 0 ] || [ "$running" -gt 0 ]; do
		if [ ${#waiting[@]} -gt 0 ] && [ "$running" -lt "$suites_at_once" ]; then
			name=${waiting[0]}
			waiting=("${waiting[@]:1}")
			rm -f "$log_dir/$name.summary"
			echo "$name …"
			run_one_suite "$name" &
			name_of[$!]=$name
			started[$!]=$SECONDS
			running=$((running + 1))
		else
			wait -n -p pid || true
			running=$((running - 1))
			report_suite "${name_of[$pid]}" $((SECONDS - started[$pid]))
		fi
	done
	echo "$total_passed passed, $total_failed failed, $total_skipped skipped"
	[ "$total_failed" -eq 0 ] && [ "$total_passed" -gt 0 ]
}
