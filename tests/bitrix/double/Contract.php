<?php

declare(strict_types=1);

namespace Vestnik\Tests\Bitrix;

/** The contract files, read once. VESTNIK_CONTRACT names another folder with them: the mutation test's. */
final class Contract
{
    /** @var ?array<string, array<string, mixed>> module => file */
    private static ?array $files = null;

    /** @return array<string, array<string, mixed>> */
    public static function files(): array
    {
        if (self::$files === null) {
            self::$files = [];
            $folder = getenv('VESTNIK_CONTRACT') ?: __DIR__ . '/../contract';
            foreach (glob("$folder/*.json") ?: [] as $path) {
                $file = json_decode((string)file_get_contents($path), true, 64, JSON_THROW_ON_ERROR);
                self::$files[$file['module']] = $file;
            }
        }
        return self::$files;
    }

    /** @return array<string, array<string, mixed>> symbol => entry, with the key `module` added */
    public static function symbols(): array
    {
        $symbols = [];
        foreach (self::files() as $module => $file) {
            foreach ($file['symbols'] as $entry) {
                if (isset($symbols[$entry['symbol']])) {
                    throw new \LogicException("twice in the contract: {$entry['symbol']}");
                }
                $symbols[$entry['symbol']] = $entry + ['module' => $module];
            }
        }
        return $symbols;
    }

    /** @return array<string, bool> switch id => default */
    public static function switches(): array
    {
        $switches = [];
        foreach (self::files() as $file) {
            $switches += array_column($file['switches'], 'default', 'id');
        }
        return $switches;
    }

    /** @return list<string> */
    public static function live(string $field): array
    {
        foreach (self::files() as $file) {
            if (isset($file['live'][$field])) {
                return $file['live'][$field];
            }
        }
        throw new \LogicException("the contract does not say which types $field has");
    }

    /** @return list<array<string, mixed>> */
    public static function sequence(string $name): array
    {
        foreach (self::files() as $file) {
            if (isset($file['sequences'][$name])) {
                return $file['sequences'][$name];
            }
        }
        throw new \LogicException("the contract has no sequence $name");
    }

    /** @return ?list<string> parameter keys of an event, null if the contract does not know it */
    public static function eventKeys(string $module, string $event): ?array
    {
        foreach (self::files()[$module]['events'] ?? [] as $entry) {
            if (strcasecmp($entry['event'], $event) === 0) {
                return $entry['parameters'];
            }
        }
        return null;
    }
}
