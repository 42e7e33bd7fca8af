dnl Vestnik: build of the PHP extension. Sources live in ext/ (the Zend binding) and ext/core/ (pure C).

PHP_ARG_ENABLE([vestnik],
  [whether to enable the vestnik extension],
  [AS_HELP_STRING([--enable-vestnik], [Enable the vestnik extension])])

PHP_ARG_ENABLE([vestnik-dev],
  [whether warnings are errors in vestnik],
  [AS_HELP_STRING([--enable-vestnik-dev], [Vestnik: treat compiler warnings as errors, keep assertions])],
  [no],
  [no])

PHP_ARG_ENABLE([vestnik-stop-points],
  [whether vestnik has the stop points of its crash test],
  [AS_HELP_STRING([--enable-vestnik-stop-points], [Vestnik: stop points for the crash test; never for production])],
  [no],
  [no])

PHP_ARG_ENABLE([vestnik-sanitize],
  [whether to build vestnik with sanitizers],
  [AS_HELP_STRING([--enable-vestnik-sanitize],
    [Vestnik: AddressSanitizer and UndefinedBehaviorSanitizer; needs a PHP built with them])],
  [no],
  [no])

if test "$PHP_VESTNIK" != "no"; then
  AC_MSG_CHECKING([for PHP 8.1 or later])
  vestnik_php_vernum=`$PHP_CONFIG --vernum`
  if test "$vestnik_php_vernum" -lt 80100; then
    AC_MSG_ERROR([vestnik needs PHP 8.1 or later, found $vestnik_php_vernum])
  fi
  AC_MSG_RESULT([$vestnik_php_vernum])

  PKG_CHECK_MODULES([VESTNIK_CURL], [libcurl >= 7.76])
  PKG_CHECK_MODULES([VESTNIK_JANSSON], [jansson >= 2.13])
  PKG_CHECK_MODULES([VESTNIK_SQLITE], [sqlite3 >= 3.34])
  PKG_CHECK_MODULES([VESTNIK_CRYPTO], [libcrypto >= 1.1.1])
  PHP_EVAL_INCLINE([$VESTNIK_CURL_CFLAGS $VESTNIK_JANSSON_CFLAGS $VESTNIK_SQLITE_CFLAGS $VESTNIK_CRYPTO_CFLAGS])
  PHP_EVAL_LIBLINE([$VESTNIK_CURL_LIBS $VESTNIK_JANSSON_LIBS $VESTNIK_SQLITE_LIBS $VESTNIK_CRYPTO_LIBS],
    [VESTNIK_SHARED_LIBADD])
  PHP_ADD_LIBRARY([m],, [VESTNIK_SHARED_LIBADD])

  dnl phpize hides nothing by itself; only get_module may be visible.
  vestnik_flags="-fvisibility=hidden -Wall -Wextra -Wno-unused-parameter -I@ext_srcdir@/ext/core"
  dnl Core knows no Zend. Its files that need it define _GNU_SOURCE themselves, so that phpize's -D is taken back.
  vestnik_core_flags="-std=c11 -U_GNU_SOURCE -Wshadow -Wconversion"
  if test "$PHP_VESTNIK_DEV" != "no"; then
    vestnik_flags="$vestnik_flags -Werror"
  fi
  if test "$PHP_VESTNIK_STOP_POINTS" != "no"; then
    vestnik_flags="$vestnik_flags -DVESTNIK_STOP_POINTS=1"
  fi
  if test "$PHP_VESTNIK_SANITIZE" != "no"; then
    vestnik_flags="$vestnik_flags -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer"
    LDFLAGS="$LDFLAGS -fsanitize=address,undefined"
  fi

  dnl sources begin (written by ./phpize-build.sh sources)
  vestnik_binding_sources="\
     "
  vestnik_core_sources="\
    ext/core/base/arena.c \
    ext/core/base/buf.c \
    ext/core/base/digest.c \
    ext/core/base/fields.c \
    ext/core/base/id.c \
    ext/core/base/model.c \
    ext/core/base/result.c \
    ext/core/base/str.c \
    ext/core/base/zone.c "
  vestnik_build_dirs="\
    ext \
    ext/core/base "
  dnl sources end

  PHP_NEW_EXTENSION([vestnik], [$vestnik_binding_sources], [$ext_shared],,
    [-std=gnu11 $vestnik_flags -DZEND_ENABLE_STATIC_TSRMLS_CACHE=1])
  vestnik_core_flags=`echo "$vestnik_core_flags $vestnik_flags" | $SED "s#@ext_srcdir@#$ext_srcdir#g"`
  PHP_ADD_SOURCES_X(PHP_EXT_DIR(vestnik), [$vestnik_core_sources],
    [$vestnik_core_flags], [shared_objects_vestnik], [yes])
  for vestnik_dir in $vestnik_build_dirs; do
    PHP_ADD_BUILD_DIR([$ext_builddir/$vestnik_dir], [1])
  done
  PHP_SUBST([VESTNIK_SHARED_LIBADD])
fi
