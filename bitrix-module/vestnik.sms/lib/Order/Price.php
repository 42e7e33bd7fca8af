<?php

declare(strict_types=1);

namespace Vestnik\Sms\Order;

/** A price as a person reads it in an SMS: "1 990 ₽", "1 234,50 ₽". Works on decimal text, never on floats. */
final class Price
{
    private const SIGNS = ['RUB' => '₽', 'RUR' => '₽', 'BYN' => 'Br', 'KZT' => '₸', 'USD' => '$', 'EUR' => '€'];

    /** @return string '' if the price is not a number */
    public static function words(string $price, string $currency): string
    {
        if (!preg_match('/^(-?)(\d+)(?:\.(\d+))?$/', $price, $parts)) {
            return '';
        }
        $minor = substr(($parts[3] ?? '') . '000', 0, 3);
        $hundredths = (int)substr($minor, 0, 2) + ($minor[2] >= '5' ? 1 : 0);
        $whole = ltrim($parts[2], '0');
        if ($hundredths === 100) {
            $whole = self::plusOne($whole);
            $hundredths = 0;
        }
        $grouped = strrev(implode(' ', str_split(strrev($whole === '' ? '0' : $whole), 3)));
        $fraction = $hundredths === 0 ? '' : sprintf(',%02d', $hundredths);
        return $parts[1] . $grouped . $fraction . ' ' . (self::SIGNS[$currency] ?? $currency);
    }

    private static function plusOne(string $digits): string
    {
        $nines = strlen($digits) - strlen(rtrim($digits, '9'));
        $head = substr($digits, 0, strlen($digits) - $nines);
        $head = $head === '' ? '1' : substr($head, 0, -1) . ((int)substr($head, -1) + 1);
        return $head . str_repeat('0', $nines);
    }
}
