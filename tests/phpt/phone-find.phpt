--TEST--
vestnik_phone_find: all numbers of a text, mobile first
--EXTENSIONS--
vestnik
--FILE--
<?php
$found = vestnik_phone_find('8 (495) 000-00-01 доб. 12, моб. 8 999 000-00-02 или +375 29 000-00-03; ИНН 7707083893');
foreach ($found as $phone) {
    echo $phone['e164'], ' ', $phone['country'], ' ', json_encode($phone['mobile']), "\n";
}
echo implode(' ', array_keys($found[0])), "\n";
var_dump(array_is_list($found), $found[0] === vestnik_phone_parse('8 999 000-00-02'));
var_dump(vestnik_phone_find(''), vestnik_phone_find('нет телефона'));
foreach (["\xff", "8 999\0"] as $text) {
    try {
        vestnik_phone_find($text);
    } catch (ValueError $error) {
        echo $error->getMessage(), "\n";
    }
}
// A long text with many numbers, some of them twice.
$text = '';
for ($i = 0; $i < 1000; $i++) {
    $text .= sprintf('звонить: 8 (999) 000-%02d-%02d, ', intdiv($i % 500, 100), $i % 100);
}
var_dump(count(vestnik_phone_find($text)));
?>
--EXPECT--
+79990000002 RU true
+375290000003 BY null
+74950000001 RU false
e164 country mobile operator territory timezones
bool(true)
bool(true)
array(0) {
}
array(0) {
}
vestnik_phone_find(): Argument #1 ($text) must be well-formed UTF-8
vestnik_phone_find(): Argument #1 ($text) must not contain any null bytes
int(500)
