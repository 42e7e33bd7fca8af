<?php

declare(strict_types=1);

namespace Vestnik\Tests\Crash;

/** What must be true of store and gateway when all is over, however many workers were killed. */
final class Aftermath
{
    /** @var array<string, array<string, mixed>> message by customer */
    private array $messages = [];
    /** @var array<string, array{count: int, accepted: int, id: string}> */
    private readonly array $seen;
    public readonly int $total;

    public function __construct(private readonly Gateway $gateway, private readonly Tally $tally)
    {
        $next = null;
        $total = 0;
        do {
            $page = vestnik_message_list([], 1000, $next);
            foreach ($page['items'] as $item) {
                $this->messages[$item['customer']] = $item;
                $total++;
            }
            $next = $page['next'];
        } while ($next !== null);
        $this->total = $total;
        $this->seen = $gateway->messages();
    }

    public function count(string $state): int
    {
        return count(array_filter($this->messages, fn (array $message): bool => $message['state'] === $state));
    }

    public function seenByGateway(): int
    {
        return count($this->seen);
    }

    /** @param array<string, string> $ids of messages submitted one by one, by customer */
    public function nothingIsLost(int $expected, array $ids): void
    {
        $customers = array_map(fn (int $number): string => "c$number", range(0, $expected - 1));
        $this->tally->same('every message is there, once', [$expected, []], [
            $this->total,
            array_values(array_diff($customers, array_keys($this->messages))),
        ]);
        $found = array_map(fn (string $id): ?string => vestnik_message($id)['customer'] ?? null, $ids);
        $this->tally->same('every id still names its message', array_keys($ids), array_values($found));
    }

    /** @param list<string> $legal */
    public function statesAre(array $legal): void
    {
        $states = array_count_values(array_column($this->messages, 'state'));
        $this->tally->same('no message is in another state', [], array_diff_key($states, array_flip($legal)));
    }

    public function nothingCameTwice(): void
    {
        $twice = array_filter($this->seen, fn (array $entry): bool => $entry['count'] !== 1);
        $this->tally->same('the gateway saw no message twice', 0, count($twice));
        $stats = $this->gateway->stats();
        $this->tally->same(
            'the gateway counts as many messages as different ones',
            [count($this->seen), 0, 0],
            [$stats['messages'], $stats['repeated'], $stats['accepted_twice']]
        );
    }

    /** What the store says of a message agrees with what the gateway saw of it. */
    public function storeAndGatewayAgree(): void
    {
        $mine = $unseen = $denied = [];
        foreach ($this->messages as $customer => $message) {
            $key = "{$message['phone']} {$message['text']}";
            $mine[$key] = true;
            if (in_array($message['state'], ['accepted', 'delivered'], true)) {
                if (($this->seen[$key]['accepted'] ?? 0) !== 1) {
                    $unseen[] = $customer;
                }
            } elseif (isset($this->seen[$key]) && $message['state'] !== 'in_doubt') {
                $denied[] = "$customer {$message['state']}";
            }
        }
        $this->tally->same('what counts as sent reached the gateway', [], $unseen);
        $this->tally->same('what reached the gateway is sent or in doubt', [], $denied);
        $this->tally->same('the gateway got nothing else', 0, count(array_diff_key($this->seen, $mine)));
    }

    /** The file itself, looked at by another program; nothing is left in the tables of what is underway. */
    public function fileIsSound(): void
    {
        $sqlite = trim((string)shell_exec('command -v sqlite3'));
        if ($sqlite === '') {
            $this->tally->skip('there is no sqlite3 to look at the file');
            return;
        }
        $path = Worker::folder() . '/s.db';
        $sql = 'PRAGMA integrity_check; SELECT count(*) FROM vst_queue; SELECT count(*) FROM vst_flight;';
        exec(implode(' ', array_map(escapeshellarg(...), [$sqlite, '-readonly', $path, $sql])) . ' 2>&1', $said);
        $this->tally->same('the file is sound, queue and flight are empty', ['ok', '0', '0'], $said);
    }
}
