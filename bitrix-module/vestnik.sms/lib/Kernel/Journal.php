<?php

declare(strict_types=1);

namespace Vestnik\Sms\Kernel;

/**
 * One line in the kernel's event log, without personal data. The kernel's exception log is not used: it may print the
 * arguments of a stack trace, and those are phones and texts.
 */
final class Journal
{
    private const MODULE = 'vestnik.sms';

    public static function warn(string $type, string $orderId, string $words): void
    {
        self::write('WARNING', $type, $orderId, $words);
    }

    /**
     * Of a foreign exception only its class and place are written: its message may quote a phone. What the extension
     * throws never does.
     */
    public static function failure(string $orderId, \Throwable $trouble): void
    {
        $words = get_class($trouble) . ' at ' . basename($trouble->getFile()) . ':' . $trouble->getLine();
        if (str_starts_with($trouble->getTrace()[0]['function'] ?? '', 'vestnik_')) {
            $words .= ': ' . $trouble->getMessage();
        }
        self::write('ERROR', 'VESTNIK_SMS_FAILED', $orderId, $words);
    }

    /** Writing may itself fail, for instance when the shop's database is the trouble. */
    private static function write(string $severity, string $type, string $orderId, string $words): void
    {
        try {
            \CEventLog::Log($severity, $type, self::MODULE, $orderId, $words);
        } catch (\Throwable) {
            error_log(self::MODULE . ": $type, order $orderId: $words");
        }
    }
}
