# shellcheck shell=bash
# The numbering plan of Russia: the official CSV, compiled into the file that `vestnik.numbering` names. The project
# ships no row of it.

numbering_source=https://opendata.digital.gov.ru/downloads/DEF-9xx.csv
numbering_terms='Источник: реестр российской системы и плана нумерации, Минцифры России, https://opendata.digital.gov.ru/registry/numeric/downloads'

explain_numbering() {
	cat <<TEXT
Usage: ./phpize-build.sh numbering FILE [TARGET]
       ./phpize-build.sh numbering --download [TARGET]

Compiles the official numbering plan (DEF-9xx.csv of the Ministry of Digital Development) into TARGET, by default
.build/numbering.plan. A running site takes a new plan over within a second.

  FILE        a CSV that you have downloaded
  --download  loads $numbering_source first. The source may refuse addresses outside of Russia.

Then name the file in php.ini: vestnik.numbering = /path/of/numbering.plan

Without a plan Vestnik works and treats every number as one whose time zone is unknown: advertising goes out only while
the hours are allowed all over Russia, unless a message states its zone.
TEXT
}

download_numbering() { # file
	command -v curl >/dev/null || die "curl is needed to load the plan; or download it yourself and name the file"
	say "Loading $numbering_source"
	curl --fail --silent --show-error --location --proto '=https' --max-time 300 --retry 2 \
		--user-agent 'Mozilla/5.0 (compatible; Vestnik)' --output "$1" "$numbering_source" ||
		die "the plan could not be loaded. Download it in a browser and run: ./phpize-build.sh numbering FILE"
}

import_numbering() { # FILE or --download, target
	local csv=${1:-} target=${2:-$build_dir/numbering.plan} folder

	if [ -z "$csv" ] || [ "$csv" = --help ]; then
		explain_numbering
		return
	fi
	[ "$csv" = --download ] || [ -r "$csv" ] || die "cannot read $csv"
	if [ "$csv" = --download ]; then
		folder=$(mktemp -d)
		# shellcheck disable=SC2064 # the folder of now
		trap "rm -rf '$folder'" EXIT
		csv=$folder/DEF-9xx.csv
		download_numbering "$csv"
	fi
	# shellcheck disable=SC2016 # PHP's variables
	"$build_dir/php" -r '
		try {
			$plan = vestnik_numbering_import($argv[1], $argv[2]);
		} catch (Throwable $error) {
			fwrite(STDERR, $error->getMessage() . "\n");
			exit(1);
		}
		printf("%s: %s ranges, %s numbers, %d operators, %d territories, %s bytes\n", $plan["path"],
			number_format($plan["ranges"]), number_format($plan["numbers"]), $plan["operators"],
			$plan["territories"], number_format($plan["bytes"]));
		if ($plan["unknown_territories"] > 0) {
			printf("Of %d territories the time zone is unknown, first of all: %s\n", $plan["unknown_territories"],
				$plan["unknown_territory"]);
		}
	' -- "$csv" "$target" || die "no plan was imported; what was there before is unchanged"
	say "Name it in php.ini: vestnik.numbering = $(realpath "$target")"
	say "$numbering_terms"
}
