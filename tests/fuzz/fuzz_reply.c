/* Replies, malformed ones too. Spaces and quotes around a reply change nothing. */
#include "fuzz.h"

#include "base/buf.h"
#include "text/reply.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *owned;
	vst_str text = fuzz_piece(&data, &size, &owned);
	vst_buf quoted = VST_BUF_INIT;
	vst_reply_meaning reply, again;

	vst_reply_parse(text, &reply);
	HOLDS(reply.intent <= VST_REPLY_REVIEW);
	HOLDS((reply.keyword != NULL) >= (reply.intent != VST_REPLY_NONE && reply.intent != VST_REPLY_REVIEW));
	HOLDS(!reply.weak || reply.intent == VST_REPLY_STOP || reply.intent == VST_REPLY_START);
	if (vst_utf8_check(text, NULL) == VST_UTF8_OK) {
		vst_buf_append(&quoted, VST_STR(" « "));
		vst_buf_append(&quoted, text);
		vst_buf_append(&quoted, VST_STR(" » "));
		vst_reply_parse(vst_buf_str(&quoted), &again);
		HOLDS(reply.intent == again.intent && reply.weak == again.weak && reply.keyword == again.keyword);
	}
	vst_buf_free(&quoted);
	free(owned);
	return 0;
}
