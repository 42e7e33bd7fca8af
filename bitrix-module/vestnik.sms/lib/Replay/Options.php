<?php

declare(strict_types=1);

namespace Vestnik\Sms\Replay;

/** The command line of bin/replay.php. */
final class Options
{
    private function __construct(
        public readonly int $from,
        public readonly int $to,
        public readonly \DateTimeZone $zone,
        public readonly ?string $rules,
        public readonly ?string $csv,
        public readonly ?string $html,
        public readonly bool $help,
    ) {
    }

    /**
     * @param list<string> $arguments without the script's name
     * @return ?self null if they cannot be understood
     */
    public static function parse(array $arguments): ?self
    {
        $given = [];
        foreach ($arguments as $argument) {
            if ($argument === '--help' || $argument === '-h') {
                return new self(0, 0, new \DateTimeZone('UTC'), null, null, null, true);
            }
            if (preg_match('/^--(from|to|timezone|rules|csv|html)=(.+)$/s', $argument, $found) !== 1 || isset($given[$found[1]])) {
                return null;
            }
            $given[$found[1]] = $found[2];
        }
        $zone = in_array($given['timezone'] ?? 'Europe/Moscow', \DateTimeZone::listIdentifiers(), true)
            ? new \DateTimeZone($given['timezone'] ?? 'Europe/Moscow')
            : null;
        $from = self::day($given['from'] ?? '', $zone);
        $to = self::day($given['to'] ?? '', $zone);
        return $zone === null || $from === null || $to === null || $to < $from
            ? null
            : new self($from, $to, $zone, $given['rules'] ?? null, $given['csv'] ?? null, $given['html'] ?? null, false);
    }

    /** The day's first instant in the zone. */
    private static function day(string $text, ?\DateTimeZone $zone): ?int
    {
        $day = $zone === null ? false : \DateTimeImmutable::createFromFormat('!Y-m-d', $text, $zone);
        return $day !== false && $day->format('Y-m-d') === $text ? $day->getTimestamp() : null;
    }
}
