<?php

declare(strict_types=1);

/**
 * The two functions of the extension that the handler calls, for tests that run without it: they keep what they were given
 * and can be told to fail. Behaviour of the real ones is tested with the real ones (cases/extension).
 */

final class ExtensionStub
{
    /** @var array<string, array<string, mixed>> "kind id" => document */
    public static array $documents = [];
    /** @var array<string, array<string, mixed>> key => message: one each, as the extension promises */
    public static array $accepted = [];
    /** @var list<array<string, mixed>> every call */
    public static array $submitted = [];
    public static ?\Throwable $trouble = null;

    /** @param array<string, array<string, mixed>> $documents */
    public static function begin(array $documents): void
    {
        self::$documents = $documents;
        self::$accepted = [];
        self::$submitted = [];
        self::$trouble = null;
    }
}

function vestnik_document_get(string $kind, string $id): ?array
{
    $document = ExtensionStub::$documents["$kind $id"] ?? null;
    return $document === null
        ? null
        : ['kind' => $kind, 'id' => $id, 'version' => 1, 'changed' => 1764000000, 'document' => $document];
}

function vestnik_submit(array $message): array
{
    if (ExtensionStub::$trouble !== null) {
        throw ExtensionStub::$trouble;
    }
    ExtensionStub::$submitted[] = $message;
    $duplicate = isset(ExtensionStub::$accepted[$message['key']]);
    ExtensionStub::$accepted += [$message['key'] => $message];
    return ['verdict' => 'send', 'duplicate' => $duplicate];
}
