<?php

declare(strict_types=1);

namespace Vestnik\Demo;

/** What the day came to, for a person: a table of all messages, and figures from the store. */
final class Report
{
    private const STATES = [
        'delivered' => 'доставлено', 'undelivered' => 'не доставлено', 'accepted' => 'у оператора', 'refused' => 'не отправлено',
        'deferred' => 'ждёт срока', 'queued' => 'в очереди', 'failed' => 'отвергнуто', 'in_doubt' => 'неизвестно',
        'expired' => 'просрочено', 'cancelled' => 'отменено', 'claimed' => 'в работе', 'sending' => 'отправляется',
    ];
    private const STATUSES = ['N' => 'принят', 'P' => 'оплачен', 'S' => 'в доставке', 'R' => 'готов к выдаче', 'F' => 'выполнен'];
    private const CANCELLED = [
        'stop_list' => 'ответил СТОП, пока SMS ждала',
        'consent_withdrawn' => 'отозвал согласие, пока SMS ждала',
    ];
    /** States of a message that a provider has taken. */
    public const TAKEN = ['accepted', 'delivered', 'undelivered'];

    /** @var list<array<string, mixed>> in the order of their submission */
    private readonly array $messages;

    /** @param array<string, string> $campaigns id => title */
    public function __construct(private readonly array $campaigns)
    {
        $messages = [];
        $after = null;
        do {
            $page = vestnik_message_list(['sort' => 'created'], 1000, $after);
            array_push($messages, ...$page['items']);
            $after = $page['next'];
        } while ($after !== null);
        $this->messages = self::withoutRepeatedRefusals($messages);
    }

    /**
     * A refused message keeps no key, so the kernel's second event about the same status is refused and stored once more.
     *
     * @param list<array<string, mixed>> $messages
     * @return list<array<string, mixed>>
     */
    private static function withoutRepeatedRefusals(array $messages): array
    {
        $seen = [];
        return array_values(array_filter($messages, static function (array $message) use (&$seen): bool {
            $key = serialize([$message['order'], $message['text'], $message['created_ms']]);
            $again = isset($message['order']) && $message['state'] === 'refused' && isset($seen[$key]);
            $seen[$key] = true;
            return !$again;
        }));
    }

    public function print(): void
    {
        $table = new Table(['Кому' => 16, 'Что' => 30, 'Решение' => 9, 'Почему' => 62, 'Местное время' => 18, 'Частей' => 6,
            'Состояние' => 13]);
        echo $table->head();
        foreach ($this->messages as $message) {
            echo $table->row([
                self::masked($message['phone'] ?? null),
                $this->what($message),
                self::verdict($message),
                self::why($message),
                self::localTime($message),
                (string)$message['segments'],
                self::STATES[$message['state']],
            ]);
        }
    }

    public static function masked(?string $phone): string
    {
        return $phone === null || $phone === ''
            ? 'не номер'
            : preg_replace('/^(\+\d)(\d{3})\d{5}(\d\d)$/', '$1 $2 ***-**-$3', $phone);
    }

    private function what(array $message): string
    {
        $key = explode('/', (string)($message['key'] ?? ''));
        return match (true) {
            isset($message['campaign']) => $this->campaigns[$message['campaign']],
            isset($message['order']) => 'заказ ' . $message['order'] . (isset($key[3]) ? ': ' . self::STATUSES[$key[3]] : ''),
            default => 'код входа',
        };
    }

    private static function verdict(array $message): string
    {
        $verdicts = array_column($message['findings'], 'verdict');
        return match (true) {
            $message['state'] === 'refused' => 'отказать',
            in_array('defer', $verdicts, true) => 'отложить',
            default => 'отправить',
        };
    }

    /** What came after the decision, else the finding that decided; what the gate only changed in the text is left out. */
    private static function why(array $message): string
    {
        if (in_array($message['state'], ['failed', 'undelivered'], true)) {
            return "код провайдера {$message['provider_code']}";
        }
        if ($message['state'] === 'cancelled') {
            return self::CANCELLED[$message['reason']] ?? (string)$message['reason'];
        }
        foreach (['refuse', 'defer'] as $verdict) {
            foreach ($message['findings'] as $finding) {
                if ($finding['verdict'] === $verdict) {
                    return $finding['rule'] . ' ' . $finding['explanation'];
                }
            }
        }
        return '';
    }

    /** Where the person is when the message went out, or may go out, or was refused. */
    private static function localTime(array $message): string
    {
        $at = $message['sending_ms'] ?? null;
        $at = $at !== null ? intdiv($at, 1000) : $message['due'] ?? intdiv($message['created_ms'], 1000);
        if (count($message['timezones']) !== 1) {
            return 'пояс неизвестен';
        }
        $local = (new \DateTimeImmutable("@$at"))->setTimezone(new \DateTimeZone($message['timezones'][0]));
        return $local->format('d.m H:i ') . 'UTC' . sprintf('%+d', $local->getOffset() / 3600);
    }

    /** @return array<string, int> state => messages */
    public function states(): array
    {
        $counts = array_count_values(array_column($this->messages, 'state'));
        arsort($counts);
        return $counts;
    }

    /** @return array<string, int> words for a state => messages */
    public function stateWords(): array
    {
        $words = [];
        foreach ($this->states() as $state => $count) {
            $words[self::STATES[$state]] = $count;
        }
        return $words;
    }

    /** @return array<string, int> "rule words" => messages that it refused */
    public function refusals(): array
    {
        $counts = [];
        foreach ($this->messages as $message) {
            if ($message['state'] === 'refused') {
                $counts[self::why($message)] = ($counts[self::why($message)] ?? 0) + 1;
            }
        }
        ksort($counts);
        return $counts;
    }

    public function count(string $category): int
    {
        return count(array_filter($this->messages, static fn (array $message) => $message['category'] === $category));
    }

    /** Messages that a provider took. */
    public function taken(): int
    {
        return array_sum(array_intersect_key($this->states(), array_flip(self::TAKEN)));
    }

    /** @return array<string, int> "phone text" => messages taken, the phone in digits as the provider knows it */
    public function takenByText(): array
    {
        $counts = [];
        foreach ($this->messages as $message) {
            if (in_array($message['state'], self::TAKEN, true)) {
                $key = ltrim($message['phone'], '+') . ' ' . $message['text'];
                $counts[$key] = ($counts[$key] ?? 0) + 1;
            }
        }
        ksort($counts);
        return $counts;
    }

    public function segments(): int
    {
        $taken = array_filter($this->messages, static fn (array $message) => in_array($message['state'], self::TAKEN, true));
        return array_sum(array_column($taken, 'segments'));
    }
}
