<?php

namespace Bitrix\Main\Config;

use Bitrix\Main\Loader;
use Vestnik\Tests\Bitrix\World;

class Option
{
    public static function get($moduleId, $name, $default = '', $siteId = false)
    {
        $values = World::current()->options[$moduleId][$name] ?? [];
        $site = $siteId === false ? World::current()->site : $siteId;
        if ((string)$site !== '' && isset($values[$site])) {
            return $values[$site];
        }
        if (isset($values[''])) {
            return $values[''];
        }
        return (string)$default !== '' ? (string)$default : (string)(self::fileDefaults($moduleId)[$name] ?? '');
    }

    public static function set($moduleId, $name, $value = '', $siteId = '')
    {
        World::current()->options[$moduleId][$name][(string)$siteId] = (string)$value;
    }

    public static function delete($moduleId, array $filter = [])
    {
        foreach (World::current()->options[$moduleId] ?? [] as $name => $values) {
            if (isset($filter['name']) && $filter['name'] !== $name) {
                continue;
            }
            foreach (array_keys($values) as $site) {
                if (!isset($filter['site_id']) || (string)$filter['site_id'] === (string)$site) {
                    unset(World::current()->options[$moduleId][$name][$site]);
                }
            }
        }
        $rest = array_filter(World::current()->options[$moduleId] ?? []);
        World::current()->options[$moduleId] = $rest;
    }

    private static function fileDefaults($moduleId)
    {
        $file = Loader::getLocal("modules/$moduleId/default_option.php");
        if ($file === false) {
            return [];
        }
        include $file;
        return ${str_replace('.', '_', $moduleId) . '_default_option'} ?? [];
    }
}
