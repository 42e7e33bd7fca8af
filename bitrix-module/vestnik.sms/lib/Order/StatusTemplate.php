<?php

declare(strict_types=1);

namespace Vestnik\Sms\Order;

/** The text of one order status: a document of kind `template`, kept by the extension. */
final class StatusTemplate
{
    public const KIND = 'template';

    private function __construct(public readonly string $text, public readonly string $language)
    {
    }

    /**
     * Where the text of a status may lie, the site's own first.
     *
     * @return list<string> document ids
     */
    public static function places(string $site, string $status): array
    {
        return ["order-status/$site/$status", "order-status/$status"];
    }

    /**
     * The first document that exists decides, so that a site can switch a common text off by a document of its own with
     * `active` false.
     *
     * @param callable(string, string): ?array<string, mixed> $read as vestnik_document_get()
     */
    public static function find(string $site, string $status, callable $read): ?self
    {
        foreach (self::places($site, $status) as $id) {
            $document = $read(self::KIND, $id)['document'] ?? null;
            if ($document === null) {
                continue;
            }
            $text = self::word($document, 'text', '');
            return ($document['active'] ?? true) === false || $text === ''
                ? null
                : new self($text, self::word($document, 'language', 'ru'));
        }
        return null;
    }

    /** @param array<string, mixed> $document anybody may have written it */
    private static function word(array $document, string $key, string $default): string
    {
        $value = $document[$key] ?? null;
        return is_string($value) ? trim($value) : $default;
    }
}
