<?php

declare(strict_types=1);

namespace Vestnik\Tests\Crash;

/** A process that a test started. It ends with the test at the latest. */
final class Child
{
    private const PATIENCE_S = 30;

    /** @var resource */
    private $process;
    public readonly int $pid;
    /** @var ?array{signal: int, code: int} */
    private ?array $ended = null;

    /**
     * @param list<string> $command
     * @param array<string, string> $environment beside PATH
     * @param string $log file that takes what it says
     */
    public function __construct(array $command, array $environment, private readonly string $log)
    {
        $process = proc_open(
            $command,
            [['file', '/dev/null', 'r'], ['file', $log, 'a'], ['file', $log, 'a']],
            $pipes,
            dirname($log),
            $environment + ['PATH' => (string)getenv('PATH'), 'LANG' => 'C']
        );
        $this->process = is_resource($process) ? $process : throw new \RuntimeException("cannot start $command[0]");
        $this->pid = proc_get_status($process)['pid'];
    }

    public function __destruct()
    {
        if ($this->isRunning()) {
            $this->signal(SIGKILL);
        }
    }

    public function signal(int $signal): void
    {
        if ($this->isRunning()) {
            posix_kill($this->pid, $signal);
        }
    }

    public function isRunning(): bool
    {
        if ($this->ended === null) {
            $status = proc_get_status($this->process);
            if (!$status['running']) {
                $this->ended = [
                    'signal' => $status['signaled'] ? $status['termsig'] : 0,
                    'code' => $status['signaled'] ? -1 : $status['exitcode'],
                ];
            }
        }
        return $this->ended === null;
    }

    public function isStopped(): bool
    {
        $stat = (string)@file_get_contents("/proc/$this->pid/stat");
        return (substr($stat, (int)strrpos($stat, ')') + 2, 1)) === 'T';
    }

    /** The signal that ended it, 0 if it ended by itself. */
    public function endedBy(): int
    {
        $this->wait();
        return $this->ended['signal'];
    }

    /** Exit code, -1 after a signal. */
    public function wait(): int
    {
        self::until(fn (): bool => !$this->isRunning(), 'a process does not end');
        return $this->ended['code'];
    }

    public function said(): string
    {
        return (string)file_get_contents($this->log);
    }

    /** @param callable(): bool $condition */
    public static function until(callable $condition, string $otherwise): void
    {
        for ($i = 0; $i < self::PATIENCE_S * 200; $i++) {
            if ($condition()) {
                return;
            }
            usleep(5000);
        }
        throw new \RuntimeException($otherwise);
    }
}
