<?php

declare(strict_types=1);

namespace Vestnik\Sms\Worker;

use Vestnik\Sms\Console\Words;

/**
 * A loop around vestnik_dispatch(). After SIGTERM or SIGINT it takes nothing new, gives back what it has claimed and waits
 * for what is on the wire, at most the provider's timeout. A second signal has its default effect and ends the process on
 * the spot, also inside the extension: what is on the wire then becomes `in_doubt`.
 */
final class Worker
{
    /** Longest time between a signal and its being seen. */
    private const SLICE_MS = 100;
    /** Rest when there is nothing to do: how long a code may wait to be noticed. */
    private const REST_MS = 100;
    /** Rest after trouble that may pass by itself. */
    private const TROUBLE_MS = 1000;

    private bool $stopping = false;
    private bool $inTrouble = false;
    private int $sent = 0;
    private int $settled = 0;

    public function __construct(private readonly Words $words, private readonly string $script)
    {
    }

    /**
     * @param ?int $seconds how long to take new work; null: until a signal
     * @return int exit code
     */
    public function run(?int $seconds): int
    {
        if (!function_exists('vestnik_dispatch')) {
            $this->complain('NO_EXTENSION', ['#PHP#' => PHP_BINARY, '#INI#' => php_ini_loaded_file() ?: '—']);
            return Failure::NO_EXTENSION;
        }
        if (Failure::wouldOwnAsRoot()) {
            $this->complain('ROOT', ['#COMMAND#' => $this->command('www-data')]);
            return Failure::WRONG_USER;
        }
        $this->watchSignals();
        $end = $seconds === null ? INF : hrtime(true) + $seconds * 1e9;
        try {
            vestnik_store_migrate();
            while (!$this->stopping && hrtime(true) < $end) {
                $this->work();
            }
            $this->drain();
        } catch (\Vestnik\Exception $trouble) {
            return $this->giveUp($trouble);
        }
        if ($seconds === null) {
            fwrite(STDERR, $this->words->say('DONE', ['#SENT#' => $this->sent, '#SETTLED#' => $this->settled]));
        }
        return 0;
    }

    private function watchSignals(): void
    {
        if (!function_exists('pcntl_async_signals')) {
            $this->complain('NO_PCNTL');
            return;
        }
        pcntl_async_signals(true);
        foreach ([SIGTERM, SIGINT] as $signal) {
            pcntl_signal($signal, function (): void {
                $this->stopping = true;
                pcntl_signal(SIGTERM, SIG_DFL);
                pcntl_signal(SIGINT, SIG_DFL);
            });
        }
    }

    private function work(): void
    {
        try {
            $slice = $this->dispatch();
            $this->inTrouble = false;
        } catch (\Vestnik\Exception $trouble) {
            if (!$trouble->isRetryable()) {
                throw $trouble;
            }
            $this->sayOnce($trouble);
            $this->rest(self::TROUBLE_MS);
            return;
        }
        if ($slice['idle']) {
            $this->rest(self::REST_MS);
        }
    }

    private function drain(): void
    {
        do {
            $slice = $this->dispatch(['drain' => true]);
        } while ($slice['in_flight'] > 0);
    }

    /**
     * @param array{drain?: bool} $options
     * @return array{sent: int, settled: int, in_flight: int, idle: bool}
     */
    private function dispatch(array $options = []): array
    {
        $slice = vestnik_dispatch(self::SLICE_MS, $options);
        $this->sent += $slice['sent'];
        $this->settled += $slice['settled'];
        return $slice;
    }

    /** A signal cuts it short. */
    private function rest(int $milliseconds): void
    {
        if (!$this->stopping) {
            usleep($milliseconds * 1000);
        }
    }

    private function sayOnce(\Throwable $trouble): void
    {
        if (!$this->inTrouble) {
            $this->complain('TROUBLE', ['#WORDS#' => $trouble->getMessage()]);
        }
        $this->inTrouble = true;
    }

    private function giveUp(\Throwable $trouble): int
    {
        $this->complain('GIVES_UP', ['#WORDS#' => $trouble->getMessage()]);
        $code = Failure::code($trouble);
        if ($code === Failure::WRONG_USER) {
            $this->complain('WRONG_USER', [
                '#USER#' => posix_getpwuid(posix_geteuid())['name'] ?? '#' . posix_geteuid(),
                '#OWNER#' => (string)Failure::otherOwner(),
                '#COMMAND#' => $this->command((string)Failure::otherOwner()),
            ]);
        }
        return $code;
    }

    private function command(string $owner): string
    {
        $store = (string)ini_get('vestnik.store');
        return "sudo -u $owner " . escapeshellarg(PHP_BINARY) . ' -d '
            . escapeshellarg("vestnik.store=\"$store\"") . ' ' . escapeshellarg($this->script);
    }

    /** @param array<string, string|int> $replace */
    private function complain(string $phrase, array $replace = []): void
    {
        fwrite(STDERR, 'worker.php: ' . $this->words->say($phrase, $replace));
    }
}
