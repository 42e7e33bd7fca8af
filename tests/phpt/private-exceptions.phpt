--TEST--
No phone, text or secret stands in an exception, its trace or the error log
--EXTENSIONS--
vestnik
--INI--
vestnik.store="sqlite:{PWD}/private-exceptions.tmp/s.db?clock=manual"
error_log={PWD}/private-exceptions.tmp/error.log
log_errors=1
--SKIPIF--
<?php if (PHP_VERSION_ID < 80200) die('skip before 8.2 PHP shows the arguments of every function in a trace'); ?>
--FILE--
<?php
require __DIR__ . '/store.inc';
fresh_store();

const PHONE = '+79990000777';
const WORDS = 'Тайное сообщение';
const SECRET = 'a-secret-of-ours';
$message = ['phone' => PHONE, 'category' => 'service', 'text' => WORDS, 'order' => '1'];
$wrong = "\xff" . PHONE . WORDS;
$calls = [
    fn () => vestnik_check($message + ['colour' => WORDS]),
    fn () => vestnik_check([PHONE => 1] + $message),
    fn () => vestnik_check(['79990000777' => 1] + $message),
    fn () => vestnik_check([WORDS => 1] + $message),
    fn () => vestnik_check(['category' => WORDS] + $message),
    fn () => vestnik_check(['entity' => PHONE] + $message),
    fn () => vestnik_check(['sender' => [PHONE]] + $message),
    fn () => vestnik_check(['timezone' => PHONE] + $message),
    fn () => vestnik_check(['text' => $wrong] + $message),
    fn () => vestnik_submit(['vars' => [PHONE => [WORDS]]] + $message),
    fn () => vestnik_submit(['text' => null, 'template' => '{' . PHONE . WORDS] + $message),
    fn () => vestnik_submit(['text' => null, 'template' => '{' . WORDS . '}', 'vars' => [WORDS => '', 'x' => PHONE]] + $message),
    fn () => vestnik_submit_batch((function () use ($message) { yield $message; throw new LogicException('ours'); })()),
    fn () => vestnik_template_render('{x} ' . WORDS, ['y' => PHONE]),
    fn () => vestnik_template_render('{x|date:d.m}', ['x' => PHONE]),
    fn () => vestnik_template_render(WORDS . $wrong, []),
    fn () => vestnik_text_measure(WORDS . "\0"),
    fn () => vestnik_phone_parse(PHONE, 'ZZ'),
    fn () => vestnik_consent_grant(PHONE, ['source' => WORDS, 'wording' => WORDS]),
    fn () => vestnik_consent_grant(PHONE . ' нет', ['source' => 'paper', 'wording' => WORDS]),
    fn () => vestnik_consent_withdraw(PHONE, ['text' => [WORDS]]),
    fn () => vestnik_consent_status($wrong),
    fn () => vestnik_stop_add(PHONE, ['reason' => [WORDS]]),
    fn () => vestnik_stop_add(PHONE, ['reason' => WORDS, 'kind' => WORDS]),
    fn () => vestnik_stop_list(['phone' => WORDS . PHONE]),
    fn () => vestnik_message_list(['phone' => [PHONE]]),
    fn () => vestnik_cancel(['phone' => WORDS . PHONE]),
    fn () => vestnik_receive('smsru', ['body' => WORDS, 'colour' => PHONE]),
    fn () => vestnik_configure(['providers' => ['smsru' => ['api_id' => SECRET, 'colour' => SECRET]]] + shop_settings()),
    fn () => vestnik_configure(['providers' => ['smsru' => ['api_id' => SECRET, 'rate' => SECRET]]] + shop_settings()),
];
foreach ($calls as $number => $call) {
    try {
        $call();
        echo "$number: no exception\n";
    } catch (Throwable $exception) {
        // The frames of this script are not the extension's: its own come first.
        $frames = array_filter($exception->getTrace(), fn ($frame) => str_starts_with($frame['function'], 'vestnik_'));
        $shown = $exception->getMessage() . print_r($frames, true) . $exception->getTraceAsString();
        foreach ([PHONE, substr(PHONE, 1), WORDS, SECRET] as $private) {
            if (str_contains($shown, $private)) {
                echo "$number: ", get_class($exception), " shows $private\n$shown\n";
            }
        }
    }
}

// One that works and one that the provider refuses leave nothing behind in the log either.
vestnik_submit($message);
vestnik_submit(['phone' => '+79990000009'] + $message);
dispatch_all();
$log = (string) @file_get_contents(ini_get('error_log'));
var_dump(preg_match('/7999|Тайное/u', $log));
echo count($calls), " calls\n";
drop_store();
?>
--EXPECT--
int(0)
30 calls
