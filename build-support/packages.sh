# shellcheck shell=bash
# What each subcommand needs of Debian 12. These lists are the only place.

# ca-certificates: libcurl only recommends what it needs to trust a provider.
packages_build=(
	php8.2-cli php8.2-dev gcc make pkg-config
	libcurl4-openssl-dev libjansson-dev libsqlite3-dev libssl-dev ca-certificates
)
packages_demo=("${packages_build[@]}" php8.2-mbstring)
packages_bench=("${packages_demo[@]}")
packages_asan=("${packages_build[@]}" php8.2-mbstring sqlite3 xz-utils)
packages_lint=(
	"${packages_build[@]}"
	binutils clang-14 clang-format-14 clang-tidy-14 cppcheck shellcheck
	php8.2-mbstring php8.2-xml php-parser php-codesniffer
)
packages_test=(
	"${packages_lint[@]}"
	libcmocka-dev libclang-rt-14-dev valgrind xz-utils
	php8.2-fpm sqlite3
)

is_installed() {
	[ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

is_debian_12() {
	(
		[ -r /etc/os-release ] || exit 1
		# shellcheck source=/dev/null
		. /etc/os-release
		[ "${ID:-}" = debian ] && [ "${VERSION_ID:-}" = 12 ]
	)
}

# Installs what is missing for a subcommand; silent and without any right needed when nothing is.
need_packages() {
	local command=$1 name as_root=()
	local -n wanted="packages_$command"
	local missing=()

	if [ -n "${VESTNIK_SKIP_PACKAGES:-}" ]; then
		return
	fi
	if ! is_debian_12; then
		say "This script installs what it needs on Debian 12 only. Elsewhere please install these yourself"
		say "(Debian's names; PHP may be any from 8.1 on), then run it again with VESTNIK_SKIP_PACKAGES=1:"
		say "  ${wanted[*]}"
		exit 2
	fi
	for name in "${wanted[@]}"; do
		is_installed "$name" || missing+=("$name")
	done
	if [ ${#missing[@]} -eq 0 ]; then
		return
	fi
	if [ "$(id -u)" -ne 0 ]; then
		if ! command -v sudo >/dev/null; then
			die "these packages are missing, and installing them needs root or sudo: ${missing[*]}"
		fi
		as_root=(sudo)
	fi
	say "Installing what '$command' needs: ${missing[*]}"
	mkdir -p "$root/.build/logs"
	if ! install_packages "${missing[@]}" >"$root/.build/logs/packages.log" 2>&1; then
		tail -n 20 "$root/.build/logs/packages.log" >&2
		die "apt-get could not install: ${missing[*]}"
	fi
}

install_packages() {
	local install=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends)

	if apt-cache show "$@" >/dev/null 2>&1 && "${install[@]}" "$@" </dev/null; then
		return
	fi
	# No package lists, or old ones. A source that cannot be read need not be the one we want: the install decides.
	"${as_root[@]}" apt-get -q update || true
	"${install[@]}" "$@" </dev/null
}
