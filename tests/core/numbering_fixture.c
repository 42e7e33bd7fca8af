#include "numbering_fixture.h"

#include <stdio.h>

#include "check.h"

const char numbering_rows[] =
	"900;0000000;0061999;62000;ООО \"Первый\";-;Город Москва, Московская область;7700000001\n"
	"900;0062000;0062000;1;ООО \"ПЕРВЫЙ\";-;Калининградская область;7700000001\n"
	"900;0062002;0999999;937998;ООО \"Первый\";-;Алтайский край;7700000001\n"
	"914;2000000;2999999;1000000;ПАО \"Второй\";Якутия;Республика Саха (Якутия);7700000002\n"
	"954;0000000;0000099;100;ПАО \"Второй\";-;Российская Федерация;7700000002\n"
	"999;0000000;0000049;50;ООО \"Первый\";-;г. Норильск|г.о. город Норильск|Красноярский край;7700000001\n"
	"999;0000050;0000099;50;ПАО \"Второй\";-;Камчатский край;7700000002\n"
	"999;9999999;9999999;1;ПАО \"Второй\";-;Страна Оз;7700000002\n";

void numbering_write_bytes(const char *path, vst_str bytes)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
	assert_int_equal(fclose(file), 0);
}

void numbering_write(const char *path, const char *rows)
{
	vst_buf text = VST_BUF_INIT;

	vst_buf_append(&text, VST_STR(NUMBERING_HEADER));
	vst_buf_append(&text, vst_str_from(rows));
	assert_false(text.failed);
	numbering_write_bytes(path, vst_buf_str(&text));
	vst_buf_free(&text);
}
