<?php

declare(strict_types=1);

namespace Vestnik\Tests\Bitrix;

/** A worker.php of its own process, with what it says. */
final class WorkerProcess
{
    private const PATIENCE_S = 60;

    /** @var resource */
    private $process;
    private string $output;
    /** @var ?array<string, mixed> */
    private ?array $ended = null;

    /**
     * @param list<string> $php options of PHP, before the script
     * @param list<string> $arguments of the worker
     * @param array<string, string> $environment beside PATH
     */
    public function __construct(string $binary, array $php, array $arguments = [], array $environment = [])
    {
        $this->output = tempnam(sys_get_temp_dir(), 'worker');
        $script = dirname(__DIR__, 2) . '/bitrix-module/vestnik.sms/bin/worker.php';
        $process = proc_open(
            [$binary, ...$php, $script, ...$arguments],
            [['file', '/dev/null', 'r'], ['file', $this->output, 'a'], ['file', $this->output, 'a']],
            $pipes,
            sys_get_temp_dir(),
            $environment + ['PATH' => (string)getenv('PATH'), 'LANG' => 'C']
        );
        $this->process = is_resource($process) ? $process : throw new \RuntimeException('the worker does not start');
    }

    public function __destruct()
    {
        if ($this->ended === null) {
            proc_terminate($this->process, 9);
        }
        unlink($this->output);
    }

    public function pid(): int
    {
        return proc_get_status($this->process)['pid'];
    }

    public function signal(int $signal): void
    {
        proc_terminate($this->process, $signal);
    }

    public function isRunning(): bool
    {
        if ($this->ended === null) {
            $status = proc_get_status($this->process);
            $this->ended = $status['running'] ? null : $status;
        }
        return $this->ended === null;
    }

    /** @return array{0: int, 1: int, 2: string} exit code, signal that ended it or 0, everything it said */
    public function wait(): array
    {
        self::until(fn (): bool => !$this->isRunning(), 'the worker does not end');
        return [
            $this->ended['signaled'] ? -1 : $this->ended['exitcode'],
            $this->ended['signaled'] ? $this->ended['termsig'] : 0,
            (string)file_get_contents($this->output),
        ];
    }

    /** @param callable(): bool $condition */
    public static function until(callable $condition, string $otherwise): void
    {
        for ($i = 0; $i < self::PATIENCE_S * 100; $i++) {
            if ($condition()) {
                return;
            }
            usleep(10000);
        }
        throw new \RuntimeException($otherwise);
    }
}
