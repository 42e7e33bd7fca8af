<?php

namespace Bitrix\Main;

use Vestnik\Tests\Bitrix\World;

class EventManager
{
    private static $instance;

    public static function getInstance()
    {
        return self::$instance ??= new self();
    }

    private function __construct()
    {
    }

    public function registerEventHandler(
        $fromModuleId,
        $eventType,
        $toModuleId,
        $toClass = '',
        $toMethod = '',
        $sort = 100,
        $toPath = '',
        $toMethodArg = []
    ) {
        $this->register(2, $fromModuleId, $eventType, $toModuleId, $toClass, $toMethod, $sort, $toPath, $toMethodArg);
    }

    public function registerEventHandlerCompatible(
        $fromModuleId,
        $eventType,
        $toModuleId,
        $toClass = '',
        $toMethod = '',
        $sort = 100,
        $toPath = '',
        $toMethodArg = []
    ) {
        $this->register(1, $fromModuleId, $eventType, $toModuleId, $toClass, $toMethod, $sort, $toPath, $toMethodArg);
    }

    private function register($version, $from, $event, $to, $class, $method, $sort, $path, $args)
    {
        $row = ['FROM' => $from, 'EVENT' => $event, 'TO' => $to, 'CLASS' => $class, 'METHOD' => $method, 'PATH' => $path,
            'ARGS' => $args];
        // a unique key and INSERT IGNORE: the first row stays
        World::current()->registrations += [self::key($row) => $row + ['SORT' => $sort, 'VERSION' => $version]];
    }

    private static function key(array $row)
    {
        return md5(strtolower(serialize($row)));
    }

    public function unRegisterEventHandler(
        $fromModuleId,
        $eventType,
        $toModuleId,
        $toClass = '',
        $toMethod = '',
        $toPath = '',
        $toMethodArg = []
    ) {
        $wanted = ['FROM' => $fromModuleId, 'EVENT' => $eventType, 'TO' => $toModuleId, 'CLASS' => $toClass,
            'METHOD' => $toMethod, 'PATH' => $toPath, 'ARGS' => $toMethodArg];
        foreach (World::current()->registrations as $key => $row) {
            if (array_intersect_key($row, $wanted) === $wanted) {
                unset(World::current()->registrations[$key]);
            }
        }
    }

    public function addEventHandler($fromModuleId, $eventType, $callback, $includeFile = false, $sort = 100)
    {
        World::current()->listeners[] = ['FROM' => $fromModuleId, 'EVENT' => $eventType, 'CALLBACK' => $callback,
            'SORT' => $sort, 'VERSION' => 2, 'TO' => '', 'ARGS' => []];
        return array_key_last(World::current()->listeners);
    }

    public function findEventHandlers($eventModuleId, $eventType, $filter = null)
    {
        $found = [];
        foreach ([...array_values(World::current()->registrations), ...World::current()->listeners] as $row) {
            $installed = $row['TO'] === '' || ModuleManager::isModuleInstalled($row['TO']);
            if (
                $installed
                && strcasecmp($row['FROM'], $eventModuleId) === 0
                && strcasecmp($row['EVENT'], $eventType) === 0
            ) {
                $found[] = $row;
            }
        }
        usort($found, static fn ($a, $b) => $a['SORT'] <=> $b['SORT']);
        return $found;
    }

    public function send($event)
    {
        World::current()->sent[] = ['module' => $event->getModuleId(), 'event' => $event->getEventType(),
            'keys' => array_keys($event->getParameters())];
        foreach ($this->findEventHandlers($event->getModuleId(), $event->getEventType()) as $handler) {
            $callback = $this->callback($handler);
            if ($callback === null) {
                continue;
            }
            $arguments = $handler['VERSION'] === 1 ? array_values($event->getParameters()) : [$event];
            $result = call_user_func_array($callback, [...array_values($handler['ARGS']), ...$arguments]);
            if ($result != null) {
                $event->addResult($result instanceof EventResult
                    ? $result
                    : new EventResult(EventResult::UNDEFINED, $result, $handler['TO']));
            }
        }
    }

    /** Null where the kernel skips the handler without a word. */
    private function callback(array $handler)
    {
        if (isset($handler['CALLBACK'])) {
            return $handler['CALLBACK'];
        }
        if (!Loader::includeModule($handler['TO'])) {
            return null;
        }
        return class_exists($handler['CLASS']) ? [$handler['CLASS'], $handler['METHOD']] : null;
    }
}
