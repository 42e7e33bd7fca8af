<?php

/** The worker's loop over a stand-in for the extension: signals, draining, trouble, exit codes, words. */

declare(strict_types=1);

use Vestnik\Sms\Console\Words;
use Vestnik\Tests\Bitrix\WorkerProcess;

require __DIR__ . '/../../harness.php';
require __DIR__ . '/../../WorkerProcess.php';
require dirname(__DIR__, 4) . '/bitrix-module/vestnik.sms/lib/Console/Words.php';

$log = tempnam(sys_get_temp_dir(), 'calls');
register_shutdown_function(static fn () => unlink($log));

/** @param array<string, string> $environment */
function worker(array $arguments = [], array $environment = [], array $php = []): WorkerProcess
{
    file_put_contents($GLOBALS['log'], '');
    $stub = ['-n', '-d', 'auto_prepend_file=' . dirname(__DIR__, 2) . '/fixtures/dispatch_stub.php'];
    return new WorkerProcess(PHP_BINARY, [...$stub, ...$php], $arguments, $environment + ['STUB_LOG' => $GLOBALS['log']]);
}

/** @return list<string> */
function calls(): array
{
    return file($GLOBALS['log'], FILE_IGNORE_NEW_LINES | FILE_SKIP_EMPTY_LINES);
}

function wait_for(string $call, int $times = 1): void
{
    WorkerProcess::until(
        static fn (): bool => (array_count_values(calls())[$call] ?? 0) >= $times,
        "no $call within the time"
    );
}

test('this PHP can send and receive signals', static fn () => holds(function_exists('pcntl_async_signals'), 'no pcntl'));

foreach (['SIGTERM' => SIGTERM, 'SIGINT' => SIGINT] as $name => $signal) {
    test("$name: takes nothing new, drains once when nothing is on the wire, leaves with 0", static function () use ($signal): void {
        $worker = worker();
        wait_for('dispatch', 3);
        $worker->signal($signal);
        [$code, $bySignal, $words] = $worker->wait();
        same([0, 0], [$code, $bySignal], $words);
        same('migrate', calls()[0]);
        same(1, array_count_values(calls())['drain']);
        same('drain', calls()[array_key_last(calls())]);
        holds(str_contains($words, 'Worker stopped: '), $words);
    });
}
test('after a signal the worker drains until nothing is on the wire', static function (): void {
    $worker = worker(environment: ['STUB_IN_FLIGHT' => '5']);
    wait_for('dispatch');
    $worker->signal(SIGTERM);
    same([0, 0], array_slice($worker->wait(), 0, 2));
    same(array_fill(0, 5, 'drain'), array_slice(calls(), -5));
    same(5, array_count_values(calls())['drain']);
});
test('a second signal ends it on the spot, whatever is on the wire', static function (): void {
    $worker = worker(environment: ['STUB_IN_FLIGHT' => '1000000']);
    wait_for('dispatch');
    $worker->signal(SIGTERM);
    wait_for('drain', 3);
    $worker->signal(SIGINT);
    [, $bySignal] = $worker->wait();
    same(SIGINT, $bySignal);
});
test('--for ends by itself, drains, and says nothing', static function (): void {
    same([0, 0, ''], worker(['--for=1'], ['STUB_IN_FLIGHT' => '2'])->wait());
    same(['drain', 'drain'], array_slice(calls(), -2));
});
test('trouble that may pass is said once and tried again', static function (): void {
    $worker = worker(environment: ['STUB_THROW' => 'Vestnik\StoreException 5 2']);
    wait_for('dispatch', 4);
    $worker->signal(SIGTERM);
    [$code, , $words] = $worker->wait();
    same(0, $code);
    same(1, substr_count($words, 'the store is busy'), $words);
});
foreach (['Vestnik\StoreException' => 74, 'Vestnik\SettingsException' => 78] as $class => $expected) {
    test("$class that does not pass ends it with $expected", static function () use ($class, $expected): void {
        [$code, , $words] = worker(environment: ['STUB_THROW' => "$class 1 1"])->wait();
        same($expected, $code);
        same("worker.php: the store is busy\n", $words);
    });
}
test('without pcntl it says so and works on', static function (): void {
    [$code, , $words] = worker(['--for=1'], php: ['-d', 'disable_functions=pcntl_async_signals'])->wait();
    same(0, $code);
    holds(str_contains($words, 'no pcntl'), $words);
    same('drain', calls()[array_key_last(calls())]);
});
foreach (['--for=0', '--for=x', '--for', 'x'] as $argument) {
    test("'$argument' is refused with the usage", static function () use ($argument): void {
        [$code, , $words] = worker([$argument])->wait();
        same(64, $code);
        holds(str_starts_with($words, 'Usage: '), $words);
        same([], calls());
    });
}
test('without the extension it says so', static function (): void {
    [$code, , $words] = (new WorkerProcess(PHP_BINARY, ['-n']))->wait();
    same(69, $code);
    holds(str_contains($words, 'is not loaded'), $words);
});
test('words are Russian for a Russian locale, the first set variable decides', static function (): void {
    same('ru', Words::languageOf(['LANG' => 'ru_RU.UTF-8']));
    same('en', Words::languageOf(['LANG' => 'ru_RU.UTF-8', 'LC_ALL' => 'C']));
    same('ru', Words::languageOf(['LANG' => 'en_US.UTF-8', 'LC_MESSAGES' => 'ru_RU.UTF-8', 'LC_ALL' => '']));
    same('en', Words::languageOf([]));
    [, , $words] = worker(['--help'], ['LC_ALL' => 'ru_RU.UTF-8'])->wait();
    holds(str_starts_with($words, 'Запуск: '), $words);
});
test('the example unit gives a stop more time than a provider has by default, and names the worker', static function (): void {
    $module = dirname(__DIR__, 4) . '/bitrix-module/vestnik.sms';
    preg_match_all('/^(\w+)=(.*)$/m', (string)file_get_contents("$module/examples/vestnik-worker.service"), $lines);
    $unit = array_combine($lines[1], $lines[2]);
    holds((int)$unit['TimeoutStopSec'] > 30, 'a stop is cut off before the provider\'s timeout');
    holds(str_ends_with($unit['ExecStart'], '/vestnik.sms/bin/worker.php'), $unit['ExecStart']);
});
