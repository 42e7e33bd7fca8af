<?php

namespace Bitrix\Main\Localization;

use Vestnik\Tests\Bitrix\World;

class Loc
{
    private static $files = [];
    private static $messages = [];

    public static function loadMessages($file)
    {
        self::$files[$file] = true;
    }

    public static function getMessage($code, $replace = null, $language = null)
    {
        $language = $language ?? World::current()->language;
        foreach (array_keys(self::$files) as $file) {
            self::$messages[$language][$file] ??= self::read($file, $language);
            if (isset(self::$messages[$language][$file][$code])) {
                $text = self::$messages[$language][$file][$code];
                return is_array($replace) ? strtr($text, $replace) : $text;
            }
        }
        return null;
    }

    /** The language file mirrors the path of the PHP file below the nearest folder that has one. */
    private static function read($file, $language)
    {
        $relative = basename($file);
        for ($folder = dirname($file); $folder !== dirname($folder); $folder = dirname($folder)) {
            if (is_file("$folder/lang/$language/$relative")) {
                $MESS = [];
                include "$folder/lang/$language/$relative";
                return $MESS;
            }
            $relative = basename($folder) . "/$relative";
        }
        return [];
    }
}
