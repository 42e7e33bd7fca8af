<?php

declare(strict_types=1);

namespace Vestnik\Sms\Kernel;

use Bitrix\Main\Event;
use Bitrix\Sale\Order;
use Vestnik\Sms\Order\StatusMessage;
use Vestnik\Sms\Order\StatusTemplate;

/**
 * sale:OnSaleStatusOrderChange. It comes for a new order too, whose first status is a change from nothing: there is no other
 * handler for new orders, so that one order is told once.
 */
final class OrderStatusHandler
{
    /**
     * Runs inside somebody's checkout. The kernel catches no \Error, so nothing may leave this method; for the same reason
     * the parameter has no type.
     *
     * @param mixed $event
     */
    public static function onStatusChange($event): void
    {
        $orderId = '';
        try {
            $order = $event instanceof Event ? $event->getParameter('ENTITY') : null;
            if (!$order instanceof Order) {
                return;
            }
            $orderId = (string)$order->getId();
            if (!function_exists('vestnik_submit')) {
                Journal::warn('VESTNIK_SMS_NO_EXTENSION', $orderId, 'the PHP extension vestnik is not loaded');
                return;
            }
            self::tell($order, $orderId);
        } catch (\Throwable $trouble) {
            Journal::failure($orderId, $trouble);
        }
    }

    private static function tell(Order $order, string $orderId): void
    {
        $template = StatusTemplate::find(
            OrderReader::site($order),
            OrderReader::status($order),
            vestnik_document_get(...)
        );
        if ($template === null) {
            return;
        }
        $facts = OrderReader::read($order, $template->language);
        if ($facts->phone === '') {
            Journal::warn('VESTNIK_SMS_NO_PHONE', $orderId, 'the order and its buyer have no phone');
            return;
        }
        vestnik_submit(StatusMessage::of($facts, $template));
    }
}
