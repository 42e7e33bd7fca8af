<?php

declare(strict_types=1);

namespace Vestnik\Sms\Worker;

/** Why a worker ends: exit codes as in sysexits.h, and who owns the store. */
final class Failure
{
    public const USAGE = 64;
    public const NO_EXTENSION = 69;
    public const STORE = 74;
    public const WRONG_USER = 77;
    public const SETTINGS = 78;

    public static function code(\Throwable $trouble): int
    {
        return match (true) {
            $trouble instanceof \Vestnik\SettingsException => self::SETTINGS,
            self::otherOwner() !== null => self::WRONG_USER,
            default => self::STORE,
        };
    }

    /**
     * The owner of the store's file if that is not the user of this process; null also where it cannot be told (a store
     * in a database server, a PHP without posix).
     */
    public static function otherOwner(): ?string
    {
        $file = self::file((string)ini_get('vestnik.store'));
        if ($file === null || !function_exists('posix_geteuid') || !file_exists($file)) {
            return null;
        }
        $owner = fileowner($file);
        return $owner === false || $owner === posix_geteuid()
            ? null
            : (posix_getpwuid($owner)['name'] ?? "#$owner");
    }

    /** Root would become the owner of a store that does not exist yet, and the web server could not open it. */
    public static function wouldOwnAsRoot(): bool
    {
        $file = self::file((string)ini_get('vestnik.store'));
        return $file !== null && !file_exists($file) && function_exists('posix_geteuid') && posix_geteuid() === 0;
    }

    private static function file(string $dsn): ?string
    {
        return str_starts_with($dsn, 'sqlite:') ? explode('?', substr($dsn, 7), 2)[0] : null;
    }
}
