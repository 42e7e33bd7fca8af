<?php

declare(strict_types=1);

namespace Vestnik\Sms\Console;

/** The phrases of a script in bin/, from the module's language files but without the kernel. */
final class Words
{
    /** @var array<string, string> */
    private readonly array $phrases;
    private readonly string $prefix;

    /** @param string $script its name without the folder and `.php` */
    public function __construct(public readonly string $language, string $script)
    {
        $MESS = [];
        include dirname(__DIR__, 2) . "/lang/$language/bin/$script.php";
        $this->phrases = $MESS;
        $this->prefix = 'VESTNIK_SMS_' . strtoupper($script) . '_';
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
    public function phrase(string $phrase, array $replace = []): string
    {
        return strtr($this->phrases[$this->prefix . $phrase], array_map(strval(...), $replace));
    }

    /**
     * The phrase as a line.
     *
     * @param array<string, string|int> $replace `#NAME#` => value
     */
    public function say(string $phrase, array $replace = []): string
    {
        return $this->phrase($phrase, $replace) . "\n";
    }
}
