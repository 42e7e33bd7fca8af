/*
 * What the machine can do without Vestnik, measured in the same run:
 *
 *   baseline read FILE N            N look-ups of a row by its key in a table of 100,000
 *   baseline single FILE N          N times one row inserted and made durable (WAL, synchronous=FULL)
 *   baseline batch FILE N           N rows in transactions of 1,000
 *   baseline post URL N AT_ONCE BODY   N POSTs of the body in file BODY over AT_ONCE connections (curl multi)
 *
 * Prints {"seconds": …, "count": …, "p50_us": …, "p99_us": …}.
 */
#define _GNU_SOURCE
#include <curl/curl.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int64_t now_ns(void)
{
	struct timespec now;

	(void) clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t) now.tv_sec * 1000000000 + now.tv_nsec;
}

static void die(const char *what)
{
	fprintf(stderr, "baseline: %s\n", what);
	exit(1);
}

static int ascending(const void *a, const void *b)
{
	int64_t left = *(const int64_t *) a, right = *(const int64_t *) b;

	return left < right ? -1 : left > right;
}

static void report(int64_t started, int64_t *each, long count)
{
	double seconds = (double) (now_ns() - started) / 1e9;

	if (each != NULL) {
		qsort(each, (size_t) count, sizeof *each, ascending);
	}
	printf("{\"seconds\":%.6f,\"count\":%ld,\"p50_us\":%.1f,\"p99_us\":%.1f}\n", seconds, count,
	       each != NULL ? (double) each[count / 2] / 1000 : 0,
	       each != NULL ? (double) each[count * 99 / 100] / 1000 : 0);
}

static void run_sql(sqlite3 *db, const char *sql)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) {
		die(sqlite3_errmsg(db));
	}
}

static sqlite3 *open_file(const char *path, sqlite3_stmt **insert)
{
	sqlite3 *db;

	if (sqlite3_open(path, &db) != SQLITE_OK) {
		die("cannot open the file");
	}
	run_sql(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0");
	run_sql(db, "CREATE TABLE IF NOT EXISTS message (seq INTEGER PRIMARY KEY, phone INTEGER, text TEXT)");
	if (sqlite3_prepare_v2(db, "INSERT INTO message (phone, text) VALUES (?, ?)", -1, insert, NULL) != SQLITE_OK) {
		die(sqlite3_errmsg(db));
	}
	return db;
}

static void insert_row(sqlite3_stmt *insert, long i)
{
	sqlite3_bind_int64(insert, 1, INT64_C(79990000000) + i % 10000);
	sqlite3_bind_text(insert, 2, "Заказ 15 собран, ждём вас до 20:00", -1, SQLITE_STATIC);
	if (sqlite3_step(insert) != SQLITE_DONE) {
		die("insert failed");
	}
	sqlite3_reset(insert);
}

static void measure_inserts(const char *path, long count, long rows_a_transaction)
{
	sqlite3_stmt *insert;
	sqlite3 *db = open_file(path, &insert);
	int64_t *each = calloc((size_t) count, sizeof *each);
	int64_t started = now_ns();

	for (long i = 0; i < count; i++) {
		int64_t before = now_ns();

		if (i % rows_a_transaction == 0) {
			run_sql(db, "BEGIN IMMEDIATE");
		}
		insert_row(insert, i);
		if ((i + 1) % rows_a_transaction == 0 || i + 1 == count) {
			run_sql(db, "COMMIT");
		}
		each[i] = now_ns() - before;
	}
	report(started, each, count);
	free(each);
	sqlite3_finalize(insert);
	sqlite3_close(db);
}

static void measure_reads(const char *path, long count)
{
	sqlite3_stmt *insert, *select;
	sqlite3 *db = open_file(path, &insert);
	int64_t started;

	run_sql(db, "BEGIN");
	for (long i = 0; i < 100000; i++) {
		insert_row(insert, i);
	}
	run_sql(db, "COMMIT");
	if (sqlite3_prepare_v2(db, "SELECT phone, text FROM message WHERE seq = ?", -1, &select, NULL) != SQLITE_OK) {
		die(sqlite3_errmsg(db));
	}
	started = now_ns();
	for (long i = 0; i < count; i++) {
		sqlite3_bind_int64(select, 1, 1 + i * 7919 % 100000);
		if (sqlite3_step(select) != SQLITE_ROW || sqlite3_column_int64(select, 0) == 0) {
			die("row not found");
		}
		sqlite3_reset(select);
	}
	report(started, NULL, count);
	sqlite3_finalize(select);
	sqlite3_finalize(insert);
	sqlite3_close(db);
}

static size_t swallow(char *data, size_t size, size_t count, void *context)
{
	(void) data;
	(void) context;
	return size * count;
}

static char *read_body(const char *path)
{
	FILE *file = fopen(path, "rb");
	char *body = calloc(1, 1 << 20);

	if (file == NULL || body == NULL || fread(body, 1, (1 << 20) - 1, file) == 0) {
		die("cannot read the body");
	}
	fclose(file);
	return body;
}

static void start_post(CURLM *multi, CURL *easy, const char *url, const char *body)
{
	curl_easy_setopt(easy, CURLOPT_URL, url);
	curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body);
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, swallow);
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_multi_add_handle(multi, easy);
}

static void measure_posts(const char *url, long count, long at_once, const char *body_path)
{
	CURLM *multi = curl_multi_init();
	char *body = read_body(body_path);
	long started_posts = 0, done = 0;
	int64_t started = now_ns();

	for (; started_posts < at_once && started_posts < count; started_posts++) {
		start_post(multi, curl_easy_init(), url, body);
	}
	while (done < count) {
		CURLMsg *message;
		int running, left;

		curl_multi_perform(multi, &running);
		while ((message = curl_multi_info_read(multi, &left)) != NULL) {
			CURL *easy = message->easy_handle;

			if (message->data.result != CURLE_OK) {
				die(curl_easy_strerror(message->data.result));
			}
			curl_multi_remove_handle(multi, easy);
			done++;
			if (started_posts < count) {
				started_posts++;
				start_post(multi, easy, url, body);
			} else {
				curl_easy_cleanup(easy);
			}
		}
		if (done < count) {
			curl_multi_poll(multi, NULL, 0, 100, NULL);
		}
	}
	report(started, NULL, count);
	curl_multi_cleanup(multi);
	free(body);
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";

	if (strcmp(what, "read") == 0 && argc == 4) {
		measure_reads(argv[2], atol(argv[3]));
	} else if (strcmp(what, "single") == 0 && argc == 4) {
		measure_inserts(argv[2], atol(argv[3]), 1);
	} else if (strcmp(what, "batch") == 0 && argc == 4) {
		measure_inserts(argv[2], atol(argv[3]), 1000);
	} else if (strcmp(what, "post") == 0 && argc == 6) {
		curl_global_init(CURL_GLOBAL_DEFAULT);
		measure_posts(argv[2], atol(argv[3]), atol(argv[4]), argv[5]);
		curl_global_cleanup();
	} else {
		die("usage: read|single|batch FILE N, post URL N AT_ONCE BODY");
	}
	return 0;
}
