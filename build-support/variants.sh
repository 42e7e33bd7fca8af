# shellcheck shell=bash
# Builds of the extension. Each variant has a folder .build/<variant>/ with links to the sources, so that nothing is
# written into the source tree and the variants live side by side. What a variant offers to others:
#   .build/<variant>/vestnik.so     replaced at once, never rewritten, so that running processes keep theirs
#   .build/<variant>/php.ini        loads it and the usual extensions, nothing of the system's configuration
#   .build/<variant>/bin/php        PHP with that ini and nothing else
#   .build/<variant>/bin/php-fpm    the same for FPM (Debian's PHP only)
# .build/php is the wrapper of `nts`.

build_dir=$root/.build
log_dir=$build_dir/logs

# Where the variants differ: the PHP they are built for, and the arguments of configure.
declare -A variant_php=([nts]=system [crash]=system [zts]=zts [asan]=asan)
declare -A variant_options=(
	[nts]=""
	[crash]="--enable-vestnik-dev --enable-vestnik-stop-points"
	[zts]="--enable-vestnik-dev"
	[asan]="--enable-vestnik-dev --enable-vestnik-sanitize"
)

# Extensions that tests, demo and module use beside ours, in the order in which they load; those built in or
# not installed are left out.
usual_extensions=(ctype mbstring posix sockets tokenizer iconv xml dom xmlreader xmlwriter simplexml phar)

php_config_of() { # PHP → path of its php-config
	if [ "$1" = system ]; then
		command -v php-config8.2 || command -v php-config || die "php-config not found"
	else
		printf '%s\n' "$build_dir/php-$1/bin/php-config"
	fi
}

phpize_of() {
	local config=$1

	printf '%s\n' "${config%/*}/$(basename "$config" | sed 's/php-config/phpize/')"
}

# Links every source file at its place below the target and drops links to files that are gone. Stubs stay out: make
# would regenerate arginfo by itself, into the source tree, with a parser from the network.
link_sources() {
	local target=$1 folder

	while IFS= read -r folder; do
		mkdir -p "$target/$folder"
		find "$root/$folder" -maxdepth 1 '(' -name '*.[ch]' -o -name '*.inc' ')' -exec ln -sft "$target/$folder" {} +
	done < <(cd "$root" && find ext -type d)
	ln -sf "$root/config.m4" "$target/config.m4"
	if [ -n "$(find "$target/ext" -xtype l -print -delete)" ]; then
		# Dependency files that name what is gone would stop make.
		find "$target/ext" '(' -name '*.dep' -o -name '*.lo' ')' -delete
	fi
}

# What an existing configure run depends on, apart from the list of sources.
configure_key() { # variant, php-config
	printf '%s\n' "$1 ${variant_options[$1]} ${CC:-} ${CFLAGS:-}"
	"$2" --version --vernum --extension-dir
	sed '/dnl sources begin/,/dnl sources end/d' "$root/config.m4"
}

configure_variant() { # variant, folder, php-config
	local variant=$1 target=$2 config=$3

	if [ "$(cat "$target/.configured" 2>/dev/null)" != "$(configure_key "$variant" "$config")" ]; then
		rm -f "$target/.configured"
		find "$target" -name '*.lo' -delete
	elif cmp -s "$root/config.m4" "$target/.config.m4"; then
		return
	fi
	rm -rf "$target/autom4te.cache"
	# shellcheck disable=SC2086  # options are words
	(
		cd "$target"
		"$(phpize_of "$config")"
		./configure --with-php-config="$config" --enable-vestnik ${variant_options[$variant]}
	) || return
	cp "$root/config.m4" "$target/.config.m4"
	configure_key "$variant" "$config" >"$target/.configured"
}

write_ini() { # variant, folder, php-config
	local target=$2 extensions name
	extensions=$("$3" --extension-dir)

	{
		for name in "${usual_extensions[@]}"; do
			if [ -f "$extensions/$name.so" ]; then
				echo "extension=$extensions/$name.so"
			fi
		done
		echo "extension=$target/vestnik.so"
		echo "error_reporting=-1"
		echo "display_errors=stderr"
		echo "zend.assertions=1"
		echo "assert.exception=1"
	} >"$target/php.ini"
}

write_wrapper() { # path, program, ini
	mkdir -p "$(dirname "$1")"
	printf '#!/bin/sh\nPHP_INI_SCAN_DIR= exec %q -c %q "$@"\n' "$2" "$3" >"$1.new"
	chmod +x "$1.new"
	mv -f "$1.new" "$1"
}

write_wrappers() { # variant, folder, php-config
	local fpm

	write_ini "$@"
	write_wrapper "$2/bin/php" "$("$3" --php-binary)" "$2/php.ini"
	if [ "${variant_php[$1]}" = system ] && fpm=$(command -v php-fpm8.2 || command -v php-fpm); then
		write_wrapper "$2/bin/php-fpm" "$fpm" "$2/php.ini"
	fi
	if [ "$1" = nts ]; then
		write_wrapper "$build_dir/php" "$("$3" --php-binary)" "$2/php.ini"
	fi
}

# The linker leaves PHP's symbols open, and with them would ours be until the first call.
nothing_is_missing() {
	! nm -D --undefined-only "$1" | grep -E ' (vst|php_vestnik)_'
}

put_module() { # folder
	if ! cmp -s "$1/modules/vestnik.so" "$1/vestnik.so"; then
		cp "$1/modules/vestnik.so" "$1/vestnik.so.new" && mv -f "$1/vestnik.so.new" "$1/vestnik.so"
	fi
}

make_variant() { # variant: everything in order; output goes to its log
	local variant=$1 target=$build_dir/$1 config
	config=$(php_config_of "${variant_php[$1]}") || return

	link_sources "$target" &&
		configure_variant "$variant" "$target" "$config" &&
		make -C "$target" -j2 &&
		nothing_is_missing "$target/modules/vestnik.so" &&
		put_module "$target" &&
		write_wrappers "$variant" "$target" "$config" &&
		"$target/bin/php" -r 'exit(extension_loaded("vestnik") ? 0 : 1);'
}

# Builds a variant, or brings it up to date; one process at a time.
need_variant() {
	local variant=$1 log=$log_dir/build-$1.log

	write_sources
	mkdir -p "$log_dir" "$build_dir/$variant"
	if [ "${variant_php[$variant]}" != system ]; then
		need_php "${variant_php[$variant]}" || return
	fi
	[ -e "$build_dir/$variant/vestnik.so" ] || say "Building the extension ($variant) …"
	if ! (flock 9 && make_variant "$variant") 9>"$build_dir/$variant/.lock" >"$log" 2>&1; then
		say "Building $variant failed; the end of $log:"
		grep -v '^/bin/.*libtool\|^libtool:' "$log" | tail -n 25 >&2
		return 1
	fi
}
