#include "check.h"

#include "text/classify.h"

/* Texts of the law's vectors (section 12a of the fact sheet) and of section 2. */
static const struct {
	const char *text;
	vst_category declared, category;
} cases[] = {
	{"Заказ 1234 передан в доставку, 12.06 с 10 до 14", VST_SERVICE, VST_SERVICE},
	{"Заказ 1234 передан в доставку, 12.06 с 10 до 14. Промокод на следующий заказ −10 %", VST_SERVICE, VST_ADVERTISING},
	{"Код 4821 для входа на shop.example", VST_AUTHENTICATION, VST_AUTHENTICATION},
	{"Код 4821 для входа на shop.example", VST_SERVICE, VST_AUTHENTICATION},
	{"Код 4821. Дарим 300 бонусов", VST_AUTHENTICATION, VST_ADVERTISING},
	{"Возврат 1 990 ₽ по заказу 1234 отправлен", VST_SERVICE, VST_SERVICE},
	{"Вы забыли товар в корзине", VST_SERVICE, VST_ADVERTISING},
	{"Бонусы сгорят завтра", VST_SERVICE, VST_ADVERTISING},
	{"Анна, с днём рождения! −15 %", VST_SERVICE, VST_ADVERTISING},
	{"Оцените заказ: shop.example/o/77", VST_SERVICE, VST_SERVICE},
	{"Оцените заказ и получите подарок: shop.example/o/77", VST_SERVICE, VST_ADVERTISING},
	{"Скидка 20 % на новую коллекцию", VST_SERVICE, VST_ADVERTISING},
	{"Бесплатный кредитный лимит", VST_SERVICE, VST_ADVERTISING},
	{"Спасибо за заказ! Ждём вас снова", VST_SERVICE, VST_ADVERTISING},
	{"Товар, о котором вы просили сообщить, снова в наличии", VST_SERVICE, VST_SERVICE},
	{"За заказ 505 начислено 120 бонусов, баланс 430", VST_SERVICE, VST_SERVICE},
	{"При оплате заказа 87 списано 200 бонусов", VST_SERVICE, VST_SERVICE},
	{"Заказ 70 отправлен", VST_ADVERTISING, VST_ADVERTISING},
	{"Заказ 70 отправлен", VST_AUTHENTICATION, VST_SERVICE},
	{"Утро с чашкой какао", VST_SERVICE, VST_ADVERTISING},
	{"Запрыгивайте в лето", VST_SERVICE, VST_ADVERTISING},
	{"", VST_SERVICE, VST_ADVERTISING},
};

static void texts_are_what_the_law_says(void **state)
{
	(void) state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		vst_arena arena = VST_ARENA_INIT;
		vst_classification result;

		assert_int_equal(
			vst_text_classify(vst_str_from(cases[i].text), cases[i].declared, &arena, &result, NULL), VST_OK);
		if (result.category != cases[i].category) {
			fail_msg("%s: %s, expected %s", cases[i].text, vst_category_name(result.category),
			         vst_category_name(cases[i].category));
		}
		assert_true(result.count > 0);
		for (size_t j = 0; j < result.count; j++) {
			assert_true(result.reasons[j].why_ru[0] != '\0' && result.reasons[j].why_en[0] != '\0');
			assert_int_equal(result.reasons[j].length == 0, result.reasons[j].match.len == 0);
		}
		vst_arena_free(&arena);
	}
}

static void a_reason_shows_its_place(void **state)
{
	vst_arena arena = VST_ARENA_INIT;
	vst_classification result;

	(void) state;
	assert_int_equal(vst_text_classify(VST_STR("Ёж! Запрыгивайте"), VST_SERVICE, &arena, &result, NULL), VST_OK);
	assert_int_equal(result.count, 1);
	assert_str(result.reasons[0].match, "Запрыгивайте");
	assert_int_equal(result.reasons[0].position, 4);
	assert_int_equal(result.reasons[0].length, 12);
	vst_arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_are_what_the_law_says),
		cmocka_unit_test(a_reason_shows_its_place),
	};

	return cmocka_run_group_tests_name("text/classify", tests, NULL, NULL);
}
