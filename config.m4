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
    ext/vestnik.c \
    ext/vestnik_batch.c \
    ext/vestnik_consent.c \
    ext/vestnik_decision.c \
    ext/vestnik_dispatch.c \
    ext/vestnik_document.c \
    ext/vestnik_env.c \
    ext/vestnik_error.c \
    ext/vestnik_events.c \
    ext/vestnik_handle.c \
    ext/vestnik_lexicon.c \
    ext/vestnik_list.c \
    ext/vestnik_measure.c \
    ext/vestnik_message.c \
    ext/vestnik_optimize.c \
    ext/vestnik_phone.c \
    ext/vestnik_receive.c \
    ext/vestnik_replay.c \
    ext/vestnik_reply.c \
    ext/vestnik_settings.c \
    ext/vestnik_stop.c \
    ext/vestnik_store.c \
    ext/vestnik_submission.c \
    ext/vestnik_text.c \
    ext/vestnik_value.c \
    ext/vestnik_window.c "
  vestnik_core_sources="\
    ext/core/base/arena.c \
    ext/core/base/buf.c \
    ext/core/base/digest.c \
    ext/core/base/fields.c \
    ext/core/base/id.c \
    ext/core/base/model.c \
    ext/core/base/packing.c \
    ext/core/base/result.c \
    ext/core/base/str.c \
    ext/core/base/zone.c \
    ext/core/engine/balance.c \
    ext/core/engine/batch.c \
    ext/core/engine/breaker.c \
    ext/core/engine/charge.c \
    ext/core/engine/claim.c \
    ext/core/engine/configure.c \
    ext/core/engine/consent.c \
    ext/core/engine/consent_status.c \
    ext/core/engine/decision_json.c \
    ext/core/engine/dispatcher.c \
    ext/core/engine/document.c \
    ext/core/engine/engine.c \
    ext/core/engine/evaluate.c \
    ext/core/engine/event_append.c \
    ext/core/engine/events.c \
    ext/core/engine/evidence.c \
    ext/core/engine/facts_person.c \
    ext/core/engine/facts_record.c \
    ext/core/engine/filter.c \
    ext/core/engine/health.c \
    ext/core/engine/health_problems.c \
    ext/core/engine/health_queue.c \
    ext/core/engine/intent.c \
    ext/core/engine/json.c \
    ext/core/engine/lane.c \
    ext/core/engine/limiter.c \
    ext/core/engine/message_change.c \
    ext/core/engine/message_end.c \
    ext/core/engine/message_filter.c \
    ext/core/engine/message_list.c \
    ext/core/engine/message_view.c \
    ext/core/engine/numbering_import.c \
    ext/core/engine/numbering_plan.c \
    ext/core/engine/outbid.c \
    ext/core/engine/prepare.c \
    ext/core/engine/receive.c \
    ext/core/engine/recover.c \
    ext/core/engine/replay.c \
    ext/core/engine/report.c \
    ext/core/engine/rule_set.c \
    ext/core/engine/second_look.c \
    ext/core/engine/sender_limit.c \
    ext/core/engine/settings.c \
    ext/core/engine/settings_lookup.c \
    ext/core/engine/settings_mask.c \
    ext/core/engine/settings_rate.c \
    ext/core/engine/settle.c \
    ext/core/engine/shipment.c \
    ext/core/engine/status.c \
    ext/core/engine/stop.c \
    ext/core/engine/stop_list.c \
    ext/core/engine/stop_point.c \
    ext/core/engine/submit.c \
    ext/core/engine/text_delta.c \
    ext/core/engine/transition.c \
    ext/core/engine/zone_cache.c \
    ext/core/gateway/exchange.c \
    ext/core/gateway/form.c \
    ext/core/gateway/provider.c \
    ext/core/gateway/sandbox.c \
    ext/core/gateway/smsru.c \
    ext/core/gateway/smsru_account.c \
    ext/core/gateway/smsru_codes.c \
    ext/core/gateway/smsru_webhook.c \
    ext/core/gateway/sockets.c \
    ext/core/gateway/url.c \
    ext/core/gateway/wire.c \
    ext/core/law/calendar.c \
    ext/core/law/caps.c \
    ext/core/law/content.c \
    ext/core/law/describe.c \
    ext/core/law/explain.c \
    ext/core/law/findings.c \
    ext/core/law/gate.c \
    ext/core/law/hours.c \
    ext/core/law/law_compile.c \
    ext/core/law/law_settings.c \
    ext/core/law/noise_laws.c \
    ext/core/law/operator_template.c \
    ext/core/law/rules.c \
    ext/core/law/rules_cap.c \
    ext/core/law/rules_consent.c \
    ext/core/law/rules_content.c \
    ext/core/law/rules_debt.c \
    ext/core/law/rules_language.c \
    ext/core/law/rules_links.c \
    ext/core/law/rules_opt_out.c \
    ext/core/law/rules_seller.c \
    ext/core/law/rules_sender.c \
    ext/core/law/rules_source.c \
    ext/core/law/rules_template.c \
    ext/core/law/rules_text.c \
    ext/core/law/rules_time.c \
    ext/core/law/rules_warnings.c \
    ext/core/law/schedule.c \
    ext/core/law/text_says.c \
    ext/core/law/text_search.c \
    ext/core/law/window.c \
    ext/core/law/window_settings.c \
    ext/core/law/zones.c \
    ext/core/store/backup.c \
    ext/core/store/decision.c \
    ext/core/store/document.c \
    ext/core/store/driver_sqlite.c \
    ext/core/store/dsn.c \
    ext/core/store/event.c \
    ext/core/store/inbox.c \
    ext/core/store/key.c \
    ext/core/store/ledger.c \
    ext/core/store/life.c \
    ext/core/store/limit.c \
    ext/core/store/listing.c \
    ext/core/store/message.c \
    ext/core/store/message_list.c \
    ext/core/store/migrate.c \
    ext/core/store/name.c \
    ext/core/store/open.c \
    ext/core/store/ownership.c \
    ext/core/store/person.c \
    ext/core/store/place.c \
    ext/core/store/query.c \
    ext/core/store/queue.c \
    ext/core/store/rule_set.c \
    ext/core/store/schema.c \
    ext/core/store/settings.c \
    ext/core/store/stop.c \
    ext/core/store/stop_list.c \
    ext/core/store/transaction.c \
    ext/core/store/turnstile.c \
    ext/core/store/worker.c \
    ext/core/text/classify.c \
    ext/core/text/classify_text.c \
    ext/core/text/classify_weigh.c \
    ext/core/text/country_codes.c \
    ext/core/text/homoglyph.c \
    ext/core/text/inspect.c \
    ext/core/text/inspect_company.c \
    ext/core/text/inspect_masked.c \
    ext/core/text/lexicon_builtin.c \
    ext/core/text/lexicon_compile.c \
    ext/core/text/lexicon_list.c \
    ext/core/text/lexicon_pack.c \
    ext/core/text/lexicon_pattern.c \
    ext/core/text/measure.c \
    ext/core/text/normalize.c \
    ext/core/text/normalize_symbols.c \
    ext/core/text/numbering.c \
    ext/core/text/numbering_compile.c \
    ext/core/text/numbering_csv.c \
    ext/core/text/optimize.c \
    ext/core/text/phone.c \
    ext/core/text/phone_digits.c \
    ext/core/text/phone_find.c \
    ext/core/text/region.c \
    ext/core/text/reply.c \
    ext/core/text/reply_reading.c \
    ext/core/text/reply_words.c \
    ext/core/text/rewrite.c \
    ext/core/text/template.c \
    ext/core/text/template_filter.c \
    ext/core/text/template_worst.c \
    ext/core/text/territories.c \
    ext/core/text/translit.c \
    ext/core/text/utf8.c "
  vestnik_build_dirs="\
    ext \
    ext/core/base \
    ext/core/engine \
    ext/core/gateway \
    ext/core/law \
    ext/core/store \
    ext/core/text "
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
