<?php

declare(strict_types=1);

namespace Vestnik\Demo;

/** Walks through the day hour by hour: moves the store's clock, lets things happen, sends, takes delivery reports. */
final class Walk
{
    public int $reports = 0;
    private int $now = 0;

    public function __construct(
        private readonly Day $day,
        private readonly Shop $shop,
        private readonly Gateway $gateway,
    ) {
    }

    /** @param list<array{at: int, kind: string, data: array<string, mixed>}> $happenings */
    public function through(array $happenings, int $from, int $until, callable $tell): void
    {
        for ($hour = $from; $hour < $until; $hour += 3600) {
            $now = array_filter($happenings, static fn (array $h): bool => $h['at'] >= $hour && $h['at'] < $hour + 3600);
            $reports = $this->reports;
            $sent = 0;
            foreach ($now as $happening) {
                $sent += $this->sendUntil($happening['at']);
                $this->happen($happening);
            }
            $sent += $this->sendUntil($hour + 3599);
            $waiting = vestnik_message_count(['state' => ['deferred', 'queued']]);
            $tell($hour, count($now), $sent, $this->reports - $reports, $waiting);
        }
    }

    /** Sends what is due up to an instant, moving the clock from one due time to the next; returns how many went out. */
    private function sendUntil(int $until): int
    {
        $sent = 0;
        while (true) {
            $slice = vestnik_dispatch(200);
            $sent += $slice['sent'];
            if (!$slice['idle'] || $slice['in_flight'] > 0) {
                continue;
            }
            if ($slice['next_due'] === null || $slice['next_due'] > $until) {
                break;
            }
            if ($slice['next_due'] <= $this->now) {
                throw new \RuntimeException('something is due and does not go out');
            }
            $this->setClock($slice['next_due']);
        }
        $this->setClock($until);
        $this->takeReports($until);
        return $sent;
    }

    private function setClock(int $now): void
    {
        $this->now = $now;
        vestnik_clock($now);
    }

    /** The provider's delivery reports, as they would come to the shop's webhook. */
    private function takeReports(int $now): void
    {
        foreach ($this->gateway->reports($now) as $body) {
            $answer = vestnik_receive('smsru', [
                'method' => 'POST',
                'headers' => ['content-type' => 'application/x-www-form-urlencoded'],
                'query' => [],
                'body' => $body,
            ]);
            if ($answer['reply'] !== ['status' => 200, 'body' => '100']) {
                throw new \RuntimeException('a delivery report was not taken: status ' . $answer['reply']['status']);
            }
            $this->reports += $answer['events'];
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
