<?php

declare(strict_types=1);

namespace Vestnik\Tests\Crash;

/** The module's worker on the store of this process. */
final class Worker
{
    /** @param array<string, string> $environment */
    public static function start(array $environment = []): Child
    {
        return new Child(
            [
                (string)getenv('VESTNIK_PHP'),
                '-d',
                'vestnik.store="' . ini_get('vestnik.store') . '"',
                dirname(__DIR__, 2) . '/bitrix-module/vestnik.sms/bin/worker.php',
            ],
            $environment,
            self::folder() . '/workers.log'
        );
    }

    /** A worker that has stopped at a point; its claims end soon. */
    public static function startToSleepAt(string $point): Child
    {
        $worker = self::start([
            'VESTNIK_STOP_AT' => "$point:1",
            'VESTNIK_STOP_SIGNAL' => 'STOP',
            'VESTNIK_LEASE_MS' => '1500',
        ]);
        Child::until(fn (): bool => $worker->isStopped(), 'the worker does not come to the point');
        return $worker;
    }

    /** Where the store lies, and what the test writes beside it. */
    public static function folder(): string
    {
        return dirname((string)preg_replace('/^sqlite:|\?.*$/', '', (string)ini_get('vestnik.store')));
    }

    /** Messages that are on their way: neither sent nor ended. */
    public static function underway(): int
    {
        return vestnik_message_count(['state' => ['deferred', 'queued', 'claimed', 'sending']], 100000);
    }

    public static function untilNothingIsUnderway(): void
    {
        Child::until(fn (): bool => self::underway() === 0, 'messages stay underway: ' . self::underway());
    }
}
