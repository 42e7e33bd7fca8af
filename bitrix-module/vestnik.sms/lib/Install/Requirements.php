<?php

declare(strict_types=1);

namespace Vestnik\Sms\Install;

/** What a site must have before the module installs. Knows no kernel: the installer brings the facts. */
final class Requirements
{
    public const PHP = '8.1.0';
    /** From this version on a kernel is UTF-8 only. */
    public const MAIN = '24.0.0';

    /**
     * @return list<array{0: string, 1: array<string, string>}> language phrase and its replacements; empty: all is well
     */
    public static function problems(string $php, ?string $extension, string $main, string $module, string $where): array
    {
        $problems = [];
        if (version_compare($php, self::PHP, '<')) {
            $problems[] = ['VESTNIK_SMS_REQUIRES_PHP', ['#WANTED#' => self::PHP, '#FOUND#' => $php]];
        }
        if ($extension === null) {
            $problems[] = ['VESTNIK_SMS_REQUIRES_EXTENSION', ['#FOUND#' => $php, '#WHERE#' => $where]];
        } elseif (!self::fits($extension, $module)) {
            $problems[] = ['VESTNIK_SMS_REQUIRES_EXTENSION_VERSION',
                ['#FOUND#' => $extension, '#MODULE#' => $module, '#WANTED#' => self::fitting($module)]];
        }
        if ($main === '' || version_compare($main, self::MAIN, '<')) {
            $problems[] = ['VESTNIK_SMS_REQUIRES_MAIN',
                ['#WANTED#' => self::MAIN, '#FOUND#' => $main === '' ? '—' : $main]];
        }
        return $problems;
    }

    /** The same major version, and one minor older or newer at most. */
    public static function fits(string $extension, string $module): bool
    {
        [$extensionMajor, $extensionMinor] = self::parts($extension);
        [$moduleMajor, $moduleMinor] = self::parts($module);
        return $extensionMajor === $moduleMajor && abs($extensionMinor - $moduleMinor) <= 1;
    }

    private static function fitting(string $module): string
    {
        [$major, $minor] = self::parts($module);
        return $major . '.' . max(0, $minor - 1) . ' … ' . $major . '.' . ($minor + 1);
    }

    /** @return array{0: int, 1: int} */
    private static function parts(string $version): array
    {
        $parts = explode('.', $version);
        return [(int)$parts[0], (int)($parts[1] ?? 0)];
    }
}
