--TEST--
vestnik_phone_parse: shapes, regions and what is no number
--EXTENSIONS--
vestnik
--FILE--
<?php
var_dump(vestnik_phone_parse('8 (999) 000-00-01'));
foreach (['+7 999 000 00 01', '79990000001', '9990000001 доб. 12'] as $raw) {
    echo vestnik_phone_parse($raw)['e164'], "\n";
}
echo vestnik_phone_parse('029 123-45-67', 'BY')['e164'] ?? 'none', "\n";
foreach (['', 'abc', '12', '+7 999 000-00-01, +7 999 000-00-02', "\xff\xfe", "\0", str_repeat('9', 1000000)] as $raw) {
    var_dump(vestnik_phone_parse($raw));
}
foreach (['ZZ', '', 'RUS', "R\0"] as $region) {
    try {
        vestnik_phone_parse('89990000001', $region);
    } catch (ValueError $error) {
        echo $error->getMessage(), "\n";
    }
}
?>
--EXPECT--
array(6) {
  ["e164"]=>
  string(12) "+79990000001"
  ["country"]=>
  string(2) "RU"
  ["mobile"]=>
  bool(true)
  ["operator"]=>
  NULL
  ["territory"]=>
  NULL
  ["timezones"]=>
  array(0) {
  }
}
+79990000001
+79990000001
+79990000001
+375291234567
NULL
NULL
NULL
NULL
NULL
NULL
NULL
vestnik_phone_parse(): Argument #2 ($region) must be an ISO 3166-1 alpha-2 country code with phone numbers
vestnik_phone_parse(): Argument #2 ($region) must be an ISO 3166-1 alpha-2 country code with phone numbers
vestnik_phone_parse(): Argument #2 ($region) must be an ISO 3166-1 alpha-2 country code with phone numbers
vestnik_phone_parse(): Argument #2 ($region) must be an ISO 3166-1 alpha-2 country code with phone numbers
