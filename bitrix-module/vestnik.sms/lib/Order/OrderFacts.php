<?php

declare(strict_types=1);

namespace Vestnik\Sms\Order;

/** What a text about an order may need, read once, in plain types. */
final class OrderFacts
{
    /**
     * @param string $number the number that the buyer sees
     * @param ?int $statusSince Unix seconds of the order's present status; null if the kernel does not say
     * @param string $phone as the buyer wrote it; '' if there is none
     * @param string $price decimal number, as exact as the kernel gave it
     * @param ?string $timezone IANA name; null if unknown
     */
    public function __construct(
        public readonly int $id,
        public readonly string $number,
        public readonly string $site,
        public readonly string $status,
        public readonly string $statusName,
        public readonly ?int $statusSince,
        public readonly string $phone,
        public readonly string $name,
        public readonly string $price,
        public readonly string $currency,
        public readonly string $customer,
        public readonly ?string $timezone,
    ) {
    }
}
