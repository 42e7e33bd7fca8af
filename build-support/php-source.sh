# shellcheck shell=bash
# Other builds of PHP, made from Debian's own source package: Debian has binaries of the NTS, non-debug one only.

declare -A php_source_options=(
	[zts]="--enable-zts --enable-debug"
	[asan]="--enable-debug --enable-address-sanitizer --enable-undefined-sanitizer"
)
# json, hash, date, pcre, random, standard are always there.
php_source_common="--disable-all --disable-cgi --disable-phpdbg --enable-cli
	--enable-pcntl --enable-posix --enable-ctype --enable-mbstring --disable-mbregex"

php_source_dir=$build_dir/php-source

# apt with a configuration of its own: the system's sources turned into source package lists, in a private folder.
private_apt() {
	local program=$1 dir=$php_source_dir/apt
	shift

	"$program" -o "Dir::Etc::SourceList=$dir/sources.list" -o "Dir::Etc::SourceParts=$dir/parts" \
		-o "Dir::State::Lists=$dir/lists" -o "Dir::Cache=$dir/cache" -o "APT::Sandbox::User=$(id -un)" "$@"
}

prepare_private_apt() {
	local dir=$php_source_dir/apt file

	mkdir -p "$dir/parts" "$dir/lists/partial" "$dir/cache/archives/partial"
	: >"$dir/sources.list"
	for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
		if [ -r "$file" ]; then
			sed -n 's/^deb\(-src\)\?[[:space:]]/deb-src /p' "$file" >>"$dir/sources.list"
		fi
	done
	for file in /etc/apt/sources.list.d/*.sources; do
		if [ -r "$file" ]; then
			sed 's/^Types:.*/Types: deb-src/' "$file" >"$dir/parts/${file##*/}"
		fi
	done
	# A source without source packages only fails for itself.
	private_apt apt-get -qq update || true
}

# The newest version that can still be fetched.
fetch_php_source() {
	local version

	if [ -x "$php_source_dir/source/configure" ]; then
		return
	fi
	mkdir -p "$php_source_dir"
	prepare_private_apt
	for version in $(private_apt apt-cache showsrc php8.2 | sed -n 's/^Version: //p' | sort -ruV); do
		if (cd "$php_source_dir" && private_apt apt-get -qq source --download-only "php8.2=$version"); then
			rm -rf "$php_source_dir/source"
			mkdir "$php_source_dir/source"
			tar -xJf "$php_source_dir"/php8.2_"${version%-*}".orig.tar.xz \
				-C "$php_source_dir/source" --strip-components=1
			return
		fi
	done
	return 1
}

build_php() { # name; status 3: the source is not to be had
	local target=$build_dir/php-$1

	if [ -e "$target/.complete" ]; then
		return
	fi
	fetch_php_source || return 3
	rm -rf "$target" "${php_source_dir:?}/$1"
	mkdir -p "$php_source_dir/$1"
	# shellcheck disable=SC2086  # options are words
	(
		cd "$php_source_dir/$1" &&
			../source/configure --prefix="$target" --with-config-file-path="$target" \
				$php_source_common ${php_source_options[$1]} &&
			make -s -j2 &&
			make -s install
	) || return 1
	rm -rf "${php_source_dir:?}/$1"
	touch "$target/.complete"
}

need_php() { # name; status 3: the source is not to be had
	local log=$log_dir/build-php-$1.log status=0

	if [ -e "$build_dir/php-$1/.complete" ]; then
		return
	fi
	mkdir -p "$log_dir" "$php_source_dir"
	say "Building PHP ($1) from Debian's source package, about two minutes, once"
	(flock 9 && build_php "$1") 9>"$php_source_dir/.lock" >"$log" 2>&1 || status=$?
	if [ "$status" -eq 3 ]; then
		say "The source package of PHP is not to be had here; see $log"
	elif [ "$status" -ne 0 ]; then
		say "Building PHP ($1) failed; the end of $log:"
		tail -n 40 "$log" >&2
	fi
	return "$status"
}
