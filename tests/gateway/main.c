#define _GNU_SOURCE /* pidfd_open */
#include "gateway.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <unistd.h>

static void stop(gw_state *gw, gw_source *source, uint32_t events)
{
	(void) source;
	(void) events;
	gw->stopping = true;
}

static void fail(const char *what)
{
	fprintf(stderr, "gateway: %s: %s\n", what, strerror(errno));
	exit(1);
}

/* Ends on SIGTERM and SIGINT, and when the parent ends. */
static void watch_ends(gw_state *gw)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
	gw->signals = (gw_source) {signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC), stop};
	if (gw->signals.fd < 0) {
		fail("signalfd");
	}
	gw_watch(gw, &gw->signals, EPOLLIN);
	if (gw->parent > 0) {
		gw->parent_end = (gw_source) {(int) syscall(SYS_pidfd_open, gw->parent, 0), stop};
		if (gw->parent_end.fd < 0) {
			fail("--parent");
		}
		gw_watch(gw, &gw->parent_end, EPOLLIN);
	}
}

/* "delay:3" or "delay:-1:500": name, times, milliseconds */
static bool plan_fault(gw_state *gw, const char *text)
{
	const char *colon = strchr(text, ':');
	size_t len = colon != NULL ? (size_t) (colon - text) : strlen(text);
	gw_fault fault = gw_fault_named((gw_text) {text, len});
	char *rest = NULL;

	if (fault == FAULT_COUNT || fault == FAULT_REFUSE_CONNECTIONS) {
		return false;
	}
	gw->plans[fault] = (gw_fault_plan) {.times = 1, .ms = gw_faults[fault].ms};
	if (colon != NULL) {
		gw->plans[fault].times = strtol(colon + 1, &rest, 10);
		if (*rest == ':') {
			gw->plans[fault].ms = atoi(rest + 1);
		}
	}
	return true;
}

static void list_faults(void)
{
	size_t count;
	const gw_digits_row *rows = gw_digits_table(&count);

	printf("Faults (--fault NAME[:TIMES[:MS]], POST /control/fault, ?fault=NAME):\n");
	for (int i = 1; i < FAULT_COUNT; i++) {
		printf("  %-20s messages are %s\n", gw_faults[i].name, gw_faults[i].refuses ? "not taken" : "taken");
	}
	printf("Last four digits of +7 999 000-xx-xx:\n");
	for (size_t i = 0; i < count; i++) {
		printf("  %04d  %s\n", rows[i].digits, rows[i].what);
	}
}

enum {
	OPT_PORT = 256,
	OPT_PORT_FILE,
	OPT_API_ID,
	OPT_LOG,
	OPT_LATENCY,
	OPT_REPEAT,
	OPT_SENDER,
	OPT_BALANCE,
	OPT_PRICE,
	OPT_DAILY,
	OPT_FAULT,
	OPT_CALLBACK,
	OPT_RETRY,
	OPT_REPORT_DELAY,
	OPT_NO_REPORTS,
	OPT_PLAIN,
	OPT_TIME,
	OPT_PARENT,
	OPT_LIST,
	OPT_HELP
};

static const struct option options[] = {
	{"port", required_argument, NULL, OPT_PORT},
	{"port-file", required_argument, NULL, OPT_PORT_FILE},
	{"api-id", required_argument, NULL, OPT_API_ID},
	{"log", required_argument, NULL, OPT_LOG},
	{"latency-ms", required_argument, NULL, OPT_LATENCY},
	{"repeat-window", required_argument, NULL, OPT_REPEAT},
	{"sender", required_argument, NULL, OPT_SENDER},
	{"balance-kopecks", required_argument, NULL, OPT_BALANCE},
	{"price-kopecks", required_argument, NULL, OPT_PRICE},
	{"daily-limit", required_argument, NULL, OPT_DAILY},
	{"fault", required_argument, NULL, OPT_FAULT},
	{"callback", required_argument, NULL, OPT_CALLBACK},
	{"callback-retry-ms", required_argument, NULL, OPT_RETRY},
	{"report-delay-ms", required_argument, NULL, OPT_REPORT_DELAY},
	{"no-reports", no_argument, NULL, OPT_NO_REPORTS},
	{"plain", no_argument, NULL, OPT_PLAIN},
	{"time", required_argument, NULL, OPT_TIME},
	{"parent", required_argument, NULL, OPT_PARENT},
	{"list", no_argument, NULL, OPT_LIST},
	{"help", no_argument, NULL, OPT_HELP},
	{NULL, 0, NULL, 0},
};

