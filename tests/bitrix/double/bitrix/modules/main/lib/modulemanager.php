<?php

namespace Bitrix\Main;

use Vestnik\Tests\Bitrix\World;

class ModuleManager
{
    public static function registerModule($moduleName)
    {
        World::current()->installed[$moduleName] = true;
        unset(World::current()->included[$moduleName]);
        (new Event('main', 'OnAfterRegisterModule', ['moduleId' => $moduleName]))->send();
    }

    /** Options, registrations and files stay, as in the kernel. */
    public static function unRegisterModule($moduleName)
    {
        unset(World::current()->installed[$moduleName], World::current()->included[$moduleName]);
        (new Event('main', 'OnAfterUnRegisterModule', ['moduleId' => $moduleName]))->send();
    }

    public static function isModuleInstalled($moduleName)
    {
        return isset(World::current()->installed[$moduleName]);
    }

    public static function getVersion($moduleName)
    {
        $world = World::current();
        if (!isset($world->installed[$moduleName])) {
            return false;
        }
        $file = Loader::getLocal("modules/$moduleName/install/version.php");
        if ($file === false) {
            return $world->onDisk[$moduleName] ?? false;
        }
        $arModuleVersion = [];
        include $file;
        return $arModuleVersion['VERSION'] ?? false;
    }
}
