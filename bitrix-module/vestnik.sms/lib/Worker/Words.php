<?php

declare(strict_types=1);

namespace Vestnik\Sms\Worker;

/** The worker's phrases, from the module's language files but without the kernel. */
final class Words
{
    /** @var array<string, string> */
    private readonly array $phrases;

    public function __construct(string $language)
    {
        $MESS = [];
        include dirname(__DIR__, 2) . "/lang/$language/bin/worker.php";
        $this->phrases = $MESS;
    }

    /**
     * Russian for a Russian locale, English for any other. The first of the variables that is set decides, as in POSIX.
     *
     * @param array<string, string> $environment
     */
    public static function languageOf(array $environment): string
    {
        foreach (['LC_ALL', 'LC_MESSAGES', 'LANG'] as $name) {
            if (($environment[$name] ?? '') !== '') {
                return str_starts_with(strtolower($environment[$name]), 'ru') ? 'ru' : 'en';
            }
        }
        return 'en';
    }

    /** @param array<string, string|int> $replace `#NAME#` => value */
    public function say(string $phrase, array $replace = []): string
    {
        return strtr($this->phrases["VESTNIK_SMS_WORKER_$phrase"], array_map(strval(...), $replace)) . "\n";
    }
}
