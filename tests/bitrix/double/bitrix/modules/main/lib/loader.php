<?php

namespace Bitrix\Main;

use Vestnik\Tests\Bitrix\World;

class LoaderException extends \Exception
{
}

class Loader
{
    /** @var array<string, string> namespace with a closing backslash, lower-cased => folder; process-wide as in the kernel */
    private static array $namespaces = [];

    public static function includeModule($moduleName)
    {
        if (!is_string($moduleName) || !preg_match('/^[a-z0-9._]+$/i', $moduleName)) {
            throw new LoaderException("Module name is ill-formed: $moduleName");
        }
        $moduleName = strtolower($moduleName);
        $world = World::current();
        return $world->included[$moduleName] ??= self::load($moduleName);
    }

    private static function load(string $moduleName): bool
    {
        if ($moduleName === 'main') {
            return true;
        }
        if (!ModuleManager::isModuleInstalled($moduleName)) {
            return false;
        }
        $folder = self::getLocal("modules/$moduleName");
        if ($folder === false) {
            return false;
        }
        $prefix = str_contains($moduleName, '.') ? '' : 'Bitrix\\';
        self::registerNamespace($prefix . str_replace('.', '\\', ucwords($moduleName, '.')), "$folder/lib");
        return !is_file("$folder/include.php") || (include "$folder/include.php") !== false;
    }

    public static function registerNamespace($namespace, $path)
    {
        if (self::$namespaces === []) {
            spl_autoload_register(static function ($className): void {
                self::findClass($className);
            });
        }
        self::$namespaces[trim($namespace, '\\') . '\\'] = rtrim($path, '/');
    }

    /** The kernel's rule: the whole relative path in lower case, else exactly as written; XxxTable also as Xxx. */
    private static function findClass(string $className): void
    {
        if (preg_match('/[^A-Za-z0-9_\\\\]/', $className)) {
            return;
        }
        foreach (self::$namespaces as $namespace => $path) {
            if (strncasecmp($className, $namespace, strlen($namespace)) !== 0) {
                continue;
            }
            $relative = str_replace('\\', '/', substr($className, strlen($namespace)));
            $names = [$relative];
            if (str_ends_with(strtolower($relative), 'table')) {
                $names[] = substr($relative, 0, -5);
            }
            foreach ($names as $name) {
                foreach ([strtolower($name), $name] as $file) {
                    if (is_file("$path/$file.php")) {
                        require_once "$path/$file.php";
                        return;
                    }
                }
            }
        }
    }

    public static function getLocal($path)
    {
        foreach (['local', 'bitrix'] as $folder) {
            $found = self::getDocumentRoot() . "/$folder/$path";
            if (file_exists($found)) {
                return $found;
            }
        }
        return false;
    }

    public static function getDocumentRoot()
    {
        return World::current()->documentRoot;
    }
}
