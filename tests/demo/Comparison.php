<?php

declare(strict_types=1);

namespace Vestnik\Demo;

/** The day's figures, from the gateway's own count beside the store's, and whether they agree. */
final class Comparison
{
    private bool $agrees = true;

    public function __construct(
        private readonly Report $report,
        private readonly Gateway $gateway,
        private readonly Shop $shop,
        private readonly Walk $walk,
    ) {
    }

    public function print(): bool
    {
        $this->lists();
        $stats = $this->gateway->stats();
        echo "\nСверка                                    хранилище   шлюз\n";
        $this->both('Принято провайдером', $this->report->taken(), $stats['accepted']);
        $this->both('Отвергнуто провайдером', $this->report->states()['failed'] ?? 0, $stats['messages'] - $stats['accepted']);
        $this->both('Отчётов о доставке', $this->walk->reports, $stats['reports_delivered']);
        $this->both('Разных пар «номер, текст»', count($this->report->takenByText()), count($this->gateway->taken()));
        $this->must(
            'каждая пара «номер, текст» принята столько раз, сколько SMS в хранилище',
            $this->report->takenByText() === $this->gateway->taken()
        );
        $this->must(
            'ничего не осталось в очереди, в работе и в неизвестности',
            array_intersect_key($this->report->states(), array_flip(['queued', 'claimed', 'sending', 'in_doubt'])) === []
        );
        $this->must(
            'каждая смена статуса с текстом дала одну SMS, хотя событие приходило дважды',
            $this->report->count('service') === $this->shop->told()
        );
        $this->must('в журнале ядра нет ошибок модуля', $this->shop->log() === []);
        echo $this->agrees ? "\nВсё сошлось.\n" : "\nНе сошлось.\n";
        return $this->agrees;
    }

    private function lists(): void
    {
        echo "\nСостояния: " . self::list($this->report->stateWords()) . ".\n";
        echo "\nНе отправлено, потому что:\n";
        foreach ($this->report->refusals() as $why => $count) {
            printf("%4d  %s\n", $count, $why);
        }
        printf(
            "\nСмен статуса: %d, SMS о заказах: %d, оплачиваемых частей во всех SMS: %d.\n",
            $this->shop->changes(),
            $this->report->count('service'),
            $this->report->segments()
        );
    }

    /** @param array<string, int> $counts */
    private static function list(array $counts): string
    {
        return implode(', ', array_map(
            static fn (string $words, int $count): string => "$words – $count",
            array_keys($counts),
            $counts
        ));
    }

    private function both(string $what, int $store, int $gateway): void
    {
        echo $what, str_repeat(' ', max(1, 42 - mb_strlen($what))), sprintf(
            "%9d  %5d%s\n",
            $store,
            $gateway,
            $store === $gateway ? '' : '   ← различается'
        );
        $this->agrees = $this->agrees && $store === $gateway;
    }

    private function must(string $what, bool $holds): void
    {
        echo $holds ? '✓ ' : '✗ ', $what, "\n";
        $this->agrees = $this->agrees && $holds;
    }
}
