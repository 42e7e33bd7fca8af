#include "gateway.h"

#include <string.h>

const gw_fault_row gw_faults[FAULT_COUNT] = {
	[FAULT_NONE] = {"none", false, 0, 0},
	[FAULT_REFUSE_CONNECTIONS] = {"refuse_connections", true, 0, 1000},
	[FAULT_CLOSE_ON_ACCEPT] = {"close_on_accept", true, 0, 0},
	[FAULT_CLOSE_BEFORE_BODY] = {"close_before_body", true, 0, 0},
	[FAULT_CLOSE_AFTER_READ] = {"close_after_read", false, 0, 0},
	[FAULT_HANG] = {"hang", false, 0, 0},
	[FAULT_DELAY] = {"delay", false, 0, 2000},
	[FAULT_HALF_JSON] = {"half_json", false, 0, 0},
	[FAULT_HTML] = {"html", false, 0, 0},
	[FAULT_HTTP_500] = {"http_500", false, 0, 0},
	[FAULT_HTTP_429] = {"http_429", true, 0, 0},
	[FAULT_LARGE_BODY] = {"large_body", false, 0, 0},
	[FAULT_SLOW_DRIP] = {"slow_drip", false, 0, 200},
	[FAULT_WRONG_LENGTH] = {"wrong_length", false, 0, 0},
	[FAULT_GZIP] = {"gzip", false, 0, 0},
	[FAULT_BOM] = {"bom", false, 0, 0},
	[FAULT_BUSY] = {"busy", true, 220, 0},
	[FAULT_SERVER_ERROR] = {"server_error", false, 500, 0},
	[FAULT_NO_MONEY] = {"no_money", true, 201, 0},
};

/* 0001 and everything from 0100 on is an ordinary number. */
static const gw_digits_row digits[] = {
	{0, 100, 103, FAULT_NONE, false, false, false, "delivered"},
	{2, 202, 0, FAULT_NONE, false, false, false, "invalid number"},
	{4, 209, 0, FAULT_NONE, false, false, false, "in the account's stop list"},
	{5, 215, 0, FAULT_NONE, false, false, false, "in SMS.ru's stop list after a complaint"},
	{6, 100, 108, FAULT_NONE, false, false, false, "taken, then undelivered (108)"},
	{7, 100, 0, FAULT_NONE, false, false, false, "taken, pending for ever"},
	{8, 231, 0, FAULT_NONE, false, false, false, "rate limit of the recipient"},
	{9, 100, 103, FAULT_HANG, false, false, false, "taken, then no answer"},
	{11, 220, 0, FAULT_NONE, false, false, false, "always busy"},
	{12, 207, 0, FAULT_NONE, false, true, false, "no route, an id stands in the entry all the same"},
	{13, 100, 104, FAULT_NONE, false, false, false, "taken, then expired (104)"},
	{14, 100, 106, FAULT_NONE, false, false, false, "taken, then handset failure (106)"},
	{15, 100, 110, FAULT_NONE, false, false, false, "taken, then read (110)"},
	{16, 220, 103, FAULT_NONE, true, false, false, "busy once"},
	{17, 231, 103, FAULT_NONE, true, false, false, "rate limit once"},
	{18, 100, 103, FAULT_NONE, false, false, true, "taken, but missing in the reply"},
	{20, 100, 103, FAULT_CLOSE_AFTER_READ, false, false, false, "taken, connection closed without a reply"},
	{21, 100, 103, FAULT_HALF_JSON, false, false, false, "taken, half a JSON body"},
	{22, 100, 103, FAULT_HTML, false, false, false, "taken, HTML with status 200"},
	{23, 100, 103, FAULT_HTTP_500, false, false, false, "taken, HTTP 500"},
	{24, 100, 103, FAULT_HTTP_429, true, false, false, "HTTP 429 once, nothing taken"},
	{25, 100, 103, FAULT_LARGE_BODY, false, false, false, "taken, a reply of 5 MiB"},
	{26, 100, 103, FAULT_SLOW_DRIP, false, false, false, "taken, the reply comes byte by byte"},
	{27, 100, 103, FAULT_WRONG_LENGTH, false, false, false, "taken, Content-Length too large"},
	{28, 100, 103, FAULT_GZIP, false, false, false, "taken, the reply comes packed unasked"},
	{29, 100, 103, FAULT_BOM, false, false, false, "taken, a UTF-8 BOM before the JSON"},
	{30, 100, 103, FAULT_BUSY, true, false, false, "the whole request busy once (220)"},
	{31, 100, 103, FAULT_SERVER_ERROR, false, false, false, "taken, the whole request answered with 500"},
	{32, 100, 103, FAULT_NO_MONEY, true, false, false, "not enough money once (201)"},
};

gw_fault gw_fault_named(gw_text name)
{
	for (int i = 1; i < FAULT_COUNT; i++) {
		if (gw_is(name, gw_faults[i].name)) {
			return (gw_fault) i;
		}
	}
	return FAULT_COUNT;
}

const gw_digits_row *gw_digits_table(size_t *count)
{
	*count = sizeof digits / sizeof digits[0];
	return digits;
}

const gw_digits_row *gw_digits_of(int64_t phone)
{
	if (phone / 10000 != 7999000 || phone % 10000 >= 100) {
		return NULL;
	}
	for (size_t i = 0; i < sizeof digits / sizeof digits[0]; i++) {
		if (digits[i].digits == phone % 10000) {
			return &digits[i];
		}
	}
	return NULL;
}

bool gw_fault_now(gw_state *gw, gw_fault fault, int *ms)
{
	gw_fault_plan *plan = &gw->plans[fault];

	if (plan->times == 0) {
		return false;
	}
	if (plan->skip > 0) {
		plan->skip--;
		return false;
	}
	plan->times -= plan->times > 0;
	plan->hits += fault < FAULT_CLOSE_AFTER_READ; /* the others are counted with their replies */
	*ms = plan->ms;
	return true;
}