static void open_log(gw_state *gw, const char *path)
{
	gw->ledger.log = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (gw->ledger.log < 0) {
		fail(path);
	}
}

static bool take_option(gw_state *gw, int option, const char *value)
{
	switch (option) {
		case OPT_PORT: gw->port = atoi(value); return true;
		case OPT_PORT_FILE: gw->port_file = value; return true;
		case OPT_API_ID: gw->api_id = value; return true;
		case OPT_LOG: open_log(gw, value); return true;
		case OPT_LATENCY: gw->latency_ms = atoi(value); return true;
		case OPT_REPEAT: gw->repeat_window_s = atoi(value); return true;
		case OPT_SENDER:
			if (gw->sender_count == sizeof gw->senders / sizeof gw->senders[0]) {
				return false;
			}
			gw->senders[gw->sender_count++] = value;
			return true;
		case OPT_BALANCE: gw->balance_kopecks = atoll(value); return true;
		case OPT_PRICE: gw->price_kopecks = atoll(value); return true;
		case OPT_DAILY: gw->daily_limit = atoll(value); return true;
		case OPT_FAULT: return plan_fault(gw, value);
		case OPT_CALLBACK: gw->callback_url = value; return strncmp(value, "http://127.", 11) == 0;
		case OPT_RETRY: gw->callback_retry_ms = atoi(value); return true;
		case OPT_REPORT_DELAY: gw->report_delay_ms = atoi(value); return true;
		case OPT_NO_REPORTS: gw->no_reports = true; return true;
		case OPT_PLAIN: gw->plain = true; return true;
		case OPT_TIME: gw->fixed_time = atoll(value); return true;
		case OPT_PARENT: gw->parent = atoi(value); return gw->parent > 0;
		default: return false;
	}
}

static void read_options(gw_state *gw, int argc, char **argv)
{
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == OPT_LIST) {
			list_faults();
			exit(0);
		}
		if (option == OPT_HELP || !take_option(gw, option, optarg)) {
			fprintf(stderr, "usage: gateway [options]; they are described in tests/gateway/README.md\n");
			exit(option == OPT_HELP ? 0 : 2);
		}
	}
	if (optind < argc) {
		fprintf(stderr, "gateway: unexpected argument\n");
		exit(2);
	}
}

/* The file appears whole, by rename. */
static void write_port(const gw_state *gw)
{
	char path[4096];
	FILE *file;

	printf("PORT %d\n", gw->port);
	fflush(stdout);
	if (gw->port_file == NULL) {
		return;
	}
	(void) snprintf(path, sizeof path, "%s.new", gw->port_file);
	file = fopen(path, "we");
	if (file == NULL || fprintf(file, "%d\n", gw->port) < 0 || fclose(file) != 0 || rename(path, gw->port_file) != 0) {
		fail(gw->port_file);
	}
}

int main(int argc, char **argv)
{
	static gw_state gw = {
		.api_id = "00000000-0000-0000-0000-000000000000",
		.repeat_window_s = 60,
		.balance_kopecks = 12256,
		.callback_retry_ms = 1000,
		.ledger = {.log = -1},
	};
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
		files.rlim_cur = files.rlim_max;
		(void) setrlimit(RLIMIT_NOFILE, &files);
	}
	read_options(&gw, argc, argv);
	gw.epoll = epoll_create1(EPOLL_CLOEXEC);
	if (gw.epoll < 0) {
		fail("epoll");
	}
	watch_ends(&gw);
	if (!gw_listen(&gw)) {
		return 1;
	}
	write_port(&gw);
	gw_run(&gw);
	gw_ledger_flush(&gw.ledger);
	return 0;
}
