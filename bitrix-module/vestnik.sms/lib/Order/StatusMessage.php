<?php

declare(strict_types=1);

namespace Vestnik\Sms\Order;

/** The message that tells a buyer of an order's status, in the shape of vestnik_submit(). */
final class StatusMessage
{
    /** @return array<string, mixed> */
    public static function of(OrderFacts $order, StatusTemplate $template): array
    {
        $message = [
            'phone' => $order->phone,
            'category' => 'service',
            'template' => $template->text,
            'vars' => self::variables($order),
            'key' => self::key($order),
            'order' => $order->number,
            'site' => $order->site,
        ];
        if ($order->customer !== '') {
            $message['customer'] = $order->customer;
        }
        if ($order->timezone !== null) {
            $message['timezone'] = $order->timezone;
        }
        return $message;
    }

    /**
     * What is empty is left out: a template that needs it is refused, not sent with a hole in it.
     *
     * @return array<string, string>
     */
    private static function variables(OrderFacts $order): array
    {
        return array_filter([
            'order' => $order->number,
            'name' => $order->name,
            'price' => Price::words($order->price, $order->currency),
            'status' => $order->statusName,
        ], static fn (string $value): bool => $value !== '');
    }

    /**
     * One occurrence is one moment at which the order took its status. The same event twice gives the same key; the status
     * taken again later gives another. Where the kernel does not say when, the status is told once in the order's life:
     * rather one message too few than two.
     */
    public static function key(OrderFacts $order): string
    {
        $occurrence = $order->statusSince === null ? 'once' : gmdate('Ymd\THis\Z', $order->statusSince);
        return "order/{$order->id}/status/{$order->status}/$occurrence";
    }
}
