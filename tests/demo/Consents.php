<?php

declare(strict_types=1);

namespace Vestnik\Demo;

/** Brings what the customers agreed to, withdrew or refused in the weeks before into the ledger and the stop list. */
final class Consents
{
    private const WORDING = 'Согласен(на) получать рекламу и сведения об акциях от ООО «Ромашка» (ИНН 7700000000, 101000, '
        . 'Москва, ул. Примерная, д. 1) в SMS на указанный номер. Отказаться можно в любой момент: СТОП на номер '
        . '+7 999 000-99-99 или по этому телефону.';

    public function __construct(private readonly Day $day)
    {
    }

    /** @return array<string, int> kind => customers */
    public function bring(): array
    {
        $counts = [];
        foreach ($this->day->customers as $customer) {
            $this->{'bring_' . $customer['consent']}($customer);
            $counts[$customer['consent']] = ($counts[$customer['consent']] ?? 0) + 1;
        }
        return $counts;
    }

    /** Weeks before the day, each customer at a time of one's own. */
    private static function at(array $customer, int $days): int
    {
        return Day::at(-$days - $customer['id'] % 20, 10 + $customer['id'] % 9, $customer['id'] % 60);
    }

    private static function grant(array $customer, array $evidence): void
    {
        vestnik_consent_grant($customer['phone'], $evidence + [
            'source' => 'checkout',
            'wording' => self::WORDING,
            'pre_ticked' => false,
            'separate' => true,
            'url' => 'https://romashka.example/order',
            'ip' => '203.0.113.' . $customer['id'] % 250,
            'customer' => (string)$customer['id'],
            'at' => self::at($customer, 40),
        ]);
    }

    private function bring_code(array $customer): void
    {
        self::grant($customer, ['confirmed_by' => 'code']);
    }

    private function bring_unconfirmed(array $customer): void
    {
        self::grant($customer, []);
    }

    private function bring_pre_ticked(array $customer): void
    {
        self::grant($customer, ['confirmed_by' => 'code', 'pre_ticked' => true]);
    }

    private function bring_none(array $customer): void
    {
    }

    private function bring_withdrawn(array $customer): void
    {
        $this->bring_code($customer);
        vestnik_consent_withdraw($customer['phone'], ['source' => 'call', 'at' => self::at($customer, 10)]);
    }

    private function bring_stop(array $customer): void
    {
        $this->bring_code($customer);
        vestnik_stop_add($customer['phone'], ['reason' => 'СТОП ответом на SMS']);
    }

    private function bring_stop_all(array $customer): void
    {
        $this->bring_code($customer);
        vestnik_stop_add($customer['phone'], ['reason' => 'просил не писать вовсе', 'scope' => 'all', 'author' => 'Ирина Котова']);
    }

    private function bring_operator_bar(array $customer): void
    {
        $this->bring_code($customer);
        vestnik_stop_add($customer['phone'], ['reason' => 'запрет рассылок у оператора', 'kind' => 'operator_bar', 'scope' => 'all']);
    }
}
