/* A made-up numbering plan in the form of the official CSV. No row of it is of the real one. */
#ifndef VST_TESTS_NUMBERING_FIXTURE_H
#define VST_TESTS_NUMBERING_FIXTURE_H

#include "base/buf.h"
#include "base/str.h"

#define NUMBERING_BOM "\xEF\xBB\xBF"
#define NUMBERING_HEADER NUMBERING_BOM "АВС/ DEF;От;До;Емкость;Оператор;Регион;Территория ГАР;ИНН\n"

/* Operators "Первый" (7700000001, also spelt "ПЕРВЫЙ") and "Второй" (7700000002); codes 900, 914, 954 and 999. */
extern const char numbering_rows[];

/* Writes header and rows; fails the test when it cannot. */
void numbering_write(const char *path, const char *rows);
void numbering_write_bytes(const char *path, vst_str bytes);

#endif
