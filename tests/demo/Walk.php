<?php

declare(strict_types=1);

namespace Vestnik\Demo;

/** Walks through the day hour by hour: moves the store's clock, lets things happen, sends, takes delivery reports. */
final class Walk
{
    /** Real time that the gateway's reports may take; the store's clock stands meanwhile. */
    private const REPORT_WAIT_S = 0.05;

    public int $reports = 0;

    public function __construct(
        private readonly Day $day,
        private readonly Shop $shop,
        private readonly Gateway $gateway,
        private readonly Webhook $webhook,
    ) {
    }

    /** @param list<array{at: int, kind: string, data: array<string, mixed>}> $happenings */
    public function through(array $happenings, int $from, int $until, callable $tell): void
    {
        for ($hour = $from; $hour < $until; $hour += 3600) {
            $now = array_filter($happenings, static fn (array $h): bool => $h['at'] >= $hour && $h['at'] < $hour + 3600);
            $before = vestnik_message_count([]);
            $reports = $this->reports;
            $sent = 0;
            foreach ($now as $happening) {
                $sent += $this->sendUntil($happening['at']);
                $this->happen($happening);
            }
            $sent += $this->sendUntil($hour + 3599);
            $tell($hour, count($now), vestnik_message_count([]) - $before, $sent, $this->reports - $reports);
        }
    }

    /** Sends what is due up to an instant, moving the clock from one due time to the next; returns how many went out. */
    private function sendUntil(int $until): int
    {
        $sent = 0;
        do {
            $slice = vestnik_dispatch(200);
            $sent += $slice['sent'];
            $this->takeReports();
            $next = $slice['next_due'];
            if ($slice['in_flight'] === 0 && $slice['idle'] && $next !== null && $next <= $until) {
                vestnik_clock($next);
            }
        } while (!$slice['idle'] || $slice['in_flight'] > 0 || ($next !== null && $next <= $until));
        vestnik_clock($until);
        return $sent;
    }

    private function takeReports(): void
    {
        if ($this->gateway->hasReports()) {
            $this->reports += $this->webhook->take(self::REPORT_WAIT_S);
        }
    }

    /** @param array{at: int, kind: string, data: array<string, mixed>} $happening */
    private function happen(array $happening): void
    {
        ['at' => $at, 'data' => $data] = $happening;
        match ($happening['kind']) {
            'order' => $this->shop->save($data, $at),
            'code' => vestnik_submit([
                'phone' => $this->phone($data),
                'category' => 'authentication',
                'text' => $data['text'],
                'sender' => 'Romashka',
                'key' => "code/{$data['customer']}/$at",
                'customer' => $data['customer'],
            ] + $this->zone((int)$data['customer'])),
            'refusal' => $this->refuse($data),
            'mailing' => $this->mail($data),
        };
    }

    private function phone(array $data): string
    {
        return $this->day->customers[(int)$data['customer']]['phone'];
    }

    /** @return array{timezone?: string} */
    private function zone(int $customer): array
    {
        $zone = $this->shop->zone($customer);
        return $zone === null ? [] : ['timezone' => $zone];
    }

    /** A person refuses between the submit and the sending: the second look of the gate must see it. */
    private function refuse(array $data): void
    {
        match ($data['how']) {
            'stop' => vestnik_stop_add($this->phone($data), ['reason' => 'СТОП ответом на SMS']),
            'call' => vestnik_consent_withdraw($this->phone($data), ['source' => 'call', 'actor' => 'Ирина Котова']),
        };
    }

    private function mail(array $mailing): void
    {
        foreach ($mailing['customers'] as $customer) {
            vestnik_submit([
                'phone' => $this->day->customers[$customer]['phone'],
                'category' => 'advertising',
                'text' => $mailing['text'],
                'sender' => 'Romashka',
                'campaign' => $mailing['id'],
                'approved_by' => $mailing['approved_by'],
                'customer' => (string)$customer,
            ] + $this->zone($customer));
        }
    }
}
