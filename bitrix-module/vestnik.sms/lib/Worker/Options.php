<?php

declare(strict_types=1);

namespace Vestnik\Sms\Worker;

/** The worker's command line. */
final class Options
{
    private function __construct(public readonly ?int $seconds, public readonly bool $help)
    {
    }

    /**
     * @param list<string> $arguments without the script's name
     * @return ?self null if they cannot be understood
     */
    public static function parse(array $arguments): ?self
    {
        $seconds = null;
        $help = false;
        foreach ($arguments as $argument) {
            if (preg_match('/^--for=(\d{1,6})$/', $argument, $found) === 1 && (int)$found[1] > 0) {
                $seconds = (int)$found[1];
            } elseif ($argument === '--help' || $argument === '-h') {
                $help = true;
            } else {
                return null;
            }
        }
        return new self($seconds, $help);
    }
}
