<?php

declare(strict_types=1);

namespace Vestnik\Tests\Crash;

/** The counting test gateway (tests/gateway), on a free port of loopback. */
final class Gateway
{
    private int $asked = 0;

    /** @param ?Child $process null: another process started it and ends it */
    public function __construct(public readonly string $url, private readonly ?Child $process = null)
    {
    }

    /**
     * The same text to the same phone is taken again, and no phone has a meaning: what comes, counts.
     *
     * @param list<string> $options
     */
    public static function start(string $folder, array $options = []): self
    {
        $program = (string)getenv('VESTNIK_GATEWAY');
        $always = ['--port-file', "$folder/port", '--parent', (string)getmypid(), '--plain', '--repeat-window', '0'];
        $process = new Child([$program, ...$always, ...$options], [], "$folder/gateway.log");
        Child::until(
            fn (): bool => is_file("$folder/port") || !$process->isRunning(),
            'the test gateway does not start'
        );
        if (!$process->isRunning()) {
            throw new \RuntimeException('the test gateway ends at once: ' . $process->said());
        }
        return new self('http://127.0.0.1:' . trim((string)file_get_contents("$folder/port")), $process);
    }

    /** The next $times sends after $skip others meet a fault. */
    public function fault(string $name, int $times = 1, int $skip = 0): void
    {
        $this->ask('POST', '/control/fault', ['name' => $name, 'times' => $times, 'skip' => $skip]);
    }

    public function setLatency(int $milliseconds): void
    {
        $this->ask('POST', '/control/set', ['latency_ms' => $milliseconds]);
    }

    /** @return array<string, mixed> its counters; `connections` without those of these questions */
    public function stats(): array
    {
        $stats = json_decode($this->ask('GET', '/control/stats'), true, 16, JSON_THROW_ON_ERROR);
        $stats['connections'] -= $this->asked;
        return $stats;
    }

    /**
     * What reached it: by "phone text". id: the last one it gave.
     *
     * @return array<string, array{count: int, accepted: int, id: string}>
     */
    public function messages(): array
    {
        $seen = [];
        foreach (array_filter(explode("\n", $this->ask('GET', '/control/messages'))) as $line) {
            $entry = json_decode($line, true, 8, JSON_THROW_ON_ERROR);
            $seen["+{$entry['phone']} {$entry['text']}"] = [
                'count' => $entry['count'],
                'accepted' => $entry['accepted'],
                'id' => $entry['id'],
            ];
        }
        return $seen;
    }

    /** @param array<string, int|string> $form */
    private function ask(string $method, string $path, array $form = []): string
    {
        $options = [
            'method' => $method,
            'header' => "Connection: close\r\nContent-Type: application/x-www-form-urlencoded",
            'content' => http_build_query($form),
            'timeout' => 30,
        ];
        $this->asked++;
        $answer = file_get_contents($this->url . $path, false, stream_context_create(['http' => $options]));
        return $answer !== false ? $answer : throw new \RuntimeException("the test gateway refuses $path");
    }
}
