<?php

declare(strict_types=1);

namespace Vestnik\Sms\Kernel;

use Bitrix\Main\UserPhoneAuthTable;
use Bitrix\Main\UserTable;
use Bitrix\Sale\Location\LocationTable;
use Bitrix\Sale\Order;
use Bitrix\Sale\OrderStatus;
use Vestnik\Sms\Order\OrderFacts;
use Vestnik\Sms\Order\RegionZone;

/** Reads an order into plain types. A live kernel gives "15", "1234.5000", null or '' where one expects an int or a float. */
final class OrderReader
{
    private const PHONE_CODES = ['PHONE', 'TEL'];

    /**
     * The status is read from the order, not from the event: of several changes in one save the event tells the first.
     *
     * @param string $language of the status' name
     */
    public static function read(Order $order, string $language): OrderFacts
    {
        $status = self::status($order);
        $properties = $order->getPropertyCollection();
        $user = (int)$order->getUserId();
        $since = $order->getField('DATE_STATUS');
        return new OrderFacts(
            id: (int)$order->getId(),
            number: self::text($order->getField('ACCOUNT_NUMBER')) ?: (string)$order->getId(),
            site: self::site($order),
            status: $status,
            statusName: self::text(OrderStatus::getAllStatusesNames($language)[$status] ?? ''),
            statusSince: is_object($since) && method_exists($since, 'getTimestamp') ? $since->getTimestamp() : null,
            phone: self::orderPhone($properties) ?: self::userPhone($user),
            name: self::value($properties->getPayerName()),
            price: self::decimal($order->getPrice()),
            currency: self::text($order->getCurrency()),
            customer: $user > 0 ? (string)$user : '',
            timezone: self::timezone($properties->getDeliveryLocation()),
        );
    }

    public static function status(Order $order): string
    {
        return self::text($order->getField('STATUS_ID'));
    }

    public static function site(Order $order): string
    {
        return self::text($order->getSiteId());
    }

    private static function orderPhone(object $properties): string
    {
        $phone = self::value($properties->getPhone());
        foreach (self::PHONE_CODES as $code) {
            $phone = $phone ?: self::value($properties->getItemByOrderPropertyCode($code));
        }
        return $phone;
    }

    /** A number that its owner confirmed comes before one that was only typed in. */
    private static function userPhone(int $user): string
    {
        if ($user <= 0) {
            return '';
        }
        $confirmed = UserPhoneAuthTable::getRow([
            'select' => ['PHONE_NUMBER'],
            'filter' => ['=USER_ID' => $user, '=CONFIRMED' => 'Y'],
        ]);
        $profile = UserTable::getRow([
            'select' => ['PERSONAL_MOBILE', 'PERSONAL_PHONE'],
            'filter' => ['=ID' => $user],
        ]);
        return self::text($confirmed['PHONE_NUMBER'] ?? '')
            ?: self::text($profile['PERSONAL_MOBILE'] ?? '')
            ?: self::text($profile['PERSONAL_PHONE'] ?? '');
    }

    private static function timezone(?object $location): ?string
    {
        $code = self::value($location);
        if ($code === '' || !class_exists(LocationTable::class)) {
            return null;
        }
        $zone = null;
        $path = LocationTable::getPathToNodeByCode($code, [
            'select' => ['CODE', 'TYPE_CODE' => 'TYPE.CODE', 'LNAME' => 'NAME.NAME'],
            'filter' => ['=NAME.LANGUAGE_ID' => 'ru'],
        ]);
        // the region's name decides; Moscow, Saint Petersburg and Sevastopol are cities without a region
        while ($node = $path->fetch()) {
            if (in_array($node['TYPE_CODE'] ?? '', ['REGION', 'CITY'], true)) {
                $zone ??= RegionZone::of(self::text($node['LNAME'] ?? ''));
            }
        }
        return $zone;
    }

    private static function value(?object $property): string
    {
        return $property === null ? '' : self::text($property->getValue());
    }

    /** A multiple property gives a list: its first value that is not empty. */
    private static function text(mixed $value): string
    {
        foreach (is_array($value) ? $value : [$value] as $item) {
            $text = is_scalar($item) ? trim((string)$item) : '';
            if ($text !== '') {
                return $text;
            }
        }
        return '';
    }

    private static function decimal(mixed $value): string
    {
        return is_float($value) ? number_format($value, 4, '.', '') : self::text($value);
    }
}
