/* What the files of SMS.ru's protocol share. */
#ifndef SMSRU_H
#define SMSRU_H

#include "gateway.h"

const char *gw_code_words(int code);
gw_text gw_value(const gw_request *request, const char *name); /* of body or query; "" absent */
bool gw_wants_json(const gw_request *request);
void gw_refuse_request(gw_state *gw, const gw_request *request, gw_reply *reply, int code);
void gw_put_balance(gw_state *gw, gw_buf *out);
int64_t gw_phone(gw_text text);
bool gw_is_stopped(const gw_state *gw, int64_t phone);

void gw_send(gw_state *gw, gw_request *request, gw_reply *reply);
void gw_cost(gw_state *gw, gw_request *request, gw_reply *reply);

#endif
